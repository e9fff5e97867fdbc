"""Publish: the public's manifests, built, checked, and written aside before they are renamed.

``manifests/`` is a copy under the public address that any web server can serve. What the public
may not see is removed from it; a withdrawn photograph leaves an empty place.
"""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from dam.errors import Forbidden, Gone, NotFound
from dam.iiif import presentation as iiif
from dam.iiif.presentation_source import collection_path, manifest_path
from dam.records import canvases, catalogue, queue
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.queue import JobKind
from dam.records.search import series_of
from dam.rights.facts import Audience
from dam.workflows import ask, collect, discover, index, manifests
from dam.workflows.archive import Archive

_LOOPBACK = "http://127.0.0.1:8000"


def enqueue(
    db: Session, archive: Archive, photograph_id: str, *, at: datetime | None = None
) -> None:
    """Write the jobs that bring all published copies with this photograph up to date."""
    now = archive.now()
    queue.enqueue(db, JobKind.PUBLISH, photograph_id, now, at=at)
    for place in series_rows.places_of(db, photograph_id):
        queue.enqueue(db, JobKind.PUBLISH_SERIES, place.series_id, now, at=at)
    queue.enqueue(db, JobKind.PUBLISH_COLLECTION, "collection", now, at=at)


def enqueue_all(db: Session, archive: Archive, photographs: Sequence[str]) -> None:
    """Write the jobs that bring all published copies with these photographs up to date."""
    now = archive.now()
    for one in photographs:
        queue.enqueue(db, JobKind.PUBLISH, one, now)
    for series_id in sorted(
        {one for found in series_of(db, photographs).values() for one in found}
    ):
        queue.enqueue(db, JobKind.PUBLISH_SERIES, series_id, now)
    queue.enqueue(db, JobKind.PUBLISH_COLLECTION, "collection", now)


def enqueue_series(db: Session, archive: Archive, series_id: str) -> None:
    """Write the jobs that bring the published copies of a series up to date."""
    now = archive.now()
    queue.enqueue(db, JobKind.PUBLISH_SERIES, series_id, now)
    queue.enqueue(db, JobKind.PUBLISH_COLLECTION, "collection", now)


def everywhere(archive: Archive, photograph_id: str) -> None:
    """Bring all published copies with this photograph up to date at once."""
    with archive.reading() as db:
        series = tuple(place.series_id for place in series_rows.places_of(db, photograph_id))
    publish_photograph(archive, photograph_id)
    for one in series:
        publish_series(archive, one)
    publish_collection(archive)


def publish_photograph(archive: Archive, photograph_id: str) -> None:
    """Bring the published copy of a photograph's own manifest up to date.

    Where the answer is known to change at a moment, its copies are set to be published again then.
    """
    _publish(archive, photograph_id)
    until = ask.ask(archive, photograph_id, Audience.PUBLIC).decision.until
    if until is not None:
        with archive.writing.begin() as db:
            enqueue(db, archive, photograph_id, at=until)
            index.enqueue_then(db, photograph_id, archive.now(), until)


def publish_series(archive: Archive, series_id: str) -> None:
    """Bring the published copy of a series up to date; only changed frames are read and built.

    Raises:
        UnknownSeries
    """
    with archive.reading() as db:
        series_rows.series(db, series_id)
    _publish(archive, series_id)


def _publish(archive: Archive, manifest_id: str) -> None:
    try:
        with archive.reading() as db:
            document, fresh = manifests.public(db, archive, manifest_id)
    except (NotFound, Forbidden, Gone):
        _file(archive, manifest_path(manifest_id)).unlink(missing_ok=True)
        text, fresh = None, ()
    else:
        text = document.text
        _write(archive, manifest_path(manifest_id), text)
    # Told last: whoever follows the stream finds the copy that it speaks of.
    with archive.writing.begin() as db:
        canvases.store(db, manifest_id, fresh)
        discover.note(db, archive, manifest_id, text)


def publish_collection(archive: Archive) -> None:
    """Bring the published copies of the top collection and of its pages up to date."""
    kept = set()
    for page, document in collect.collections(archive):
        _write(archive, collection_path(page), document.text)
        kept.add(_file(archive, collection_path(page)))
    for path in _file(archive, collection_path(1)).parent.glob("page-*.json"):
        if path not in kept:
            path.unlink(missing_ok=True)


def publish_all(archive: Archive) -> int:
    """Write everything anew and return how many photographs there are."""
    with archive.reading() as db:
        photographs = catalogue.all_ids(db)
        series = series_rows.all_series(db)
    for one in photographs:
        _publish(archive, one)
    for each in series:
        publish_series(archive, each.id)
    publish_collection(archive)
    return len(photographs)


def public_origin(archive: Archive) -> str:
    """Return the origin of published copies: the public address, or loopback."""
    return archive.settings.public_url or _LOOPBACK


def _file(archive: Archive, path: str) -> Path:
    return archive.settings.manifests / path.removeprefix("/manifests/")


def _write(archive: Archive, path: str, text: str) -> None:
    target = _file(archive, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{archive.new_id()}")
    try:
        with aside.open("w", encoding="utf-8") as file:
            file.write(iiif.fill_origin(text, public_origin(archive)))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
