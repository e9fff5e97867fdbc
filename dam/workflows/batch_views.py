"""What staff see of batches: the list of them, and one with what it means for each photograph."""

from collections.abc import Mapping
from dataclasses import dataclass

from dam.records import edit_batches, queue
from dam.records.batch_values import Item, ItemState, StoredBatch, WordsOf
from dam.workflows import batch_edit
from dam.workflows.archive import Archive

PAGE = 50
CELLS = "cells"
"""What is asked for to see the photographs of which some cell was refused."""


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """A batch with how many photographs are in each state.

    ``failure`` is why its job stopped; ``refused`` is of how many rows some cell was not taken.
    """

    batch: StoredBatch
    counts: Mapping[ItemState, int]
    undone: bool
    failure: str = ""
    refused: int = 0


@dataclass(frozen=True, slots=True)
class BatchView:
    """One batch, and a page of its items with what their photographs are called.

    ``shown`` is the state of the items, or ``CELLS``.
    """

    summary: BatchSummary
    shown: str
    items: tuple[Item, ...]
    words: Mapping[str, WordsOf]
    number: int
    pages: int


def summaries(archive: Archive, number: int) -> tuple[tuple[BatchSummary, ...], int, int]:
    """Return page *number*, from 1, of the batches, that number, and how many pages there are."""
    with archive.reading() as db:
        pages = max(1, -(-edit_batches.count(db) // PAGE))
        number = min(max(1, number), pages)
        found = edit_batches.newest(db, offset=(number - 1) * PAGE, most=PAGE)
        counts = edit_batches.counts(db, [one.id for one in found])
        shown = tuple(
            BatchSummary(one, counts[one.id], batch_edit.is_undone(db, one.id)) for one in found
        )
    return shown, number, pages


def view(archive: Archive, batch_id: str, wanted: str, number: int) -> BatchView:
    """Return one batch with page *number*, from 1, of its items in the state *wanted*.

    Without a state that there is, those that would change or were changed are shown.

    Raises:
        UnknownBatch
    """
    with archive.reading() as db:
        batch = edit_batches.one(db, batch_id)
        counts = edit_batches.counts(db, [batch_id])[batch_id]
        failure = next(iter(queue.failures(db, batch_id)), "")
        refused = edit_batches.count_refused(db, batch_id)
        summary = BatchSummary(batch, counts, batch_edit.is_undone(db, batch_id), failure, refused)
        state = None if wanted == CELLS else _shown(counts, wanted)
        pages = max(1, -(-(refused if state is None else counts[state]) // PAGE))
        number = min(max(1, number), pages)
        offset = (number - 1) * PAGE
        if state is None:
            items = edit_batches.refused_items(db, batch_id, offset=offset, most=PAGE)
        else:
            items = edit_batches.items(db, batch_id, state, offset=offset, most=PAGE)
        words = edit_batches.words_of(db, (item.photograph_id for item in items))
    return BatchView(summary, state or CELLS, items, words, number, pages)


def _shown(counts: Mapping[ItemState, int], wanted: str) -> ItemState:
    if wanted in set(ItemState):
        return ItemState(wanted)
    usual = (ItemState.CONFLICT, ItemState.PLANNED, ItemState.APPLIED, ItemState.REFUSED)
    return next((one for one in usual if counts[one]), ItemState.UNCHANGED)
