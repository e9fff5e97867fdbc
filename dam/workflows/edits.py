"""Edits within a transaction: what changed is written, with one event for each field."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dam.catalogue.changes import (
    Description,
    FieldChange,
    PlainField,
    apply,
    changes,
    reverse,
)
from dam.catalogue.repair import proposals
from dam.catalogue.text import TextField
from dam.catalogue.written import OLD_CREATORS
from dam.errors import Conflict, NotFound
from dam.records import catalogue, log, queue
from dam.records import proposals as repairs
from dam.records.base import Session
from dam.records.values import StoredPhotograph
from dam.workflows import linking, publish
from dam.workflows.archive import Archive

EDITED, UNDONE = "edited", "undone"


class NoSuchEdit(NotFound):
    """There is no edit of that name."""

    def __init__(self) -> None:
        super().__init__("There is no such edit of this photograph; look at the list again.")


class UndoneAlready(Conflict):
    """The edit was taken back before."""

    def __init__(self) -> None:
        super().__init__("This was undone already; nothing was changed.")


@dataclass(frozen=True, slots=True)
class Saved:
    """What an edit came to: the new revision, and what changed; nothing is no new revision."""

    revision: int
    changes: tuple[FieldChange, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Edit:
    """Who edits, when, in which group of events, and which group it takes back."""

    by: str
    at: datetime
    group: str
    verb: str = EDITED
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
    change = log.change_told(event)
    look_up = event.field == OLD_CREATORS
    return replace(
        change,
        before=linking.current(db, change.before, look_up=look_up),
        after=linking.current(db, change.after, look_up=look_up),
    )


def reverse_events(
    db: Session,
    archive: Archive,
    before: StoredPhotograph,
    events: Sequence[log.Event],
    edit: Edit,
) -> Saved:
    """Take back what *events* tell of, which are of this photograph, as a new edit.

    Raises:
        WordsErased
        ChangedMeanwhile: a field no longer says what they made it say; nothing is written.
    """
    made = reverse(change_of(db, event) for event in events)
    revision = catalogue.describe(db, before.id, apply(before.description, made))
    record(db, archive, before.id, made, edit)
    return Saved(revision, made, edit.at)


def take_back(
    db: Session, archive: Archive, photograph_id: str, group_id: str, edit: Edit
) -> tuple[FieldChange, ...]:
    """Take one edit of a photograph back as a new edit, and return what was changed.

    What takes an undo back is an edit again.

    Raises:
        UnknownPhotograph, NoSuchEdit, UndoneAlready, WordsErased
        ChangedMeanwhile: a field no longer says what that edit made it say; nothing is written.
    """
    before = catalogue.locked(db, photograph_id)
    events = log.of_edit(db, photograph_id, group_id)
    if not events:
        raise NoSuchEdit
    if not log.stands(db, photograph_id, group_id):
        raise UndoneAlready
    verb = UNDONE if events[0].verb == EDITED else EDITED
    edit = replace(edit, verb=verb, reverses=group_id)
    return reverse_events(db, archive, before, events, edit).changes


def undo_edit(archive: Archive, photograph_id: str, group_id: str, by: str) -> None:
    """Take back any one edit of a photograph, not only the newest, as a new edit.

    Raises:
        UnknownPhotograph, NoSuchEdit, UndoneAlready, WordsErased, ChangedMeanwhile
    """
    edit = Edit(by, archive.now(), archive.new_id())
    with archive.writing.begin() as db:
        take_back(db, archive, photograph_id, group_id, edit)
    archive.edits.advance()
