"""A master as everything that follows wants it: upright, 8-bit sRGB or gray, without alpha."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pyvips

from dam.errors import translate
from dam.imaging import codecs, colour
from dam.imaging.opening import (
    PILLOW_FAULTS,
    Decoder,
    Strictness,
    open_with_libvips,
    open_with_pillow,
)
from dam.imaging.probe import Probe
from dam.imaging.refusals import DamagedMaster
from dam.imaging.runtime import start_libvips

_MOST_BYTES_IN_MEMORY = 200_000_000
_MIRRORED = 2  # the one orientation, besides 1, that can be read line by line
_TURNS: Mapping[int, Callable[[pyvips.Image], pyvips.Image]] = {
    3: lambda image: image.rot180(),
    4: lambda image: image.flipver(),
    5: lambda image: image.rot90().fliphor(),
    6: lambda image: image.rot90(),
    7: lambda image: image.rot270().fliphor(),
    8: lambda image: image.rot270(),
}


def open_master(
    path: Path, probe: Probe, strictness: Strictness = Strictness.DAMAGED
) -> pyvips.Image:
    """Return the picture of *path*, normalised, to be read once from top to bottom.

    Nothing is decoded before it is read, except for pictures that lie on their side or head
    (they are decoded here, into memory or, above 200 MB, into a temporary file) and those that
    only Pillow or the decoders of an extra read.

    Raises:
        DamagedMaster: it cannot be opened, or cannot be decoded where that happens here.
        pyvips.Error: later, while it is read, where it is truncated or damaged.
    """
    start_libvips()
    damaged = DamagedMaster(probe.words)
    with translate({pyvips.Error: damaged}):
        if probe.decoder is Decoder.LIBVIPS:
            stored = open_with_libvips(path, probe.format, strictness)
        else:
            with translate(dict.fromkeys((*PILLOW_FAULTS, *codecs.FAULTS), damaged)):
                codec = codecs.of(probe.decoder, probe.format)
                stored = codec.open_pixels(path) if codec else open_with_pillow(path, probe.format)
        return upright(colour.to_screen(stored), probe.orientation)


def upright(image: pyvips.Image, orientation: int) -> pyvips.Image:
    """Return *image* turned as the EXIF *orientation*, 1 to 8, says it was meant.

    Raises:
        pyvips.Error: it cannot be decoded.
    """
    image = image.copy()
    image.remove("orientation")
    if orientation == _MIRRORED:
        return image.fliphor()
    turn = _TURNS.get(orientation)
    return turn(_whole(image)) if turn else image


def _whole(image: pyvips.Image) -> pyvips.Image:
    """Decode *image* now, so that it can be read in any order."""
    if image.width * image.height * image.bands <= _MOST_BYTES_IN_MEMORY:
        return image.copy_memory()
    beside = pyvips.Image.new_temp_file("%s.v")
    image.write(beside)
    return beside
