"""Arithmetic of the tile pyramid: ceil halving, exact edge tiles, and the names they are stored by.

A stored tile is named ``{region}/{w},{h}/0/default.jpg``, which is what viewers of Image API 3
ask for, so that the common request is a look-up and no arithmetic.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dam.iiif.extents import TILE_SIZE, UNLIMITED, Box, Extent, is_whole, native_sizes
from dam.iiif.geometry import RenderPlan, resolve, resolve_size
from dam.iiif.image_request import ApiVersion, BadImageRequest, Format, PixelSize, Quality, parse

__all__ = [
    "BODY_SIDE_PIXELS",
    "TILE_SIZE",
    "Pyramid",
    "member",
    "spellings",
    "thumbnail_member",
    "thumbnail_sizes",
]

_ENDING = "0/default.jpg"
# What viewers ask for beside tiles: Universal Viewer 90 and 125 wide, Mirador 120 high or within
# 120 by 120, others within 200 and 400. The level within 2048 is the body of our own manifests.
_LONGEST_THUMBNAIL = 4096  # of a panorama even a low one is longer than a JPEG can be
_THUMBNAIL_WIDTHS = (90, 125, 200, 400)
_THUMBNAIL_HEIGHTS = (120,)
_THUMBNAIL_SIDES = (120, 200, 400)
BODY_SIDE_PIXELS = 2048


@dataclass(frozen=True, slots=True)
class Pyramid:
    """A full-size extent cut into square tiles at scale factors 1, 2, 4, …, stored in *format*.

    The level of scale factor ``s`` measures ``ceil(width / s)`` by ``ceil(height / s)``; the last
    level is the first that fits into one tile. Rounding up is what the implementation notes of
    the specification (§3), OpenSeadragon and libvips do.
    """

    full: Extent
    tile_size: int = TILE_SIZE
    format: Format = Format.JPG

    @property
    def ending(self) -> str:
        """Give what the name of every stored tile ends in, after region and size."""
        return f"0/default.{self.format}"

    @property
    def scale_factors(self) -> tuple[int, ...]:
        """Powers of two from 1, one for each level, ascending."""
        tiles_along = -(-max(self.full.width, self.full.height) // self.tile_size)
        return tuple(1 << level for level in range((tiles_along - 1).bit_length() + 1))

    @property
    def sizes(self) -> tuple[Extent, ...]:
        """The extent of each level, ascending: the smallest, one tile, comes first."""
        return tuple(self.level(scale) for scale in reversed(self.scale_factors))

    def level(self, scale: int) -> Extent:
        """Give the extent of the whole image at *scale*."""
        return Extent(-(-self.full.width // scale), -(-self.full.height // scale))

    def grid(self, scale: int) -> tuple[int, int]:
        """Count the columns and rows of tiles at *scale*."""
        side = self.tile_size * scale
        return -(-self.full.width // side), -(-self.full.height // side)

    def tile_region(self, scale: int, column: int, row: int) -> Box:
        """Give what a tile shows, in full-size pixels; counted from 0 at the upper left.

        Raises:
            IndexError: the level has no such column or row.
        """
        columns, rows = self.grid(scale)
        if not (0 <= column < columns and 0 <= row < rows):
            raise IndexError(f"no tile {column},{row} at scale {scale}")
        side = self.tile_size * scale
        x, y = column * side, row * side
        return Box(x, y, min(side, self.full.width - x), min(side, self.full.height - y))

    def tile_name(self, scale: int, column: int, row: int) -> str:
        """Give the name by which a tile is stored.

        Raises:
            IndexError: the level has no such column or row.
        """
        region = self.tile_region(scale, column, row)
        return self.name(region, Extent(-(-region.width // scale), -(-region.height // scale)))

    def name(self, region: Box, size: Extent) -> str:
        """Spell the stored name of *region* drawn at *size*."""
        return f"{_region_text(region, self.full)}/{size.width},{size.height}/{self.ending}"

    def tile_names(self) -> Iterator[str]:
        """Yield every stored name once, full-size tiles first, row by row.

        One picture may belong to two levels: the last corner of a 3073-pixel square is one pixel
        at scale factors 1 and 2.
        """
        seen = set()
        for scale in self.scale_factors:
            columns, rows = self.grid(scale)
            for row in range(rows):
                for column in range(columns):
                    name = self.tile_name(scale, column, row)
                    if name not in seen:
                        seen.add(name)
                        yield name


def member(plan: RenderPlan, pyramid: Pyramid) -> str | None:
    """Give the name of the stored tile that *plan* asks for, or None where it has to be drawn."""
    if not _is_plain(plan, pyramid.format):
        return None
    if is_whole(plan.region, pyramid.full):
        # Of the whole image only the last level is one tile.
        stored = plan.size == pyramid.sizes[0]
    else:
        natives = native_sizes(plan.region, pyramid.full, pyramid.tile_size)
        stored = any(size == plan.size for _, size in natives)
    return pyramid.name(plan.region, plan.size) if stored else None


def thumbnail_member(plan: RenderPlan, pyramid: Pyramid) -> str | None:
    """Give the name under which a thumbnail of *plan* is stored, if its pack holds it."""
    if _is_plain(plan, pyramid.format) and is_whole(plan.region, pyramid.full):
        return pyramid.name(plan.region, plan.size)
    return None


def thumbnail_sizes(pyramid: Pyramid) -> tuple[Extent, ...]:
    """Give the sizes of the whole picture that a pack holds beside its tiles, ascending.

    They are what viewers and our manifests ask for without looking at ``sizes``, as far as they
    are no larger than the picture and no stored tile.
    """
    full = pyramid.full
    asked = [
        *(PixelSize(width, None) for width in _THUMBNAIL_WIDTHS if width < full.width),
        *(PixelSize(None, height) for height in _THUMBNAIL_HEIGHTS if height < full.height),
        *(PixelSize(side, side, confined=True) for side in _THUMBNAIL_SIDES),
    ]
    whole = Box(0, 0, full.width, full.height)
    native = dict(native_sizes(whole, full, pyramid.tile_size))
    sizes = {resolve_size(size, whole, UNLIMITED, upscale=False, native=native) for size in asked}
    sizes |= {
        level for level in pyramid.sizes if max(level.width, level.height) <= BODY_SIDE_PIXELS
    }
    sizes.discard(pyramid.sizes[0])
    sizes = {size for size in sizes if max(size.width, size.height) <= _LONGEST_THUMBNAIL}
    return tuple(sorted(sizes, key=lambda size: (size.width, size.height)))


def _is_plain(plan: RenderPlan, stored: Format) -> bool:
    return (
        not plan.mirror
        and not plan.degrees
        and plan.format is stored
        and plan.quality in (Quality.DEFAULT, Quality.COLOR)
    )


def spellings(name: str, pyramid: Pyramid, version: ApiVersion) -> tuple[str, ...]:
    """Give the other tails by which viewers of *version* ask for the stored tile *name*.

    Each of them resolves to *name* and to no other tile.

    Raises:
        BadImageRequest: *name* is not a stored name of *pyramid*.
    """
    plan = resolve(
        parse(name, ApiVersion.V3),
        pyramid.full,
        UNLIMITED,
        version=ApiVersion.V3,
        tile_size=pyramid.tile_size,
    )
    if member(plan, pyramid) != name:
        raise BadImageRequest("No tile of that name is stored.")
    regions = {_region_text(plan.region, pyramid.full), _box_text(plan.region)}
    sizes = _size_texts(plan, pyramid, version)
    tails = (f"{region}/{size}/{pyramid.ending}" for region in sorted(regions) for size in sizes)
    return tuple(tail for tail in tails if tail != name)


def _size_texts(plan: RenderPlan, pyramid: Pyramid, version: ApiVersion) -> list[str]:
    size, region = plan.size, plan.region
    texts = [f"{size.width},{size.height}"]
    native = dict(native_sizes(region, pyramid.full, pyramid.tile_size))
    by_width = PixelSize(size.width, None)
    # Strips of one pixel have levels of equal width; only one of them can own the short form.
    if size == resolve_size(by_width, region, UNLIMITED, upscale=False, native=native):
        texts.append(str(by_width))
    if size == region.extent:
        texts += ["max", "full"] if version is ApiVersion.V2 else ["max"]
    return texts


def _region_text(region: Box, full: Extent) -> str:
    return "full" if is_whole(region, full) else _box_text(region)


def _box_text(region: Box) -> str:
    return f"{region.x},{region.y},{region.width},{region.height}"
