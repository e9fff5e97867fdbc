"""The round trip of a sheet: photographs go out as rows, and rows come in as a batch.

What comes in is a batch as any other: previewed cell by cell, applied by a job, undone as one.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import IO

from dam.catalogue import sheet_rows
from dam.catalogue.changes import changes
from dam.catalogue.sheet_rows import Headings
from dam.catalogue.text import clean
from dam.errors import DamError
from dam.records import edit_batches, queue
from dam.records.batch_values import (
    BatchKind,
    BatchState,
    Item,
    ItemState,
    Refusal,
    StoredBatch,
    WordsOf,
)
from dam.records.queue import JobKind
from dam.workflows.archive import Archive
from dam.workflows.choosing import Chosen
from dam.workflows.sheet_files import SheetFormat, sheet_lines, write_sheet
from dam.workflows.sheet_workbooks import Line, UnreadableSheet

_AT_ONCE = 250


def take_out(archive: Archive, chosen: Chosen, kind: SheetFormat, file: IO[bytes]) -> int:
    """Write the words of photographs into *file*; return how many there are."""
    found = chosen.identifiers(archive)
    write_sheet(_written(archive, found), kind, file)
    return len(found)


def _written(archive: Archive, identifiers: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    with archive.reading() as db:
        in_use = edit_batches.languages_in_use(db)
    columns = sheet_rows.targets(in_use, archive.settings.archive_language)
    yield sheet_rows.headings(columns)
    for first in range(0, len(identifiers), _AT_ONCE):
        piece = identifiers[first : first + _AT_ONCE]
        with archive.reading() as db:
            words = edit_batches.words_of(db, piece)
        for one in piece:
            if one in words:
                yield sheet_rows.row(one, words[one].name, words[one].description, columns)


def bring_in(archive: Archive, file: IO[bytes], name: str, by: str) -> str:
    """Read a sheet and return the batch of it, which a job or ``batch_edit.plan`` prepares.

    Raises:
        UnreadableSheet, UnsupportedSheet, SheetTooLarge, BadHeadings, NoSuchField, BadLanguageTag
    """
    with closing(sheet_lines(file)) as lines:  # its reader lets go of the file before it is closed
        return _brought_in(archive, lines, name, by)


def _brought_in(archive: Archive, lines: Iterator[Line], name: str, by: str) -> str:
    first = next(lines, ())
    headings = sheet_rows.read_headings(
        (cell.text for cell in first), archive.settings.archive_language
    )
    batch = StoredBatch(
        id=archive.new_id(),
        kind=BatchKind.SHEET,
        state=BatchState.READING,
        title=f"Sheet “{clean(name, multiline=False)[:200]}”",
        made_by=by,
        made_at=archive.now(),
    )
    with archive.writing.begin() as db:
        edit_batches.add(db, batch)
    try:
        _read_into(archive, batch.id, _items(headings, lines))
    except DamError:
        with archive.writing.begin() as db:
            edit_batches.write(db, replace(batch, state=BatchState.DISCARDED))
        raise
    with archive.writing.begin() as db:
        edit_batches.write(db, replace(batch, state=BatchState.PLANNING))
        queue.enqueue(db, JobKind.PLAN_BATCH, batch.id, archive.now())
    return batch.id


def _read_into(archive: Archive, batch_id: str, items: Iterator[Item]) -> None:
    read = 0
    while piece := list(islice(items, _AT_ONCE)):
        read += len(piece)
        with archive.writing.begin() as db:
            edit_batches.add_items(db, batch_id, piece)
    if not read:
        raise UnreadableSheet("The sheet has no rows below its headings.")


def _items(headings: Headings, lines: Iterator[Line]) -> Iterator[Item]:
    """Yield the rows that say something; their position is their line in the sheet."""
    for number, line in enumerate(lines, start=2):
        if any(cell.text.strip() for cell in line):
            given = headings.row(line)
            yield Item(number, given.photograph_id, given=sheet_rows.kept(given))


def planned(item: Item, found: WordsOf, first_line: int, language: str) -> Item:
    """Return what a row comes to; *first_line* is the first that names its photograph."""
    if item.position != first_line:
        sentence = f"Line {first_line} speaks of this photograph already; this line was left out."
        refusal = Refusal(sheet_rows.ID, item.photograph_id, sentence)
        return replace(item, state=ItemState.REFUSED, refusals=(refusal,))
    given = sheet_rows.of_kept(item.photograph_id, item.given)
    after, refused = sheet_rows.compared(given, found.description, language)
    made = changes(found.description, after)
    state = ItemState.UNCHANGED
    if made or refused:
        state = ItemState.PLANNED if made else ItemState.REFUSED
    return replace(
        item,
        state=state,
        revision=found.revision,
        changes=made,
        refusals=tuple(Refusal(one.column, one.value, one.sentence) for one in refused),
    )
