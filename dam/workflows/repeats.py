"""Repeats: bytes that the archive has already, and what has become of them here."""

from dataclasses import dataclass

from dam.records import catalogue, moved, register
from dam.records.base import Session
from dam.records.moved import How


@dataclass(frozen=True, slots=True)
class Repeated:
    """The photograph that stands for bytes which came again, and a sentence that says so."""

    photograph_id: str
    sentence: str


def repeated(db: Session, sha256: str) -> Repeated | None:
    """Return what the archive has of these bytes, or none where they are new."""
    holder = catalogue.holder_of(db, sha256)
    if holder is None:
        return None
    gone = moved.one(db, holder)
    stands = holder if gone is None else gone.new_id
    known = _aside(gone) if gone is not None else f"as {holder}"
    if register.facts(db, [stands])[stands].withdrawn:
        known += " (which was withdrawn; a rights manager can reinstate it)"
    return Repeated(stands, f"The archive has these bytes already, {known}; nothing was changed.")


def _aside(gone: moved.Moved) -> str:
    match gone.how:
        case How.EARLIER_VERSION:
            return f"as an earlier version of {gone.new_id}"
        case How.MERGED:
            return f"as {gone.old_id}, which was merged into {gone.new_id}"
        case How.SKIPPED:
            return f"as {gone.old_id}, which was skipped for {gone.new_id}; that can be undone"
