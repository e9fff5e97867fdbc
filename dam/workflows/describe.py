"""Describe: edits of the words, one event for each field, undone as easily as done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from dam.catalogue.captions import Caption
from dam.catalogue.changes import Description
from dam.catalogue.links import Unlinked, unlinked
from dam.catalogue.preferring import preferring, with_caption, without_caption
from dam.errors import NotFound
from dam.records import catalogue, log
from dam.records import proposals as repairs
from dam.records.values import Proposal, StoredPhotograph
from dam.workflows import linking
from dam.workflows.archive import Archive
from dam.workflows.edits import UNDONE, Edit, Saved, reverse_events, save


class NothingToUndo(NotFound):
    """No edit of this photograph is left to be undone."""

    def __init__(self) -> None:
        super().__init__("There is no edit left to undo.")


def describe(
    archive: Archive, photograph_id: str, revision: int, description: Description, by: str
) -> Saved:
    """Write the words of a photograph that was read at *revision*.

    Names that an authority record has are linked to it; no record is made of what is typed.

    Raises:
        UnknownPhotograph
        RevisionConflict: somebody else saved since; nothing is written.
    """
    now = archive.now()
    with archive.writing.begin() as db:
        before = catalogue.check_revision(db, photograph_id, revision)
        after = linking.known(db, description, before.description)
        saved = save(db, archive, before, after, Edit(by, now, archive.new_id()))
    archive.edits.advance()
    return saved


def change(
    archive: Archive,
    photograph_id: str,
    edit: Callable[[Description], Description],
    by: str,
    *,
    revision: int | None = None,
) -> Saved:
    """Write what *edit* makes of the words as they are now, for a change of one thing alone.

    Raises:
        UnknownPhotograph, and whatever *edit* raises
        RevisionConflict: they were read at another *revision*.
    """
    now = archive.now()
    with archive.writing.begin() as db:
        before = catalogue.locked(db, photograph_id)
        if revision is not None and before.revision != revision:
            raise catalogue.RevisionConflict(revision, before.revision)
        after = linking.known(db, edit(before.description), before.description)
        saved = save(db, archive, before, after, Edit(by, now, archive.new_id()))
    archive.edits.advance()
    return saved


def prefer(
    archive: Archive, photograph_id: str, number: int, by: str, *, revision: int | None = None
) -> Saved:
    """Make the other caption *number*, from 0, the preferred one of its language.

    Raises:
        UnknownPhotograph, NoSuchCaption
        RevisionConflict: the list was read at another *revision*.
    """
    return change(
        archive, photograph_id, lambda words: preferring(words, number), by, revision=revision
    )


def remove_caption(
    archive: Archive, photograph_id: str, number: int, by: str, *, revision: int | None = None
) -> Saved:
    """Remove the other caption *number*, from 0; undoing brings it back.

    Raises:
        UnknownPhotograph, NoSuchCaption
        RevisionConflict: the list was read at another *revision*.
    """
    return change(
        archive, photograph_id, lambda words: without_caption(words, number), by, revision=revision
    )


def keep_caption(archive: Archive, photograph_id: str, caption: Caption, by: str) -> Saved:
    """Keep a caption beside the preferred one; without a text, say who wrote the preferred one.

    Raises:
        UnknownPhotograph
    """
    return change(archive, photograph_id, lambda words: with_caption(words, caption), by)


def file_names(archive: Archive, photograph_id: str, by: str) -> tuple[Unlinked, ...]:
    """Make an authority record of each name that has none, and return what is left without one.

    A name that several records have is left: a person decides which of them it is.

    Raises:
        UnknownPhotograph
    """
    now = archive.now()
    with archive.writing.begin() as db:
        before = catalogue.locked(db, photograph_id)
        after = linking.filed(db, archive, before.description, by)
        save(db, archive, before, after, Edit(by, now, archive.new_id()))
    archive.edits.advance()
    return unlinked(after)


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
        before = catalogue.locked(db, photograph_id)
        edit = Edit(by, now, archive.new_id(), UNDONE, events[0].group_id)
        saved = reverse_events(db, archive, before, events, edit)
    archive.edits.advance()
    return saved


def last_edit_in_words(archive: Archive, photograph_id: str) -> str | None:
    """Return what ``undo`` would take back, such as "caption (en), title (en)", or None."""
    with archive.reading() as db:
        events = log.last_edit(db, photograph_id)
    if not events:
        return None
    fields = (f"{e.field} ({e.language})" if e.language else e.field for e in events)
    return ", ".join(dict.fromkeys(fields))


def on_the_desk(archive: Archive, photograph_id: str) -> StoredPhotograph:
    """Return a photograph for editing; raises ``UnknownPhotograph``."""
    with archive.reading() as db:
        return catalogue.photograph(db, photograph_id)


def open_repairs(archive: Archive, photograph_id: str) -> tuple[Proposal, ...]:
    """Return the repairs of a photograph's words that wait for a person."""
    with archive.reading() as db:
        return repairs.open_proposals(db, photograph_id)


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
            before = catalogue.photograph(db, photograph_id)
            after = _repaired(before.description, proposal)
            save(db, archive, before, after, Edit(by, now, archive.new_id()))
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
        replace(text, value=_mended(text.value, proposal))
        if (text.field, text.language) == (proposal.field, proposal.language)
        else text
        for text in description.texts
    )
    return replace(description, texts=texts)


def _mended(value: str, proposal: Proposal) -> str:
    end = proposal.start + len(proposal.found)
    if value[proposal.start : end] != proposal.found:
        raise NoSuchRepair  # the text was edited since
    return value[: proposal.start] + proposal.proposed + value[end:]
