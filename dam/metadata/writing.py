"""Puts words into a file of any format that has a place for them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from mmap import mmap

from dam.metadata.blocks_out import NewBlocks
from dam.metadata.chunk_writing import write_png, write_webp
from dam.metadata.ifd import IIM, LONG, PHOTOSHOP, XMP, directory_of, first_offset, open_tiff
from dam.metadata.jpeg_writing import new_resources, write_jpeg
from dam.metadata.pieces import CannotWrite, Edited
from dam.metadata.tiff_edit import Tag, TagChanges, bytes_tag, edit_tiff, without_position

__all__ = ["CannotWrite", "Edited", "NewBlocks", "has_room", "write_into"]


def has_room(media_type: str) -> bool:
    """Whether files of this type can be given words; others get an XMP file beside them."""
    return media_type in _WRITERS


def write_into(data: bytes | memoryview | mmap, media_type: str, blocks: NewBlocks) -> Edited:
    """Return the file with these blocks, told as pieces of the old one; no pixel is changed.

    Raises:
        CannotWrite: the format has no place for words, or this file no safe one.
    """
    writer = _WRITERS.get(media_type)
    if writer is None:
        raise CannotWrite("This format has no place for words that is safe to write.")
    with memoryview(data) as given, given.cast("B") as view:
        return writer(view, blocks)


def _write_tiff(data: memoryview, blocks: NewBlocks) -> Edited:
    """Add the blocks as tags behind the old bytes (XMP Part 3 §3.3; IIM in RichTIFF)."""
    tiff = open_tiff(data)
    if tiff is None:
        raise CannotWrite("This is no TIFF.")
    directory = directory_of(tiff, first_offset(tiff))
    if blocks.iim is not None:  # padded first: the digest is that of what stands in the tag
        blocks = replace(blocks, iim=blocks.iim + bytes(-len(blocks.iim) % 4))
    image: dict[int, Tag | None] = dict(blocks.tags.image)
    image[XMP] = bytes_tag(blocks.xmp)
    image[IIM] = None if blocks.iim is None else _long_tag(blocks.iim)
    old = directory[PHOTOSHOP].content if PHOTOSHOP in directory else memoryview(b"")
    resources = new_resources(old, blocks, only_digest=True)
    image[PHOTOSHOP] = bytes_tag(resources) if resources else None
    changes = TagChanges(image, blocks.tags.photo)
    return edit_tiff(data, without_position(changes) if blocks.private else changes)


def _long_tag(content: bytes) -> Tag:
    """The type that RichTIFF and all programs give IPTC-IIM, though its bytes are never swapped."""
    return Tag(LONG, len(content) // 4, content)


_WRITERS: Mapping[str, Callable[[memoryview, NewBlocks], Edited]] = {
    "image/jpeg": write_jpeg,
    "image/png": write_png,
    "image/webp": write_webp,
    "image/tiff": _write_tiff,
}
