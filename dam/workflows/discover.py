"""Discover: the stream of what was published, for those who keep a copy of our manifests."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from dam.iiif.change_discovery import PAGE, Activity, ActivityKind, stream, stream_page
from dam.iiif.presentation import stored_text
from dam.records import activities
from dam.records import series as series_rows
from dam.records.activities import StoredActivity
from dam.records.base import Session
from dam.rights.facts import Audience
from dam.rights.life import Life, shortest
from dam.workflows import ask
from dam.workflows.archive import Archive
from dam.workflows.manifests import Document

_AT_ONCE = 500
_LONGEST_LIFE_SECONDS = 60


class NothingPublished(ask.Unknown):
    """The stream has no such page yet."""


def note(db: Session, archive: Archive, manifest_id: str, text: str | None) -> None:
    """Write into the stream that a manifest is published as *text*, or (None) no longer.

    Nothing is written where that is what the stream said last.
    """
    digest = "" if text is None else hashlib.sha256(text.encode()).hexdigest()
    last = activities.newest_of(db, manifest_id)
    there = last is not None and last.kind != ActivityKind.DELETE
    if there and last is not None and last.digest == digest:
        return
    if text is None and not there:
        return
    kind = ActivityKind.UPDATE if there else ActivityKind.CREATE
    kind = ActivityKind.DELETE if text is None else kind
    activities.add(db, kind, manifest_id, digest, archive.now())


def whole(archive: Archive) -> Document:
    """Return the stream without an origin; raises ``NothingPublished``."""
    with archive.reading() as db:
        total = activities.count(db)
    if not total:
        raise NothingPublished
    return Document(stored_text(stream(total)), Life(_LONGEST_LIFE_SECONDS))


def page(archive: Archive, number: int) -> Document:
    """Return page *number* of the stream, from 1, without an origin.

    The decision is asked of everything that the page names: what the public may not be told of
    now reads as deleted, whatever happened to it then.

    Raises:
        NothingPublished: there is no such page.
    """
    with archive.reading() as db:
        total = activities.count(db)
        if not 1 <= number <= -(-total // PAGE):
            raise NothingPublished
        found = activities.some(db, (number - 1) * PAGE + 1, number * PAGE)
        told = {one: _told(db, archive, one) for one in _subjects(found)}
    text = stream_page(number, [_activity(one, told[one.subject_id]) for one in found], total)
    lives = (one.life for one in told.values())
    return Document(stored_text(text), shortest(_LONGEST_LIFE_SECONDS, lives))


def _subjects(found: Sequence[StoredActivity]) -> list[str]:
    return list(dict.fromkeys(one.subject_id for one in found))


@dataclass(frozen=True, slots=True)
class _Told:
    """Whether the public is told of a manifest, for how long that holds, and what it is of."""

    listed: bool
    life: Life
    of_photograph: bool


def _activity(one: StoredActivity, told: _Told) -> Activity:
    kind = ActivityKind(one.kind) if told.listed else ActivityKind.DELETE
    return Activity(kind, one.subject_id, one.at, told.of_photograph)


def _told(db: Session, archive: Archive, manifest_id: str) -> _Told:
    try:
        frames: Sequence[str] = series_rows.series(db, manifest_id).frames
    except series_rows.UnknownSeries:
        frames, of_photograph = [manifest_id], True
    else:
        of_photograph = False
    listed, lives = False, []
    for at in range(0, len(frames), _AT_ONCE):
        asked = ask.ask_in(db, archive, frames[at : at + _AT_ONCE], Audience.PUBLIC).values()
        lives += [one.life for one in asked]
        listed = any(one.told_of for one in asked)
        if listed:  # what follows cannot change that before these do
            break
    return _Told(listed, shortest(_LONGEST_LIFE_SECONDS, lives), of_photograph)
