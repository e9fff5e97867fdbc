"""Draws what a plan says from the tiles of a pack."""

import io
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import ceil, cos, floor, radians, sin
from typing import Protocol

from PIL import Image, ImageOps

from dam.errors import translate
from dam.iiif.geometry import RenderPlan
from dam.iiif.image_request import Format, Quality
from dam.iiif.tiles import Pyramid
from dam.imaging.encoding import (
    ENCODING_BYTES_A_PIXEL,
    TRANSPARENT_FORMATS,
    encode,
    require_room,
)
from dam.imaging.packs import JPEG_QUALITY, DamagedPack
from dam.imaging.resampling import Window, resample
from dam.imaging.strips import TileRows, draw_strips, in_strips, strip_bytes

_THRESHOLD = 128
_FULL_TURN = 360
_TURNS = {
    Decimal(90): Image.Transpose.ROTATE_270,  # IIIF turns clockwise, Pillow does not
    Decimal(180): Image.Transpose.ROTATE_180,
    Decimal(270): Image.Transpose.ROTATE_90,
}
_LEAST_DECODED = 16_000_000
_MOST_DECODED_FOR_DRAWN = 8
_BYTES_A_PIXEL = 4  # Pillow keeps RGB in four
_ALWAYS = 6_000_000


class TileSource(Protocol):
    """A pack to draw from; *grayscale* packs hold pictures without colours.

    Tiles in JPEG have no transparency, those in PNG have.
    """

    @property
    def pyramid(self) -> Pyramid:
        """The extent of the full picture and the size of its tiles."""
        ...

    @property
    def grayscale(self) -> bool:
        """Whether the tiles have one channel, beside their alpha."""
        ...

    def read(self, name: str) -> bytes:
        """Return the bytes of a stored tile, in the format of the pyramid."""
        ...


@dataclass(frozen=True, slots=True)
class Patch:
    """The tiles of one level that a plan touches, and what of the level it shows.

    *window* is in pixels of the level.
    """

    scale: int
    columns: range
    rows: range
    window: Window

    @property
    def tiles(self) -> int:
        """How many tiles are read and decoded."""
        return len(self.columns) * len(self.rows)


def render(plan: RenderPlan, source: TileSource, *, jpeg_quality: int = JPEG_QUALITY) -> bytes:
    """Return the picture of *plan* as a file.

    Before rotation it has exactly ``plan.size``; a rotation that is no quarter turn enlarges the
    canvas, white where the format has no transparency. Bitonal is one bit, in JPEG black and
    white of eight.

    Raises:
        DamagedPack: a tile cannot be decoded.
        TooLargeForFormat: the format cannot hold that many pixels.
    """
    require_drawable(plan)
    patch = touched(plan, source.pyramid)
    colourless = source.grayscale or plan.quality in {Quality.GRAY, Quality.BITONAL}
    alpha = "A" if source.pyramid.format is Format.PNG else ""
    mode = ("L" if colourless else "RGB") + alpha
    if not alpha and in_strips(patch.window, plan.size):
        picture = draw_strips(
            patch.window,
            plan.size,
            lambda canvas, row, top: _paste_row(patch, source, canvas, row, top),
            TileRows(mode, patch.rows, source.pyramid.tile_size),
        )
    else:
        canvas, window = _assemble(patch, source, mode)
        picture = resample(canvas, window, plan.size)
    if plan.mirror:
        picture = ImageOps.mirror(picture)
    picture = _turn(picture, plan)
    if plan.quality is Quality.BITONAL:
        picture = picture.point(lambda light: 255 if light >= _THRESHOLD else 0, "1")
    return encode(picture, plan.format, jpeg_quality)


def require_drawable(plan: RenderPlan) -> None:
    """Return if the format of *plan* has room for its picture, turned as it is asked for.

    Raises:
        TooLargeForFormat: it has not.
    """
    require_room(max(turned_size(plan)), plan.format)


def turned_size(plan: RenderPlan) -> tuple[int, int]:
    """Return width and height after the turn: whole pixels around the turned shape, as Pillow's."""
    width, height = plan.size.width, plan.size.height
    if plan.degrees % 90 == 0:
        return (height, width) if plan.degrees % 180 else (width, height)
    angle = radians(float(plan.degrees % _FULL_TURN))
    across, down = round(cos(angle), 15), round(sin(angle), 15)
    corners = [
        (x * across + y * down + width / 2, y * across - x * down + height / 2)
        for x in (-width / 2, width / 2)
        for y in (-height / 2, height / 2)
    ]
    columns, rows = zip(*corners, strict=True)
    return ceil(max(columns)) - floor(min(columns)), ceil(max(rows)) - floor(min(rows))


