"""Writing and reading the log of events."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from dam.catalogue.fields import FieldChange
from dam.catalogue.written import read_change, written
from dam.errors import Conflict
from dam.records.chain import SALT_BYTES, Checkpoint, Link, Part, digest, link_hash
from dam.records.events import HEAD, EventHeadRow, EventRow, EventValueRow


class WordsErased(Conflict):
    """What an edit changed was erased by law."""

    def __init__(self) -> None:
        super().__init__("The words of this edit were erased by law; it cannot be taken back.")


class LogWithoutHead(Conflict):
    """Somebody removed the row that says where the log ends."""

    def __init__(self) -> None:
        super().__init__(
            "The log has lost the record of its end, and nothing is written without a log; "
            "run `dam audit --verify-log`."
        )


@dataclass(frozen=True, slots=True)
class Event:
    """Who changed what, when, from what, to what, and why; what was *erased* reads as empty."""

    at: datetime
    actor: str
    verb: str
    subject_kind: str
    subject_id: str
    field: str = ""
    language: str = ""
    before: str = ""
    after: str = ""
    group_id: str = ""
    reverses: str = ""
    why: str = ""
    erased: frozenset[Part] = frozenset()


@dataclass(frozen=True, slots=True)
class _Sealed:
    """The values of an event as they are kept, in the order of ``Part``."""

    values: tuple[str, ...]
    salts: tuple[bytes | None, ...]
    digests: tuple[bytes | None, ...]


def write(db: Session, event: Event) -> None:
    """Add an event to the log, in the caller's transaction; writers come one after another."""
    head = _head(db)
    sealed = _seal(event)
    link = _link(head.number + 1, event, sealed)
    head.number, head.hash = link.number, link_hash(head.hash, link)
    db.add(
        EventRow(
            id=link.number,
            at=event.at,
            verb=event.verb,
            subject_kind=event.subject_kind,
            field=event.field,
            language=event.language,
            group_id=event.group_id,
            reverses=event.reverses,
            hash=head.hash,
            **{f"{part}_digest": one for part, one in zip(Part, sealed.digests, strict=True)},
        )
    )
    db.add(
        EventValueRow(
            event_id=link.number,
            **dict(zip(Part, sealed.values, strict=True)),
            **{f"{part}_salt": one for part, one in zip(Part, sealed.salts, strict=True)},
        )
    )


def _head(db: Session) -> EventHeadRow:
    head = db.get(EventHeadRow, HEAD)
    if head is None:
        raise LogWithoutHead
    return head


def _seal(event: Event) -> _Sealed:
    """Return the values of an event with fresh salts and their digests; nothing for nothing."""
    values = (event.actor, event.subject_id, event.before, event.after, event.why)
    fresh = secrets.token_bytes(SALT_BYTES * len(values))
    cut = (fresh[start : start + SALT_BYTES] for start in range(0, len(fresh), SALT_BYTES))
    salts = tuple(salt if text else None for text, salt in zip(values, cut, strict=True))
    digests = tuple(salt and digest(salt, text) for text, salt in zip(values, salts, strict=True))
    return _Sealed(values, salts, digests)


def _link(number: int, event: Event, sealed: _Sealed) -> Link:
    return Link(
        number,
        event.at,
        event.verb,
        event.subject_kind,
        event.field,
        event.language,
        event.group_id,
        event.reverses,
        sealed.digests,
    )


def checkpoint(db: Session) -> Checkpoint:
    """Return the number and hash of the newest event."""
    head = _head(db)
    return Checkpoint(head.number, head.hash)


def write_changes(db: Session, event: Event, made: Iterable[FieldChange]) -> None:
    """Add one event for each change, otherwise as *event* is, in the caller's transaction."""
    for change in made:
        said = replace(event, field=change.field, language=change.language or "")
        write(db, replace(said, before=written(change.before), after=written(change.after)))


def change_told(event: Event) -> FieldChange:
    """Return the change that an event tells of, to be taken back.

    Raises:
        WordsErased: what it was from or to was erased.
        BadChange: there is no such field, or it cannot hold this.
    """
    if event.erased & {Part.BEFORE, Part.AFTER}:
        raise WordsErased
    return read_change(event.field, event.language, event.before, event.after)


