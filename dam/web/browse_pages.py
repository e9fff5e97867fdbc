"""From what the public may browse by to the dataclasses of the pages that show it."""

from collections.abc import Sequence
from urllib.parse import urlencode

from dam.catalogue.authorities import Authority
from dam.catalogue.marks import MarkKind
from dam.config import Settings
from dam.iiif.presentation_source import collection_path
from dam.web import find_pages, pages, public_pages
from dam.web.name_links import way_path
from dam.workflows.facets import Value
from dam.workflows.front import Front
from dam.workflows.way_pages import WayView
from dam.workflows.ways import MOST_COUNTED, Entries, Entry, Way

_SEARCHED = {
    Way.CREATORS: "creator",
    Way.PEOPLE: "person",
    Way.PLACES: "place",
    Way.DECADES: "decade",
}
_UNUSED = MarkKind.USABLE, MarkKind.STATE, MarkKind.GAP


def front_page(front: Front, settings: Settings, site: pages.Site, origin: str) -> pages.FrontPage:
    """Return the front page."""
    first = front.of_the_day
    by_way = {way: _listed(way, found, origin) for way, found in front.ways.items()}
    text = settings.archive_introduction
    return pages.FrontPage(
        site=site,
        introduction=pages.Words(text, settings.archive_language) if text else None,
        first=public_pages.listed(first, origin) if first else None,
        credit=first.words.credit if first else "",
        count=front.count,
        series=by_way.get(Way.SERIES, ()),
        creators=by_way.get(Way.CREATORS, ()),
        places=by_way.get(Way.PLACES, ()),
        bars=bars(front.ways.get(Way.DECADES, ())),
        newest=tuple(public_pages.listed(one, origin) for one in front.newest),
        collection_url=origin + collection_path(),
    )


def way_list(
    way: Way, found: Entries, site: pages.Site, origin: str, *, first: bool
) -> pages.WayList:
    """Return a page of all values of one way; *first* where nothing comes before it."""
    return pages.WayList(
        site=site,
        way=way.value,
        entries=_listed(way, found.entries, origin),
        first_url=None if first else f"/{way.value}",
        next_url=f"/{way.value}?{urlencode({'after': found.after})}" if found.after else None,
        bars=bars(found.entries) if way is Way.DECADES else (),
    )


def _listed(way: Way, found: Sequence[Entry], origin: str) -> tuple[pages.WayEntry, ...]:
    return tuple(
        pages.WayEntry(
            name=public_pages.words(one.names) or pages.Words(one.value),
            url=way_path(way, one.value),
            count=min(one.count, MOST_COUNTED),
            more=one.more,
            picture=public_pages.listed_picture(one.cover, origin),
        )
        for one in found
    )


def bars(decades: Sequence[Entry]) -> tuple[pages.Bar, ...]:
    """Return the decades as bars, with those between them that are empty."""
    counts = {int(one.value): one for one in decades}
    if not counts:
        return ()
    highest = max(one.count for one in decades)
    return tuple(
        pages.Bar(
            decade=str(decade),
            url=way_path(Way.DECADES, str(decade)) if decade in counts else "",
            count=min(counts[decade].count, MOST_COUNTED) if decade in counts else 0,
            more=decade in counts and counts[decade].more,
            height=max(2, round(100 * counts[decade].count / highest)) if decade in counts else 0,
        )
        for decade in range(min(counts), max(counts) + 10, 10)
    )


def way_page(view: WayView, site: pages.Site, origin: str) -> pages.WayPage:
    """Return the page of one photographer, person, place or decade."""
    path, found = way_path(view.way, view.value), view.found
    name = public_pages.words(view.names) or pages.Words(view.value)
    record = view.record
    return pages.WayPage(
        site=site,
        way=view.way.value,
        name=name,
        count=found.count,
        more=found.more,
        photographs=tuple(public_pages.listed(one, origin) for one in found.told),
        facets=tuple(
            pages.Facet(find_pages.FACETS[kind], tuple(_narrowed(view, each) for each in values))
            for kind, values in found.facets
            if kind is not view.way.kind and kind not in _UNUSED
        ),
        paging=pages.Paging.at(found.number, found.pages, lambda number: f"{path}?page={number}"),
        search_url=f"/search?{urlencode([(_SEARCHED[view.way], view.value)])}",
        also=view.also,
        names=_other_names(record, name) if record else (),
        larger=_listed(Way.PLACES, view.larger, origin),
        smaller=_listed(Way.PLACES, view.smaller, origin),
        registers=tuple(pages.Link(one.scheme.label, one.uri) for one in record.identifiers)
        if record
        else (),
    )


def _narrowed(view: WayView, value: Value) -> pages.Filter:
    asked = [(_SEARCHED[view.way], view.value), (find_pages.NAMES[value.kind], value.value)]
    label = find_pages.label_of(value)
    return pages.Filter(label, f"/search?{urlencode(asked)}", value.count)


def _other_names(record: Authority, shown: pages.Words) -> tuple[pages.NameOfPlace, ...]:
    return tuple(
        pages.NameOfPlace(
            pages.Words(one.name, one.language), pages.language_name(one.language), one.period
        )
        for one in record.names
        if (one.name, one.language) != (shown.text, shown.language)
    )
