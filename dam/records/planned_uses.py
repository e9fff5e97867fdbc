"""Reads and writes of planned uses and their answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from dam.errors import NotFound
from dam.records.use_rows import PlannedUseRow, UseAnswerRow
from dam.rights.planned_use import Answer, Clause, Use, Verdict

_USE = TypeAdapter(Use)


class UnknownPlannedUse(NotFound):
    """Nobody asked about a use of that number."""

    def __init__(self) -> None:
        super().__init__("There is no answer of that number.")


@dataclass(frozen=True, slots=True)
class StoredUse:
    """A question with its answer; *answers* by photograph, empty where only a list was asked for.

    The answer is what the records said *asked_at*: what was recorded later changes nothing of it.
    """

    number: int
    use: Use
    verdict: Verdict
    asked_at: datetime
    asked_by: str
    answers: Mapping[str, Answer] = field(default_factory=dict)


def add(
    db: Session,
    use: Use,
    verdict: Verdict,
    answers: Mapping[str, Answer],
    by: str,
    now: datetime,
) -> int:
    """Write a question with its answers and return its number."""
    row = PlannedUseRow(
        asker=use.asker,
        use=_USE.dump_python(use, mode="json"),
        verdict=verdict,
        asked_at=now,
        asked_by=by,
    )
    db.add(row)
    db.flush()  # the number of the row is handed out
    db.add_all(
        UseAnswerRow(
            planned_use=row.id,
            photograph_id=photograph_id,
            verdict=found.verdict,
            clauses=[
                {"verdict": one.verdict.value, "words": one.words, "record": one.record}
                for one in found.clauses
            ],
        )
        for photograph_id, found in answers.items()
    )
    return row.id


def newest(db: Session, most: int) -> tuple[StoredUse, ...]:
    """Return the questions that were asked last, newest first, without their clauses."""
    query = select(PlannedUseRow).order_by(PlannedUseRow.id.desc()).limit(most)
    return tuple(_value(row, {}) for row in db.scalars(query))


def one(db: Session, number: int) -> StoredUse:
    """Return a question with its answers; raises ``UnknownPlannedUse``."""
    row = db.get(PlannedUseRow, number)
    if row is None:
        raise UnknownPlannedUse
    query = select(UseAnswerRow).where(UseAnswerRow.planned_use == number)
    found = db.scalars(query.order_by(UseAnswerRow.photograph_id))
    return _value(row, {each.photograph_id: _answer(each) for each in found})


def _answer(row: UseAnswerRow) -> Answer:
    clauses = tuple(
        Clause(Verdict(one["verdict"]), one["words"], one["record"]) for one in row.clauses
    )
    return Answer(Verdict(row.verdict), clauses)


def _value(row: PlannedUseRow, answers: Mapping[str, Answer]) -> StoredUse:
    use = _USE.validate_python(row.use)
    return StoredUse(row.id, use, Verdict(row.verdict), row.asked_at, row.asked_by, answers)
