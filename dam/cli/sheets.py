"""Reads what people send along with photographs: a sheet as CSV or XLSX, an essay as text.

What comes out is texts; ``dam.catalogue`` says what they mean.
"""

import codecs
import csv
import importlib
import io
from itertools import islice
from pathlib import Path

from dam.cli.tables import MOST_ROWS, SheetTooLarge, Table, UnreadableSheet, UnsupportedSheet

MOST_BYTES = 64_000_000
_DELIMITERS = (",", ";", "\t")
_MOST_OF_HEADINGS = 100_000  # characters
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def read_table(path: Path) -> Table:
    """Return the texts of a sheet in CSV (comma, semicolon or tab) or XLSX.

    Raises:
        UnreadableSheet: it is neither, or it is damaged.
        UnsupportedSheet: it is a workbook in an old format, or one behind a password.
        SheetTooLarge: it is larger than a sheet may be.
    """
    content = _content(path)
    if content.startswith(b"PK"):
        # Imported when a workbook comes: the library takes a third of the whole start.
        table = importlib.import_module("dam.cli.workbooks").read_workbook(content)
        return table if isinstance(table, Table) else Table((), ())
    if content.startswith(_OLD_WORKBOOK):
        sentence = "The sheet is an old Excel file or has a password; save it as XLSX or CSV."
        raise UnsupportedSheet(sentence)
    text, notes = _decoded(content, "sheet")
    return _delimited(text, notes)


def read_text(path: Path) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file, and what to tell about the reading.

    Raises:
        UnreadableSheet, SheetTooLarge
    """
    return _decoded(_content(path), "text")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableSheet(f"“{path.name}” cannot be read; look at its permissions.") from error
    if len(content) > MOST_BYTES:
        raise SheetTooLarge(f"“{path.name}” is larger than {MOST_BYTES} bytes; split it.")
    return content


def _decoded(content: bytes, what: str) -> tuple[str, tuple[str, ...]]:
    """Decode by the byte order mark, else as UTF-8, else as Windows-1252, which is told."""
    notes: tuple[str, ...] = ()
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = content.decode("utf-16")
        else:
            text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
        notes = (f"The {what} is not in UTF-8 and was read as Windows-1252; look at its accents.",)
    if "\0" in text:
        raise UnreadableSheet(f"The {what} is no text; save it again in UTF-8.")
    return text, notes


def _delimited(text: str, notes: tuple[str, ...]) -> Table:
    # One endless cell is for the catalogue to name; it stops nothing else.
    csv.field_size_limit(MOST_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        lines = [tuple(row) for row in islice(reader, MOST_ROWS + 2)]
    except csv.Error as error:
        sentence = f"The sheet cannot be read after line {reader.line_num}; save it again as CSV."
        raise UnreadableSheet(sentence) from error
    return Table.of_lines(lines, notes)


def _delimiter(text: str) -> str:
    """Return what stands most often between the headings, outside quotes."""
    first = text[:_MOST_OF_HEADINGS].lstrip("\r\n").split("\n", 1)[0]
    outside = "".join(first.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)
