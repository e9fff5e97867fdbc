"""What batches take and answer."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from dam.catalogue.batch_edits import Action, Between
from dam.records.batch_values import BatchKind, BatchState, ItemState
from dam.web.api.finding_shapes import Asked
from dam.web.api.shapes import Identifier, Name, Shape, Text

_Field = Annotated[Name, Field(max_length=60)]
_Number = Annotated[int, Field(ge=1, le=100_000)]
_Marked = Annotated[list[Identifier], Field(min_length=1, max_length=10_000)]


class NewBatch(Shape):
    """What to do to a field of which photographs: those named, or all that a search finds.

    ``field`` and ``source`` are the columns of a sheet, with their language as ``caption@az``.
    """

    photographs: _Marked | None = None
    search: Asked | None = None
    action: Action
    field: _Field
    words: Text = ""
    find: Text = ""
    whole_words: bool = False
    match_case: bool = True
    between: Between = Between.SPACE
    source: _Field | None = None
    only_empty: bool = False


class WhichBatches(Shape):
    """Which page of the batches, from 1."""

    page: _Number = 1


class WhichItems(Shape):
    """Which photographs of a batch, and which page of them, from 1.

    Without a state, those that need to be looked at: conflicts, then what would change or did.
    """

    state: ItemState | None = None
    page: _Number = 1


class Counts(Shape):
    """How many photographs of a batch are in each state."""

    listed: int
    planned: int
    unchanged: int
    refused: int
    applied: int
    conflict: int


class BatchShape(Shape):
    """A batch; ``failure`` is why its work stopped, ``refused_rows`` those with a refused cell."""

    id: str
    title: str
    kind: BatchKind
    state: BatchState
    made_by: str
    made_at: datetime
    applied_by: str
    applied_at: datetime | None
    finished_at: datetime | None
    reverses: str | None
    undone: bool
    failure: str
    refused_rows: int
    counts: Counts
    photographs: str


class BatchList(Shape):
    """A page of batches, newest first."""

    batches: list[BatchShape]
    next: str | None


class ChangeShape(Shape):
    """One field before and after; ``language`` is empty for what is in none."""

    field: str
    language: str
    before: str
    after: str


class RefusalShape(Shape):
    """What was not taken: of which column, what it says, and why."""

    column: str
    value: str
    reason: str


class BatchItem(Shape):
    """What a batch means for one photograph."""

    photograph: str
    name: str
    state: ItemState
    changes: list[ChangeShape]
    refusals: list[RefusalShape]
    note: str


class BatchItems(Shape):
    """A page of the photographs of a batch."""

    photographs: list[BatchItem]
    next: str | None


class SheetSent(Shape):
    """What a sheet that comes in is called in the list of batches."""

    name: Name = "sheet"
