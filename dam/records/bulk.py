"""Many rows at once, for benchmarks: photographs of which nothing but the index holds words."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.orm import Session

from dam.records import search
from dam.records.photographs import MasterRow, PackRow, PhotographRow
from dam.records.search import Document


def add_bare(db: Session, documents: Sequence[Document]) -> None:
    """Write photographs without words or files, and put their documents into the index."""
    rows = [
        {"id": one.photograph_id, "created_at": one.created_at, "revision": 1} for one in documents
    ]
    db.execute(insert(PhotographRow), rows)
    masters = [
        {
            "photograph_id": one.photograph_id,
            "sha256": one.photograph_id.rjust(64, "0"),
            "key": one.photograph_id,
            "size_bytes": 1,
            "media_type": "image/jpeg",
            "width": 1,
            "height": 1,
            "received_at": one.created_at,
            "notes": [],
        }
        for one in documents
    ]
    db.execute(insert(MasterRow), masters)
    packs = [
        {
            "photograph_id": one.photograph_id,
            "recipe": "full",
            "key": one.photograph_id,
            "digest": one.photograph_id,
            "width": 1,
            "height": 1,
            "tile_size": 512,
            "grayscale": False,
            "size_bytes": 1,
            "made_at": one.created_at,
        }
        for one in documents
    ]
    db.execute(insert(PackRow), packs)
    search.put(db, documents)
