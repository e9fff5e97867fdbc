"""Reads and writes of series and of the frames in them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from dam.catalogue.fields import SeriesField
from dam.catalogue.notices import Notice, NoticeKind
from dam.catalogue.series_words import SeriesDescription, SeriesText
from dam.errors import Conflict, NotFound
from dam.records.series_rows import FrameRow, SeriesNoticeRow, SeriesRow, SeriesTextRow
from dam.records.values import Place, StoredSeries


class UnknownSeries(NotFound):
    """There is no series of that identifier."""

    def __init__(self) -> None:
        super().__init__("There is no series of that identifier.")


class SeriesConflict(Conflict):
    """Somebody else saved this series in the meantime."""

    def __init__(self, mine: int, theirs: int) -> None:
        super().__init__("Somebody else saved this series in the meantime; compare the two texts.")
        self.mine, self.theirs = mine, theirs


_WHOLE = (
    selectinload(SeriesRow.frames),
    selectinload(SeriesRow.texts),
    selectinload(SeriesRow.notices),
)


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
    words = (selectinload(SeriesRow.texts), selectinload(SeriesRow.notices))
    row = db.scalar(select(SeriesRow).where(SeriesRow.id == series_id).options(*words))
    if row is None:
        raise UnknownSeries
    # Columns and no rows: a series may have thousands of frames.
    frames = select(FrameRow.photograph_id).where(FrameRow.series_id == series_id)
    return _value(row, tuple(db.scalars(frames.order_by(FrameRow.position))))


def _row(db: Session, series_id: str, *, lock: bool = False) -> SeriesRow:
    query = select(SeriesRow).where(SeriesRow.id == series_id).options(*_WHOLE)
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise UnknownSeries
    return row


def _series_value(row: SeriesRow) -> StoredSeries:
    return _value(row, tuple(frame.photograph_id for frame in row.frames))


def _value(row: SeriesRow, frames: tuple[str, ...]) -> StoredSeries:
    given = (
        SeriesText(SeriesField.SERIES_TITLE, row.language, row.title),
        SeriesText(SeriesField.INTRODUCTION, row.language, row.introduction),
        *(SeriesText(SeriesField(text.field), text.language, text.value) for text in row.texts),
    )
    description = SeriesDescription(row.language, given, frames, _notices(row))
    return StoredSeries(row.id, row.revision, description)


def _notices(row: SeriesRow) -> tuple[Notice, ...]:
    return tuple(Notice(NoticeKind(one.kind), one.language, one.value) for one in row.notices)


def check_revision(db: Session, series_id: str, revision: int) -> StoredSeries:
    """Return the series as it is now, locked, if it still has this revision.

    Raises:
        UnknownSeries, SeriesConflict
    """
    row = _row(db, series_id, lock=True)
    if row.revision != revision:
        raise SeriesConflict(revision, row.revision)
    return _series_value(row)


def describe(db: Session, series_id: str, description: SeriesDescription) -> int:
    """Write the words and the frames of a series and return its new revision."""
    row = _row(db, series_id, lock=True)
    # The old rows go first: a new one may take the primary key of one that is replaced.
    row.frames, row.texts, row.notices = [], [], []
    db.flush()
    row.language = description.language
    row.title = description.in_main_language(SeriesField.SERIES_TITLE)
    row.introduction = description.in_main_language(SeriesField.INTRODUCTION)
    row.texts = [
        SeriesTextRow(field=text.field, language=text.language, value=text.value)
        for text in description.texts
        if text.language != description.language or text.field is SeriesField.OTHER_TITLES
    ]
    row.frames = [
        FrameRow(position=number, photograph_id=one)
        for number, one in enumerate(description.frames, start=1)
    ]
    row.notices = [
        SeriesNoticeRow(position=place, kind=one.kind, language=one.language, value=one.text)
        for place, one in enumerate(description.notices)
    ]
    row.revision += 1
    return row.revision


def series_titled(db: Session, title: str) -> str | None:
    """Return the identifier of the oldest series of that title."""
    query = select(SeriesRow.id).where(SeriesRow.title == title).order_by(SeriesRow.created_at)
    return db.scalar(query.limit(1))


def all_series(db: Session) -> tuple[StoredSeries, ...]:
    """Return every series, newest first."""
    query = select(SeriesRow).order_by(SeriesRow.created_at.desc(), SeriesRow.id)
    return tuple(map(_series_value, db.scalars(query.options(*_WHOLE))))


def places_of(db: Session, photograph_id: str) -> tuple[Place, ...]:
    """Return where a photograph stands in series."""
    query = (
        select(FrameRow.position, SeriesRow)
        .join(SeriesRow, SeriesRow.id == FrameRow.series_id)
        .where(FrameRow.photograph_id == photograph_id)
        .order_by(SeriesRow.created_at, SeriesRow.id)
        .options(selectinload(SeriesRow.notices))
    )
    return tuple(
        Place(row.id, row.title, row.language, position, _notices(row))
        for position, row in db.execute(query)
    )


def notices_of(db: Session, photographs: Sequence[str]) -> dict[str, tuple[Notice, ...]]:
    """Return what must be shown with each photograph because of the series that it stands in."""
    query = (
        select(FrameRow.photograph_id, SeriesNoticeRow)
        .join(SeriesNoticeRow, SeriesNoticeRow.series_id == FrameRow.series_id)
        .where(FrameRow.photograph_id.in_(photographs))
        .order_by(FrameRow.photograph_id, SeriesNoticeRow.series_id, SeriesNoticeRow.position)
    )
    found: dict[str, dict[Notice, None]] = {}
    for photograph_id, row in db.execute(query):
        notice = Notice(NoticeKind(row.kind), row.language, row.value)
        found.setdefault(photograph_id, {})[notice] = None
    return {one: tuple(notices) for one, notices in found.items()}


def desk_fields(db: Session, series_id: str) -> tuple[str, ...]:
    """Return the fields that the desk shows first for a series; none where nobody chose."""
    query = select(SeriesRow.desk_fields).where(SeriesRow.id == series_id)
    return tuple(db.scalar(query) or ())


def set_desk_fields(db: Session, series_id: str, fields: Sequence[str]) -> None:
    """Write which fields the desk shows first for a series; raises ``UnknownSeries``."""
    _row(db, series_id, lock=True).desk_fields = list(fields)


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
