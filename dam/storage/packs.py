"""Tile packs as they are read: one file, one index, one ``pread`` a tile.

A pack is a zip of stored (not deflated) members that holds a IIIF level-0 tree. The index beside
it spares the reading of the zip's own directory; it can always be made again from the pack.
"""

import os
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dam.errors import Unavailable

_MAGIC = b"dampack1"
_ENTRY = struct.Struct(">QIH")


class DamagedPack(Unavailable):
    """The tiles of this photograph cannot be read; rebuilding its pack mends it."""

    def __init__(self) -> None:
        super().__init__(
            "The tiles of this photograph cannot be read; `dam derive ID` makes them again."
        )


@dataclass(frozen=True, slots=True)
class Slice:
    """Where the bytes of one member lie in its pack."""

    offset: int
    length: int


def index_bytes(members: Mapping[str, Slice]) -> bytes:
    """Return the index of a pack: its members' names and places, in the order given."""
    parts = [_MAGIC, len(members).to_bytes(4, "big")]
    for name, at in members.items():
        encoded = name.encode("ascii")
        parts += (_ENTRY.pack(at.offset, at.length, len(encoded)), encoded)
    return b"".join(parts)


def read_index(data: bytes) -> dict[str, Slice]:
    """Return what ``index_bytes`` wrote.

    Raises:
        DamagedPack: it is cut short or something else.
    """
    if data[:8] != _MAGIC or len(data) < 12:
        raise DamagedPack
    members: dict[str, Slice] = {}
    position = 12
    try:
        for _ in range(int.from_bytes(data[8:12], "big")):
            offset, length, size = _ENTRY.unpack_from(data, position)
            position += _ENTRY.size
            name = data[position : position + size]
            if len(name) != size:
                raise DamagedPack
            members[name.decode("ascii")] = Slice(offset, length)
            position += size
    except (struct.error, UnicodeDecodeError) as error:
        raise DamagedPack from error
    if position != len(data):
        raise DamagedPack
    return members


class OpenPack:
    """A pack that is open for reading; safe for many threads, since ``pread`` has no position.

    The file stays readable while it is open, also when a rebuilt pack has taken its place.
    """

    __slots__ = ("descriptor", "members")

    def __init__(self, path: Path, index: Path) -> None:
        try:
            self.members = read_index(index.read_bytes())
            self.descriptor = os.open(path, os.O_RDONLY)
        except OSError as error:
            raise DamagedPack from error
        end = os.fstat(self.descriptor).st_size
        if any(at.offset + at.length > end for at in self.members.values()):
            raise DamagedPack

    def read(self, name: str) -> bytes:
        """Return the bytes of the member *name*.

        Raises:
            DamagedPack: there is none, or the file is shorter than its index says.
        """
        return self.slice(self.place(name))

    def place(self, name: str) -> Slice:
        """Return where the member *name* lies; raises ``DamagedPack`` where there is none."""
        at = self.members.get(name)
        if at is None:
            raise DamagedPack
        return at

    def slice(self, at: Slice) -> bytes:
        """Return the bytes at a place of the pack; raises ``DamagedPack`` where it ends before."""
        data = os.pread(self.descriptor, at.length, at.offset)
        if len(data) != at.length:
            raise DamagedPack
        return data

    def close(self) -> None:
        """Give the file back; reading afterwards is an error."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def __del__(self) -> None:
        # A pack leaves the worker's cache while another thread may still read from it, so it is
        # closed when the last of them lets go of it, not when it leaves the cache.
        if hasattr(self, "descriptor"):
            self.close()


def slices(members: Iterable[tuple[str, int, int]]) -> dict[str, Slice]:
    """Return (name, offset, length) triples as the mapping that an index is made from."""
    return {name: Slice(offset, length) for name, offset, length in members}
