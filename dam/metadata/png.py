"""PNG: EXIF in a chunk of its own, XMP in a text, and blocks in hexadecimal by older programs.

Specs: PNG third edition §11.3.2.1 (eXIf), §11.3.3 (tEXt, zTXt, iTXt); XMP Part 3 §1.1.5. The
texts "Raw profile type …" are those of ImageMagick, which ExifTool writes as well.
"""

import zlib
from collections.abc import Iterator

from dam.metadata.blocks import MAX_BLOCK_BYTES, BlockCollector, BlockKind
from dam.metadata.photoshop import IIM_RESOURCE, image_resources

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_XMP = b"XML:com.adobe.xmp\0"
_PROFILE = b"Raw profile type "
_XMP_MARK = b"http://ns.adobe.com/xap/1.0/\0"
_LONGEST_KEYWORD_BYTES = 80

# A PNG of one gigabyte in the usual chunks of 8 kB has 130 000 of them.
_MAX_CHUNKS = 250_000
# The language and the translated keyword of an iTXt chunk; both are empty in practice.
_MAX_ITXT_LABELS_BYTES = 2_000


def collect_png(data: memoryview, found: BlockCollector) -> None:
    """Keep the blocks of a PNG; what is in hexadecimal counts where there is no other."""
    older: list[tuple[bytes, memoryview]] = []
    for name, content in _chunks(data, found):
        if name == b"eXIf":
            found.keep(BlockKind.EXIF, content)
        elif name == b"iTXt" and content[: len(_XMP)] == _XMP:
            _collect_xmp(content[len(_XMP) :], found)
        elif name in (b"tEXt", b"zTXt") and content[: len(_PROFILE)] == _PROFILE:
            older.append((name, content))
    for name, content in older:
        _collect_profile(content, found, packed=name == b"zTXt")


def _chunks(data: memoryview, found: BlockCollector) -> Iterator[tuple[bytes, memoryview]]:
    at = len(SIGNATURE)
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


def _collect_xmp(content: memoryview, found: BlockCollector) -> None:
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
        found.keep(BlockKind.XMP, _inflated(text, BlockKind.XMP, found))


def _inflated(deflated: memoryview, kind: BlockKind, found: BlockCollector) -> bytes:
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(deflated, MAX_BLOCK_BYTES + 1)
    except zlib.error:
        plain = b""
    # A stream that is too large does not reach its end, and is reported as that by `keep`.
    if not inflater.eof and len(plain) <= MAX_BLOCK_BYTES:
        found.note(f"The {kind} of the PNG is damaged and was not read.")
        return b""
    return plain


def _collect_profile(content: memoryview, found: BlockCollector, *, packed: bool) -> None:
    """A line with its name, one with its length, and the block as hexadecimal digits."""
    keyword = bytes(content[:_LONGEST_KEYWORD_BYTES]).partition(b"\0")[0]
    name = keyword.removeprefix(_PROFILE)
    kind = _PROFILE_KINDS.get(name)
    text = content[len(keyword) + (2 if packed else 1) :]
    if kind is None or kind in found.blocks or not found.fits(kind, len(text) // 2):
        return
    plain = _inflated(text, kind, found) if packed else bytes(text)
    try:
        block = bytes.fromhex(plain.split(None, 2)[2].decode("ascii"))
    except (IndexError, ValueError):
        found.note(f"The {kind} of the PNG is damaged and was not read.")
        return
    if block.startswith(_XMP_MARK):
        kind, block = BlockKind.XMP, block[len(_XMP_MARK) :]
    if kind is BlockKind.IIM:
        _collect_iim(block, found)
    elif kind not in found.blocks:
        found.keep(kind, block)


def _collect_iim(block: bytes, found: BlockCollector) -> None:
    """The profile is either the resources of Photoshop or the IPTC-IIM alone."""
    if block[:1] == b"\x1c":
        found.keep(BlockKind.IIM, block)
    for identifier, content in image_resources(memoryview(block)):
        if identifier == IIM_RESOURCE:
            found.keep(BlockKind.IIM, content)


_PROFILE_KINDS = {
    b"exif": BlockKind.EXIF,
    b"APP1": BlockKind.EXIF,
    b"xmp": BlockKind.XMP,
    b"iptc": BlockKind.IIM,
    b"8bim": BlockKind.IIM,
}
