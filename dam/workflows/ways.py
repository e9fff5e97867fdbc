"""Ways in: series, photographers, people, places and decades of what the public may find.

The index counts, and the decision is asked of photographs of each value before it is named: the
name is taken from one that may be told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dam.catalogue.fields import SeriesField
from dam.catalogue.marks import MarkKind, mark, value_of_name
from dam.iiif.presentation_words import LanguageMap
from dam.records import authorities, catalogue, search, search_text
from dam.records import series as series_rows
from dam.records import ways as candidates
from dam.records.base import Session
from dam.records.search_text import Match
from dam.records.values import StoredPhotograph
from dam.rights.decision import Duty
from dam.rights.facts import Audience, Purpose
from dam.rights.restrictions import WordKind
from dam.rights.words_withheld import without_names
from dam.workflows import ask
from dam.workflows.archive import Archive
from dam.workflows.ask import Asked
from dam.workflows.presentation import Told, told_all

PAGE = 60
MOST_COUNTED = 1000
_SAMPLE = 8  # photographs of a value that are decided, to find one that may be told


class Way(StrEnum):
    """By what the public browses; the word is that of the address."""

    SERIES = "series"
    CREATORS = "creators"
    PEOPLE = "people"
    PLACES = "places"
    DECADES = "decades"

    @property
    def kind(self) -> MarkKind:
        """The mark by which photographs are counted."""
        return _KINDS[self]


_KINDS = {
    Way.SERIES: MarkKind.SERIES,
    Way.CREATORS: MarkKind.CREATOR,
    Way.PEOPLE: MarkKind.PERSON,
    Way.PLACES: MarkKind.PLACE,
    Way.DECADES: MarkKind.DECADE,
}
_HIDING = {Way.PEOPLE: WordKind.PERSON, Way.PLACES: WordKind.PLACE}


@dataclass(frozen=True, slots=True)
class Entry:
    """A value to browse by: its names, how many photographs, and one of them.

    *more* says that there are more than were counted.
    """

    value: str
    names: LanguageMap
    count: int
    cover: Told

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > MOST_COUNTED


@dataclass(frozen=True, slots=True)
class Entries:
    """A page of values, and the one after which the next page begins, if there is one."""

    entries: tuple[Entry, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class _Counted:
    value: str
    count: int
    sample: tuple[int, ...]


def entries(archive: Archive, way: Way, after: str = "") -> Entries:
    """Return the values that follow *after*, or the first ones, in the order of their names."""
    with archive.reading() as db:
        ordered = _candidates(db, way)
        begin = ordered.index(after) + 1 if after in ordered else 0
        found: list[_Counted] = []
        for one in _counted(db, way, ordered[begin:]):
            if len(found) == PAGE:
                return Entries(named(db, archive, way, found), found[-1].value)
            found.append(one)
        return Entries(named(db, archive, way, found))


def chosen(db: Session, archive: Archive, way: Way, values: Sequence[str]) -> tuple[Entry, ...]:
    """Return those of *values* of which the public may find something, in their order."""
    return named(db, archive, way, list(_counted(db, way, values)))


def _candidates(db: Session, way: Way) -> list[str]:
    match way:
        case Way.SERIES:
            return candidates.series(db)
        case Way.PLACES:
            return candidates.places(db)
        case Way.DECADES:
            return candidates.decades(db)
        case Way.CREATORS | Way.PEOPLE:
            return candidates.labelled(db, way.kind)


def _counted(db: Session, way: Way, values: Sequence[str]) -> Iterator[_Counted]:
    for value in values:
        match = Match(marks=((mark(MarkKind.LISTED),), (mark(way.kind, value),)))
        numbers = search_text.numbers(db, match, most=MOST_COUNTED + 1)
        if numbers:
            yield _Counted(value, len(numbers), tuple(numbers[:_SAMPLE]))


def named(
    db: Session, archive: Archive, way: Way, counted: Sequence[_Counted]
) -> tuple[Entry, ...]:
    """Return the entries of which a photograph may be told that says the value."""
    hits = search.hits(db, [number for one in counted for number in one.sample])
    identifiers = {hit.number: hit.photograph_id for hit in hits}
    asked = ask.ask_in(
        db, archive, list(dict.fromkeys(identifiers.values())), Audience.PUBLIC, Purpose.LIST
    )
    covers = {}
    for one in counted:
        sample = [identifiers[number] for number in one.sample if number in identifiers]
        cover = _cover(way, [each for each in sample if each in asked], asked)
        if cover:
            covers[one.value] = cover
    told = {
        one.photograph.id: one
        for one in told_all(db, archive, catalogue.photographs(db, list(covers.values())), asked)
    }
    named_here = _names(db, way, list(covers))
    found = []
    for one in counted:
        cover_told = told.get(covers.get(one.value, ""))
        if cover_told is None:
            continue
        names = named_here.get(one.value) or said(way, one.value, cover_told)
        if names:
            found.append(Entry(one.value, names, one.count, cover_told))
    return tuple(found)


def _cover(way: Way, sample: Sequence[str], asked: dict[str, Asked]) -> str:
    """Return the first that may be told and has a picture without an advisory, or the first."""
    told = [one for one in sample if _says(way, asked[one])]
    pictured = (
        one
        for one in told
        if asked[one].decision.pack is not None and Duty.ADVISORY not in asked[one].decision.duties
    )
    return next(pictured, told[0] if told else "")


def _says(way: Way, asked: Asked) -> bool:
    """Whether the public may come upon it by this value."""
    decision = asked.decision
    hidden = way in _HIDING and _HIDING[way] in decision.withheld
    return asked.told_of and Duty.UNINDEXED not in decision.duties and not hidden


def _names(db: Session, way: Way, values: Sequence[str]) -> dict[str, LanguageMap]:
    """Return the names of values that have public names of their own."""
    if way is Way.PLACES:
        return {
            one: tuple((name.language, name.name) for name in record.names if name.preferred)
            for one, record in authorities.authorities(db, values).items()
        }
    if way is Way.SERIES:
        return {
            one: series_rows.series(db, one).description.words(SeriesField.SERIES_TITLE)
            for one in values
        }
    return {}


def said(way: Way, value: str, cover: Told) -> LanguageMap:
    """Return what the photograph calls the value, without names that are withheld of it."""
    if way is Way.DECADES:
        return (("none", value),)
    words = name_in(way, value, cover.photograph)
    protected = cover.asked.decision.protected
    return (("und", words),) if words and without_names(words, protected) == words else ()


def name_in(way: Way, value: str, photograph: StoredPhotograph) -> str:
    """Return the words of a photograph for a photographer or a person, empty if it has none."""
    description = photograph.description
    if way is Way.PEOPLE:
        return next((one.words for one in description.people if one.agent_id == value), "")
    return next(
        (
            one.byline.strip()
            for one in description.contributors
            if one.role.creates and (one.agent_id or value_of_name(one.byline)) == value
        ),
        "",
    )
