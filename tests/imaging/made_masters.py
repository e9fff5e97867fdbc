"""Masters of the kinds that extras decode, made for the tests."""

import struct

import imagecodecs
import numpy as np
from PIL import Image

from dam.imaging.in_memory import built_in_profile

TURNED_BY_LIBRAW = {1: "RGBW", 3: "BWRG", 6: "WRGB", 8: "GBWR"}


def samples(picture: Image.Image, bits: int = 8) -> np.ndarray:
    """The pixels of *picture* in samples of that many bits."""
    eight = np.asarray(picture)
    if bits == 8:
        return eight.copy()
    return (eight.astype("f8") * ((2**bits - 1) / 255) + 0.5).astype("uint16")


def jpeg_xl(picture: Image.Image, bits: int = 8, **options: object) -> bytes:
    """JPEG XL without loss; of more than eight bits the samples are said to be those of sRGB."""
    given = {"lossless": True} | options
    if bits > 8:
        given |= {"bitspersample": bits}
    return bytes(imagecodecs.jpegxl_encode(samples(picture, bits), **given))


def turned_jpeg_xl(jpeg: bytes) -> bytes:
    """A JPEG packed into JPEG XL, with the orientation that its EXIF says."""
    return bytes(imagecodecs.jpegxl_encode_jpeg(jpeg, usecontainer=True))


def htj2k(picture: Image.Image, bits: int = 8) -> bytes:
    """The bare codestream of high-throughput JPEG 2000."""
    return bytes(imagecodecs.htj2k_encode(samples(picture, bits)))


def jph(picture: Image.Image, profile: str | None = None) -> bytes:
    """The same in the boxes of a JPH file, with a profile of libvips where one is named."""
    channels = len(picture.getbands())
    sides = struct.pack(">LLHBBBB", picture.height, picture.width, channels, 7, 7, 0, 0)
    colours = b"\1\0\0" + struct.pack(">L", 16)
    if profile:
        colours = b"\2\0\0" + built_in_profile(profile)
    header = box(b"ihdr", sides) + box(b"colr", colours)
    kind = box(b"ftyp", b"jph \0\0\0\0jph ")
    start = b"\0\0\0\x0cjP  \r\n\x87\n"
    return start + kind + box(b"jp2h", header) + box(b"jp2c", htj2k(picture))


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">L", len(content) + 8) + kind + content


def dng(picture: Image.Image, orientation: int = 1) -> bytes:
    """A DNG of a camera without colour faults: each site of its RGGB sensor sees one channel."""
    light = np.asarray(picture.convert("RGB")).astype("f8") / 255
    linear = np.where(light <= 0.04045, light / 12.92, ((light + 0.055) / 1.055) ** 2.4)
    sensor = linear[:, :, 1].copy()
    sensor[0::2, 0::2] = linear[0::2, 0::2, 0]
    sensor[1::2, 1::2] = linear[1::2, 1::2, 2]
    content = (sensor * 65535).astype("<u2").tobytes()
    # XYZ to linear sRGB: the camera sees what a screen shows.
    matrix = (32405, -15371, -4985, -9693, 18760, 416, 556, -2040, 10572)
    entries = [
        (254, 4, (0,)), (256, 4, (picture.width,)), (257, 4, (picture.height,)), (258, 3, (16,)),
        (259, 3, (1,)), (262, 3, (32803,)), (271, 2, b"Made\0"), (272, 2, b"For tests\0"),
        (273, 4, (0,)), (274, 3, (orientation,)), (277, 3, (1,)), (278, 4, (picture.height,)),
        (279, 4, (len(content),)), (284, 3, (1,)), (33421, 3, (2, 2)), (33422, 1, (0, 1, 1, 2)),
        (50706, 1, (1, 4, 0, 0)), (50707, 1, (1, 1, 0, 0)), (50708, 2, b"Made for tests\0"),
        (50717, 4, (65535,)), (50721, 10, [part for each in matrix for part in (each, 10000)]),
        (50728, 5, (1, 1, 1, 1, 1, 1)), (50778, 3, (21,)),
    ]  # fmt: skip
    return _tiff(entries, content)


_CODES = {1: "B", 2: "s", 3: "H", 4: "L", 5: "L", 10: "l"}


def _tiff(entries: list, pixels: bytes) -> bytes:
    """A little-endian TIFF of one directory; tag 273 is where *pixels* begin."""
    start = 8 + 2 + 12 * len(entries) + 4
    beside = b""
    rows = []
    for tag, kind, found in entries:
        raw = bytes(found) if kind == 2 else struct.pack(f"<{len(found)}{_CODES[kind]}", *found)
        count = len(found) // (2 if kind in {5, 10} else 1)
        if len(raw) > 4:
            inline = struct.pack("<L", start + len(beside))
            beside += raw + b"\0" * (len(raw) & 1)
        else:
            inline = raw.ljust(4, b"\0")
        rows.append([tag, kind, count, inline])
    for row in rows:
        if row[0] == 273:
            row[3] = struct.pack("<L", start + len(beside))
    directory = b"".join(struct.pack("<HHL4s", *row) for row in rows)
    head = b"II*\0" + struct.pack("<L", 8) + struct.pack("<H", len(entries))
    return head + directory + struct.pack("<L", 0) + beside + pixels
