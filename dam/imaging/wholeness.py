"""Whether a file reaches its own end, found without decoding it.

Half a JPEG still opens, and its missing half becomes gray. These checks are cheap (no pixel is
decoded) and refuse it while the person who sent it is still there; the decoder, which is strict
too, has the last word when the pack is made.
"""

import mmap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from dam.imaging.signatures import MasterFormat
from dam.imaging.tiff_directory import BrokenDirectory, read_directories, read_directory

_END_OF_IMAGE = b"\xff\xd9"
_TIFF_SIGNATURES = {b"II*\0", b"MM\0*"}
_START_OF_SCAN = 0xDA
_STANDALONE = {0x01, *range(0xD0, 0xD9)}


def is_whole(path: Path, format_: MasterFormat) -> bool:
    """Say whether nothing is missing at the end of *path*, a file of *format_*."""
    with path.open("rb") as file:
        return _ENDINGS[format_](file, path.stat().st_size)


def _jpeg_ends(file: BinaryIO, _size: int) -> bool:
    """In the data of a scan FF is followed by 00 or a restart, so FFD9 can only be the end."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        at = 2
        while at + 4 <= len(content):
            if content[at] != 0xFF:
                at += 1  # stray bytes between segments; decoders skip them too
                continue
            marker = content[at + 1]
            if marker == _START_OF_SCAN:
                return content.find(_END_OF_IMAGE, at) > 0
            if marker == 0xFF:
                at += 1
            elif marker in _STANDALONE:
                at += 2
            else:
                at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        return False


def _png_ends(file: BinaryIO, size: int) -> bool:
    at = 8
    while at + 12 <= size:
        file.seek(at)
        head = file.read(8)
        at += 12 + int.from_bytes(head[:4], "big")
        if head[4:] == b"IEND":
            return at <= size
    return False


def _tiff_ends(file: BinaryIO, size: int) -> bool:
    try:
        return read_directory(file).end_of_pixels <= size
    except BrokenDirectory:
        return False


def _boxes_end(file: BinaryIO, size: int) -> bool:
    """Walk the boxes of an ISO base media file; a size of 0 runs to the end of the file."""
    at = 0
    while at + 8 <= size:
        file.seek(at)
        head = file.read(16)
        length = int.from_bytes(head[:4], "big")
        if length == 0:
            return True
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        if length < 8:
            return False
        at += length
    return at <= size


def _raw_ends(file: BinaryIO, size: int) -> bool:
    """Look at the pixels of every directory of a TIFF; the other kinds show it when developed."""
    if file.read(4) not in _TIFF_SIGNATURES:
        return True
    file.seek(0)
    try:
        found = read_directories(file)
    except BrokenDirectory:
        return False
    return not any(one.lacks_tiles or one.end_of_pixels > size for one in found)


def _jpeg_xl_ends(file: BinaryIO, size: int) -> bool:
    """A bare codestream has no end that can be found without decoding it."""
    return file.read(2) == b"\xff\x0a" or _boxes_end(file, size)


def _jpeg2000_ends(file: BinaryIO, size: int) -> bool:
    boxed = file.read(4) == b"\0\0\0\x0c"
    if boxed and not _boxes_end(file, size):
        return False
    file.seek(max(0, size - 4096))
    return _END_OF_IMAGE in file.read()


def _psd_ends(file: BinaryIO, size: int) -> bool:
    """Three length-prefixed sections, then the composite, which must have at least a byte."""
    at = 26
    for _ in range(3):
        file.seek(at)
        prefix = file.read(4)
        if len(prefix) < 4:
            return False
        at += 4 + int.from_bytes(prefix, "big")
    return at + 2 < size


def _webp_ends(file: BinaryIO, size: int) -> bool:
    return 8 + int.from_bytes(file.read(8)[4:], "little") <= size


def _gif_ends(_file: BinaryIO, _size: int) -> bool:
    return True  # probe lets libvips walk all blocks when it opens the file


_ENDINGS: Mapping[MasterFormat, Callable[[BinaryIO, int], bool]] = {
    MasterFormat.JPEG: _jpeg_ends,
    MasterFormat.PNG: _png_ends,
    MasterFormat.TIFF: _tiff_ends,
    MasterFormat.WEBP: _webp_ends,
    MasterFormat.GIF: _gif_ends,
    MasterFormat.AVIF: _boxes_end,
    MasterFormat.JPEG2000: _jpeg2000_ends,
    MasterFormat.PSD: _psd_ends,
    MasterFormat.HEIC: _boxes_end,
    MasterFormat.CAMERA_RAW: _raw_ends,
    MasterFormat.JPEG_XL: _jpeg_xl_ends,
}
