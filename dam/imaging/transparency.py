"""Makes the companion of a pack that keeps the transparency of its master, in tiles of PNG."""

from pathlib import Path

import pyvips

from dam.errors import translate
from dam.iiif.image_request import Format
from dam.iiif.tiles import TILE_SIZE, Pyramid
from dam.imaging.masters import open_master
from dam.imaging.packs import MadePack, PackNotWritten, PackShape, capped, cut, resized
from dam.imaging.probe import Probe
from dam.imaging.refusals import DamagedMaster

_OPAQUE = 255
# Fast and plain: of scans, a higher level takes three times as long for a tenth of the bytes.
_SAVER = ".png[compression=3,keep=none]"


def make_transparent_pack(
    master: Path, probe: Probe, out: Path, *, long_side: int | None, tile_size: int = TILE_SIZE
) -> MadePack | None:
    """Write the transparent companion of the pack of the same *long_side* to *out*.

    Without any transparent pixel there is nothing to keep: then no file is written and None comes
    back. To find out costs one decoding, and only of masters that have a channel for it. Where
    nothing at all is to be seen no colour is kept either, since what a mask hides was hidden on
    purpose.

    Raises:
        DamagedMaster: the master cannot be decoded to its end.
        DamagedPack: libvips left out tiles.
        PackNotWritten: the master can be decoded, so the fault is with the disk.
    """
    if not probe.has_alpha:
        return None
    with translate({pyvips.Error: DamagedMaster(probe.words)}):
        if not _is_transparent(open_master(master, probe, keep_alpha=True)):
            return None
    pyramid = Pyramid(capped(probe.extent, long_side), tile_size, Format.PNG)
    with translate({pyvips.Error: PackNotWritten()}):
        image = open_master(master, probe, keep_alpha=True)
        return cut(_scaled(image, pyramid), out, PackShape(pyramid, _SAVER))


def _is_transparent(image: pyvips.Image) -> bool:
    return bool(image.hasalpha()) and bool(image[image.bands - 1].min() < _OPAQUE)


def _scaled(image: pyvips.Image, pyramid: Pyramid) -> pyvips.Image:
    """Weigh colours by their alpha while they are mixed, so that hidden ones do not bleed."""
    interpretation = image.interpretation
    scaled = resized(image.premultiply(), pyramid.full).unpremultiply()
    return scaled.rint().cast("uchar").copy(interpretation=interpretation)
