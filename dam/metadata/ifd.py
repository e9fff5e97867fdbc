"""A bounded reader of TIFF directories: of TIFF and BigTIFF files, and of EXIF blocks.

Spec: TIFF 6.0 §2, BigTIFF (libtiff), Exif 3.0 §4.6. Every offset and count is checked against the
bytes at hand before anything is looked at or copied.
"""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dam.metadata.blocks import BlockCollector, BlockKind
from dam.metadata.photoshop import collect_iim

DESCRIPTION, ORIENTATION, ARTIST, COPYRIGHT = 0x010E, 0x0112, 0x013B, 0x8298
EXIF_DIRECTORY = 0x8769
DATE_ORIGINAL, OFFSET_ORIGINAL, IMAGE_TITLE, PHOTOGRAPHER = 0x9003, 0x9011, 0xA436, 0xA437
_XMP, _IIM, _PHOTOSHOP = 0x02BC, 0x83BB, 0x8649

ASCII, SHORT, LONG, UTF8 = 2, 3, 4, 129
_INTEGERS = frozenset({1, 3, 4, 13, 16, 18})
# Bytes of one value of each type; 13, 16 and 18 are the offsets of BigTIFF, 129 is Exif 3.0.
_UNIT_BYTES: Mapping[int, int] = (
    dict.fromkeys((1, 2, 6, 7, 129), 1)
    | dict.fromkeys((3, 8), 2)
    | dict.fromkeys((4, 9, 11, 13), 4)
    | dict.fromkeys((5, 10, 12, 16, 17, 18), 8)
)

_IMAGE_TEXTS = (DESCRIPTION, ARTIST, COPYRIGHT)
_PHOTO_TEXTS = (DATE_ORIGINAL, OFFSET_ORIGINAL, IMAGE_TITLE, PHOTOGRAPHER)
# The longest real description seen is 8 kB. A directory of the largest camera has 300 entries.
MAX_TEXT_BYTES = 64 * 1024
_MAX_ENTRIES = 4096

ByteOrder = Literal["little", "big"]


@dataclass(frozen=True, slots=True)
class ExifTags:
    """The tags that are read, their texts as bytes without the NUL at the end."""

    order: ByteOrder
    image: Mapping[int, bytes]
    photo: Mapping[int, bytes]
    orientation: int | None

    def __bool__(self) -> bool:
        return bool(self.image or self.photo) or self.orientation is not None


@dataclass(frozen=True, slots=True)
class _Value:
    kind: int
    content: memoryview


@dataclass(frozen=True, slots=True)
class _Tiff:
    """A TIFF structure: its bytes and how its numbers are written."""

    data: memoryview
    order: ByteOrder
    big: bool

    def number(self, at: int, size_bytes: int) -> int:
        """The unsigned number there; what is beyond the end counts as missing digits."""
        return int.from_bytes(self.data[at : at + size_bytes], self.order)


def collect_tiff(data: memoryview, found: BlockCollector) -> None:
    """Keep the blocks of a TIFF's first directory, and an excerpt of its tags as EXIF.

    Nothing is kept of what is no TIFF or BigTIFF.
    """
    tiff = _open(data)
    if tiff is None:
        return
    directory = _directory(tiff, _first_offset(tiff))
    if _XMP in directory:
        found.keep(BlockKind.XMP, directory[_XMP].content)
    if _IIM in directory:
        found.keep(BlockKind.IIM, _upright_iim(directory[_IIM], found))
    elif _PHOTOSHOP in directory:
        collect_iim(directory[_PHOTOSHOP].content, found)
    if tags := _tags(tiff, directory):
        found.keep(BlockKind.EXIF, excerpt(tags))


def exif_tags(block: memoryview) -> ExifTags | None:
    """The tags of an EXIF block that are read, or None when it is no TIFF structure."""
    tiff = _open(block)
    return None if tiff is None else _tags(tiff, _directory(tiff, _first_offset(tiff)))


def excerpt(tags: ExifTags) -> bytes:
    """A small, well-formed EXIF block of these tags and no other; texts are of type ASCII.

    Exif 3.0 texts become ASCII as well: readers of Exif 2 give up at type 129, and their bytes
    are UTF-8 either way.
    """
    photo_at = 8 + _directory_bytes(tags.image, extra=2)
    image = {tag: _text_entry(text) for tag, text in tags.image.items()}
    if tags.orientation is not None:
        image[ORIENTATION] = (SHORT, 1, tags.orientation.to_bytes(2, tags.order))
    if tags.photo:
        image[EXIF_DIRECTORY] = (LONG, 1, photo_at.to_bytes(4, tags.order))
    photo = {tag: _text_entry(text) for tag, text in tags.photo.items()}
    mark = b"II*\0\x08\0\0\0" if tags.order == "little" else b"MM\0*\0\0\0\x08"
    first = _written(image, 8, tags.order).ljust(photo_at - 8, b"\0")
    return mark + first + _written(photo, photo_at, tags.order)


