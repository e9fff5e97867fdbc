"""Reads and writes of pairs that are alike, and of what was chosen about them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, exists, func, or_, select

from dam.catalogue.likeness import Way, back
from dam.errors import NotFound
from dam.records.base import Session
from dam.records.likeness_rows import AlikeRow
from dam.records.likenesses import Alike, FoundBy
from dam.records.moved import MovedRow


class Choice(StrEnum):
    """What a person chose about a pair; NONE while nobody has."""

    NONE = ""
    KEEP_BOTH = "keep-both"
    SKIP = "skip"
    NEW_VERSION = "new-version"
    MERGE = "merge"


class UnknownPair(NotFound):
    """Nobody has found these two to be alike."""

    def __init__(self) -> None:
        super().__init__("These two photographs were not found to be alike; look at the list.")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two photographs that are alike: by what, how far, how the newer one lies, what was chosen.

    *way* is how the file of the newer one lies beside that of the older. *group_id* names the
    events of the choice.
    """

    newer_id: str
    older_id: str
    found_by: FoundBy
    distance: int
    way: Way
    found_at: datetime
    choice: Choice = Choice.NONE
    chosen_by: str = ""
    chosen_at: datetime | None = None
    group_id: str = ""


def _value(row: AlikeRow) -> Pair:
    return Pair(
        newer_id=row.newer_id,
        older_id=row.older_id,
        found_by=FoundBy(row.found_by),
        distance=row.distance,
        way=Way(row.degrees, row.mirrored),
        found_at=row.found_at,
        choice=Choice(row.choice),
        chosen_by=row.chosen_by,
        chosen_at=row.chosen_at,
        group_id=row.group_id,
    )


def add(db: Session, newer_id: str, found: tuple[Alike, ...], now: datetime) -> None:
    """Write pairs to be compared; one that stands already, either way round, stays as it is."""
    for alike in found:
        older_id, way = alike.photograph_id, back(alike.way)
        if db.get(AlikeRow, (newer_id, older_id)) or db.get(AlikeRow, (older_id, newer_id)):
            continue
        db.add(
            AlikeRow(
                newer_id=newer_id,
                older_id=older_id,
                found_by=alike.found_by,
                distance=alike.distance,
                degrees=way.degrees,
                mirrored=way.mirrored,
                found_at=now,
            )
        )


def _row(db: Session, newer_id: str, older_id: str) -> AlikeRow:
    row = db.get(AlikeRow, (newer_id, older_id))
    if row is None:
        raise UnknownPair
    return row


def one(db: Session, newer_id: str, older_id: str) -> Pair:
    """Return a pair; raises ``UnknownPair``."""
    return _value(_row(db, newer_id, older_id))


def choose(db: Session, pair: Pair) -> None:
    """Write what was chosen about a pair, as *pair* says; ``Choice.NONE`` asks about it again."""
    row = _row(db, pair.newer_id, pair.older_id)
    row.choice, row.group_id = pair.choice, pair.group_id
    row.chosen_by, row.chosen_at = pair.chosen_by, pair.chosen_at


def _waiting() -> Select[AlikeRow]:
    """Pairs that nobody has chosen about, and of which both photographs stand for themselves."""
    gone = exists().where(or_(MovedRow.old_id == AlikeRow.newer_id,
                              MovedRow.old_id == AlikeRow.older_id))  # fmt: skip
    return select(AlikeRow).where(AlikeRow.choice == Choice.NONE.value, ~gone)


def waiting(db: Session, *, most: int, offset: int = 0) -> tuple[Pair, ...]:
    """Return pairs that wait for a choice, found last first."""
    query = _waiting().order_by(AlikeRow.found_at.desc(), AlikeRow.newer_id, AlikeRow.distance,
                                AlikeRow.older_id)  # fmt: skip
    return tuple(map(_value, db.scalars(query.offset(offset).limit(most))))


def count_waiting(db: Session, most: int) -> int:
    """Return how many pairs wait for a choice; counting stops at *most*."""
    some = _waiting().with_only_columns(AlikeRow.newer_id).limit(most).subquery()
    return db.scalar(select(func.count()).select_from(some)) or 0


def of_photograph(db: Session, photograph_id: str, most: int = 50) -> tuple[Pair, ...]:
    """Return the pairs that a photograph is in, found last first."""
    query = select(AlikeRow).where(
        or_(AlikeRow.newer_id == photograph_id, AlikeRow.older_id == photograph_id)
    )
    query = query.order_by(AlikeRow.found_at.desc(), AlikeRow.newer_id, AlikeRow.older_id)
    return tuple(map(_value, db.scalars(query.limit(most))))
