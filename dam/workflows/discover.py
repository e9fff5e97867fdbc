"""Discover: the stream of what was published, for those who keep a copy of our manifests."""

import hashlib
from collections.abc import Sequence

from dam.iiif.change_discovery import PAGE, Activity, ActivityKind, stream, stream_page
from dam.iiif.presentation import stored_text
from dam.records import activities
from dam.records import series as series_rows
from dam.records.activities import StoredActivity
from dam.records.base import Session
from dam.rights.facts import Audience
from dam.workflows import ask
from dam.workflows.archive import Archive

_AT_ONCE = 500


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


def whole(archive: Archive) -> str:
    """Return the stream without an origin; raises ``NothingPublished``."""
    with archive.reading() as db:
        total = activities.count(db)
    if not total:
        raise NothingPublished
    return stored_text(stream(total))


def page(archive: Archive, number: int) -> str:
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
        told = [_told(db, archive, one) for one in _subjects(found)]
    shown = {manifest_id: (listed, has_record) for manifest_id, listed, has_record in told}
    return stored_text(
        stream_page(number, [_activity(one, *shown[one.subject_id]) for one in found], total)
    )


def _subjects(found: Sequence[StoredActivity]) -> list[str]:
    return list(dict.fromkeys(one.subject_id for one in found))


def _activity(one: StoredActivity, listed: bool, has_record: bool) -> Activity:  # noqa: FBT001
    kind = ActivityKind(one.kind) if listed else ActivityKind.DELETE
    return Activity(kind, one.subject_id, one.at, has_record)


def _told(db: Session, archive: Archive, manifest_id: str) -> tuple[str, bool, bool]:
    """Return the manifest, whether the public is told of it, and whether it is a photograph's."""
    try:
        frames = series_rows.series(db, manifest_id).frames
    except series_rows.UnknownSeries:
        return manifest_id, _any_listed(db, archive, [manifest_id]), True
    portions = range(0, len(frames), _AT_ONCE)
    listed = any(_any_listed(db, archive, frames[at : at + _AT_ONCE]) for at in portions)
    return manifest_id, listed, False


def _any_listed(db: Session, archive: Archive, photographs: Sequence[str]) -> bool:
    asked = ask.ask_in(db, archive, photographs, Audience.PUBLIC)
    return any(one.told_of for one in asked.values())
