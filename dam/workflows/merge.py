"""Merge: one photograph stands for another from now on, under both identifiers."""

from dataclasses import dataclass

from dam.errors import Conflict
from dam.records import catalogue, log, moved, register
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience, Publication
from dam.rights.life import Life, shortest
from dam.workflows import ask, clear, publish
from dam.workflows.archive import Archive


class CannotMerge(Conflict):
    """The two photographs cannot be merged in that way; nothing was recorded."""


def merge(archive: Archive, old_id: str, new_id: str, by: str) -> None:
    """Let *new_id* stand for *old_id*, which goes back to the desk; its addresses lead on.

    Nothing of the old record is lost, and its identifier is never given again.

    Raises:
        UnknownPhotograph: there is none of one of these identifiers.
        CannotMerge: they are the same, one was withdrawn, or one stands for another already.
    """
    with archive.writing.begin() as db:
        for one in (old_id, new_id):
            catalogue.locked(db, one)
            if moved.successor(db, one) is not None:
                raise CannotMerge(f"{one} was merged already; name the one that stands for it.")
        if old_id == new_id:
            raise CannotMerge("A photograph cannot be merged with itself; name another one.")
        facts = register.facts(db, [old_id, new_id])
        if any(one.withdrawn for one in facts.values()):
            raise CannotMerge("A photograph that was withdrawn stays a tombstone; reinstate first.")
        moved.move(db, old_id, new_id, archive.now())
        log.write(
            db,
            log.Event(
                at=archive.now(),
                actor=by,
                verb="merged",
                subject_kind="photograph",
                subject_id=old_id,
                field="identifier",
                before=old_id,
                after=new_id,
            ),
        )
        draft = NewRecord(RecordKind.PUBLICATION, Publication.DRAFT)
        clear.write_records(db, archive, old_id, [draft], by)
    clear.after_rights_change(archive)
    publish.everywhere(archive, old_id)


@dataclass(frozen=True, slots=True)
class Successor:
    """The photograph that stands for another, and how long that may be told."""

    id: str
    life: Life


def leads_to(archive: Archive, old_id: str) -> Successor | None:
    """Return the photograph that stands for *old_id*, if the public is told of it."""
    with archive.reading() as db:
        new_id = moved.successor(db, old_id)
        if new_id is None:
            return None
        asked = ask.ask_in(db, archive, [new_id], Audience.PUBLIC)[new_id]
    return Successor(new_id, shortest(300, [asked.life])) if asked.told_of else None
