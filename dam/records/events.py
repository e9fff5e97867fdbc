"""The append-only log: who changed what, when, from what, to what."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dam.records.base import Moment, Row


class EventRow(Row):
    """One change. Rows are added and never changed or removed."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(Text)
    verb: Mapped[str] = mapped_column(String(32))
    subject_kind: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[str] = mapped_column(String(128))
    field: Mapped[str] = mapped_column(String(32), default="")
    language: Mapped[str] = mapped_column(String(35), default="")
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    # Events of one edit share a group, so that an edit is undone whole.
    group_id: Mapped[str] = mapped_column(String(32), default="", index=True)
    # An undo names the group that it reverses.
    reverses: Mapped[str] = mapped_column(String(32), default="")
