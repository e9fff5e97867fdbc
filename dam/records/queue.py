"""The queue of jobs: a row is the truth, in every mode of running them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from dam.records.work import JobRow

MOST_ATTEMPTS = 5
LEASE = timedelta(minutes=30)
_ABANDONED = "It stopped the service each time it was tried; look at the log of that time."


class JobKind(StrEnum):
    """What a job does."""

    DERIVE = "derive"
    PUBLISH = "publish"
    PUBLISH_SERIES = "publish-series"
    PUBLISH_COLLECTION = "publish-collection"


@dataclass(frozen=True, slots=True)
class Job:
    """A job that a worker has claimed; nobody else has it until its lease ends."""

    id: int
    kind: JobKind
    subject_id: str
    attempts: int


def enqueue(db: Session, kind: JobKind, subject_id: str, now: datetime) -> None:
    """Write a job in the caller's transaction; one that still waits is enough."""
    waiting = select(JobRow.id).where(
        JobRow.kind == kind, JobRow.subject_id == subject_id, JobRow.state == "waiting"
    )
    if db.scalar(waiting.limit(1)) is None:
        db.add(JobRow(kind=kind, subject_id=subject_id, created_at=now, not_before=now))


def claim(db: Session, now: datetime) -> Job | None:
    """Return the oldest job that may run now, leased to the caller, or none.

    A job whose lease ended is claimed again, since its worker died, but not for ever: it may be
    the job that kills them.
    """
    _give_up_abandoned(db, now)
    ready = or_(
        (JobRow.state == "waiting") & (JobRow.not_before <= now),
        (JobRow.state == "running") & (JobRow.lease_until < now),
    )
    query = select(JobRow).where(ready).order_by(JobRow.id).limit(1)
    row = db.scalar(query.with_for_update(skip_locked=True))
    if row is None:
        return None
    row.state, row.attempts, row.lease_until = "running", row.attempts + 1, now + LEASE
    return Job(row.id, JobKind(row.kind), row.subject_id, row.attempts)


def _give_up_abandoned(db: Session, now: datetime) -> None:
    db.execute(
        update(JobRow)
        .where(
            JobRow.state == "running",
            JobRow.lease_until < now,
            JobRow.attempts >= MOST_ATTEMPTS,
        )
        .values(state="failed", finished_at=now, lease_until=None, error=_ABANDONED)
    )


def finish(db: Session, job: Job, now: datetime) -> None:
    """Mark a job as done, unless its lease ended and another worker has it."""
    db.execute(
        update(JobRow)
        .where(JobRow.id == job.id, JobRow.attempts == job.attempts)
        .values(state="done", finished_at=now, lease_until=None, error="")
    )


def fail(db: Session, job: Job, now: datetime, sentence: str, *, final: bool) -> None:
    """Record why a job failed, and let it wait for its next try unless *final*.

    Nothing is recorded where its lease ended and another worker has it.
    """
    final = final or job.attempts >= MOST_ATTEMPTS
    db.execute(
        update(JobRow)
        .where(JobRow.id == job.id, JobRow.attempts == job.attempts)
        .values(
            state="failed" if final else "waiting",
            not_before=now + timedelta(seconds=2**job.attempts),
            finished_at=now if final else None,
            lease_until=None,
            error=sentence,
        )
    )


def unfinished(db: Session) -> int:
    """Return how many jobs wait or run."""
    query = select(func.count()).where(JobRow.state.in_(("waiting", "running")))
    return db.scalar(query) or 0


def failures(db: Session, subject_id: str) -> tuple[str, ...]:
    """Return the sentences of the jobs of a subject that failed for good, newest first."""
    query = (
        select(JobRow.error)
        .where(JobRow.subject_id == subject_id, JobRow.state == "failed")
        .order_by(JobRow.id.desc())
    )
    return tuple(db.scalars(query))
