"""Counters of several processes, each in a mapped file of its own, added up when they are read.

A process writes its own file only, so counting takes no lock between processes. A file is locked
for as long as its process lives; one whose lock is free belongs to a dead process, and is added to
the file of the past and removed, so that a sum never goes down.
"""

import fcntl
import mmap
import os
import secrets
import zlib
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from dam.errors import translate
from dam.storage.base import StoreUnavailable

_CELL = 8
_SUFFIX = ".counters"


class Counters:
    """Whole numbers by place, which only grow.

    ``cells`` may be written by this process alone, while it holds ``lock``. *names* say what each
    place counts; files of a program that counts something else are taken away.
    """

    __slots__ = ("_bytes", "_descriptor", "_directory", "_past", "cells", "lock")

    def __init__(self, directory: Path, names: Sequence[str]) -> None:
        layout = zlib.crc32("\n".join(names).encode())
        self._directory = directory
        self._past = directory / f"past-{layout:08x}"
        self._bytes = len(names) * _CELL
        self.lock = Lock()
        with translate({OSError: StoreUnavailable("The media directory cannot be written.")}):
            directory.mkdir(parents=True, exist_ok=True)
            with self._alone():
                path = directory / f"{layout:08x}-{secrets.token_hex(8)}{_SUFFIX}"
                self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
                fcntl.flock(self._descriptor, fcntl.LOCK_EX)
                os.ftruncate(self._descriptor, self._bytes)
                self._bury(layout)
        self.cells = memoryview(mmap.mmap(self._descriptor, self._bytes)).cast("Q")

    def totals(self) -> list[int]:
        """Return the sums over all processes, the dead ones included."""
        with self._alone() as past:
            layout = int(self._past.name.rpartition("-")[2], 16)
            self._bury(layout)
            found = _numbers(os.pread(past, self._bytes, 0), self._bytes)
            for path in self._directory.glob(f"{layout:08x}-*{_SUFFIX}"):
                with suppress(OSError):
                    living = _numbers(path.read_bytes(), self._bytes)
                    found = [one + other for one, other in zip(found, living, strict=True)]
        return found

    def __del__(self) -> None:
        # The lock goes with the descriptor, and what was counted is buried by whoever comes next.
        if hasattr(self, "_descriptor"):
            os.close(self._descriptor)

    @contextmanager
    def _alone(self) -> Iterator[int]:
        descriptor = os.open(self._past, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            os.close(descriptor)

    def _bury(self, layout: int) -> None:
        """Add the files of dead processes to the past; only while ``_alone``."""
        for path in self._directory.glob(f"*{_SUFFIX}"):
            with suppress(OSError), path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if path.name.startswith(f"{layout:08x}-"):
                    self._keep(_numbers(file.read(), self._bytes))
                path.unlink()

    def _keep(self, dead: list[int]) -> None:
        with self._past.open("r+b") as past:
            before = _numbers(past.read(self._bytes), self._bytes)
            kept = [one + other for one, other in zip(before, dead, strict=True)]
            past.seek(0)
            past.write(array("Q", kept).tobytes())


def _numbers(data: bytes, length: int) -> list[int]:
    """Return the cells of a file; what was cut off, by a full disk, counts as nothing."""
    return memoryview(data[:length].ljust(length, b"\0")).cast("Q").tolist()
