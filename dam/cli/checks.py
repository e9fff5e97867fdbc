"""What ``dam doctor`` looks at; each check is one sentence."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

import dam
from dam import wiring
from dam.config import Settings
from dam.errors import DamError
from dam.records import catalogue, queue
from dam.records.values import StoredPhotograph
from dam.storage import keys
from dam.workflows import jobs
from dam.workflows.archive import Archive

_LOOKED_AT = 500
_LEAST_FREE_BYTES = 2_000_000_000


class Health(StrEnum):
    """How good it is; what is only worth knowing is no fault."""

    GOOD = "good"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one thing."""

    health: Health
    sentence: str


def findings(settings: Settings) -> Iterator[Finding]:
    """Yield what is found, good or bad; where there is no archive, no more than that."""
    yield _front_end()
    yield _public_url(settings)
    if not settings.media.is_dir():
        yield Finding(Health.WRONG, "There is no archive here; `dam init` makes one.")
        return
    yield _writable(settings.media, "media")
    yield _writable(settings.manifests, "manifests")
    yield _free_space(settings.media)
    try:
        place = wiring.open_place(settings)
        yield Finding(Health.GOOD, f"Pillow {version('pillow')} has no known holes.")
        archive = wiring.build_archive(place)
    except DamError as error:
        yield Finding(Health.WRONG, str(error))
        return
    yield Finding(Health.GOOD, "The database has the newest tables.")
    yield from _photographs(archive)


def _front_end() -> Finding:
    built = Path(dam.__file__).parent / "web" / "static" / "dist" / "meta.json"
    if built.is_file():
        return Finding(Health.GOOD, "The front end is built.")
    return Finding(Health.WRONG, "The front end is not built; run `make setup`.")


def _public_url(settings: Settings) -> Finding:
    if settings.public_url:
        return Finding(Health.GOOD, f"The service is called {settings.public_url}.")
    return Finding(
        Health.NOTE, "DAM_PUBLIC_URL is not set; only this machine can be served until it is."
    )


def _writable(directory: Path, name: str) -> Finding:
    if os.access(directory, os.W_OK | os.X_OK):
        return Finding(Health.GOOD, f"The directory {name} can be written.")
    return Finding(Health.WRONG, f"The directory {name} cannot be written; look at its owner.")


def _free_space(directory: Path) -> Finding:
    free = shutil.disk_usage(directory).free
    sentence = f"{free / 1e9:.1f} GB are free for media"
    if free < _LEAST_FREE_BYTES:
        return Finding(Health.WRONG, f"Only {sentence}; make room before more is taken in.")
    return Finding(Health.GOOD, f"{sentence}.")


def _photographs(archive: Archive) -> Iterator[Finding]:
    with archive.reading() as db:
        count = catalogue.count_all(db)
        newest = catalogue.photographs(db, catalogue.all_ids(db, most=_LOOKED_AT))
        failed = [sentence for one in newest for sentence in queue.failures(db, one.id)[:1]]
    of = f"of the newest {len(newest)}" if len(newest) < count else f"of {count}"
    masters = sum(not archive.store.exists(one.master.key) for one in newest)
    packs = sum(not _has_packs(archive, one) for one in newest)
    yield _counted(masters, of, "have no master", "restore the media from a backup")
    yield _counted(packs, of, "have no tiles", "run `dam derive --all`")
    words = f"have a job that failed ({failed[0]})" if failed else "have a job that failed"
    yield _counted(len(failed), of, words, "mend the cause and run `dam derive`")
    waiting = jobs.unfinished(archive)
    if waiting:
        yield Finding(Health.NOTE, f"{waiting} jobs wait or run; `dam serve` runs them.")


def _has_packs(archive: Archive, photograph: StoredPhotograph) -> bool:
    return bool(photograph.packs) and all(
        archive.store.exists(key) and archive.store.exists(keys.pack_index(key))
        for pack in photograph.packs
        for key in pack.keys
    )


def _counted(count: int, of: str, what: str, cure: str) -> Finding:
    if count:
        return Finding(Health.WRONG, f"{count} {of} photographs {what}; {cure}.")
    return Finding(Health.GOOD, f"0 {of} photographs {what}.")
