"""Where the records of photographs have gone for which another one stands.

An identifier is never used again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, exists, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.elements import ColumnElement

from dam.records import stale
from dam.records.base import Moment, Row
from dam.records.photographs import PhotographRow


class How(StrEnum):
    """Why another photograph stands for one."""

    MERGED = "merged"
    SKIPPED = "skipped"
    EARLIER_VERSION = "earlier version"


class MovedRow(Row):
    """A photograph that another one stands for; never one that has itself moved."""

    __tablename__ = "moved"

    old_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    new_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    how: Mapped[str] = mapped_column(String(16), default="merged", server_default="merged")


@dataclass(frozen=True, slots=True)
class Moved:
    """The photograph that stands for another, why, and since when."""

    old_id: str
    new_id: str
    how: How
    at: datetime


def _value(row: MovedRow) -> Moved:
    return Moved(row.old_id, row.new_id, How(row.how), row.at)


def successor(db: Session, old_id: str) -> str | None:
    """Return the photograph that stands for *old_id*, or none where it stands for itself."""
    return db.scalar(select(MovedRow.new_id).where(MovedRow.old_id == old_id))


def one(db: Session, old_id: str) -> Moved | None:
    """Return what stands for *old_id*, or none where it stands for itself."""
    row = db.get(MovedRow, old_id)
    return None if row is None else _value(row)


def of_photographs(
    db: Session, identifiers: Sequence[str], *, as_of: datetime | None = None
) -> dict[str, Moved]:
    """Return what stands for these photographs, those that stand for themselves left out."""
    query = select(MovedRow).where(MovedRow.old_id.in_(identifiers))
    if as_of is not None:
        query = query.where(MovedRow.at <= as_of)
    return {row.old_id: _value(row) for row in db.scalars(query)}


def led_here(db: Session, new_id: str) -> tuple[Moved, ...]:
    """Return the photographs for which *new_id* stands, the one that went last first."""
    query = select(MovedRow).where(MovedRow.new_id == new_id)
    return tuple(map(_value, db.scalars(query.order_by(MovedRow.at.desc(), MovedRow.old_id))))


def stands_for_itself() -> ColumnElement[bool]:
    """Return the condition that a photograph is one to work on, and to be found."""
    return ~exists().where(MovedRow.old_id == PhotographRow.id)


def move(
    db: Session, old_id: str, new_id: str, now: datetime, how: How = How.MERGED
) -> tuple[str, ...]:
    """Let *new_id* stand for *old_id*, and for all that *old_id* stood for, which are returned."""
    followed = tuple(db.scalars(select(MovedRow.old_id).where(MovedRow.new_id == old_id)))
    db.execute(update(MovedRow).where(MovedRow.new_id == old_id).values(new_id=new_id))
    db.add(MovedRow(old_id=old_id, new_id=new_id, at=now, how=how))
    stale.photograph(db, old_id)
    return followed


def bring_back(db: Session, old_id: str, followed: Sequence[str] = ()) -> None:
    """Let *old_id* stand for itself again, and for those that had *followed* it."""
    row = db.get(MovedRow, old_id)
    if row is not None:
        db.execute(
            update(MovedRow)
            .where(MovedRow.old_id.in_(followed), MovedRow.new_id == row.new_id)
            .values(new_id=old_id)
        )
        db.delete(row)
        stale.photograph(db, old_id)
