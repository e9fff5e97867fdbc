"""Alike: two photographs side by side, and what a person chooses about them.

Nobody is asked twice: a choice stays with the pair until somebody undoes it, and each choice is an
event of whoever made it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from dam.errors import Conflict, Forbidden
from dam.records import catalogue, log, moved, pairs
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.moved import How
from dam.records.pairs import Choice, Pair
from dam.records.values import Place
from dam.rights.facts import Audience
from dam.workflows import aside, clear, desk, publish, versions
from dam.workflows.archive import Archive
from dam.workflows.edits import UNDONE, Edit

MOST = 1000
PAGE = 30

LEAST: Mapping[Choice, Audience] = MappingProxyType(
    {
        Choice.KEEP_BOTH: Audience.STAFF,
        Choice.SKIP: Audience.STAFF,
        Choice.NEW_VERSION: Audience.EDITOR,
        Choice.MERGE: Audience.EDITOR,
    }
)
"""Who at least may choose it, and undo it."""


class ChosenAlready(Conflict):
    """Somebody has chosen about this pair."""

    def __init__(self, pair: Pair) -> None:
        super().__init__(
            f"{pair.chosen_by} has chosen about these two already; nothing was changed. "
            "Undo that choice first, or leave it."
        )


class NothingChosen(Conflict):
    """There is no choice about this pair to be undone."""

    def __init__(self) -> None:
        super().__init__("Nobody has chosen about these two, or it was undone; look again.")


class NotYours(Forbidden):
    """The choice is for others to make."""

    def __init__(self, least: Audience) -> None:
        super().__init__(f"This choice takes the role of {least.word}; ask somebody who has it.")


@dataclass(frozen=True, slots=True)
class PairFrames:
    """A pair with both photographs, as whoever works here sees them."""

    pair: Pair
    newer: desk.DeskFrame
    older: desk.DeskFrame


@dataclass(frozen=True, slots=True)
class PairList:
    """A page of the pairs that wait; *count* goes no further than ``MOST``."""

    pairs: tuple[PairFrames, ...]
    count: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A pair side by side; the series of each, and the next pair that waits, if there is one."""

    frames: PairFrames
    newer_series: tuple[Place, ...]
    older_series: tuple[Place, ...]
    following: Pair | None


@dataclass(frozen=True, slots=True)
class Chooser:
    """Who chooses: the name for the log, and the role."""

    name: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class Seen:
    """The revisions of the newer and the older photograph that a person has seen."""

    newer: int
    older: int


