"""Reads of the keywords that are in use."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dam.records.words import KeywordRow

_ESCAPE = "\\"


def beginning(db: Session, words: str, most: int) -> tuple[str, ...]:
    """Return keywords that begin with *words*, whatever their capitals, the most used first."""
    start = " ".join(words.split())
    if not start:
        return ()
    for mark in (_ESCAPE, "%", "_"):
        start = start.replace(mark, _ESCAPE + mark)
    query = (
        select(KeywordRow.word)
        .where(KeywordRow.word.ilike(f"{start}%", escape=_ESCAPE))
        .group_by(KeywordRow.word)
        .order_by(func.count().desc(), KeywordRow.word)
        .limit(most)
    )
    return tuple(db.scalars(query))
