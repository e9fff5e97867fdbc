"""The page of a photographer, a person, a place or a decade: its names and its photographs."""

from dataclasses import dataclass

from dam.catalogue.authorities import Authority
from dam.iiif.presentation_words import LanguageMap
from dam.records import authorities
from dam.records import ways as candidates
from dam.records.base import Session
from dam.rights.facts import Audience
from dam.workflows import ask, find, ways
from dam.workflows.archive import Archive
from dam.workflows.ways import Entry, Way

_MOST_SMALLER = 200


@dataclass(frozen=True, slots=True)
class WayView:
    """A value, what it is called here, and a page of its photographs, the earliest first.

    *record* is of a place alone: records of people are for staff. *larger* and *smaller* are the
    places around it and in it of which the public may find something.
    """

    way: Way
    value: str
    names: LanguageMap
    found: find.Found
    also: tuple[str, ...] = ()
    record: Authority | None = None
    larger: tuple[Entry, ...] = ()
    smaller: tuple[Entry, ...] = ()
    moved_to: str = ""


def view(archive: Archive, way: Way, value: str, number: int) -> WayView:
    """Return the page of one value; of a record that was merged the one that stands for it.

    Raises:
        Unknown: the public may find nothing by it.
    """
    with archive.reading() as db:
        stands = _stands_for(db, way, value)
        entries = ways.chosen(db, archive, way, [stands])
        if not entries:
            raise ask.Unknown
        record = authorities.authorities(db, [stands]).get(stands) if way is Way.PLACES else None
        larger = _larger(db, archive, stands) if record else ()
        smaller = _smaller(db, archive, stands) if record else ()
    query = find.Query(chosen=((way.kind, stands),), order=find.Order.OLDEST)
    found = find.find(archive, Audience.PUBLIC, query, number)
    return WayView(
        way=way,
        value=stands,
        names=entries[0].names,
        found=found,
        also=_also(way, entries[0], found),
        record=record,
        larger=larger,
        smaller=smaller,
        moved_to=stands if stands != value else "",
    )


def _stands_for(db: Session, way: Way, value: str) -> str:
    if way is Way.DECADES:
        return value
    return authorities.redirects(db, [value]).get(value, value)


def _larger(db: Session, archive: Archive, place_id: str) -> tuple[Entry, ...]:
    """Return the places that it lies in, the largest first."""
    above = tuple(reversed(authorities.ancestors(db, place_id)))
    return ways.chosen(db, archive, Way.PLACES, [one for one in above if one != place_id])


def _smaller(db: Session, archive: Archive, place_id: str) -> tuple[Entry, ...]:
    inside = candidates.places(db, place_id)[:_MOST_SMALLER]
    return ways.chosen(db, archive, Way.PLACES, inside)


def _also(way: Way, entry: Entry, found: find.Found) -> tuple[str, ...]:
    """Return the other words by which the photographs shown say the same name."""
    if way not in {Way.CREATORS, Way.PEOPLE}:
        return ()
    shown = {text for _, text in entry.names}
    others = (words for one in found.told for _, words in ways.said(way, entry.value, one))
    return tuple(dict.fromkeys(words for words in others if words not in shown))
