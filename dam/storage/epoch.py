"""A counter in a mapped file, which every process of this host sees at once.

Whoever changes what may leave raises it after the commit; every worker compares it on every
request, so an answer kept from before the change is never given after it.
"""

import fcntl
import mmap
import os
from pathlib import Path

_LENGTH = 8


class Epoch:
    """The counter; ``value`` costs one read of mapped memory and no system call."""

    __slots__ = ("_map", "_path")

    def __init__(self, path: Path) -> None:
        self._path = path
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if os.fstat(descriptor).st_size < _LENGTH:
                os.ftruncate(descriptor, _LENGTH)
            self._map = mmap.mmap(descriptor, _LENGTH)
        finally:
            # The mapping keeps a duplicate of the descriptor, and with it the lock, so closing
            # alone would not give it back.
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            os.close(descriptor)

    @property
    def value(self) -> bytes:
        """The counter as eight opaque bytes; equal bytes mean that nothing has changed."""
        return self._map[:_LENGTH]

    def advance(self) -> None:
        """Raise the counter by one, alone among all processes."""
        with self._path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            number = int.from_bytes(self._map[:_LENGTH], "big") + 1
            self._map[:_LENGTH] = number.to_bytes(_LENGTH, "big")
