"""Writes IPTC-IIM from the properties of XMP that have a dataset there.

Spec: IPTC-NAA Information Interchange Model 4.2, chapters 1.5, 3 and 6. Limits are bytes of UTF-8,
so texts are cut between characters. A date that is known in part has 00 for the rest (2:55).
"""

import re

from dam.metadata.names import clark
from dam.metadata.properties import PROPERTIES
from dam.metadata.values import Alternatives, Items, Properties, Value

_UTF8 = b"\x1b%G"
_COUNTRY_CODE = 100
_DATE = re.compile(
    r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d):(\d\d)(?::(\d\d))?.*?([+-]\d\d:\d\d)?)?"
)
_CONTROLS = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f]")


def write_iim(properties: Properties) -> bytes:
    """Return the block of what IPTC-IIM has a place for, declared as UTF-8, in order."""
    datasets = [(1, 90, _UTF8), (2, 0, b"\0\x04"), *_dates(properties)]
    for row in PROPERTIES:
        value = properties.get(row.clark)
        if row.iim is None or value is None:
            continue
        for text in _texts(value):
            content = cut_to_bytes(_CONTROLS.sub("", text), row.iim_bytes)
            # ISO 3166 has codes of two and of three letters; IIM takes those of three (2:100).
            if content and (row.iim != _COUNTRY_CODE or len(content) == row.iim_bytes):
                datasets.append((2, row.iim, content))
    # Records and datasets are in ascending order; repeated ones keep theirs.
    return b"".join(_dataset(*one) for one in sorted(datasets, key=lambda one: one[:2]))


def cut_to_bytes(text: str, most_bytes: int) -> bytes:
    """Return *text* in UTF-8, cut between characters so that it fits."""
    encoded = text.encode(errors="replace")
    if len(encoded) <= most_bytes:
        return encoded
    return encoded[:most_bytes].decode(errors="ignore").rstrip().encode()


def _texts(value: Value) -> tuple[str, ...]:
    """The texts for IIM, which knows no language: the default one, or each of an array."""
    match value:
        case str():
            return (value,)
        case Alternatives(texts):
            return (texts[0][1],) if texts else ()
        case Items(members=members):
            return tuple(member for member in members if isinstance(member, str))
        case _:
            return ()


def _dates(properties: Properties) -> list[tuple[int, int, bytes]]:
    value = properties.get(clark("photoshop:DateCreated"))
    found = _DATE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return []
    year, month, day, hour, minute, second, zone = found.groups()
    dated = [(2, 55, f"{year}{month or '00'}{day or '00'}".encode())]
    if hour and zone:
        dated.append((2, 60, f"{hour}{minute}{second or '00'}{zone.replace(':', '')}".encode()))
    return dated


def _dataset(record: int, number: int, content: bytes) -> bytes:
    return bytes((0x1C, record, number)) + len(content).to_bytes(2, "big") + content
