"""Shapes in pixels, what limits them, and the sizes at which a shape is stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isqrt

TILE_SIZE = 512


@dataclass(frozen=True, slots=True)
class Extent:
    """Width and height in pixels, both at least 1."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle inside an image, in its pixels; never empty, never outside."""

    x: int
    y: int
    width: int
    height: int

    @property
    def extent(self) -> Extent:
        """Width and height without the place."""
        return Extent(self.width, self.height)


@dataclass(frozen=True, slots=True)
class Limits:
    """maxWidth, maxHeight and maxArea of Image API 3.0 §5.2; ``None`` is unlimited.

    A width alone limits the height as well, as the specification tells clients to infer.

    Raises:
        ValueError: a limit below 1, or a height without a width, which the specification forbids.
    """

    max_width: int | None = None
    max_height: int | None = None
    max_area: int | None = None

    def __post_init__(self) -> None:
        if any(
            limit is not None and limit < 1
            for limit in (self.max_width, self.max_height, self.max_area)
        ):
            raise ValueError("a limit is at least 1 pixel")
        if self.max_height is not None and self.max_width is None:
            raise ValueError("maxHeight needs maxWidth (Image API 3.0 §5.2)")

    def allow(self, size: Extent) -> bool:
        """Say whether a picture of *size* may be delivered."""
        return self.confine(size) == size and (
            self.max_area is None or size.width * size.height <= self.max_area
        )

    def confine(self, size: Extent) -> Extent:
        """Cut each side of *size* to its limit, without regard to area or shape."""
        if self.max_width is None:
            return size
        return Extent(
            min(size.width, self.max_width),
            min(size.height, self.max_height or self.max_width),
        )


UNLIMITED = Limits()


def native_sizes(region: Box, full: Extent, tile_size: int) -> Iterator[tuple[int, Extent]]:
    """Yield each scale factor at which *region* is one tile, or the whole image, with its size.

    Scale factors double from 1 until the image fits into one tile; sizes are rounded up.
    """
    whole = is_whole(region, full)
    scale = 1
    while True:
        side = tile_size * scale
        if whole or _is_tile(region, full, side):
            yield scale, Extent(-(-region.width // scale), -(-region.height // scale))
        if side >= full.width and side >= full.height:
            return
        scale *= 2


def is_whole(region: Box, full: Extent) -> bool:
    """Say whether *region* is all of an image of *full* size."""
    return region.extent == full


def largest(region: Box, limits: Limits, *, upscale: bool) -> Extent:
    """Give ``max``, or with *upscale* ``^max``; without any limit both are the region itself."""
    bounds = region.extent
    if upscale and limits.max_width is not None:
        bounds = Extent(limits.max_width, limits.max_height or limits.max_width)
    elif upscale and limits.max_area is not None:
        bounds = Extent(limits.max_area, limits.max_area)
    return fit(region, limits.confine(bounds), limits.max_area)


def fit(region: Box, bounds: Extent, max_area: int | None) -> Extent:
    """Give the largest extent of the shape of *region* within *bounds* and *max_area*."""
    if bounds.width * region.height <= bounds.height * region.width:
        width, height = bounds.width, scaled(region.height, bounds.width, region.width)
    else:
        width, height = scaled(region.width, bounds.height, region.height), bounds.height
    fitted = smaller(Extent(width, height), bounds)
    if max_area is None or fitted.width * fitted.height <= max_area:
        return fitted
    width = max(1, isqrt(max_area * region.width // region.height))
    width = min(width, fitted.width, max_area)
    height = scaled(region.height, width, region.width)
    return Extent(width, min(height, fitted.height, max_area // width))


def smaller(one: Extent, other: Extent) -> Extent:
    """Give the smaller of both widths and the smaller of both heights."""
    return Extent(min(one.width, other.width), min(one.height, other.height))


def scaled(length: int, numerator: int, denominator: int) -> int:
    """Scale *length*, halves upwards; never 0, since a strip still has to be drawn."""
    return max(1, (2 * length * numerator + denominator) // (2 * denominator))


def _is_tile(region: Box, full: Extent, side: int) -> bool:
    return (
        region.x % side == 0
        and region.y % side == 0
        and region.width == min(side, full.width - region.x)
        and region.height == min(side, full.height - region.y)
    )
