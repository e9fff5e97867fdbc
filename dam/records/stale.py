"""Which photographs a transaction has changed the words, the rights or the work of.

Rows that go through the session are seen by themselves; what is changed by a statement alone is
said with ``photograph``. `dam.workflows.index` asks before the transaction is committed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from dam.records.agreement_rows import CoverRow
from dam.records.authority_rows import AuthorityNameRow, AuthorityRow
from dam.records.base import Row, Sessions
from dam.records.desk_rows import CommentRow
from dam.records.photographs import PhotographRow, ProposalRow
from dam.records.rights import RightsRecordRow
from dam.records.series_rows import FrameRow, SeriesRow, SeriesTextRow
from dam.records.words import (
    CaptionRow,
    CreatorRow,
    KeywordRow,
    NoticeRow,
    PersonRow,
    PlaceNameRow,
    TextRow,
)


@dataclass(slots=True)
class Stale:
    """What was changed, by identifier."""

    photographs: set[str] = field(default_factory=set)
    series: set[str] = field(default_factory=set)
    authorities: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.photographs or self.series or self.authorities)


_KEY = "stale"
_WORDS = (
    TextRow, CaptionRow, CreatorRow, KeywordRow, NoticeRow, PersonRow, PlaceNameRow,
    ProposalRow, CommentRow,
    RightsRecordRow, CoverRow, FrameRow,
)  # fmt: skip


def watch(sessions: Sessions, before_commit: Callable[[Session], None]) -> None:
    """Let the sessions of this factory see what they write, and call *before_commit*."""
    event.listen(sessions, "after_flush", _see)
    event.listen(sessions, "before_commit", before_commit)


def photograph(db: Session, photograph_id: str) -> None:
    """Say that a photograph was changed by a statement, which no row tells of."""
    _of(db).photographs.add(photograph_id)


def taken(db: Session) -> Stale:
    """Return what was changed since this was last asked."""
    found = _of(db)
    db.info[_KEY] = Stale()
    return found


def _of(db: Session) -> Stale:
    found: Stale = db.info.setdefault(_KEY, Stale())
    return found


def _see(db: Session, _context: UOWTransaction) -> None:
    found = _of(db)
    for row in (*db.new, *db.dirty, *db.deleted):
        if isinstance(row, Row):
            _add(found, row)


def _add(found: Stale, row: Row) -> None:
    match row:
        case PhotographRow(id=identifier):
            found.photographs.add(identifier)
        case _ if isinstance(row, _WORDS):
            if row.photograph_id is not None:
                found.photographs.add(row.photograph_id)
        case SeriesRow(id=identifier):
            found.series.add(identifier)
        case SeriesTextRow(series_id=identifier):
            found.series.add(identifier)
        case AuthorityRow(id=identifier):
            found.authorities.add(identifier)
        case AuthorityNameRow(authority_id=identifier):
            found.authorities.add(identifier)
        case _:
            pass
