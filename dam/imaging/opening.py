"""Opens a file as a libvips image, through libvips where it can and through Pillow where not."""

import struct
from enum import StrEnum
from pathlib import Path

import pyvips
from PIL import Image, PsdImagePlugin, UnidentifiedImageError

from dam.imaging import colour
from dam.imaging.jpeg2000 import embedded_profile
from dam.imaging.signatures import MasterFormat

PILLOW_FAULTS = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,  # Pillow's own word for a file that breaks its format
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    struct.error,
)


class Decoder(StrEnum):
    """Who reads a master."""

    LIBVIPS = "libvips"
    PILLOW = "Pillow"
    PI_HEIF = "pi-heif"
    RAWPY = "rawpy"
    IMAGECODECS = "imagecodecs"


class Strictness(StrEnum):
    """At what the decoder gives up; the values are those of libvips' ``fail_on``."""

    HEADER = "none"
    DAMAGED = "error"  # truncated data, and what cannot be decoded
    SUSPICIOUS = "warning"  # also what the decoder could mend or pass over


_LOADERS = {
    MasterFormat.JPEG: "jpegload",
    MasterFormat.TIFF: "tiffload",
    MasterFormat.PNG: "pngload",
    MasterFormat.WEBP: "webpload",
    MasterFormat.AVIF: "heifload",
    MasterFormat.GIF: "gifload",
}
_PILLOW_NAMES = {
    MasterFormat.JPEG2000: "JPEG2000",
    MasterFormat.PSD: "PSD",
    MasterFormat.TIFF: "TIFF",
}
_READY_MODES = {
    "L": ("uchar", "b-w"),
    "LA": ("uchar", "b-w"),
    "RGB": ("uchar", "srgb"),
    "RGBA": ("uchar", "srgb"),
    "CMYK": ("uchar", "cmyk"),
    "I;16": ("ushort", "grey16"),
}
_CONVERSIONS = {"1": "L", "PA": "RGBA", "RGBX": "RGB", "YCbCr": "RGB", "I;16B": "I;16"}


def open_with_libvips(path: Path, format_: MasterFormat, strictness: Strictness) -> pyvips.Image:
    """Return the first picture of *path*, as stored, to be read once from top to bottom.

    Raises:
        pyvips.Error: the header cannot be read; what follows it fails while it is decoded.
        KeyError: libvips does not read this format here.
    """
    return pyvips.Operation.call(
        _LOADERS[format_], str(path), access="sequential", fail_on=strictness.value
    )


def libvips_reads(format_: MasterFormat) -> bool:
    """Say whether libvips has a loader for *format_* in the wheel that is used here."""
    return format_ in _LOADERS


def open_header_with_pillow(path: Path, format_: MasterFormat) -> Image.Image:
    """Return the picture with nothing decoded yet; the caller closes it.

    Raises:
        PILLOW_FAULTS: it cannot be read.
    """
    return Image.open(path, formats=(_PILLOW_NAMES[format_],))


def open_with_pillow(path: Path, format_: MasterFormat) -> pyvips.Image:
    """Return the picture, decoded into memory, with its ICC profile attached.

    Raises:
        PILLOW_FAULTS: it cannot be decoded to its end.
    """
    with open_header_with_pillow(path, format_) as picture:
        picture.load()
        image = _to_libvips(picture)
        profile = profile_with_pillow(picture, path)
    return colour.attach_profile(image, profile) if profile else image


def profile_with_pillow(picture: Image.Image, path: Path) -> bytes | None:
    """Return the ICC profile that belongs to *picture*, opened from *path*."""
    if picture.format == "JPEG2000":
        return embedded_profile(path)
    profile: bytes | None = picture.info.get("icc_profile")
    return profile


def has_flat_picture(picture: Image.Image) -> bool:
    """Say whether a Photoshop document holds its layers merged, which is a choice when saving."""
    if not isinstance(picture, PsdImagePlugin.PsdImageFile):
        return True
    versions = [content for number, _, content in picture.resources if number == 1057]
    return not versions or versions[0][4:5] != b"\0"


def _to_libvips(picture: Image.Image) -> pyvips.Image:
    if picture.mode == "LAB":
        return _lab_to_libvips(picture)
    if picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    elif picture.mode not in _READY_MODES:
        picture = picture.convert(_CONVERSIONS.get(picture.mode, "RGB"))
    format_, interpretation = _READY_MODES[picture.mode]
    image = pyvips.Image.new_from_memory(
        picture.tobytes(), picture.width, picture.height, len(picture.getbands()), format_
    )
    return image.copy(interpretation=interpretation)


def _lab_to_libvips(picture: Image.Image) -> pyvips.Image:
    """Pillow keeps a and b as signed bytes, lightness as 0 to 255."""
    stored = pyvips.Image.new_from_memory(
        picture.tobytes(), picture.width, picture.height, 3, "uchar"
    )
    shifted = (stored ^ [0, 128, 128]).cast("float")
    lab = shifted * [100 / 255, 1, 1] - [0, 128, 128]
    return lab.cast("float").copy(interpretation="lab")
