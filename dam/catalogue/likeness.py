"""Perceptual hashes: how far two pictures are from each other, and what a hash becomes by turning.

A hash has one bit for each of the 63 lowest frequencies of the picture's cosine transform, but for
its mean: whether that frequency is positive. Bit ``8 * v + u - 1`` is frequency *u* across and *v*
down. So a mirrored or turned picture has a hash that follows from that of the upright one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

FREQUENCIES = 8
BITS = FREQUENCIES * FREQUENCIES - 1
BANDS = 4
# Pictures of one photograph that were compressed, made smaller, put into gray or cut by a hundredth
# are within 6 of each other, different photographs of the fixtures beyond 16.
FARTHEST = 7
# A picture is looked for turned and mirrored too, seven more times, so a stranger comes near more
# often; turning is lossless or nearly, and a copy that was turned is nearer.
FARTHEST_TURNED = 3
_BAND_BITS = 16


@dataclass(frozen=True, slots=True)
class Way:
    """How one picture lies beside another: mirrored first, then turned clockwise by *degrees*."""

    degrees: int = 0
    mirrored: bool = False


UPRIGHT = Way()
WAYS = tuple(Way(degrees, mirrored) for mirrored in (False, True) for degrees in (0, 90, 180, 270))


def distance(one: int, other: int) -> int:
    """Return in how many of their 63 bits two hashes differ."""
    return (one ^ other).bit_count()


def lying(perceptual: int, way: Way) -> int:
    """Return the hash of the picture of *perceptual* once it lies as *way* says."""
    found = _mirrored(perceptual) if way.mirrored else perceptual
    for _ in range(way.degrees // 90):
        found = _mirrored(_transposed(found))  # a quarter turn is two reflections
    return found


def back(way: Way) -> Way:
    """Return the way that undoes *way*."""
    return way if way.mirrored else Way(-way.degrees % 360)


def bands(perceptual: int) -> tuple[int, ...]:
    """Return a hash in four numbers of 16 bits, of which the last has 15."""
    last = (1 << _BAND_BITS) - 1
    return tuple(perceptual >> _BAND_BITS * band & last for band in range(BANDS))


def near_bands(perceptual: int, farthest: int) -> tuple[tuple[int, ...], ...]:
    """Return of each band the values of which one at least is in every hash within *farthest*.

    Among four bands one has at most a quarter of the bits that differ, so up to 3 differing bits
    leave a band as it is, and up to 7 leave one that differs in one bit at most.
    """
    if farthest < BANDS:
        return tuple((band,) for band in bands(perceptual))
    return tuple((band, *_one_bit_off(band)) for band in bands(perceptual))


def _one_bit_off(band: int) -> Iterator[int]:
    return (band ^ 1 << bit for bit in range(_BAND_BITS))


def _mirrored(perceptual: int) -> int:
    """Mirroring left and right turns the sign of each odd frequency across."""
    return perceptual ^ _ODD_ACROSS


def _transposed(perceptual: int) -> int:
    found = 0
    for bit, transposed in _TRANSPOSED:
        if perceptual >> bit & 1:
            found |= 1 << transposed
    return found


def _places() -> Iterator[tuple[int, int]]:
    for down in range(FREQUENCIES):
        for across in range(FREQUENCIES):
            if down or across:
                yield down, across


_ODD_ACROSS = sum(1 << FREQUENCIES * down + across - 1 for down, across in _places() if across % 2)
_TRANSPOSED = tuple(
    (FREQUENCIES * down + across - 1, FREQUENCIES * across + down - 1) for down, across in _places()
)
