"""The pages on which staff arrange series."""

from dataclasses import dataclass
from typing import ClassVar

from dam.web.pages.compared import Conflict
from dam.web.pages.desk import DeskFrame
from dam.web.pages.edits import Edit
from dam.web.pages.parts import Site, direction, language_name


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series in the list."""

    url: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class SeriesList:
    """``/desk/series``: every series, newest first, and a form for a new one."""

    site: Site
    rows: tuple[SeriesRow, ...]
    problem: str = ""
    typed: str = ""
    template: ClassVar[str] = "series_list.html"


@dataclass(frozen=True, slots=True)
class SeriesTexts:
    """The texts of a series in one language."""

    language: str
    title: str = ""
    other_titles: str = ""
    introduction: str = ""

    @property
    def name(self) -> str:
        """The language in its own words."""
        return language_name(self.language)

    @property
    def direction(self) -> str:
        """For the ``dir`` attribute."""
        return direction(self.language)


@dataclass(frozen=True, slots=True)
class SeriesDesk:
    """``/desk/series/{id}``: words, what must be shown, frames in order, what was done.

    Posts to itself, ``/frames`` (``do``: ``up``, ``down``, ``to``, ``remove`` or ``add``, with
    ``photograph`` and ``position``) and ``/undo``. ``photograph`` is what was typed to be added.
    """

    site: Site
    id: str
    heading: str
    revision: int
    texts: tuple[SeriesTexts, ...]
    notices: str
    frames: tuple[DeskFrame, ...]
    edits: tuple[Edit, ...]
    may_undo: bool = False
    problem: str = ""
    conflict: Conflict | None = None
    photograph: str = ""
    template: ClassVar[str] = "series_desk.html"
