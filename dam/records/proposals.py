"""Reads and writes of the repairs that wait for a person."""

from collections.abc import Iterable

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from dam.catalogue.repair import Proposal as Repair
from dam.records import stale
from dam.records.photographs import ProposalRow
from dam.records.values import Proposal


def replace_proposals(
    db: Session, photograph_id: str, field: str, language: str, repairs: Iterable[Repair]
) -> None:
    """Write the open repairs of one text in place of those that were open before.

    What a person has decided to keep as it is, is not proposed again.
    """
    stale.photograph(db, photograph_id)
    kept = set(
        db.scalars(
            select(ProposalRow.found).where(
                ProposalRow.photograph_id == photograph_id,
                ProposalRow.field == field,
                ProposalRow.language == language,
                ProposalRow.state == "kept",
            )
        )
    )
    db.execute(
        delete(ProposalRow).where(
            ProposalRow.photograph_id == photograph_id,
            ProposalRow.field == field,
            ProposalRow.language == language,
            ProposalRow.state == "open",
        )
    )
    db.add_all(
        ProposalRow(
            photograph_id=photograph_id,
            field=field,
            language=language,
            start=repair.start,
            found=repair.found,
            proposed=repair.proposed,
            confidence=repair.confidence,
            reason=repair.reason,
            state="open",
        )
        for repair in repairs
        if repair.found not in kept
    )


def open_proposals(db: Session, photograph_id: str | None = None) -> tuple[Proposal, ...]:
    """Return the repairs that wait for a person, of one photograph or of all."""
    query = select(ProposalRow).where(ProposalRow.state == "open").order_by(ProposalRow.id)
    if photograph_id is not None:
        query = query.where(ProposalRow.photograph_id == photograph_id)
    return tuple(
        Proposal(
            row.id,
            row.photograph_id,
            row.field,
            row.language,
            row.start,
            row.found,
            row.proposed,
            row.confidence,
            row.reason,
            row.state,
        )
        for row in db.scalars(query)
    )


def open_proposal(db: Session, photograph_id: str, proposal_id: int) -> Proposal | None:
    """Return one open repair of a photograph, if it is one."""
    found = open_proposals(db, photograph_id)
    return next((one for one in found if one.id == proposal_id), None)


def settle_proposal(db: Session, proposal_id: int, state: str) -> None:
    """Mark a repair as accepted or kept."""
    owner = db.scalar(
        update(ProposalRow)
        .where(ProposalRow.id == proposal_id)
        .values(state=state)
        .returning(ProposalRow.photograph_id)
    )
    if owner is not None:
        stale.photograph(db, owner)
