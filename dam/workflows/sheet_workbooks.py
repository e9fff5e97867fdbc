"""Reads workbooks (XLSX) row by row; memory does not grow with their rows.

A workbook is a ZIP of XML: before the library reads it, it is looked through for what no sheet of
an archive has. Its table of strings, which the library would hold whole, lies in a file.
"""

import datetime as dt
import tempfile
import warnings
import zipfile
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import repeat
from typing import IO, Any
from xml.parsers import expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._reader import DATA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from dam.catalogue.sheet_damage import CellKind, GivenCell
from dam.errors import Malformed, TooLarge, Unsupported

MOST_ROWS = 100_000
MOST_COLUMNS = 1_000
MOST_UNZIPPED_BYTES = 600_000_000
_MOST_BESIDE_BYTES = 20_000_000  # of styles and the like, which are held whole
_MOST_MEMBERS = 1_000
_MOST_OF_A_TEXT = 1_000_000  # characters
_CHUNK_BYTES = 1 << 16
_KINDS = {
    "d": CellKind.DATE,
    "f": CellKind.FORMULA,
    "e": CellKind.ERROR,
    "b": CellKind.TRUTH,
    "n": CellKind.NUMBER,
}
# The library has no error of its own for damage: whatever its parsing trips over comes out.
_DAMAGE = (
    ArithmeticError, AttributeError, EOFError, LookupError, NotImplementedError, OSError,
    RuntimeError, SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zipfile.error,
    expat.ExpatError, DefusedXmlException,
)  # fmt: skip


class UnreadableSheet(Malformed):
    """The file is no sheet that can be read."""


class UnsupportedSheet(Unsupported):
    """The file is a sheet of a kind that is not read."""


class SheetTooLarge(TooLarge):
    """The sheet is larger than any that leaves an archive."""


Line = tuple[GivenCell, ...]


def workbook_lines(file: IO[bytes]) -> Iterator[Line]:
    """Yield the rows of the first sheet of a workbook, empty ones too.

    Raises:
        UnreadableSheet, UnsupportedSheet, SheetTooLarge
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _look_through(archive)
        file.seek(0)
        yield from _lines(file)
    except _DAMAGE as error:
        sentence = "The sheet is damaged or no workbook; save it again as XLSX or CSV."
        raise UnreadableSheet(sentence) from error


def _look_through(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS or sum(m.file_size for m in members) > MOST_UNZIPPED_BYTES:
        raise SheetTooLarge("The sheet unzips to more than any sheet needs; save it as CSV.")
    for member in members:
        name = member.filename.lower()
        if name.endswith("vbaproject.bin"):
            raise UnsupportedSheet("The workbook has macros; save it as XLSX, without them.")
        if not name.endswith((".xml", ".rels")):
            continue
        rows = "/worksheets/" in name or name.endswith("sharedstrings.xml")
        if not rows and member.file_size > _MOST_BESIDE_BYTES:
            raise SheetTooLarge("The workbook has more styles than a sheet needs; save it as CSV.")
        with archive.open(member) as part:
            _Look().read(part)


class _Look:
    """One pass over a part of a workbook that keeps nothing."""

    def __init__(self) -> None:
        self._cells = 0
        self._characters = 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._element
        self._parser.CharacterDataHandler = self._text

    def read(self, part: IO[bytes]) -> None:
        """Look at every element; raises what is wrong."""
        while chunk := part.read(_CHUNK_BYTES):
            self._parser.Parse(chunk, False)  # noqa: FBT003 (pyexpat takes no keywords)
        self._parser.Parse(b"", True)  # noqa: FBT003

    def _doctype(self, *_: object) -> None:
        raise UnsupportedSheet(
            "The workbook declares a document type, as no spreadsheet does; save it again as XLSX."
        )

    def _element(self, name: str, _: dict[str, str]) -> None:
        element = name.rpartition(":")[2]
        if element == "row":
            self._cells = 0
        if element == "c":
            self._cells += 1
        if element in {"c", "si"}:
            self._characters = 0
        if self._cells > MOST_COLUMNS:
            raise too_wide()

    def _text(self, text: str) -> None:
        self._characters += len(text)
        if self._characters > _MOST_OF_A_TEXT:
            raise SheetTooLarge(f"A cell has more than {_MOST_OF_A_TEXT} characters; shorten it.")


def too_wide() -> SheetTooLarge:
    """Return the refusal of a sheet with too many columns."""
    return SheetTooLarge(f"The sheet has more than {MOST_COLUMNS} columns; remove the empty ones.")


class _StringsInFile:
    """The strings of a workbook by their number; only where each begins is held in memory."""

    def __init__(self, source: IO[bytes]) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the workbook)
        self._starts = array("Q", [0])
        tag = f"{{{SHEET_MAIN_NS}}}si"
        events = iter(iterparse(source, events=("start", "end")))
        _, root = next(events)
        for event, node in events:
            if event == "end" and node.tag == tag:
                # As the library reads strings: what it writes for an underscore is undone.
                string: Any = Text.from_tree(node)
                text = string.content.replace("x005F_", "")
                size = self._file.write(text.encode("utf-8", "surrogatepass"))
                self._starts.append(self._starts[-1] + size)
                root.clear()

    def __getitem__(self, number: int) -> str:
        start, end = self._starts[number], self._starts[number + 1]
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Give the file back."""
        self._file.close()


