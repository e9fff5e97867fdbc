"""Reads and writes of the papers that the register rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dam.records.agreement_rows import EvidenceRow


@dataclass(frozen=True, slots=True)
class Evidence:
    """A paper: its digest, and what it was called when it came in."""

    sha256: str
    key: str
    name: str
    media_type: str
    size_bytes: int


def add(db: Session, paper: Evidence, by: str, now: datetime) -> None:
    """Write a paper, unless the same bytes are there."""
    if db.get(EvidenceRow, paper.sha256) is None:
        db.add(
            EvidenceRow(
                sha256=paper.sha256,
                key=paper.key,
                name=paper.name,
                media_type=paper.media_type,
                size_bytes=paper.size_bytes,
                received_at=now,
                received_by=by,
            )
        )


def papers(db: Session, digests: Iterable[str]) -> dict[str, Evidence]:
    """Return the papers of these digests."""
    query = select(EvidenceRow).where(EvidenceRow.sha256.in_(sorted(digests)))
    return {
        row.sha256: Evidence(row.sha256, row.key, row.name, row.media_type, row.size_bytes)
        for row in db.scalars(query)
    }
