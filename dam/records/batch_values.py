"""What reads of batches return: frozen values, good after the session is closed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dam.catalogue.changes import Description
from dam.catalogue.fields import FieldChange
from dam.errors import NotFound


class BatchKind(StrEnum):
    """Where a batch comes from."""

    EDIT = "edit"
    SHEET = "sheet"
    UNDO = "undo"


class BatchState(StrEnum):
    """How far a batch is."""

    READING = "being read"
    PLANNING = "being prepared"
    PROPOSED = "proposed"
    APPLYING = "being applied"
    APPLIED = "applied"
    DISCARDED = "discarded"


class ItemState(StrEnum):
    """What a batch comes to for one photograph."""

    LISTED = "listed"
    PLANNED = "planned"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    APPLIED = "applied"
    CONFLICT = "conflict"


class UnknownBatch(NotFound):
    """There is no batch of that identifier."""

    def __init__(self) -> None:
        super().__init__("There is no batch of that identifier.")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was not taken: which field or column, what it says, and why."""

    column: str
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class StoredBatch:
    """A batch; its identifier is the group of the events that it makes."""

    id: str
    kind: BatchKind
    state: BatchState
    title: str
    made_by: str
    made_at: datetime
    instruction: str = ""
    notes: tuple[str, ...] = ()
    applied_by: str = ""
    applied_at: datetime | None = None
    finished_at: datetime | None = None
    reverses: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What a batch means for one photograph."""

    position: int
    photograph_id: str
    state: ItemState = ItemState.LISTED
    revision: int = 0
    given: str = ""
    changes: tuple[FieldChange, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class WordsOf:
    """The words of a photograph as they are now, and what it is called in a list."""

    revision: int
    name: str
    description: Description
