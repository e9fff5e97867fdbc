"""Datelines of photo essays: "Azerbaijan, Karabakh, Aghdam, February 1992"."""

import re
from dataclasses import dataclass
from enum import StrEnum

from dam.catalogue.date_words import month_number
from dam.catalogue.dates import PartialDate, parse_date


class RelationKind(StrEnum):
    """How a spot is said by other places: what lies between two of them, or beside one."""

    ROAD = "road"
    RAILWAY = "railway"
    BORDER = "border"
    PATH = "path"
    RIVER = "river"
    FRONT_LINE = "front line"
    NEAR = "near"
    VIEW = "view of"

    @property
    def joins_two(self) -> bool:
        """Whether it takes two places to say it."""
        return self not in {RelationKind.NEAR, RelationKind.VIEW}


@dataclass(frozen=True, slots=True)
class PlaceRelation:
    """Where a photograph was taken, said by other places and not by a name of its own.

    ``between`` are two names, or one for what is near a place or a view of it.
    """

    kind: RelationKind
    between: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a frame was taken, and the line that says so, kept as it was printed.

    ``place_path`` runs from the country down and holds names only: "Road between Khojaly and
    Aghdam" is no name, and is the relation.
    """

    source: str
    place_path: tuple[str, ...]
    relation: PlaceRelation | None
    date: PartialDate

    @property
    def place_text(self) -> str:
        """The place as it was printed: the line without its date."""
        parts = self.source.split(",")
        for count in range(min(_MOST_DATE_PARTS, len(parts) - 1), 0, -1):
            if parse_date(", ".join(part.strip() for part in parts[-count:])) == self.date:
                return ",".join(parts[:-count]).strip()
        return self.source


_LONGEST = 120  # characters; a longer line is a sentence
_MOST_PLACES = 6
_MOST_WORDS = 8
_MOST_DATE_PARTS = 3  # "December 27, 2019 - January 3, 2020" holds two commas

_RELATION = re.compile(
    r"""(?:the\ )?(?P<kind>road|railway|border|path|river|front\ line)
        \ (?:between\ (?P<a>.+?)\ and\ (?P<b>.+)|from\ (?P<c>.+?)\ to\ (?P<d>.+))""",
    re.IGNORECASE | re.VERBOSE,
)
_BESIDE = re.compile(
    r"""(?:(?P<near>near|close\ to|outside|outskirts\ of|suburbs?\ of)|(?:a\ )?view\ (?:of|over))
        \ (?P<place>.+)""",
    re.IGNORECASE | re.VERBOSE,
)
# Words that names of places hold in small letters, as connection or as kind of place. Any other
# word in small letters makes the line a sentence or a title.
_SMALL_WORDS = frozenset(
    [
        *("al", "am", "an", "and", "auf", "bei", "between", "d", "da", "das", "de", "del", "della"),
        *("der", "des", "di", "do", "dos", "du", "e", "el", "en", "et", "from", "i", "im", "la"),
        *("las", "le", "les", "los", "near", "of", "op", "os", "over", "sur", "the", "to", "und"),
        *("upon", "van", "von", "y"),
        *("area", "border", "camp", "city", "county", "district", "forest", "front", "island"),
        *("line", "mountain", "mountains", "oblast", "outskirts", "path", "province", "railway"),
        *("rayon", "region", "river", "road", "square", "station", "street", "suburb", "suburbs"),
        *("town", "valley", "village", "villages"),
    ]
)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\u02bc.-][^\W\d_]*)*|\d{1,4}|[()/&]")


def parse_dateline(line: str) -> Dateline | None:
    """Return the dateline that *line* is, or None when it is anything else.

    A dateline is names of places, then a date that ``parse_date`` reads whole, between commas. A
    line that is not one is never forced into one: captions, titles and page headings are None.
    """
    if len(line) > _LONGEST:
        return None
    source = " ".join(line.split())
    parts = [part.strip() for part in source.split(",")]
    for count in range(min(_MOST_DATE_PARTS, len(parts) - 1), 0, -1):
        date = parse_date(", ".join(parts[-count:]))
        if date is not None:
            return _placed(source, tuple(parts[:-count]), date)
    return None


def _placed(source: str, places: tuple[str, ...], date: PartialDate) -> Dateline | None:
    if len(places) > _MOST_PLACES or not all(_is_place(place) for place in places):
        return None
    if _ends_in_a_day(places[-1]):
        return None
    relation = read_relation(places[-1])
    return Dateline(source, places if relation is None else places[:-1], relation, date)


def _is_place(text: str) -> bool:
    """Whether *text* is written as a name: capitals but for the small words of names."""
    words = _WORD.findall(text)
    if not 0 < len(words) <= _MOST_WORDS or _WORD.sub("", text).strip():
        return False
    if words[0][0].islower() or not any(word[0].isalpha() for word in words):
        return False
    return all(word.casefold() in _SMALL_WORDS or not word[0].islower() for word in words)


def _ends_in_a_day(place: str) -> bool:
    """Whether what stands before the year is the rest of a date: "On May 8, 1992"."""
    match place.split():
        case [*_, first, last]:
            day, month = (first, last) if first.isdigit() else (last, first)
            return day.isdigit() and month_number(month) is not None
        case _:
            return False


def read_relation(place: str) -> PlaceRelation | None:
    """Return the relation that *place* is, such as "Road between Khojaly and Aghdam", or None."""
    found = _RELATION.fullmatch(place)
    if found is not None:
        first, second = found["a"] or found["c"], found["b"] or found["d"]
        return PlaceRelation(RelationKind(found["kind"].lower()), (first, second))
    beside = _BESIDE.fullmatch(place)
    if beside is None:
        return None
    kind = RelationKind.NEAR if beside["near"] else RelationKind.VIEW
    return PlaceRelation(kind, (beside["place"],))
