"""Puts words into a JPEG: its header is built anew, and from the first scan on nothing changes.

Specs: ITU-T T.81 annex B; Exif 3.0 §4.7; XMP Part 3 §1.1.3; Photoshop resources in APP13.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from dam.metadata.blocks_out import NewBlocks
from dam.metadata.exif_writing import changed_exif
from dam.metadata.photoshop import (
    DIGEST_RESOURCE,
    IIM_RESOURCE,
    XMP_RESOURCE,
    raw_resources,
    resource,
)
from dam.metadata.pieces import CannotWrite, Edited, Span, edited

_EXIF, _XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"
_APP0, _APP1, _APP11, _APP13, _COMMENT = 0xE0, 0xE1, 0xEB, 0xED, 0xFE
_START_OF_SCAN = 0xDA
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_MAX_SEGMENTS = 10_000
_MAX_SEGMENT_BYTES = 65_533
_EXTENSION_PORTION_BYTES = 65_000
_PHOTOSHOP_PORTION_BYTES = 65_000
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(slots=True)
class _Header:
    """The header of a JPEG, sorted: what stays, and what the new blocks are made from."""

    first: list[Span] = field(default_factory=list)
    kept: list[Span] = field(default_factory=list)
    exif: memoryview | None = None
    size: tuple[int, int] = (0, 0)
    photoshop: list[memoryview] = field(default_factory=list)


def write_jpeg(data: memoryview, blocks: NewBlocks) -> Edited:
    """Return a JPEG with these blocks and no others; its compressed picture is not touched.

    Raises:
        CannotWrite: its header is damaged, or its EXIF block has no room.
    """
    header = _Header()
    rest = 2
    for marker, start, stop in _segments(data):
        if marker == _START_OF_SCAN:
            rest = start
            break
        _sort(data, marker, Span(start, stop), header, blocks)
    new = [*_exif(header, blocks), *_xmp(blocks), *_resources(header.photoshop, blocks)]
    return edited([b"\xff\xd8", *header.first, *new, *header.kept, Span(rest, len(data))])


def _segments(data: memoryview) -> Iterator[tuple[int, int, int]]:
    """Yield marker, start and end of each segment up to the first scan."""
    at = 2
    if bytes(data[:2]) != b"\xff\xd8":
        raise CannotWrite("This is no JPEG.")
    for _ in range(_MAX_SEGMENTS):
        if at + 4 > len(data) or data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        size = 0 if marker in _WITHOUT_LENGTH else int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + size
        if end > len(data) or (size < 2 and marker not in _WITHOUT_LENGTH):
            break
        yield marker, at, end
        if marker == _START_OF_SCAN:
            return
        at = end
    raise CannotWrite("The header of this JPEG is damaged.")


def _sort(data: memoryview, marker: int, span: Span, header: _Header, blocks: NewBlocks) -> None:
    content = data[span.start + 4 : span.stop]
    if marker in _FRAMES and len(content) >= 5:
        height, width = (int.from_bytes(content[at : at + 2], "big") for at in (1, 3))
        header.size = (width, height)

    def starts(signature: bytes) -> bool:
        return bytes(content[: len(signature)]) == signature

    if marker == _APP1 and starts(_EXIF[:5]):
        if header.exif is None:
            header.exif = content[len(_EXIF) :]
    elif marker == _APP1 and (starts(_XMP) or starts(_EXTENDED_XMP)):
        pass
    elif marker == _APP13 and starts(_PHOTOSHOP):
        header.photoshop.append(content[len(_PHOTOSHOP) :])
    elif marker == _APP11 and b"c2pa" in bytes(content[:200]):
        pass  # a seal over bytes that are changed here would read as a forgery
    elif marker == _COMMENT and blocks.private:
        pass
    elif marker == _APP0 and not header.kept:
        header.first.append(span)
    else:
        header.kept.append(span)


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content


def _exif(header: _Header, blocks: NewBlocks) -> list[bytes]:
    most = _MAX_SEGMENT_BYTES - len(_EXIF)
    block = changed_exif(header.exif, blocks, most_bytes=most, size=header.size)
    return [_segment(_APP1, _EXIF + block)] if block else []


def _xmp(blocks: NewBlocks) -> list[bytes]:
    segments = [_segment(_APP1, _XMP + blocks.xmp)]
    extension = blocks.extended_xmp
    if extension is None:
        return segments
    guid = blocks.extension_guid.encode()
    size = len(extension).to_bytes(4, "big")
    for at in range(0, len(extension), _EXTENSION_PORTION_BYTES):
        portion = extension[at : at + _EXTENSION_PORTION_BYTES]
        head = _EXTENDED_XMP + guid + size + at.to_bytes(4, "big")
        segments.append(_segment(_APP1, head + portion))
    return segments


def new_resources(payload: memoryview, blocks: NewBlocks, *, only_digest: bool = False) -> bytes:
    """Return Photoshop's resources with the new IPTC-IIM and its digest, or without any.

    With *only_digest* the block itself stands elsewhere, as in a TIFF.
    """
    replaced = {IIM_RESOURCE, DIGEST_RESOURCE, XMP_RESOURCE}
    kept = [
        raw
        for identifier, raw in raw_resources(payload)
        if identifier not in replaced and not (blocks.private and _is_words(identifier))
    ]
    new = b""
    if blocks.iim is not None:
        block = b"" if only_digest else resource(IIM_RESOURCE, blocks.iim)
        new = block + resource(DIGEST_RESOURCE, blocks.iim_digest)
    return new + b"".join(kept)


def _is_words(identifier: int) -> bool:
    """Whether a resource may hold names: a caption, a print's title, a preview, layers' names."""
    return identifier not in {0x03ED, 0x0406}  # resolution, JPEG quality


def _resources(pieces: list[memoryview], blocks: NewBlocks) -> list[bytes]:
    payload = new_resources(memoryview(b"".join(pieces)), blocks)
    return [
        _segment(_APP13, _PHOTOSHOP + payload[at : at + _PHOTOSHOP_PORTION_BYTES])
        for at in range(0, len(payload), _PHOTOSHOP_PORTION_BYTES)
    ]
