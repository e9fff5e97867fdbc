"""The boxes of an ISO base media file (ISO 14496-12 §4.2), as JPEG XL and JPEG 2000 use them."""

from typing import BinaryIO

_MOST_BOXES = 100_000


def content_of(file: BinaryIO, kind: bytes, most_bytes: int) -> bytes | None:
    """Return the first *most_bytes* of the first box of *kind* at the top of *file*, or None."""
    at = 0
    for _ in range(_MOST_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            return None
        length, start = int.from_bytes(head[:4], "big"), 8
        if length == 1:
            length, start = int.from_bytes(head[8:], "big"), 16
        if head[4:8] == kind:
            file.seek(at + start)
            return file.read(min(most_bytes, length - start) if length else most_bytes)
        if length < start:
            return None
        at += length
    return None
