"""The queue of jobs: a row is the truth, in every mode of running them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session, aliased

from dam.records.work import JobRow

MOST_ATTEMPTS = 5
LEASE = timedelta(seconds=60)  # renewed while the job runs; so long a dead worker is waited for
_SOON = timedelta(minutes=2)  # longer than any wait between two tries
_ABANDONED = "It stopped the service each time it was tried; look at the log of that time."


class JobKind(StrEnum):
    """What a job does."""

    DERIVE = "derive"
    PUBLISH = "publish"
    PUBLISH_SERIES = "publish-series"
    PUBLISH_COLLECTION = "publish-collection"
    TAKE_IN = "take-in"
    SWEEP = "sweep"
    INDEX = "index"
    LIKENESS = "likeness"
    PLAN_BATCH = "plan-batch"
    APPLY_BATCH = "apply-batch"


@dataclass(frozen=True, slots=True)
class Job:
    """A job that a worker has claimed; nobody else has it until its lease ends."""

    id: int
    kind: JobKind
    subject_id: str
    attempts: int


def enqueue(
    db: Session, kind: JobKind, subject_id: str, now: datetime, *, at: datetime | None = None
) -> None:
    """Write a job in the caller's transaction, to be run now or *at* a later moment.

    One of the same kind and subject that waits for the same time is enough.
    """
    wanted = JobRow.not_before <= now + _SOON if at is None else JobRow.not_before == at
    waiting = select(JobRow.id).where(
        JobRow.kind == kind, JobRow.subject_id == subject_id, JobRow.state == "waiting", wanted
    )
    if db.scalar(waiting.limit(1)) is None:
        db.add(JobRow(kind=kind, subject_id=subject_id, created_at=now, not_before=at or now))


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


def renew(db: Session, job: Job, now: datetime) -> None:
    """Lengthen the lease of a job that is still being done, unless another worker has it."""
    db.execute(
        update(JobRow)
        .where(JobRow.id == job.id, JobRow.attempts == job.attempts, JobRow.state == "running")
        .values(lease_until=now + LEASE)
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


def unfinished(db: Session, now: datetime) -> int:
    """Return how many jobs run, or wait to be run or tried again soon.

    Those that are set for a later moment, such as the end of an embargo, are not counted.
    """
    soon = now + _SOON
    query = select(func.count()).where(
        or_(JobRow.state == "running", (JobRow.state == "waiting") & (JobRow.not_before <= soon))
    )
    return db.scalar(query) or 0


def failures(db: Session, subject_id: str) -> tuple[str, ...]:
    """Return why jobs of a subject failed for good, newest first.

    A failure counts until a later job of the same kind is done.
    """
    later = aliased(JobRow)
    mended = (
        select(later.id)
        .where(
            later.kind == JobRow.kind,
            later.subject_id == JobRow.subject_id,
            later.state == "done",
            later.id > JobRow.id,
        )
        .exists()
    )
    query = (
        select(JobRow.error)
        .where(JobRow.subject_id == subject_id, JobRow.state == "failed", ~mended)
        .order_by(JobRow.id.desc())
    )
    return tuple(db.scalars(query))


def give_back(db: Session, job: Job, now: datetime) -> None:
    """Let a job wait again that was interrupted and not finished; it counts as no attempt."""
    db.execute(
        update(JobRow)
        .where(JobRow.id == job.id, JobRow.attempts == job.attempts)
        .values(state="waiting", attempts=job.attempts - 1, not_before=now, lease_until=None)
    )
