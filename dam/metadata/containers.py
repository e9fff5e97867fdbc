"""From the bytes of a file to its raw metadata blocks; no pixel is decoded.

A block is copied once, when it is kept; everything else is looked at in place, so that a mapped
file of many gigabytes costs the pages of its metadata.
"""

from collections.abc import Callable
from mmap import mmap

from dam.metadata.blocks import BlockCollector, BlockKind, RawBlocks
from dam.metadata.boxed import collect_boxed, collect_canon
from dam.metadata.gif import collect_gif
from dam.metadata.heif import collect_heif
from dam.metadata.jpeg import collect_fuji, collect_jpeg
from dam.metadata.photoshop import collect_psd
from dam.metadata.png import SIGNATURE as _PNG_SIGNATURE
from dam.metadata.png import collect_png
from dam.metadata.tiff import collect_tiff

__all__ = ["RawBlocks", "raw_blocks"]


_MAX_CHUNKS = 250_000


def raw_blocks(data: bytes | memoryview | mmap) -> RawBlocks:
    """The EXIF, XMP and IPTC-IIM blocks of a file in any format that masters may have.

    Those are JPEG, PNG, WebP, GIF, TIFF, BigTIFF, PSD, PSB, HEIF, AVIF, JPEG 2000, JPEG XL, DNG and
    camera raw. Any other bytes give an empty answer. Nothing is raised whatever the bytes are; a
    block of more than 16 MB is left out with a note. The answer holds copies: a mapped file can be
    closed.
    """
    found = BlockCollector()
    with memoryview(data) as given, given.cast("B") as view:
        _collector_of(bytes(view[:16]))(view, found)
    return found.result()


def _collector_of(start: bytes) -> Callable[[memoryview, BlockCollector], None]:
    """Return who reads files that begin so; TIFF has the most beginnings, and is what is left."""
    if start[4:8] == b"ftyp":
        return collect_canon if start[8:12] == b"crx " else collect_heif
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return _collect_webp
    for signature, collector in _SIGNATURES:
        if start.startswith(signature):
            return collector
    return collect_tiff


def _collect_webp(data: memoryview, found: BlockCollector) -> None:
    """Spec: WebP Container Specification (RFC 9649 §2.7.1.4)."""
    kinds = {b"EXIF": BlockKind.EXIF, b"XMP ": BlockKind.XMP}
    at = 12
    for _ in range(_MAX_CHUNKS):
        start = at + 8
        if start > len(data):
            return
        size = int.from_bytes(data[at + 4 : start], "little")
        kind = kinds.get(bytes(data[at : at + 4]))
        if start + size > len(data):
            break
        if kind is not None:
            found.keep(kind, data[start : start + size])
        at = start + size + (size & 1)
    found.note("The WebP is damaged or cut off; what follows was not read.")


_SIGNATURES = (
    (b"\xff\xd8", collect_jpeg),
    (_PNG_SIGNATURE, collect_png),
    (b"8BPS\0\x01", collect_psd),
    (b"8BPS\0\x02", collect_psd),
    (b"GIF8", collect_gif),
    (b"\0\0\0\x0cjP  \r\n\x87\n", collect_boxed),
    (b"\0\0\0\x0cJXL \r\n\x87\n", collect_boxed),
    (b"FUJIFILMCCD-RAW", collect_fuji),
)
