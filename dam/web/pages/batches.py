"""Pages of batches: edits of many photographs at once."""

from dataclasses import dataclass
from typing import ClassVar

from dam.web.pages.desk import DeskFrame, Filter
from dam.web.pages.parts import Option, Paging, Site


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch in the list of them: who, when, what, how many."""

    id: str
    what: str
    who: str
    at: str
    when: str
    state: str
    changed: int
    conflicts: int
    may_undo: bool


@dataclass(frozen=True, slots=True)
class BatchList:
    """``/desk/batches``: all batches, newest first."""

    site: Site
    batches: tuple[BatchRow, ...]
    paging: Paging
    template: ClassVar[str] = "batch_list.html"


@dataclass(frozen=True, slots=True)
class BatchForm:
    """``/desk/batches/new``: which photographs, and what to do to a field of them.

    ``error`` says why the form that was sent could not be followed; what was typed stays in it.
    """

    site: Site
    chosen: str
    count: str
    hidden: str
    frames: tuple[DeskFrame, ...]
    actions: tuple[Option, ...]
    fields: tuple[Option, ...]
    sources: tuple[Option, ...]
    betweens: tuple[Option, ...]
    language: str
    find_url: str
    marked: frozenset[str] = frozenset()
    words: str = ""
    find: str = ""
    error: str = ""
    template: ClassVar[str] = "batch_form.html"


@dataclass(frozen=True, slots=True)
class BatchChange:
    """One field before and after; ``language`` is empty for what is in none."""

    field: str
    language: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class BatchItem:
    """What a batch means for one photograph."""

    photograph_id: str
    name: str
    known: bool
    changes: tuple[BatchChange, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchPage:
    """``/desk/batches/{id}``: the preview of a batch, how far it is, what became of it."""

    site: Site
    id: str
    what: str
    state: str
    sentence: str
    done: int
    whole: int
    filters: tuple[Filter, ...]
    items: tuple[BatchItem, ...]
    paging: Paging
    running: bool = False
    failure: str = ""
    apply_label: str = ""
    may_discard: bool = False
    may_undo: bool = False
    template: ClassVar[str] = "batch.html"
