"""The metadata segments of a JPEG, up to its first scan.

Specs: ITU-T T.81 annex B; Exif 3.0 §4.7; XMP Part 3 §1.1.3; Photoshop resources in APP13.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from dam.metadata.blocks import MAX_BLOCK_BYTES, BlockCollector, BlockKind
from dam.metadata.photoshop import collect_iim

_EXIF = b"Exif\0"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"

_APP1, _APP13 = 0xE1, 0xED
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})

# An extended XMP of 16 MB is 250 segments; a file with more than this has been made to be slow.
_MAX_SEGMENTS = 10_000
_GUID_BYTES = 32
_PORTION_HEADER_BYTES = _GUID_BYTES + 8


@dataclass(slots=True)
class _Pieces:
    """Segments that belong together, in the order of the file."""

    photoshop: list[memoryview] = field(default_factory=list)
    extended_xmp: list[memoryview] = field(default_factory=list)


def collect_jpeg(data: memoryview, found: BlockCollector) -> None:
    """Keep the blocks of a JPEG; a damaged segment ends the walk with a note."""
    pieces = _Pieces()
    for marker, segment in _segments(data, found):
        _sort_segment(marker, segment, pieces, found)
    _join_photoshop(pieces.photoshop, found)
    _join_extended_xmp(pieces.extended_xmp, found)


def collect_fuji(data: memoryview, found: BlockCollector) -> None:
    """Keep the blocks of a raw file of Fujifilm: those of the JPEG that it holds as preview."""
    start, size = (int.from_bytes(data[at : at + 4], "big") for at in (84, 88))
    if bytes(data[start : start + 2]) == b"\xff\xd8":
        collect_jpeg(data[start : start + size], found)


def _segments(data: memoryview, found: BlockCollector) -> Iterator[tuple[int, memoryview]]:
    at = 2
    for _ in range(_MAX_SEGMENTS):
        if at + 4 > len(data):
            break
        if data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte before a marker, T.81 §B.1.1.2
            at += 1
            continue
        if marker in (_START_OF_SCAN, _END_OF_IMAGE):
            return
        if marker in _WITHOUT_LENGTH:
            at += 2
            continue
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + size
        if size < 2 or end > len(data):
            break
        yield marker, data[at + 4 : end]
        at = end
    found.note("The header of the JPEG is damaged or cut off; what follows it was not read.")


def _sort_segment(marker: int, segment: memoryview, pieces: _Pieces, found: BlockCollector) -> None:
    if marker == _APP1 and _starts(segment, _EXIF):
        found.keep(BlockKind.EXIF, segment[6:])
    elif marker == _APP1 and _starts(segment, _XMP):
        found.keep(BlockKind.XMP, segment[len(_XMP) :])
    elif marker == _APP1 and _starts(segment, _EXTENDED_XMP):
        pieces.extended_xmp.append(segment[len(_EXTENDED_XMP) :])
    elif marker == _APP13 and _starts(segment, _PHOTOSHOP):
        pieces.photoshop.append(segment[len(_PHOTOSHOP) :])


def _starts(segment: memoryview, signature: bytes) -> bool:
    return segment[: len(signature)] == signature


def _join_photoshop(pieces: list[memoryview], found: BlockCollector) -> None:
    """Resources larger than one segment run on in the next, without a mark of their own."""
    if len(pieces) == 1:
        collect_iim(pieces[0], found)
    elif pieces and found.fits(BlockKind.IIM, sum(map(len, pieces))):
        collect_iim(memoryview(b"".join(pieces)), found)


def _join_extended_xmp(pieces: list[memoryview], found: BlockCollector) -> None:
    """Put the portions together that the main packet names by their GUID."""
    main = found.blocks.get(BlockKind.XMP)
    if main is None or not pieces:
        return
    portions: list[tuple[int, memoryview]] = []
    announced_bytes = 0
    for piece in pieces:
        guid = bytes(piece[:_GUID_BYTES])
        if len(piece) <= _PORTION_HEADER_BYTES or guid not in main:
            continue
        announced_bytes = int.from_bytes(piece[_GUID_BYTES : _GUID_BYTES + 4], "big")
        offset = int.from_bytes(piece[_GUID_BYTES + 4 : _PORTION_HEADER_BYTES], "big")
        portions.append((offset, piece[_PORTION_HEADER_BYTES:]))
    if announced_bytes <= MAX_BLOCK_BYTES and _is_whole(portions, announced_bytes):
        portions.sort(key=lambda portion: portion[0])
        found.extended_xmp = b"".join(content for _, content in portions)
    else:
        found.note("The second part of the XMP is incomplete or too large and was not read.")


def _is_whole(portions: list[tuple[int, memoryview]], announced_bytes: int) -> bool:
    expected = 0
    for offset, content in sorted(portions, key=lambda portion: portion[0]):
        if offset != expected:
            return False
        expected += len(content)
    return expected == announced_bytes > 0
