"""Reads and writes of searches that people keep."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from dam.records.search_rows import SavedSearchRow


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search under a name; *asked* is the query of its address."""

    id: str
    owner: str
    name: str
    shared: bool
    asked: str


def keep(db: Session, one: SavedSearch, now: datetime) -> None:
    """Write a search, in place of one of the same owner and name."""
    db.execute(
        delete(SavedSearchRow).where(
            SavedSearchRow.owner == one.owner, SavedSearchRow.name == one.name
        )
    )
    db.add(
        SavedSearchRow(
            id=one.id,
            owner=one.owner,
            name=one.name,
            shared=one.shared,
            asked=one.asked,
            created_at=now,
        )
    )


def seen_by(db: Session, owner: str) -> tuple[SavedSearch, ...]:
    """Return the searches of *owner* and those that others share, by name."""
    query = (
        select(SavedSearchRow)
        .where(or_(SavedSearchRow.owner == owner, SavedSearchRow.shared))
        .order_by(SavedSearchRow.name, SavedSearchRow.owner)
    )
    return tuple(
        SavedSearch(row.id, row.owner, row.name, row.shared, row.asked) for row in db.scalars(query)
    )


def forget(db: Session, search_id: str) -> None:
    """Remove a search."""
    db.execute(delete(SavedSearchRow).where(SavedSearchRow.id == search_id))
