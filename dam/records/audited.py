"""Reads what the audit looks at, page by page in the order of identifiers, in flat memory.

Most photographs share what is recorded of them with thousands of others. What is read of one is
therefore told without its own numbers, so that equal photographs are equal values and each
combination is judged once; the numbers of its records stand beside it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from json import loads
from typing import NamedTuple

from sqlalchemy import ColumnElement, Text, cast, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from dam.catalogue.people import Role
from dam.catalogue.text import TextField
from dam.records import entry_details
from dam.records.agreement_rows import CoverRow
from dam.records.agreements import LAYERS_OF
from dam.records.photographs import PhotographRow
from dam.records.register_facts import fold
from dam.records.register_values import NewRecord, RecordKind, RightsRecord
from dam.records.rights import RightsRecordRow
from dam.records.words import CreatorRow, PersonRow, TextRow
from dam.rights.agreements import Agreement
from dam.rights.audit import Audited, Printed
from dam.rights.credit import says_copyright
from dam.rights.facts import Covering, Layer

_AT_ONCE = 2000
_MOST_KNOWN = 50_000
_CREATING = tuple(role.value for role in Role if role.creates)
_PRINTED = (TextField.CREDIT.value, TextField.COPYRIGHT.value, TextField.SOURCE.value)
_SOME_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)  # no finding tells when something was recorded


class Entry(NamedTuple):
    """One rights record without its number; *supersedes* is a place among its photograph's."""

    kind: str
    layer: str
    text: str
    number: int | None
    day: date | None
    detail: str | None
    recorded_by: str
    supersedes: int | None


class Combination(NamedTuple):
    """What the findings of a photograph depend on, and nothing that is its own alone."""

    entries: tuple[Entry, ...]
    covers: tuple[tuple[int, str], ...]
    people_shown: bool
    printed: Printed


class AuditRow(NamedTuple):
    """One photograph: its combination, and the numbers of its records in the order of entries."""

    photograph_id: str
    combination: Combination
    numbers: tuple[int, ...]


def pages(
    db: Session, *, as_of: datetime | None = None, after: str = "", at_once: int = _AT_ONCE
) -> Iterator[tuple[AuditRow, ...]]:
    """Yield all photographs behind the identifier *after*, as they were known by *as_of*."""
    known: dict[str, bool] = {}
    while True:
        query = select(PhotographRow.id).where(PhotographRow.id > after)
        if as_of is not None:
            query = query.where(PhotographRow.created_at <= as_of)
        found = tuple(db.scalars(query.order_by(PhotographRow.id).limit(at_once)))
        if not found:
            return
        yield tuple(_page(db, found, as_of, known))
        after = found[-1]
        if len(known) > _MOST_KNOWN:
            known.clear()


def _page(
    db: Session, found: Sequence[str], as_of: datetime | None, known: dict[str, bool]
) -> Iterator[AuditRow]:
    entries = _entries(db, found, as_of)
    covers = _covers(db, found, as_of)
    printed = _printed(db, found, known)
    people = frozenset(db.scalars(select(PersonRow.photograph_id).where(*_among(PersonRow, found))))
    nothing = ((), ())
    for one in found:
        told, numbers = entries.get(one, nothing)
        combination = Combination(
            told, covers.get(one, ()), one in people, printed.get(one, Printed())
        )
        yield AuditRow(one, combination, numbers)


_Described = type[RightsRecordRow | CoverRow | TextRow | CreatorRow | PersonRow]


