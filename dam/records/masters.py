"""The masters of two photographs, exchanged: the one becomes a new version, the other is kept."""

from sqlalchemy import select, update

from dam.records import carried, stale
from dam.records.base import Session
from dam.records.catalogue import UnknownPhotograph
from dam.records.file_metadata import MetadataBlockRow, MetadataClaimRow
from dam.records.likeness_rows import LikenessRow
from dam.records.photographs import MasterRow, PackRow, PhotographRow

_OF_THE_MASTER = (
    "sha256", "key", "size_bytes", "media_type", "width", "height", "received_at", "notes",
)  # fmt: skip
_OF_THE_LIKENESS = (
    "master_sha256", "pixels", "perceptual", "band_0", "band_1", "band_2", "band_3",
)  # fmt: skip


def exchange(db: Session, one_id: str, other_id: str) -> None:
    """Give each of two photographs the master of the other, with all that comes of the file alone.

    That is its name, what it says of itself, and what it looks like. Words, rights and identifiers
    stay. Packs stay too, until they are cut anew, and say of which master they are.

    Raises:
        UnknownPhotograph
    """
    one, other = _photograph(db, one_id), _photograph(db, other_id)
    for photograph, master in (one, other):
        db.execute(
            update(PackRow)
            .where(PackRow.photograph_id == photograph.id, PackRow.master_sha256 == "")
            .values(master_sha256=master.sha256)
        )
    _exchange_masters(db, one[1], other[1])
    photographs = one[0], other[0]
    photographs[0].original_name, photographs[1].original_name = (
        photographs[1].original_name,
        photographs[0].original_name,
    )
    for photograph in photographs:
        photograph.revision += 1
        stale.photograph(db, photograph.id)
    _exchange_likenesses(db, one_id, other_id)
    _exchange_said(db, one_id, other_id)


def _photograph(db: Session, photograph_id: str) -> tuple[PhotographRow, MasterRow]:
    row = db.get(PhotographRow, photograph_id)
    if row is None or row.master is None:
        raise UnknownPhotograph
    return row, row.master


def _exchange_masters(db: Session, one: MasterRow, other: MasterRow) -> None:
    """Exchange what two rows say; no two rows ever have the same bytes, not even in between."""
    mine, theirs = ({name: getattr(row, name) for name in _OF_THE_MASTER} for row in (one, other))
    one.sha256 = f"exchanged {one.photograph_id}"
    db.flush()
    for row, said in ((other, mine), (one, theirs)):
        for name, value in said.items():
            setattr(row, name, value)
        db.flush()


def _exchange_likenesses(db: Session, one_id: str, other_id: str) -> None:
    rows = db.get(LikenessRow, one_id), db.get(LikenessRow, other_id)
    said = [{name: getattr(row, name) for name in _OF_THE_LIKENESS} if row else {} for row in rows]
    for row in rows:
        if row is not None:
            db.delete(row)
    db.flush()
    for photograph_id, values in ((one_id, said[1]), (other_id, said[0])):
        if values:
            db.add(LikenessRow(photograph_id=photograph_id, **values))


def _exchange_said(db: Session, one_id: str, other_id: str) -> None:
    """Exchange what the files say of themselves."""
    blocks = carried.blocks(db, one_id), carried.blocks(db, other_id)
    claims = carried.claims(db, one_id), carried.claims(db, other_id)
    for table in (MetadataBlockRow, MetadataClaimRow):
        for row in db.scalars(select(table).where(table.photograph_id.in_((one_id, other_id)))):
            db.delete(row)
    db.flush()
    carried.keep(db, one_id, blocks[1], claims[1])
    carried.keep(db, other_id, blocks[0], claims[0])
