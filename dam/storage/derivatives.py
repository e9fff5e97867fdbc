"""Drawn pictures that are kept for the next who asks: a directory of bounded size.

All workers share it. It lies below the rights decision and knows nothing of it: a key names a pack
by its digest, and which pack is read was decided before.

A file is written aside and renamed, and says whose bytes it holds and their checksum, so what is
cut short, or belongs to another key, is never given. The directory is cut into shelves, each with
its share of the room and a lock; what was used longest ago makes room before a new file appears, so
no count has to be kept that a killed process could leave wrong.
"""

import fcntl
import hashlib
import os
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

_MAGIC = b"damdraw1"
_HEAD = struct.Struct(">8sHQI")
_SHELVES = 32
_TURNS = 1024
_ASIDE = ".aside"
_LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class _Kept:
    path: Path
    size: int
    used: float


class Derivatives:
    """Kept pictures by key; *most_bytes* of 0 keeps none.

    A disk that is full or cannot be written only means that nothing is kept.
    """

    def __init__(self, root: Path, most_bytes: int) -> None:
        self._root = root
        self._share = most_bytes // _SHELVES

    @property
    def keeps(self) -> bool:
        """Whether anything is kept at all."""
        return self._share > 0

    def read(self, key: str) -> bytes | None:
        """Return the bytes that were kept under *key*, or None."""
        if not self.keeps:
            return None
        path = self._path(key)
        try:
            with path.open("rb", buffering=0) as file:
                body = _body(file, key)
        except OSError:
            return None
        if body is not None:
            with suppress(OSError):
                os.utime(path)  # what was used last goes last
        return body

    def length(self, key: str) -> int | None:
        """Return how many bytes are kept under *key*, or None; they are not read for that."""
        if not self.keeps:
            return None
        try:
            with self._path(key).open("rb", buffering=0) as file:
                head = file.read(_HEAD.size + len(key.encode()))
        except OSError:
            return None
        return _length(head, key)

    def keep(self, key: str, body: bytes) -> bool:
        """Keep *body* under *key*, and say whether it was; what is too large is not."""
        head = _head(key, body)
        size = len(head) + len(body)
        if size > self._share:
            return False
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with _locked(path.parent / ".lock"):
                _make_room(path, self._share - size)
                aside = path.with_suffix(_ASIDE)
                with aside.open("wb") as file:
                    file.write(head)
                    file.write(body)
                aside.replace(path)
        except OSError:
            return False
        return True

    @contextmanager
    def turn(self, key: str, patience: Callable[[], None]) -> Iterator[None]:
        """Let one process at a time work on *key*; the lock of a killed one is free at once.

        *patience* is called while waiting, some fifty times a second; what it raises ends the wait.
        Where no lock can be had (a disk that cannot be written), nobody waits.
        """
        try:
            directory = self._root / "turns"
            directory.mkdir(parents=True, exist_ok=True)
            number = int(_name(key)[:8], 16) % _TURNS
            file = (directory / f"{number:04}").open("wb")
        except OSError:
            yield
            return
        with file:
            while not _taken(file.fileno()):
                patience()
                time.sleep(_LOOK_SECONDS)
            yield

    def _path(self, key: str) -> Path:
        name = _name(key)
        return self._root / f"{int(name[-4:], 16) % _SHELVES:02}" / name


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def _head(key: str, body: bytes) -> bytes:
    named = key.encode()
    return _HEAD.pack(_MAGIC, len(named), len(body), zlib.crc32(body)) + named


def _length(head: bytes, key: str) -> int | None:
    """Return how long the bytes are that *head* says follow, or None where it is of another key."""
    if len(head) < _HEAD.size or head[_HEAD.size :] != key.encode():
        return None
    magic, _, length, _ = _HEAD.unpack_from(head)
    return int(length) if magic == _MAGIC else None


def _body(file: FileIO, key: str) -> bytes | None:
    """Return what a file holds for *key*, or None where it is cut short, damaged or another's."""
    head = file.read(_HEAD.size + len(key.encode()))
    # In one piece, and not cut from a larger one: that would hold up every other thread.
    body = file.read()
    return body if head == _head(key, body) else None


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make_room(path: Path, most_bytes: int) -> None:
    """Remove what was used longest ago on the shelf of *path* until *most_bytes* are left.

    Called under the shelf's lock: a file that still lies aside was left by a killed process.
    """
    kept = []
    for entry in os.scandir(path.parent):
        if entry.name.endswith(_ASIDE):
            Path(entry.path).unlink(missing_ok=True)
        elif entry.name not in {".lock", path.name}:
            status = entry.stat()
            kept.append(_Kept(Path(entry.path), status.st_size, status.st_mtime))
    taken = sum(each.size for each in kept)
    for each in sorted(kept, key=lambda one: one.used):
        if taken <= most_bytes:
            return
        each.path.unlink(missing_ok=True)
        taken -= each.size
