"""Files that arrive in pieces: each is what has come so far, and goes on where it stopped."""

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dam.errors import Conflict, translate
from dam.storage.base import ObjectMissing, Received, StoreUnavailable, UploadTooLarge


class WrongOffset(Conflict):
    """What was sent begins elsewhere than what is here ends."""

    def __init__(self, have: int, sent: int) -> None:
        super().__init__(f"There are {have} bytes of this file here, not {sent}; go on from there.")
        self.have, self.sent = have, sent


class PartialInUse(Conflict):
    """Somebody else writes this file at the moment."""

    def __init__(self) -> None:
        super().__init__("This file is being sent already; wait a moment and go on.")


class PartialFiles:
    """Partial files in one directory, by names that are ours.

    Each is held by a lock of the system while it is written, which ends with whoever held it, also
    when that process is killed.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def begin(self, name: str) -> None:
        """Make an empty partial file."""
        with translate({OSError: _unwritable()}):
            self._directory.mkdir(parents=True, exist_ok=True)
            self._path(name).touch(exist_ok=False)

    def size(self, name: str) -> int:
        """Return how many bytes have arrived; raises ``ObjectMissing``."""
        with translate({OSError: _missing()}):
            return self._path(name).stat().st_size

    def append(self, name: str, offset: int, chunks: Iterable[bytes], *, most: int) -> int:
        """Add *chunks* at *offset*, which must be the end, and return the new size.

        What arrives before *chunks* break off is kept, and on disk when this returns or raises.

        Raises:
            WrongOffset, PartialInUse, ObjectMissing, StoreUnavailable
            UploadTooLarge: they go beyond *most* bytes; what fits is kept.
        """
        path = self._path(name)
        with self.held(name), translate({OSError: _unwritable()}), path.open("ab") as file:
            have = file.tell()
            if have != offset:
                raise WrongOffset(have, offset)
            try:
                for chunk in chunks:
                    if have + len(chunk) > most:
                        raise UploadTooLarge("More bytes were sent than the file has.")
                    file.write(chunk)
                    have += len(chunk)
            finally:
                file.flush()
                os.fsync(file.fileno())
        return have

    def received(self, name: str) -> Received:
        """Return the file, whole as it is, with its hash; the caller takes it away.

        Raises:
            ObjectMissing: it is not there, or was taken away.
        """
        path = self._path(name)
        with translate({OSError: _missing()}):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            return Received(path, digest, path.stat().st_size)

    def discard(self, name: str) -> None:
        """Remove a partial file; a missing one is fine."""
        self._path(name).unlink(missing_ok=True)

    @contextmanager
    def held(self, name: str) -> Iterator[None]:
        """Hold the file *name* alone, in this process and all others.

        Raises:
            PartialInUse: somebody else holds it.
            ObjectMissing
        """
        with translate({FileNotFoundError: _missing()}):
            descriptor = os.open(self._path(name), os.O_RDONLY)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise PartialInUse from error
            yield
        finally:
            with suppress(OSError):
                os.close(descriptor)

    def _path(self, name: str) -> Path:
        if not (name.isascii() and name.isalnum()):
            raise _missing()
        return self._directory / name


def _unwritable() -> StoreUnavailable:
    return StoreUnavailable("The media directory cannot be written.")


def _missing() -> ObjectMissing:
    return ObjectMissing("The bytes of this upload are not here.")
