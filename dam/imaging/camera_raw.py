"""Camera raw files and DNG, developed by LibRaw as it would for a first look.

A raw file holds no colours yet. They are made with the white balance of the camera, in sRGB, at
the brightness that LibRaw finds; the master keeps all that a photographer may make of it.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyvips

from dam.iiif.geometry import Extent
from dam.imaging.extras import library
from dam.imaging.header import Header
from dam.imaging.in_memory import image_of
from dam.imaging.opening import Decoder
from dam.imaging.signatures import MasterFormat

_NOTE = "Developed from camera raw with the white balance of the camera."
_ON_ITS_SIDE = {5, 6}  # LibRaw's numbers for a quarter turn to the left and to the right
_SRGB_CURVE = (2.4, 12.92)
_SENSOR_BITS = 16
_NARROW, _WIDE = 0.995, 1.005  # beyond these LibRaw makes pixels square


def read_header(path: Path) -> Header:
    """Return what *path* will be once it is developed, which turns it upright too.

    Raises:
        MissingDecoder: rawpy is not installed.
        CODEC_FAULTS: it cannot be read.
    """
    with _opened(path) as raw:
        gray = len(set(raw.color_desc.decode("ascii", "replace"))) == 1
        return Header(
            stored=Extent(*_developed_size(raw.sizes)),
            orientation=1,
            pages=1,
            bits=_SENSOR_BITS,
            bands=1 if gray else 3,
            has_alpha=False,
            space="gray" if gray else "RGB",
            colour="gray" if gray else "RGB",
            streamed=False,
            notes=(_NOTE,),
            decoder=Decoder.RAWPY,
        )


def open_pixels(path: Path) -> pyvips.Image:
    """Return the picture, developed and upright, in sRGB with 8 bits.

    Raises:
        MissingDecoder: rawpy is not installed.
        CODEC_FAULTS: it cannot be decoded to its end.
    """
    with _opened(path) as raw:
        declared = _developed_size(raw.sizes)
        pixels = raw.postprocess(use_camera_wb=True, gamma=_SRGB_CURVE, output_bps=8)
    height, width, bands = pixels.shape
    if (width, height) != declared:
        raise ValueError("its size differs from what its header says")
    return image_of(memoryview(pixels).cast("B"), (width, height), bands)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Any]:
    rawpy = library("rawpy", MasterFormat.CAMERA_RAW)
    try:
        with rawpy.imread(str(path)) as raw:
            yield raw
    except rawpy.LibRawUnsufficientMemoryError as error:
        raise MemoryError from error
    except (rawpy.LibRawError, rawpy.NotSupportedError) as error:
        raise ValueError("LibRaw cannot read it") from error


def _developed_size(sizes: Any) -> tuple[int, int]:  # noqa: ANN401  # its library has no type
    """Return width and height after LibRaw has made pixels square and turned the picture."""
    width, height = int(sizes.iwidth), int(sizes.iheight)
    if sizes.pixel_aspect < _NARROW:
        height = int(height / sizes.pixel_aspect + 0.5)
    elif sizes.pixel_aspect > _WIDE:
        width = int(width * sizes.pixel_aspect + 0.5)
    return (height, width) if sizes.flip in _ON_ITS_SIDE else (width, height)
