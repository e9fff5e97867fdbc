"""What the public can browse by: values in the order of their names, to be counted and decided.

Each is a candidate; whether anything of it may be shown is for the index and the decision to say.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from dam.catalogue.marks import MarkKind
from dam.catalogue.names import fold
from dam.records.authority_rows import AuthorityNameRow, AuthorityRow
from dam.records.search import FIRST_OF_DAY
from dam.records.search_rows import SearchDocumentRow, SearchLabelRow
from dam.records.series_rows import SeriesRow


def series(db: Session) -> list[str]:
    """Return every series by its title."""
    return _by_name(db.execute(select(SeriesRow.id, SeriesRow.title)))


def labelled(db: Session, kind: MarkKind) -> list[str]:
    """Return the values of marks of a kind by their labels."""
    query = select(SearchLabelRow.mark, SearchLabelRow.label).where(
        SearchLabelRow.mark.startswith(kind.value, autoescape=True)
    )
    return _by_name((one[1:], label) for one, label in db.execute(query))


def places(db: Session, inside: str = "") -> list[str]:
    """Return every place by its first name, or those that lie immediately in another."""
    query = (
        select(AuthorityRow.id, AuthorityNameRow.name)
        .join(AuthorityNameRow, AuthorityNameRow.authority_id == AuthorityRow.id)
        .where(AuthorityNameRow.position == 0, AuthorityRow.kind == "place")
        .where(AuthorityRow.merged_into.is_(None))
    )
    if inside:
        query = query.where(AuthorityRow.parent_id == inside)
    return _by_name(db.execute(query))


def decades(db: Session) -> list[str]:
    """Return the decades from that of the first date to that of the last, such as 1990."""
    number = SearchDocumentRow.number
    first = db.scalar(select(func.min(number)).where(number >= FIRST_OF_DAY))
    last = db.scalar(select(func.max(number)))
    if first is None or last is None:
        return []
    years = (date.fromordinal(number // FIRST_OF_DAY).year for number in (first, last))
    begin, end = (year // 10 for year in years)
    return [f"{decade}0" for decade in range(begin, end + 1)]


def _by_name(rows: Iterable[Row[str, str] | tuple[str, str]]) -> list[str]:
    return [one for _, one in sorted((fold(name), one) for one, name in rows)]
