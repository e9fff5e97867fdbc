"""Findings as files: CSV, JSON, JSON lines or a workbook, written as they come."""

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import islice
from typing import IO

from dam.catalogue.sheet_damage import guarded
from dam.errors import TooLarge
from dam.iiif.presentation_source import page_path
from dam.workflows.audit import Found
from dam.workflows.sheet_files import SheetFormat, write_sheet
from dam.workflows.workbook_writing import Layout

HEADINGS = ("photograph", "title", "rule", "severity", "record", "day", "finding", "page")
_LAYOUT = Layout("Findings", "A2", hides_last=False)
_MOST_ROWS_OF_A_WORKBOOK = 1_048_575  # of a sheet, without the headings


class AuditFormat(StrEnum):
    """The kinds of files, under the endings of their names."""

    CSV = "csv"
    JSON = "json"
    JSON_LINES = "jsonl"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        """The media type."""
        match self:
            case AuditFormat.CSV:
                return SheetFormat.CSV.media_type
            case AuditFormat.XLSX:
                return SheetFormat.XLSX.media_type
            case AuditFormat.JSON:
                return "application/json"
            case AuditFormat.JSON_LINES:
                return "application/jsonl"


class TooManyFindings(TooLarge):
    """There are more findings than a workbook has rows."""

    def __init__(self) -> None:
        super().__init__(
            f"There are more than {_MOST_ROWS_OF_A_WORKBOOK} findings, and a workbook has no more "
            "rows; take CSV, or fewer rules."
        )


def write(found: Iterable[Found], kind: AuditFormat, origin: str, file: IO[bytes]) -> None:
    """Write findings to *file*; *origin* begins the addresses of pages.

    Raises:
        TooManyFindings: the file is a workbook, and they do not fit.
    """
    match kind:
        case AuditFormat.CSV:
            write_sheet(_lines(found, origin), SheetFormat.CSV, file)
        case AuditFormat.XLSX:
            _write_workbook(found, origin, file)
        case AuditFormat.JSON_LINES:
            for one in found:
                file.write(_json(one, origin) + b"\n")
        case AuditFormat.JSON:
            between = b"[\n"
            for one in found:
                file.write(between + _json(one, origin))
                between = b",\n"
            file.write(b"[]\n" if between == b"[\n" else b"\n]\n")


def _lines(found: Iterable[Found], origin: str) -> Iterator[tuple[str, ...]]:
    yield HEADINGS
    for one in found:
        yield tuple(guarded(cell) for cell in _cells(one, origin))


def _write_workbook(found: Iterable[Found], origin: str, file: IO[bytes]) -> None:
    lines = _lines(found, origin)
    # The library closes its sheet only after the last row: what is too much is told after it.
    some = islice(lines, _MOST_ROWS_OF_A_WORKBOOK + 1)
    write_sheet(some, SheetFormat.XLSX, file, _LAYOUT)
    if next(lines, None) is not None:
        raise TooManyFindings


def _json(found: Found, origin: str) -> bytes:
    told = dict(zip(HEADINGS, _cells(found, origin), strict=True))
    return json.dumps(
        {name: words or None for name, words in told.items()}, ensure_ascii=False
    ).encode()


def _cells(found: Found, origin: str) -> tuple[str, ...]:
    finding = found.finding
    return (
        found.photograph_id,
        found.title,
        finding.rule.value,
        finding.severity.value,
        finding.record or "",
        finding.day.isoformat() if finding.day else "",
        finding.words,
        origin + page_path(found.photograph_id),
    )
