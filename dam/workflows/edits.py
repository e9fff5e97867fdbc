"""Edits within a transaction: what changed is written, with one event for each field."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dam.catalogue.changes import Description, FieldChange, PlainField, changes
from dam.catalogue.repair import proposals
from dam.catalogue.text import TextField
from dam.catalogue.written import OLD_CREATORS, read_change
from dam.records import catalogue, log, queue
from dam.records import proposals as repairs
from dam.records.base import Session
from dam.records.values import StoredPhotograph
from dam.workflows import linking, publish
from dam.workflows.archive import Archive


@dataclass(frozen=True, slots=True)
class Saved:
    """What an edit came to: the new revision, and what changed; nothing is no new revision."""

    revision: int
    changes: tuple[FieldChange, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Edit:
    """Who edits, when, and the group that all events of the edit carry."""

    by: str
    at: datetime
    group: str
    verb: str = "edited"
    reverses: str = ""


def save(
    db: Session, archive: Archive, before: StoredPhotograph, after: Description, edit: Edit
) -> Saved:
    """Write *after* over *before*, if anything differs."""
    made = changes(before.description, after)
    if not made:
        return Saved(before.revision, (), edit.at)
    revision = catalogue.describe(db, before.id, after)
    record(db, archive, before.id, made, edit)
    return Saved(revision, made, edit.at)


def record(
    db: Session, archive: Archive, photograph_id: str, made: Sequence[FieldChange], edit: Edit
) -> None:
    """Write the events of an edit, and the jobs and proposals that follow from it."""
    event = log.Event(edit.at, edit.by, edit.verb, "photograph", photograph_id)
    event = replace(event, group_id=edit.group, reverses=edit.reverses)
    log.write_changes(db, event, made)
    for change in made:
        if change.field in {TextField.TITLE, TextField.CAPTION} and change.language:
            found = proposals(str(change.after or ""), change.language)
            repairs.replace_proposals(db, photograph_id, change.field, change.language, found)
    if any(change.field is PlainField.TURN for change in made):
        queue.enqueue(db, queue.JobKind.DERIVE, photograph_id, edit.at)
    publish.enqueue(db, archive, photograph_id)


def change_of(db: Session, event: log.Event) -> FieldChange:
    """Return the change of an event, its names linked to the records that stand today."""
    change = read_change(event.field, event.language, event.before, event.after)
    look_up = event.field == OLD_CREATORS
    return replace(
        change,
        before=linking.current(db, change.before, look_up=look_up),
        after=linking.current(db, change.after, look_up=look_up),
    )
