"""Reads a workbook (XLSX) as texts, within limits: a small file can unzip to a huge one."""

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell

from dam.cli.tables import MOST_ROWS, SheetTooLarge, Table, UnreadableSheet

MOST_UNZIPPED_BYTES = 100_000_000
MOST_MEMBERS = 10_000
MOST_CELLS = 5_000_000
_MOST_NOTES = 20
_ERROR, _FORMULA = "e", "f"

Row = tuple[Cell | MergedCell, ...]

# The library has no error of its own for damage: whatever its parsing trips over comes out, that of
# the XML parsers (SyntaxError) and of decompression included.
_DAMAGE = (
    ArithmeticError, AttributeError, EOFError, LookupError, NotImplementedError, OSError,
    RuntimeError, SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zipfile.error,
)  # fmt: skip


def read_workbook(content: bytes) -> Table:
    """Return the texts of the first sheet of a workbook.

    Dates come as ISO text and whole numbers without a fraction. Of a formula counts the value that
    was stored with it; one without is left out and named.

    Raises:
        UnreadableSheet: it is damaged or no workbook.
        SheetTooLarge: it unzips to more than a sheet may be.
    """
    damaged = UnreadableSheet("The sheet is damaged or no workbook; save it again as XLSX or CSV.")
    notes: list[str] = []
    try:
        _require_small(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and validations that it does not know
            lines = list(_lines(content, notes))
    except _DAMAGE as error:
        raise damaged from error
    if len(notes) > _MOST_NOTES:
        notes[_MOST_NOTES:] = [f"{len(notes) - _MOST_NOTES} more cells were left out likewise."]
    return Table.of_lines(lines, tuple(notes))


def _require_small(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
    unzipped = sum(member.file_size for member in members)
    if unzipped > MOST_UNZIPPED_BYTES or len(members) > MOST_MEMBERS:
        raise SheetTooLarge(
            f"The sheet unzips to more than {MOST_UNZIPPED_BYTES} bytes; save it as CSV."
        )


def _lines(content: bytes, notes: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the rows; each is read twice, with the formulas and with their stored values."""
    shown, written = _rows(content, values=True), _rows(content, values=False)
    for number, (values, formulas) in enumerate(zip(shown, written, strict=True), start=1):
        line = []
        for column, (value, formula) in enumerate(zip(values, formulas, strict=True), start=1):
            text = "" if value.data_type == _ERROR else _text(value.value)
            if not text and formula.data_type in {_FORMULA, _ERROR}:
                what = "a formula without a value" if formula.data_type == _FORMULA else "an error"
                notes.append(f"Line {number}, column {column} holds {what} and was left out.")
            line.append(text)
        yield tuple(line)


def _rows(content: bytes, *, values: bool) -> Iterator[Row]:
    workbook = openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=values, keep_links=False
    )
    sheet = workbook.worksheets[0]
    # What the file says of its own size is not to be trusted; one cell at the far end would be
    # reached through a million empty rows.
    sheet.reset_dimensions()
    cells = 0
    for row in sheet.iter_rows(max_row=MOST_ROWS + 2):
        cells += len(row)
        if cells > MOST_CELLS:
            raise SheetTooLarge(f"The sheet has more than {MOST_CELLS} cells; split it.")
        yield row


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case dt.datetime():
            day_only = value.time() == dt.time()
            return value.date().isoformat() if day_only else value.isoformat(" ", "seconds")
        case dt.date() | dt.time():
            return value.isoformat()
        case _:
            return str(value)
