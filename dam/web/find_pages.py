"""From what was found to the dataclasses of the pages of finding."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from dam.catalogue.marks import Gap, MarkKind
from dam.records.saved_searches import SavedSearch
from dam.web import pages
from dam.workflows.facets import USABLE_NOW, Value
from dam.workflows.find import MOST, Found, Order, Query
from dam.workflows.work_lists import WorkList

NAMES = {
    MarkKind.STATE: "state",
    MarkKind.GAP: "gap",
    MarkKind.SERIES: "series",
    MarkKind.CREATOR: "creator",
    MarkKind.PLACE: "place",
    MarkKind.DECADE: "decade",
    MarkKind.RIGHTS: "rights",
    MarkKind.USABLE: "usable",
}
"""The fields of an address by which hits are narrowed."""

_ADDRESSED = NAMES | {MarkKind.PERSON: "person"}
FACETS = {
    MarkKind.STATE: "State",
    MarkKind.GAP: "Wanting",
    MarkKind.SERIES: "Series",
    MarkKind.CREATOR: "Photographer",
    MarkKind.PLACE: "Place",
    MarkKind.DECADE: "Decade",
    MarkKind.RIGHTS: "Rights",
    MarkKind.USABLE: "Use",
}
_WORDS = {
    (MarkKind.GAP, Gap.CAPTION): "No caption",
    (MarkKind.GAP, Gap.ALT): "No alternative text",
    (MarkKind.GAP, Gap.DAMAGED): "Damaged text",
    (MarkKind.GAP, Gap.PLACE): "Unidentified place",
    (MarkKind.GAP, Gap.PERSON): "Unidentified person",
    (MarkKind.GAP, Gap.DATE): "No date",
    (MarkKind.GAP, Gap.COMMENT): "Comments waiting",
    (MarkKind.STATE, "draft"): "Draft",
    (MarkKind.STATE, "inreview"): "In review",
    (MarkKind.STATE, "published"): "Published",
    (MarkKind.STATE, "withdrawn"): "Withdrawn",
    (MarkKind.RIGHTS, "none"): "Not recorded",
    (MarkKind.USABLE, USABLE_NOW): "Usable now",
}
_ORDERS = {
    Order.BEST: "best first",
    Order.DATE: "latest date first",
    Order.OLDEST: "earliest date first",
    Order.NEWEST: "added last first",
}
_LONGEST_TEXT, _LONGEST_VALUE, _MOST_VALUES = 10_000, 40, 50


def query_in(address: str) -> Query:
    """Return what the part of an address behind its question mark asks for."""
    return query_of(MultiDict(parse_qsl(address)))


def query_of(args: MultiDict[str, str]) -> Query:
    """Return what an address asks for; what it says that is unknown is left out."""
    chosen = [
        (kind, value[:_LONGEST_VALUE])
        for kind, name in _ADDRESSED.items()
        for value in args.getlist(name)
        if value
    ]
    order = args.get("order", "")
    return Query(
        text=args.get("q", "")[:_LONGEST_TEXT],
        chosen=tuple(chosen[:_MOST_VALUES]),
        order=Order(order) if order in set(Order) else None,
        exact=args.get("exact") == "1",
    )


def fields(query: Query) -> list[tuple[str, str]]:
    """Return the fields of the address of a search."""
    found = [("q", query.text)] if query.text else []
    found += [(_ADDRESSED[kind], value) for kind, value in query.chosen]
    if query.order is not None:
        found.append(("order", query.order.value))
    return [*found, ("exact", "1")] if query.exact else found


def _url(path: str, query: Query, number: int = 1) -> str:
    asked = [*fields(query), ("page", str(number))] if number > 1 else fields(query)
    # An unpaired half of a character is nothing that an address can carry.
    return f"{path}?{urlencode(asked, errors='replace')}" if asked else path


def results(found: Found, path: str) -> pages.Results:
    """Return what a search came to, as a page at *path* shows it."""
    query = found.query
    return pages.Results(
        text=query.text,
        count=_count(found),
        facets=tuple(
            pages.Facet(FACETS[kind], tuple(_filter(value, query, path) for value in values))
            for kind, values in found.facets
        ),
        orders=tuple(
            pages.Option(order.value, words, chosen=order is found.order)
            for order, words in _ORDERS.items()
        ),
        kept=tuple((_ADDRESSED[kind], value) for kind, value in query.chosen),
        paging=pages.Paging.at(found.number, found.pages, lambda page: _url(path, query, page)),
        shown_for=found.shown_for,
        exact_url=_url(path, replace(query, exact=True)),
        note=_note(found),
    )


def _count(found: Found) -> str:
    if found.more:
        return f"More than {MOST} photographs"
    return f"{found.count} photograph{'' if found.count == 1 else 's'}"


def _note(found: Found) -> str:
    if found.nothing_read:
        return "There is no word and no number in it to look for."
    if found.more:
        return f"The first {MOST} are shown and counted; another word or a filter narrows them."
    return "Only the beginning of what was typed was looked for." if found.cut else ""


def _filter(value: Value, query: Query, path: str) -> pages.Filter:
    one = (value.kind, value.value)
    chosen = tuple(each for each in query.chosen if each != one)
    if not value.chosen:
        chosen = (*chosen, one)
    url = _url(path, replace(query, chosen=chosen))
    return pages.Filter(label_of(value), url, value.count, current=value.chosen)


def label_of(value: Value) -> str:
    """Return what a value of a facet is called."""
    label = _WORDS.get((value.kind, value.value), value.label)
    return f"{label}s" if value.kind is MarkKind.DECADE else label


def work_lists(found: tuple[WorkList, ...]) -> tuple[pages.WorkList, ...]:
    """Return the work lists with their addresses."""
    return tuple(
        pages.WorkList(
            _WORDS[one.kind, one.value],
            f"/desk/find?{urlencode({NAMES[one.kind]: one.value})}",
            f"{one.count}+" if one.more else str(one.count),
        )
        for one in found
    )


def saved(found: tuple[SavedSearch, ...], who: str) -> tuple[pages.SavedSearch, ...]:
    """Return the saved searches that *who* sees."""
    return tuple(
        pages.SavedSearch(
            one.id, one.name, f"/desk/find?{one.asked}", one.owner,
            own=one.owner == who, shared=one.shared,
        )
        for one in found
    )  # fmt: skip
