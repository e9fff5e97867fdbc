"""Rows of authority records: people, organisations and places, with their names and numbers."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dam.records.base import Moment, Row


class AuthorityRow(Row):
    """One person, organisation or place; a merged one stays and says what took its place."""

    __tablename__ = "authority"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), index=True)
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Moment)
    life_dates: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("authority.id"), index=True)
    place_kind: Mapped[str] = mapped_column(Text, default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    precision_metres: Mapped[int] = mapped_column(default=0)
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("authority.id"), index=True)

    names: Mapped[list["AuthorityNameRow"]] = relationship(
        cascade="all, delete-orphan", order_by="AuthorityNameRow.position"
    )
    identifiers: Mapped[list["AuthorityIdentifierRow"]] = relationship(
        cascade="all, delete-orphan", order_by="AuthorityIdentifierRow.position"
    )


class AuthorityNameRow(Row):
    """One name; ``folded`` and ``spelling`` are what it is found by."""

    __tablename__ = "authority_name"
    __table_args__ = (
        Index("ix_authority_name_folded", "folded"),
        Index("ix_authority_name_spelling", "spelling"),
    )

    authority_id: Mapped[str] = mapped_column(ForeignKey("authority.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    spelling: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(35))
    script: Mapped[str] = mapped_column(String(8), default="")
    status: Mapped[str] = mapped_column(String(16))
    preferred: Mapped[bool]
    period: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text, default="")


class AuthorityIdentifierRow(Row):
    """The number of the same in somebody else's register."""

    __tablename__ = "authority_identifier"
    __table_args__ = (Index("ix_authority_identifier_scheme_value", "scheme", "value"),)

    authority_id: Mapped[str] = mapped_column(ForeignKey("authority.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(String(16))
    value: Mapped[str] = mapped_column(String(200))


class MovedLinkRow(Row):
    """A link that a merge moved to another record, so that the merge can be undone to the letter.

    ``group_id`` is that of the merge's event; ``words`` are those of the link.
    """

    __tablename__ = "moved_link"
    __table_args__ = (Index("ix_moved_link_group_id", "group_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    owner_id: Mapped[str] = mapped_column(String(32))
    position: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
