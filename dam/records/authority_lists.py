"""Authority records as lists show them: by name, and with what uses them."""

from collections.abc import Sequence

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from dam.catalogue.authorities import Authority, AuthorityKind
from dam.catalogue.links import LinkKind
from dam.records.authorities import authorities
from dam.records.authority_rows import AuthorityNameRow, AuthorityRow
from dam.records.words import CreatorRow, PersonRow, PlaceNameRow


def count(db: Session, kinds: Sequence[AuthorityKind]) -> int:
    """Return how many records of these kinds stand."""
    query = select(func.count(AuthorityRow.id)).where(
        AuthorityRow.kind.in_(kinds), AuthorityRow.merged_into.is_(None)
    )
    return db.scalar(query) or 0


def by_name(
    db: Session, kinds: Sequence[AuthorityKind], *, offset: int, most: int
) -> tuple[Authority, ...]:
    """Return records in the order of their first names."""
    query = (
        select(AuthorityRow.id)
        .join(AuthorityNameRow, AuthorityNameRow.authority_id == AuthorityRow.id)
        .where(AuthorityNameRow.position == 0)
        .where(AuthorityRow.kind.in_(kinds), AuthorityRow.merged_into.is_(None))
        .order_by(AuthorityNameRow.folded, AuthorityRow.id)
        .offset(offset)
        .limit(most)
    )
    ordered = db.scalars(query).all()
    found = authorities(db, ordered)
    return tuple(found[one] for one in ordered if one in found)


def within(db: Session, place_id: str, *, most: int) -> tuple[Authority, ...]:
    """Return the places that lie directly in a place, in the order of their first names."""
    query = (
        select(AuthorityRow.id)
        .join(AuthorityNameRow, AuthorityNameRow.authority_id == AuthorityRow.id)
        .where(AuthorityNameRow.position == 0, AuthorityRow.parent_id == place_id)
        .where(AuthorityRow.merged_into.is_(None))
        .order_by(AuthorityNameRow.folded, AuthorityRow.id)
        .limit(most)
    )
    ordered = db.scalars(query).all()
    found = authorities(db, ordered)
    return tuple(found[one] for one in ordered if one in found)


def uses(db: Session, authority_id: str, *, most: int) -> tuple[tuple[str, LinkKind], ...]:
    """Return the photographs that name a record, each with what the record is to it."""
    named = union_all(
        *(
            select(row.photograph_id, literal(kind.value).label("kind")).where(
                column == authority_id
            )
            for kind, row, column in (
                (LinkKind.CONTRIBUTOR, CreatorRow, CreatorRow.agent_id),
                (LinkKind.PERSON, PersonRow, PersonRow.agent_id),
                (LinkKind.PLACE, PlaceNameRow, PlaceNameRow.place_id),
            )
        )
    ).subquery()
    query = select(named.c.photograph_id, named.c.kind).distinct()
    ordered = query.order_by(named.c.photograph_id, named.c.kind).limit(most)
    return tuple((one, LinkKind(kind)) for one, kind in db.execute(ordered))
