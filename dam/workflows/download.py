"""Download: the untouched master, or the largest JPEG, for whoever the decision lets have it."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from dam.errors import NotFound
from dam.iiif.extents import Extent
from dam.iiif.image_request import ApiVersion
from dam.records import catalogue
from dam.records.values import StoredPhotograph
from dam.rights.facts import Audience, Purpose, Step
from dam.workflows import ask, deliver, standing
from dam.workflows.archive import Archive
from dam.workflows.ask import Asked
from dam.workflows.deliver import Delivery
from dam.workflows.export_file import with_words
from dam.workflows.file_words import file_words

Who = Callable[[], Audience]

_MOST_PIXELS_A_SIDE = 65_500  # of a JPEG


class MasterMissing(NotFound):
    """The media store has lost the file."""

    def __init__(self) -> None:
        super().__init__("The original file is missing from the media store; tell the archive.")


@dataclass(frozen=True, slots=True)
class Allowed:
    """A decision that lets a file leave; *public* where it lets everybody have it."""

    asked: Asked
    public: bool


@dataclass(frozen=True, slots=True)
class Master:
    """The untouched original that may leave, and the name that it came with."""

    photograph: StoredPhotograph
    allowed: Allowed


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to keep, not yet drawn; *etag* is of the file with its words in it."""

    delivery: Delivery
    photograph: StoredPhotograph
    allowed: Allowed
    etag: str


def master(archive: Archive, photograph_id: str, who: Who) -> Master:
    """Return the original, for those whom the decision lets have the master itself.

    Raises:
        Unknown, Withheld, Withdrawn: it lets this audience have less.
        MasterMissing: the file is not where it was kept.
    """
    allowed = _allowed(archive, photograph_id, who, Step.MASTER)
    with archive.reading() as db:
        photograph = catalogue.photograph(db, photograph_id)
    if not archive.store.exists(photograph.master.key):
        raise MasterMissing
    return Master(photograph, allowed)


def picture(archive: Archive, photograph_id: str, who: Who) -> Picture:
    """Return the largest JPEG of the whole picture that the archive's limits allow, not yet drawn.

    Raises:
        Unknown, Withheld, Withdrawn: the decision lets this audience have less than a download.
        BeingPrepared: its pixels are not ready yet.
    """
    allowed = _allowed(archive, photograph_id, who, Step.DOWNLOAD)
    service = photograph_id if allowed.public else f"{photograph_id}{deliver.FULL_SUFFIX}"
    image = deliver.open_image(archive, service, allowed.asked.decision.audience)
    tail = f"full/{_size(image.pyramid.full, archive.settings.max_image_area)}/0/default.jpg"
    found = deliver.find(archive, image, ApiVersion.V3, tail)
    with archive.reading() as db:
        photograph = catalogue.photograph(db, photograph_id)
    words = file_words(archive, photograph, allowed.asked)
    # The words are in the file, so its tag changes with them, and it can be had in ranges, of one.
    settings = archive.settings
    made_by = words, settings.metadata_iim, settings.jpeg_quality
    said = sha256(repr(made_by).encode()).hexdigest()[:16]
    return Picture(found, photograph, allowed, f"{found.etag}-{said}")


def finished(
    archive: Archive, found: Picture, who: Who, gone: Callable[[], bool]
) -> tuple[Picture, bytes]:
    """Return *found* drawn, with the words in it that the decision lets out.

    Where rights changed while it was drawn, it is another picture that comes back.

    Raises:
        Unknown, Withheld, Withdrawn: it may not leave any more.
        ChangedMeanwhile, NeverFits, Busy, Abandoned, NotDrawn, DamagedPack: as ``standing.body``.
    """

    def again() -> Delivery:
        nonlocal found
        found = picture(archive, found.photograph.id, who)
        return found.delivery

    _, jpeg = standing.body(archive, found.delivery, again, gone)
    words = with_words(archive, found.photograph, found.allowed.asked, jpeg, "image/jpeg")
    return found, words


def _allowed(archive: Archive, photograph_id: str, who: Who, least: Step) -> Allowed:
    """Ask for the public first: what everybody may have is one answer, and needs no *who*."""
    asked = ask.ask(archive, photograph_id, Audience.PUBLIC, Purpose.DOWNLOAD)
    public = asked.decision.step >= least
    if not public and (audience := who()) is not Audience.PUBLIC:
        asked = ask.ask(archive, photograph_id, audience, Purpose.DOWNLOAD)
    ask.require_step(asked, least)
    return Allowed(asked, public)


def _size(full: Extent, max_area: int) -> str:
    """Return the size to ask for: all of it, or what a JPEG and the limit of area have room for."""
    longest = max(full.width, full.height)
    by_area = math.sqrt(max_area / (full.width * full.height))
    if longest * min(1.0, by_area) <= _MOST_PIXELS_A_SIDE:
        return "max"
    return f"!{_MOST_PIXELS_A_SIDE},{_MOST_PIXELS_A_SIDE}"
