"""Settings in, archive out: the only place that builds adapters and reads the clock."""

import os
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from dam.config import Settings, read_settings
from dam.errors import Unavailable, translate
from dam.imaging.decoding import DecoderLimits, Decoding
from dam.imaging.drawing_apart import DrawingApart
from dam.imaging.runtime import require_safe_pillow
from dam.records import schema
from dam.records.base import make_readers, make_sessions, open_database
from dam.rights.decision import Policy
from dam.rights.facts import Step
from dam.storage.counts import Counts
from dam.storage.derivatives import Derivatives
from dam.storage.epoch import Epoch
from dam.storage.local import LocalStore
from dam.storage.partials import PartialFiles
from dam.storage.shelf import PackShelf
from dam.workflows import index, likeness
from dam.workflows.archive import Archive
from dam.workflows.draw import COUNTED, Drawing
from dam.workflows.lanes import LaneLimits

_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_ID_LENGTH = 12


class NotInitialised(Unavailable):
    """There is no archive here, or it is of another version; ``dam init`` makes or mends it."""


@dataclass(frozen=True, slots=True)
class Place:
    """The database and store of one archive, before it is known to be usable."""

    settings: Settings
    engine: Engine
    store: LocalStore


def clock() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 (the only reader of the clock)


def new_id() -> str:
    """Return a new opaque identifier of 12 characters, 62 random bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_ID_LENGTH))


def open_place(settings: Settings | None = None) -> Place:
    """Return the place that *settings* (by default the environment's) name.

    Raises:
        BadSetting: a setting is unknown or unusable.
        UnsafePillow: the installed Pillow has known holes.
    """
    require_safe_pillow()
    settings = settings or read_settings()
    return Place(settings, open_database(settings.database_url), LocalStore(settings.media))


def prepare(place: Place) -> None:
    """Make the directories and bring the database to the newest schema."""
    with translate({OSError: Unavailable("The directory of DAM_HOME cannot be written.")}):
        place.settings.home.mkdir(parents=True, exist_ok=True)
        place.settings.manifests.mkdir(parents=True, exist_ok=True)
    place.store.prepare()
    schema.upgrade(place.engine)
    with make_sessions(place.engine).begin() as db:
        index.enqueue_missing(db, clock())
        likeness.enqueue_missing(db, clock())


def build_archive(place: Place) -> Archive:
    """Return the archive of a prepared place.

    Raises:
        NotInitialised: the place holds no archive, or one of another version.
    """
    settings = place.settings
    if not settings.media.is_dir() or not schema.is_current(place.engine):
        raise NotInitialised(
            "There is no up-to-date archive here; run `dam init` or `dam db upgrade`."
        )
    policy = Policy(
        timezone=settings.timezone,
        cap_pixels=settings.cap_pixels,
        thumbnail_pixels=settings.thumbnail_pixels,
        researcher_step=Step.of_word(settings.researcher_step),
    )
    writing = make_sessions(place.engine)
    index.follow(writing, policy, clock)
    return Archive(
        settings=settings,
        writing=writing,
        reading=make_readers(place.engine),
        store=place.store,
        packs=PackShelf(place.store),
        partials=PartialFiles(settings.media / "incoming" / "partial"),
        drawing=_drawing(settings),
        drawing_apart=DrawingApart(),
        decoding=Decoding(
            place.store.incoming,
            DecoderLimits(settings.decoder_memory_bytes, settings.decoder_seconds),
        ),
        epoch=Epoch(settings.media / "epoch"),
        edits=Epoch(settings.media / "edits"),
        policy=policy,
        now=clock,
        ticks=time.monotonic,
        new_id=new_id,
        new_secret=lambda: secrets.token_urlsafe(32),
    )


def _drawing(settings: Settings) -> Drawing:
    limits = LaneLimits(
        large_threads=settings.large_threads,
        memory_bytes=settings.drawing_memory_bytes,
        longest_wait_seconds=settings.longest_wait_seconds,
    )
    return Drawing(
        Derivatives(settings.media / "derivatives", settings.derivative_bytes),
        limits,
        Counts(settings.media / "run" / "drawing", COUNTED),
        time.monotonic,
    )


def signing_key(settings: Settings) -> bytes:
    """Return the key that signs cookies, made at the first use and readable by its owner only."""
    path = settings.home / "secret.key"
    if not path.is_file():
        _make_key(path)
    return path.read_bytes()


def _make_key(path: Path) -> None:
    # Written aside and linked: no worker ever reads half a key, and the first one's key stays.
    aside = path.with_name(f".{path.name}.{new_id()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(32))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(aside, path)
    aside.unlink()
