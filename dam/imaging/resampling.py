"""Scales a window of a picture, which may begin and end between pixels, to whole pixels."""

from dataclasses import dataclass
from math import ceil, floor

import pyvips
from PIL import Image

from dam.iiif.geometry import Extent
from dam.imaging.runtime import start_libvips

_MOST_SHIFT = 0.1  # output pixels; less cannot be seen
_MOST_SKIPPED = 4
_ROUNDING_DOUBT = 1e-6
_MOST_SHRINK = 8  # libvips rounds its weights; of hundreds of pixels white came out as 249
_BANDS = {"L": 1, "RGB": 3}
_INTERPRETATIONS = {"L": "b-w", "RGB": "srgb"}


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle inside a picture, in its pixels; the edges may lie between pixels."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Span:
    """Whole pixels along one axis that libvips shrinks, and which of its pixels are wanted.

    *first* may be negative and the end outside: the edge is repeated there.
    """

    shift: float
    skipped: int
    first: int
    pixels: int
    shrink: float


def resample(picture: Image.Image, window: Window, size: Extent) -> Image.Image:
    """Return *window* of *picture* (mode L, LA, RGB or RGBA), scaled with a Lanczos kernel.

    libvips is three times as fast as Pillow, but begins at whole pixels only; where that would
    shift the picture visibly, and to enlarge it, Pillow draws, which can begin anywhere. It
    also weighs colours by their alpha.
    """
    right, bottom = window.left + window.width, window.top + window.height
    corner = floor(window.left), floor(window.top)
    outer = (*corner, ceil(right), ceil(bottom))
    aligned = corner == (window.left, window.top)
    if aligned and (outer[2] - outer[0], outer[3] - outer[1]) == (size.width, size.height):
        return picture if picture.size == outer[2:] and corner == (0, 0) else picture.crop(outer)
    across = _span(window.left, window.width, size.width)
    down = _span(window.top, window.height, size.height)
    if across and down and picture.mode in _BANDS:
        return _shrink(picture, across, down, size)
    return picture.resize(
        (size.width, size.height),
        Image.Resampling.LANCZOS,
        box=(window.left, window.top, min(right, picture.width), min(bottom, picture.height)),
    )


def _span(start: float, length: float, wanted: int) -> _Span | None:
    """Find whole pixels that, shrunk by libvips, put *wanted* pixels where they belong.

    libvips lays ``round(pixels / shrink)`` pixels centred on those it is given. Giving it a few
    more and dropping what is drawn of them moves the rest by fractions of a pixel.
    """
    shrink = length / wanted
    if not 1 <= shrink <= _MOST_SHRINK:
        return None
    spans = []
    for skipped in range(_MOST_SKIPPED):
        least = ceil((wanted + 2 * skipped) * shrink) - 1
        for pixels in range(max(1, least), least + 4):
            drawn = floor(pixels / shrink + 0.5)
            doubtful = abs(pixels / shrink + 0.5 - round(pixels / shrink + 0.5)) < _ROUNDING_DOUBT
            if drawn < wanted + skipped or doubtful:
                continue
            offset = (pixels - drawn * shrink) / 2 + skipped * shrink
            first = round(start - offset)
            shift = round(abs(first + offset - start) / shrink, 2)
            spans.append(_Span(shift, skipped, first, pixels, shrink))
    best = min(spans, key=lambda span: (span.shift, span.skipped), default=None)
    return best if best and best.shift <= _MOST_SHIFT else None


def _shrink(picture: Image.Image, across: _Span, down: _Span, size: Extent) -> Image.Image:
    start_libvips()
    pixels = pyvips.Image.new_from_memory(
        picture.tobytes(), picture.width, picture.height, _BANDS[picture.mode], "uchar"
    )
    shrunk = (
        pixels.copy(interpretation=_INTERPRETATIONS[picture.mode])
        .embed(-across.first, -down.first, across.pixels, down.pixels, extend="copy")
        .reduce(across.shrink, down.shrink, kernel="lanczos3")
        .crop(across.skipped, down.skipped, size.width, size.height)
    )
    return Image.frombuffer(
        picture.mode, (size.width, size.height), shrunk.write_to_memory(), "raw", picture.mode, 0, 1
    )
