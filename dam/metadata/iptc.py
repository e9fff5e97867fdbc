"""The fields of an IPTC-IIM block.

Spec: IPTC-NAA Information Interchange Model 4.2, chapters 3 and 6.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dam.metadata.charset import Charset, charset_of
from dam.metadata.partial_date import iso_date

_TAG_MARKER = 0x1C
_CHARSET = (1, 90)
_VERSION = 0
_NUMBERS = frozenset({(1, 0), (2, 0), (1, 20), (1, 22)})
_TITLE, _KEYWORD, _DATE, _TIME = 5, 25, 55, 60
_BYLINE, _CITY, _SUBLOCATION, _STATE, _COUNTRY = 80, 90, 92, 95, 101
_HEADLINE, _CREDIT, _SOURCE, _COPYRIGHT, _CAPTION = 105, 110, 115, 116, 120
_WANTED = frozenset(
    {_TITLE, _KEYWORD, _DATE, _TIME, _BYLINE, _CITY, _SUBLOCATION, _STATE, _COUNTRY}
    | {_HEADLINE, _CREDIT, _SOURCE, _COPYRIGHT, _CAPTION}
)
# A keyworded agency photograph has a hundred datasets.
_MAX_DATASETS = 10_000
_MAX_SIZE_OF_LENGTH = 8


@dataclass(frozen=True, slots=True)
class IimFields:
    """What an IPTC-IIM block says; ``date_created`` is ISO 8601, as far as it is known."""

    title: str | None = None
    headline: str | None = None
    caption: str | None = None
    bylines: tuple[str, ...] = ()
    credit: str | None = None
    source: str | None = None
    copyright: str | None = None
    keywords: tuple[str, ...] = ()
    date_created: str | None = None
    city: str | None = None
    state: str | None = None
    country: str | None = None
    sublocation: str | None = None
    notes: tuple[str, ...] = ()


def read_iim(block: bytes) -> IimFields:
    """The fields of an IPTC-IIM block; it is read up to the first byte that is no dataset.

    Nothing is raised. All texts share one character set: the one of dataset 1:90 when they obey
    it, else the likeliest, with a note.
    """
    declared, texts = _sorted_datasets(block)
    charset = charset_of([text for values in texts.values() for text in values], declared)

    def one(dataset: int) -> str | None:
        return next(iter(_decoded(texts, dataset, charset)), None)

    return IimFields(
        title=one(_TITLE),
        headline=one(_HEADLINE),
        caption=one(_CAPTION),
        bylines=_decoded(texts, _BYLINE, charset),
        credit=one(_CREDIT),
        source=one(_SOURCE),
        copyright=one(_COPYRIGHT),
        keywords=_decoded(texts, _KEYWORD, charset),
        date_created=iso_date(one(_DATE) or "", time=one(_TIME) or ""),
        city=one(_CITY),
        state=one(_STATE),
        country=one(_COUNTRY),
        sublocation=one(_SUBLOCATION),
        notes=() if charset.note is None else (f"IPTC-IIM: {charset.note}.",),
    )


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset as it stands: its record, its number, its text, or None where it is no text."""

    record: int
    number: int
    text: str | None
    size_bytes: int


def iim_datasets(block: bytes) -> tuple[tuple[Dataset, ...], str]:
    """Every dataset of a block in its order, and in words how its character set was found.

    Only record 2 is text; the numbers and dates of record 1 are ASCII, and previews are neither.
    """
    found = [
        (record, number, bytes(value)) for record, number, value in _datasets(memoryview(block))
    ]
    declared = next((value[:8] for *key, value in found if tuple(key) == _CHARSET), None)
    texts = [value for record, number, value in found if record == 2 and number != _VERSION]
    charset = charset_of(texts, declared)
    how = charset.note or f"read as {charset.codec}"
    return tuple(_dataset(one, charset) for one in found), how


def _dataset(found: tuple[int, int, bytes], charset: Charset) -> Dataset:
    record, number, value = found
    if (record, number) in _NUMBERS and len(value) == 2:
        text: str | None = str(int.from_bytes(value, "big"))
    elif record == 2 and b"\0" not in value.strip(b"\0"):
        text = charset.text(value).strip("\0")
    elif value.isascii() and value.decode("ascii").isprintable():
        text = value.decode("ascii")
    else:
        text = None
    return Dataset(record, number, text, len(value))


def _sorted_datasets(block: bytes) -> tuple[bytes | None, dict[int, list[bytes]]]:
    """The declared character set, and the wanted datasets of record 2 by their numbers."""
    declared = None
    texts: dict[int, list[bytes]] = {}
    for record, dataset, value in _datasets(memoryview(block)):
        if (record, dataset) == _CHARSET:
            declared = bytes(value[:8])
        elif record == 2 and dataset in _WANTED:
            texts.setdefault(dataset, []).append(bytes(value))
    return declared, texts


def _datasets(block: memoryview) -> Iterator[tuple[int, int, memoryview]]:
    at = 0
    for _ in range(_MAX_DATASETS):
        if at + 5 > len(block) or block[at] != _TAG_MARKER:
            return
        record, dataset = block[at + 1], block[at + 2]
        size = int.from_bytes(block[at + 3 : at + 5], "big")
        start = at + 5
        if size & 0x8000:  # an extended dataset: the size of its length comes first (§1.6)
            length_bytes = size & 0x7FFF
            if length_bytes > _MAX_SIZE_OF_LENGTH:
                return
            size = int.from_bytes(block[start : start + length_bytes], "big")
            start += length_bytes
        if start + size > len(block):
            return
        yield record, dataset, block[start : start + size]
        at = start + size


def _decoded(texts: Mapping[int, list[bytes]], dataset: int, charset: Charset) -> tuple[str, ...]:
    decoded = (charset.text(text).strip(" \0\r\n\t") for text in texts.get(dataset, ()))
    return tuple(text for text in decoded if text)
