"""The sizes of a server that rounds down where the specification lets it, as iiif-processor does.

Image API 3.0 §4.7: "the rounding method is implementation specific".
"""

from fractions import Fraction
from math import floor

from spec_oracle import Pair, Picture, Refused, half_up, number, region, whole

Box = tuple[int, int, int, int]


def rounded_down(tail: str, full: Pair) -> Picture:
    """Return what is drawn of a well-formed *tail* without any limit, where pixels are dropped."""
    region_text, size_text, rotation, ending = tail.split("/")
    box = _region(region_text, full)
    quality, _, format_ = ending.partition(".")
    size = _size(size_text.removeprefix("^"), box)
    degrees = number(rotation.removeprefix("!")) % 360
    return Picture(box, size, rotation.startswith("!"), degrees, quality, format_)


def _region(text: str, full: Pair) -> Box:
    if not text.startswith("pct:"):
        return region(text, full)
    shares = [number(part) / 100 for part in text[4:].split(",")]
    left, wide = floor(full[0] * shares[0]), floor(full[0] * shares[2])
    top, high = floor(full[1] * shares[1]), floor(full[1] * shares[3])
    return _above_zero(left, top, min(wide, full[0] - left), min(high, full[1] - top))


def _above_zero(left: int, top: int, wide: int, high: int) -> Box:
    if wide < 1 or high < 1:
        raise Refused
    return left, top, wide, high


def _size(text: str, box: Box) -> Pair:
    wide, high = box[2:]
    if text in ("max", "full"):
        return wide, high
    if text.startswith("!"):
        width, height = (whole(side) for side in text[1:].split(","))
        scale = min(Fraction(width, wide), Fraction(height, high))
        return max(1, half_up(wide * scale)), max(1, half_up(high * scale))
    if text.startswith("pct:"):
        width, height = floor(wide * number(text[4:]) / 100), 0
    else:
        width, height = (whole(side) if side else 0 for side in text.split(","))
    width = width or height * wide // high
    height = height or width * high // wide
    if width < 1 or height < 1:
        raise Refused
    return width, height
