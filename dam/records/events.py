"""The append-only log: who changed what, when, from what, to what, and why."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dam.records.base import Moment, Row


class EventRow(Row):
    """One change, chained to the one before. Rows are added and never changed or removed.

    Numbers have no gaps. The digests stand for what lies in ``EventValueRow``, and for nothing
    where that is empty; see ``dam.records.chain``.
    """

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    verb: Mapped[str] = mapped_column(String(32))
    subject_kind: Mapped[str] = mapped_column(String(16))
    field: Mapped[str] = mapped_column(String(32), default="")
    language: Mapped[str] = mapped_column(String(35), default="")
    # Events of one edit share a group, so that an edit is undone whole.
    group_id: Mapped[str] = mapped_column(String(32), default="", index=True)
    # An undo names the group that it reverses.
    reverses: Mapped[str] = mapped_column(String(32), default="")
    actor_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    subject_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    before_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    after_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    why_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class EventValueRow(Row):
    """What an event tells of people and their words; a value that was erased is null.

    Its salt goes with it: without, nobody can try which name the digest stands for.
    """

    __tablename__ = "event_value"
    __table_args__ = (Index("ix_event_value_subject", "subject", "event_id"),)

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id"), primary_key=True, autoincrement=False
    )
    actor: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(String(128))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    why: Mapped[str | None] = mapped_column(Text)
    actor_salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    subject_salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    before_salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    after_salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    why_salt: Mapped[bytes | None] = mapped_column(LargeBinary)


class EventHeadRow(Row):
    """The number and hash of the newest event: the one row says where the log must end."""

    __tablename__ = "event_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[bytes] = mapped_column(LargeBinary)


HEAD = 1
"""The identifier of the one row of ``EventHeadRow``."""
