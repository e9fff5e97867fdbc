"""Rows of the rights records: superseded by a newer row, never edited."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from dam.records.base import Moment, Row


class RightsRecordRow(Row):
    """One thing that a person recorded about the rights of a photograph.

    ``kind`` says which columns speak: ``statement`` (text: URI, day: review), ``showing`` (day:
    review), ``exception`` (text: article, day: review), ``ceiling`` (text: step), ``cap`` (number:
    pixels), ``embargo`` (day: first visible day), ``sensitivity`` (text: terms), ``review`` (of the
    sensitivity), ``publication`` (text: state), ``withdrawal`` and ``reinstatement`` (text:
    reason), ``release`` (text: person, day: last day), ``restriction`` (text: kind, day: first
    visible day), ``orphan-search`` (text: register number, day: last source). ``detail`` holds what
    an entry says beyond that. All empty: what was recorded before no longer holds.

    Of most kinds the newest of a layer counts; releases, restrictions, exceptions and searches
    stand beside each other, and a row says in ``supersedes`` which one it takes the place of.
    """

    __tablename__ = "rights_record"
    __table_args__ = (Index("ix_rights_record_photograph_id_kind", "photograph_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"))
    kind: Mapped[str] = mapped_column(String(16))
    layer: Mapped[str] = mapped_column(
        String(10), default="photograph", server_default=sql("'photograph'")
    )
    text: Mapped[str] = mapped_column(Text, default="")
    number: Mapped[int | None]
    day: Mapped[date | None]
    detail: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    supersedes: Mapped[int | None] = mapped_column(ForeignKey("rights_record.id"))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by: Mapped[str] = mapped_column(Text)
