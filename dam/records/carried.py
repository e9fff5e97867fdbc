"""Reads and writes of what a master's file says about itself."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import insert, select

from dam.metadata.blocks import BlockKind, RawBlocks
from dam.metadata.file_claims import FileClaim
from dam.records.base import Session
from dam.records.file_metadata import MetadataBlockRow, MetadataClaimRow

_EXTENDED, _DIGEST = "extended XMP", "IPTC digest"


def keep(db: Session, photograph_id: str, blocks: RawBlocks, claims: Sequence[FileClaim]) -> None:
    """Write the blocks of a new photograph's file verbatim, and the values that they claim."""
    found = {
        BlockKind.EXIF: blocks.exif,
        BlockKind.IIM: blocks.iim,
        BlockKind.XMP: blocks.xmp,
        _EXTENDED: blocks.extended_xmp,
        _DIGEST: blocks.iim_digest,
    }
    rows = [
        {
            "photograph_id": photograph_id,
            "kind": str(kind),
            "sha256": hashlib.sha256(content).hexdigest(),
            "content": content,
        }
        for kind, content in found.items()
        if content
    ]
    if rows:
        db.execute(insert(MetadataBlockRow), rows)
    said = [_row(photograph_id, position, claim) for position, claim in enumerate(claims, 1)]
    if said:
        db.execute(insert(MetadataClaimRow), said)


def _row(photograph_id: str, position: int, claim: FileClaim) -> dict[str, str | int]:
    return {
        "photograph_id": photograph_id,
        "position": position,
        "block": str(claim.block),
        "name": claim.name,
        "label": claim.label,
        "value": claim.value,
        "language": claim.language,
        "note": claim.note,
    }


def claims(db: Session, photograph_id: str) -> tuple[FileClaim, ...]:
    """Return every claim of a photograph's file, in the order of the file."""
    query = (
        select(MetadataClaimRow)
        .where(MetadataClaimRow.photograph_id == photograph_id)
        .order_by(MetadataClaimRow.position)
    )
    return tuple(
        FileClaim(BlockKind(row.block), row.name, row.label, row.value, row.language, row.note)
        for row in db.scalars(query)
    )


def blocks(db: Session, photograph_id: str) -> RawBlocks:
    """Return the blocks of a photograph's file, as they stood there."""
    query = select(MetadataBlockRow).where(MetadataBlockRow.photograph_id == photograph_id)
    found = {row.kind: row.content for row in db.scalars(query)}
    return RawBlocks(
        exif=found.get(BlockKind.EXIF),
        xmp=found.get(BlockKind.XMP),
        iim=found.get(BlockKind.IIM),
        extended_xmp=found.get(_EXTENDED),
        iim_digest=found.get(_DIGEST),
    )
