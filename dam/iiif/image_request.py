"""Image request grammar: one path in, one value out. Spec: Image API 3.0 §4, 2.1.1 §4."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dam.errors import Malformed

# Ten digits reach far beyond any photograph and keep every later product small. Ten decimals are
# what Image API 2.1 §4 allows.
_PIXELS = r"(\d{1,10})"
_PIXEL_REGION = re.compile(",".join([_PIXELS] * 4), re.ASCII)
_PIXEL_SIZE = re.compile(r"(!?)(\d{0,10}),(\d{0,10})", re.ASCII)
_NUMBER = re.compile(r"\d{1,10}(?:\.\d{1,10})?|\.\d{1,10}", re.ASCII)
_SHOWN_CHARACTERS = 40


class BadImageRequest(Malformed):
    """The request is none that the Image API defines, or it asks for what cannot be drawn."""


class ApiVersion(StrEnum):
    """The major versions of the Image API that are spoken: 2 is 2.1.1, 3 is 3.0."""

    V2 = "2"
    V3 = "3"


class Quality(StrEnum):
    """Image API 3.0 §4.4."""

    DEFAULT = "default"
    COLOR = "color"
    GRAY = "gray"
    BITONAL = "bitonal"


class Format(StrEnum):
    """Image API 3.0 §4.5; the formats this service writes."""

    JPG = "jpg"
    PNG = "png"
    WEBP = "webp"
    AVIF = "avif"
    TIF = "tif"
    GIF = "gif"


@dataclass(frozen=True, slots=True)
class FullRegion:
    """``full``: the image without any cropping."""

    def __str__(self) -> str:
        return "full"


@dataclass(frozen=True, slots=True)
class SquareRegion:
    """``square``: as wide and high as the shorter side, centred."""

    def __str__(self) -> str:
        return "square"


@dataclass(frozen=True, slots=True)
class PixelRegion:
    """``x,y,w,h`` in pixels of the full image."""

    x: int
    y: int
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.x},{self.y},{self.width},{self.height}"


@dataclass(frozen=True, slots=True)
class PercentRegion:
    """``pct:x,y,w,h`` in hundredths of the full image."""

    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal

    def __str__(self) -> str:
        sides = (self.x, self.y, self.width, self.height)
        return f"pct:{','.join(map(number_text, sides))}"


@dataclass(frozen=True, slots=True)
class MaxSize:
    """``max``, and ``full`` of Image API 2."""

    def __str__(self) -> str:
        return "max"


@dataclass(frozen=True, slots=True)
class PercentSize:
    """``pct:n``: hundredths of the region."""

    percent: Decimal

    def __str__(self) -> str:
        return f"pct:{number_text(self.percent)}"


@dataclass(frozen=True, slots=True)
class PixelSize:
    """``w,``, ``,h``, ``w,h`` or, confined, ``!w,h``; at least one side is given."""

    width: int | None
    height: int | None
    confined: bool = False

    def __str__(self) -> str:
        return f"{'!' * self.confined}{self.width or ''},{self.height or ''}"


Region = FullRegion | SquareRegion | PixelRegion | PercentRegion
Size = MaxSize | PercentSize | PixelSize


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """What was asked for, before any image is known; ``str`` gives the end of its URI.

    *upscale* is the ``^`` of Image API 3.0; *degrees* are clockwise, from 0 to 360.
    """

    region: Region
    size: Size
    upscale: bool
    mirror: bool
    degrees: Decimal
    quality: Quality
    format: Format

    def __str__(self) -> str:
        size = f"{'^' * self.upscale}{self.size}"
        rotation = rotation_text(self.degrees, mirror=self.mirror)
        return f"{self.region}/{size}/{rotation}/{self.quality}.{self.format}"


def number_text(number: Decimal) -> str:
    """Spell *number* as Image API 3.0 §4.7 wants: digits and a point, no trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rotation_text(degrees: Decimal, *, mirror: bool) -> str:
    """Spell the rotation segment of a URI, for example ``!22.5``."""
    return f"{'!' * mirror}{number_text(degrees)}"


def split_path(path: str) -> tuple[str, str]:
    """Split ``{id}/{region}/{size}/{rotation}/{quality}.{format}`` into identifier and tail.

    *path* is percent-decoded once and has no leading slash. It is read from the right, because an
    identifier may contain slashes and WSGI hides which of them were encoded.

    Raises:
        BadImageRequest: there are fewer than five segments, or the identifier is empty.
    """
    identifier, *segments = path.rsplit("/", 4)
    if len(segments) != 4 or not identifier:
        raise BadImageRequest(
            "An image request needs five parts: identifier/region/size/rotation/quality.format."
        )
    return identifier, path[len(identifier) + 1 :]