_AT_ONCE = 1000
_EDITS = ("edited", "undone")
_Found = Select[EventRow, EventValueRow]


def _events() -> _Found:
    return select(EventRow, EventValueRow).join(
        EventValueRow, EventValueRow.event_id == EventRow.id
    )


def _values(db: Session, query: _Found) -> tuple[Event, ...]:
    return tuple(_value(row, told) for row, told in db.execute(query))


def _value(row: EventRow, told: EventValueRow) -> Event:
    return Event(
        row.at,
        told.actor or "",
        row.verb,
        row.subject_kind,
        told.subject or "",
        row.field,
        row.language,
        told.before or "",
        told.after or "",
        row.group_id,
        row.reverses,
        told.why or "",
        frozenset(part for part in Part if getattr(told, part) is None),
    )


def in_order(db: Session, subjects: Sequence[str] = ()) -> Iterator[tuple[Checkpoint, Event]]:
    """Yield events from the beginning, of these subjects or all, in flat memory."""
    query = _events().order_by(EventRow.id)
    if subjects:
        query = query.where(EventValueRow.subject.in_(subjects))
    for row, told in db.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield Checkpoint(row.id, row.hash), _value(row, told)
        db.expunge(row)
        db.expunge(told)


def of_subject(db: Session, kind: str, subject_id: str, most: int = 500) -> tuple[Event, ...]:
    """Return the newest events of a subject, newest first."""
    query = _events().where(_is(kind, subject_id)).order_by(EventRow.id.desc())
    return _values(db, query.limit(most))


def _is(kind: str, subject_id: str) -> ColumnElement[bool]:
    return and_(EventValueRow.subject == subject_id, EventRow.subject_kind == kind)


def newest(db: Session, kind: str, subject_id: str, verb: str) -> Event | None:
    """Return the newest event of a subject with that verb."""
    query = _events().where(_is(kind, subject_id), EventRow.verb == verb)
    found = _values(db, query.order_by(EventRow.id.desc()).limit(1))
    return found[0] if found else None


def of_group(db: Session, group_id: str) -> tuple[Event, ...]:
    """Return the events of one edit, in their order; none for no group."""
    if not group_id:
        return ()
    return _values(db, _events().where(EventRow.group_id == group_id).order_by(EventRow.id))


def is_reversed(db: Session, group_id: str) -> bool:
    """Say whether an edit was taken back."""
    query = select(EventRow.id).where(EventRow.reverses == group_id).limit(1)
    return db.scalar(query) is not None


def last_edit(db: Session, subject_id: str, kind: str = "photograph") -> tuple[Event, ...]:
    """Return the events of the newest edit of a subject that was not itself undone."""
    query = _events().where(_is(kind, subject_id), EventRow.verb.in_(_EDITS))
    events = _values(db, query.order_by(EventRow.id.desc()).limit(5000))
    reversed_groups = {event.reverses for event in events if event.reverses}
    for event in events:
        if event.verb == "edited" and event.group_id not in reversed_groups:
            group = event.group_id
            return tuple(one for one in reversed(events) if one.group_id == group)
    return ()


def of_edit(
    db: Session, subject_id: str, group_id: str, kind: str = "photograph"
) -> tuple[Event, ...]:
    """Return the events of one edit of a subject, in their order; none for no group."""
    if not group_id:
        return ()
    query = _events().where(
        EventRow.group_id == group_id, _is(kind, subject_id), EventRow.verb.in_(_EDITS)
    )
    return _values(db, query.order_by(EventRow.id))


def stands(db: Session, subject_id: str, group_id: str, kind: str = "photograph") -> bool:
    """Say whether an edit of a subject stands: no undo of it does."""
    query = (
        select(EventRow.group_id)
        .join(EventValueRow, EventValueRow.event_id == EventRow.id)
        .where(EventRow.reverses == group_id, _is(kind, subject_id))
        .distinct()
    )
    return not any(stands(db, subject_id, one, kind) for one in db.scalars(query).all())
