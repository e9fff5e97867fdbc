"""A sheet that leaves the archive and comes back: its columns, its rows, and what a row changes.

Each row carries a check: a digest of every cell as it left. A cell that is as it left changes
nothing, whatever happened in the archive since; one that was changed in both places is told and not
taken. A sheet without checks is compared with what the archive holds now.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dam.catalogue.changes import Description
from dam.catalogue.edit_fields import (
    EditField,
    Target,
    WouldNotFit,
    read_target,
    split,
    typed,
    with_words,
)
from dam.catalogue.sheet_damage import (
    EMPTY,
    LONGEST_CELL,
    CellKind,
    GivenCell,
    damage,
    guarded,
    unguarded,
)
from dam.catalogue.text import clean
from dam.errors import Malformed

ID, FILE, CHECK = "id", "file", "check"
_SHOWN = 80  # characters of a cell that is refused
# What XML 1.0 cannot say, and so no workbook.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PRINT = re.compile(r"(\S+)=([0-9a-f]{8})")


class BadHeadings(Malformed):
    """The first row of a sheet does not say which photograph and which field."""


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell that is not taken: its column, what it says, and why."""

    column: str
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class GivenRow:
    """What a row says of one photograph; cells that say nothing are not in it."""

    photograph_id: str
    check: str
    cells: tuple[tuple[Target, GivenCell], ...]


@dataclass(frozen=True, slots=True)
class Headings:
    """What stands in each column of a sheet: a field, or one of the words above, or nothing."""

    columns: tuple[Target | str, ...]

    def row(self, cells: Sequence[GivenCell]) -> GivenRow:
        """Return what a row says under these headings."""
        said = {
            column: cell
            for column, cell in zip(self.columns, cells, strict=False)
            if column and cell.text.strip()
        }
        empty = GivenCell("")
        return GivenRow(
            clean(said.get(ID, empty).text, multiline=False)[:32],
            said.get(CHECK, empty).text.strip(),
            tuple((key, cell) for key, cell in said.items() if isinstance(key, Target)),
        )


def read_headings(written: Iterable[str], language: str) -> Headings:
    """Return the columns of a sheet; a text that names no language is in *language*.

    Raises:
        BadHeadings: there is no column of identifiers, or a column stands twice.
        NoSuchField, BadLanguageTag
    """
    columns: list[Target | str] = []
    for heading in written:
        name = clean(heading, multiline=False)
        known = name.lower() in {"", ID, FILE, CHECK}
        column = name.lower() if known else read_target(name, language)
        if column and column in columns:
            raise BadHeadings(f"The column “{name[:_SHOWN]}” stands twice; remove one of them.")
        columns.append(column)
    if ID not in columns:
        raise BadHeadings("The sheet has no column “id”; take a sheet out and write into that.")
    return Headings(tuple(columns))


def targets(in_use: Iterable[tuple[str, str]], language: str) -> tuple[Target, ...]:
    """Return the columns of a sheet that leaves: all fields, each in the languages it is in."""
    languages = {field: {language} if field.in_language else {""} for field in EditField}
    for name, tag in in_use:
        if name in set(EditField):
            languages[EditField(name)].add(tag)
    return tuple(
        Target(field, tag)
        for field in EditField
        for tag in sorted(languages[field], key=lambda tag: (tag != language, tag))
    )


def headings(columns: Iterable[Target]) -> tuple[str, ...]:
    """Return the first row of a sheet that leaves."""
    return (ID, FILE, *map(str, columns), CHECK)


def row(
    photograph_id: str, name: str, description: Description, columns: Sequence[Target]
) -> tuple[str, ...]:
    """Return the row of one photograph; what no cell can hold is left blank, and so stays."""
    texts = {str(one): typed(description, one) for one in columns}
    written = {key: text for key, text in texts.items() if _fits(text)}
    check = " ".join(f"{key}={_digest(text)}" for key, text in written.items())
    cells = (guarded(written.get(str(one), "")) for one in columns)
    return (photograph_id, guarded(clean(name, multiline=False)), *cells, check)


def _fits(text: str) -> bool:
    return len(text) < LONGEST_CELL - 1 and not _UNWRITABLE.search(text)


def _lines(text: str) -> str:
    """Return *text* with line ends and edges as any spreadsheet may have left them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _digest(text: str) -> str:
    written = _lines(text).encode("utf-8", "surrogatepass")
    return hashlib.blake2s(written, digest_size=4).hexdigest()


def compared(
    given: GivenRow, description: Description, language: str
) -> tuple[Description, tuple[RefusedCell, ...]]:
    """Return what a row makes of *description*, and which of its cells are not taken."""
    left = dict(_PRINT.findall(given.check))
    after, refused = description, []
    for target, cell, text in _changed(given, description, left):
        before = typed(description, target)
        sentence = damage(cell, before, is_date=target.field is EditField.DATE)
        if not sentence and left.get(str(target), _digest(before)) != _digest(before):
            sentence = f"It was edited here since the sheet was made, and says “{_cut(before)}”."
        words = () if text == EMPTY else split(target.field, unguarded(text))
        if not sentence and words != split(target.field, before):
            try:
                after = with_words(after, target, words, language)
            except WouldNotFit as error:
                sentence = str(error)
        if sentence:
            refused.append(RefusedCell(str(target), _cut(text), sentence))
    return after, tuple(refused)


def _changed(
    given: GivenRow, description: Description, left: Mapping[str, str]
) -> Iterator[tuple[Target, GivenCell, str]]:
    """Yield the cells that say something new, and what they say, still guarded."""
    for target, cell in given.cells:
        text = _lines(cell.text)
        said = _lines(unguarded(text))
        as_it_left = left.get(str(target)) == _digest(said) and text != EMPTY
        if not as_it_left and (text == EMPTY or said != _lines(typed(description, target))):
            shown = GivenCell(said, cell.kind) if text != EMPTY else GivenCell(text)
            yield target, shown, text


def _cut(text: str) -> str:
    line = clean(text, multiline=False)
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def kept(given: GivenRow) -> str:
    """Return a row as one text of ASCII, to be kept until it is compared."""
    cells = [[key.field, key.language, one.kind, one.text] for key, one in given.cells]
    return json.dumps([given.check, cells])


def of_kept(photograph_id: str, text: str) -> GivenRow:
    """Return the row that ``kept`` was given."""
    check, cells = json.loads(text)
    read = (
        (Target(EditField(field), tag), GivenCell(words, CellKind(kind)))
        for field, tag, kind, words in cells
    )
    return GivenRow(photograph_id, check, tuple(read))
