"""The pages of photographs that are alike: the list of pairs, and two side by side."""

from dataclasses import dataclass
from typing import ClassVar

from dam.web.pages.desk import AlikePair, DeskFrame
from dam.web.pages.parts import Link, Paging, Site


@dataclass(frozen=True, slots=True)
class AlikeList:
    """``/desk/alike``: what may be there already, pair by pair."""

    site: Site
    pairs: tuple[AlikePair, ...]
    count: str
    paging: Paging
    template: ClassVar[str] = "alike_list.html"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its picture, or in *reason* why this reader is not shown it."""

    frame: DeskFrame
    label: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SideRow:
    """One fact or field of both."""

    label: str
    newer: str
    older: str
    same: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it sends, what it says, and what it will do; *refused* is why it cannot."""

    value: str
    label: str
    sentence: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class AlikePage:
    """``/desk/alike/{newer}/{older}``: two photographs side by side, and the choices.

    Posts ``choice``, ``newer_revision`` and ``older_revision`` to itself, and to ``/undo`` where
    *chosen* says what somebody chose. *problem* is why nothing was done just now.
    """

    site: Site
    url: str
    how: str
    newer: Side
    older: Side
    newer_revision: int
    older_revision: int
    facts: tuple[SideRow, ...]
    words: tuple[SideRow, ...]
    choices: tuple[Choice, ...]
    chosen: str = ""
    may_undo: bool = False
    problem: str = ""
    following: Link | None = None
    template: ClassVar[str] = "alike.html"
