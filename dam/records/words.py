"""Rows of the words of a photograph: texts, links to the authorities, captions, notices."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dam.records.base import EMPTY, Row


class TextRow(Row):
    """One text of a photograph in one language; ``field`` is a word of the catalogue.

    ``author``, ``source`` and ``date_text`` say who wrote the preferred caption, where, and when.
    """

    __tablename__ = "photograph_text"

    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(16), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)
    source: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)
    date_text: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)


class CreatorRow(Row):
    """One who had a part in a photograph: ``name`` is the byline, to the letter, in its order."""

    __tablename__ = "photograph_creator"

    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(
        String(32), default="photographer", server_default="photographer"
    )
    agent_id: Mapped[str | None] = mapped_column(ForeignKey("authority.id"), index=True)


class KeywordRow(Row):
    """One keyword of a photograph, in its order; in no language where ``language`` is empty."""

    __tablename__ = "photograph_keyword"

    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(35), default="", server_default=EMPTY)


class PersonRow(Row):
    """One whom the photograph shows, in order; the region is in fractions of the picture."""

    __tablename__ = "photograph_person"

    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    agent_id: Mapped[str | None] = mapped_column(ForeignKey("authority.id"), index=True)
    x: Mapped[float | None]
    y: Mapped[float | None]
    width: Mapped[float | None]
    height: Mapped[float | None]


class PlaceNameRow(Row):
    """One name of a line of place as it was read.

    ``line`` counts the lines; ``part`` is ``name`` for the names from the large to the small, and
    else the relation (road, near) of which the name is one end.
    """

    __tablename__ = "photograph_place"

    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int]
    role: Mapped[str] = mapped_column(String(16))
    part: Mapped[str] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(Text)
    place_id: Mapped[str | None] = mapped_column(ForeignKey("authority.id"), index=True)


class CaptionRow(Row):
    """One caption that is kept beside the preferred one of its language."""

    __tablename__ = "photograph_caption"

    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(35))
    value: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text, default="")
    date_text: Mapped[str] = mapped_column(Text, default="")


class NoticeRow(Row):
    """One text that must be shown with a photograph."""

    __tablename__ = "photograph_notice"

    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(35))
    value: Mapped[str] = mapped_column(Text)