def _open(data: memoryview) -> _Tiff | None:
    match bytes(data[:4]):
        case b"II*\0":
            return _Tiff(data, "little", big=False)
        case b"MM\0*":
            return _Tiff(data, "big", big=False)
        case b"II+\0":
            return _Tiff(data, "little", big=True)
        case b"MM\0+":
            return _Tiff(data, "big", big=True)
        case _:
            return None


def _first_offset(tiff: _Tiff) -> int:
    return tiff.number(8, 8) if tiff.big else tiff.number(4, 4)


def _directory(tiff: _Tiff, offset: int) -> dict[int, _Value]:
    """The entries whose values lie within the bytes; of a repeated tag the first."""
    directory: dict[int, _Value] = {}
    for tag, value in _entries(tiff, offset):
        directory.setdefault(tag, value)
    return directory


def _entries(tiff: _Tiff, offset: int) -> Iterator[tuple[int, _Value]]:
    count_bytes, entry_bytes, word_bytes = (8, 20, 8) if tiff.big else (2, 12, 4)
    announced = tiff.number(offset, count_bytes)
    for index in range(min(announced, _MAX_ENTRIES)):
        at = offset + count_bytes + index * entry_bytes
        if at + entry_bytes > len(tiff.data):
            return
        kind = tiff.number(at + 2, 2)
        size = _UNIT_BYTES.get(kind, 0) * tiff.number(at + 4, word_bytes)
        value_at = at + 4 + word_bytes
        if size > word_bytes:
            value_at = tiff.number(value_at, word_bytes)
        if size > 0 and value_at + size <= len(tiff.data):
            yield tiff.number(at, 2), _Value(kind, tiff.data[value_at : value_at + size])


def _tags(tiff: _Tiff, directory: Mapping[int, _Value]) -> ExifTags:
    photo: Mapping[int, _Value] = {}
    if (offset := _integer(tiff, directory.get(EXIF_DIRECTORY))) is not None:
        photo = _directory(tiff, offset)
    orientation = _integer(tiff, directory.get(ORIENTATION))
    if orientation is not None and not 1 <= orientation <= 8:
        orientation = None
    return ExifTags(
        tiff.order, _texts(directory, _IMAGE_TEXTS), _texts(photo, _PHOTO_TEXTS), orientation
    )


def _integer(tiff: _Tiff, value: _Value | None) -> int | None:
    if value is None or value.kind not in _INTEGERS:
        return None
    return int.from_bytes(value.content[: _UNIT_BYTES[value.kind]], tiff.order)


def _texts(directory: Mapping[int, _Value], wanted: tuple[int, ...]) -> dict[int, bytes]:
    texts = {}
    for tag in wanted:
        value = directory.get(tag)
        if value is not None and value.kind in (ASCII, UTF8):
            # One byte more than the bound tells the reader that the text goes on.
            texts[tag] = bytes(value.content[: MAX_TEXT_BYTES + 1]).rstrip(b"\0")
    return {tag: text for tag, text in texts.items() if text}


def _upright_iim(value: _Value, found: BlockCollector) -> bytes | memoryview:
    """The IIM block as it was meant: many writers call it LONG, and libtiff then swaps it."""
    content = value.content
    swapped = len(content) % 4 == 0 and content[0] != 0x1C and content[3] == 0x1C
    if not swapped or not found.fits(BlockKind.IIM, len(content)):
        return content
    words = array("I", bytes(content))
    words.byteswap()
    return words.tobytes()


def _text_entry(text: bytes) -> tuple[int, int, bytes]:
    return ASCII, len(text) + 1, text + b"\0"


def _directory_bytes(texts: Mapping[int, bytes], *, extra: int) -> int:
    """The room that a directory of *texts* and *extra* small entries needs, with its values."""
    entries = len(texts) + extra
    return 2 + 12 * entries + 4 + sum((len(text) + 2) & ~1 for text in texts.values())


def _written(entries: Mapping[int, tuple[int, int, bytes]], start: int, order: ByteOrder) -> bytes:
    """A directory that begins at *start*, its entries in ascending order, its values after it."""
    values = b""
    values_at = start + 2 + 12 * len(entries) + 4
    head = len(entries).to_bytes(2, order)
    for tag, (kind, count, content) in sorted(entries.items()):
        place = content.ljust(4, b"\0")
        if len(content) > 4:
            place = (values_at + len(values)).to_bytes(4, order)
            values += content + b"\0" * (len(content) & 1)
        head += tag.to_bytes(2, order) + kind.to_bytes(2, order) + count.to_bytes(4, order) + place
    return head + bytes(4) + values
