"""The stream of what was published: when a manifest appeared, changed and went away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from dam.records.base import Moment, Row


class ActivityRow(Row):
    """One activity. Numbers have no gaps, and moments never go back as numbers go up."""

    __tablename__ = "activity"
    __table_args__ = (Index("ix_activity_subject_id_number", "subject_id", "number"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    kind: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True, slots=True)
class StoredActivity:
    """What happened to the manifest of a photograph or a series.

    *kind* is a word of the stream; *digest* is that of the manifest, empty where it went away.
    """

    number: int
    at: datetime
    kind: str
    subject_id: str
    digest: str


def _value(row: ActivityRow) -> StoredActivity:
    return StoredActivity(row.number, row.at, row.kind, row.subject_id, row.digest)


def newest_of(db: Session, subject_id: str) -> StoredActivity | None:
    """Return the newest activity of a photograph or a series."""
    query = select(ActivityRow).where(ActivityRow.subject_id == subject_id)
    row = db.scalar(query.order_by(ActivityRow.number.desc()).limit(1))
    return None if row is None else _value(row)


def add(db: Session, kind: str, subject_id: str, digest: str, now: datetime) -> None:
    """Write an activity, numbered and dated after all others; writers come one after another."""
    last = db.scalar(select(ActivityRow).order_by(ActivityRow.number.desc()).limit(1))
    db.add(
        ActivityRow(
            number=1 if last is None else last.number + 1,
            at=now if last is None else max(now, last.at),
            kind=kind,
            subject_id=subject_id,
            digest=digest,
        )
    )


def count(db: Session) -> int:
    """Return how many activities there are."""
    return db.scalar(select(func.max(ActivityRow.number))) or 0


def some(db: Session, first: int, last: int) -> Sequence[StoredActivity]:
    """Return the activities from number *first* to *last*, in their order."""
    query = select(ActivityRow).where(ActivityRow.number.between(first, last))
    return tuple(map(_value, db.scalars(query.order_by(ActivityRow.number))))
