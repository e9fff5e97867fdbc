"""Finding: photographs by words and facets, the work lists, and the searches that people keep."""

from urllib.parse import urlencode

from dam.records.saved_searches import SavedSearch
from dam.rights.facts import Audience
from dam.web import find_pages
from dam.web.api import answers
from dam.web.api.finding_shapes import (
    Asked,
    FacetShape,
    FacetValue,
    FoundShape,
    NewSearch,
    PageWanted,
    SavedSearches,
    SavedSearchShape,
    Search,
    Spelling,
    WorkLists,
    WorkListShape,
)
from dam.web.api.operation import PREFIX, Body, Call, Operation, Reply
from dam.workflows import find, listing, saved_searches
from dam.workflows import work_lists as waiting


def search(call: Call) -> Reply:
    """Answer a page of what is found."""
    asked = call.asked(Search)
    fields = asked.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    fields.pop("page", None)
    return _found(call, query_asked(asked), asked.page, "/search", fields)


def query_asked(asked: Asked) -> find.Query:
    """Return the search that a program asks for."""
    chosen = tuple(
        (kind, str(value))
        for kind, name in find_pages.NAMES.items()
        if (value := getattr(asked, name)) is not None
    )
    order = find.Order(asked.order.value) if asked.order else None
    return find.Query(asked.q, chosen, order, exact=asked.spelling is Spelling.EXACT)


def _found(
    call: Call, query: find.Query, number: int, path: str, fields: dict[str, object]
) -> Reply:
    found, told = listing.found(call.archive, call.audience, query, number)
    following = None
    if found.number < found.pages:
        asked = urlencode(fields | {"page": found.number + 1})
        following = f"{call.origin}{PREFIX}{path}?{asked}"
    return Reply(
        FoundShape.model_construct(
            photographs=[answers.photograph_shape(one, call.origin) for one in told],
            count=found.count,
            more=found.more,
            shown_for=found.shown_for,
            facets=_facets(found),
            next=following,
        )
    )


def _facets(found: find.Found) -> list[FacetShape]:
    return [
        FacetShape.model_construct(
            name=find_pages.NAMES[kind],
            values=[
                FacetValue.model_construct(
                    value=one.value,
                    label=one.label or one.value,
                    count=one.count,
                    chosen=one.chosen,
                )
                for one in values
            ],
        )
        for kind, values in found.facets
    ]


def list_work(call: Call) -> Reply:
    """Answer what waits at the desk."""
    shapes = []
    for one in waiting.work_lists(call.archive):
        name = find_pages.NAMES[one.kind]
        address = f"{call.origin}{PREFIX}/search?{urlencode({name: one.value})}"
        shapes.append(
            WorkListShape.model_construct(
                facet=name, value=one.value, count=one.count, more=one.more, photographs=address
            )
        )
    return Reply(WorkLists.model_construct(work_lists=shapes))


def list_searches(call: Call) -> Reply:
    """Answer the searches that whoever asks may run."""
    kept = saved_searches.seen_by(call.archive, call.by)
    return Reply(SavedSearches.model_construct(searches=[_saved(call, one) for one in kept]))


def _saved(call: Call, one: SavedSearch) -> SavedSearchShape:
    return SavedSearchShape.model_construct(
        id=one.id,
        name=one.name,
        owner=one.owner,
        shared=one.shared,
        photographs=f"{call.origin}{PREFIX}{_photographs(one.id)}",
        page=f"{call.origin}/desk/find?{one.asked}",
    )


def _photographs(search_id: str) -> str:
    return f"/searches/{search_id}/photographs"


def keep_search(call: Call) -> Reply:
    """Keep a search, in place of one's own of that name."""
    new = call.taken(NewSearch)
    asked = urlencode(find_pages.fields(query_asked(new.asked)))
    made = saved_searches.keep(call.archive, new.name, asked, call.by, shared=new.shared)
    one = SavedSearch(made, call.by, new.name, new.shared, asked)
    return Reply(_saved(call, one))


def run_search(call: Call) -> Reply:
    """Answer a page of what a kept search finds now."""
    one = saved_searches.seen(call.archive, call.word("search_id"), call.by)
    query = find_pages.query_in(one.asked)
    return _found(call, query, call.asked(PageWanted).page, _photographs(one.id), {})


def forget_search(call: Call) -> Reply:
    """Remove a search of one's own."""
    saved_searches.forget(call.archive, call.word("search_id"), call.by)
    return Reply()


_STAFF = Audience.STAFF
OPERATIONS = (
    Operation(
        "searchPhotographs",
        "GET",
        "/search",
        "Find photographs by words, narrowed by what they have in common",
        Audience.PUBLIC,
        search,
        FoundShape,
        query=Search,
        refusals=frozenset({403}),
    ),
    Operation(
        "listWork",
        "GET",
        "/work-lists",
        "List what waits at the desk, with how many there are",
        _STAFF,
        list_work,
        WorkLists,
    ),
    Operation(
        "listSearches",
        "GET",
        "/searches",
        "List the searches that are kept",
        _STAFF,
        list_searches,
        SavedSearches,
    ),
    Operation(
        "keepSearch",
        "POST",
        "/searches",
        "Keep a search under a name, in place of the one of yours of that name",
        _STAFF,
        keep_search,
        SavedSearchShape,
        status=201,
        body=Body.JSON,
        takes=NewSearch,
    ),
    Operation(
        "runSearch",
        "GET",
        "/searches/{search_id}/photographs",
        "Read what a kept search finds now",
        _STAFF,
        run_search,
        FoundShape,
        query=PageWanted,
    ),
    Operation(
        "forgetSearch",
        "DELETE",
        "/searches/{search_id}",
        "Remove a search that is yours",
        _STAFF,
        forget_search,
        status=204,
    ),
)
