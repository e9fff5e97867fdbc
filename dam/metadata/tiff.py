"""TIFF files, DNG and the raw files of cameras: their blocks, and their tags as one EXIF block.

Such a file has no EXIF block: its tags are the file. What is kept of them is a small block of the
same tags, written anew, without those that say where the picture lies.
"""

from collections.abc import Mapping

from dam.metadata.blocks import BlockCollector, BlockKind
from dam.metadata.ifd import (
    EXIF_DIRECTORY,
    GPS_DIRECTORY,
    IIM,
    LONG,
    MAX_TEXT_BYTES,
    PHOTOSHOP,
    UNIT_BYTES,
    XMP,
    ByteOrder,
    TagValue,
    directories_of,
    directory_of,
    first_offset,
    open_tiff,
    upright_iim,
    written_directory,
)
from dam.metadata.photoshop import collect_iim

Entry = tuple[int, int, bytes]
# Where pixels and previews lie and how they are packed, other directories, and what is a block of
# its own; the MakerNote counts its offsets from a place that is another here.
_LEFT_OUT = frozenset(
    {
        *(0x0111, 0x0117, 0x0144, 0x0145, 0x0201, 0x0202, 0x014A, 0x015B, 0x013D, 0xA005),
        *(EXIF_DIRECTORY, GPS_DIRECTORY, XMP, IIM, PHOTOSHOP, 0x8773, 0x927C, 0xC634, 0x002E),
    }
)
# The tags of a DNG with its colour tables have 30 kB; a hostile one says its bytes over and over.
_MOST_BYTES = 1024 * 1024


def collect_tiff(data: memoryview, found: BlockCollector) -> None:
    """Keep the blocks of a TIFF's first directory, and its tags as an EXIF block.

    Nothing is kept of what is no TIFF, BigTIFF, or raw file that is built as one.
    """
    tiff = open_tiff(data)
    if tiff is None:
        return
    directory = directory_of(tiff, first_offset(tiff))
    if XMP in directory:
        found.keep(BlockKind.XMP, directory[XMP].content)
    if IIM in directory:
        found.keep(BlockKind.IIM, upright_iim(directory[IIM], found))
    if PHOTOSHOP in directory:
        collect_iim(directory[PHOTOSHOP].content, found, digest_only=IIM in directory)
    named = directories_of(tiff)
    found.keep(BlockKind.EXIF, _block(tiff.order, named))


def excerpt_of_parts(
    image: memoryview | None, photo: memoryview | None, gps: memoryview | None
) -> bytes:
    """Return one EXIF block of the three TIFF structures that a CR3 has for its directories."""
    order: ByteOrder = "little"
    named: dict[str, Mapping[int, TagValue]] = {}
    for name, part in (("Image", image), ("Photo", photo), ("GPSInfo", gps)):
        tiff = None if part is None else open_tiff(part)
        if tiff is not None:
            order = tiff.order
            named[name] = directory_of(tiff, first_offset(tiff))
    return _block(order, named)


def _block(order: ByteOrder, named: Mapping[str, Mapping[int, TagValue]]) -> bytes:
    """Return a block of the tags that are small and mean something outside their file."""
    left = _MOST_BYTES
    kept: dict[str, dict[int, Entry]] = {"Image": {}, "Photo": {}, "GPSInfo": {}}
    for name, tags in named.items():
        for tag, value in tags.items():
            size = len(value.content)
            if tag not in _LEFT_OUT and size <= min(MAX_TEXT_BYTES, left):
                left -= size
                count = size // UNIT_BYTES[value.kind]
                kept[name][tag] = (value.kind, count, bytes(value.content))
    if not any(kept.values()):
        return b""
    image = kept["Image"]
    pointers = (("Photo", EXIF_DIRECTORY), ("GPSInfo", GPS_DIRECTORY))
    for name, tag in pointers:
        if kept[name]:
            image[tag] = (LONG, 1, bytes(4))
    place = 8 + len(written_directory(image, 8, order))
    behind = b""
    for name, tag in pointers:
        if kept[name]:
            image[tag] = (LONG, 1, (place + len(behind)).to_bytes(4, order))
            behind += written_directory(kept[name], place + len(behind), order)
    mark = b"II*\0\x08\0\0\0" if order == "little" else b"MM\0*\0\0\0\x08"
    return mark + written_directory(image, 8, order) + behind
