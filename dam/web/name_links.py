"""Where the names on the page of a photograph lead: to what else the public may find by them."""

from urllib.parse import quote, urlencode

from dam.catalogue.marks import value_of_name
from dam.iiif.presentation_source import page_path
from dam.rights.decision import Duty
from dam.rights.facts import Publication
from dam.workflows.presentation import Told
from dam.workflows.ways import Way


def way_path(way: Way, value: str) -> str:
    """Return the address of the page of a value."""
    return page_path(value) if way is Way.SERIES else f"/{way.value}/{quote(value, safe='')}"


def places(one: Told) -> tuple[str, ...]:
    """Return the names in its places that have records, the largest first."""
    if not one.words.places:
        return ()
    named = [name for place in one.photograph.description.places for name in place.names]
    return tuple(dict.fromkeys(name.words for name in named if name.place_id))


def links(one: Told) -> dict[tuple[str, str], str]:
    """Return addresses by label and value of a detail; none where it is in no index itself."""
    if not _is_found(one):
        return {}
    description = one.photograph.description
    found: dict[tuple[str, str], str] = {}
    for creator in description.contributors:
        if creator.role.creates:
            value = creator.agent_id or value_of_name(creator.byline)
            found["Photographer", creator.byline] = way_path(Way.CREATORS, value)
    for person in description.people:
        if person.agent_id:
            found["People shown", person.words] = way_path(Way.PEOPLE, person.agent_id)
    for name in (name for place in description.places for name in place.names):
        if name.place_id:
            found["Place", name.words] = way_path(Way.PLACES, name.place_id)
    for _, word in one.words.keywords:
        found["Keywords", word] = f"/search?{urlencode({'q': word})}"
    return found


def _is_found(one: Told) -> bool:
    facts = one.asked.facts
    public = facts.publication is Publication.PUBLISHED and not facts.withdrawn
    return public and Duty.UNINDEXED not in one.asked.decision.duties
