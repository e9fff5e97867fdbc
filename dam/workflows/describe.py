"""Describe: edits of the words, one event for each field, undone as easily as done."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dam.catalogue.changes import (
    Description,
    Field,
    FieldChange,
    ListField,
    PlainField,
    Words,
    apply,
    changes,
    reverse,
)
from dam.catalogue.repair import proposals
from dam.catalogue.text import TextField
from dam.errors import NotFound
from dam.records import catalogue, log
from dam.records import proposals as repairs
from dam.records.base import Session
from dam.records.values import Proposal, StoredPhotograph
from dam.workflows import publish
from dam.workflows.archive import Archive


class NothingToUndo(NotFound):
    """No edit of this photograph is left to be undone."""

    def __init__(self) -> None:
        super().__init__("There is no edit left to undo.")


@dataclass(frozen=True, slots=True)
class Saved:
    """What an edit came to: the new revision, and what changed; nothing is no new revision."""

    revision: int
    changes: tuple[FieldChange, ...]
    at: datetime


def describe(
    archive: Archive, photograph_id: str, revision: int, description: Description, by: str
) -> Saved:
    """Write the words of a photograph that was read at *revision*.

    Raises:
        UnknownPhotograph
        RevisionConflict: somebody else saved since; nothing is written.
    """
    now = archive.now()
    with archive.writing.begin() as db:
        before = catalogue.check_revision(db, photograph_id, revision)
        made = changes(before.description, description)
        if not made:
            return Saved(revision, (), now)
        revision = catalogue.describe(db, photograph_id, description)
        _record(db, archive, photograph_id, made, _Edit(by, now, archive.new_id()))
    archive.edits.advance()
    return Saved(revision, made, now)


def undo(archive: Archive, photograph_id: str, by: str) -> Saved:
    """Take back the newest edit that still stands, as a new edit.

    Raises:
        NothingToUndo: every edit has been undone, or there was none.
        ChangedMeanwhile: a field no longer says what that edit made it say.
    """
    now = archive.now()
    with archive.writing.begin() as db:
        events = log.last_edit(db, photograph_id)
        if not events:
            raise NothingToUndo
        before = catalogue.photograph(db, photograph_id)
        made = reverse(_change(event) for event in events)
        after = apply(before.description, made)
        revision = catalogue.describe(db, photograph_id, after)
        edit = _Edit(by, now, archive.new_id(), "undone", events[0].group_id)
        _record(db, archive, photograph_id, made, edit)
    archive.edits.advance()
    return Saved(revision, made, now)


@dataclass(frozen=True, slots=True)
class _Edit:
    by: str
    at: datetime
    group: str
    verb: str = "edited"
    reverses: str = ""


def _record(
    db: Session, archive: Archive, photograph_id: str, made: Sequence[FieldChange], edit: _Edit
) -> None:
    for change in made:
        event = log.Event(
            at=edit.at,
            actor=edit.by,
            verb=edit.verb,
            subject_kind="photograph",
            subject_id=photograph_id,
            field=change.field,
            language=change.language or "",
            before=_written(change.before),
            after=_written(change.after),
            group_id=edit.group,
            reverses=edit.reverses,
        )
        log.write(db, event)
        if change.field in {TextField.TITLE, TextField.CAPTION} and change.language:
            found = proposals(str(change.after or ""), change.language)
            repairs.replace_proposals(db, photograph_id, change.field, change.language, found)
    publish.enqueue(db, archive, photograph_id)


def _written(words: Words) -> str:
    """Return what a field holds, as the log keeps it: lists as JSON, which any word survives."""
    if isinstance(words, tuple):
        return json.dumps(words, ensure_ascii=False) if words else ""
    return words or ""


def _change(event: log.Event) -> FieldChange:
    field = _field(event.field)
    return FieldChange(
        field, event.language or None, _read(field, event.before), _read(field, event.after)
    )


def _field(name: str) -> Field:
    for kind in (TextField, ListField, PlainField):
        if name in set(kind):
            return kind(name)
    raise NothingToUndo


def _read(field: Field, text: str) -> Words:
    if isinstance(field, ListField):
        return tuple(json.loads(text)) if text else ()
    return text or None


def last_edit_in_words(archive: Archive, photograph_id: str) -> str | None:
    """Return what ``undo`` would take back, such as "caption (en), title (en)", or None."""
    with archive.reading() as db:
        events = log.last_edit(db, photograph_id)
    if not events:
        return None
    fields = (f"{e.field} ({e.language})" if e.language else e.field for e in events)
    return ", ".join(dict.fromkeys(fields))


@dataclass(frozen=True, slots=True)
class OnTheDesk:
    """A photograph as the desk shows it, with the repairs that wait for a person."""

    photograph: StoredPhotograph
    proposals: tuple[Proposal, ...]


def on_the_desk(archive: Archive, photograph_id: str) -> OnTheDesk:
    """Return a photograph for editing; raises ``UnknownPhotograph``."""
    with archive.reading() as db:
        return OnTheDesk(
            catalogue.photograph(db, photograph_id), repairs.open_proposals(db, photograph_id)
        )


class NoSuchRepair(NotFound):
    """The repair has been answered already, or there is none of that number."""

    def __init__(self) -> None:
        super().__init__("This repair has been answered already.")


def settle(archive: Archive, photograph_id: str, number: int, *, accept: bool, by: str) -> None:
    """Accept a proposed repair as an edit, or keep the text as it is; either way it is settled.

    Raises:
        NoSuchRepair: it was answered, or the text was edited since.
    """
    now = archive.now()
    with archive.writing.begin() as db:
        proposal = repairs.open_proposal(db, photograph_id, number)
        if proposal is None:
            raise NoSuchRepair
        repairs.settle_proposal(db, number, "accepted" if accept else "kept")
        if accept:
            before = catalogue.photograph(db, photograph_id).description
            after = _repaired(before, proposal)
            made = changes(before, after)
            catalogue.describe(db, photograph_id, after)
            _record(db, archive, photograph_id, made, _Edit(by, now, archive.new_id()))
        else:
            log.write(db, _kept(proposal, photograph_id, by, now))
    archive.edits.advance()


def _kept(proposal: Proposal, photograph_id: str, by: str, at: datetime) -> log.Event:
    return log.Event(
        at=at,
        actor=by,
        verb="kept as written",
        subject_kind="photograph",
        subject_id=photograph_id,
        field=proposal.field,
        language=proposal.language,
        before=proposal.found,
        after=proposal.found,
    )


def _repaired(description: Description, proposal: Proposal) -> Description:
    texts = tuple(
        type(text)(text.field, text.language, _mended(text.value, proposal))
        if (text.field, text.language) == (proposal.field, proposal.language)
        else text
        for text in description.texts
    )
    return Description(
        texts,
        description.creators,
        description.keywords,
        description.date_text,
        description.accession,
    )


def _mended(value: str, proposal: Proposal) -> str:
    end = proposal.start + len(proposal.found)
    if value[proposal.start : end] != proposal.found:
        raise NoSuchRepair  # the text was edited since
    return value[: proposal.start] + proposal.proposed + value[end:]