def _among(row: _Described, found: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    """Return the condition for the rows of a page: a range, since a page is one."""
    column: InstrumentedAttribute[str] = row.photograph_id
    return column >= found[0], column <= found[-1]


def _entries(
    db: Session, found: Sequence[str], as_of: datetime | None
) -> dict[str, tuple[tuple[Entry, ...], tuple[int, ...]]]:
    row = RightsRecordRow
    query = select(
        row.photograph_id, row.id, row.kind, row.layer, row.text, row.number, row.day,
        cast(row.detail, Text), row.recorded_by, row.supersedes,
    ).where(*_among(row, found))  # fmt: skip
    if as_of is not None:
        query = query.where(row.recorded_at <= as_of)
    rows: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
    for photograph, number, *rest in db.execute(query.order_by(row.photograph_id, row.id)):
        entry = Entry(*rest)
        if entry.supersedes is not None:
            entry = entry._replace(supersedes=_place(entry.supersedes, rows[photograph]))
        rows[photograph].append((number, entry))
    return {
        one: (tuple(entry for _, entry in each), tuple(number for number, _ in each))
        for one, each in rows.items()
    }


def _place(number: int, before: Sequence[tuple[int, Entry]]) -> int:
    """Return the place of the record of that number; -1 where it was not known yet."""
    return next((place for place, (one, _) in enumerate(before) if one == number), -1)


def _covers(
    db: Session, found: Sequence[str], as_of: datetime | None
) -> dict[str, tuple[tuple[int, str], ...]]:
    row = CoverRow
    query = select(row.photograph_id, row.agreement, row.layers).where(*_among(row, found))
    if as_of is not None:
        query = query.where(row.recorded_at <= as_of)
    newest: dict[str, dict[int, str]] = defaultdict(dict)
    for photograph, number, layers in db.execute(query.order_by(row.id)):
        newest[photograph][number] = layers
    return {
        photograph: tuple((number, layers) for number, layers in sorted(each.items()) if layers)
        for photograph, each in newest.items()
    }


def _printed(db: Session, found: Sequence[str], known: dict[str, bool]) -> dict[str, Printed]:
    signed, named = set(), set()
    row = TextRow
    query = select(row.photograph_id, row.field, row.value).where(
        *_among(row, found), row.field.in_(_PRINTED)
    )
    for photograph, field, value in db.execute(query):
        if field != TextField.COPYRIGHT and value:
            named.add(photograph)
        if field != TextField.SOURCE and _says_copyright(value, known):
            signed.add(photograph)
    makers = select(CreatorRow.photograph_id).where(
        *_among(CreatorRow, found), CreatorRow.role.in_(_CREATING), CreatorRow.name != ""
    )
    named.update(db.scalars(makers))
    return {
        one: Printed(says_copyright=one in signed, names_somebody=one in named)
        for one in signed | named
    }


def _says_copyright(text: str, known: dict[str, bool]) -> bool:
    if text not in known:
        known[text] = says_copyright(text)
    return known[text]


def audited(combination: Combination, agreements: Mapping[int, Agreement]) -> Audited:
    """Return what is judged of a combination; its records are named by their places, from 0."""
    covering = tuple(
        Covering(agreements[number], LAYERS_OF[layers])
        for number, layers in combination.covers
        if number in agreements
    )
    records = [_record(place, entry) for place, entry in enumerate(combination.entries)]
    facts = fold(records, covering, people_shown=combination.people_shown)
    return Audited(facts, combination.printed)


def _record(place: int, entry: Entry) -> RightsRecord:
    detail = None if entry.detail is None else entry_details.read(entry.kind, loads(entry.detail))
    new = NewRecord(
        RecordKind(entry.kind), entry.text, entry.number, entry.day, Layer(entry.layer), detail,
        entry.supersedes,
    )  # fmt: skip
    return RightsRecord(place, new, _SOME_MOMENT, entry.recorded_by)


def titles(db: Session, photographs: Sequence[str], language: str) -> dict[str, str]:
    """Return the title of each that has one, in *language* where there is one."""
    query = (
        select(TextRow.photograph_id, TextRow.language, TextRow.value)
        .where(TextRow.photograph_id.in_(photographs), TextRow.field == TextField.TITLE.value)
        .order_by(TextRow.language)
    )
    found: dict[str, str] = {}
    for photograph, tongue, value in db.execute(query):
        if value and (photograph not in found or tongue == language):
            found[photograph] = value
    return found
