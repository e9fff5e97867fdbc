"""What canvases are built from, in a form that tells whether any of it has changed."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from dam.records.authority_rows import AuthorityRow
from dam.records.photographs import PackRow, PhotographRow
from dam.records.words import PlaceNameRow

_AT_ONCE = 500  # values in one statement

Inputs = tuple[object, ...]


def inputs_of(db: Session, photographs: Sequence[str]) -> dict[str, Inputs]:
    """Return of each photograph the revision of its words, its packs, and its places.

    Nothing else is read of them, so that a thousand cost a few statements.
    """
    found: dict[str, list[object]] = defaultdict(list)
    for start in range(0, len(photographs), _AT_ONCE):
        some = photographs[start : start + _AT_ONCE]
        into = aliased(AuthorityRow)
        queries = (
            select(PhotographRow.id, PhotographRow.revision).where(PhotographRow.id.in_(some)),
            select(PackRow.photograph_id, PackRow.recipe, PackRow.digest)
            .where(PackRow.photograph_id.in_(some))
            .order_by(PackRow.photograph_id, PackRow.recipe),
            select(
                PlaceNameRow.photograph_id, AuthorityRow.id, AuthorityRow.revision, into.revision
            )
            .join(AuthorityRow, AuthorityRow.id == PlaceNameRow.place_id)
            .outerjoin(into, into.id == AuthorityRow.merged_into)
            .where(PlaceNameRow.photograph_id.in_(some))
            .order_by(PlaceNameRow.photograph_id, AuthorityRow.id),
        )
        for query in queries:
            for photograph_id, *values in db.execute(query):
                found[photograph_id].append(tuple(values))
    return {one: tuple(values) for one, values in found.items()}
