"""From the bytes of a file to its raw metadata blocks; no pixel is decoded.

A block is copied once, when it is kept; everything else is looked at in place, so that a mapped
file of many gigabytes costs the pages of its metadata.
"""

import zlib
from collections.abc import Iterator
from mmap import mmap

from dam.metadata.blocks import MAX_BLOCK_BYTES, BlockCollector, BlockKind, RawBlocks
from dam.metadata.ifd import collect_tiff
from dam.metadata.jpeg import collect_jpeg
from dam.metadata.photoshop import collect_psd

__all__ = ["RawBlocks", "raw_blocks"]

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_XMP = b"XML:com.adobe.xmp\0"
_PSD_SIGNATURES = (b"8BPS\0\x01", b"8BPS\0\x02")

# A PNG of one gigabyte in the usual chunks of 8 kB has 130 000 of them.
_MAX_CHUNKS = 250_000
# The language and the translated keyword of an iTXt chunk; both are empty in practice.
_MAX_ITXT_LABELS_BYTES = 2_000


def raw_blocks(data: bytes | memoryview | mmap) -> RawBlocks:
    """The EXIF, XMP and IPTC-IIM blocks of a JPEG, PNG, WebP, TIFF, BigTIFF, PSD or PSB.

    Any other bytes give an empty answer. Nothing is raised whatever the bytes are; a block of more
    than 16 MB is left out with a note. The answer holds copies: a mapped file can be closed.
    """
    found = BlockCollector()
    with memoryview(data) as given, given.cast("B") as view:
        start = bytes(view[:12])
        if start[:2] == b"\xff\xd8":
            collect_jpeg(view, found)
        elif start[:8] == _PNG_SIGNATURE:
            _collect_png(view, found)
        elif start[:4] == b"RIFF" and start[8:] == b"WEBP":
            _collect_webp(view, found)
        elif start[:6] in _PSD_SIGNATURES:
            collect_psd(view, found)
        else:
            collect_tiff(view, found)
    return found.result()


def _collect_png(data: memoryview, found: BlockCollector) -> None:
    """Spec: PNG third edition §11.3.2.1 (eXIf), §11.3.3.4 (iTXt); XMP Part 3 §1.1.5."""
    for name, content in _png_chunks(data, found):
        if name == b"eXIf":
            found.keep(BlockKind.EXIF, content)
        elif name == b"iTXt" and content[: len(_PNG_XMP)] == _PNG_XMP:
            _collect_png_xmp(content[len(_PNG_XMP) :], found)


def _png_chunks(data: memoryview, found: BlockCollector) -> Iterator[tuple[bytes, memoryview]]:
    at = len(_PNG_SIGNATURE)
    for _ in range(_MAX_CHUNKS):
        start = at + 8
        size = int.from_bytes(data[at : at + 4], "big")
        if start > len(data) or start + size > len(data):
            break
        name = bytes(data[at + 4 : start])
        if name == b"IEND":
            return
        yield name, data[start : start + size]
        at = start + size + 4  # the checksum
    found.note("The PNG is damaged or cut off; what follows was not read.")


def _collect_png_xmp(content: memoryview, found: BlockCollector) -> None:
    """*content* is what follows the keyword: two bytes on compression, two labels, the text."""
    compressed = bytes(content[:1]) == b"\x01"
    labels = bytes(content[2 : 2 + _MAX_ITXT_LABELS_BYTES]).split(b"\0", 2)
    if len(labels) < 3:
        found.note("The XMP of the PNG is damaged and was not read.")
        return
    text = content[2 + len(labels[0]) + len(labels[1]) + 2 :]
    if not compressed:
        found.keep(BlockKind.XMP, text)
    elif found.fits(BlockKind.XMP, len(text)):
        found.keep(BlockKind.XMP, _inflated(text, found))


def _inflated(deflated: memoryview, found: BlockCollector) -> bytes:
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(deflated, MAX_BLOCK_BYTES + 1)
    except zlib.error:
        plain = b""
    # A stream that is too large does not reach its end, and is reported as that by `keep`.
    if not inflater.eof and len(plain) <= MAX_BLOCK_BYTES:
        found.note("The XMP of the PNG is damaged and was not read.")
        return b""
    return plain


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
