"""Reads and writes of what pictures look like, and the search for those that look alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import exists, func, select
from sqlalchemy.sql.elements import ColumnElement

from dam.catalogue.likeness import (
    FARTHEST,
    FARTHEST_TURNED,
    UPRIGHT,
    WAYS,
    Way,
    bands,
    distance,
    lying,
    near_bands,
)
from dam.records.base import Session
from dam.records.likeness_rows import LikenessRow
from dam.records.photographs import MasterRow, PackRow, PhotographRow

MOST_ALIKE = 20
_BANDS = (LikenessRow.band_0, LikenessRow.band_1, LikenessRow.band_2, LikenessRow.band_3)


class FoundBy(StrEnum):
    """In what two photographs are the same."""

    PIXELS = "pixels"
    LIKENESS = "likeness"


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a master looks like: the digest of its pixels, empty where unknown, and its hash."""

    master_sha256: str
    pixels: str
    perceptual: int | None


@dataclass(frozen=True, slots=True)
class Alike:
    """A photograph that is like another: by what, how far from it, and how that one lies."""

    photograph_id: str
    found_by: FoundBy
    distance: int
    way: Way


def put(db: Session, photograph_id: str, likeness: Likeness) -> bool:
    """Write what a photograph looks like; return whether nothing was known of it before.

    The digest of the pixels that is known stays where the new one does not say it.
    """
    row = db.get(LikenessRow, photograph_id)
    new = row is None
    if row is None:
        row = LikenessRow(photograph_id=photograph_id, pixels="")
        db.add(row)
    same_master = row.master_sha256 == likeness.master_sha256
    row.pixels = likeness.pixels or (row.pixels if same_master else "")
    row.master_sha256, row.perceptual = likeness.master_sha256, likeness.perceptual
    parts = (None,) * 4 if likeness.perceptual is None else bands(likeness.perceptual)
    row.band_0, row.band_1, row.band_2, row.band_3 = parts
    return new


def one(db: Session, photograph_id: str) -> Likeness | None:
    """Return what a photograph looks like, if that is known."""
    row = db.get(LikenessRow, photograph_id)
    return None if row is None else Likeness(row.master_sha256, row.pixels, row.perceptual)


def look(db: Session, photograph_id: str, likeness: Likeness) -> tuple[Alike, ...]:
    """Return the photographs that are like *likeness*, the nearest first, without its own.

    Of the same pixels all are named, of what is only alike the nearest ``MOST_ALIKE``.
    """
    found = {}
    if likeness.pixels:
        query = select(LikenessRow.photograph_id).where(LikenessRow.pixels == likeness.pixels)
        for known in db.scalars(query.where(LikenessRow.photograph_id != photograph_id)):
            found[known] = Alike(known, FoundBy.PIXELS, 0, UPRIGHT)
    if likeness.perceptual is not None:
        near = sorted(_near(db, likeness.perceptual), key=lambda each: each.distance)
        for alike in near[: MOST_ALIKE + len(found) + 1]:
            if alike.photograph_id != photograph_id:
                found.setdefault(alike.photograph_id, alike)
    return tuple(found.values())


def _near(db: Session, perceptual: int) -> Iterator[Alike]:
    """Yield what lies within the farthest distance as it is, or nearer when turned or mirrored."""
    wanted = {lying(perceptual, way): way for way in reversed(WAYS)}
    near = {
        known: found
        for known in _candidates(db, wanted)
        if (found := _nearest(known, wanted)) is not None
    }
    rows = select(LikenessRow.photograph_id, LikenessRow.perceptual).where(
        LikenessRow.band_0.in_({bands(known)[0] for known in near}),
        LikenessRow.perceptual.in_(near),
    )
    for photograph_id, known in db.execute(rows):
        if known is not None:
            yield Alike(photograph_id, FoundBy.LIKENESS, *near[known])


def _nearest(known: int, wanted: Mapping[int, Way]) -> tuple[int, Way] | None:
    """Return how far a hash is from the nearest of *wanted*, and which, if it is near enough."""
    far, way = min(
        ((distance(known, one), way) for one, way in wanted.items()), key=lambda pair: pair[0]
    )
    return (far, way) if far <= _farthest(way) else None


def _farthest(way: Way) -> int:
    return FARTHEST if way == UPRIGHT else FARTHEST_TURNED


def _candidates(db: Session, wanted: Mapping[int, Way]) -> set[int]:
    """Return the hashes that share a band with one of *wanted*, or nearly so.

    Only the indexes are read: among a million hashes some 1500 share a band, and their rows lie
    all over the table.
    """
    values: list[set[int]] = [set() for _ in _BANDS]
    for one, way in wanted.items():
        for known, near in zip(values, near_bands(one, _farthest(way)), strict=True):
            known.update(near)
    return {
        known
        for column, parts in zip(_BANDS, values, strict=True)
        for known in db.scalars(select(LikenessRow.perceptual).where(column.in_(sorted(parts))))
        if known is not None
    }


def not_looked_at(db: Session, most: int, after: str = "") -> tuple[str, ...]:
    """Return photographs with a full pack of which it is not known what they look like."""
    query = (
        select(PhotographRow.id)
        .where(PhotographRow.id > after, _has_full_pack(), ~_is_known())
        .order_by(PhotographRow.id)
        .limit(most)
    )
    return tuple(db.scalars(query))


def _has_full_pack() -> ColumnElement[bool]:
    return exists().where(PackRow.photograph_id == PhotographRow.id, PackRow.recipe == "full")


def _is_known() -> ColumnElement[bool]:
    return exists().where(
        LikenessRow.photograph_id == PhotographRow.id,
        MasterRow.photograph_id == PhotographRow.id,
        LikenessRow.master_sha256 == MasterRow.sha256,
    )


def count(db: Session) -> int:
    """Return of how many photographs it is known what they look like."""
    return db.scalar(select(func.count()).select_from(LikenessRow)) or 0
