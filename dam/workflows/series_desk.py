"""The series desk: a series as staff see it, and its frames moved, added and removed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from dam.catalogue.ordering import moved
from dam.catalogue.text import clean
from dam.errors import Malformed
from dam.records import log
from dam.records import series as series_rows
from dam.records.values import StoredSeries
from dam.rights.facts import Audience
from dam.workflows import arrange, desk
from dam.workflows.archive import Archive


class NoTitle(Malformed):
    """A new series has no title."""

    def __init__(self) -> None:
        super().__init__("Give the series a title first.")


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series with its frames as staff see them, and what was done to it."""

    series: StoredSeries
    frames: tuple[desk.DeskFrame, ...]
    events: tuple[log.Event, ...]


def view(archive: Archive, series_id: str, audience: Audience) -> SeriesView:
    """Return a series for its desk; raises ``UnknownSeries``."""
    with archive.reading() as db:
        found = series_rows.series(db, series_id)
        events = log.of_subject(db, "series", series_id)
    frames = {one.told.photograph.id: one for one in desk.frames(archive, found.frames, audience)}
    return SeriesView(found, tuple(frames[one] for one in found.frames), events)


def create(
    archive: Archive, title: str, by: str, *, language: str = "", introduction: str = ""
) -> str:
    """Make a series without frames, and return its identifier; raises ``NoTitle``.

    Without a *language* its words are in the archive's own.
    """
    title = clean(title, multiline=False)[:400]
    if not title:
        raise NoTitle
    identifier, now = archive.new_id(), archive.now()
    language = language or archive.settings.archive_language
    with archive.writing.begin() as db:
        series_rows.add_series(
            db, identifier, title=title, language=language, introduction=introduction, now=now
        )
        log.write(db, log.Event(now, by, "added", "series", identifier, after=title))
    archive.edits.advance()
    return identifier


def move(
    archive: Archive, series_id: str, revision: int, photograph_id: str, position: int, by: str
) -> None:
    """Put a frame at *position*, from 1; raises as ``arrange`` does."""
    _arrange(archive, series_id, revision, by, lambda f: moved(f, photograph_id, position))


def add(archive: Archive, series_id: str, revision: int, photograph_id: str, by: str) -> None:
    """Add a photograph at the end; raises as ``arrange`` does."""
    _arrange(archive, series_id, revision, by, lambda f: (*f, photograph_id))


def remove(archive: Archive, series_id: str, revision: int, photograph_id: str, by: str) -> None:
    """Take a photograph out of a series; it stays in the archive. Raises as ``arrange`` does."""
    _arrange(
        archive, series_id, revision, by, lambda f: tuple(one for one in f if one != photograph_id)
    )


def _arrange(
    archive: Archive,
    series_id: str,
    revision: int,
    by: str,
    order: Callable[[tuple[str, ...]], tuple[str, ...]],
) -> None:
    with archive.reading() as db:
        before = series_rows.series(db, series_id).description
    after = replace(before, frames=order(before.frames))
    # Written only if the series still has the revision that the person saw.
    arrange.arrange(archive, series_id, revision, after, by)
