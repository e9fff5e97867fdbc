"""Rows of work to be done, of what was published, and of the archive itself."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dam.records.base import EMPTY, Moment, Row


class JobRow(Row):
    """Work written in the same transaction as its cause; leased, retried, visible to staff."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_not_before", "state", "not_before"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    not_before: Mapped[datetime] = mapped_column(Moment)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    error: Mapped[str] = mapped_column(Text, default="")


class CanvasRow(Row):
    """The JSON of a canvas without its origin, and the hash of what it was built from."""

    __tablename__ = "canvas"

    manifest_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    photograph_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    inputs: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)


class StateRow(Row):
    """One named number of the archive: ``epoch`` counts the changes of what may leave."""

    __tablename__ = "archive_state"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int]
