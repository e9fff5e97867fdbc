"""Rows of series: their frames in order, their texts, and what must be shown with them."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dam.records.base import Moment, Row


class SeriesRow(Row):
    """An ordered set of frames with words of its own; ``language`` is its main one."""

    __tablename__ = "series"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    revision: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(35))
    introduction: Mapped[str] = mapped_column(Text, default="")
    # The fields that the desk shows first for its frames; none chosen is the usual five.
    desk_fields: Mapped[list[str] | None] = mapped_column(JSON)

    frames: Mapped[list["FrameRow"]] = relationship(
        cascade="all, delete-orphan", order_by="FrameRow.position"
    )
    texts: Mapped[list["SeriesTextRow"]] = relationship(
        cascade="all, delete-orphan", order_by="SeriesTextRow.field, SeriesTextRow.language"
    )
    notices: Mapped[list["SeriesNoticeRow"]] = relationship(
        cascade="all, delete-orphan", order_by="SeriesNoticeRow.position"
    )


class FrameRow(Row):
    """A photograph's place in a series; positions count from 1."""

    __tablename__ = "frame"
    __table_args__ = (UniqueConstraint("series_id", "photograph_id"),)

    series_id: Mapped[str] = mapped_column(ForeignKey("series.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), index=True)


class SeriesTextRow(Row):
    """A text of a series; title and introduction in the main language stand in its row."""

    __tablename__ = "series_text"

    series_id: Mapped[str] = mapped_column(ForeignKey("series.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(16), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class SeriesNoticeRow(Row):
    """One text that must be shown with a series and with each of its frames."""

    __tablename__ = "series_notice"

    series_id: Mapped[str] = mapped_column(ForeignKey("series.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(35))
    value: Mapped[str] = mapped_column(Text)
