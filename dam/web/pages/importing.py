"""The page on which the text of an essay or of a film becomes words of the catalogue."""

from dataclasses import dataclass
from typing import ClassVar

from dam.web.pages.desk import DeskFrame
from dam.web.pages.parts import Option, Site, Words


@dataclass(frozen=True, slots=True)
class FrameRead:
    """One frame of the text beside its photograph; ``repairs`` are proposed and not made."""

    number: int
    dateline: str
    place: str
    date: str
    caption: Words
    photograph: DeskFrame | None
    choices: tuple[Option, ...]
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextRead:
    """What was understood of the text, in fields that can be corrected."""

    titles: str
    introduction: str
    notices: str
    frames: tuple[FrameRead, ...]
    chrome: tuple[str, ...]

    @property
    def repair_count(self) -> int:
        """How many repairs are proposed."""
        return sum(len(one.repairs) for one in self.frames)


@dataclass(frozen=True, slots=True)
class ImportPage:
    """``/desk/import``: paste or upload, look at the preview, import, undo.

    Posts to ``/desk/import`` with ``do``: ``preview``, ``up``, ``down`` or ``import``; to
    ``/desk/import/undo`` with ``group``. ``undo_group`` is that of the import just made.
    """

    site: Site
    text: str
    language: str
    series: tuple[Option, ...]
    problem: str = ""
    shift: int = 0
    read: TextRead | None = None
    undo_group: str = ""
    series_url: str = ""
    template: ClassVar[str] = "import.html"
