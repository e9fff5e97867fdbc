"""A sheet that staff write: one row for a photograph, one column for a field.

Pure: an adapter opens the CSV or the workbook and hands over texts. What is not understood is
named in a note and stops nothing else.
"""

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dam.catalogue import cells
from dam.catalogue.cells import AccessCeiling, BadCell, BadHeading, Column, Heading, read_heading
from dam.catalogue.dates import PartialDate
from dam.catalogue.text import BadLanguageTag, Text, TextField, clean

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Note:
    """What was not understood: where, what it says, and one sentence for the person who wrote it.

    ``line`` is the row as spreadsheets count, the headings being 1.
    """

    line: int
    column: str
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """What one row says; ``None`` and empty are what it does not say.

    ``date_text`` is the words of the date as they were written, understood or not. ``rights`` is
    as written. ``cap`` is in pixels of the long side; ``embargo`` is the first visible day.
    """

    line: int
    filename: str | None
    id: str | None
    accession: str | None
    texts: tuple[Text, ...]
    creators: tuple[str, ...]
    keywords: tuple[str, ...]
    date: PartialDate | None
    date_text: str | None
    series: str | None
    order: int | None
    rights: str | None
    access: AccessCeiling | None
    cap: int | None
    embargo: dt.date | None
    sensitivity: tuple[str, ...]
    negative: str | None = None
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that were read, and notes in the order of the sheet."""

    rows: tuple[SheetRow, ...]
    notes: tuple[Note, ...]


def read_sheet(
    header: Sequence[str], rows: Iterable[Sequence[str]], default_language: str = "en"
) -> Sheet:
    """Return what the rows say under the headings of *header*.

    A column of text whose heading names no language is in *default_language*. Empty rows are
    passed over. A cell that its column cannot hold is left out with a note, and the row stays. A
    cell is text and never a formula.
    """
    reading = _Reading(default_language)
    reading.read_header(header)
    read = [
        reading.read_row(line, row)
        for line, row in enumerate(rows, start=2)
        if any(cell.strip() for cell in row)
    ]
    return Sheet(tuple(read), tuple(reading.notes))


_LONGEST_TEXT = 20_000  # characters of a caption; a page of print holds 3 000
_LONGEST_CELL = 2_000
_LONG_COLUMNS = frozenset({Column.CAPTION, Column.ALT})
_LONGEST_QUOTE = 80
_NAMING = (Column.FILENAME, Column.ID, Column.ACCESSION)


_Noting = Callable[[int, str, str, str], None]


class _Reading:
    """One pass over a sheet: what its headings mean, and the notes made so far."""

    def __init__(self, default_language: str) -> None:
        self.default_language = default_language
        self.headings: list[Heading | None] = []
        self.notes: list[Note] = []
        self._passed_over: set[int] = set()

    def read_header(self, header: Sequence[str]) -> None:
        """Learn the columns; an unknown one and a second one of a kind are left out."""
        for index, written in enumerate(header):
            name = clean(written, multiline=False)
            heading = self._heading(name)
            if heading is not None and heading in self.headings:
                self._note(1, name, name, f"A column “{name}” stands twice; the first one counts.")
                heading = None
            self.headings.append(heading)
            if name and heading is None:
                self._passed_over.add(index)

    def _heading(self, name: str) -> Heading | None:
        if not name:
            return None
        try:
            return read_heading(name, self.default_language)
        except (BadHeading, BadLanguageTag) as refused:
            self._note(1, name, name, f"{refused} The column was left out.")
            return None

    def read_row(self, line: int, row: Sequence[str]) -> SheetRow:
        """Return the row; it stays whatever its cells hold."""
        said: dict[Heading, str] = {}
        for index, cell in enumerate(row):
            heading = self.headings[index] if index < len(self.headings) else None
            if heading is None:
                self._note_headless(line, index, cell)
            elif value := self._value(line, heading, cell):
                said[heading] = value
        if not any(heading.column in _NAMING for heading in said):
            sentence = "This row names no photograph; fill in filename, id or accession."
            self._note(line, Column.FILENAME, "", sentence)
        return _row(line, said, self._note)

    def _value(self, line: int, heading: Heading, cell: str) -> str:
        is_long = heading.column in _LONG_COLUMNS
        most = _LONGEST_TEXT if is_long else _LONGEST_CELL
        if len(cell) > most:
            sentence = f"It has {len(cell)} characters and may have {most}; shorten it."
            self._note(line, str(heading), cell, sentence)
            return ""
        return clean(cell, multiline=is_long)

    def _note_headless(self, line: int, index: int, cell: str) -> None:
        """Note a column without a heading, once; a heading that was refused has its note."""
        if cell.strip() and index not in self._passed_over:
            self._passed_over.add(index)
            column = f"column {index + 1}"
            self._note(line, column, cell, f"The {column} has no heading and was left out.")

    def _note(self, line: int, column: str, value: str, sentence: str) -> None:
        self.notes.append(Note(line, column, value[:_LONGEST_QUOTE], sentence))


def _row(line: int, said: Mapping[Heading, str], note: _Noting) -> SheetRow:
    plain = {heading.column: value for heading, value in said.items() if heading.language is None}
    texts = (
        Text(TextField(heading.column), heading.language, value)
        for heading, value in said.items()
        if heading.language is not None
    )

    def read(column: Column, reader: Callable[[str], _Value]) -> _Value | None:
        if column not in plain:
            return None
        try:
            return reader(plain[column])
        except BadCell as refused:
            note(line, column, plain[column], str(refused))
            return None

    return SheetRow(
        line=line,
        filename=read(Column.FILENAME, cells.file_name),
        id=read(Column.ID, cells.identifier),
        accession=plain.get(Column.ACCESSION),
        texts=tuple(sorted(texts)),
        creators=read(Column.CREATOR, cells.items) or (),
        keywords=read(Column.KEYWORDS, cells.items) or (),
        date=read(Column.DATE, cells.when),
        date_text=plain.get(Column.DATE),
        series=plain.get(Column.SERIES),
        order=read(Column.ORDER, cells.position),
        rights=plain.get(Column.RIGHTS),
        access=read(Column.ACCESS, cells.access_ceiling),
        cap=read(Column.CAP, cells.long_side),
        embargo=read(Column.EMBARGO, cells.day),
        sensitivity=read(Column.SENSITIVITY, cells.sensitivities) or (),
        negative=plain.get(Column.NEGATIVE),
        people=read(Column.PEOPLE, cells.items) or (),
    )


@dataclass(frozen=True, slots=True)
class Matching:
    """The row of each file that has one, by the name of the file in the batch, and notes."""

    rows: Mapping[str, SheetRow]
    notes: tuple[Note, ...]


def match(rows: Iterable[SheetRow], names: Sequence[str]) -> Matching:
    """Say which row speaks of which file; *names* are the relative paths of the batch.

    A row names its file by its path, or by a last part that no other file has; capitals are only
    overlooked when nothing has the same ones. What is ambiguous, taken or not there is refused with
    a note. Rows without a file name speak of photographs that the archive holds, and are passed
    over.
    """
    indexes = _Indexes(names)
    matched: dict[str, SheetRow] = {}
    notes: list[Note] = []
    for row in rows:
        if row.filename is None:
            continue
        found = indexes.find(row.filename)
        earlier = matched.get(found[0]) if len(found) == 1 else None
        if len(found) == 1 and earlier is None:
            matched[found[0]] = row
        else:
            sentence = _refusal(row.filename, found, earlier)
            notes.append(Note(row.line, Column.FILENAME, row.filename[:_LONGEST_QUOTE], sentence))
    return Matching(matched, tuple(notes))


def _refusal(filename: str, found: Sequence[str], earlier: SheetRow | None) -> str:
    if earlier is not None:
        return f"“{filename}” already has its row, in line {earlier.line}; this one was left out."
    if found:
        return f"{len(found)} files are called “{filename}”; write the path of the one you mean."
    return f"No file of this batch is called “{filename}”; the row was left out."


class _Indexes:
    """The files of a batch by path and by last part, with and without their capitals."""

    def __init__(self, names: Sequence[str]) -> None:
        self._indexes: tuple[dict[str, list[str]], ...] = tuple(defaultdict(list) for _ in range(4))
        for name in dict.fromkeys(names):
            for index, key in zip(self._indexes, self._keys(name), strict=True):
                index[key].append(name)

    @staticmethod
    def _keys(name: str) -> tuple[str, str, str, str]:
        # A Mac writes accents apart in file names; a sheet has them composed.
        path = unicodedata.normalize("NFC", name)
        last = path.rpartition("/")[2]
        return path, last, path.casefold(), last.casefold()

    def find(self, filename: str) -> Sequence[str]:
        """Return the files of the first index that knows the name; several is ambiguous."""
        path, last, path_folded, last_folded = self._indexes
        exact, _, folded, _ = self._keys(filename)
        return (
            path.get(exact) or last.get(exact) or path_folded.get(folded) or last_folded.get(folded)
        ) or ()
