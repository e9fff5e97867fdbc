"""Arrange: edits of a series, its words, its frames and what must be shown with it; and undo."""

from dataclasses import replace

from dam.catalogue.fields import reverse
from dam.catalogue.series_words import SeriesDescription, changed_series, changes_of_series
from dam.errors import NotFound
from dam.records import canvases, catalogue, log
from dam.records import series as series_rows
from dam.records.base import Session
from dam.workflows import publish
from dam.workflows.archive import Archive

_SUBJECT = "series"


class NothingToUndo(NotFound):
    """No edit of this series is left to be undone."""

    def __init__(self) -> None:
        super().__init__("There is no edit of this series left to undo.")


def arrange(
    archive: Archive, series_id: str, revision: int, description: SeriesDescription, by: str
) -> int:
    """Write a series that was read at *revision* and return its new revision.

    Raises:
        UnknownSeries
        UnknownPhotograph: a frame is no photograph of the archive.
        SeriesConflict: somebody else saved since; nothing is written.
    """
    with archive.writing.begin() as db:
        before = series_rows.check_revision(db, series_id, revision)
        made = changes_of_series(before.description, description)
        if not made:
            return revision
        event = log.Event(archive.now(), by, "edited", _SUBJECT, series_id)
        event = replace(event, group_id=archive.new_id())
        revision = write(db, archive, before.description, description, event)
        log.write_changes(db, event, made)
    archive.edits.advance()
    return revision


def undo(archive: Archive, series_id: str, by: str) -> int:
    """Take back the newest edit of a series that still stands, and return the new revision.

    Raises:
        UnknownSeries, NothingToUndo, WordsErased
        ChangedMeanwhile: a field no longer says what that edit made it say.
    """
    with archive.writing.begin() as db:
        before = series_rows.series(db, series_id)
        events = log.last_edit(db, series_id, _SUBJECT)
        if not events:
            raise NothingToUndo
        made = reverse(map(log.change_told, events))
        after = changed_series(before.description, made)
        event = log.Event(archive.now(), by, "undone", _SUBJECT, series_id)
        event = replace(event, group_id=archive.new_id(), reverses=events[0].group_id)
        revision = write(db, archive, before.description, after, event)
        log.write_changes(db, event, made)
    archive.edits.advance()
    return revision


def write(
    db: Session,
    archive: Archive,
    before: SeriesDescription,
    after: SeriesDescription,
    event: log.Event,
) -> int:
    """Write the series, and the jobs that bring its copies and its frames' up to date."""
    known = {one.id for one in catalogue.photographs(db, after.frames)}
    if known != set(after.frames):
        raise catalogue.UnknownPhotograph
    revision = series_rows.describe(db, event.subject_id, after)
    db.flush()  # the jobs that follow look for the series of each frame
    for gone in set(before.frames) - set(after.frames):
        canvases.forget(db, event.subject_id, gone)
    for frame in dict.fromkeys((*before.frames, *after.frames)):
        publish.enqueue(db, archive, frame)
    publish.enqueue_series(db, archive, event.subject_id)
    return revision
