"""Records of the register: what is recorded, and which of it holds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from dam.rights.entries import Detail
from dam.rights.layers import Layer


class RecordKind(StrEnum):
    """What a rights record is about."""

    STATEMENT = "statement"
    SHOWING = "showing"
    EXCEPTION = "exception"
    CEILING = "ceiling"
    CAP = "cap"
    EMBARGO = "embargo"
    SENSITIVITY = "sensitivity"
    REVIEW = "review"
    RELEASE = "release"
    RESTRICTION = "restriction"
    ORPHAN_SEARCH = "orphan-search"
    PUBLICATION = "publication"
    WITHDRAWAL = "withdrawal"
    REINSTATEMENT = "reinstatement"

    @property
    def manifold(self) -> bool:
        """Whether several stand beside each other, rather than the newest alone."""
        return self in _MANIFOLD


_MANIFOLD = frozenset(
    {RecordKind.EXCEPTION, RecordKind.RELEASE, RecordKind.RESTRICTION, RecordKind.ORPHAN_SEARCH}
)


@dataclass(frozen=True, slots=True)
class NewRecord:
    """What a person records; a record with no value ends what was recorded before.

    *supersedes* is the number of the record whose place it takes, where several stand beside each
    other.
    """

    kind: RecordKind
    text: str = ""
    number: int | None = None
    day: date | None = None
    layer: Layer = Layer.PHOTOGRAPH
    detail: Detail | None = None
    supersedes: int | None = None

    @property
    def holds(self) -> bool:
        """Whether it says something, rather than that nothing holds any more."""
        return (
            bool(self.text)
            or self.number is not None
            or self.day is not None
            or self.detail is not None
        )


@dataclass(frozen=True, slots=True)
class RightsRecord:
    """A record with its name, its author and its moment."""

    id: int
    value: NewRecord
    recorded_at: datetime
    recorded_by: str

    @property
    def name(self) -> str:
        """The short name that people see."""
        return f"R-{self.id}"


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds: of most kinds the newest of a layer, of some several, by their numbers."""

    single: dict[tuple[RecordKind, Layer], RightsRecord] = field(default_factory=dict)
    manifold: dict[int, RightsRecord] = field(default_factory=dict)

    def of(self, kind: RecordKind, layer: Layer = Layer.PHOTOGRAPH) -> RightsRecord | None:
        """Return the record of a kind that holds, of which there is one at most."""
        return self.single.get((kind, layer))

    def all_of(self, kind: RecordKind) -> tuple[RightsRecord, ...]:
        """Return the records of a kind that hold beside each other."""
        return tuple(one for one in self.manifold.values() if one.value.kind is kind)

    def before(self, new: NewRecord) -> RightsRecord | None:
        """Return the record whose place a new one takes, if there is one that holds."""
        if new.supersedes is not None:
            return self.manifold.get(new.supersedes)
        ends = new.kind is RecordKind.REINSTATEMENT
        return self.of(RecordKind.WITHDRAWAL if ends else new.kind, new.layer)

    @property
    def records(self) -> tuple[RightsRecord, ...]:
        """Every record that holds."""
        return (*self.single.values(), *self.manifold.values())


def standing(records: Iterable[RightsRecord]) -> Standing:
    """Return what holds of records, oldest first."""
    found = Standing()
    for record in records:
        _put(found, record)
    single = {key: record for key, record in found.single.items() if record.value.holds}
    manifold = {number: one for number, one in found.manifold.items() if one.value.holds}
    return Standing(single, manifold)


def _put(found: Standing, record: RightsRecord) -> None:
    new = record.value
    if new.kind.manifold:
        if new.supersedes is not None:
            found.manifold.pop(new.supersedes, None)
        found.manifold[record.id] = record
        return
    found.single[(new.kind, new.layer)] = record
    if new.kind is RecordKind.REINSTATEMENT:
        found.single.pop((RecordKind.WITHDRAWAL, new.layer), None)
    if new.kind is RecordKind.SENSITIVITY:
        found.single.pop((RecordKind.REVIEW, new.layer), None)  # other terms need another look
