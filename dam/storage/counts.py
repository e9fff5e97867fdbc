"""Counters in a mapped file, which all workers of this host share."""

import fcntl
import mmap
import os
from collections.abc import Sequence
from pathlib import Path

_LENGTH = 8


class Counts:
    """One whole number for each of *names*, which only grows; reading costs no system call."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self._path = path
        self._places = {name: _LENGTH * number for number, name in enumerate(names)}
        size = _LENGTH * len(names)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if os.fstat(descriptor).st_size < size:
                os.ftruncate(descriptor, size)
            self._map = mmap.mmap(descriptor, size)
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            os.close(descriptor)

    def add(self, name: str) -> None:
        """Count one more, alone among all threads and processes."""
        with self._path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            number = self._number(name) + 1
            self._map[self._places[name] : self._places[name] + _LENGTH] = number.to_bytes(8, "big")

    def snapshot(self) -> dict[str, int]:
        """Return every counter by its name."""
        return {name: self._number(name) for name in self._places}

    def _number(self, name: str) -> int:
        return int.from_bytes(self._map[self._places[name] : self._places[name] + _LENGTH], "big")
