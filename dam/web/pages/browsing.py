"""The front page, and the pages on which the public browses."""

from dataclasses import dataclass
from typing import ClassVar

from dam.web.pages.find import Facet
from dam.web.pages.parts import Link, Paging, Picture, Site, Words
from dam.web.pages.public import ListedPhotograph


@dataclass(frozen=True, slots=True)
class WayEntry:
    """A value to browse by; *more* says that there are more photographs than ``count``."""

    name: Words
    url: str
    count: int
    more: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One decade of the chart, such as 1990; ``height`` is in hundredths of the highest bar."""

    decade: str
    url: str
    count: int
    more: bool
    height: int


@dataclass(frozen=True, slots=True)
class FrontPage:
    """``/``: a photograph, what the archive is, search, and the ways in."""

    site: Site
    introduction: Words | None
    first: ListedPhotograph | None
    credit: str
    count: int
    series: tuple[WayEntry, ...]
    creators: tuple[WayEntry, ...]
    places: tuple[WayEntry, ...]
    bars: tuple[Bar, ...]
    newest: tuple[ListedPhotograph, ...]
    collection_url: str
    template: ClassVar[str] = "front.html"


@dataclass(frozen=True, slots=True)
class WayList:
    """Every series, photographer, person, place or decade of which something may be shown.

    ``way`` is the word of its address; ``bars`` are of decades alone.
    """

    site: Site
    way: str
    entries: tuple[WayEntry, ...]
    first_url: str | None
    next_url: str | None
    bars: tuple[Bar, ...] = ()
    template: ClassVar[str] = "way_list.html"


@dataclass(frozen=True, slots=True)
class NameOfPlace:
    """Another name of a place, with the language in its own words and when it was in force."""

    name: Words
    language: str
    period: str = ""


@dataclass(frozen=True, slots=True)
class WayPage:
    """The photographs of one photographer, person, place or decade."""

    site: Site
    way: str
    name: Words
    count: int
    more: bool
    photographs: tuple[ListedPhotograph, ...]
    facets: tuple[Facet, ...]
    paging: Paging
    search_url: str
    also: tuple[str, ...] = ()
    names: tuple[NameOfPlace, ...] = ()
    larger: tuple[WayEntry, ...] = ()
    smaller: tuple[WayEntry, ...] = ()
    registers: tuple[Link, ...] = ()
    template: ClassVar[str] = "way.html"
