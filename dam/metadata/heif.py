"""HEIF and AVIF: metadata are items, whose bytes lie anywhere in the file.

Spec: ISO 14496-12 §8.11 (meta, iinf, iloc, iref, idat); ISO 23008-12 Annex A.2 (Exif, XMP).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dam.metadata.blocks import BlockCollector, BlockKind
from dam.metadata.boxes import Boxes, Numbers, boxes

_EXIF, _MIME, _XMP_TYPE = b"Exif", b"mime", b"application/rdf+xml"
_IN_FILE, _IN_IDAT = 0, 1
_MAX_ITEMS = 65_535
# Programs write one; a block that is spread over more than this was made to be slow.
_MAX_EXTENTS = 1_000
_FULL_BOX_BYTES = 4


@dataclass(frozen=True, slots=True)
class _Item:
    number: int
    kind: BlockKind
    packed: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an item lies: in the file or in the box ``idat``, as (offset, length) each."""

    method: int
    extents: tuple[tuple[int, int], ...]


def collect_heif(data: memoryview, found: BlockCollector) -> None:
    """Keep the EXIF and XMP items of a HEIF or AVIF that describe its main picture."""
    top = boxes(data)
    meta = top.first(b"meta")
    if meta is None:
        if not top.whole:
            found.note("The file is damaged or cut off; its metadata were not read.")
        return
    inside = boxes(meta[_FULL_BOX_BYTES:])
    items = _items(inside.first(b"iinf"))
    described = _described(inside)
    wanted = [item for item in items if _of_main_picture(item.number, described, _primary(inside))]
    places = _places(inside.first(b"iloc"), {item.number for item in wanted})
    sources = {_IN_FILE: data, _IN_IDAT: inside.first(b"idat")}
    for item in wanted:
        if item.packed:
            found.note(f"The {item.kind} of the file is packed in a way that is not read here.")
            continue
        place = places.get(item.number)
        source = None if place is None else sources.get(place.method)
        if place is None or source is None:
            found.note(f"The {item.kind} of the file is not where it should be and was not read.")
        else:
            _keep(item.kind, place, source, found)


def _items(content: memoryview | None) -> tuple[_Item, ...]:
    """The items of ``iinf`` that are metadata (§8.11.6)."""
    if content is None:
        return ()
    start = _FULL_BOX_BYTES + (2 if bytes(content[:1]) == b"\0" else 4)
    entries = (box.content for box in boxes(content[start:]).found if box.kind == b"infe")
    return tuple(item for entry in entries if (item := _item(entry)) is not None)


def _item(entry: memoryview) -> _Item | None:
    version = entry[0] if len(entry) else 0
    if version not in (2, 3):
        return None  # older ones have no type, and no HEIF has those
    numbers = Numbers(entry, _FULL_BOX_BYTES)
    number = numbers.read(2 if version == 2 else 4)
    numbers.read(2)  # protection
    kind = bytes(entry[numbers.at : numbers.at + 4])
    numbers.at += 4
    if kind == _EXIF:
        return _Item(number, BlockKind.EXIF, packed=False)
    if kind != _MIME:
        return None
    numbers.text()  # the name
    if numbers.text() != _XMP_TYPE:
        return None
    return _Item(number, BlockKind.XMP, packed=bool(numbers.text()))


def _primary(meta: Boxes) -> int | None:
    content = meta.first(b"pitm")
    if content is None:
        return None
    return Numbers(content, _FULL_BOX_BYTES).read(2 if bytes(content[:1]) == b"\0" else 4)


def _described(meta: Boxes) -> dict[int, set[int]]:
    """What each item describes, by the references ``cdsc`` of ``iref`` (§8.11.12)."""
    content = meta.first(b"iref")
    if content is None:
        return {}
    size = 2 if bytes(content[:1]) == b"\0" else 4
    described: dict[int, set[int]] = {}
    for box in boxes(content[_FULL_BOX_BYTES:]).found:
        if box.kind == b"cdsc":
            numbers = Numbers(box.content)
            one, count = numbers.read(size), numbers.read(2)
            most = min(count, len(box.content) // size)
            described.setdefault(one, set()).update(numbers.read(size) for _ in range(most))
    return described


def _of_main_picture(number: int, described: dict[int, set[int]], primary: int | None) -> bool:
    """Whether an item speaks of the main picture, or does not say of which."""
    return number not in described or primary is None or primary in described[number]


def _places(content: memoryview | None, wanted: set[int]) -> dict[int, _Place]:
    """Where the wanted items lie (§8.11.3); of an item that is there twice the first."""
    places: dict[int, _Place] = {}
    for number, place in () if content is None else _located(content, wanted):
        places.setdefault(number, place)
    return places


def _located(content: memoryview, wanted: set[int]) -> Iterator[tuple[int, _Place]]:
    version = content[0] if len(content) else 0
    numbers = Numbers(content, _FULL_BOX_BYTES)
    sizes = numbers.read(2)
    offset_bytes, length_bytes, base_bytes = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_bytes = sizes & 15 if version else 0
    number_bytes = 4 if version == 2 else 2
    for _ in range(min(numbers.read(number_bytes), _MAX_ITEMS)):
        if numbers.short:
            return
        number = numbers.read(number_bytes)
        method = numbers.read(2) & 15 if version else _IN_FILE
        numbers.read(2)  # the data reference: of other files, which no picture has
        base, count = numbers.read(base_bytes), numbers.read(2)
        extent_bytes = index_bytes + offset_bytes + length_bytes
        if number not in wanted or count > _MAX_EXTENTS:
            numbers.at += count * extent_bytes
            continue
        extents = []
        for _ in range(count):
            numbers.read(index_bytes)
            extents.append((base + numbers.read(offset_bytes), numbers.read(length_bytes)))
        if not numbers.short:
            yield number, _Place(method, tuple(extents))


def _keep(kind: BlockKind, place: _Place, source: memoryview, found: BlockCollector) -> None:
    pieces = []
    for offset, length in place.extents:
        end = offset + length if length else len(source)
        if offset >= len(source) or end > len(source):
            found.note(f"The {kind} of the file is damaged or cut off and was not read.")
            return
        pieces.append(source[offset:end])
    if not found.fits(kind, sum(map(len, pieces))):
        return
    content = b"".join(pieces)
    found.keep(kind, after_offset(content) if kind is BlockKind.EXIF else content)


def after_offset(content: bytes | memoryview) -> bytes | memoryview:
    """Return an EXIF block from its TIFF header on, which its first four bytes say (A.2.1)."""
    start = 4 + int.from_bytes(content[:4], "big")
    return content[start:] if start < len(content) else content[4:]
