"""Every tag of an EXIF block as text for people; what is no text or number says how long it is."""

import struct
from collections.abc import Callable, Iterator, Mapping

from dam.metadata.charset import Charset, charset_of
from dam.metadata.exif import tag_name, tiff_part
from dam.metadata.ifd import (
    ASCII,
    EXIF_DIRECTORY,
    GPS_DIRECTORY,
    UTF8,
    ByteOrder,
    TagValue,
    directories,
)

_POINTERS = frozenset({EXIF_DIRECTORY, GPS_DIRECTORY, 0xA005})
_MAKER_NOTE, _USER_COMMENT = 0x927C, 0x9286
_XP_TAGS = range(0x9C9B, 0x9CA0)
_UNDEFINED = 7
_MOST_NUMBERS = 16
_Reader = Callable[[bytes, ByteOrder], str]
_COMMENT_CODES = {b"ASCII\0\0\0": "utf-8", b"JIS\0\0\0\0\0": "iso2022_jp", b"UNICODE\0": "utf-16"}


def exif_values(block: bytes) -> tuple[tuple[str, str], ...]:
    """Return (name, value) of every tag, named as ``Photo.DateTimeOriginal``; nothing is raised."""
    found = directories(tiff_part(block))
    if found is None:
        return ()
    order, named = found
    charset = charset_of(
        [
            bytes(value.content)
            for tags in named.values()
            for value in tags.values()
            if value.kind in (ASCII, UTF8)
        ]
    )
    return tuple(_values(named, order, charset))


def _values(
    named: Mapping[str, Mapping[int, TagValue]], order: ByteOrder, charset: Charset
) -> Iterator[tuple[str, str]]:
    for directory, tags in named.items():
        for tag, value in tags.items():
            if tag not in _POINTERS:
                yield f"{directory}.{tag_name(directory, tag)}", _text(tag, value, order, charset)


def _text(tag: int, value: TagValue, order: ByteOrder, charset: Charset) -> str:
    content = value.content
    if tag in _XP_TAGS:
        return bytes(content).decode("utf-16-le", "replace").rstrip("\0")
    if tag == _USER_COMMENT:
        return _comment(bytes(content), order)
    if value.kind in (ASCII, UTF8):
        return charset.text(bytes(content).split(b"\0\0")[0].rstrip(b"\0")).replace("\0", "; ")
    return _undefined(tag, content) if value.kind == _UNDEFINED else _numbers(value, order)


def _undefined(tag: int, content: memoryview) -> str:
    """A short text such as a version, a few numbers, or how long it is."""
    plain = bytes(content[:65]).rstrip(b"\0")
    printable = plain.isascii() and plain.decode("ascii").isprintable()
    if tag != _MAKER_NOTE and plain and printable and len(content) <= 64:
        return plain.decode("ascii")
    if len(content) <= _MOST_NUMBERS:
        return " ".join(map(str, bytes(content)))
    return f"{len(content)} bytes"


def _comment(content: bytes, order: ByteOrder) -> str:
    """Spec: Exif 3.0 §4.6.6.5, a text after eight bytes that name its characters."""
    codec = _COMMENT_CODES.get(content[:8])
    body = content[8:] if codec or content[:8] == bytes(8) else content
    if codec == "utf-16" and body[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        codec = "utf-16-le" if order == "little" else "utf-16-be"
    return body.decode(codec or "utf-8", "replace").strip("\0 ")


def _numbers(value: TagValue, order: ByteOrder) -> str:
    size, read = _READERS.get(value.kind, (1, _whole))
    content = value.content
    count = len(content) // size
    pieces = [
        read(bytes(content[at * size : at * size + size]), order)
        for at in range(min(count, _MOST_NUMBERS))
    ]
    more = f" … ({count} values)" if count > _MOST_NUMBERS else ""
    return " ".join(pieces) + more


def _whole(content: bytes, order: ByteOrder) -> str:
    return str(int.from_bytes(content, order))


def _signed(content: bytes, order: ByteOrder) -> str:
    return str(int.from_bytes(content, order, signed=True))


def _ratio(content: bytes, order: ByteOrder) -> str:
    return f"{_whole(content[:4], order)}/{_whole(content[4:], order)}".removesuffix("/1")


def _signed_ratio(content: bytes, order: ByteOrder) -> str:
    return f"{_signed(content[:4], order)}/{_signed(content[4:], order)}".removesuffix("/1")


def _float(content: bytes, order: ByteOrder) -> str:
    sign = "<" if order == "little" else ">"
    return f"{struct.unpack(sign + ('f' if len(content) == 4 else 'd'), content)[0]:g}"


_READERS: Mapping[int, tuple[int, _Reader]] = {
    1: (1, _whole),
    3: (2, _whole),
    4: (4, _whole),
    5: (8, _ratio),
    6: (1, _signed),
    8: (2, _signed),
    9: (4, _signed),
    10: (8, _signed_ratio),
    11: (4, _float),
    12: (8, _float),
    13: (4, _whole),
    16: (8, _whole),
    17: (8, _signed),
    18: (8, _whole),
}
