"""A store in a directory: temporary file, fsync, link without overwriting, fsync of the folder."""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from dam.errors import translate
from dam.storage import keys
from dam.storage.base import (
    ObjectExists,
    ObjectMissing,
    Received,
    SourceUnreadable,
    StoreUnavailable,
    UploadTooLarge,
)


class LocalStore:
    """Objects as files below one directory; ``incoming/`` is on the same file system."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._incoming = root / "incoming"

    @property
    def incoming(self) -> Path:
        """The directory of files that are coming in or being made."""
        return self._incoming

    def prepare(self) -> None:
        """Make the directories.

        Raises:
            StoreUnavailable: the place cannot be written.
        """
        with translate({OSError: StoreUnavailable("The media directory cannot be written.")}):
            self._incoming.mkdir(parents=True, exist_ok=True)

    def receive(self, chunks: Iterable[bytes], *, max_bytes: int) -> Received:
        """Return the incoming bytes as a file, hashed on the way."""
        path = self.scratch("")
        digest, size = hashlib.sha256(), 0
        try:
            with path.open("xb") as file:
                for chunk in _arriving(chunks):
                    size += len(chunk)
                    _refuse_above(max_bytes, size)
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            path.unlink(missing_ok=True)
            raise StoreUnavailable("The media directory cannot be written.") from error
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Received(path, digest.hexdigest(), size)

    def keep(self, incoming: Path, key: str) -> None:
        """Make the file *incoming* the object *key* and remove it from where it was."""
        target = self._file(key)
        try:
            self._make_directory(target.parent)
            incoming.chmod(0o444)
            _sync_file(incoming)
            # A rename would replace in silence; a hard link fails where there is something.
            os.link(incoming, target)
            _sync_directory(target.parent)
            incoming.unlink()
        except FileExistsError as error:
            raise ObjectExists(f"There is an object {key} already.") from error
        except OSError as error:
            raise StoreUnavailable("The media directory cannot be written.") from error

    def exists(self, key: str) -> bool:
        """Say whether there is an object *key*."""
        return self._file(key).is_file()

    def path(self, key: str) -> Path:
        """Return the object's own file, for reading only."""
        path = self._file(key)
        if not path.is_file():
            raise ObjectMissing("The file is missing from the media store.")
        return path

    def open(self, key: str) -> BinaryIO:
        """Return the object's bytes as a stream."""
        return self.path(key).open("rb")

    def discard(self, key: str) -> None:
        """Remove a derived or refused object; a missing one is fine."""
        if key.partition("/")[0] == "masters":
            raise ObjectExists("Masters are never removed.")
        self._file(key).unlink(missing_ok=True)

    def scratch(self, suffix: str) -> Path:
        """Return the path of a new file in ``incoming/``."""
        return self._incoming / f"{secrets.token_hex(16)}{suffix}"

    def sweep(self, untouched_since: datetime) -> None:
        """Remove scratch files older than that, which killed processes left."""
        for path in self._incoming.iterdir():
            with suppress(FileNotFoundError):  # whoever made it took it away just now
                if path.is_file() and path.stat().st_mtime < untouched_since.timestamp():
                    path.unlink()

    def _make_directory(self, directory: Path) -> None:
        """Make *directory* and those above it, and put their names on disk."""
        if directory.is_dir():
            return
        directory.mkdir(parents=True, exist_ok=True)
        for above in directory.parents:
            _sync_directory(above)
            if above == self.root:
                return

    def _file(self, key: str) -> Path:
        if not keys.is_safe(key):
            raise ObjectMissing("The file is missing from the media store.")
        return self.root / key


def _arriving(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield *chunks*, and tell a sender that broke off from a disk that cannot be written."""
    with translate({OSError: SourceUnreadable()}):
        yield from chunks


def _refuse_above(max_bytes: int, size: int) -> None:
    if size > max_bytes:
        raise UploadTooLarge(f"The file is larger than {max_bytes} bytes, this archive's limit.")


def _sync_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_directory(path: Path) -> None:
    """Put the new directory entry on disk, so that a power cut cannot take the name away."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
