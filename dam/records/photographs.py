"""Rows of photographs, their masters and packs, the repairs of their words, and refused files."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dam.records.base import EMPTY, Moment, Row
from dam.records.words import (
    CaptionRow,
    CreatorRow,
    KeywordRow,
    NoticeRow,
    PersonRow,
    PlaceNameRow,
    TextRow,
)


class PhotographRow(Row):
    """One photograph; its identifier is opaque and never used again."""

    __tablename__ = "photograph"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    revision: Mapped[int] = mapped_column(default=1)
    # Whether lists may name it (draft, published, hidden, withdrawn): a copy of what the records
    # come to, written with each of them; decisions read the records.
    publication: Mapped[str] = mapped_column(String(16), default="draft", index=True)
    # Whether whoever described it has asked for another pair of eyes. Published and withdrawn are
    # said by the rights records alone.
    in_review: Mapped[bool] = mapped_column(default=False, server_default=false())
    accession: Mapped[str] = mapped_column(Text, default="")
    negative: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)
    original_name: Mapped[str] = mapped_column(Text, default="")
    date_text: Mapped[str] = mapped_column(Text, default="")
    date_edtf: Mapped[str] = mapped_column(Text, default="")
    date_earliest: Mapped[date | None]
    date_latest: Mapped[date | None]
    turn: Mapped[str] = mapped_column(String(3), default="", server_default=EMPTY)
    mark: Mapped[str] = mapped_column(String(8), default="", server_default=EMPTY)

    texts: Mapped[list["TextRow"]] = relationship(
        cascade="all, delete-orphan", order_by="TextRow.field, TextRow.language"
    )
    creators: Mapped[list["CreatorRow"]] = relationship(
        cascade="all, delete-orphan", order_by="CreatorRow.position"
    )
    keywords: Mapped[list["KeywordRow"]] = relationship(
        cascade="all, delete-orphan", order_by="KeywordRow.position"
    )
    people: Mapped[list["PersonRow"]] = relationship(
        cascade="all, delete-orphan", order_by="PersonRow.position"
    )
    places: Mapped[list["PlaceNameRow"]] = relationship(
        cascade="all, delete-orphan", order_by="PlaceNameRow.position"
    )
    captions: Mapped[list["CaptionRow"]] = relationship(
        cascade="all, delete-orphan", order_by="CaptionRow.position"
    )
    notices: Mapped[list["NoticeRow"]] = relationship(
        cascade="all, delete-orphan", order_by="NoticeRow.position"
    )
    verso: Mapped["VersoRow | None"] = relationship(
        cascade="all, delete-orphan", foreign_keys="VersoRow.photograph_id"
    )
    master: Mapped["MasterRow | None"] = relationship(back_populates="photograph")
    packs: Mapped[list["PackRow"]] = relationship(order_by="PackRow.recipe")


class VersoRow(Row):
    """That a photograph is of the back of the print of which another shows the face."""

    __tablename__ = "verso"

    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), primary_key=True)
    recto_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), index=True)


class MasterRow(Row):
    """The untouched file of a photograph; the same bytes are one master and one photograph."""

    __tablename__ = "master"

    id: Mapped[int] = mapped_column(primary_key=True)
    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), unique=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    key: Mapped[str] = mapped_column(String(200))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(Moment)
    notes: Mapped[list[str]] = mapped_column(JSON, default=list)

    photograph: Mapped[PhotographRow] = relationship(back_populates="master")


class PackRow(Row):
    """A tile pack cut from the master by one recipe: ``full``, ``capped-1000``, ….

    A rebuilt pack is a new object; the row is moved to it. The companion that keeps transparency
    stands in the same row, so that one never shows another state of the master than the other.
    """

    __tablename__ = "pack"
    __table_args__ = (UniqueConstraint("photograph_id", "recipe"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"))
    recipe: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    tile_size: Mapped[int]
    grayscale: Mapped[bool]
    transparent_key: Mapped[str | None] = mapped_column(String(200))
    transparent_digest: Mapped[str | None] = mapped_column(String(64))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime] = mapped_column(Moment)
    # Of which master it was cut; empty where that is the one that the photograph has.
    master_sha256: Mapped[str] = mapped_column(String(64), default="", server_default=EMPTY)
    # Degrees clockwise, over the orientation of the file, by which the master was turned.
    turned: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class ProposalRow(Row):
    """A repair that the program proposes for a damaged text and a person decides."""

    __tablename__ = "proposal"
    __table_args__ = (Index("ix_proposal_photograph_id", "photograph_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"))
    field: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(35))
    start: Mapped[int]
    found: Mapped[str] = mapped_column(Text)
    proposed: Mapped[str] = mapped_column(Text)
    confidence: Mapped[float]
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), default="open")


class RefusedFileRow(Row):
    """A file that could not be taken in, kept aside with the reason, to be tried again."""

    __tablename__ = "refused_file"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[datetime] = mapped_column(Moment)
    received_by: Mapped[str] = mapped_column(Text)
    tries: Mapped[int] = mapped_column(default=1)
