"""Reads and writes of batches: edits of many photographs at once."""

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, insert, literal, select, update
from sqlalchemy.orm import Session

from dam.catalogue.written import read_change, written
from dam.records.batch_rows import EditBatchItemRow, EditBatchRow
from dam.records.batch_values import (
    BatchKind,
    BatchState,
    Item,
    ItemState,
    Refusal,
    StoredBatch,
    UnknownBatch,
    WordsOf,
)
from dam.records.descriptions import WORDS, description_of
from dam.records.photographs import PhotographRow
from dam.records.words import KeywordRow, TextRow


def add(db: Session, batch: StoredBatch) -> None:
    """Write a new batch; its items come after it."""
    db.add(
        EditBatchRow(
            id=batch.id,
            kind=batch.kind,
            state=batch.state,
            title=batch.title,
            instruction=batch.instruction,
            notes=list(batch.notes),
            made_by=batch.made_by,
            made_at=batch.made_at,
            applied_by=batch.applied_by,
            applied_at=batch.applied_at,
            reverses=batch.reverses,
        )
    )
    db.flush()  # its items are written past the session, and name it


def _value(row: EditBatchRow) -> StoredBatch:
    return StoredBatch(
        id=row.id,
        kind=BatchKind(row.kind),
        state=BatchState(row.state),
        title=row.title,
        made_by=row.made_by,
        made_at=row.made_at,
        instruction=row.instruction,
        notes=tuple(row.notes),
        applied_by=row.applied_by,
        applied_at=row.applied_at,
        finished_at=row.finished_at,
        reverses=row.reverses,
    )


def one(db: Session, batch_id: str, *, lock: bool = False) -> StoredBatch:
    """Return a batch, locked until the transaction ends if that is wanted.

    Raises:
        UnknownBatch
    """
    query = select(EditBatchRow).where(EditBatchRow.id == batch_id)
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise UnknownBatch
    return _value(row)


def newest(db: Session, *, offset: int, most: int) -> tuple[StoredBatch, ...]:
    """Return batches, newest first."""
    query = select(EditBatchRow).order_by(EditBatchRow.made_at.desc(), EditBatchRow.id)
    return tuple(map(_value, db.scalars(query.offset(offset).limit(most))))


def count(db: Session) -> int:
    """Return how many batches there are."""
    return db.scalar(select(func.count()).select_from(EditBatchRow)) or 0


def undoing(db: Session, batch_ids: Sequence[str]) -> dict[str, StoredBatch]:
    """Return the newest undo of each of these batches that has one."""
    query = (
        select(EditBatchRow)
        .where(EditBatchRow.reverses.in_(batch_ids))
        .order_by(EditBatchRow.made_at, EditBatchRow.id)
    )
    return {row.reverses or "": _value(row) for row in db.scalars(query)}


def write(db: Session, batch: StoredBatch) -> None:
    """Write how far a batch is, by whom and since when."""
    db.execute(
        update(EditBatchRow)
        .where(EditBatchRow.id == batch.id)
        .values(
            state=batch.state,
            title=batch.title,
            notes=list(batch.notes),
            applied_by=batch.applied_by,
            applied_at=batch.applied_at,
            finished_at=batch.finished_at,
        )
    )


def add_items(db: Session, batch_id: str, items: Iterable[Item]) -> None:
    """Write new items of a batch."""
    rows = [{"batch_id": batch_id, **_columns(item)} for item in items]
    if rows:
        db.execute(insert(EditBatchItemRow), rows)


def write_items(db: Session, batch_id: str, items: Iterable[Item]) -> None:
    """Write items of a batch anew."""
    rows = [{"batch_id": batch_id, **_columns(item)} for item in items]
    if rows:
        db.execute(update(EditBatchItemRow), rows)


def _columns(item: Item) -> dict[str, object]:
    changes = [
        [c.field, c.language or "", written(c.before), written(c.after)] for c in item.changes
    ]
    refusals = [[one.column, one.value, one.sentence] for one in item.refusals]
    return {
        "position": item.position,
        "photograph_id": item.photograph_id,
        "state": item.state.value,
        "revision": item.revision,
        "given": item.given,
        "changes": json.dumps(changes, ensure_ascii=False) if changes else "",
        "refusals": json.dumps(refusals, ensure_ascii=False) if refusals else "",
        "note": item.note,
    }


