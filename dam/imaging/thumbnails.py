"""Thumbnails that a pack holds beside its tiles, since viewers ask for them before anything else.

They are drawn from the tiles of the pack, as a request would be, and are further members of its
zip. ``sizes`` in info.json does not name them: viewers take it for the levels. A pack without them
works as well, and has them drawn.
"""

import os
import zipfile
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from dam.errors import translate
from dam.iiif.geometry import Box, Extent, RenderPlan
from dam.iiif.image_request import Format, Quality
from dam.iiif.tiles import Pyramid, thumbnail_sizes
from dam.imaging.packs import (
    JPEG_QUALITY,
    ROOT,
    MadePack,
    Member,
    PackNotWritten,
    index_members,
)
from dam.imaging.render import render

_OLDEST_DATE = (1980, 1, 1, 0, 0, 0)  # of a zip; the moment of making is no part of a pack
_READABLE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class _WrittenPack:
    """A pack that was just cut, as the drawing path reads it."""

    pyramid: Pyramid
    grayscale: bool
    members: dict[str, Member]
    descriptor: int

    def read(self, name: str) -> bytes:
        member = self.members[name]
        return os.pread(self.descriptor, member.length, member.offset)


def add_thumbnails(pack: Path, made: MadePack, *, jpeg_quality: int = JPEG_QUALITY) -> MadePack:
    """Draw the thumbnails of *made* into its file *pack*, and return it with them.

    Raises:
        PackNotWritten: the disk has no room for them.
    """
    pyramid = Pyramid(made.extent, made.tile_size)
    sizes = thumbnail_sizes(pyramid)
    if not sizes:
        return made
    members = {member.name: member for member in made.members}
    whole = Box(0, 0, made.extent.width, made.extent.height)
    with translate({OSError: PackNotWritten()}), pack.open("rb") as file:
        source = _WrittenPack(pyramid, made.grayscale, members, file.fileno())
        drawn = {
            pyramid.name(whole, size): render(_plan(whole, size), source, jpeg_quality=jpeg_quality)
            for size in sizes
        }
    with translate({OSError: PackNotWritten()}), zipfile.ZipFile(pack, "a") as archive:
        for name, picture in drawn.items():
            info = zipfile.ZipInfo(f"{ROOT}/{name}", _OLDEST_DATE)
            info.external_attr = _READABLE
            archive.writestr(info, picture)
    return replace(made, members=index_members(pack))


def _plan(whole: Box, size: Extent) -> RenderPlan:
    return RenderPlan(whole, size, False, Decimal(0), Quality.DEFAULT, Format.JPG)  # noqa: FBT003
