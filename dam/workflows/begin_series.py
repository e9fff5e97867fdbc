"""Begin a series: a title in one language; its frames and other words are arranged afterwards."""

from dam.records import log
from dam.records import series as series_rows
from dam.workflows import publish
from dam.workflows.archive import Archive


def begin_series(archive: Archive, title: str, language: str, introduction: str, by: str) -> str:
    """Return the identifier of a new series without frames."""
    series_id, now = archive.new_id(), archive.now()
    with archive.writing.begin() as db:
        series_rows.add_series(
            db, series_id, title=title, language=language, introduction=introduction, now=now
        )
        log.write(db, log.Event(now, by, "added", "series", series_id, after=title))
        db.flush()  # the jobs that follow look for the series
        publish.enqueue_series(db, archive, series_id)
    return series_id
