"""Writing and reading the log of events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dam.catalogue.fields import FieldChange
from dam.catalogue.written import written
from dam.records.events import EventRow


@dataclass(frozen=True, slots=True)
class Event:
    """Who changed what, when, from what, to what."""

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


def write(db: Session, event: Event) -> None:
    """Add an event to the log, in the caller's transaction."""
    db.add(
        EventRow(
            at=event.at,
            actor=event.actor,
            verb=event.verb,
            subject_kind=event.subject_kind,
            subject_id=event.subject_id,
            field=event.field,
            language=event.language,
            before=event.before,
            after=event.after,
            group_id=event.group_id,
            reverses=event.reverses,
        )
    )


def write_changes(db: Session, event: Event, made: Iterable[FieldChange]) -> None:
    """Add one event for each change, otherwise as *event* is, in the caller's transaction."""
    for change in made:
        said = replace(event, field=change.field, language=change.language or "")
        write(db, replace(said, before=written(change.before), after=written(change.after)))


def _value(row: EventRow) -> Event:
    return Event(
        row.at,
        row.actor,
        row.verb,
        row.subject_kind,
        row.subject_id,
        row.field,
        row.language,
        row.before,
        row.after,
        row.group_id,
        row.reverses,
    )


def of_subject(db: Session, kind: str, subject_id: str, most: int = 500) -> tuple[Event, ...]:
    """Return the newest events of a subject, newest first."""
    query = (
        select(EventRow)
        .where(EventRow.subject_kind == kind, EventRow.subject_id == subject_id)
        .order_by(EventRow.id.desc())
        .limit(most)
    )
    return tuple(map(_value, db.scalars(query)))


def newest(db: Session, kind: str, subject_id: str, verb: str) -> Event | None:
    """Return the newest event of a subject with that verb."""
    query = (
        select(EventRow)
        .where(
            EventRow.subject_kind == kind,
            EventRow.subject_id == subject_id,
            EventRow.verb == verb,
        )
        .order_by(EventRow.id.desc())
        .limit(1)
    )
    row = db.scalar(query)
    return None if row is None else _value(row)


def of_group(db: Session, group_id: str) -> tuple[Event, ...]:
    """Return the events of one edit, in their order; none for no group."""
    if not group_id:
        return ()
    query = select(EventRow).where(EventRow.group_id == group_id).order_by(EventRow.id)
    return tuple(map(_value, db.scalars(query)))


def is_reversed(db: Session, group_id: str) -> bool:
    """Say whether an edit was taken back."""
    query = select(EventRow.id).where(EventRow.reverses == group_id).limit(1)
    return db.scalar(query) is not None


def last_edit(db: Session, subject_id: str, kind: str = "photograph") -> tuple[Event, ...]:
    """Return the events of the newest edit of a subject that was not itself undone."""
    events = db.scalars(
        select(EventRow)
        .where(
            EventRow.subject_kind == kind,
            EventRow.subject_id == subject_id,
            EventRow.verb.in_(("edited", "undone")),
        )
        .order_by(EventRow.id.desc())
        .limit(5000)
    ).all()
    reversed_groups = {event.reverses for event in events if event.reverses}
    for event in events:
        if event.verb == "edited" and event.group_id not in reversed_groups:
            group = event.group_id
            return tuple(_value(row) for row in reversed(events) if row.group_id == group)
    return ()


def of_edit(
    db: Session, subject_id: str, group_id: str, kind: str = "photograph"
) -> tuple[Event, ...]:
    """Return the events of one edit of a subject, in their order; none for no group."""
    if not group_id:
        return ()
    query = select(EventRow).where(
        EventRow.group_id == group_id,
        EventRow.subject_kind == kind,
        EventRow.subject_id == subject_id,
        EventRow.verb.in_(("edited", "undone")),
    )
    return tuple(map(_value, db.scalars(query.order_by(EventRow.id))))


def stands(db: Session, subject_id: str, group_id: str, kind: str = "photograph") -> bool:
    """Say whether an edit of a subject stands: no undo of it does."""
    query = (
        select(EventRow.group_id)
        .where(
            EventRow.reverses == group_id,
            EventRow.subject_kind == kind,
            EventRow.subject_id == subject_id,
        )
        .distinct()
    )
    return not any(stands(db, subject_id, one, kind) for one in db.scalars(query).all())
