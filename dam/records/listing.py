"""Reads for programs: pages that go on where the last one ended, whatever was added meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from dam.records.desk import Waiting, narrowed
from dam.records.photographs import PhotographRow
from dam.records.series_rows import FrameRow, SeriesRow
from dam.records.work import JobRow


@dataclass(frozen=True, slots=True)
class Mark:
    """The last entry of a page: when it was made, and which it is."""

    at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class JobReport:
    """A job as people see it: what it does, how far it is, and why it failed."""

    id: int
    kind: str
    subject_id: str
    state: str
    attempts: int
    created_at: datetime
    not_before: datetime
    finished_at: datetime | None
    error: str


def photographs(
    db: Session, waiting: Waiting, series_id: str, *, after: Mark | None, most: int
) -> tuple[Mark, ...]:
    """Return photographs of the desk's states, newest first; a list to decide about."""
    wanted = narrowed(waiting).with_only_columns(PhotographRow.created_at, PhotographRow.id)
    if series_id:
        in_series = exists().where(
            FrameRow.series_id == series_id, FrameRow.photograph_id == PhotographRow.id
        )
        wanted = wanted.where(in_series)
    if after is not None:
        wanted = wanted.where(_older(PhotographRow, after))
    wanted = wanted.order_by(PhotographRow.created_at.desc(), PhotographRow.id.desc())
    return _marks(db, wanted.limit(most))


def series(db: Session, *, after: Mark | None, most: int) -> tuple[Mark, ...]:
    """Return series, newest first."""
    query = select(SeriesRow.created_at, SeriesRow.id)
    if after is not None:
        query = query.where(_older(SeriesRow, after))
    query = query.order_by(SeriesRow.created_at.desc(), SeriesRow.id.desc())
    return _marks(db, query.limit(most))


def _older(table: type[PhotographRow | SeriesRow], after: Mark) -> ColumnElement[bool]:
    """Return the condition of the rows that come behind *after*, newest first."""
    same = and_(table.created_at == after.at, table.id < after.id)
    return or_(table.created_at < after.at, same)


def _marks(db: Session, query: Select[datetime, str]) -> tuple[Mark, ...]:
    return tuple(Mark(at, one) for at, one in db.execute(query))


def jobs(db: Session, state: str, *, before: int | None, most: int) -> tuple[JobReport, ...]:
    """Return jobs, the newest first, those with a smaller number than *before*."""
    query = select(JobRow).order_by(JobRow.id.desc()).limit(most)
    if state:
        query = query.where(JobRow.state == state)
    if before is not None:
        query = query.where(JobRow.id < before)
    return tuple(map(_job, db.scalars(query)))


def job(db: Session, number: int) -> JobReport | None:
    """Return one job, if there is one of that number."""
    row = db.get(JobRow, number)
    return None if row is None else _job(row)


def _job(row: JobRow) -> JobReport:
    return JobReport(
        row.id,
        row.kind,
        row.subject_id,
        row.state,
        row.attempts,
        row.created_at,
        row.not_before,
        row.finished_at,
        row.error,
    )
