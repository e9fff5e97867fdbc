"""Whether the log is as it was written: each event, its values, the order, and the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from dam.records.chain import BEGINNING, Checkpoint, Link, Part, digest, link_hash
from dam.records.erasures import (
    ERASED,
    LOG,
    UnreadableErasure,
    nothing_erased,
    read,
)
from dam.records.events import HEAD, EventHeadRow, EventRow, EventValueRow

_AT_ONCE = 1000
_WORDS = (
    EventRow.id, EventRow.at, EventRow.verb, EventRow.subject_kind, EventRow.field,
    EventRow.language, EventRow.group_id, EventRow.reverses,
)  # fmt: skip
_DIGESTS = tuple(getattr(EventRow, f"{part}_digest") for part in Part)
_VALUES = tuple(getattr(EventValueRow, part) for part in Part)
_SALTS = tuple(getattr(EventValueRow, f"{part}_salt") for part in Part)
_COUNT = len(Part)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not as it was written, in one sentence; *number* is the event's, 0 for the log's."""

    number: int
    sentence: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """An event as it lies in the database."""

    link: Link
    hash: bytes
    kept: bool
    values: Sequence[str | None]
    salts: Sequence[bytes | None]


@dataclass(slots=True)
class _Before:
    """What was read before: the number and the hash of the last event."""

    number: int = 0
    hash: bytes = BEGINNING


def faults(db: Session, checkpoints: Sequence[Checkpoint] = ()) -> Iterator[Fault]:
    """Yield what is wrong with the log, read once from its beginning, in flat memory.

    *checkpoints* were taken from this log at other times, and must still lie on its chain.
    """
    before, erased, told = _Before(), nothing_erased(), nothing_erased()
    known = {one.number: one for one in checkpoints}
    for entry in _entries(db):
        yield from _chain_faults(entry, before)
        yield from _value_faults(entry)
        before.number, before.hash = entry.link.number, entry.hash
        expected = known.pop(entry.link.number, None)
        if expected is not None and expected.hash != entry.hash:
            yield _not_on_the_chain(expected)
        for part, number in _missing_values(entry):
            erased[part].add(number, number)
        try:
            for part, first, last in _erasure(entry):
                told[part].add(first, last)
        except UnreadableErasure as error:
            yield Fault(entry.link.number, f"Event {entry.link.number}: {error}")
    yield from _end_faults(db, before)
    yield from (_not_on_the_chain(one) for one in known.values() if one.number)
    for part, numbers in erased.items():
        for first, last in numbers.without(told[part]).runs:
            yield Fault(first, f"{_events(first, last)}: “{part}” was removed without an erasure.")


def count(db: Session) -> int:
    """Return how many events the log says it holds."""
    return db.scalar(select(EventHeadRow.number).where(EventHeadRow.id == HEAD)) or 0


def _entries(db: Session) -> Iterator[_Entry]:
    query = _query().order_by(EventRow.id).execution_options(yield_per=_AT_ONCE)
    for row in db.execute(query):
        yield _entry(row)


def _query() -> Select[*tuple[Any, ...]]:
    columns = (*_WORDS, EventRow.hash, EventValueRow.event_id, *_DIGESTS, *_VALUES, *_SALTS)
    return select(*columns).outerjoin(EventValueRow, EventValueRow.event_id == EventRow.id)


def _entry(row: Row[*tuple[Any, ...]]) -> _Entry:
    number, at, verb, kind, field, language, group, reverses, hashed, kept, *rest = row
    digests, values, salts = (rest[start : start + _COUNT] for start in (0, _COUNT, 2 * _COUNT))
    link = Link(number, at, verb, kind, field, language, group, reverses, digests)
    return _Entry(link, hashed, kept is not None, values, salts)


def _chain_faults(entry: _Entry, before: _Before) -> Iterator[Fault]:
    number = entry.link.number
    if number != before.number + 1:
        yield Fault(number, f"{_events(before.number + 1, number - 1)}: missing.")
    elif link_hash(before.hash, entry.link) != entry.hash:
        yield Fault(
            number, f"Event {number}: it is not what was written after event {before.number}."
        )


def _value_faults(entry: _Entry) -> Iterator[Fault]:
    number = entry.link.number
    if not entry.kept:
        yield Fault(number, f"Event {number}: its values are missing.")
        return
    for part, text, salt, kept in zip(
        Part, entry.values, entry.salts, entry.link.digests, strict=True
    ):
        if text is None and salt is None and kept is not None:
            continue  # erased: whether an event tells of it is asked at the end
        if not _is_as_written(text, salt, kept):
            yield Fault(number, f"Event {number}: “{part}” is not what was written.")


def _is_as_written(text: str | None, salt: bytes | None, kept: bytes | None) -> bool:
    if kept is None:
        return text == "" and salt is None
    return text is not None and salt is not None and digest(salt, text) == kept


def _missing_values(entry: _Entry) -> Iterator[tuple[Part, int]]:
    for part, text, kept in zip(Part, entry.values, entry.link.digests, strict=True):
        if entry.kept and text is None and kept is not None:
            yield part, entry.link.number


def _erasure(entry: _Entry) -> Iterator[tuple[Part, int, int]]:
    if entry.link.verb == ERASED and entry.link.subject_kind == LOG:
        yield from read(entry.values[tuple(Part).index(Part.AFTER)] or "")


def _end_faults(db: Session, last: _Before) -> Iterator[Fault]:
    head = db.get(EventHeadRow, HEAD)
    if head is None:
        yield Fault(0, "The record of the log's end is missing.")
    elif head.number > last.number:
        yield Fault(0, f"{_events(last.number + 1, head.number)}: missing at the end of the log.")
    elif (head.number, head.hash) != (last.number, last.hash):
        yield Fault(0, "The record of the log's end is not that of its last event.")


def _not_on_the_chain(one: Checkpoint) -> Fault:
    return Fault(
        one.number, f"Event {one.number}: the log is not the one that the checkpoint was taken of."
    )


def _events(first: int, last: int) -> str:
    return f"Event {first}" if first == last else f"Events {first} to {last}"
