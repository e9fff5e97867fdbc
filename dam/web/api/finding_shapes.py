"""What finding takes and answers."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from dam.web.api import answers
from dam.web.api.shapes import Name, Shape

_Words = Annotated[str, Field(max_length=10_000)]
_Value = Annotated[str, Field(pattern=r"^[0-9a-z]{1,39}$")]
_Number = Annotated[int, Field(ge=1, le=1_000)]
_Title = Annotated[Name, Field(max_length=100)]


class OrderWord(StrEnum):
    """In which order hits come: best, latest date, earliest date, or added last, first."""

    BEST = "best"
    DATE = "date"
    OLDEST = "oldest"
    NEWEST = "newest"


class Spelling(StrEnum):
    """Whether near words are looked for where nothing has those that were sent."""

    FORGIVING = "forgiving"
    EXACT = "exact"


class Usable(StrEnum):
    """Which rights suffice: those of photographs that anybody may use now."""

    NOW = "now"


class Asked(Shape):
    """What is looked for; the values of the facets are those that answers list."""

    q: _Words = ""
    state: _Value | None = None
    gap: _Value | None = None
    series: _Value | None = None
    creator: _Value | None = None
    place: _Value | None = None
    decade: _Value | None = None
    rights: _Value | None = None
    usable: Usable | None = None
    order: OrderWord | None = None
    spelling: Spelling = Spelling.FORGIVING


class Search(Asked):
    """What is looked for, and which page of it, from 1."""

    page: _Number = 1


class PageWanted(Shape):
    """Which page, from 1."""

    page: _Number = 1


class FacetValue(Shape):
    """A value that hits have in common, and how many of those counted have it."""

    value: str
    label: str
    count: int
    chosen: bool


class FacetShape(Shape):
    """A facet, by the name of its parameter."""

    name: str
    values: list[FacetValue]


class FoundShape(Shape):
    """A page of hits; ``more`` says that there are more than were counted.

    ``shown_for`` are the words that were looked for in place of those that nothing has.
    """

    photographs: list[answers.Photograph]
    count: int
    more: bool
    shown_for: str
    facets: list[FacetShape]
    next: str | None


class WorkListShape(Shape):
    """What waits at the desk; ``facet`` and ``value`` are a parameter of the search."""

    facet: str
    value: str
    count: int
    more: bool
    photographs: str


class WorkLists(Shape):
    """The work lists of the desk."""

    work_lists: list[WorkListShape]


class NewSearch(Shape):
    """A search to be kept under a name, for oneself or for all who work here."""

    name: _Title
    shared: bool = False
    asked: Asked = Asked()


class SavedSearchShape(Shape):
    """A search that is kept; ``photographs`` is where it is run, ``page`` where people see it."""

    id: str
    name: str
    owner: str
    shared: bool
    photographs: str
    page: str


class SavedSearches(Shape):
    """The searches of whoever asks, and those that others share, by name."""

    searches: list[SavedSearchShape]
