"""GIF: XMP in an application extension.

Specs: GIF89a §15, §20, §26; XMP Part 3 §1.1.2. The packet stands there as it is, without the
lengths that GIF puts between pieces; a trailer of descending bytes leads readers that expect
them to the end.
"""

from dam.metadata.blocks import BlockCollector, BlockKind

_HEADER_BYTES = 13
_PICTURE_BYTES = 10
_EXTENSION, _PICTURE, _END = b"!", b",", b";"
_XMP = b"\xff\x0bXMP DataXMP"
_TRAILER_START = b"\x01\xff\xfe\xfd"
_TRAILER_BYTES = 258
# A GIF of 250 MB has a million pieces; those of all its pictures are counted together.
_MAX_PIECES = 1_000_000


def collect_gif(data: memoryview, found: BlockCollector) -> None:
    """Keep the XMP of a GIF."""
    at = _HEADER_BYTES + _palette_bytes(data, _HEADER_BYTES - 3)
    left = _MAX_PIECES
    while (introducer := bytes(data[at : at + 1])) in (_EXTENSION, _PICTURE):
        is_xmp = introducer == _EXTENSION and bytes(data[at + 1 : at + 1 + len(_XMP)]) == _XMP
        if introducer == _PICTURE:  # its palette, and the width of its codes
            start = at + _PICTURE_BYTES + _palette_bytes(data, at + _PICTURE_BYTES - 1) + 1
        else:
            start = at + 1 + len(_XMP) if is_xmp else at + 2
        pieces, end = _pieces(data, start, left)
        left -= len(pieces)
        if end is None:
            break
        if is_xmp:
            _keep(data[start:end], pieces, found)
        at = end
    if introducer != _END:
        found.note("The GIF is damaged or cut off; what follows was not read.")


def _palette_bytes(data: memoryview, flags_at: int) -> int:
    flags = data[flags_at] if flags_at < len(data) else 0
    return 6 << (flags & 7) if flags & 0x80 else 0


def _pieces(data: memoryview, at: int, most: int) -> tuple[list[memoryview], int | None]:
    """Return the pieces that begin here, and where they end; None where there is no end."""
    pieces: list[memoryview] = []
    while at < len(data) and len(pieces) < most:
        size = data[at]
        if size == 0:
            return pieces, at + 1
        pieces.append(data[at + 1 : at + 1 + size])
        at += 1 + size
    return pieces, None


def _keep(content: memoryview, pieces: list[memoryview], found: BlockCollector) -> None:
    trailer = max(len(content) - _TRAILER_BYTES, 0)
    if bytes(content[trailer : trailer + len(_TRAILER_START)]) == _TRAILER_START:
        found.keep(BlockKind.XMP, content[:trailer])
    elif found.fits(BlockKind.XMP, len(content)):  # cut into pieces like all else, as some do
        found.keep(BlockKind.XMP, b"".join(pieces))
