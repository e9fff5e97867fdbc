"""Starts libvips and checks Pillow, once per process and never before a fork."""

import ctypes
import os
from contextlib import suppress

import PIL
import pyvips
from PIL import Image

from dam.errors import Unavailable

SAFE_PILLOW = (13,)
# Numbers of glibc's mallopt(3): from what size on a block is mapped by itself, and so given back at
# once; and how many heaps there are for all threads. By themselves they grow with what was freed.
_MAP_FROM, _MAPPED_BYTES = -3, 1 << 20
_HEAPS, _MOST_HEAPS = -8, 4
_started_in: list[int] = []  # ids of the processes that used libvips, this one or its parents


class UnsafePillow(Unavailable):
    """Pillow is older than 13.0.0 and has known holes; run `make setup` to install a safe one."""

    def __init__(self, version: str) -> None:
        super().__init__(
            f"Pillow {version} has known security holes and 13.0.0 is needed;"
            " run `make setup` to install it."
        )
        self.version = version


class ForkedTooLate(Unavailable):
    """This process was forked after its parent had used libvips; start it before, or afresh."""

    def __init__(self) -> None:
        super().__init__(
            "This process was forked after libvips had been used and would hang;"
            " start workers before any picture is opened."
        )


def require_safe_pillow(version: str = PIL.__version__) -> None:
    """Pass when Pillow is at least 13.0.0.

    Raises:
        UnsafePillow: it is older; iiif-prezi3 pins it to 12.0.0 and pip may obey.
    """
    numbers = tuple(int(part) for part in version.split(".")[:3] if part.isdecimal())
    if numbers < SAFE_PILLOW:
        raise UnsafePillow(version)


def start_libvips(*, concurrency: int | None = None) -> None:
    """Make libvips ready in this process; further calls only change the concurrency.

    Web workers ask for a *concurrency* of 1, jobs leave it at the number of cores. libvips keeps
    threads and locks that do not survive a fork (a child that inherits them hangs), so it is
    started by the first one who needs pixels, never when a module is imported.

    Raises:
        ForkedTooLate: a parent of this process has already used libvips.
    """
    if os.getpid() not in _started_in:
        if _started_in:
            raise ForkedTooLate
        pyvips.block_untrusted_set(True)  # noqa: FBT003  # the library takes no keyword
        pyvips.cache_set_max(0)  # it would answer for a changed file with the old pixels
        # Sizes are checked by probe before anything is decoded, with limits of the archive.
        Image.MAX_IMAGE_PIXELS = None
        _started_in.append(os.getpid())
    if concurrency is not None:
        pyvips.concurrency_set(concurrency)


def give_memory_back() -> None:
    """Make the C library give the memory of drawn pictures back as soon as it is free.

    Where there is no glibc nothing happens.
    """
    with suppress(OSError, AttributeError, TypeError):
        library = ctypes.CDLL(None)
        library.mallopt(_MAP_FROM, _MAPPED_BYTES)
        library.mallopt(_HEAPS, _MOST_HEAPS)
