"""The pages of those who upload and describe."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from dam.web.pages.caption_form import (
    CAPTION_FIELDS,
    FIRST_FIELDS,
    NOTHING_TYPED,
    Facts,
    OtherCaption,
    Texts,
    TypedCaption,
    WordsForm,
)
from dam.web.pages.compared import Conflict
from dam.web.pages.edits import Edit
from dam.web.pages.parts import Link, Paging, Picture, Site
from dam.web.pages.work import Work


class FrameState(StrEnum):
    """How far a photograph is, in the words that the desk shows."""

    PREPARING = "being prepared"
    NO_CAPTION = "no caption"
    DRAFT = "draft"
    READY = "ready"
    PUBLISHED = "published"
    EMBARGOED = "embargoed"
    HIDDEN = "not public"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"

    @property
    def symbol(self) -> str:
        """A sign that goes before the word, never without it."""
        return SYMBOLS[self]

    @property
    def tone(self) -> Literal["quiet", "waiting", "good", "stop"]:
        """Which of the colours of state; the word says the same."""
        return TONES[self]


SYMBOLS = {
    FrameState.PREPARING: "…",
    FrameState.NO_CAPTION: "●",
    FrameState.DRAFT: "◐",
    FrameState.READY: "○",
    FrameState.PUBLISHED: "✓",
    FrameState.EMBARGOED: "◷",
    FrameState.HIDDEN: "◌",
    FrameState.WITHDRAWN: "✕",
    FrameState.FAILED: "!",
}
TONES: dict[FrameState, Literal["quiet", "waiting", "good", "stop"]] = {
    FrameState.PREPARING: "quiet",
    FrameState.NO_CAPTION: "waiting",
    FrameState.DRAFT: "waiting",
    FrameState.READY: "quiet",
    FrameState.PUBLISHED: "good",
    FrameState.EMBARGOED: "waiting",
    FrameState.HIDDEN: "quiet",
    FrameState.WITHDRAWN: "stop",
    FrameState.FAILED: "stop",
}


@dataclass(frozen=True, slots=True)
class DeskFrame:
    """A photograph on the desk; ``note`` is what the state does not say ("until 1 March 2027").

    ``mark`` is ``pick``, ``reject`` or nothing.
    """

    id: str
    title: str
    state: FrameState
    picture: Picture | None
    note: str = ""
    added: str = ""
    current: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow the list."""

    label: str
    url: str
    count: int
    current: bool = False


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that could not be read and is kept aside.

    ``size`` is written for people ("12.4 MB").
    """

    id: str
    name: str
    size: str
    reason: str
    refused_at: str
    may_retry: bool = True


@dataclass(frozen=True, slots=True)
class AlikePair:
    """A pair in the list; *how* says in what the two are the same."""

    url: str
    newer: DeskFrame
    older: DeskFrame
    how: str


@dataclass(frozen=True, slots=True)
class DeskPage:
    """``/desk/``: upload, and the photographs with their states.

    Posts to ``/desk/upload`` (field ``files``) and ``/desk/refused/{id}/retry``. ``accepts`` is the
    ``accept`` attribute of the file field; ``limit`` says the largest file in words. ``here`` are
    photographs whose bytes were sent again; ``alike`` pairs that wait to be compared, some of them.
    """

    site: Site
    frames: tuple[DeskFrame, ...]
    filters: tuple[Filter, ...]
    refused: tuple[RefusedFile, ...]
    count: int
    paging: Paging
    accepts: str = ""
    limit: str = ""
    here: tuple[DeskFrame, ...] = ()
    alike: tuple[AlikePair, ...] = ()
    alike_count: str = ""
    template: ClassVar[str] = "desk.html"


@dataclass(frozen=True, slots=True)
class Repair:
    """A repair that the program proposes: ``before``, ``found`` and ``after`` are the source text.

    Posts to ``/desk/p/{id}/repairs/{number}``, field ``answer``: ``accept`` or ``keep``.
    """

    number: int
    field: str
    language: str
    before: str
    found: str
    proposed: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Publishing:
    """What the publish button says will happen; ``possible`` is false where a reason forbids."""

    sentence: str
    possible: bool
    label: str = "Publish this photograph"


@dataclass(frozen=True, slots=True)
class Claim:
    """One value that the file itself gives: the property, its name in the block, the value."""

    label: str
    name: str
    value: str
    block: str
    language: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CaptionDesk(WordsForm):
    """``/desk/p/{id}``: the dark room.

    ``saved_at`` is a time for people ("10:42"), None when nothing was ever saved. ``errors`` and
    ``understood`` are keyed by field name; ``understood`` is what the parser made of a field, one
    line each. ``conflict`` is drawn after a plain form post was answered with 409. ``repairs`` wait
    for a person, and change nothing by themselves. ``unlinked`` are names without an authority
    record; ``missing`` says what should be there before publishing; ``sensitivity`` is what the
    rights records say of it, and ``claims`` what the file says. ``records`` are the pages of whom
    and what it names, ``series`` those of the series it stands in, ``alike`` those of pairs.
    ``recto`` is the face of the print of which this is the back, ``versos`` the backs of what this
    shows. ``undo`` says what undoing would take back ("caption (en) of 10:42"), None when there is
    nothing.
    """

    site: Site
    id: str
    heading: str
    state: FrameState
    picture: Picture | None
    filmstrip: tuple[DeskFrame, ...]
    number: int
    count: int
    previous_id: str | None
    next_id: str | None
    next_without_caption_id: str | None
    revision: int
    saved_at: str | None
    texts: tuple[Texts, ...]
    facts: Facts
    publishing: Publishing
    languages_to_add: tuple[str, ...] = ()
    errors: Mapping[str, str] | None = None
    understood: Mapping[str, tuple[str, ...]] | None = None
    conflict: Conflict | None = None
    undo: str | None = None
    repairs: tuple[Repair, ...] = ()
    other_captions: tuple[OtherCaption, ...] = ()
    credited_captions: tuple[OtherCaption, ...] = ()
    unlinked: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    sensitivity: str = ""
    public_view: Link | None = None
    claims: tuple[Claim, ...] = ()
    work: Work | None = None
    downloads: tuple[Link, ...] = ()
    mark: str = ""
    recto: DeskFrame | None = None
    versos: tuple[DeskFrame, ...] = ()
    templates: tuple[str, ...] = ()
    series_id: str = ""
    chosen_fields: tuple[str, ...] = ()
    typed_caption: TypedCaption = NOTHING_TYPED
    records: tuple[Link, ...] = ()
    series: tuple[Link, ...] = ()
    alike: tuple[Link, ...] = ()
    template: ClassVar[str] = "caption_desk.html"

    @property
    def first_fields(self) -> tuple[str, ...]:
        """The fields that come first, as the series chose or the usual five."""
        return self.chosen_fields or tuple(CAPTION_FIELDS)[:FIRST_FIELDS]

    @property
    def other_fields(self) -> tuple[str, ...]:
        """The fields that are folded away."""
        return tuple(name for name in CAPTION_FIELDS if name not in self.first_fields)

    @property
    def others_wrong(self) -> bool:
        """Whether a field that is folded away has to be looked at."""
        return any(name.partition("@")[0] in self.other_fields for name in self.errors or {})


@dataclass(frozen=True, slots=True)
class EventList:
    """``/desk/p/{id}/events``: everything that was done to a photograph, latest first."""

    site: Site
    id: str
    heading: str
    edits: tuple[Edit, ...]
    paging: Paging | None = None
    template: ClassVar[str] = "event_list.html"
