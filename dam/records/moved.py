"""Where the records of merged photographs have gone; an identifier is never used again."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from dam.records.base import Moment, Row


class MovedRow(Row):
    """A photograph that another one stands for; never one that has itself moved."""

    __tablename__ = "moved"

    old_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    new_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    # merged: its record went into the other; what else there is says `dam.workflows.alike`.
    how: Mapped[str] = mapped_column(String(16), default="merged", server_default="merged")


def successor(db: Session, old_id: str) -> str | None:
    """Return the photograph that stands for *old_id*, or none where it stands for itself."""
    return db.scalar(select(MovedRow.new_id).where(MovedRow.old_id == old_id))


def move(db: Session, old_id: str, new_id: str, now: datetime) -> None:
    """Let *new_id* stand for *old_id*, and for all that *old_id* stood for."""
    db.execute(update(MovedRow).where(MovedRow.new_id == old_id).values(new_id=new_id))
    db.add(MovedRow(old_id=old_id, new_id=new_id, at=now))
