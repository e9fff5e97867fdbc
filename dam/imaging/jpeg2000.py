"""The colour profile of a JPEG 2000 file, which Pillow does not hand out."""

from collections.abc import Iterator
from pathlib import Path

_MOST_HEADER_BYTES = 16 * 1024 * 1024
_RESTRICTED_OR_ANY_ICC = (2, 3)


def embedded_profile(path: Path) -> bytes | None:
    """Return the ICC profile of the ``colr`` box (ISO 15444-1 §I.5.3.3), or None."""
    with path.open("rb") as file:
        head = file.read(_MOST_HEADER_BYTES)
    for kind, content in _boxes(head):
        if kind != b"jp2h":
            continue
        for inner, colours in _boxes(content):
            if inner == b"colr" and colours[:1] and colours[0] in _RESTRICTED_OR_ANY_ICC:
                return colours[3:]
    return None


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        if length < 8:
            return  # the codestream, which runs to the end or has a long length
        yield content[at + 4 : at + 8], content[at + 8 : at + length]
        at += length
