"""Rows of agreements, of what they cover, and of the papers that the register rests on.

An agreement is changed by a further row of the same number, and what it covers by a further row
for the photograph; none is ever edited.
"""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dam.records.base import Moment, Row


class AgreementRow(Row):
    """One version of an agreement; the newest of a ``number`` counts."""

    __tablename__ = "agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(index=True)
    direction: Mapped[str] = mapped_column(String(3))
    kind: Mapped[str] = mapped_column(String(16))
    licensor: Mapped[str] = mapped_column(Text)
    licensee: Mapped[str] = mapped_column(Text)
    territories: Mapped[list[str]] = mapped_column(JSON)
    media: Mapped[list[str]] = mapped_column(JSON)
    purposes: Mapped[list[str]] = mapped_column(JSON)
    signed: Mapped[date | None]
    start: Mapped[date | None]
    end: Mapped[date | None]
    perpetual: Mapped[bool]
    exclusive: Mapped[bool]
    largest_pixels: Mapped[int | None]
    print_run: Mapped[int | None]
    fee: Mapped[str] = mapped_column(Text)
    credit: Mapped[str] = mapped_column(Text)
    alterations: Mapped[bool | None]
    mining: Mapped[bool | None]
    sublicensing: Mapped[bool | None]
    notice_days: Mapped[int | None]
    duties: Mapped[list[str]] = mapped_column(JSON)
    documents: Mapped[list[str]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text)
    void: Mapped[bool]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by: Mapped[str] = mapped_column(Text)


class CoverRow(Row):
    """Whether an agreement covers a photograph, from this row on.

    ``layers`` is ``photograph``, ``work`` or ``both``, and empty where it covers it no more.
    ``via`` says through what it came in: nothing, a series or a search, as it was called then.
    """

    __tablename__ = "agreement_cover"
    __table_args__ = (
        Index("ix_agreement_cover_photograph_id", "photograph_id"),
        Index("ix_agreement_cover_agreement", "agreement"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement: Mapped[int]
    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"))
    layers: Mapped[str] = mapped_column(String(10))
    via: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by: Mapped[str] = mapped_column(Text)


class EvidenceRow(Row):
    """A paper: its bytes lie in the store under their digest."""

    __tablename__ = "evidence"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(String(100))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[datetime] = mapped_column(Moment)
    received_by: Mapped[str] = mapped_column(Text)
