"""Deliver pixels: ask the decision, open the pack that it names, slice or draw.

The decision comes first, always; the pack it names is all that is ever read from. What a request
can reach within that pack is arithmetic, and needs no further permission.
"""

import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from dam.errors import Forbidden, translate
from dam.iiif.geometry import ConfinedOversize, Limits, RenderPlan, canonical, resolve
from dam.iiif.image_request import ApiVersion, Format, Quality, parse
from dam.iiif.tiles import Pyramid, member, thumbnail_member
from dam.imaging.drawing_orders import Order
from dam.imaging.encoding import TRANSPARENT_FORMATS
from dam.imaging.packs import DamagedPack as UndecodableTile
from dam.imaging.render import peak_bytes, render, require_drawable, tile_names
from dam.records import catalogue, epochs
from dam.records.values import StoredPack
from dam.rights.decision import PackKind, PackRecipe
from dam.rights.facts import Audience
from dam.storage.base import ObjectMissing
from dam.storage.packs import DamagedPack, OpenPack, Slice
from dam.workflows import ask
from dam.workflows.archive import Archive
from dam.workflows.ask import Asked
from dam.workflows.draw import Work, never_gone
from dam.workflows.lanes import is_large
from dam.workflows.words import wording

FULL_SUFFIX = "_full"

MEDIA_TYPES = {
    Format.JPG: "image/jpeg",
    Format.PNG: "image/png",
    Format.WEBP: "image/webp",
    Format.AVIF: "image/avif",
    Format.TIF: "image/tiff",
    Format.GIF: "image/gif",
}


class BeingPrepared(Forbidden):
    """The pack that the decision names does not exist yet."""

    def __init__(self) -> None:
        super().__init__("This picture is being prepared; try again in a moment.")


class SignInForFull(ask.Withheld):
    """This image is for those who have signed in; everybody may see less of it."""

    def __init__(self) -> None:
        super().__init__("Sign in to see this image in full.", signing_in_helps=True)


