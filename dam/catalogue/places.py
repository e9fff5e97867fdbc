"""Where a photograph was taken, in three layers: as published, as read, and as known.

The words as they were published are a text of the description and are never rewritten. A
``Locality`` is how they are read, and each name in it may be linked to a place of the
authorities, which holds every name that the place has or had.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dam.catalogue.datelines import RelationKind, parse_dateline, read_relation
from dam.catalogue.text import Text, TextField


class PlaceRole(StrEnum):
    """What a place is to the photograph."""

    TAKEN = "taken"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name as it was written; ``place_id`` is the authority that it means, if it is known."""

    words: str
    place_id: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """What is said by other places: the road between two of them, near one, a view of one."""

    kind: RelationKind
    places: tuple[PlaceName, ...]


@dataclass(frozen=True, slots=True)
class Locality:
    """How a line of place is read: names from the large to the small, and what lies beside them."""

    path: tuple[PlaceName, ...]
    relation: Relation | None = None
    role: PlaceRole = PlaceRole.TAKEN

    def __post_init__(self) -> None:
        if self.relation is not None and not self.relation.places:
            object.__setattr__(self, "relation", None)  # it says nothing

    @property
    def names(self) -> tuple[PlaceName, ...]:
        """Every name in it, those of the path first."""
        return (*self.path, *(self.relation.places if self.relation else ()))

    @property
    def in_words(self) -> str:
        """How it is read, for people: "Azerbaijan > Karabakh > road between X and Y"."""
        parts = [name.words for name in self.path]
        if self.relation is not None:
            kind, names = self.relation.kind, [name.words for name in self.relation.places]
            between = f"{kind} between {' and '.join(names)}"
            parts.append(between if kind.joins_two else f"{kind} {names[0]}")
        return _SIGN.join(parts)


_SIGN = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
_MOST_PARTS = 12
_LONGEST = 400  # characters; more is a text and no line of place

# Words that say what kind of place it is or on which side; a name made of these alone ("Southern
# Village") is nobody's own name, so no authority is made of it.
_GENERIC = frozenset(
    [
        *("a", "the", "of", "in", "at", "and", "unknown", "unnamed"),
        *("north", "south", "east", "west", "northern", "southern", "eastern", "western"),
        *("central", "upper", "lower", "near", "outskirts", "suburb", "suburbs", "centre"),
        *("center", "old", "new", "area", "border", "camp", "city", "county", "district"),
        *("forest", "front", "line", "frontline", "mountain", "mountains", "path", "province"),
        *("railway", "region", "river", "road", "square", "station", "street", "town", "valley"),
        *("village", "villages"),
    ]
)
_WORDS = re.compile(r"\w+")


def has_own_name(words: str) -> bool:
    """Say whether *words* name one place, rather than a kind of place."""
    found = _WORDS.findall(words.casefold())
    return any(word not in _GENERIC and not word.isdigit() for word in found)


def read_place(text: str) -> Locality | None:
    """Return how a line of place is read, or None where there is nothing to read.

    Names stand between commas, the largest first, as datelines are printed; a date at the end is
    left out. Only what is written is read, and nothing is guessed from it.
    """
    line = " ".join(text.split())
    if not line or len(line) > _LONGEST:
        return None
    dateline = parse_dateline(line)
    if dateline is not None:
        line = dateline.place_text
    parts = [part.strip() for part in line.split(",") if part.strip()][:_MOST_PARTS]
    if not parts:
        return None
    found = read_relation(parts[-1])
    if found is None:
        return Locality(tuple(map(PlaceName, parts)))
    relation = Relation(found.kind, tuple(map(PlaceName, found.between)))
    return Locality(tuple(map(PlaceName, parts[:-1])), relation)


def read_places(texts: Iterable[Text], language: str) -> tuple[Locality, ...]:
    """Return how the line of place is read: that in *language*, or the first there is."""
    lines = {text.language: text.value for text in texts if text.field is TextField.PLACE}
    line = lines.get(language) or next(iter(lines.values()), "")
    found = read_place(line)
    return () if found is None else (found,)


def is_contained(ancestors: tuple[str, ...], parents: tuple[str, ...]) -> bool:
    """Say whether a place below *ancestors* can be the one that was named below *parents*.

    Both are identifiers of places; a line that names fewer of them says less and contradicts
    nothing. Without any on one side there is nothing to contradict.
    """
    return not ancestors or not parents or bool(set(ancestors) & set(parents))
