"""Merge: one photograph stands for another from now on, under both identifiers."""

from dataclasses import dataclass

from dam.records import moved
from dam.records.moved import How
from dam.rights.facts import Audience
from dam.rights.life import Life, shortest
from dam.workflows import aside, ask, clear, publish
from dam.workflows.archive import Archive
from dam.workflows.aside import CannotMerge

__all__ = ["CannotMerge", "Successor", "leads_to", "merge"]


def merge(archive: Archive, old_id: str, new_id: str, by: str) -> None:
    """Let *new_id* stand for *old_id*, which goes aside; its addresses lead on.

    Nothing of the old record is lost, and its identifier is never given again.

    Raises:
        UnknownPhotograph: there is none of one of these identifiers.
        CannotMerge: they are the same, one was withdrawn, or one stands for another already.
    """
    with archive.writing.begin() as db:
        going = aside.Going(old_id, new_id, How.MERGED)
        aside.stand_for(db, archive, going, by, archive.new_id())
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
