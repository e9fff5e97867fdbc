"""Reads and writes of the rights records, and the facts that they amount to."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from dam.records import agreements, entry_details, links, moved
from dam.records.register_facts import fold
from dam.records.register_values import (
    NewRecord,
    RecordKind,
    RightsRecord,
    Standing,
    standing,
)
from dam.records.rights import RightsRecordRow
from dam.rights.facts import Aside, Facts, Layer

__all__ = [
    "NewRecord",
    "RecordKind",
    "RightsRecord",
    "Standing",
    "add",
    "facts",
    "fold",
    "history",
    "newest",
    "standing",
]


def add(db: Session, photograph_id: str, new: NewRecord, by: str, now: datetime) -> None:
    """Write a record; nothing that was recorded before is changed."""
    db.add(
        RightsRecordRow(
            photograph_id=photograph_id,
            kind=new.kind,
            layer=new.layer,
            text=new.text,
            number=new.number,
            day=new.day,
            detail=entry_details.written(new.kind, new.detail),
            supersedes=new.supersedes,
            recorded_at=now,
            recorded_by=by,
        )
    )


def _read(db: Session, *where: ColumnElement[bool]) -> dict[str, list[RightsRecord]]:
    """Return records by photograph, oldest first."""
    row = RightsRecordRow
    # Columns and no rows: a list asks for a thousand photographs at once.
    query = select(
        row.photograph_id, row.id, row.kind, row.text, row.number, row.day, row.layer, row.detail,
        row.supersedes, row.recorded_at, row.recorded_by,
    ).where(*where)  # fmt: skip
    records: dict[str, list[RightsRecord]] = defaultdict(list)
    for one in db.execute(query.order_by(row.id)):
        photograph, number, kind, text, amount, day, layer, stored, supersedes, at, by = one
        detail = None if stored is None else entry_details.read(kind, stored)
        new = NewRecord(RecordKind(kind), text, amount, day, Layer(layer), detail, supersedes)
        records[photograph].append(RightsRecord(number, new, at, by))
    return records


def history(db: Session, photograph_id: str) -> tuple[RightsRecord, ...]:
    """Return every record of a photograph, newest first."""
    found = _read(db, RightsRecordRow.photograph_id == photograph_id)
    return tuple(reversed(found[photograph_id]))


def newest(db: Session, photograph_id: str) -> int:
    """Return the number of the newest record of a photograph, or 0 where there is none."""
    query = select(func.max(RightsRecordRow.id)).where(
        RightsRecordRow.photograph_id == photograph_id
    )
    return db.scalar(query) or 0


def facts(
    db: Session, identifiers: Sequence[str], *, as_of: datetime | None = None
) -> dict[str, Facts]:
    """Return the facts of each photograph, from what had been recorded by *as_of*.

    However many photographs are asked for, it takes four statements, and a fifth where
    agreements cover some of them; as many again where others stand for some of them.
    """
    aside = moved.of_photographs(db, identifiers, as_of=as_of)
    own = _facts(db, identifiers, as_of=as_of)
    if not aside:
        return own
    standing = _facts(db, sorted({each.new_id for each in aside.values()}), as_of=as_of)
    for one, gone in aside.items():
        kept = Aside(gone.new_id, earlier_version=gone.how is moved.How.EARLIER_VERSION)
        own[one] = own[one].beside(standing[gone.new_id], kept)
    return own


def _facts(db: Session, identifiers: Sequence[str], *, as_of: datetime | None) -> dict[str, Facts]:
    row = RightsRecordRow
    where: list[ColumnElement[bool]] = [row.photograph_id.in_(identifiers)]
    if as_of is not None:
        where.append(row.recorded_at <= as_of)
    records = _read(db, *where)
    covering = agreements.covering(db, identifiers, as_of=as_of)
    peopled = links.with_people(db, identifiers)
    return {
        one: fold(records[one], covering.get(one, ()), people_shown=one in peopled)
        for one in identifiers
    }
