"""Reads and writes of files that could not be taken in."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dam.errors import NotFound
from dam.records.photographs import RefusedFileRow
from dam.records.values import RefusedFile


class UnknownRefusedFile(NotFound):
    """There is no refused file of that identifier; perhaps it was taken in meanwhile."""

    def __init__(self) -> None:
        super().__init__("There is no refused file of that identifier; perhaps it went in.")


def keep(db: Session, file: RefusedFile, sha256: str, by: str) -> None:
    """Remember a file that is kept aside, or that it was refused once more."""
    row = db.get(RefusedFileRow, file.id)
    if row is None:
        row = RefusedFileRow(id=file.id, key=file.key, sha256=sha256, size_bytes=file.size_bytes)
        row.tries = 0
        db.add(row)
    row.name, row.reason, row.received_at, row.received_by = (
        file.name,
        file.reason,
        file.received_at,
        by,
    )
    row.tries += 1


def _value(row: RefusedFileRow) -> RefusedFile:
    return RefusedFile(
        row.id, row.name, row.reason, row.key, row.size_bytes, row.received_at, row.tries
    )


def one(db: Session, refused_id: str) -> RefusedFile:
    """Return a refused file; raises ``UnknownRefusedFile``."""
    row = db.get(RefusedFileRow, refused_id)
    if row is None:
        raise UnknownRefusedFile
    return _value(row)


def with_bytes(db: Session, sha256: str) -> RefusedFile | None:
    """Return the refused file of these bytes, so that they are kept aside only once."""
    row = db.scalar(select(RefusedFileRow).where(RefusedFileRow.sha256 == sha256).limit(1))
    return None if row is None else _value(row)


def newest(db: Session, most: int = 200) -> tuple[RefusedFile, ...]:
    """Return the refused files, newest first."""
    query = select(RefusedFileRow).order_by(RefusedFileRow.received_at.desc()).limit(most)
    return tuple(map(_value, db.scalars(query)))


def forget(db: Session, refused_id: str) -> None:
    """Remove the row of a file that went in or was given up."""
    db.execute(delete(RefusedFileRow).where(RefusedFileRow.id == refused_id))
