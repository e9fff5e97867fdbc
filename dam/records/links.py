"""Links of photographs to authority records: who names a record, and links that a merge moves."""

from collections.abc import Sequence

from sqlalchemy import func, select, union_all, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from dam.catalogue.links import LinkKind
from dam.records.authority_rows import AuthorityRow, MovedLinkRow
from dam.records.words import CreatorRow, PersonRow, PlaceNameRow

_PARENT = "parent"
_Link = tuple[
    type[CreatorRow | PersonRow | PlaceNameRow],
    InstrumentedAttribute[str | None],
    InstrumentedAttribute[str],
]
_LINKS: dict[LinkKind, _Link] = {
    LinkKind.CONTRIBUTOR: (CreatorRow, CreatorRow.agent_id, CreatorRow.name),
    LinkKind.PERSON: (PersonRow, PersonRow.agent_id, PersonRow.words),
    LinkKind.PLACE: (PlaceNameRow, PlaceNameRow.place_id, PlaceNameRow.words),
}


def photographs_naming(
    db: Session, authority_id: str, *, offset: int = 0, most: int = 500
) -> tuple[str, ...]:
    """Return the photographs that name a record, as maker, as person shown, or as place."""
    named = union_all(
        *(select(row.photograph_id).where(column == authority_id) for row, column, _ in _links())
    ).subquery()
    column = named.c.photograph_id
    query = select(column).distinct().order_by(column).offset(offset).limit(most)
    return tuple(db.scalars(query))


def with_people(db: Session, photographs: Sequence[str]) -> frozenset[str]:
    """Return those of these photographs in which somebody is said to be shown."""
    query = select(PersonRow.photograph_id).where(PersonRow.photograph_id.in_(photographs))
    return frozenset(db.scalars(query.distinct()))


def count_uses(db: Session, authority_id: str) -> int:
    """Return how many links name a record."""
    counts = (
        db.scalar(select(func.count()).select_from(row).where(column == authority_id))
        for row, column, _ in _links()
    )
    return sum(count or 0 for count in counts)


def _links() -> tuple[_Link, ...]:
    return tuple(_LINKS.values())


def move(db: Session, old: str, new: str, group: str) -> int:
    """Move every link and every smaller place from *old* to *new*; return how many there were.

    What was moved is kept under *group*, so that it can be moved back.
    """
    moved = []
    for kind, (row, column, words) in _LINKS.items():
        query = select(row.photograph_id, row.position, words).where(column == old)
        moved += [(kind.value, owner, place, text) for owner, place, text in db.execute(query)]
        db.execute(update(row).where(column == old).values({column.key: new}))
    children = select(AuthorityRow.id).where(AuthorityRow.parent_id == old)
    moved += [(_PARENT, child, 0, "") for child in db.scalars(children) if child != new]
    db.execute(
        update(AuthorityRow)
        .where(AuthorityRow.parent_id == old, AuthorityRow.id != new)
        .values(parent_id=new)
    )
    db.add_all(
        MovedLinkRow(group_id=group, kind=kind, owner_id=owner, position=place, words=text)
        for kind, owner, place, text in moved
    )
    db.expire_all()
    return len(moved)


def move_back(db: Session, new: str, old: str, group: str) -> int:
    """Move the links of *group* from *new* back to *old*; return how many were.

    A link that somebody has changed since, in its words or in whom it names, stays as it is.
    """
    back = 0
    query = select(MovedLinkRow).where(MovedLinkRow.group_id == group).order_by(MovedLinkRow.id)
    for link in db.scalars(query).all():
        if link.kind == _PARENT:
            back += _move_child_back(db, link.owner_id, new, old)
        else:
            back += _move_link_back(db, link, new, old)
    db.expire_all()
    return back


def _move_child_back(db: Session, child: str, new: str, old: str) -> int:
    here = (AuthorityRow.id == child) & (AuthorityRow.parent_id == new)
    if db.scalar(select(AuthorityRow.id).where(here)) is None:
        return 0
    db.execute(update(AuthorityRow).where(here).values(parent_id=old))
    return 1


def _move_link_back(db: Session, link: MovedLinkRow, new: str, old: str) -> int:
    row, column, words = _LINKS[LinkKind(link.kind)]
    here = (row.photograph_id == link.owner_id) & (column == new) & (words == link.words)
    places = db.scalars(select(row.position).where(here).order_by(row.position)).all()
    if not places:
        return 0
    # Where an edit has put others before it, the first of the same words is meant.
    place = link.position if link.position in places else places[0]
    db.execute(update(row).where(here, row.position == place).values({column.key: old}))
    return 1
