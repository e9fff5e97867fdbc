"""What an image request has to answer, worked out a second time from the text of the specification.

Image API 3.0 §4 and 2.1.1 §4, in the plainest arithmetic: fractions, no shared code with the
service. Where the specification leaves something to the server, the rule is the one of the README:
edges of percentages and sides that are left to us round half up, sides of stored tiles and levels
round up, a number has at most ten digits and ten decimals.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, cos, floor, isqrt, radians, sin

TILE = 512
MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
    "tif": "image/tiff",
    "gif": "image/gif",
}
MOST_PIXELS_A_SIDE = {"jpg": 65_500, "gif": 65_535, "webp": 16_383, "avif": 32_768}
TURNED_CANVAS = 3  # times maxArea
_NUMBER = re.compile(r"([0-9]{1,10}(\.[0-9]{1,10})?)|(\.[0-9]{1,10})")
_WHOLE = re.compile(r"[0-9]{1,10}")
Pair = tuple[int, int]


class Refused(Exception):
    """The request has to be answered with a status other than 200."""

    def __init__(self, status: int = 400) -> None:
        super().__init__(str(status))
        self.status = status


@dataclass(frozen=True)
class Picture:
    """What has to be drawn: *box* is left, top, width and height in the full image."""

    box: tuple[int, int, int, int]
    size: Pair
    mirror: bool
    degrees: Fraction
    quality: str
    format: str

    @property
    def quarter(self) -> bool:
        return self.degrees % 90 == 0

    def canvas(self) -> tuple[float, float]:
        """Width and height after the turn, exact for quarters."""
        width, height = self.size
        if self.quarter:
            return (height, width) if self.degrees % 180 else (width, height)
        turn = radians(self.degrees)
        across, down = abs(cos(turn)), abs(sin(turn))
        return width * across + height * down, width * down + height * across


def expected(tail: str, version: int, full: Pair, max_area: int) -> Picture:
    """Return what ``region/size/rotation/quality.format``, decoded, has to draw."""
    parts = tail.split("/")
    if len(parts) != 4:
        raise Refused
    box = region(parts[0], full)
    mirror = parts[2][:1] == "!"
    degrees = number(parts[2][1:] if mirror else parts[2])
    quality, _, ending = parts[3].partition(".")
    if degrees > 360 or quality not in ("default", "color", "gray", "bitonal"):
        raise Refused
    if ending not in MEDIA_TYPES:
        raise Refused
    size = size_of(parts[1], version, box, full, max_area)
    picture = Picture(box, size, mirror, degrees % 360, quality, ending)
    canvas = picture.canvas()
    if not picture.quarter and canvas[0] * canvas[1] > TURNED_CANVAS * max_area:
        raise Refused
    if max(canvas) > MOST_PIXELS_A_SIDE.get(ending, 10**10):
        raise Refused(413)
    return picture


def number(text: str) -> Fraction:
    """Digits and at most one point; no sign, no exponent."""
    if not _NUMBER.fullmatch(text):
        raise Refused
    return Fraction("0" + text)


def whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise Refused
    return int(text)


def half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def region(text: str, full: Pair) -> tuple[int, int, int, int]:
    """§4.1; cut at the edges of the image, 400 outside of it."""
    width, height = full
    if text == "full":
        return 0, 0, width, height
    if text == "square":
        side = min(full)
        return (width - side) // 2, (height - side) // 2, side, side
    if text.startswith("pct:"):
        sides = [number(part) for part in text[4:].split(",")]
        if len(sides) != 4 or 0 in sides[2:]:
            raise Refused
        left, wide = percent_edges(sides[0], sides[2], width)
        top, high = percent_edges(sides[1], sides[3], height)
        return left, top, wide, high
    numbers = [whole(part) for part in text.split(",")]
    if len(numbers) != 4:
        raise Refused
    left, top, wide, high = numbers
    if wide == 0 or high == 0 or left >= width or top >= height:
        raise Refused
    return left, top, min(wide, width - left), min(high, height - top)


def percent_edges(start: Fraction, share: Fraction, length: int) -> Pair:
    """Both edges round, so that neighbours meet; at least one pixel is left."""
    if start >= 100:
        raise Refused
    first = min(half_up(start * length / 100), length - 1)
    last = min(max(half_up((start + share) * length / 100), first + 1), length)
    return first, last - first


def stored_sizes(box: tuple[int, int, int, int], full: Pair) -> list[tuple[int, Pair]]:
    """The scale factors at which *box* is a tile or the whole image, with its size there."""
    left, top, wide, high = box
    found = []
    factor = 1
    while True:
        side = TILE * factor
        tile = (
            left % side == 0
            and top % side == 0
            and (wide == side or (wide < side and left + wide == full[0]))
            and (high == side or (high < side and top + high == full[1]))
        )
        if tile or (wide, high) == full:
            found.append((factor, (ceil(Fraction(wide, factor)), ceil(Fraction(high, factor)))))
        if side >= max(full):
            return found
        factor *= 2


def size_of(
    text: str, version: int, box: tuple[int, int, int, int], full: Pair, max_area: int
) -> Pair:
    """§4.2: the size before the turn."""
    enlarge = version == 3 and text[:1] == "^"
    text = text[1:] if enlarge else text
    wide, high = box[2:]
    if text == "max" or (text == "full" and version == 2):
        bounds = (max_area, max_area) if enlarge else (wide, high)
        return best_fit((wide, high), bounds, max_area)
    stored = stored_sizes(box, full)
    confined = text[:1] == "!"
    if text.startswith("pct:"):
        size = by_percent(number(text[4:]), (wide, high), stored)
    else:
        size = by_pixels(text[1:] if confined else text, (wide, high), stored, both=confined)
    if confined:
        if size in [each for _, each in stored] and size[0] * size[1] <= max_area:
            return size
        bounds = size if enlarge else (min(size[0], wide), min(size[1], high))
        return best_fit((wide, high), bounds, max_area)
    # Image API 3.0: 400 without ^; 2.1.1 has sizeAboveFull for all but max and !w,h.
    if version == 3 and not enlarge and (size[0] > wide or size[1] > high):
        raise Refused
    if size[0] * size[1] > max_area:
        raise Refused
    return size


def by_percent(percent: Fraction, shape: Pair, stored: list[tuple[int, Pair]]) -> Pair:
    if percent == 0:
        raise Refused
    for factor, size in stored:
        if percent == Fraction(100, factor):
            return size
    wide, high = (max(1, half_up(side * percent / 100)) for side in shape)
    return wide, high


def by_pixels(text: str, shape: Pair, stored: list[tuple[int, Pair]], *, both: bool) -> Pair:
    left, comma, right = text.partition(",")
    given = [whole(side) if side else None for side in (left, right)]
    if not comma or 0 in given or given == [None, None] or (both and None in given):
        raise Refused
    width, height = given
    if width is None:
        known = [size[0] for _, size in stored if size[1] == height]
        return (known or [proportional(shape[0], height, shape[1])])[0], height
    if height is None:
        known = [size[1] for _, size in stored if size[0] == width]
        return width, (known or [proportional(shape[1], width, shape[0])])[0]
    return width, height


def proportional(side: int, given: int, of: int) -> int:
    return max(1, half_up(Fraction(side * given, of)))


def best_fit(shape: Pair, bounds: Pair, max_area: int) -> Pair:
    """As large as possible, of this shape, within the bounds and the area."""
    scale = min(Fraction(bounds[0], shape[0]), Fraction(bounds[1], shape[1]))
    wide, high = (
        min(bound, max(1, half_up(side * scale))) for side, bound in zip(shape, bounds, strict=True)
    )
    if wide * high <= max_area:
        return wide, high
    # The widest picture of this shape, of sides that are no whole numbers, within the area.
    wide = min(wide, max_area, max(1, isqrt(max_area * shape[0] // shape[1])))
    return wide, min(high, proportional(shape[1], wide, shape[0]), max_area // wide)
