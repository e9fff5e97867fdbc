"""Whether a picture shows what was asked for, of a master whose colours say where one is."""

import io
from collections.abc import Iterator
from math import cos, floor, radians, sin

from PIL import Image, ImageStat
from spec_oracle import MEDIA_TYPES, Picture

# Light that may be missing: two generations of JPEG, 256 colours, one bit.
_TOLERANCE = {"gif": 42, "jpg": 9, "webp": 9}
_USUAL_TOLERANCE = 9
_MEAN_TOLERANCE = {"gif": 14}
_USUAL_MEAN_TOLERANCE = 4
_BLOCK = 24  # below, a picture is all edge for the blocks of JPEG and WebP
_MORE_IN_A_BLOCK = 12
_BLOCK_SIDE = 8
_SHARE_OF_A_PIXEL = 0.7
_LEAST_TURNED = 12
_BLUE = 128


def check_picture(body: bytes, wanted: Picture, full: tuple[int, int], target: str) -> None:
    """Decode the answer: its format, its dimensions, and whether it shows the right place."""
    shown = Image.open(io.BytesIO(body))
    assert MEDIA_TYPES[wanted.format] == Image.MIME[shown.format], target
    across, down = wanted.canvas()
    if wanted.quarter:
        assert shown.size == (across, down), (target, shown.size, wanted)
    else:  # a turned picture is drawn on whole pixels around the turned shape
        assert 0 <= shown.width - across < 3 and 0 <= shown.height - down < 3, (target, shown.size)
        if min(wanted.size) < _LEAST_TURNED:
            return  # a strip that is turned is all edge
    if wanted.quarter and wanted.quality != "bitonal":
        _check_mean(shown, wanted, full, target)
    pixels = shown.convert("RGBA")
    for place, light in places(wanted, full, shown.size):
        found = pixels.getpixel(place)
        assert agrees(found, light, wanted, full), (target, place, found, light)


def _check_mean(shown: Image.Image, wanted: Picture, full: tuple[int, int], target: str) -> None:
    """The mean is that of the middle, as light grows evenly; it knows little of blocks."""
    mean = ImageStat.Stat(shown.convert("RGB")).mean
    left, top, wide, high = wanted.box
    light = light_at(left + wide / 2, top + high / 2, full)
    if wanted.quality == "gray":
        light = (gray_of(light),) * 3
    tolerance = _MEAN_TOLERANCE.get(wanted.format, _USUAL_MEAN_TOLERANCE)
    if min(wanted.size) < _BLOCK:  # the mean of few pixels evens out nothing of two JPEGs
        tolerance = max(tolerance, _USUAL_TOLERANCE)
    tolerance += step_of(wanted, full) * _SHARE_OF_A_PIXEL / 4
    assert all(abs(found - must) <= tolerance for found, must in zip(mean, light, strict=True)), (
        target,
        mean,
        light,
    )


def places(
    wanted: Picture, full: tuple[int, int], canvas: tuple[int, int]
) -> Iterator[tuple[tuple[int, int], tuple[float, float, float]]]:
    """Yield pixels of the answer: its middle and four around it, with the light they must have."""
    left, top, wide, high = wanted.box
    turn = radians(float(wanted.degrees))
    # A corner that shares a block of a JPEG with the white beside a turned picture rings.
    inside = 0 if wanted.quarter else _BLOCK_SIDE
    for right, below in ((0, 0), (-1, -1), (1, -1), (-1, 1), (1, 1)):
        x, y = (
            sign * max(0, min(0.4 * side, side / 2 - inside))
            for sign, side in zip((right, below), wanted.size, strict=True)
        )
        # Clockwise, with y downwards.
        turned = (x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn))
        place = tuple(
            min(side - 1, max(0, floor(side / 2 + moved)))
            for side, moved in zip(canvas, turned, strict=True)
        )
        # The middle of that pixel, back in the picture before the turn and the mirror.
        away = tuple(at + 0.5 - side / 2 for at, side in zip(place, canvas, strict=True))
        x = away[0] * cos(turn) + away[1] * sin(turn)
        y = -away[0] * sin(turn) + away[1] * cos(turn)
        x = -x if wanted.mirror else x
        yield (
            place,
            light_at(
                left + wide * (0.5 + x / wanted.size[0]),
                top + high * (0.5 + y / wanted.size[1]),
                full,
            ),
        )


def light_at(x: float, y: float, full: tuple[int, int]) -> tuple[float, float, float]:
    """The colour of the master at a place between its pixels."""
    across = (min(max(x - 0.5, 0), full[0] - 1)) * 255 / max(1, full[0] - 1)
    down = (min(max(y - 0.5, 0), full[1] - 1)) * 255 / max(1, full[1] - 1)
    return across, down, _BLUE


def step_of(wanted: Picture, full: tuple[int, int]) -> float:
    """How much light changes from one pixel of the answer to the next."""
    spans = zip(wanted.box[2:], wanted.size, full, strict=True)
    return max(255 * part / side / max(1, whole - 1) for part, side, whole in spans if whole > 1)


def gray_of(light: tuple[float, float, float]) -> float:
    return 0.299 * light[0] + 0.587 * light[1] + 0.114 * light[2]


def tolerance_of(wanted: Picture, full: tuple[int, int]) -> float:
    """How much light may differ; more where one pixel of the answer spans many of the master."""
    step = step_of(wanted, full)
    usual = _TOLERANCE.get(wanted.format, _USUAL_TOLERANCE)
    if wanted.format in _TOLERANCE and min(wanted.size) < _BLOCK:
        usual += _MORE_IN_A_BLOCK
    # Beside the white around a turned picture the blocks of a JPEG ring.
    return (usual if wanted.quarter else 2 * usual) + step * _SHARE_OF_A_PIXEL


def agrees(
    found: tuple[int, ...],
    light: tuple[float, float, float],
    wanted: Picture,
    full: tuple[int, int],
) -> bool:
    """Say whether a pixel has the light that it must have, as far as the format can hold it."""
    tolerance = tolerance_of(wanted, full)
    if wanted.quality in {"gray", "bitonal"}:
        gray = gray_of(light)
        if wanted.quality == "gray":
            return all(abs(band - gray) <= tolerance for band in found[:3])
        side = 255 if gray > tolerance + 128 else 0 if gray < 128 - tolerance else None
        return side is None or all(abs(band - side) <= _TOLERANCE["gif"] for band in found[:3])
    return all(abs(band - must) <= tolerance for band, must in zip(found, light, strict=False))
