"""The decoders of the extras, and which of them reads a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyvips

from dam.imaging import camera_raw, heif, htj2k, jpeg_xl
from dam.imaging.extras import is_installed
from dam.imaging.header import Header
from dam.imaging.opening import Decoder
from dam.imaging.signatures import MasterFormat

# What they raise for a file that they cannot read.
FAULTS = (ValueError, RuntimeError, EOFError, SyntaxError, OSError, TypeError, IndexError)


@dataclass(frozen=True, slots=True)
class Codec:
    """How one decoder reads the header, and how it opens the pixels, upright."""

    read_header: Callable[[Path], Header]
    open_pixels: Callable[[Path], pyvips.Image]


_HTJ2K = Codec(htj2k.read_header, htj2k.open_pixels)
_CODECS: Mapping[tuple[Decoder, MasterFormat], Codec] = {
    (Decoder.PI_HEIF, MasterFormat.HEIC): Codec(heif.read_header, heif.open_pixels),
    (Decoder.RAWPY, MasterFormat.CAMERA_RAW): Codec(camera_raw.read_header, camera_raw.open_pixels),
    (Decoder.IMAGECODECS, MasterFormat.JPEG_XL): Codec(jpeg_xl.read_header, jpeg_xl.open_pixels),
    (Decoder.IMAGECODECS, MasterFormat.JPEG2000): _HTJ2K,
}
_ONLY = {
    MasterFormat.HEIC: Decoder.PI_HEIF,
    MasterFormat.CAMERA_RAW: Decoder.RAWPY,
    MasterFormat.JPEG_XL: Decoder.IMAGECODECS,
}


def of(decoder: Decoder, format_: MasterFormat) -> Codec | None:
    """Return the codec, or None when libvips or Pillow is the decoder."""
    return _CODECS.get((decoder, format_))


def choose(path: Path, format_: MasterFormat) -> Decoder | None:
    """Return the decoder of an extra that is to read *path*, or None when none is needed.

    HTJ2K goes to imagecodecs where that is installed, and to Pillow where it is not.
    """
    if format_ is MasterFormat.JPEG2000 and htj2k.is_for_us(path) and is_installed("imagecodecs"):
        return Decoder.IMAGECODECS
    return _ONLY.get(format_)
