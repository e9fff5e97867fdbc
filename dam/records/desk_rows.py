"""Rows of the desk's own: comments, codes and templates."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dam.records.base import Moment, Row


class CommentRow(Row):
    """What somebody who works here says about a photograph; never shown outside."""

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    photograph_id: Mapped[str] = mapped_column(ForeignKey("photograph.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    author: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by: Mapped[str] = mapped_column(Text, default="")


class CodeRow(Row):
    """A short code and the alternatives that it stands for; ``code`` is in small letters."""

    __tablename__ = "code_replacement"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    written: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(16))
    replacements: Mapped[list[str]] = mapped_column(JSON)
    authority_id: Mapped[str | None] = mapped_column(ForeignKey("authority.id"), index=True)


class TemplateRow(Row):
    """Words under a name, a list of fields as the log writes them."""

    __tablename__ = "description_template"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    fields: Mapped[list[list[str]]] = mapped_column(JSON)
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