def touched(plan: RenderPlan, pyramid: Pyramid) -> Patch:
    """Choose the smallest level that is not smaller than *plan* needs, and its tiles.

    A picture that is squeezed in one direction only (30000 by 1 of a square) would need a large
    level for few pixels; where more than eight times what is drawn would be decoded, and more
    than 16 megapixels, a smaller level is taken.
    """
    enough = [
        scale
        for scale in pyramid.scale_factors
        if -(-plan.region.width // scale) >= plan.size.width
        and -(-plan.region.height // scale) >= plan.size.height
    ]
    drawn = plan.size.width * plan.size.height
    most_decoded = max(_LEAST_DECODED, _MOST_DECODED_FOR_DRAWN * drawn)
    first = enough[-1] if enough else 1
    patches = [_patch(plan, pyramid, scale) for scale in pyramid.scale_factors if scale >= first]
    affordable = (patch for patch in patches if patch.tiles * pyramid.tile_size**2 <= most_decoded)
    return next(affordable, patches[-1])


def tile_names(plan: RenderPlan, pyramid: Pyramid) -> tuple[str, ...]:
    """Return the names of the tiles that :func:`render` reads for *plan*."""
    patch = touched(plan, pyramid)
    places = product(patch.rows, patch.columns)
    return tuple(pyramid.tile_name(patch.scale, column, row) for row, column in places)


def peak_bytes(plan: RenderPlan, pyramid: Pyramid, *, grayscale: bool = False) -> int:
    """Estimate the memory that :func:`render` needs at once, to admit or refuse the work.

    Either decoding and scaling need most, or turning and encoding do. It is what was measured for
    noise, which compresses badly, and a tenth more.
    """
    window = touched(plan, pyramid).window
    colourless = grayscale or plan.quality in {Quality.GRAY, Quality.BITONAL}
    clear = pyramid.format is Format.PNG
    pixel = 1 + clear if colourless else _BYTES_A_PIXEL
    area = plan.size.width * plan.size.height
    if not clear and in_strips(window, plan.size):
        canvas = strip_bytes(window, plan.size, pyramid.tile_size, pixel)
    elif (window.width, window.height) == (plan.size.width, plan.size.height):
        canvas = 0  # it is the picture itself
    else:
        copies_read = 2 + clear  # once more for libvips, and once where colours are weighed
        canvas = int(window.width * window.height * copies_read * pixel)
    encoding = 1 if plan.quality is Quality.BITONAL else ENCODING_BYTES_A_PIXEL[plan.format]
    grown, copies = _turned(plan)
    finishing = area * (pixel * (copies + plan.mirror) + encoding * grown)
    return int(_ALWAYS + 1.1 * max(canvas + area * pixel, finishing))


def _turned(plan: RenderPlan) -> tuple[float, float]:
    """How many times the area has grown when the picture is turned, and is held meanwhile."""
    if plan.degrees % 90 == 0:
        return 1, 2 if plan.degrees % _FULL_TURN else 1
    angle = radians(float(plan.degrees))
    across, down = abs(cos(angle)), abs(sin(angle))
    width, height = plan.size.width, plan.size.height
    turned = (width * across + height * down) * (width * down + height * across)
    grown = turned / (width * height)
    return grown, grown + (2 if plan.format in TRANSPARENT_FORMATS else 1)


def _patch(plan: RenderPlan, pyramid: Pyramid, scale: int) -> Patch:
    region = plan.region
    side = pyramid.tile_size * scale
    return Patch(
        scale,
        range(region.x // side, -(-(region.x + region.width) // side)),
        range(region.y // side, -(-(region.y + region.height) // side)),
        Window(region.x / scale, region.y / scale, region.width / scale, region.height / scale),
    )


def _assemble(patch: Patch, source: TileSource, mode: str) -> tuple[Image.Image, Window]:
    """Decode the tiles of *patch* onto a canvas of just the pixels that are touched."""
    window = patch.window
    left, top = floor(window.left), floor(window.top)
    size = ceil(window.left + window.width) - left, ceil(window.top + window.height) - top
    canvas = Image.new(mode, size)
    for row in patch.rows:
        _paste_row(patch, source, canvas, row, top)
    return canvas, Window(window.left - left, window.top - top, window.width, window.height)


def _paste_row(patch: Patch, source: TileSource, canvas: Image.Image, row: int, top: int) -> None:
    """Decode a row of tiles onto *canvas*, which begins with row *top* of the level's pixels."""
    pyramid, left = source.pyramid, floor(patch.window.left)
    for column in patch.columns:
        content = source.read(pyramid.tile_name(patch.scale, column, row))
        corner = column * pyramid.tile_size - left, row * pyramid.tile_size - top
        canvas.paste(_decode(content, canvas.mode), corner)


def _decode(content: bytes, mode: str) -> Image.Image:
    """Decode a tile; for gray the colours of a JPEG are not even decoded."""
    with translate({OSError: DamagedPack("holds a tile that cannot be decoded")}):
        tile = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
        tile.draft(mode, tile.size)
        tile.load()
    return tile if tile.mode == mode else tile.convert(mode)


def _turn(picture: Image.Image, plan: RenderPlan) -> Image.Image:
    degrees = plan.degrees % _FULL_TURN
    if degrees == 0:
        return picture
    if quarter := _TURNS.get(degrees):
        return picture.transpose(quarter)
    background: tuple[int, ...] = (255,) * len(picture.getbands())
    if plan.format in TRANSPARENT_FORMATS and plan.quality is not Quality.BITONAL:
        picture = picture.convert("LA" if picture.mode == "L" else "RGBA")
        background = (0,) * len(picture.getbands())
    return picture.rotate(
        -float(degrees), Image.Resampling.BICUBIC, expand=True, fillcolor=background
    )
