"""Boxes: the containers of HEIF, AVIF, JPEG 2000, JPEG XL and the raw files of Canon.

Spec: ISO 14496-12 §4.2; the same in ISO 15444-1 Annex I. Every length is checked against the bytes
at hand before anything is looked at.
"""

from dataclasses import dataclass

# A JPEG XL in many pieces has some hundreds of boxes, a HEIF with a thousand items not ten.
_MAX_BOXES = 10_000


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its four letters, and what is in it."""

    kind: bytes
    content: memoryview


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of a stretch of bytes in their order; *whole* is false where one is cut off."""

    found: tuple[Box, ...]
    whole: bool

    def first(self, kind: bytes) -> memoryview | None:
        """Return what is in the first box of a kind."""
        return next((box.content for box in self.found if box.kind == kind), None)


def boxes(data: memoryview) -> Boxes:
    """Return the boxes that lie side by side in *data*, at most 10 000; nothing is raised."""
    found: list[Box] = []
    at = 0
    while at < len(data) and len(found) < _MAX_BOXES:
        size, start = int.from_bytes(data[at : at + 4], "big"), at + 8
        if size == 1:  # the length is in the eight bytes that follow
            size, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        elif size == 0:  # to the end
            size = len(data) - at
        if start > at + size or at + size > len(data):
            break
        found.append(Box(bytes(data[at + 4 : at + 8]), data[start : at + size]))
        at += size
    return Boxes(tuple(found), whole=at >= len(data))


@dataclass(slots=True)
class Numbers:
    """Reads numbers one after the other; beyond the end they are 0 and ``short`` is true."""

    data: memoryview
    at: int = 0

    @property
    def short(self) -> bool:
        """Whether more was read than there is."""
        return self.at > len(self.data)

    def read(self, size_bytes: int) -> int:
        """Return the next number, big end first; one of no bytes is 0."""
        number = int.from_bytes(self.data[self.at : self.at + size_bytes], "big")
        self.at += size_bytes
        return number

    def text(self) -> bytes:
        """Return what stands before the next NUL, of at most 1000 bytes."""
        found = bytes(self.data[self.at : self.at + 1000]).partition(b"\0")[0]
        self.at += len(found) + 1
        return found
