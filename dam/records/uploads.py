"""Rows of uploads: what is arriving in pieces, what has arrived, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, String, Text, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from dam.errors import NotFound
from dam.records.base import Moment, Row


class UploadState(StrEnum):
    """How far an upload is."""

    ARRIVING = "arriving"
    ARRIVED = "arrived"  # every byte is here, and it is being taken in
    DONE = "done"


class UploadRow(Row):
    """One file that is sent in pieces; its bytes so far are a partial file of the same name."""

    __tablename__ = "upload"
    __table_args__ = (Index("ix_upload_state_touched_at", "state", "touched_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    series: Mapped[str] = mapped_column(Text, default="")
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(16), default=UploadState.ARRIVING.value)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    begun_at: Mapped[datetime] = mapped_column(Moment)
    touched_at: Mapped[datetime] = mapped_column(Moment)
    begun_by: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(16), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    # The photograph it became or repeats, or the file that was kept aside.
    became: Mapped[str] = mapped_column(String(32), default="")


class UnknownUpload(NotFound):
    """There is no such upload; it ended, or was given up."""

    def __init__(self) -> None:
        super().__init__("There is no such upload; it ended, or was given up. Send the file again.")


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload; *outcome*, *reason* and *became* are set once it is done."""

    id: str
    name: str
    series: str
    size_bytes: int
    state: UploadState
    sha256: str
    begun_at: datetime
    touched_at: datetime
    begun_by: str
    outcome: str = ""
    reason: str = ""
    became: str = ""


def _value(row: UploadRow) -> Upload:
    return Upload(
        row.id,
        row.name,
        row.series,
        row.size_bytes,
        UploadState(row.state),
        row.sha256,
        row.begun_at,
        row.touched_at,
        row.begun_by,
        row.outcome,
        row.reason,
        row.became,
    )


def add(db: Session, upload: Upload) -> None:
    """Write a new upload."""
    db.add(
        UploadRow(
            id=upload.id,
            name=upload.name,
            series=upload.series,
            size_bytes=upload.size_bytes,
            state=upload.state,
            begun_at=upload.begun_at,
            touched_at=upload.touched_at,
            begun_by=upload.begun_by,
        )
    )


def _row(db: Session, upload_id: str) -> UploadRow:
    row = db.get(UploadRow, upload_id)
    if row is None:
        raise UnknownUpload
    return row


def one(db: Session, upload_id: str) -> Upload:
    """Return an upload; raises ``UnknownUpload``."""
    return _value(_row(db, upload_id))


def touch(db: Session, upload_id: str, now: datetime) -> None:
    """Remember that bytes of it came in *now*."""
    _row(db, upload_id).touched_at = now


def arrived(db: Session, upload_id: str, sha256: str, now: datetime) -> None:
    """Record that every byte is here, and their hash."""
    row = _row(db, upload_id)
    row.state, row.sha256, row.touched_at = UploadState.ARRIVED.value, sha256, now


def finish(db: Session, upload_id: str, became: tuple[str, str, str], now: datetime) -> Upload:
    """Record what became of it (outcome, reason, identifier) and return it."""
    row = _row(db, upload_id)
    row.state, row.touched_at = UploadState.DONE.value, now
    row.outcome, row.reason, row.became = became
    return _value(row)


def open_of(db: Session, by: str, most: int = 500) -> tuple[Upload, ...]:
    """Return the uploads that somebody began and that are not done, oldest first."""
    query = (
        select(UploadRow)
        .where(UploadRow.begun_by == by, UploadRow.state != UploadState.DONE.value)
        .order_by(UploadRow.begun_at, UploadRow.id)
        .limit(most)
    )
    return tuple(map(_value, db.scalars(query)))


def count_open(db: Session, by: str) -> int:
    """Return how many uploads of somebody are not done."""
    query = select(func.count()).where(
        UploadRow.begun_by == by, UploadRow.state != UploadState.DONE.value
    )
    return db.scalar(query) or 0


def untouched_since(db: Session, moment: datetime, most: int = 500) -> tuple[Upload, ...]:
    """Return uploads, in whatever state, of which nothing was heard since *moment*."""
    query = (
        select(UploadRow)
        .where(UploadRow.touched_at < moment)
        .order_by(UploadRow.touched_at)
        .limit(most)
    )
    return tuple(map(_value, db.scalars(query)))


def forget(db: Session, upload_id: str) -> None:
    """Remove the row of an upload."""
    db.execute(delete(UploadRow).where(UploadRow.id == upload_id))
