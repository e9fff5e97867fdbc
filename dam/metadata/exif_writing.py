"""The EXIF of a file that is given words: the old block with a few tags changed, or a new one."""

from collections.abc import Mapping

from dam.metadata.blocks_out import NewBlocks
from dam.metadata.pieces import CannotWrite
from dam.metadata.tiff_edit import Tag, TagChanges, edit_tiff, fresh_tiff, without_position

_MARK = b"Exif\0\0"
_SHORT, _LONG, _RATIONAL, _UNDEFINED = 3, 4, 5, 7
_DESCRIPTION = 0x010E


def changed_exif(
    old: memoryview | None,
    blocks: NewBlocks,
    *,
    most_bytes: int | None = None,
    size: tuple[int, int] | None = None,
) -> bytes:
    """Return the block with its tags changed, without its ``Exif`` mark; empty is no block.

    A damaged block stays as it is, but goes where *private* is asked for. Where *most_bytes* are
    not enough, the description stands in the XMP alone. *size* is the picture's width and height,
    for the tags that a JPEG's own block must have.

    Raises:
        CannotWrite: it has no room for any change.
    """
    changes = without_position(blocks.tags) if blocks.private else blocks.tags
    if old is not None and bytes(old[:6]) == _MARK:
        old = old[6:]
    shorter = TagChanges({**changes.image, _DESCRIPTION: None}, changes.photo)
    removed = TagChanges(dict.fromkeys(changes.image), dict.fromkeys(changes.photo))
    for attempt in (changes, shorter, removed):
        block = _changed(old, attempt, blocks, size)
        if most_bytes is None or len(block) <= most_bytes:
            return block
    raise CannotWrite("The EXIF block of this file has no room.")


def _changed(
    old: memoryview | None, changes: TagChanges, blocks: NewBlocks, size: tuple[int, int] | None
) -> bytes:
    if old is not None and len(old):
        try:
            return edit_tiff(old, changes).joined(old)
        except CannotWrite:
            if not blocks.private:
                return bytes(old)
    image = {tag: value for tag, value in changes.image.items() if value is not None}
    if not image:
        return b""
    if size is None:
        return fresh_tiff(TagChanges(image))
    return fresh_tiff(TagChanges({**_JPEG_IMAGE, **image}, {**_JPEG_PHOTO, **_size_tags(*size)}))


def _short(number: int) -> Tag:
    return Tag(_SHORT, 1, number.to_bytes(2, "big"))


def _size_tags(width: int, height: int) -> Mapping[int, Tag]:
    return {
        0xA002: Tag(_LONG, 1, width.to_bytes(4, "big")),
        0xA003: Tag(_LONG, 1, height.to_bytes(4, "big")),
    }


# What Exif 3.0 §4.6.8 demands of a JPEG, each with the value that says "not known".
_72_DOTS = Tag(_RATIONAL, 1, (72).to_bytes(4, "big") + (1).to_bytes(4, "big"))
_JPEG_IMAGE: Mapping[int, Tag] = {
    0x011A: _72_DOTS,
    0x011B: _72_DOTS,
    0x0128: _short(2),
    0x0213: _short(1),
}
_JPEG_PHOTO: Mapping[int, Tag] = {
    0x9000: Tag(_UNDEFINED, 4, b"0232"),
    0x9101: Tag(_UNDEFINED, 4, b"\1\2\3\0"),
    0xA000: Tag(_UNDEFINED, 4, b"0100"),
    0xA001: _short(0xFFFF),
}
