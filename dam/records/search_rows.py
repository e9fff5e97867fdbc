"""Rows of the search index, and of the searches that people keep.

The index proper is a table of the engine's own kind (`dam.records.search_text`); what is here is
the same on every engine.
"""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dam.records.base import Moment, Row

# On SQLite this is the number of the row itself, which needs no second index.
_NUMBER = BigInteger().with_variant(Integer(), "sqlite")


class SearchDocumentRow(Row):
    """What one photograph is found by.

    ``number`` is the day of the photograph times 2**24 and a count within the day, so that the
    order of numbers is the order of dates, and the engine yields hits in it without sorting.
    ``usable_from`` is the second from which the public sees a picture (0: since ever), none for
    never; ``usable_until`` the one from which it sees none again, none where it has no end.
    """

    __tablename__ = "search_document"
    __table_args__ = (Index("ix_search_document_created_at_number", "created_at", "number"),)

    number: Mapped[int] = mapped_column(_NUMBER, primary_key=True, autoincrement=False)
    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    usable_from: Mapped[int | None] = mapped_column(BigInteger)
    usable_until: Mapped[int | None] = mapped_column(BigInteger)
    marks: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)


class SearchNearRow(Row):
    """A known word under a key of `dam.catalogue.nearby`; words are added and never removed.

    A word that no photograph has any more does no harm: what is proposed is looked for first.
    """

    __tablename__ = "search_near"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[str] = mapped_column(String(7), primary_key=True)
    word: Mapped[str] = mapped_column(String(60), primary_key=True)


class SearchLabelRow(Row):
    """The words for a mark that stands for a name without an authority record."""

    __tablename__ = "search_label"

    mark: Mapped[str] = mapped_column(String(40), primary_key=True)
    label: Mapped[str] = mapped_column(Text)


class SavedSearchRow(Row):
    """A search under a name; ``asked`` is the query of its address."""

    __tablename__ = "saved_search"
    __table_args__ = (Index("ix_saved_search_owner_name", "owner", "name", unique=True),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(100))
    shared: Mapped[bool]
    asked: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
