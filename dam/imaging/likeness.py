"""What a picture looks like: a perceptual hash, drawn from a small picture that a pack holds.

The decoded master is not asked again. A pack has thumbnails, and one of them costs about a
millisecond to read, where the tiles of a photograph take half a second to cut.
"""

import io
from collections.abc import Callable
from math import cos, pi
from operator import mul

from PIL import Image

from dam.catalogue.likeness import FREQUENCIES
from dam.iiif.geometry import Box, Extent
from dam.iiif.tiles import Pyramid, thumbnail_sizes

_SIDE = 32  # pixels of the square that is transformed
_LEAST_SIDE = 64  # of the picture that is read, where there is a larger one
# Where fewer frequencies than this are stronger than that, the hash is mostly noise: an empty
# sheet, a sky, a test card. Such a picture is like every other of its kind.
_LEAST_FREQUENCIES = 40
_LEAST_STRENGTH = 40
_WAVES = tuple(
    tuple(cos((2 * at + 1) * frequency * pi / (2 * _SIDE)) for at in range(_SIDE))
    for frequency in range(FREQUENCIES)
)


def perceptual_hash(picture: bytes) -> int | None:
    """Return the perceptual hash of an encoded picture, or none where it has too little in it.

    It has 63 bits; colour plays no part. See :mod:`dam.catalogue.likeness`.
    """
    with Image.open(io.BytesIO(picture)) as opened:
        opened.draft("L", (_SIDE, _SIDE))
        small = opened.convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    frequencies = _transformed(small.tobytes())
    strong = sum(abs(one) > _LEAST_STRENGTH for one in frequencies)
    if strong < _LEAST_FREQUENCIES:
        return None
    return sum(1 << bit for bit, one in enumerate(frequencies) if one > 0)


def _transformed(grays: bytes) -> list[float]:
    """Return the lowest frequencies of the cosine transform, row by row, without the mean."""
    rows = [grays[start : start + _SIDE] for start in range(0, len(grays), _SIDE)]
    across = [[sum(map(mul, row, wave)) for row in rows] for wave in _WAVES]
    found = [sum(map(mul, column, wave)) for wave in _WAVES for column in across]
    return found[1:]


def pack_hash(
    extent: Extent, tile_size: int, names: Callable[[str], bool], read: Callable[[str], bytes]
) -> int | None:
    """Return the perceptual hash of the picture in a pack of *extent*.

    *names* says whether the pack holds a member, and *read* returns its bytes.
    """
    pyramid = Pyramid(extent, tile_size)
    whole = Box(0, 0, extent.width, extent.height)
    sizes = sorted(
        (pyramid.sizes[0], *thumbnail_sizes(pyramid)), key=lambda one: min(one.width, one.height)
    )
    held = [size for size in sizes if names(pyramid.name(whole, size))]
    large = [size for size in held if min(size.width, size.height) >= _LEAST_SIDE]
    chosen = large[0] if large else held[-1]
    return perceptual_hash(read(pyramid.name(whole, chosen)))