class _Reader(ExcelReader):
    """The library's reader with the table of strings in a file."""

    def read_strings(self) -> None:
        """Read the table of strings, where the workbook has one."""
        package: Any = self.package
        part = package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings: Any = _StringsInFile(source)

    def read_worksheets(self) -> None:
        """Find the first sheet; the library would read it whole to learn its size."""
        parser: Any = self.parser
        found = [rel.target for _, rel in parser.find_sheets() if "chartsheet" not in rel.Type]
        self.first_sheet: str = found[0]


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Let the library keep to itself which styles and validations it does not know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


class _Rows(WorkSheetParser):
    """The library's parser of a sheet, which here keeps no row that it has read."""

    def rows(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """Yield the number of each row, and what is known of its cells."""
        table = None
        for event, element in iterparse(self.source, events=("start", "end")):
            if event == "start" and element.tag == DATA_TAG:
                table = element
            elif event == "end" and element.tag == DATA_TAG:
                return
            elif event == "end" and element.tag == ROW_TAG and table is not None:
                with _no_warnings():
                    parsed = self.parse_row(element)
                yield parsed
                table.clear()
                self.row_dimensions.clear()


def _lines(file: IO[bytes]) -> Iterator[Line]:
    reader = _Reader(file, read_only=True, keep_links=False)
    try:
        with _no_warnings():
            reader.read()
        book: Any = reader.wb
        with reader.archive.open(reader.first_sheet) as source:
            parser = _Rows(
                source,
                reader.shared_strings,
                epoch=book.epoch,
                date_formats=book._date_formats,  # noqa: SLF001
                timedelta_formats=book._timedelta_formats,  # noqa: SLF001
            )
            yield from _in_order(parser.rows())
    finally:
        if isinstance(reader.shared_strings, _StringsInFile):
            reader.shared_strings.close()
        reader.archive.close()


def _in_order(rows: Iterable[tuple[int, list[dict[str, Any]]]]) -> Iterator[Line]:
    """Yield each row with its gaps filled, and an empty one for each that is not written."""
    expected = 1
    for number, cells in rows:
        if number < expected:
            raise ValueError(number)
        line = _line(cells)
        if number > MOST_ROWS + 1:
            if line:
                raise SheetTooLarge(f"The sheet has more than {MOST_ROWS} rows; split it.")
            return
        yield from repeat((), number - expected)
        yield line
        expected = number + 1


_NOTHING = GivenCell("")


def _line(cells: Iterable[dict[str, Any]]) -> Line:
    """Return the cells of a row up to the last one that says something."""
    said = {one["column"]: one for one in cells if one["value"] is not None}
    width = max(said, default=0)
    if width > MOST_COLUMNS:
        raise too_wide()
    return tuple(
        _given(said[one]["value"], said[one]["data_type"]) if one in said else _NOTHING
        for one in range(1, width + 1)
    )


def _given(value: object, data_type: str) -> GivenCell:
    kind = _KINDS.get(data_type, CellKind.TEXT)
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return GivenCell(str(value), CellKind.DATE)
    if isinstance(value, float):
        return GivenCell(str(int(value)) if value.is_integer() else repr(value), kind)
    return GivenCell(str(value), kind)
