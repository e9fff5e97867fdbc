"""Draws what a plan says from the tiles of a pack."""

import io
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from typing import Protocol

from PIL import Image, ImageOps

from dam.errors import translate
from dam.iiif.geometry import RenderPlan
from dam.iiif.image_request import Format, Quality
from dam.iiif.tiles import Pyramid
from dam.imaging.encoding import TRANSPARENT_FORMATS, encode, require_room
from dam.imaging.packs import JPEG_QUALITY, DamagedPack
from dam.imaging.resampling import Window, resample

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
    require_room(max(plan.size.width, plan.size.height), plan.format)
    patch = touched(plan, source.pyramid)
    colourless = source.grayscale or plan.quality in {Quality.GRAY, Quality.BITONAL}
    alpha = "A" if source.pyramid.format is Format.PNG else ""
    canvas, window = _assemble(patch, source, ("L" if colourless else "RGB") + alpha)
    picture = resample(canvas, window, plan.size)
    if plan.mirror:
        picture = ImageOps.mirror(picture)
    picture = _turn(picture, plan)
    if plan.quality is Quality.BITONAL:
        picture = picture.point(lambda light: 255 if light >= _THRESHOLD else 0, "1")
    return encode(picture, plan.format, jpeg_quality)


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


def peak_bytes(plan: RenderPlan, pyramid: Pyramid) -> int:
    """Estimate the memory that :func:`render` needs at once, to admit or refuse the work."""
    window = touched(plan, pyramid).window
    area = max(plan.size.width * plan.size.height, 1)
    turned = 1 if plan.degrees % 90 == 0 else 2
    copies = 3 if pyramid.format is Format.PNG else 2  # colours are weighed by their alpha
    return int(_BYTES_A_PIXEL * (copies * window.width * window.height + (1 + 2 * turned) * area))


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
    pyramid = source.pyramid
    for row in patch.rows:
        for column in patch.columns:
            content = source.read(pyramid.tile_name(patch.scale, column, row))
            corner = column * pyramid.tile_size - left, row * pyramid.tile_size - top
            canvas.paste(_decode(content, mode), corner)
    return canvas, Window(window.left - left, window.top - top, window.width, window.height)


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
