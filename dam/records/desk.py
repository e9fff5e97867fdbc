"""Reads for the desk: which photographs wait for what, and which stands beside which."""

from enum import StrEnum

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from dam.records import moved
from dam.records.photographs import PhotographRow
from dam.records.words import TextRow


class Waiting(StrEnum):
    """Ways to narrow the list of the desk."""

    ALL = "all"
    NO_CAPTION = "no caption"
    DRAFT = "draft"
    PUBLISHED = "published"


def narrowed(waiting: Waiting) -> Select[str]:
    """Return the query of what waits for something; none for which another one stands."""
    query = select(PhotographRow.id).where(moved.stands_for_itself())
    captioned = exists().where(
        TextRow.photograph_id == PhotographRow.id, TextRow.field == "caption"
    )
    match waiting:
        case Waiting.ALL:
            pass
        case Waiting.NO_CAPTION:
            query = query.where(~captioned)
        case Waiting.DRAFT | Waiting.PUBLISHED:
            query = query.where(PhotographRow.publication == waiting.value)
    return query


def identifiers(db: Session, waiting: Waiting, *, offset: int, most: int) -> tuple[str, ...]:
    """Return photographs of the desk, newest first."""
    query = narrowed(waiting).order_by(PhotographRow.created_at.desc(), PhotographRow.id.desc())
    return tuple(db.scalars(query.offset(offset).limit(most)))


def count(db: Session, waiting: Waiting) -> int:
    """Return how many photographs of the desk there are."""
    return db.scalar(select(func.count()).select_from(narrowed(waiting).subquery())) or 0


def in_order(db: Session) -> tuple[str, ...]:
    """Return the photographs as they were taken in, first to last: the order of captioning."""
    query = narrowed(Waiting.ALL).order_by(PhotographRow.created_at, PhotographRow.id)
    return tuple(db.scalars(query))


def without_caption(db: Session) -> frozenset[str]:
    """Return the photographs that have no caption in any language."""
    return frozenset(db.scalars(narrowed(Waiting.NO_CAPTION)))