def _item(row: EditBatchItemRow) -> Item:
    return Item(
        position=row.position,
        photograph_id=row.photograph_id,
        state=ItemState(row.state),
        revision=row.revision,
        given=row.given,
        changes=tuple(read_change(*each) for each in json.loads(row.changes or "[]")),
        refusals=tuple(Refusal(*each) for each in json.loads(row.refusals or "[]")),
        note=row.note,
    )


def items(
    db: Session, batch_id: str, state: ItemState | None, *, offset: int = 0, most: int
) -> tuple[Item, ...]:
    """Return items of a batch in their order: those in a state, or all."""
    query = select(EditBatchItemRow).where(EditBatchItemRow.batch_id == batch_id)
    if state is not None:
        query = query.where(EditBatchItemRow.state == state.value)
    query = query.order_by(EditBatchItemRow.position).offset(offset).limit(most)
    return tuple(map(_item, db.scalars(query)))


def refused_items(db: Session, batch_id: str, *, offset: int = 0, most: int) -> tuple[Item, ...]:
    """Return the items of a batch of which something was refused, in their order."""
    query = (
        select(EditBatchItemRow)
        .where(EditBatchItemRow.batch_id == batch_id, EditBatchItemRow.refusals != "")
        .order_by(EditBatchItemRow.position)
    )
    return tuple(map(_item, db.scalars(query.offset(offset).limit(most))))


def count_refused(db: Session, batch_id: str) -> int:
    """Return of how many photographs or rows something was refused."""
    query = select(func.count()).where(
        EditBatchItemRow.batch_id == batch_id, EditBatchItemRow.refusals != ""
    )
    return db.scalar(query) or 0


def counts(db: Session, batch_ids: Sequence[str]) -> dict[str, dict[ItemState, int]]:
    """Return how many items of each batch are in each state."""
    query = (
        select(EditBatchItemRow.batch_id, EditBatchItemRow.state, func.count())
        .where(EditBatchItemRow.batch_id.in_(batch_ids))
        .group_by(EditBatchItemRow.batch_id, EditBatchItemRow.state)
    )
    found: dict[str, dict[ItemState, int]] = {
        each: dict.fromkeys(ItemState, 0) for each in batch_ids
    }
    for batch_id, state, number in db.execute(query):
        found[batch_id][ItemState(state)] = number
    return found


def copy_applied(db: Session, old: str, new: str) -> None:
    """List what *old* has applied as what *new* is to do, in the same order."""
    applied = select(
        literal(new),
        EditBatchItemRow.position,
        EditBatchItemRow.photograph_id,
        literal(ItemState.PLANNED.value),
        EditBatchItemRow.revision,
        literal(""),
        literal(""),
        literal(""),
        literal(""),
    ).where(EditBatchItemRow.batch_id == old, EditBatchItemRow.state == ItemState.APPLIED.value)
    names = (
        *("batch_id", "position", "photograph_id", "state", "revision"),
        *("given", "changes", "refusals", "note"),
    )
    db.execute(insert(EditBatchItemRow).from_select(names, applied))


def first_positions(db: Session, batch_id: str, identifiers: Iterable[str]) -> dict[str, int]:
    """Return where a batch names each of these photographs first."""
    query = (
        select(EditBatchItemRow.photograph_id, func.min(EditBatchItemRow.position))
        .where(
            EditBatchItemRow.batch_id == batch_id,
            EditBatchItemRow.photograph_id.in_(tuple(identifiers)),
        )
        .group_by(EditBatchItemRow.photograph_id)
    )
    return {row[0]: row[1] for row in db.execute(query)}


def languages_in_use(db: Session) -> tuple[tuple[str, str], ...]:
    """Return every field that some photograph has words in, with each of its languages."""
    texts = select(TextRow.field, TextRow.language).distinct()
    keywords = select(literal("keywords"), KeywordRow.language).distinct()
    return tuple((field, tag) for query in (texts, keywords) for field, tag in db.execute(query))


def words_of(db: Session, identifiers: Iterable[str]) -> Mapping[str, WordsOf]:
    """Return the words of photographs, without what else is known of them."""
    query = select(PhotographRow).where(PhotographRow.id.in_(tuple(identifiers))).options(*WORDS)
    found = {
        row.id: WordsOf(row.revision, row.original_name, description_of(row))
        for row in db.scalars(query)
    }
    db.expunge_all()  # a reader of fifty thousand keeps none of them
    return found
