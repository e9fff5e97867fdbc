"""Rows of batches: edits of many photographs, proposed, applied and undone as one."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dam.records.base import Moment, Row


class EditBatchRow(Row):
    """One batch; its identifier is the group of the events that it makes."""

    __tablename__ = "edit_batch"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(Text)
    instruction: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[list[str]] = mapped_column(JSON, default=list)
    made_by: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Moment, index=True)
    applied_by: Mapped[str] = mapped_column(Text, default="")
    applied_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    # An undo names the batch that it takes back.
    reverses: Mapped[str | None] = mapped_column(ForeignKey("edit_batch.id"), index=True)


class EditBatchItemRow(Row):
    """What a batch means for one photograph, in the order of the batch.

    ``given`` is what a sheet says of it; ``changes`` and ``refusals`` are what the preview shows;
    ``revision`` is that of the words that were previewed.
    """

    __tablename__ = "edit_batch_item"
    __table_args__ = (
        Index("ix_edit_batch_item_batch_id_state", "batch_id", "state", "position"),
        Index("ix_edit_batch_item_photograph_id", "photograph_id"),
    )

    batch_id: Mapped[str] = mapped_column(ForeignKey("edit_batch.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    photograph_id: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    revision: Mapped[int] = mapped_column(default=0)
    given: Mapped[str] = mapped_column(Text, default="")
    changes: Mapped[str] = mapped_column(Text, default="")
    refusals: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
