"""Changes tags of a TIFF structure by adding to its end, so that nothing in it moves.

The new directory stands behind the old bytes and the header points to it. Values that stay keep
their offsets, and so do the MakerNotes of cameras, whose inner offsets count from the header.
Spec: TIFF 6.0 §2; BigTIFF (libtiff).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dam.metadata.ifd import (
    EXIF_DIRECTORY,
    GPS_DIRECTORY,
    Tiff,
    first_offset,
    open_tiff,
    raw_entries,
)
from dam.metadata.pieces import CannotWrite, Edited, Span, edited

_LONG, _LONG8 = 4, 16
_FRESH = b"MM\0*\0\0\0\0"
_LARGEST_CLASSIC_BYTES = 1 << 32


@dataclass(frozen=True, slots=True)
class Tag:
    """A value as a directory holds it: type, number of values, bytes in the file's order."""

    kind: int
    count: int
    content: bytes


@dataclass(frozen=True, slots=True)
class TagChanges:
    """New values of the first directory and of the EXIF directory; None removes a tag."""

    image: Mapping[int, Tag | None] = field(default_factory=dict)
    photo: Mapping[int, Tag | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.image or self.photo)


def text_tag(text: str) -> Tag:
    """Return *text* in UTF-8 as type ASCII, as all programs do against the letter of Exif 2."""
    content = text.replace("\0", "").encode() + b"\0"
    return Tag(2, len(content), content)


def bytes_tag(content: bytes) -> Tag:
    """Return bytes as they are."""
    return Tag(1, len(content), content)


def without_position(changes: TagChanges) -> TagChanges:
    """Return the changes with the camera's position removed as well."""
    return TagChanges({**changes.image, GPS_DIRECTORY: None}, changes.photo)


def fresh_tiff(changes: TagChanges) -> bytes:
    """Return a small TIFF structure of these tags alone, such as an EXIF block is."""
    return edit_tiff(memoryview(_FRESH), changes).joined(_FRESH)


def edit_tiff(data: memoryview, changes: TagChanges) -> Edited:
    """Return a TIFF or EXIF block with its tags changed.

    Raises:
        CannotWrite: it is no TIFF structure, or its first directory cannot be read whole, or it
            would be larger than a classic TIFF can be.
    """
    tiff = open_tiff(data)
    if tiff is None:
        raise CannotWrite("This is no TIFF structure.")
    old, following = raw_entries(tiff, first_offset(tiff))
    tail = _Tail(tiff, bytearray(len(data) & 1))
    image = dict(changes.image)
    if changes.photo and (pointer := _photo_directory(tiff, old, changes.photo, tail)):
        image[EXIF_DIRECTORY] = pointer
    start = tail.directory(old, image, following)
    if not tiff.big and len(data) + len(tail.written) >= _LARGEST_CLASSIC_BYTES:
        raise CannotWrite("This TIFF has no room for more.")
    at, size = (8, 8) if tiff.big else (4, 4)
    return edited(
        [
            Span(0, at),
            start.to_bytes(size, tiff.order),
            Span(at + size, len(data)),
            bytes(tail.written),
        ]
    )


def _photo_directory(
    tiff: Tiff, old: Mapping[int, bytes], changes: Mapping[int, Tag | None], tail: "_Tail"
) -> Tag | None:
    entries: Mapping[int, bytes] = {}
    following = 0
    if EXIF_DIRECTORY in old:
        size = 8 if tiff.big else 4
        entries, following = raw_entries(
            tiff, int.from_bytes(old[EXIF_DIRECTORY][-size:], tiff.order)
        )
    wanted = {tag: value for tag, value in changes.items() if value is not None or tag in entries}
    if not wanted:
        return None
    start = tail.directory(entries, wanted, following)
    kind, size = (_LONG8, 8) if tiff.big else (_LONG, 4)
    return Tag(kind, 1, start.to_bytes(size, tiff.order))


@dataclass(slots=True)
class _Tail:
    """What is added behind the old bytes."""

    tiff: Tiff
    written: bytearray

    def directory(
        self, old: Mapping[int, bytes], changes: Mapping[int, Tag | None], following: int
    ) -> int:
        """Add a directory and the values that are new in it; return where it begins."""
        order = self.tiff.order
        count_bytes, word_bytes = (8, 8) if self.tiff.big else (2, 4)
        entries = dict(old)
        for tag, value in changes.items():
            entries.pop(tag, None)
            if value is not None:
                entries[tag] = self._entry(tag, value, word_bytes)
        start = len(self.tiff.data) + len(self.written)
        self.written += len(entries).to_bytes(count_bytes, order)
        for _, entry in sorted(entries.items()):
            self.written += entry
        self.written += following.to_bytes(word_bytes, order)
        return start

    def _entry(self, tag: int, value: Tag, word_bytes: int) -> bytes:
        order = self.tiff.order
        place = value.content.ljust(word_bytes, b"\0")
        if len(value.content) > word_bytes:
            place = (len(self.tiff.data) + len(self.written)).to_bytes(word_bytes, order)
            self.written += value.content + b"\0" * (len(value.content) & 1)
        head = tag.to_bytes(2, order) + value.kind.to_bytes(2, order)
        return head + value.count.to_bytes(word_bytes, order) + place
