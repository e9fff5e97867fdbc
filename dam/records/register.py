"""Reads and writes of the rights records, and the facts that they amount to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dam.records.rights import RightsRecordRow
from dam.rights.facts import (
    Cap,
    Ceiling,
    Embargo,
    Facts,
    Hold,
    Publication,
    RecordedStatement,
    Sensitivity,
    Showing,
    Step,
    Withdrawal,
)


class RecordKind(StrEnum):
    """What a rights record is about; a newer one of the same kind supersedes it."""

    STATEMENT = "statement"
    SHOWING = "showing"
    CEILING = "ceiling"
    CAP = "cap"
    EMBARGO = "embargo"
    SENSITIVITY = "sensitivity"
    REVIEW = "review"
    PUBLICATION = "publication"
    WITHDRAWAL = "withdrawal"
    REINSTATEMENT = "reinstatement"


@dataclass(frozen=True, slots=True)
class NewRecord:
    """What a person records; a record with no value ends what was recorded before."""

    kind: RecordKind
    text: str = ""
    number: int | None = None
    day: date | None = None

    @property
    def holds(self) -> bool:
        """Whether it says something, rather than that nothing holds any more."""
        return bool(self.text) or self.number is not None or self.day is not None


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


def add(db: Session, photograph_id: str, new: NewRecord, by: str, now: datetime) -> None:
    """Write a record; nothing that was recorded before is changed."""
    db.add(
        RightsRecordRow(
            photograph_id=photograph_id,
            kind=new.kind,
            text=new.text,
            number=new.number,
            day=new.day,
            recorded_at=now,
            recorded_by=by,
        )
    )


def _value(row: RightsRecordRow) -> RightsRecord:
    new = NewRecord(RecordKind(row.kind), row.text, row.number, row.day)
    return RightsRecord(row.id, new, row.recorded_at, row.recorded_by)


def history(db: Session, photograph_id: str) -> tuple[RightsRecord, ...]:
    """Return every record of a photograph, newest first."""
    query = (
        select(RightsRecordRow)
        .where(RightsRecordRow.photograph_id == photograph_id)
        .order_by(RightsRecordRow.id.desc())
    )
    return tuple(map(_value, db.scalars(query)))


def newest(db: Session, photograph_id: str) -> int:
    """Return the number of the newest record of a photograph, or 0 where there is none."""
    query = select(func.max(RightsRecordRow.id)).where(
        RightsRecordRow.photograph_id == photograph_id
    )
    return db.scalar(query) or 0


def facts(
    db: Session, identifiers: Sequence[str], *, as_of: datetime | None = None
) -> dict[str, Facts]:
    """Return the facts of each photograph, from what had been recorded by *as_of*."""
    row = RightsRecordRow
    # Columns and no rows: a list asks for a thousand photographs at once.
    query = select(
        row.photograph_id, row.id, row.kind, row.text, row.number, row.day, row.recorded_at,
        row.recorded_by,
    ).where(row.photograph_id.in_(identifiers))  # fmt: skip
    if as_of is not None:
        query = query.where(row.recorded_at <= as_of)
    records: dict[str, list[RightsRecord]] = defaultdict(list)
    for photograph, number, kind, text, amount, day, at, by in db.execute(query.order_by(row.id)):
        new = NewRecord(RecordKind(kind), text, amount, day)
        records[photograph].append(RightsRecord(number, new, at, by))
    return {one: fold(records[one]) for one in identifiers}


def standing(records: Iterable[RightsRecord]) -> dict[RecordKind, RightsRecord]:
    """Return what holds of records, oldest first: the newest of each kind, unless it was ended."""
    newest: dict[RecordKind, RightsRecord] = {}
    for record in records:
        newest[record.value.kind] = record
        if record.value.kind is RecordKind.REINSTATEMENT:
            newest.pop(RecordKind.WITHDRAWAL, None)
        if record.value.kind is RecordKind.SENSITIVITY:
            newest.pop(RecordKind.REVIEW, None)  # other terms need another look
    return {kind: record for kind, record in newest.items() if record.value.holds}


def fold(records: Iterable[RightsRecord]) -> Facts:
    """Return the facts that records, oldest first, amount to: the newest of each kind counts."""
    holding = standing(records)
    publication = holding.get(RecordKind.PUBLICATION)
    return Facts(
        publication=Publication(publication.value.text) if publication else Publication.DRAFT,
        statement=_statement(holding.get(RecordKind.STATEMENT)),
        showing=_showing(holding.get(RecordKind.SHOWING)),
        ceiling=_ceiling(holding.get(RecordKind.CEILING)),
        cap=_cap(holding.get(RecordKind.CAP)),
        embargo=_embargo(holding.get(RecordKind.EMBARGO)),
        sensitivity=_sensitivity(
            holding.get(RecordKind.SENSITIVITY), holding.get(RecordKind.REVIEW)
        ),
        withdrawal=_withdrawal(holding.get(RecordKind.WITHDRAWAL)),
    )


def _statement(record: RightsRecord | None) -> RecordedStatement | None:
    return None if record is None else RecordedStatement(record.value.text, record.name)


def _showing(record: RightsRecord | None) -> Showing | None:
    if record is None or record.value.day is None:
        return None
    on = record.recorded_at.date()
    return Showing(record.recorded_by, on, record.value.day, record.name)


def _ceiling(record: RightsRecord | None) -> Ceiling | None:
    return None if record is None else Ceiling(Step.of_word(record.value.text), record.name)


def _cap(record: RightsRecord | None) -> Cap | None:
    if record is None or record.value.number is None:
        return None
    return Cap(record.value.number, record.name)


def _embargo(record: RightsRecord | None) -> Embargo | None:
    if record is None or record.value.day is None:
        return None
    return Embargo(record.value.day, record.name, Hold(record.value.text or Hold.PLAIN))


def _sensitivity(record: RightsRecord | None, review: RightsRecord | None) -> Sensitivity | None:
    if record is None:
        return None
    terms = tuple(term.strip() for term in record.value.text.split(";") if term.strip())
    return Sensitivity(terms, review.recorded_by if review else None, record.name)


def _withdrawal(record: RightsRecord | None) -> Withdrawal | None:
    if record is None:
        return None
    return Withdrawal(record.name, record.recorded_by, record.recorded_at, record.value.text)
