"""Reads and writes of what staff say about a photograph among themselves."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dam.records import stale
from dam.records.desk_rows import CommentRow


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said; ``settled_by`` is empty while it is open."""

    id: int
    at: datetime
    author: str
    words: str
    settled_by: str


def add(db: Session, photograph_id: str, words: str, by: str, now: datetime) -> None:
    """Write a comment."""
    db.add(CommentRow(photograph_id=photograph_id, words=words, author=by, at=now))


def of_photograph(db: Session, photograph_id: str) -> tuple[Comment, ...]:
    """Return the comments on a photograph, oldest first, settled ones too."""
    query = select(CommentRow).where(CommentRow.photograph_id == photograph_id)
    return tuple(
        Comment(row.id, row.at, row.author, row.words, row.settled_by)
        for row in db.scalars(query.order_by(CommentRow.id))
    )


def open_one(db: Session, photograph_id: str, number: int) -> Comment | None:
    """Return one open comment of a photograph, if it is one."""
    found = of_photograph(db, photograph_id)
    return next((one for one in found if one.id == number and not one.settled_by), None)


def settle(db: Session, number: int, by: str, now: datetime) -> None:
    """Mark a comment as settled."""
    owner = db.scalar(
        update(CommentRow)
        .where(CommentRow.id == number)
        .values(settled_at=now, settled_by=by)
        .returning(CommentRow.photograph_id)
    )
    if owner is not None:
        stale.photograph(db, owner)
