"""Draws a large picture smaller, strip by strip, so that never more than a strip is decoded."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor

from PIL import Image

from dam.iiif.geometry import Extent
from dam.imaging.resampling import Window

_MOST_PIXELS_AT_ONCE = 8_000_000
_STRIP_ROWS = 1024
_REACH = 3  # pixels of the drawing to either side from which a Lanczos kernel takes its light

PasteRow = Callable[[Image.Image, int, int], None]


@dataclass(frozen=True, slots=True)
class TileRows:
    """The rows of tiles of a level that are touched, and in which mode they are decoded."""

    mode: str
    rows: range
    tile_size: int


def in_strips(window: Window, size: Extent) -> bool:
    """Say whether *window* of a level is drawn in strips: it is large, and is scaled."""
    scaled = (window.width, window.height) != (size.width, size.height)
    return scaled and window.width * window.height > _MOST_PIXELS_AT_ONCE


def strip_bytes(window: Window, size: Extent, tile_size: int, bytes_a_pixel: int) -> int:
    """Return the memory that :func:`draw_strips` takes beside the picture itself."""
    reach = 2 * _REACH * max(1.0, window.height / size.height) + 2
    rows = min(window.height, _STRIP_ROWS + reach + tile_size)
    before = min(rows, reach + tile_size)
    decoded = window.width * (rows + before)
    return int((decoded + size.width * rows * 2) * bytes_a_pixel)


def draw_strips(window: Window, size: Extent, paste_row: PasteRow, tiles: TileRows) -> Image.Image:
    """Return *window* of a level scaled to *size*, each row of tiles decoded once.

    It is what Pillow makes of the whole window at once, but for its rounding. *paste_row* takes a
    canvas, the number of a row of tiles, and which row of pixels of the level the canvas begins at.
    """
    picture = Image.new(tiles.mode, (size.width, size.height))
    step = window.height / size.height
    reach = _REACH * max(1.0, step) + 1
    held = _Held(window, paste_row, tiles)
    rows = max(1, int(_STRIP_ROWS / step))
    across = window.left - floor(window.left)
    for first in range(0, size.height, rows):
        last = min(first + rows, size.height)
        top, bottom = window.top + first * step, window.top + last * step
        held.slide(floor(top - reach), ceil(bottom + reach))
        box = (
            across,
            top - held.top,
            min(across + window.width, held.canvas.width),
            min(bottom - held.top, held.canvas.height),
        )
        strip = held.canvas.resize((size.width, last - first), Image.Resampling.LANCZOS, box=box)
        picture.paste(strip, (0, first))
    return picture


class _Held:
    """The rows of the level that are decoded at the moment: a canvas that slides downwards."""

    def __init__(self, window: Window, paste_row: PasteRow, tiles: TileRows) -> None:
        self._first, self._end = floor(window.top), ceil(window.top + window.height)
        self._width = ceil(window.left + window.width) - floor(window.left)
        self._paste_row, self._tiles = paste_row, tiles
        self._next = tiles.rows.start
        self.top = self._bottom = self._first
        self.canvas = Image.new(tiles.mode, (self._width, 1))

    def slide(self, top: int, bottom: int) -> None:
        """Hold the rows from *top* to *bottom*, as far as they are in the window."""
        top, bottom = max(top, self._first), min(bottom, self._end)
        if bottom <= self._bottom:
            return
        side = self._tiles.tile_size
        after = -(-bottom // side)
        below = min(after * side, self._end)
        canvas = Image.new(self._tiles.mode, (self._width, below - top))
        kept = (0, top - self.top, self._width, self._bottom - self.top)
        if kept[3] > kept[1]:
            canvas.paste(self.canvas.crop(kept), (0, 0))
        for row in range(self._next, after):
            self._paste_row(canvas, row, top)
        self.canvas, self.top, self._bottom, self._next = canvas, top, below, after
