"""Aside: another photograph stands for one from now on; and back.

Nothing of the one that goes aside is lost: its record, words and master stay, its identifier is
never given again and leads on. It leaves lists, searches and series, and what takes the other one
away or restricts it holds for it as well.
"""

from dataclasses import dataclass, replace

from dam.catalogue.fields import ListField
from dam.catalogue.series_words import changes_of_series
from dam.errors import Conflict
from dam.records import catalogue, log, moved, pairs, register
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.moved import How
from dam.records.pairs import Choice
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Facts, Publication
from dam.workflows import arrange, clear
from dam.workflows.archive import Archive

_VERBS = {
    How.MERGED: "merged",
    How.SKIPPED: "skipped",
    How.EARLIER_VERSION: "made an earlier version",
}


class CannotMerge(Conflict):
    """The two photographs cannot be merged in that way; nothing was recorded."""


@dataclass(frozen=True, slots=True)
class Going:
    """That *old_id* goes aside for *new_id*, and how."""

    old_id: str
    new_id: str
    how: How


def stand_for(db: Session, archive: Archive, going: Going, by: str, group: str) -> None:
    """Let one photograph stand for another, in a transaction that is open; events are of *group*.

    In a series it takes the other's place, unless that was only skipped.

    Raises:
        UnknownPhotograph: there is none of one of these identifiers.
        CannotMerge: they are the same, one was withdrawn, or one stands for another already.
    """
    facts = _checked(db, going)
    old_id, new_id, how = going.old_id, going.new_id, going.how
    now = archive.now()
    moved.move(db, old_id, new_id, now, how)
    event = log.Event(now, by, _VERBS[how], "photograph", old_id, group_id=group)
    log.write(db, replace(event, field="identifier", before=old_id, after=new_id))
    _leave_series(db, archive, old_id, "" if how is How.SKIPPED else new_id, event)
    if facts.publication is Publication.DRAFT:
        clear.write_what_follows(db, archive, [old_id])
    else:
        draft = NewRecord(RecordKind.PUBLICATION, Publication.DRAFT)
        clear.write_records(db, archive, old_id, [draft], by)


def _checked(db: Session, going: Going) -> Facts:
    old_id, new_id, how = going.old_id, going.new_id, going.how
    for one in (old_id, new_id):
        catalogue.locked(db, one)
        if moved.successor(db, one) is not None:
            raise CannotMerge(f"{one} was merged already; name the one that stands for it.")
    if old_id == new_id:
        raise CannotMerge("A photograph cannot be merged with itself; name another one.")
    facts = register.facts(db, [old_id, new_id])
    if facts[old_id].withdrawn or (how is How.MERGED and facts[new_id].withdrawn):
        raise CannotMerge("A photograph that was withdrawn stays a tombstone; reinstate first.")
    return facts[old_id]


def _leave_series(
    db: Session, archive: Archive, old_id: str, new_id: str, event: log.Event
) -> None:
    for place in series_rows.places_of(db, old_id):
        frames = series_rows.series(db, place.series_id).frames
        instead = [new_id] if new_id and new_id not in frames else []
        at = frames.index(old_id)
        _write_frames(
            db, archive, place.series_id, (*frames[:at], *instead, *frames[at + 1 :]), event
        )


def _write_frames(
    db: Session, archive: Archive, series_id: str, frames: tuple[str, ...], event: log.Event
) -> None:
    before = series_rows.series(db, series_id).description
    after = replace(before, frames=frames)
    edited = replace(event, verb="edited", subject_kind="series", subject_id=series_id)
    arrange.write(db, archive, before, after, edited)
    log.write_changes(db, edited, changes_of_series(before, after))


def stand_again(db: Session, archive: Archive, old_id: str, event: log.Event) -> None:
    """Let *old_id* stand for itself again, as a draft and in the series that it left.

    *event* names in ``reverses`` the group of events by which it went aside.
    """
    gone = moved.one(db, old_id)
    if gone is None:
        return
    moved.bring_back(db, old_id, _followed(db, old_id, gone.new_id))
    db.flush()
    log.write(db, replace(event, field="identifier", before=gone.new_id, after=old_id))
    for edited in log.of_group(db, event.reverses):
        if edited.subject_kind == "series" and edited.field == ListField.FRAMES:
            _return_to_series(db, archive, edited, (old_id, gone.new_id), event)
    clear.write_what_follows(db, archive, [old_id, gone.new_id])


def _followed(db: Session, old_id: str, new_id: str) -> tuple[str, ...]:
    """Return those that had gone aside for *old_id* before it went itself, and went on with it."""
    leading = {one.old_id for one in moved.led_here(db, new_id)}
    return tuple(
        pair.newer_id
        for pair in pairs.of_photograph(db, old_id, most=1000)
        if pair.older_id == old_id
        and pair.choice not in {Choice.NONE, Choice.KEEP_BOTH}
        and pair.newer_id in leading
    )


def _return_to_series(
    db: Session, archive: Archive, edited: log.Event, pair: tuple[str, str], event: log.Event
) -> None:
    """Put a frame back where it was, or the nearest place; others may have come and gone since."""
    old_id, new_id = pair
    change = log.change_told(edited)
    before, after = (tuple(map(str, words or ())) for words in (change.before, change.after))
    try:
        now = list(series_rows.series(db, edited.subject_id).frames)
    except series_rows.UnknownSeries:
        return
    if old_id in now or old_id not in before:
        return
    if new_id in now and new_id in after and new_id not in before:
        now[now.index(new_id)] = old_id
    else:
        now.insert(min(before.index(old_id), len(now)), old_id)
    _write_frames(db, archive, edited.subject_id, tuple(now), event)
