"""A bounded reader of TIFF directories: of TIFF and BigTIFF files, and of EXIF blocks.

Spec: TIFF 6.0 §2, BigTIFF (libtiff), Exif 3.0 §4.6. Every offset and count is checked against the
bytes at hand before anything is looked at or copied.
"""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dam.metadata.blocks import BlockCollector, BlockKind
from dam.metadata.pieces import CannotWrite

DESCRIPTION, ORIENTATION, ARTIST, COPYRIGHT = 0x010E, 0x0112, 0x013B, 0x8298
EXIF_DIRECTORY, GPS_DIRECTORY = 0x8769, 0x8825
DATE_ORIGINAL, OFFSET_ORIGINAL, IMAGE_TITLE, PHOTOGRAPHER = 0x9003, 0x9011, 0xA436, 0xA437
XMP, IIM, PHOTOSHOP = 0x02BC, 0x83BB, 0x8649

ASCII, SHORT, LONG, UTF8 = 2, 3, 4, 129
_INTEGERS = frozenset({1, 3, 4, 13, 16, 18})
# Bytes of one value of each type; 13, 16 and 18 are the offsets of BigTIFF, 129 is Exif 3.0.
UNIT_BYTES: Mapping[int, int] = (
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
class TagValue:
    """A value: its type and its bytes."""

    kind: int
    content: memoryview


@dataclass(frozen=True, slots=True)
class Tiff:
    """A TIFF structure: its bytes and how its numbers are written."""

    data: memoryview
    order: ByteOrder
    big: bool

    def number(self, at: int, size_bytes: int) -> int:
        """The unsigned number there; what is beyond the end counts as missing digits."""
        return int.from_bytes(self.data[at : at + size_bytes], self.order)


def exif_tags(block: memoryview) -> ExifTags | None:
    """The tags of an EXIF block that are read, or None when it is no TIFF structure."""
    tiff = open_tiff(block)
    return None if tiff is None else _tags(tiff, directory_of(tiff, first_offset(tiff)))


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
    first = written_directory(image, 8, tags.order).ljust(photo_at - 8, b"\0")
    return mark + first + written_directory(photo, photo_at, tags.order)


def open_tiff(data: memoryview) -> Tiff | None:
    """Return the structure that begins here, or None."""
    match bytes(data[:4]):
        case (
            b"II*\0" | b"IIU\0" | b"IIRO" | b"IIRS"
        ):  # Panasonic and Olympus have marks of their own
            return Tiff(data, "little", big=False)
        case b"MM\0*" | b"MMOR":
            return Tiff(data, "big", big=False)
        case b"II+\0":
            return Tiff(data, "little", big=True)
        case b"MM\0+":
            return Tiff(data, "big", big=True)
        case _:
            return None


def first_offset(tiff: Tiff) -> int:
    """Return where the first directory begins."""
    return tiff.number(8, 8) if tiff.big else tiff.number(4, 4)


def directory_of(tiff: Tiff, offset: int) -> dict[int, TagValue]:
    """The entries whose values lie within the bytes; of a repeated tag the first."""
    directory: dict[int, TagValue] = {}
    for tag, value in _entries(tiff, offset):
        directory.setdefault(tag, value)
    return directory


def raw_entries(tiff: Tiff, offset: int) -> tuple[dict[int, bytes], int]:
    """Return the entries of a directory as they are written, and where the next one begins.

    Raises:
        CannotWrite: they do not lie within the bytes, or are more than any file has.
    """
    count_bytes, entry_bytes, word_bytes = (8, 20, 8) if tiff.big else (2, 12, 4)
    if offset == 0:
        return {}, 0
    count = tiff.number(offset, count_bytes)
    end = offset + count_bytes + count * entry_bytes
    if offset < 8 or count > _MAX_ENTRIES or end + word_bytes > len(tiff.data):
        raise CannotWrite("The directory of its tags is damaged.")
    found: dict[int, bytes] = {}
    for at in range(offset + count_bytes, end, entry_bytes):
        found.setdefault(tiff.number(at, 2), bytes(tiff.data[at : at + entry_bytes]))
    return found, tiff.number(end, word_bytes)


def _entries(tiff: Tiff, offset: int) -> Iterator[tuple[int, TagValue]]:
    count_bytes, entry_bytes, word_bytes = (8, 20, 8) if tiff.big else (2, 12, 4)
    announced = tiff.number(offset, count_bytes)
    for index in range(min(announced, _MAX_ENTRIES)):
        at = offset + count_bytes + index * entry_bytes
        if at + entry_bytes > len(tiff.data):
            return
        kind = tiff.number(at + 2, 2)
        size = UNIT_BYTES.get(kind, 0) * tiff.number(at + 4, word_bytes)
        value_at = at + 4 + word_bytes
        if size > word_bytes:
            value_at = tiff.number(value_at, word_bytes)
        if size > 0 and value_at + size <= len(tiff.data):
            yield tiff.number(at, 2), TagValue(kind, tiff.data[value_at : value_at + size])


def directories(block: memoryview) -> tuple[ByteOrder, Mapping[str, Mapping[int, TagValue]]] | None:
    """The byte order and every readable tag of the image, EXIF and GPS directories.

    None is no TIFF structure.
    """
    tiff = open_tiff(block)
    return None if tiff is None else (tiff.order, directories_of(tiff))


def directories_of(tiff: Tiff) -> Mapping[str, Mapping[int, TagValue]]:
    """Every readable tag of the image, EXIF and GPS directories, by the names of these."""
    image = directory_of(tiff, first_offset(tiff))
    found = {"Image": image}
    for name, tag in (("Photo", EXIF_DIRECTORY), ("GPSInfo", GPS_DIRECTORY)):
        if (offset := _integer(tiff, image.get(tag))) is not None:
            found[name] = directory_of(tiff, offset)
    return found


def _tags(tiff: Tiff, directory: Mapping[int, TagValue]) -> ExifTags:
    photo: Mapping[int, TagValue] = {}
    if (offset := _integer(tiff, directory.get(EXIF_DIRECTORY))) is not None:
        photo = directory_of(tiff, offset)
    orientation = _integer(tiff, directory.get(ORIENTATION))
    if orientation is not None and not 1 <= orientation <= 8:
        orientation = None
    return ExifTags(
        tiff.order, _texts(directory, _IMAGE_TEXTS), _texts(photo, _PHOTO_TEXTS), orientation
    )


def _integer(tiff: Tiff, value: TagValue | None) -> int | None:
    if value is None or value.kind not in _INTEGERS:
        return None
    return int.from_bytes(value.content[: UNIT_BYTES[value.kind]], tiff.order)


def _texts(directory: Mapping[int, TagValue], wanted: tuple[int, ...]) -> dict[int, bytes]:
    texts = {}
    for tag in wanted:
        value = directory.get(tag)
        if value is not None and value.kind in (ASCII, UTF8):
            # One byte more than the bound tells the reader that the text goes on.
            texts[tag] = bytes(value.content[: MAX_TEXT_BYTES + 1]).rstrip(b"\0")
    return {tag: text for tag, text in texts.items() if text}


def upright_iim(value: TagValue, found: BlockCollector) -> bytes | memoryview:
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


def written_directory(
    entries: Mapping[int, tuple[int, int, bytes]], start: int, order: ByteOrder
) -> bytes:
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
