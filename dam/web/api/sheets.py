"""Sheets: the words of many photographs, out and in; what comes in is a batch."""

import tempfile

from dam.rights.facts import Audience
from dam.web.api.batch_shapes import BatchShape, SheetSent
from dam.web.api.batches import prepared
from dam.web.api.finding import query_asked
from dam.web.api.finding_shapes import Asked
from dam.web.api.operation import Body, Call, Operation, Reply, SentFile
from dam.workflows import sheet_trip
from dam.workflows.choosing import Searched
from dam.workflows.sheet_files import MOST_BYTES, SheetFormat
from dam.workflows.sheet_workbooks import SheetTooLarge

_MOST_IN_MEMORY = 1 << 22  # bytes


def bring_in(call: Call) -> Reply:
    """Read a sheet and prepare what it would change."""
    with tempfile.SpooledTemporaryFile(_MOST_IN_MEMORY) as file:
        for chunk in call.stream():
            file.write(chunk)
            if file.tell() > MOST_BYTES:
                raise SheetTooLarge(f"The sheet is larger than {MOST_BYTES} bytes; split it.")
        file.seek(0)
        name = call.asked(SheetSent).name
        batch_id = sheet_trip.bring_in(call.archive, file, name, call.by)
    return prepared(call, batch_id)


def take_out_csv(call: Call) -> Reply:
    """Answer with a CSV of what a search finds."""
    return _taken_out(call, SheetFormat.CSV)


def take_out_xlsx(call: Call) -> Reply:
    """Answer with a workbook of what a search finds."""
    return _taken_out(call, SheetFormat.XLSX)


def _taken_out(call: Call, kind: SheetFormat) -> Reply:
    chosen = Searched(query_asked(call.asked(Asked)), call.audience)
    file = tempfile.SpooledTemporaryFile(_MOST_IN_MEMORY)  # noqa: SIM115 (closed with the answer)
    sheet_trip.take_out(call.archive, chosen, kind, file)
    file.seek(0)
    return Reply(file=SentFile(file, kind.media_type, f"photographs.{kind}"))


_STAFF = Audience.STAFF
OPERATIONS = (
    Operation(
        "bringInSheet",
        "POST",
        "/sheets",
        "Send a sheet (CSV or XLSX), which becomes a batch to be looked at",
        _STAFF,
        bring_in,
        BatchShape,
        status=201,
        query=SheetSent,
        body=Body.FILE,
    ),
    Operation(
        "takeOutCsv",
        "GET",
        "/sheets/csv",
        "Take the words of what a search finds out as CSV",
        _STAFF,
        take_out_csv,
        query=Asked,
        file=SheetFormat.CSV.media_type,
    ),
    Operation(
        "takeOutWorkbook",
        "GET",
        "/sheets/xlsx",
        "Take the words of what a search finds out as XLSX",
        _STAFF,
        take_out_xlsx,
        query=Asked,
        file=SheetFormat.XLSX.media_type,
    ),
)
