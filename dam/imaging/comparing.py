"""Judges drawn pictures beside a reference, and cuts tiles as libvips does it alone.

The reference is drawn from the master itself by libvips with the whole Lanczos kernel and nothing
cheaper before it, so it owes nothing to the tiles that servers draw from.
"""

from collections.abc import Sequence
from math import inf, log10
from pathlib import Path

import pyvips

from dam.errors import Malformed, translate
from dam.iiif.geometry import Box
from dam.imaging.masters import open_master
from dam.imaging.packs import JPEG_QUALITY
from dam.imaging.probe import MasterLimits, probe
from dam.imaging.runtime import start_libvips

_WHITE = 255.0
_ORIENTATION = "orientation"


class NotThePicture(Malformed):
    """What was sent is no picture, or one of another kind than the reference."""


class Original:
    """A master, decoded into memory, that drawn pictures are compared with."""

    def __init__(self, path: Path) -> None:
        self._picture = open_master(path, probe(path, MasterLimits())).copy_memory()

    def decibels(self, box: Box | None, bodies: Sequence[bytes]) -> list[float]:
        """Return the PSNR of each of *bodies* against the reference at its own size, in dB.

        All show *box* of the original, or the whole of it.

        Raises:
            NotThePicture: one of them cannot be decoded.
        """
        region = self._picture
        if box is not None:
            region = region.crop(box.x, box.y, box.width, box.height)
        references: dict[tuple[int, int], pyvips.Image] = {}
        found = []
        for body in bodies:
            with translate({pyvips.Error: NotThePicture("A server sent what is no picture.")}):
                sent = pyvips.Image.new_from_buffer(body, "").copy_memory()
            size = (sent.width, sent.height)
            if size not in references:
                references[size] = _shrunk(region, *size).copy_memory()
            found.append(psnr(sent, references[size]))
        return found


def _shrunk(region: pyvips.Image, width: int, height: int) -> pyvips.Image:
    if (region.width, region.height) == (width, height):
        return region
    across, down = region.width / width, region.height / height
    if across < 1 or down < 1:
        return region.resize(1 / across, vscale=1 / down, kernel="lanczos3")
    # gap=0: no averaging of blocks before the kernel, which would be quicker and less exact.
    small = region.reduce(across, down, kernel="lanczos3", gap=0)
    return small.gravity("north-west", width, height, extend="copy")


def psnr(one: pyvips.Image, other: pyvips.Image) -> float:
    """Return the peak signal-to-noise ratio of two 8-bit pictures of one size, in dB.

    The same picture twice gives infinity.

    Raises:
        NotThePicture: they have not the same size and channels.
    """
    if (one.width, one.height, one.bands) != (other.width, other.height, other.bands):
        raise NotThePicture("The two pictures differ in size or channels.")
    error = ((one.cast("float") - other.cast("float")) ** 2).avg()
    return inf if error == 0 else 10 * log10(_WHITE**2 / error)


def cut_bare(master: Path, out: Path, *, tile_size: int) -> None:
    """Cut *master* into tiles as `vips dzsave` does, without a look at what it is.

    The same container, tiles and quality as a pack. A picture that lies on its side is turned
    upright, since the tiles of a lying one would be another work.
    """
    start_libvips()
    image = pyvips.Image.new_from_file(str(master), access="sequential")
    if image.get_typeof(_ORIENTATION) and image.get(_ORIENTATION) > 1:
        image = pyvips.Image.new_from_file(str(master)).autorot()
    image.dzsave(
        str(out),
        layout="iiif3",
        container="zip",
        compression=0,
        tile_size=tile_size,
        suffix=f".jpg[Q={JPEG_QUALITY},keep=none]",
        keep="none",
    )


def laid_on_its_side(image: pyvips.Image) -> pyvips.Image:
    """Return *image* as a camera that was held upright writes it: with EXIF orientation 6."""
    lying = image.rot270().copy_memory()
    lying.set_type(pyvips.GValue.gint_type, _ORIENTATION, 6)
    return lying
