"""Links between what people write and the authority records that it means."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from dam.catalogue.changes import Description, Words
from dam.catalogue.fields import Record
from dam.catalogue.people import Contributor, Knowledge, PersonShown
from dam.catalogue.places import Locality, PlaceName, Relation, has_own_name


class LinkKind(StrEnum):
    """Where a link to an authority stands."""

    CONTRIBUTOR = "contributor"
    PERSON = "person"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A name that no authority record is known for; for places, what was named above it."""

    kind: LinkKind
    words: str
    above: tuple[str, ...] = ()


Link = Callable[[LinkKind, str, str, tuple[str, ...]], str]
"""Given kind, words, the identifier that is there (empty where there is none) and the identifiers
of the larger places named before, returns the identifier to keep."""


def with_links(description: Description, link: Link) -> Description:
    """Return *description* with each of its links put through *link*."""
    return replace(
        description,
        contributors=tuple(_contributor(one, link) for one in description.contributors),
        people=tuple(_person(one, link) for one in description.people),
        places=tuple(_place(one, link) for one in description.places),
    )


def words_with_links(words: Words, link: Link) -> Words:
    """Return what a field holds with each of its links put through *link*."""
    if not isinstance(words, tuple):
        return words
    return tuple(_record(one, link) for one in words)  # type: ignore[return-value]


def _record(one: str | Record, link: Link) -> str | Record:
    match one:
        case Contributor():
            return _contributor(one, link)
        case PersonShown():
            return _person(one, link)
        case Locality():
            return _place(one, link)
        case _:
            return one


def _contributor(one: Contributor, link: Link) -> Contributor:
    return replace(one, agent_id=link(LinkKind.CONTRIBUTOR, one.byline, one.agent_id, ()))


def _person(one: PersonShown, link: Link) -> PersonShown:
    """Words that describe somebody unknown are not asked about: there is nobody to find."""
    if one.known is Knowledge.UNIDENTIFIED:
        return one
    return replace(one, agent_id=link(LinkKind.PERSON, one.words, one.agent_id, ()))


def _place(place: Locality, link: Link) -> Locality:
    """Places are asked about from the large to the small."""
    above: tuple[str, ...] = ()
    path = []
    for name in place.path:
        path.append(_place_name(name, link, above))
        above = (*above, path[-1].place_id) if path[-1].place_id else above
    if place.relation is None:
        return replace(place, path=tuple(path))
    ends = tuple(_place_name(name, link, above) for name in place.relation.places)
    return replace(place, path=tuple(path), relation=Relation(place.relation.kind, ends))


def _place_name(name: PlaceName, link: Link, above: tuple[str, ...]) -> PlaceName:
    if not name.place_id and not has_own_name(name.words):
        return name
    return replace(name, place_id=link(LinkKind.PLACE, name.words, name.place_id, above))


def linked_ids(description: Description) -> frozenset[str]:
    """Return the authority records that a description names."""
    found = {one.agent_id for one in description.contributors}
    found |= {one.agent_id for one in description.people}
    found |= {name.place_id for place in description.places for name in place.names}
    return frozenset(found - {""})


def unlinked(description: Description) -> tuple[Unlinked, ...]:
    """Return the names that could have an authority record and have none, each once."""
    return tuple(dict.fromkeys(_unlinked(description)))


def _unlinked(description: Description) -> Iterator[Unlinked]:
    for one in description.contributors:
        if not one.agent_id and one.byline.strip():
            yield Unlinked(LinkKind.CONTRIBUTOR, one.byline)
    for person in description.people:
        if person.known is Knowledge.NAMED:
            yield Unlinked(LinkKind.PERSON, person.words)
    for place in description.places:
        above: tuple[str, ...] = ()
        for name in place.path:
            if not name.place_id and has_own_name(name.words):
                yield Unlinked(LinkKind.PLACE, name.words, above)
            above = (*above, name.words)
        for name in place.relation.places if place.relation else ():
            if not name.place_id and has_own_name(name.words):
                yield Unlinked(LinkKind.PLACE, name.words, above)
