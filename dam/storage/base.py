"""What every store promises; one shared suite of tests holds each of them to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from dam.errors import Conflict, NotFound, TooLarge, Unavailable


class ObjectExists(Conflict):
    """There is an object of that key already, and objects are never overwritten."""


class ObjectMissing(NotFound):
    """There is no object of that key in the media store."""


class UploadTooLarge(TooLarge):
    """The file is larger than this archive takes in."""


class SourceUnreadable(Unavailable):
    """What sends the file broke off, or may not read it; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__(
            "The file cannot be read to its end; look at its permissions, and send it again."
        )


class StoreUnavailable(Unavailable):
    """The media store cannot be written; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes that came in and lie in a file of their own, not yet an object of the store."""

    path: Path
    sha256: str
    size_bytes: int


class Store(Protocol):
    """Objects by key; written once, whole, and on disk before ``keep`` returns."""

    def receive(self, chunks: Iterable[bytes], *, max_bytes: int) -> Received:
        """Return the incoming bytes as a file, hashed on the way.

        Raises:
            UploadTooLarge: more than *max_bytes*; nothing of it is left.
            SourceUnreadable: *chunks* broke off; nothing of it is left.
            StoreUnavailable: it cannot be written; nothing of it is left.
        """

    def keep(self, incoming: Path, key: str) -> None:
        """Make the file *incoming* the object *key* and remove it from where it was.

        Raises:
            ObjectExists: there is one; it and *incoming* stay as they are.
        """

    def exists(self, key: str) -> bool:
        """Say whether there is an object *key*."""

    def path(self, key: str) -> Path:
        """Return a local file with the object's bytes, for reading only.

        Raises:
            ObjectMissing: there is none.
        """

    def open(self, key: str) -> BinaryIO:
        """Return the object's bytes as a stream; raises ``ObjectMissing``."""

    def discard(self, key: str) -> None:
        """Remove a derived or refused object; a missing one is fine. Masters are refused."""

    def scratch(self, suffix: str) -> Path:
        """Return the path of a new file beside the store, from which ``keep`` is a rename."""

    def sweep(self, untouched_since: datetime) -> None:
        """Remove scratch files older than that, which killed processes left."""
