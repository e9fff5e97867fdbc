"""The directories of a TIFF file: enough to tell raw files apart and to see missing ends."""

import struct
from dataclasses import dataclass
from typing import BinaryIO

_NEW_SUBFILE_TYPE = 254
_WIDTH, _LENGTH = 256, 257
_COMPRESSION = 259
_PHOTOMETRIC = 262
_STRIP_OFFSETS, _STRIP_BYTES = 273, 279
_TILE_WIDTH, _TILE_LENGTH = 322, 323
_TILE_OFFSETS, _TILE_BYTES = 324, 325
_SUB_DIRECTORIES = 330
_DNG_VERSION = 50706
_RAW_PHOTOMETRICS = {32803, 34892}  # colour filter array, linear raw

_CODES = {1: "B", 2: "B", 3: "H", 4: "L", 7: "B", 13: "L", 16: "Q", 18: "Q"}
_MOST_ENTRIES = 4096
_MOST_DIRECTORIES = 4096
_MOST_SUB_DIRECTORIES = 64
_MOST_VALUES = 8_000_000  # strips of the largest master that the archive takes


class BrokenDirectory(Exception):
    """The directory points outside the file or is none; never leaves this package."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where classic TIFF and BigTIFF differ."""

    order: str
    big: bool

    @property
    def word(self) -> str:
        return "Q" if self.big else "L"

    @property
    def entry(self) -> struct.Struct:
        return struct.Struct(f"{self.order}HH{self.word}{8 if self.big else 4}s")


@dataclass(frozen=True, slots=True)
class TiffDirectory:
    """The tags of one directory, as numbers, for the tags that are numbers."""

    numbers: dict[int, tuple[int, ...]]

    @property
    def compression(self) -> int:
        """The number of the compression; 1 is none."""
        return self.numbers.get(_COMPRESSION, (1,))[0]

    @property
    def camera_raw(self) -> bool:
        """A DNG, or a directory of a camera: a reduced picture before sensor data."""
        photometric = self.numbers.get(_PHOTOMETRIC, (0,))[0]
        if _DNG_VERSION in self.numbers or photometric in _RAW_PHOTOMETRICS:
            return True
        reduced = self.numbers.get(_NEW_SUBFILE_TYPE, (0,))[0] & 1
        return bool(reduced) and _SUB_DIRECTORIES in self.numbers

    @property
    def lacks_tiles(self) -> bool:
        """Whether it names fewer tiles than its picture has."""
        sides = [self.numbers.get(tag, (0,))[0] for tag in (_WIDTH, _TILE_WIDTH)]
        sides += [self.numbers.get(tag, (0,))[0] for tag in (_LENGTH, _TILE_LENGTH)]
        if not all(sides):
            return False
        width, tile_width, length, tile_length = sides
        wanted = -(-width // tile_width) * -(-length // tile_length)
        return len(self.numbers.get(_TILE_OFFSETS, ())) < wanted

    @property
    def end_of_pixels(self) -> int:
        """The byte after the last strip or tile; 0 when the directory names none."""
        ends = [0]
        for offsets, lengths in ((_STRIP_OFFSETS, _STRIP_BYTES), (_TILE_OFFSETS, _TILE_BYTES)):
            pairs = zip(self.numbers.get(offsets, ()), self.numbers.get(lengths, ()), strict=False)
            ends.extend(offset + length for offset, length in pairs)
        return max(ends)


def read_directory(file: BinaryIO) -> TiffDirectory:
    """Return the first directory of the TIFF or BigTIFF *file*.

    Raises:
        BrokenDirectory: it is not inside the file, or makes no sense.
    """
    try:
        shape, offset = _start(file)
        return TiffDirectory(_read_entries(file, shape, offset))
    except (struct.error, OverflowError, ValueError) as error:
        raise BrokenDirectory from error


def read_directories(file: BinaryIO) -> tuple[TiffDirectory, ...]:
    """Return the first directory of *file* and those below it, where cameras keep the sensor's.

    Raises:
        BrokenDirectory: one is not inside the file, or makes no sense.
    """
    first = read_directory(file)
    try:
        shape, _ = _start(file)
        below = first.numbers.get(_SUB_DIRECTORIES, ())[:_MOST_SUB_DIRECTORIES]
        return (first, *(TiffDirectory(_read_entries(file, shape, at)) for at in below))
    except (struct.error, OverflowError, ValueError) as error:
        raise BrokenDirectory from error


def count_pictures(file: BinaryIO) -> int:
    """Return how many pictures a TIFF *file* holds, its smaller copies of the first left out.

    Raises:
        BrokenDirectory: a directory is not inside the file, or makes no sense.
    """
    try:
        shape, offset = _start(file)
        reduced: dict[int, bool] = {}
        while offset and offset not in reduced and len(reduced) < _MOST_DIRECTORIES:
            table = _read_table(file, shape, offset)
            reduced[offset] = _is_reduced(shape, table)
            (offset,) = struct.unpack(
                f"{shape.order}{shape.word}", file.read(struct.calcsize(f"<{shape.word}"))
            )
    except (struct.error, OverflowError, ValueError) as error:
        raise BrokenDirectory from error
    copies = list(reduced.values())
    # Where the first is itself a smaller copy, the picture is another, and a person has to look.
    return len(copies) if copies[:1] == [True] else copies.count(False)


def _start(file: BinaryIO) -> tuple[_Shape, int]:
    file.seek(0)
    head = file.read(16)
    order = "<" if head[:2] == b"II" else ">"
    shape = _Shape(order, big=head[2:4] in (b"+\0", b"\0+"))
    (offset,) = struct.unpack_from(f"{order}{shape.word}", head, 8 if shape.big else 4)
    return shape, offset


def _read_table(file: BinaryIO, shape: _Shape, offset: int) -> bytes:
    file.seek(offset)
    count_code = f"{shape.order}{'Q' if shape.big else 'H'}"
    (count,) = struct.unpack(count_code, file.read(struct.calcsize(count_code)))
    if not 0 < count <= _MOST_ENTRIES:
        raise BrokenDirectory
    return file.read(count * shape.entry.size)


def _is_reduced(shape: _Shape, table: bytes) -> bool:
    for tag, _, _, inline in shape.entry.iter_unpack(table):
        if tag == _NEW_SUBFILE_TYPE:
            (kind,) = struct.unpack(f"{shape.order}L", inline[:4])
            return bool(kind & 1)
    return False


def _read_entries(file: BinaryIO, shape: _Shape, offset: int) -> dict[int, tuple[int, ...]]:
    table = _read_table(file, shape, offset)
    numbers: dict[int, tuple[int, ...]] = {}
    for tag, kind, length, inline in shape.entry.iter_unpack(table):
        if kind in _CODES and 0 < length <= _MOST_VALUES:
            numbers[tag] = _read_numbers(file, shape, f"{length}{_CODES[kind]}", inline)
    if not numbers:
        raise BrokenDirectory
    return numbers


def _read_numbers(file: BinaryIO, shape: _Shape, code: str, inline: bytes) -> tuple[int, ...]:
    code = shape.order + code
    size = struct.calcsize(code)
    if size > len(inline):
        (offset,) = struct.unpack(f"{shape.order}{shape.word}", inline)
        file.seek(offset)
        inline = file.read(size)
    return struct.unpack(code, inline[:size])