def waiting(archive: Archive, audience: Audience, number: int = 1, *, most: int = PAGE) -> PairList:
    """Return page *number*, from 1, of the pairs that wait for a choice, found last first."""
    with archive.reading() as db:
        count = pairs.count_waiting(db, MOST)
        pages = max(1, -(-count // most))
        number = min(max(1, number), pages)
        found = pairs.waiting(db, most=most, offset=(number - 1) * most)
        return PairList(_with_frames(db, archive, found, audience), count, number, pages)


def count(archive: Archive) -> int:
    """Return how many pairs wait for a choice; counting stops at ``MOST``."""
    with archive.reading() as db:
        return pairs.count_waiting(db, MOST)


def _with_frames(
    db: Session, archive: Archive, found: tuple[Pair, ...], audience: Audience
) -> tuple[PairFrames, ...]:
    wanted = dict.fromkeys(one for pair in found for one in (pair.newer_id, pair.older_id))
    frames = {
        frame.told.photograph.id: frame
        for frame in desk.frames_in(db, archive, list(wanted), audience)
    }
    return tuple(PairFrames(pair, frames[pair.newer_id], frames[pair.older_id]) for pair in found)


def of_photograph(archive: Archive, photograph_id: str) -> tuple[Pair, ...]:
    """Return the pairs that a photograph is in, whatever was chosen, found last first."""
    with archive.reading() as db:
        return pairs.of_photograph(db, photograph_id)


def compared(archive: Archive, newer_id: str, older_id: str, audience: Audience) -> Compared:
    """Return two photographs side by side, as *audience*, who work here, see them.

    Raises:
        UnknownPair
    """
    with archive.reading() as db:
        pair = pairs.one(db, newer_id, older_id)
        [frames] = _with_frames(db, archive, (pair,), audience)
        others = (one for one in pairs.waiting(db, most=2) if one != pair)
        return Compared(
            frames,
            series_rows.places_of(db, newer_id),
            series_rows.places_of(db, older_id),
            next(others, None),
        )


def choose(
    archive: Archive, pair: tuple[str, str], choice: Choice, seen: Seen, reader: Chooser
) -> None:
    """Do what was chosen about *pair* (the newer one, the older one), once.

    Raises:
        UnknownPair, ChosenAlready
        NotYours: the choice takes another role.
        RevisionConflict: somebody saved one of the two since it was *seen*.
        CannotMerge: one was withdrawn, or another one stands for it.
        HeldBack: rights records of the newer one would be passed over.
    """
    _require(choice, reader)
    with archive.writing.begin() as db:
        found = pairs.one(db, *pair)
        if found.choice is not Choice.NONE:
            raise ChosenAlready(found)
        catalogue.check_revision(db, found.newer_id, seen.newer)
        catalogue.check_revision(db, found.older_id, seen.older)
        chosen = replace(
            found,
            choice=choice,
            chosen_by=reader.name,
            chosen_at=archive.now(),
            group_id=archive.new_id(),
        )
        _DOING[choice](db, archive, chosen)
        pairs.choose(db, chosen)
    _tell(archive, chosen)


def _require(choice: Choice, reader: Chooser) -> None:
    if reader.audience < LEAST[choice]:
        raise NotYours(LEAST[choice])


def _tell(archive: Archive, pair: Pair) -> None:
    archive.edits.advance()
    if pair.choice is not Choice.KEEP_BOTH:
        clear.after_rights_change(archive)
        publish.everywhere(archive, pair.newer_id)


def _keep_both(db: Session, archive: Archive, pair: Pair) -> None:
    log.write(db, replace(_event(archive, pair), verb="kept both", after=pair.older_id))


def _skip(db: Session, archive: Archive, pair: Pair) -> None:
    going = aside.Going(pair.newer_id, pair.older_id, How.SKIPPED)
    aside.stand_for(db, archive, going, pair.chosen_by, pair.group_id)


_DOING: Mapping[Choice, Callable[[Session, Archive, Pair], None]] = MappingProxyType(
    {
        Choice.KEEP_BOTH: _keep_both,
        Choice.SKIP: _skip,
        Choice.NEW_VERSION: versions.make_version,
        Choice.MERGE: versions.unite_words,
    }
)


def _event(archive: Archive, pair: Pair) -> log.Event:
    event = log.Event(archive.now(), pair.chosen_by, "", "photograph", pair.newer_id)
    return replace(event, field="alike", group_id=pair.group_id)


def undo(archive: Archive, newer_id: str, older_id: str, reader: Chooser) -> None:
    """Take a choice back: both stand for themselves again, and the pair waits to be chosen about.

    Raises:
        UnknownPair, NothingChosen
        NotYours: the choice takes another role.
        CannotMerge, LaterVersion: what was chosen later has to be undone first.
    """
    with archive.writing.begin() as db:
        pair = pairs.one(db, newer_id, older_id)
        if pair.choice is Choice.NONE:
            raise NothingChosen
        _require(pair.choice, reader)
        event = replace(
            _event(archive, pair),
            actor=reader.name,
            verb="undid a choice",
            group_id=archive.new_id(),
            reverses=pair.group_id,
        )
        _undoing(db, archive, pair, event)
        pairs.choose(
            db, replace(pair, choice=Choice.NONE, chosen_by="", chosen_at=None, group_id="")
        )
    _tell(archive, pair)


def _undoing(db: Session, archive: Archive, pair: Pair, event: log.Event) -> None:
    if pair.choice is Choice.KEEP_BOTH:
        log.write(db, replace(event, before=pair.older_id))
        return
    _require_unmoved(db, pair)
    edit = Edit(event.actor, event.at, event.group_id, UNDONE, event.reverses)
    if pair.choice is Choice.NEW_VERSION:
        versions.unmake_version(db, archive, pair, edit)
    elif pair.choice is Choice.MERGE:
        versions.take_back_words(db, archive, pair, edit)
    aside.stand_again(db, archive, pair.newer_id, event)


def _require_unmoved(db: Session, pair: Pair) -> None:
    """The older one may have gone aside itself meanwhile; that is undone first."""
    if moved.successor(db, pair.older_id) is not None:
        raise aside.CannotMerge(
            f"Another photograph stands for {pair.older_id} by now; undo that choice first."
        )
