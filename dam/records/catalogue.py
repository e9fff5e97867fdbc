"""Reads and writes of photographs, their words and their packs."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, selectinload

from dam.catalogue.changes import Description
from dam.catalogue.dates import parse_date
from dam.errors import Conflict, NotFound
from dam.iiif.geometry import Extent
from dam.records import stale
from dam.records.descriptions import WORDS, clear_description, description_of, write_description
from dam.records.photographs import MasterRow, PackRow, PhotographRow, VersoRow
from dam.records.values import StoredMaster, StoredPack, StoredPhotograph, TransparentTiles


class UnknownPhotograph(NotFound):
    """There is no photograph of that identifier."""

    def __init__(self) -> None:
        super().__init__("There is no photograph of that identifier.")


class RevisionConflict(Conflict):
    """Somebody else saved this photograph in the meantime."""

    def __init__(self, mine: int, theirs: int) -> None:
        super().__init__(
            "Somebody else saved this photograph in the meantime; compare the two texts."
        )
        self.mine, self.theirs = mine, theirs


_WHOLE = (
    *WORDS,
    selectinload(PhotographRow.master),
    selectinload(PhotographRow.packs),
)


def photograph(db: Session, photograph_id: str) -> StoredPhotograph:
    """Return one photograph; raises ``UnknownPhotograph``."""
    return _value(_row(db, photograph_id))


def require(db: Session, photograph_id: str) -> None:
    """Raise ``UnknownPhotograph`` where there is none, without reading its words."""
    query = select(MasterRow.id).where(MasterRow.photograph_id == photograph_id).limit(1)
    if db.scalar(query) is None:
        raise UnknownPhotograph


def require_all(db: Session, identifiers: Sequence[str]) -> None:
    """Raise ``UnknownPhotograph`` where one of these identifiers is of none."""
    query = select(func.count()).where(MasterRow.photograph_id.in_(identifiers))
    if db.scalar(query) != len(set(identifiers)):
        raise UnknownPhotograph


def photographs(db: Session, identifiers: Sequence[str]) -> tuple[StoredPhotograph, ...]:
    """Return the photographs of these identifiers, in their order; unknown ones are left out."""
    query = select(PhotographRow).where(PhotographRow.id.in_(identifiers)).options(*_WHOLE)
    found = {row.id: row for row in db.scalars(query)}
    return tuple(_value(found[one]) for one in identifiers if one in found)


def _row(db: Session, photograph_id: str, *, lock: bool = False) -> PhotographRow:
    query = select(PhotographRow).where(PhotographRow.id == photograph_id).options(*_WHOLE)
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None or row.master is None:
        raise UnknownPhotograph
    return row


def _value(row: PhotographRow) -> StoredPhotograph:
    master = row.master
    if master is None:
        raise UnknownPhotograph
    return StoredPhotograph(
        id=row.id,
        revision=row.revision,
        created_at=row.created_at,
        original_name=row.original_name,
        in_review=row.in_review,
        description=description_of(row),
        date=parse_date(row.date_edtf) if row.date_edtf else None,
        master=StoredMaster(
            key=master.key,
            sha256=master.sha256,
            size_bytes=master.size_bytes,
            media_type=master.media_type,
            extent=_extent(row, master),
            notes=tuple(master.notes),
        ),
        packs=tuple(map(pack_value, row.packs)),
    )


def _extent(row: PhotographRow, master: MasterRow) -> Extent:
    """Return the extent of the picture as its packs show it: while they are made, as before."""
    turned = row.packs[0].turned if row.packs else int(row.turn or 0)
    lies = turned % 180 != 0
    return Extent(*((master.height, master.width) if lies else (master.width, master.height)))


def pack_value(row: PackRow) -> StoredPack:
    """Return the value of a pack's row."""
    transparent = None
    if row.transparent_key and row.transparent_digest:
        transparent = TransparentTiles(row.transparent_key, row.transparent_digest)
    extent = Extent(row.width, row.height)
    grid = extent, row.tile_size, row.grayscale
    cut = row.turned, row.master_sha256
    return StoredPack(row.recipe, row.key, row.digest, *grid, transparent, *cut)


def add_photograph(
    db: Session,
    photograph_id: str,
    *,
    original_name: str,
    description: Description,
    master: StoredMaster,
    now: datetime,
) -> None:
    """Write a new photograph with its words and its master."""
    row = PhotographRow(id=photograph_id, created_at=now, original_name=original_name, revision=1)
    write_description(row, description)
    row.master = MasterRow(
        sha256=master.sha256,
        key=master.key,
        size_bytes=master.size_bytes,
        media_type=master.media_type,
        width=master.extent.width,
        height=master.extent.height,
        received_at=now,
        notes=list(master.notes),
    )
    db.add(row)


