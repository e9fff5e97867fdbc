"""Puts words into a PNG or a WebP: chunks are added and removed, none is packed anew.

Specs: PNG third edition §11.3 (iTXt, eXIf); RFC 9649 §2.7 (VP8X, EXIF, XMP).
"""

import zlib
from collections.abc import Iterator

from dam.metadata.blocks_out import NewBlocks
from dam.metadata.exif_writing import changed_exif
from dam.metadata.pieces import CannotWrite, Edited, Piece, Span, edited

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_TEXTS = frozenset({b"iTXt", b"tEXt", b"zTXt"})
# Where older programs keep whole blocks in hexadecimal, and XMP by its own keyword.
_PNG_BLOCKS = (b"XML:com.adobe.xmp\0", b"Raw profile type ")
_MAX_CHUNKS = 250_000
_LARGEST_RIFF_BYTES = (1 << 32) - 2
_XMP_FLAG, _EXIF_FLAG, _ALPHA_FLAG = 0x04, 0x08, 0x10


def write_png(data: memoryview, blocks: NewBlocks) -> Edited:
    """Return a PNG with these blocks before its first picture data.

    Raises:
        CannotWrite: its chunks are damaged.
    """
    pieces: list[Piece] = [_PNG_SIGNATURE]
    old_exif: memoryview | None = None
    place: int | None = None
    last = len(_PNG_SIGNATURE)
    for name, start, stop in _png_chunks(data):
        content = data[start + 8 : stop - 4]
        last = stop
        if name == b"eXIf":
            old_exif = content if old_exif is None else old_exif
        elif name in _PNG_TEXTS and (blocks.private or bytes(content[:24]).startswith(_PNG_BLOCKS)):
            continue
        else:
            if name == b"IDAT" and place is None:
                place = len(pieces)
            pieces.append(Span(start, stop))
    if place is None:
        raise CannotWrite("This PNG holds no picture.")
    new = [_png_chunk(b"iTXt", _PNG_BLOCKS[0] + bytes(4) + blocks.xmp)]
    if exif := changed_exif(old_exif, blocks):
        new.insert(0, _png_chunk(b"eXIf", exif))
    return edited([*pieces[:place], *new, *pieces[place:], Span(last, len(data))])


def _png_chunks(data: memoryview) -> Iterator[tuple[bytes, int, int]]:
    at = len(_PNG_SIGNATURE)
    if bytes(data[:at]) != _PNG_SIGNATURE:
        raise CannotWrite("This is no PNG.")
    for _ in range(_MAX_CHUNKS):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if at + 12 > len(data) or end > len(data):
            break
        name = bytes(data[at + 4 : at + 8])
        yield name, at, end
        if name == b"IEND":
            return
        at = end
    raise CannotWrite("This PNG is damaged or cut off.")


def _png_chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(content, zlib.crc32(name))
    return len(content).to_bytes(4, "big") + name + content + checksum.to_bytes(4, "big")


def write_webp(data: memoryview, blocks: NewBlocks) -> Edited:
    """Return a WebP with these blocks behind its picture, and the flags that announce them.

    Raises:
        CannotWrite: its chunks are damaged, or it has no room for more.
    """
    first: tuple[bytes, Span] | None = None
    pieces: list[Piece] = []
    old_exif: memoryview | None = None
    for name, start, stop in _webp_chunks(data):
        if name == b"EXIF":
            size = int.from_bytes(data[start + 4 : start + 8], "little")
            old_exif = data[start + 8 : start + 8 + size]
        elif first is None:
            first = name, Span(start, stop)
        elif name != b"XMP ":
            pieces.append(Span(start, stop))
    if first is None:
        raise CannotWrite("This WebP holds no picture.")
    exif = changed_exif(old_exif, blocks)
    header = _extended_header(data, first, has_exif=bool(exif))
    if first[0] != b"VP8X":
        pieces.insert(0, first[1])
    new = [_riff_chunk(b"EXIF", exif)] if exif else []
    body: list[Piece] = [header, *pieces, *new, _riff_chunk(b"XMP ", blocks.xmp)]
    size = 4 + sum(map(len, body))
    if size > _LARGEST_RIFF_BYTES:
        raise CannotWrite("This WebP has no room for more.")
    return edited([b"RIFF" + size.to_bytes(4, "little") + b"WEBP", *body])


def _webp_chunks(data: memoryview) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start and end of each chunk, its padding included."""
    if bytes(data[:4]) != b"RIFF" or bytes(data[8:12]) != b"WEBP":
        raise CannotWrite("This is no WebP.")
    at, end = 12, 8 + int.from_bytes(data[4:8], "little")
    for _ in range(_MAX_CHUNKS):
        if at + 8 > min(end, len(data)):
            return
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        stop = at + 8 + size + (size & 1)
        if stop > len(data):
            break
        yield bytes(data[at : at + 4]), at, stop
        at = stop
    raise CannotWrite("This WebP is damaged or cut off.")


def _riff_chunk(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) & 1)


def _extended_header(data: memoryview, first: tuple[bytes, Span], *, has_exif: bool) -> bytes:
    """The VP8X chunk with the flags of what is there now; made where a simple file has none."""
    name, span = first
    content = data[span.start + 8 : span.stop]
    if name == b"VP8X" and len(content) >= 10:
        flags, size = content[0], bytes(content[1:10])
    else:
        width, height, alpha = _size_of_simple(name, content)
        flags = _ALPHA_FLAG if alpha else 0
        size = bytes(3) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    flags = (flags & ~(_XMP_FLAG | _EXIF_FLAG)) | _XMP_FLAG | (_EXIF_FLAG if has_exif else 0)
    return _riff_chunk(b"VP8X", bytes((flags,)) + size)


def _size_of_simple(name: bytes, content: memoryview) -> tuple[int, int, bool]:
    """Spec: RFC 6386 §9.1 (lossy), RFC 9649 §3.4 (lossless)."""
    if name == b"VP8 " and len(content) >= 10:
        width = int.from_bytes(content[6:8], "little") & 0x3FFF
        height = int.from_bytes(content[8:10], "little") & 0x3FFF
        alpha = False
    elif name == b"VP8L" and len(content) >= 5:
        bits = int.from_bytes(content[1:5], "little")
        width, height, alpha = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1)
    else:
        raise CannotWrite("This WebP begins with a chunk that is not known here.")
    if not width or not height:
        raise CannotWrite("This WebP names no size.")
    return width, height, alpha
