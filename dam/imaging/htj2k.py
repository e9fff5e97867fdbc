"""High-throughput JPEG 2000 (ISO/IEC 15444-15), through imagecodecs (OpenJPH).

Without the extra Pillow reads it too, ten times slower and with eight bits.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import pyvips

from dam.iiif.geometry import Extent
from dam.imaging.boxes import content_of
from dam.imaging.extras import library
from dam.imaging.header import Header, colour_words
from dam.imaging.in_memory import image_of, stretched
from dam.imaging.jpeg2000 import embedded_profile
from dam.imaging.opening import Decoder
from dam.imaging.signatures import MasterFormat

_START = b"\xff\x4f\xff\x51"
_MOST_HEADER_BYTES = 64 * 1024
_HIGH_THROUGHPUT = 0x4000
_SIZ = struct.Struct(">4x2xH8L H")
_PALETTE = b"pclr"
_PLAIN_COLOURS = {16, 17}  # sRGB and gray (ISO/IEC 15444-1 §I.5.3.3)


@dataclass(frozen=True, slots=True)
class Codestream:
    """The SIZ segment (ISO/IEC 15444-1 §A.5.1): sides, and the bits of each component."""

    width: int
    height: int
    components: int
    bits: int
    plain: bool


def is_for_us(path: Path) -> bool:
    """Say whether *path* is HTJ2K of one, three or four equal components without a palette."""
    found = _parse(_codestream(path))
    return found is not None and found.plain and _has_plain_colours(path)


def read_header(path: Path) -> Header:
    """Return what *path* is.

    Raises:
        CODEC_FAULTS: it cannot be read.
    """
    found = _required(path)
    space = "gray" if found.components < 3 else "RGB"
    words, notes = colour_words(space, embedded_profile(path))
    return Header(
        stored=Extent(found.width, found.height),
        orientation=1,
        pages=1,
        bits=found.bits,
        bands=found.components,
        has_alpha=found.components in {2, 4},
        space=space,
        colour=words,
        streamed=False,
        notes=notes,
        decoder=Decoder.IMAGECODECS,
    )


def open_pixels(path: Path) -> pyvips.Image:
    """Return the picture, decoded, in 8 or 16 bits, with its ICC profile attached.

    Raises:
        MissingDecoder: imagecodecs is not installed.
        CODEC_FAULTS: it cannot be decoded to its end.
    """
    imagecodecs = library("imagecodecs", MasterFormat.JPEG2000)
    found = _required(path)
    pixels = imagecodecs.htj2k_decode(path.read_bytes(), planar=False)
    deep = pixels.dtype.itemsize == 2
    height, width = pixels.shape[:2]
    bands = pixels.shape[2] if pixels.ndim == 3 else 1
    if (width, height, bands) != (found.width, found.height, found.components):
        raise ValueError("its size differs from what its header says")
    profile = embedded_profile(path)
    image = image_of(
        memoryview(pixels).cast("B"), (width, height), bands, deep=deep, profile=profile
    )
    return stretched(image, found.bits)


def _codestream(path: Path) -> bytes:
    with path.open("rb") as file:
        head = file.read(_MOST_HEADER_BYTES)
        if head.startswith(_START):
            return head
        return content_of(file, b"jp2c", _MOST_HEADER_BYTES) or b""


def _required(path: Path) -> Codestream:
    found = _parse(_codestream(path))
    if found is None:
        raise ValueError("there is no codestream in it")
    return found


def _parse(content: bytes) -> Codestream | None:
    """Return the SIZ segment, or None when it is not that of HTJ2K."""
    if not content.startswith(_START) or len(content) < _SIZ.size:
        return None
    capabilities, x, y, x0, y0, *_, components = _SIZ.unpack_from(content)
    parts = content[_SIZ.size : _SIZ.size + 3 * components]
    if not capabilities & _HIGH_THROUGHPUT or len(parts) < 3 * components:
        return None
    equal = len({parts[at : at + 3] for at in range(0, len(parts), 3)}) == 1
    depth = parts[0] if parts else 0
    bits = (depth & 0x7F) + 1
    whole_samples = equal and parts[1:3] == b"\1\1"
    plain = whole_samples and depth < 0x80 and bits <= 16 and components in {1, 3, 4}
    return Codestream(x - x0, y - y0, components, bits, plain)


def _has_plain_colours(path: Path) -> bool:
    """Say whether the boxes, where there are some, name sRGB, gray or an ICC profile."""
    with path.open("rb") as file:
        header = content_of(file, b"jp2h", _MOST_HEADER_BYTES)
    if header is None:
        return True
    at = header.find(b"colr")
    if at < 0 or _PALETTE in header:
        return False
    method, number = header[at + 4], int.from_bytes(header[at + 7 : at + 11], "big")
    return method == 2 or (method == 1 and number in _PLAIN_COLOURS)
