"""Reads and writes of series and of the frames in them."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from dam.errors import NotFound
from dam.records.photographs import FrameRow, SeriesRow
from dam.records.values import Place, StoredSeries


class UnknownSeries(NotFound):
    """There is no series of that identifier."""

    def __init__(self) -> None:
        super().__init__("There is no series of that identifier.")


def add_series(
    db: Session, series_id: str, *, title: str, language: str, introduction: str, now: datetime
) -> None:
    """Write a new series without frames."""
    row = SeriesRow(
        id=series_id, title=title, language=language, introduction=introduction, created_at=now
    )
    db.add(row)


def series(db: Session, series_id: str) -> StoredSeries:
    """Return one series; raises ``UnknownSeries``."""
    row = db.get(SeriesRow, series_id, options=[selectinload(SeriesRow.frames)])
    if row is None:
        raise UnknownSeries
    return _series_value(row)


def _series_value(row: SeriesRow) -> StoredSeries:
    frames = tuple(frame.photograph_id for frame in row.frames)
    return StoredSeries(row.id, row.revision, row.title, row.language, row.introduction, frames)


def series_titled(db: Session, title: str) -> str | None:
    """Return the identifier of the oldest series of that title."""
    query = select(SeriesRow.id).where(SeriesRow.title == title).order_by(SeriesRow.created_at)
    return db.scalar(query.limit(1))


def all_series(db: Session) -> tuple[StoredSeries, ...]:
    """Return every series, newest first."""
    query = select(SeriesRow).order_by(SeriesRow.created_at.desc(), SeriesRow.id)
    return tuple(map(_series_value, db.scalars(query.options(selectinload(SeriesRow.frames)))))


def places_of(db: Session, photograph_id: str) -> tuple[Place, ...]:
    """Return where a photograph stands in series."""
    query = (
        select(FrameRow.position, SeriesRow)
        .join(SeriesRow, SeriesRow.id == FrameRow.series_id)
        .where(FrameRow.photograph_id == photograph_id)
        .order_by(SeriesRow.created_at, SeriesRow.id)
    )
    return tuple(
        Place(row.id, row.title, row.language, position) for position, row in db.execute(query)
    )


def add_frame(db: Session, series_id: str, photograph_id: str, position: int | None) -> None:
    """Put a photograph into a series: at *position* where that is free, else at the end.

    A photograph that stands in the series already stays where it is.
    """
    taken = {
        frame.position: frame.photograph_id
        for frame in db.scalars(select(FrameRow).where(FrameRow.series_id == series_id))
    }
    if photograph_id in taken.values():
        return
    if position is None or position < 1 or position in taken:
        position = max(taken, default=0) + 1
    db.add(FrameRow(series_id=series_id, position=position, photograph_id=photograph_id))
    db.execute(
        update(SeriesRow).where(SeriesRow.id == series_id).values(revision=SeriesRow.revision + 1)
    )
