"""HEIC and HEIF pictures, through pi-heif (libheif with a decoder and no encoder).

The picture is turned and mirrored by the decoder, as its boxes ``irot`` and ``imir`` say (ISO
23008-12 §6.5.10); the orientation in its EXIF repeats that and is left alone.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyvips

from dam.iiif.geometry import Extent
from dam.imaging.extras import library
from dam.imaging.header import Header, colour_words
from dam.imaging.in_memory import built_in_profile, image_of, without_padding
from dam.imaging.opening import Decoder
from dam.imaging.signatures import MasterFormat

# bands of each mode of pi-heif; of the deep ones it makes 16 bits, whatever the file has
_BANDS = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4, "RGBa": 4}
_DEEP = {"I;16": 1, "I;16L": 1, "LA;16": 2, "RGB;16": 3, "RGBA;16": 4, "RGBa;16": 4}
_DISPLAY_P3, _PQ, _HLG = 12, 16, 18  # ISO 23091-2 §8.1 and §8.2


def read_header(path: Path) -> Header:
    """Return what the first picture of *path* is.

    Raises:
        MissingDecoder: pi-heif is not installed.
        CODEC_FAULTS: it cannot be read.
    """
    heif = _opened(path)
    bands, deep = _shape(heif.mode)
    space = "gray" if bands < 3 else "RGB"
    words, notes = colour_words(space, _profile(heif.info))
    if _transfer(heif.info) in {_PQ, _HLG}:
        notes += ("An HDR picture; its brightest parts are shown as they fit the screen.",)
    return Header(
        stored=Extent(*heif.size),
        orientation=1,
        pages=len(heif),
        bits=int(heif.info.get("bit_depth", 16 if deep else 8)),
        bands=bands,
        has_alpha=bands in {2, 4},
        space=space,
        colour=words,
        streamed=False,
        notes=notes,
        decoder=Decoder.PI_HEIF,
    )


def open_pixels(path: Path) -> pyvips.Image:
    """Return the picture, decoded, upright, with its ICC profile attached.

    Raises:
        MissingDecoder: pi-heif is not installed.
        CODEC_FAULTS: it cannot be decoded to its end.
    """
    heif = _opened(path)
    bands, deep = _shape(heif.mode)
    row_bytes = heif.size[0] * bands * (2 if deep else 1)
    # A copy: what the library hands out does not outlive its own object.
    pixels = without_padding(bytes(heif.data), row_bytes, heif.stride)
    image = image_of(pixels, heif.size, bands, deep=deep, profile=_profile(heif.info))
    return _straight(image) if heif.mode.startswith("RGBa") else image


def _opened(path: Path) -> Any:  # noqa: ANN401  # its library brings no types
    pi_heif = library("pi_heif", MasterFormat.HEIC)
    return pi_heif.open_heif(path, convert_hdr_to_8bit=False)


def _shape(mode: str) -> tuple[int, bool]:
    """Return the bands, and whether they have 16 bits.

    Raises:
        ValueError: a mode that is not known here.
    """
    bands = _BANDS.get(mode) or _DEEP.get(mode)
    if bands is None:
        raise ValueError(mode)
    return bands, mode in _DEEP


def _profile(info: Mapping[str, Any]) -> bytes | None:
    profile: bytes | None = info.get("icc_profile")
    if profile is None and _named(info, "color_primaries") == _DISPLAY_P3:
        return built_in_profile("p3")
    return profile or None


def _transfer(info: Mapping[str, Any]) -> int:
    return _named(info, "transfer_characteristics")


def _named(info: Mapping[str, Any], field: str) -> int:
    return int((info.get("nclx_profile") or {}).get(field, 2))


def _straight(image: pyvips.Image) -> pyvips.Image:
    """Take the alpha out of colours that were multiplied with it."""
    most = 65535 if image.format == "ushort" else 255
    return (
        image.unpremultiply(max_alpha=most)
        .cast(image.format)
        .copy(interpretation=image.interpretation)
    )
