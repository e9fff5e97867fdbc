"""Rows of what pictures look like, and of pairs that somebody has to compare."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dam.records.base import EMPTY, Moment, Row


class LikenessRow(Row):
    """What the master of a photograph looks like, as its file has it and not as staff turned it.

    ``pixels`` is the digest of its full pack, empty where that was cut of a turned picture only;
    the bands are the perceptual hash once more, in parts of 16 bits that are looked up.
    """

    __tablename__ = "likeness"
    __table_args__ = tuple(
        Index(f"ix_likeness_band_{band}", f"band_{band}", "perceptual") for band in range(4)
    )

    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), primary_key=True)
    master_sha256: Mapped[str] = mapped_column(String(64))
    pixels: Mapped[str] = mapped_column(String(40), index=True)
    perceptual: Mapped[int | None] = mapped_column(BigInteger)
    band_0: Mapped[int | None]
    band_1: Mapped[int | None]
    band_2: Mapped[int | None]
    band_3: Mapped[int | None]


class AlikeRow(Row):
    """Two photographs that are alike, and what a person chose about them.

    ``degrees`` and ``mirrored`` say how the newer one lies beside the older. ``choice`` is empty
    until somebody has chosen; ``group_id`` is that of the events which the choice made.
    """

    __tablename__ = "alike"
    __table_args__ = (
        Index("ix_alike_choice_found_at", "choice", "found_at"),
        Index("ix_alike_older_id", "older_id"),
    )

    newer_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), primary_key=True)
    older_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), primary_key=True)
    found_by: Mapped[str] = mapped_column(String(16))
    distance: Mapped[int] = mapped_column(SmallInteger)
    degrees: Mapped[int] = mapped_column(SmallInteger)
    mirrored: Mapped[bool]
    found_at: Mapped[datetime] = mapped_column(Moment)
    choice: Mapped[str] = mapped_column(String(16), default="", server_default=EMPTY)
    chosen_by: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)
    chosen_at: Mapped[datetime | None] = mapped_column(Moment)
    group_id: Mapped[str] = mapped_column(String(32), default="", server_default=EMPTY)
