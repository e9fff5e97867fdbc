"""JPEG XL pictures, through imagecodecs (libjxl), which decodes and does not read headers.

The header of the codestream is read here (ISO/IEC 18181-1 §6 and annex D), so that sizes are
known before anything is decoded. The decoder turns the picture upright.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyvips

from dam.iiif.geometry import Extent
from dam.imaging.boxes import content_of
from dam.imaging.extras import library
from dam.imaging.header import Header, colour_words
from dam.imaging.in_memory import built_in_profile, image_of, stretched
from dam.imaging.opening import Decoder
from dam.imaging.signatures import MasterFormat

_SIGNATURE = b"\xff\x0a"
_MOST_HEADER_BYTES = 4096
_RATIOS = {1: (1, 1), 2: (12, 10), 3: (4, 3), 4: (3, 2), 5: (16, 9), 6: (5, 4), 7: (2, 1)}
_ALPHA, _GRAY, _DISPLAY_P3 = 0, 1, 11
_STRAIGHT_BELOW = 0.0031308
_LINEAR, _PQ, _HLG = 8, 16, 18
_OPAQUE_PROFILE = "Its colour profile cannot be read here; sRGB was assumed."
_HDR = "An HDR picture; its brightest parts are shown as they fit the screen."


@dataclass(frozen=True, slots=True)
class Codestream:
    """The fields of a codestream's header that matter here; *orientation* is EXIF's 1 to 8."""

    width: int
    height: int
    orientation: int = 1
    bits: int = 8
    floating: bool = False
    extra_channels: int = 0
    has_alpha: bool = False
    gray: bool = False
    primaries: int = 1
    transfer: int = 13
    opaque_profile: bool = False


def read_header(path: Path) -> Header:
    """Return what *path* is, turned upright.

    Raises:
        MissingDecoder: imagecodecs is not installed.
        CODEC_FAULTS: it cannot be read.
    """
    library("imagecodecs", MasterFormat.JPEG_XL)
    found = parse(_codestream(path))
    space = "gray" if found.gray else "RGB"
    words, notes = colour_words(space, _profile(found))
    if found.opaque_profile:
        notes += (_OPAQUE_PROFILE,)
    if found.transfer in {_PQ, _HLG}:
        notes += (_HDR,)
    if found.extra_channels > found.has_alpha:
        notes += ("Channels beside the colours are left out.",)
    turned = found.orientation >= 5
    sides = (found.height, found.width) if turned else (found.width, found.height)
    return Header(
        stored=Extent(*sides),
        orientation=1,
        pages=1,
        bits=found.bits,
        bands=(1 if found.gray else 3) + found.has_alpha,
        has_alpha=found.has_alpha,
        space=space,
        colour=words,
        streamed=False,
        notes=notes,
        decoder=Decoder.IMAGECODECS,
    )


def open_pixels(path: Path) -> pyvips.Image:
    """Return the picture, decoded and upright, in 8 or 16 bits.

    Raises:
        MissingDecoder: imagecodecs is not installed.
        CODEC_FAULTS: it cannot be decoded to its end.
    """
    imagecodecs = library("imagecodecs", MasterFormat.JPEG_XL)
    found = parse(_codestream(path))
    pixels = imagecodecs.jpegxl_decode(path.read_bytes(), index=0, numthreads=1)
    if pixels.dtype.kind == "f":
        pixels = (pixels.clip(0, 1) * 65535 + 0.5).astype("uint16")
    deep = pixels.dtype.itemsize == 2
    height, width = pixels.shape[:2]
    bands = pixels.shape[2] if pixels.ndim == 3 else 1
    image = image_of(
        memoryview(pixels).cast("B"), (width, height), bands, deep=deep, profile=_profile(found)
    )
    return _as_srgb(stretched(image, found.bits), found)


def _as_srgb(image: pyvips.Image, found: Codestream) -> pyvips.Image:
    """Give light that was stored as it is the curve that screens expect (IEC 61966-2-1)."""
    if found.transfer != _LINEAR:
        return image
    deep = image.format == "ushort"
    most = 65535 if deep else 255
    light = pyvips.Image.identity(ushort=deep).cast("float") / most
    curve = (light <= _STRAIGHT_BELOW).ifthenelse(light * 12.92, light ** (1 / 2.4) * 1.055 - 0.055)
    curve = (curve * most + 0.5).cast(image.format)
    colours = 1 if found.gray else 3
    shown = image.extract_band(0, n=colours).maplut(curve)
    if image.bands > colours:
        shown = shown.bandjoin(image.extract_band(colours, n=image.bands - colours))
    return shown.copy(interpretation=image.interpretation)


def _codestream(path: Path) -> bytes:
    """Return the first bytes of the codestream, bare or in a container (ISO/IEC 18181-2 §9)."""
    with path.open("rb") as file:
        if file.read(2) == _SIGNATURE:
            file.seek(0)
            return file.read(_MOST_HEADER_BYTES)
        whole = content_of(file, b"jxlc", _MOST_HEADER_BYTES)
        if whole is not None:
            return whole
        part = content_of(file, b"jxlp", _MOST_HEADER_BYTES)
        if part is None:
            raise ValueError("there is no codestream in it")
        return part[4:]


def _profile(found: Codestream) -> bytes | None:
    return built_in_profile("p3") if found.primaries == _DISPLAY_P3 else None


class _Bits:
    """Reads numbers from the lowest bit upwards (annex B)."""

    def __init__(self, content: bytes) -> None:
        self._number = int.from_bytes(content, "little")
        self._left = 8 * len(content)

    def take(self, count: int) -> int:
        if count > self._left:
            raise ValueError("its header ends too early")
        value = self._number & ((1 << count) - 1)
        self._number >>= count
        self._left -= count
        return value

    def flag(self) -> bool:
        return bool(self.take(1))

    def choose(self, *choices: tuple[int, int]) -> int:
        """U32: two bits choose an offset and the count of bits that are added to it (§B.2.1)."""
        offset, count = choices[self.take(2)]
        return offset + self.take(count)

    def enumerated(self) -> int:
        """Enum (§B.2.5)."""
        return self.choose((0, 0), (1, 0), (2, 4), (18, 6))


def parse(content: bytes) -> Codestream:
    """Return the header at the start of a codestream.

    Raises:
        ValueError: it is none, or ends too early.
    """
    if content[:2] != _SIGNATURE:
        raise ValueError("there is no codestream in it")
    bits = _Bits(content[2:])
    width, height = _size(bits)
    if bits.flag():  # all_default
        return Codestream(width, height)
    orientation = _extra_fields(bits) if bits.flag() else 1
    floating, depth = _bit_depth(bits)
    bits.flag()  # modular_16bit_buffers
    kinds = [_extra_channel(bits) for _ in range(bits.choose((0, 0), (1, 0), (2, 4), (1, 12)))]
    bits.flag()  # xyb_encoded
    gray, primaries, transfer, opaque = _colour_encoding(bits)
    return Codestream(
        width, height, orientation, depth, floating, len(kinds), _ALPHA in kinds,
        gray, primaries, transfer, opaque,
    )  # fmt: skip


def _size(bits: _Bits) -> tuple[int, int]:
    """SizeHeader (§D.2): sides in eights or in full, the width perhaps by a ratio."""
    if bits.flag():
        return _sides(bits, lambda: (bits.take(5) + 1) * 8)
    return _sides(bits, lambda: bits.choose((1, 9), (1, 13), (1, 18), (1, 30)))


def _sides(bits: _Bits, side: Callable[[], int]) -> tuple[int, int]:
    height = side()
    ratio = bits.take(3)
    if ratio == 0:
        return side(), height
    over, under = _RATIOS[ratio]
    return height * over // under, height


def _preview(bits: _Bits) -> None:
    """PreviewHeader (§D.4)."""
    if bits.flag():
        _sides(bits, lambda: bits.choose((16, 0), (32, 0), (1, 5), (33, 9)) * 8)
    else:
        _sides(bits, lambda: bits.choose((1, 6), (65, 8), (321, 10), (1345, 12)))


def _extra_fields(bits: _Bits) -> int:
    """Orientation, intrinsic size, preview, animation (§D.3)."""
    orientation = bits.take(3) + 1
    if bits.flag():
        _size(bits)
    if bits.flag():
        _preview(bits)
    if bits.flag():
        bits.choose((100, 0), (1000, 0), (1, 10), (1, 30))
        bits.choose((1, 0), (1001, 0), (1, 8), (1, 10))
        bits.choose((0, 0), (0, 3), (0, 16), (0, 32))
        bits.flag()
    return orientation


def _bit_depth(bits: _Bits) -> tuple[bool, int]:
    """BitDepth (§D.3.4)."""
    if not bits.flag():
        return False, bits.choose((8, 0), (10, 0), (12, 0), (1, 6))
    depth = bits.choose((32, 0), (16, 0), (24, 0), (1, 6))
    bits.take(4)
    return True, depth


def _extra_channel(bits: _Bits) -> int:
    """ExtraChannelInfo (§D.3.6): return its kind; 0 is alpha."""
    if bits.flag():
        return _ALPHA
    kind = bits.enumerated()
    _bit_depth(bits)
    bits.choose((0, 0), (3, 0), (4, 0), (1, 3))
    for _ in range(bits.choose((0, 0), (0, 4), (16, 5), (48, 10))):
        bits.take(8)
    if kind == _ALPHA:
        bits.flag()
    elif kind == 2:  # a spot colour: four half floats
        bits.take(64)
    elif kind == 5:  # the number of a filter of the sensor
        bits.choose((1, 0), (0, 2), (3, 4), (19, 8))
    return kind


def _colour_encoding(bits: _Bits) -> tuple[bool, int, int, bool]:
    """ColourEncoding (§E.2): gray, primaries, transfer function, and whether it is a profile."""
    if bits.flag():
        return False, 1, 13, False
    opaque = bits.flag()
    space = bits.enumerated()
    if opaque:
        return space == _GRAY, 1, 13, True
    primaries, transfer = 1, 13
    if space != 2:  # XYB has a white of its own
        if bits.enumerated() == 2:
            _customs(bits, 1)
        if space != _GRAY:
            primaries = bits.enumerated()
            if primaries == 2:
                _customs(bits, 3)
    if not bits.flag():
        transfer = bits.enumerated()
    return space == _GRAY, primaries, transfer, False


def _customs(bits: _Bits, points: int) -> None:
    for _ in range(2 * points):
        bits.choose((0, 19), (524288, 19), (1048576, 20), (2097152, 21))