@dataclass(frozen=True, slots=True)
class OpenImage:
    """An image whose decision was made: its pack is open, and nothing else can be reached.

    *transparent* are the tiles of the pack's companion, where it has one. *epoch* is the count of
    changes of rights from before the decision.
    """

    service_id: str
    photograph_id: str
    asked: Asked
    pack: StoredPack
    tiles: OpenPack
    pyramid: Pyramid
    epoch: bytes
    transparent: OpenPack | None = None

    @property
    def public(self) -> bool:
        """Whether this is the public's image, the same for everybody, which caches may keep."""
        return not self.service_id.endswith(FULL_SUFFIX)

    def drawn_as(self, plan: RenderPlan) -> "OpenImage":
        """Return the image as *plan* shows it: from its companion where transparency is kept.

        JPEG and GIF have white for what is transparent, and so has what is black and white.
        """
        companion = self.pack.transparent
        if (
            self.transparent is None
            or companion is None
            or plan.format not in TRANSPARENT_FORMATS
            or plan.quality is Quality.BITONAL
        ):
            return self
        return replace(
            self,
            pack=replace(self.pack, key=companion.key, digest=companion.digest),
            tiles=self.transparent,
            pyramid=replace(self.pyramid, format=Format.PNG),
        )


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a request comes to: a stored tile, or a plan that has to be drawn.

    *image* is the one that it is read from, which may be the companion of the one that was asked.
    *name* is the canonical Image API 3.0 tail, the same for every spelling of the request.
    *segment* is what is spliced into its bytes after they are read or drawn (attribution).
    """

    image: OpenImage
    name: str
    plan: RenderPlan
    stored: Slice | None
    segment: bytes = b""

    @property
    def media_type(self) -> str:
        """The media type of the body."""
        return MEDIA_TYPES[self.plan.format]

    @property
    def etag(self) -> str:
        """A strong tag: the digest of the pack, the canonical path, and the segment if any."""
        plain = etag(self.image.pack.digest, self.name)
        return f"{plain}-{zlib.crc32(self.segment):08x}" if self.segment else plain


@dataclass(frozen=True, slots=True)
class PackTiles:
    """An open pack as the drawing path reads it."""

    pyramid: Pyramid
    grayscale: bool
    tiles: OpenPack

    def read(self, name: str) -> bytes:
        """Return the bytes of a stored tile."""
        return self.tiles.read(name)


def etag(pack_digest: str, name: str) -> str:
    """Return the tag of one canonical request over one pack, without its quotes."""
    return f"{pack_digest[:16]}-{zlib.crc32(name.encode()):08x}"


def limits(archive: Archive) -> Limits:
    """Return what bounds every drawn picture."""
    return Limits(max_area=archive.settings.max_image_area)


def open_image(archive: Archive, service_id: str, audience: Audience) -> OpenImage:
    """Return the image behind an image service for *audience*, after asking the decision.

    ``{id}`` is the public's image, whoever asks; ``{id}_full`` is the image as those may see it
    who have signed in, and for everybody else where the public has all of it anyway.

    Raises:
        Unknown, UnknownPhotograph, Withheld, Withdrawn, BeingPrepared
        DamagedPack: its pack is there no more, or cannot be read.
    """
    photograph_id = service_id.removesuffix(FULL_SUFFIX)
    wants_full = service_id != photograph_id
    epoch = archive.epoch.value
    asked = ask.ask(archive, photograph_id, audience if wants_full else Audience.PUBLIC)
    ask.require_pixels(asked)
    recipe = asked.decision.pack
    whole = recipe is not None and recipe.kind is PackKind.FULL
    if wants_full and audience is Audience.PUBLIC and not whole:
        raise SignInForFull
    pack, tiles, transparent = _open_pack(archive, photograph_id, recipe)
    pyramid = Pyramid(pack.extent, pack.tile_size)
    return OpenImage(service_id, photograph_id, asked, pack, tiles, pyramid, epoch, transparent)


def _open_pack(
    archive: Archive, photograph_id: str, recipe: PackRecipe | None
) -> tuple[StoredPack, OpenPack, OpenPack | None]:
    # A rebuilt pack may take the place of the old one between row and file: look twice.
    for _ in range(2):
        pack = _pack_named(archive, photograph_id, recipe)
        with suppress(ObjectMissing):
            companion = pack.transparent
            transparent = archive.packs.take(companion.key) if companion else None
            return pack, archive.packs.take(pack.key), transparent
    raise DamagedPack


def _pack_named(archive: Archive, photograph_id: str, recipe: PackRecipe | None) -> StoredPack:
    with archive.reading() as db:
        packs = catalogue.packs(db, photograph_id)
        if not packs:
            catalogue.photograph(db, photograph_id)  # those who work here may ask for anything
    found = next((pack for pack in packs if recipe and pack.recipe == recipe.name), None)
    if found is None:
        raise BeingPrepared
    return found


def find(archive: Archive, image: OpenImage, version: ApiVersion, tail: str) -> Delivery:
    """Return what *tail* (``region/size/rotation/quality.format``) of an open image comes to.

    Raises:
        BadImageRequest: it breaks the grammar, or asks for what cannot be drawn.
    """
    plan = resolve(
        parse(tail, version),
        image.pyramid.full,
        limits(archive),
        version=version,
        confined_oversize=ConfinedOversize(archive.settings.confined_oversize),
        tile_size=image.pyramid.tile_size,
    )
    name = canonical(plan, image.pyramid.full, ApiVersion.V3, limits=limits(archive))
    image = image.drawn_as(plan)
    stored_name = member(plan, image.pyramid) or thumbnail_member(plan, image.pyramid)
    stored = image.tiles.members.get(stored_name) if stored_name else None
    return Delivery(image, name, plan, stored)


def body(archive: Archive, delivery: Delivery, gone: Callable[[], bool] = never_gone) -> bytes:
    """Return the bytes of a delivery: read in one piece where it is stored, else drawn or kept.

    *gone* says whether the client has left; then what waits to be drawn is not drawn.

    Raises:
        NeverFits, Busy, Abandoned: it cannot be drawn, or not now; see ``dam.workflows.lanes``.
        TooLargeForFormat, NotDrawn, DamagedPack
    """
    if delivery.stored is not None:
        return delivery.image.tiles.slice(delivery.stored)
    return archive.drawing.picture(_work(archive, delivery), gone)


def length(archive: Archive, delivery: Delivery) -> int | None:
    """Return how long its bytes are, or None where that is not known before they are drawn.

    Raises:
        NeverFits, TooLargeForFormat: as ``body``.
    """
    if delivery.stored is not None:
        return delivery.stored.length
    return archive.drawing.length(_work(archive, delivery))


def _work(archive: Archive, delivery: Delivery) -> Work:
    image, plan = delivery.image, delivery.plan
    require_drawable(plan)
    quality = archive.settings.jpeg_quality
    peak = peak_bytes(plan, image.pyramid, grayscale=image.pack.grayscale)
    drawn = _drawn_apart if is_large(peak) else _drawn_here
    return Work(
        f"{image.pack.digest}/{quality}/{delivery.name}", peak, lambda: drawn(archive, delivery)
    )


def _drawn_here(archive: Archive, delivery: Delivery) -> bytes:
    image, quality = delivery.image, archive.settings.jpeg_quality
    source = PackTiles(image.pyramid, image.pack.grayscale, image.tiles)
    with translate({UndecodableTile: DamagedPack()}):
        return render(delivery.plan, source, jpeg_quality=quality)


def _drawn_apart(archive: Archive, delivery: Delivery) -> bytes:
    """Draw in a process of its own: a large picture would hold up the tiles of this one."""
    image, plan = delivery.image, delivery.plan
    places = {name: image.tiles.place(name) for name in tile_names(plan, image.pyramid)}
    order = Order(
        plan,
        image.pyramid,
        image.pack.grayscale,
        archive.settings.jpeg_quality,
        {name: (at.offset, at.length) for name, at in places.items()},
    )
    with translate({UndecodableTile: DamagedPack()}):
        return archive.drawing_apart.draw(order, image.tiles.descriptor)


def database_epoch(archive: Archive) -> int:
    """Return how often what may leave has changed, as the database knows it."""
    with archive.reading() as db:
        return epochs.current(db)


def credit(archive: Archive, photograph_id: str, asked: Asked) -> str:
    """Return the credit line of an image."""
    with archive.reading() as db:
        photograph = catalogue.photograph(db, photograph_id)
    return wording(photograph, asked, archive.settings.archive_language).credit
