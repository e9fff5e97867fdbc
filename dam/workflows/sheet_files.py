"""Reads and writes sheets as CSV or XLSX, row by row, within limits."""

import codecs
import csv
import io
import os
from collections.abc import Generator, Iterable, Iterator
from enum import StrEnum
from typing import IO

from dam.catalogue.sheet_damage import GivenCell
from dam.workflows.sheet_workbooks import (
    MOST_COLUMNS,
    MOST_ROWS,
    Line,
    SheetTooLarge,
    UnreadableSheet,
    UnsupportedSheet,
    too_wide,
    workbook_lines,
)
from dam.workflows.workbook_writing import Layout, write_workbook

MOST_BYTES = 128_000_000
_MOST_OF_A_ROW = 4_000_000  # characters
_LONGEST_LINE = 1 << 20
_DELIMITERS = (",", ";", "\t")
_PHOTOGRAPHS = Layout()
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


class SheetFormat(StrEnum):
    """The kinds of sheets, under the endings of their names."""

    XLSX = "xlsx"
    CSV = "csv"

    @property
    def media_type(self) -> str:
        """The media type (RFC 7111 for CSV)."""
        if self is SheetFormat.CSV:
            return "text/csv; charset=utf-8; header=present"
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet_lines(file: IO[bytes]) -> Generator[Line, None, None]:
    """Yield the rows of a sheet that can be wound back, the headings first.

    Raises:
        UnreadableSheet, UnsupportedSheet, SheetTooLarge
    """
    if file.seek(0, os.SEEK_END) > MOST_BYTES:
        raise SheetTooLarge(f"The sheet is larger than {MOST_BYTES} bytes; split it.")
    file.seek(0)
    begin = file.read(4)
    file.seek(0)
    if begin.startswith(b"PK"):
        yield from workbook_lines(file)
    elif begin == _OLD_WORKBOOK:
        sentence = "The sheet is an old Excel file or has a password; save it as XLSX or CSV."
        raise UnsupportedSheet(sentence)
    else:
        yield from _delimited(file, begin)


def _delimited(file: IO[bytes], begin: bytes) -> Iterator[Line]:
    wide = begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    # A byte that is not UTF-8 stays visible in its cell, which is then refused alone.
    encoding, errors = ("utf-16", "strict") if wide else ("utf-8-sig", "surrogateescape")
    text = io.TextIOWrapper(file, encoding, errors, newline="")
    try:
        delimiter = _delimiter(text.readline(_LONGEST_LINE))
        text.seek(0)
        yield from _rows(text, delimiter)
    except (csv.Error, UnicodeError) as error:
        raise UnreadableSheet("The sheet is damaged or no CSV; save it again in UTF-8.") from error
    finally:
        text.detach()


def _rows(text: io.TextIOWrapper, delimiter: str) -> Iterator[Line]:
    arriving = _Arriving(text)
    # One endless cell is for the bound of a row to refuse.
    csv.field_size_limit(2 * _MOST_OF_A_ROW)
    reader = csv.reader(arriving, delimiter=delimiter)
    for number, row in enumerate(reader, start=1):
        if len(row) > MOST_COLUMNS:
            raise too_wide()
        if number > MOST_ROWS + 1:
            raise SheetTooLarge(f"The sheet has more than {MOST_ROWS} rows; split it.")
        arriving.characters = 0
        yield tuple(map(GivenCell, row))


class _Arriving:
    """The lines of a text; one row may not go on for ever."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.characters = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(_MOST_OF_A_ROW):
            self.characters += len(line)
            if self.characters >= _MOST_OF_A_ROW:
                raise SheetTooLarge(
                    f"A row has more than {_MOST_OF_A_ROW} characters; look for a lost quote."
                )
            if "\0" in line:
                raise UnreadableSheet("The sheet is no text; save it again as XLSX or CSV.")
            yield line


def _delimiter(first: str) -> str:
    """Return what stands most often between the headings, outside quotes."""
    outside = "".join(first.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def write_sheet(
    lines: Iterable[tuple[str, ...]],
    kind: SheetFormat,
    file: IO[bytes],
    layout: Layout = _PHOTOGRAPHS,
) -> None:
    """Write rows of texts: XLSX, or CSV as RFC 4180 has it with a byte order mark before it."""
    if kind is SheetFormat.XLSX:
        write_workbook(lines, file, layout)
        return
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    csv.writer(text).writerows(lines)
    text.flush()
    text.detach()
