"""Pieces of a picture in the shapes that pages ask for, never larger than its pixels allow."""

from dataclasses import dataclass

from dam.iiif.extents import Box, Extent, fit, is_whole


@dataclass(frozen=True, slots=True)
class Crop:
    """A region of a picture and the size at which it is asked for."""

    region: Box
    size: Extent
    whole: bool

    @property
    def path(self) -> str:
        """Region and size as Image API 3.0 writes them, with the rest of a JPEG's address."""
        box = self.region
        region = "full" if self.whole else f"{box.x},{box.y},{box.width},{box.height}"
        return f"{region}/{self.size.width},{self.size.height}/0/default.jpg"


def whole(full: Extent, long_side: int) -> Crop:
    """Return all of a picture, its longer side *long_side* pixels, or as many as it has."""
    return _at(Box(0, 0, full.width, full.height), full, long_side)


def middle(full: Extent, across: int, down: int, long_side: int) -> Crop:
    """Return the largest piece of the shape *across* : *down* from the middle of a picture."""
    width = max(1, min(full.width, full.height * across // down))
    height = max(1, min(full.height, full.width * down // across))
    box = Box((full.width - width) // 2, (full.height - height) // 2, width, height)
    return _at(box, full, long_side)


def piece(full: Extent, box: Box) -> Crop:
    """Return a piece of a picture with every pixel that it has there."""
    return Crop(box, box.extent, is_whole(box, full))


def _at(box: Box, full: Extent, long_side: int) -> Crop:
    side = min(long_side, max(box.width, box.height))
    size = fit(box, Extent(side, side), None)
    return Crop(box, size, is_whole(box, full))