def check_revision(db: Session, photograph_id: str, revision: int) -> StoredPhotograph:
    """Return the photograph as it is now, locked, if it still has this revision.

    Raises:
        UnknownPhotograph, RevisionConflict
    """
    row = _row(db, photograph_id, lock=True)
    if row.revision != revision:
        raise RevisionConflict(revision, row.revision)
    return _value(row)


def locked(db: Session, photograph_id: str) -> StoredPhotograph:
    """Return one photograph, locked until the transaction ends; raises ``UnknownPhotograph``."""
    return _value(_row(db, photograph_id, lock=True))


def describe(db: Session, photograph_id: str, description: Description) -> int:
    """Write the words of a photograph and return its new revision."""
    row = _row(db, photograph_id, lock=True)
    # The old words go first: a new row may take the primary key of one that is replaced.
    clear_description(row)
    db.flush()
    write_description(row, description)
    row.revision += 1
    return row.revision


def versos_of(db: Session, photograph_id: str) -> tuple[str, ...]:
    """Return the photographs of the back of the print that this one shows."""
    query = select(VersoRow.photograph_id).where(VersoRow.recto_id == photograph_id)
    return tuple(db.scalars(query.order_by(VersoRow.photograph_id)))


def holder_of(db: Session, sha256: str) -> str | None:
    """Return the identifier of the photograph whose master has these bytes."""
    return db.scalar(select(MasterRow.photograph_id).where(MasterRow.sha256 == sha256))


def packs(db: Session, photograph_id: str) -> tuple[StoredPack, ...]:
    """Return the packs that have been made of a photograph."""
    query = select(PackRow).where(PackRow.photograph_id == photograph_id).order_by(PackRow.recipe)
    return tuple(map(pack_value, db.scalars(query)))


def put_pack(
    db: Session, photograph_id: str, pack: StoredPack, size: int, now: datetime
) -> tuple[str, ...]:
    """Write the pack of a recipe; return the keys of the objects that it replaces."""
    row = db.scalar(
        select(PackRow).where(PackRow.photograph_id == photograph_id, PackRow.recipe == pack.recipe)
    )
    before = () if row is None else pack_value(row).keys
    if row is None:
        row = PackRow(photograph_id=photograph_id, recipe=pack.recipe)
        db.add(row)
    row.key, row.digest = pack.key, pack.digest
    row.width, row.height = pack.extent.width, pack.extent.height
    row.tile_size, row.grayscale = pack.tile_size, pack.grayscale
    transparent = pack.transparent
    row.transparent_key = transparent.key if transparent else None
    row.transparent_digest = transparent.digest if transparent else None
    row.size_bytes, row.made_at, row.turned = size, now, pack.turned
    row.master_sha256 = pack.master_sha256
    return tuple(key for key in before if key not in pack.keys)


def drop_other_packs(
    db: Session, photograph_id: str, master: StoredMaster, turned: int
) -> tuple[str, ...]:
    """Remove the packs of another master or turned otherwise; return the keys of their objects."""
    query = select(PackRow).where(PackRow.photograph_id == photograph_id)
    rows = [row for row in db.scalars(query) if not pack_value(row).shows(master, turned)]
    for row in rows:
        db.delete(row)
    return tuple(key for row in rows for key in pack_value(row).keys)


def published_ids(db: Session, *, offset: int, most: int | None) -> tuple[str, ...]:
    """Return photographs that lists may name, newest first.

    This is a list to decide about, not a decision.
    """
    query = (
        select(PhotographRow.id)
        .where(PhotographRow.publication == "published")
        .order_by(PhotographRow.created_at.desc(), PhotographRow.id)
        .offset(offset)
    )
    return tuple(db.scalars(query if most is None else query.limit(most)))


def count_published(db: Session) -> int:
    """Return how many photographs lists may name."""
    query = select(func.count()).where(PhotographRow.publication == "published")
    return db.scalar(query) or 0


def all_ids(db: Session, *, offset: int = 0, most: int | None = None) -> tuple[str, ...]:
    """Return every photograph, newest first."""
    query = select(PhotographRow.id).order_by(PhotographRow.created_at.desc(), PhotographRow.id)
    query = query.offset(offset)
    return tuple(db.scalars(query if most is None else query.limit(most)))


def count_all(db: Session) -> int:
    """Return how many photographs there are."""
    return db.scalar(select(func.count()).select_from(PhotographRow)) or 0


def set_publication(db: Session, photograph_id: str, state: str) -> None:
    """Write whether lists may name the photograph: draft, published, hidden, withdrawn."""
    db.execute(
        update(PhotographRow).where(PhotographRow.id == photograph_id).values(publication=state)
    )


def set_in_review(db: Session, photograph_id: str, *, in_review: bool) -> None:
    """Write whether a photograph waits for another pair of eyes."""
    db.execute(
        update(PhotographRow).where(PhotographRow.id == photograph_id).values(in_review=in_review)
    )
    stale.photograph(db, photograph_id)
