"""What a picture covers when it is turned, and how much of that is drawn (Image API 3.0 §4.3)."""

from decimal import Decimal
from math import cos, radians, sin

from dam.iiif.extents import Extent, Limits
from dam.iiif.image_request import BadImageRequest, number_text

# A square that is turned by 45 degrees covers twice its area, a picture of 3 to 2 a little more; a
# strip of 1 by 40000 pixels would cover 800 million.
_TURNED_CANVAS = 3


def turned(size: Extent, degrees: Decimal) -> tuple[float, float]:
    """Give width and height of what *size* covers when it is turned; exact for quarter turns."""
    if degrees % 90 == 0:
        upright = degrees % 180 == 0
        return (size.width, size.height) if upright else (size.height, size.width)
    across, down = abs(cos(radians(degrees))), abs(sin(radians(degrees)))
    return size.width * across + size.height * down, size.width * down + size.height * across


def require_canvas(size: Extent, degrees: Decimal, limits: Limits) -> None:
    """Return where the canvas of a turned picture is within bounds.

    What is drawn is the whole canvas, and the size alone says little about a long strip.

    Raises:
        BadImageRequest: it covers too much.
    """
    if degrees % 90 == 0 or limits.max_area is None:
        return
    width, height = turned(size, degrees)
    if width * height > _TURNED_CANVAS * limits.max_area:
        raise BadImageRequest(
            f"Turned by {number_text(degrees)} degrees this picture is above the limits of"
            " this image; ask for a smaller one, or for a quarter turn."
        )
