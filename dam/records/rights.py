"""Rows of the rights records: superseded by a newer row of the same kind, never edited."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dam.records.base import Moment, Row


class RightsRecordRow(Row):
    """One thing that a person recorded about the rights of a photograph.

    ``kind`` says which columns speak: ``statement`` (text: URI), ``showing`` (day: review),
    ``ceiling`` (text: step), ``cap`` (number: pixels), ``embargo`` (day: first visible day),
    ``sensitivity`` (text: terms), ``review`` (of the sensitivity), ``publication`` (text: state),
    ``withdrawal`` and ``reinstatement`` (text: reason). All columns empty: what was recorded
    before no longer holds.
    """

    __tablename__ = "rights_record"
    __table_args__ = (Index("ix_rights_record_photograph_id_kind", "photograph_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"))
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text, default="")
    number: Mapped[int | None]
    day: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by: Mapped[str] = mapped_column(Text)
