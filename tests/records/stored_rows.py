"""Rows that tests of records begin with."""

from datetime import UTC, datetime

from dam.catalogue.changes import Description
from dam.iiif.geometry import Extent
from dam.records import catalogue, register
from dam.records.values import StoredMaster, StoredPack

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def add_photograph(db, photograph_id="abc", description=None, now=NOON):
    catalogue.add_photograph(
        db,
        photograph_id,
        original_name="DSC_0001.jpg",
        description=description or Description(),
        master=StoredMaster(
            key=f"masters/00/{photograph_id}",
            sha256=photograph_id.ljust(64, "0"),
            size_bytes=5_000_000_000,
            media_type="image/jpeg",
            extent=Extent(4000, 3000),
            notes=("It lies on its side.",),
        ),
        now=now,
    )
    db.flush()
    return photograph_id


def pack(digest="0123", recipe="full"):
    key = f"packs/ab/abc/{recipe}-{digest}.zip"
    return StoredPack(recipe, key, digest, Extent(9, 8), tile_size=512, grayscale=False)


def record(db, kind, text="", *, by="Rana", now=NOON, of="abc", **value):
    register.add(db, of, register.NewRecord(kind, text, **value), by, now)
    db.flush()


def facts(db, of="abc", as_of=None):
    return register.facts(db, [of], as_of=as_of)[of]