def parse(tail: str, version: ApiVersion) -> ImageRequest:
    """Read ``{region}/{size}/{rotation}/{quality}.{format}``, percent-decoded, as a value.

    Spec: Image API 3.0 §4, 2.1.1 §4.

    Raises:
        BadImageRequest: a segment breaks the grammar of *version*, or a number is too long.
    """
    segments = tail.split("/")
    if len(segments) != 4:
        raise BadImageRequest("An image request ends in region/size/rotation/quality.format.")
    region, size, rotation, quality_and_format = segments
    quality, _, extension = quality_and_format.partition(".")
    caret = version is ApiVersion.V3 and size.startswith("^")
    return ImageRequest(
        region=parse_region(region),
        size=parse_size(size[1:] if caret else size, version),
        upscale=caret,
        mirror=rotation.startswith("!"),
        degrees=_parse_degrees(rotation.removeprefix("!")),
        quality=_parse_quality(quality),
        format=_parse_format(extension),
    )


def parse_region(text: str) -> Region:
    """Read the region segment. Spec: Image API 3.0 §4.1.

    Raises:
        BadImageRequest: none of the four forms, or a side of zero.
    """
    if text == "full":
        return FullRegion()
    if text == "square":
        return SquareRegion()
    if text.startswith("pct:"):
        numbers = tuple(_number(part) for part in text[4:].split(","))
        if len(numbers) != 4 or not numbers[2] or not numbers[3]:
            raise _refused_region(text)
        return PercentRegion(*numbers)
    match = _PIXEL_REGION.fullmatch(text)
    if match is None:
        raise _refused_region(text)
    x, y, width, height = map(int, match.groups())
    if not width or not height:
        raise _refused_region(text)
    return PixelRegion(x, y, width, height)


def parse_size(text: str, version: ApiVersion) -> Size:
    """Read the size segment without its caret. Spec: Image API 3.0 §4.2, 2.1.1 §4.2.

    Raises:
        BadImageRequest: none of the forms of *version*, or a side of zero.
    """
    if text == "max" or (text == "full" and version is ApiVersion.V2):
        return MaxSize()
    if text.startswith("pct:"):
        percent = _number(text[4:])
        if not percent:
            raise _refused_size(text, version)
        return PercentSize(percent)
    match = _PIXEL_SIZE.fullmatch(text)
    if match is None:
        raise _refused_size(text, version)
    confined, *sides = match.groups()
    width, height = (int(side) if side else None for side in sides)
    one_is_missing = width is None or height is None
    if 0 in (width, height) or sides == ["", ""] or (confined and one_is_missing):
        raise _refused_size(text, version)
    return PixelSize(width, height, confined=bool(confined))


def _parse_degrees(text: str) -> Decimal:
    degrees = _number(text)
    if degrees > 360:
        raise BadImageRequest(f"The rotation {_shown(text)} is more than 360 degrees.")
    return degrees


def _parse_quality(text: str) -> Quality:
    try:
        return Quality(text)
    except ValueError:
        raise BadImageRequest(
            f"The quality {_shown(text)} is not known; ask for {', '.join(Quality)}."
        ) from None


def _parse_format(text: str) -> Format:
    try:
        return Format(text)
    except ValueError:
        raise BadImageRequest(
            f"The format {_shown(text)} is not written here; ask for {', '.join(Format)}."
        ) from None


def _number(text: str) -> Decimal:
    if _NUMBER.fullmatch(text) is None:
        raise BadImageRequest(
            f"{_shown(text)} is not a number; use at most ten digits and ten decimals, no sign."
        )
    return Decimal(text)


def _refused_region(text: str) -> BadImageRequest:
    return BadImageRequest(
        f"The region {_shown(text)} is not one of full, square, x,y,w,h or pct:x,y,w,h"
        " with a width and height above zero."
    )


def _refused_size(text: str, version: ApiVersion) -> BadImageRequest:
    forms = "max, w, ,h pct:n w,h or !w,h"
    if version is ApiVersion.V3:
        forms += " (with ^ before it to enlarge)"
    return BadImageRequest(f"The size {_shown(text)} is not one of {forms} with sides above zero.")


def _shown(text: str) -> str:
    """Quote what was sent, short and in ASCII, so that it fits into one sentence."""
    return ascii(text[:_SHOWN_CHARACTERS])
