"""Rows of planned uses that were asked about, and what was answered; none is ever edited."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dam.records.base import Moment, Row


class PlannedUseRow(Row):
    """One question: ``use`` holds what was planned, ``verdict`` the answer for all photographs."""

    __tablename__ = "planned_use"

    id: Mapped[int] = mapped_column(primary_key=True)
    asker: Mapped[str] = mapped_column(Text)
    use: Mapped[dict[str, object]] = mapped_column(JSON)
    verdict: Mapped[str] = mapped_column(String(3))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    asked_by: Mapped[str] = mapped_column(Text)


class UseAnswerRow(Row):
    """The answer for one photograph, with the clauses as they stood then."""

    __tablename__ = "planned_use_answer"

    planned_use: Mapped[int] = mapped_column(ForeignKey("planned_use.id"), primary_key=True)
    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(3))
    clauses: Mapped[list[dict[str, str]]] = mapped_column(JSON)
