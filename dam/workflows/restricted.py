"""Restricted: what somebody who has not signed in is told of an image that signing in opens."""

from dataclasses import dataclass

from dam.iiif import presentation_source as iiif
from dam.iiif.authorization import Door, login_service_1, probe_service
from dam.iiif.presentation_words import ORIGIN_MARK
from dam.iiif.tiles import Pyramid
from dam.records import catalogue
from dam.records.values import StoredPack, StoredPhotograph
from dam.rights.facts import Audience
from dam.workflows import ask
from dam.workflows.archive import Archive
from dam.workflows.ask import Asked
from dam.workflows.deliver import FULL_SUFFIX, BeingPrepared


@dataclass(frozen=True, slots=True)
class Restricted:
    """An image by its measures alone; nothing of it can be read from here.

    *asked* is the public's decision. *pack* is what a researcher would be given; *public* says
    that everybody may see less of it.
    """

    service_id: str
    photograph_id: str
    asked: Asked
    pack: StoredPack
    public: bool


def better_pack(photograph: StoredPhotograph, asked: Asked) -> StoredPack | None:
    """Return what a researcher would be given beyond the public's, if it has been made."""
    better = asked.decision.better
    return None if better is None else photograph.pack(better.name)


def restricted_source(
    archive: Archive, photograph: StoredPhotograph, asked: Asked
) -> iiif.Restricted | None:
    """Return that image as a canvas names it, with the services that let one in."""
    pack = better_pack(photograph, asked)
    if pack is None:
        return None
    service_id = f"{photograph.id}{FULL_SUFFIX}"
    door = Door(ORIGIN_MARK, archive.settings.archive_name)
    sizes = Pyramid(pack.extent, pack.tile_size).sizes
    image = iiif.ImageSource(service_id, pack.extent, sizes)
    return iiif.Restricted(image, (probe_service(door, service_id), login_service_1(door)))


def restricted(archive: Archive, photograph_id: str) -> Restricted | None:
    """Return the image that a researcher would be given beyond the public's; None: there is none.

    Raises:
        UnknownPhotograph
        BeingPrepared: there is, and its pack does not exist yet.
    """
    asked = ask.ask(archive, photograph_id, Audience.PUBLIC)
    decision = asked.decision
    if decision.better is None:
        return None
    with archive.reading() as db:
        photograph = catalogue.photograph(db, photograph_id)
    pack = better_pack(photograph, asked)
    if pack is None:
        raise BeingPrepared
    own = decision.pack is not None and photograph.pack(decision.pack.name) is not None
    return Restricted(f"{photograph_id}{FULL_SUFFIX}", photograph_id, asked, pack, own)
