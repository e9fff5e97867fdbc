"""A changed file, told as stretches of the old one and new bytes between them.

Nothing of the old file is copied: a master of many gigabytes gets new words at the cost of its
header, and any range of the result can be read by itself.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dam.errors import Unsupported

_CHUNK_BYTES = 1 << 20


class CannotWrite(Unsupported):
    """The file is built in a way that leaves no safe place for words; they go beside it."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} Its words can be had as an XMP file beside it.")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the old file, ``start`` included and ``stop`` not."""

    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start


Piece = Span | bytes


@dataclass(frozen=True, slots=True)
class Edited:
    """The pieces of the new file in order, none of them empty."""

    pieces: tuple[Piece, ...]

    @property
    def size_bytes(self) -> int:
        """The length of the new file."""
        return sum(map(len, self.pieces))

    def chunks(
        self, read: Callable[[int, int], bytes], start: int = 0, stop: int | None = None
    ) -> Iterator[bytes]:
        """Yield the bytes from *start* to *stop* of the new file, a mebibyte at most at a time.

        ``read(start, stop)`` gives bytes of the old file.
        """
        stop = self.size_bytes if stop is None else min(stop, self.size_bytes)
        at = 0
        for piece in self.pieces:
            first, last = max(start - at, 0), min(stop - at, len(piece))
            at += len(piece)
            for begin in range(first, last, _CHUNK_BYTES):
                end = min(begin + _CHUNK_BYTES, last)
                if isinstance(piece, Span):
                    yield read(piece.start + begin, piece.start + end)
                else:
                    yield piece[begin:end]

    def joined(self, old: bytes | memoryview) -> bytes:
        """Return the whole new file."""
        return b"".join(self.chunks(lambda start, stop: bytes(old[start:stop])))


def edited(pieces: Iterable[Piece]) -> Edited:
    """Return the pieces without empty ones, neighbours of the old file made one."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else b""
        if isinstance(piece, Span) and isinstance(last, Span) and last.stop == piece.start:
            joined[-1] = Span(last.start, piece.stop)
        elif isinstance(piece, bytes) and isinstance(last, bytes) and joined:
            joined[-1] = last + piece
        elif len(piece):
            joined.append(piece)
    return Edited(tuple(joined))
