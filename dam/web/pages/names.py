"""The pages of authority records: people, organisations and places."""

from dataclasses import dataclass
from typing import ClassVar

from dam.web.pages.compared import Conflict
from dam.web.pages.desk import DeskFrame, Filter
from dam.web.pages.edits import Edit
from dam.web.pages.parts import Link, Option, Paging, Site


@dataclass(frozen=True, slots=True)
class NameRow:
    """A record in the list; ``others`` are its further names, ``beside`` tells it apart."""

    url: str
    name: str
    kind: str
    others: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class NewName:
    """What was typed into the form of a new record."""

    name: str = ""
    language: str = ""


_NOTHING_TYPED = NewName()


@dataclass(frozen=True, slots=True)
class NameList:
    """``/desk/names``: all records, searched by how their names begin; a form for a new one."""

    site: Site
    rows: tuple[NameRow, ...]
    filters: tuple[Filter, ...]
    count: int
    paging: Paging
    kinds: tuple[Option, ...]
    search: str = ""
    kind: str = ""
    problem: str = ""
    typed: NewName = _NOTHING_TYPED
    template: ClassVar[str] = "name_list.html"


@dataclass(frozen=True, slots=True)
class NameForm:
    """One name of a record in the form; an empty one adds a name."""

    number: int
    name: str
    language: str
    script: str
    statuses: tuple[Option, ...]
    preferred: bool
    period: str
    source: str


@dataclass(frozen=True, slots=True)
class NumberForm:
    """The numbers of one register."""

    field: str
    label: str
    value: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class UsedIn:
    """A photograph that names the record, and what the record is to it."""

    frame: DeskFrame
    role: str


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What else the form holds."""

    kinds: tuple[Option, ...]
    life_dates: str
    note: str
    parent: str
    place_kind: str
    coordinates: str
    is_place: bool


@dataclass(frozen=True, slots=True)
class NamePage:
    """``/desk/names/{id}``: one record, where it is used, and what was done to it.

    Posts to itself, ``/undo``, ``/merge`` and ``/separate``. ``merged_into`` is the record that
    took its place; then nothing is edited here. ``found`` are records that it may be merged into.
    ``conflict`` is drawn where somebody else saved first. ``larger`` is the place that this one
    lies in, ``within`` the places that lie in it; ``find_url`` finds all photographs that name it.
    """

    site: Site
    id: str
    heading: str
    revision: int
    names: tuple[NameForm, ...]
    facts: NameFacts
    numbers: tuple[NumberForm, ...]
    used: tuple[UsedIn, ...]
    use_count: int
    edits: tuple[Edit, ...]
    may_undo: bool = False
    problem: str = ""
    merged_into: Link | None = None
    search: str = ""
    found: tuple[Link, ...] = ()
    conflict: Conflict | None = None
    larger: Link | None = None
    within: tuple[Link, ...] = ()
    find_url: str = ""
    template: ClassVar[str] = "name.html"


@dataclass(frozen=True, slots=True)
class Beside:
    """One of two records that stand side by side: label and both values."""

    label: str
    gone: str
    kept: str


@dataclass(frozen=True, slots=True)
class MergePage:
    """``/desk/names/{id}/merge?into=``: two records side by side, and what a merge would move."""

    site: Site
    id: str
    into: str
    gone: str
    kept: str
    rows: tuple[Beside, ...]
    moved: str
    template: ClassVar[str] = "name_merge.html"
