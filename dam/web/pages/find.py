"""The pages on which photographs are found."""

from dataclasses import dataclass
from typing import ClassVar

from dam.web.pages.desk import DeskFrame, Filter
from dam.web.pages.parts import Option, Paging, Site
from dam.web.pages.public import ListedPhotograph


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing that hits are narrowed by; pressing a value that is chosen lets go of it."""

    label: str
    values: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search came to, without the photographs.

    ``count`` is in words; ``kept`` are the fields that the form carries along; ``shown_for`` is
    what was looked for instead of the words typed, which ``exact_url`` looks for to the letter.
    """

    text: str
    count: str
    facets: tuple[Facet, ...]
    orders: tuple[Option, ...]
    kept: tuple[tuple[str, str], ...]
    paging: Paging
    shown_for: str = ""
    exact_url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class WorkList:
    """What waits for the same thing; ``count`` is in words."""

    label: str
    url: str
    count: str


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search under a name."""

    id: str
    name: str
    url: str
    owner: str
    own: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class DeskFind:
    """Finding at the desk; ``asked`` is the search as it would be kept."""

    template: ClassVar[str] = "find.html"
    site: Site
    results: Results
    frames: tuple[DeskFrame, ...]
    work_lists: tuple[WorkList, ...]
    saved: tuple[SavedSearch, ...]
    asked: str


@dataclass(frozen=True, slots=True)
class PublicSearch:
    """What the public finds."""

    template: ClassVar[str] = "search.html"
    site: Site
    results: Results
    photographs: tuple[ListedPhotograph, ...]
