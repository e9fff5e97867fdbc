"""What the records of one photograph amount to, as the facts of its decision."""

from collections.abc import Iterable
from typing import TypeVar

from dam.records.register_values import RecordKind, RightsRecord, Standing, standing
from dam.rights.entries import (
    Assessment,
    Detail,
    ReleaseGiven,
    RestrictionSet,
)
from dam.rights.facts import (
    Cap,
    Ceiling,
    Covering,
    Embargo,
    Facts,
    Hold,
    Layer,
    LegalException,
    OrphanSearch,
    Publication,
    RecordedStatement,
    Release,
    Restriction,
    Sensitivity,
    Showing,
    Step,
    Withdrawal,
    WorkShown,
)

_Kind = TypeVar("_Kind", bound=Detail)


def fold(
    records: Iterable[RightsRecord],
    agreements: tuple[Covering, ...] = (),
    *,
    people_shown: bool = False,
) -> Facts:
    """Return the facts that records, oldest first, amount to."""
    holding = standing(records)
    publication = holding.of(RecordKind.PUBLICATION)
    releases = tuple(map(_release, holding.all_of(RecordKind.RELEASE)))
    return Facts(
        publication=Publication(publication.value.text) if publication else Publication.DRAFT,
        statement=_statement(holding.of(RecordKind.STATEMENT)),
        showing=_showing(holding.of(RecordKind.SHOWING)),
        work=_work(holding),
        exceptions=tuple(map(_exception, holding.all_of(RecordKind.EXCEPTION))),
        agreements=agreements,
        releases=releases,
        restrictions=tuple(map(_restriction, holding.all_of(RecordKind.RESTRICTION))),
        searches=tuple(map(_search, holding.all_of(RecordKind.ORPHAN_SEARCH))),
        ceiling=_ceiling(holding.of(RecordKind.CEILING)),
        cap=_cap(holding.of(RecordKind.CAP)),
        embargo=_embargo(holding.of(RecordKind.EMBARGO)),
        sensitivity=_sensitivity(holding),
        withdrawal=_withdrawal(holding.of(RecordKind.WITHDRAWAL)),
        people_shown=people_shown or bool(releases),
    )


def _detail(record: RightsRecord, kind: type[_Kind]) -> _Kind:
    """Return what a record says beyond its value; what it does not say is as by default."""
    return record.value.detail if isinstance(record.value.detail, kind) else kind()


def _statement(record: RightsRecord | None) -> RecordedStatement | None:
    if record is None or not record.value.text:
        return None
    label = _detail(record, Assessment).label
    return RecordedStatement(record.value.text, record.name, label, record.value.day)


def _work(holding: Standing) -> WorkShown | None:
    record = holding.of(RecordKind.STATEMENT, Layer.WORK)
    if record is None:
        return None
    return WorkShown(
        record=record.name,
        title=_detail(record, Assessment).title,
        statement=_statement(record),
        showing=_showing(holding.of(RecordKind.SHOWING, Layer.WORK)),
    )


def _showing(record: RightsRecord | None) -> Showing | None:
    if record is None or record.value.day is None:
        return None
    on = record.recorded_at.date()
    return Showing(record.recorded_by, on, record.value.day, record.name)


def _exception(record: RightsRecord) -> LegalException:
    new = record.value
    return LegalException(new.text, new.layer, record.name, new.day)


def _release(record: RightsRecord) -> Release:
    said = _detail(record, ReleaseGiven)
    return Release(
        kind=said.kind,
        person=record.value.text,
        state=said.state,
        record=record.name,
        purposes=said.purposes,
        until=record.value.day,
        is_ground=said.is_ground,
        minor=said.minor,
    )


def _restriction(record: RightsRecord) -> Restriction:
    said = _detail(record, RestrictionSet)
    return Restriction(
        kind=said.kind,
        effect=said.effect,
        record=record.name,
        binds=said.binds,
        start=said.start,
        end=record.value.day,
        authority=said.authority,
        review_on=said.review_on,
        words=said.words,
        persons=said.persons,
    )


def _search(record: RightsRecord) -> OrphanSearch:
    new = record.value
    return OrphanSearch(new.layer, record.name, new.text, new.day)


def _ceiling(record: RightsRecord | None) -> Ceiling | None:
    return None if record is None else Ceiling(Step.of_word(record.value.text), record.name)


def _cap(record: RightsRecord | None) -> Cap | None:
    if record is None or record.value.number is None:
        return None
    return Cap(record.value.number, record.name)


def _embargo(record: RightsRecord | None) -> Embargo | None:
    if record is None or record.value.day is None:
        return None
    return Embargo(record.value.day, record.name, Hold(record.value.text or Hold.PLAIN))


def _sensitivity(holding: Standing) -> Sensitivity | None:
    record, review = holding.of(RecordKind.SENSITIVITY), holding.of(RecordKind.REVIEW)
    if record is None:
        return None
    terms = tuple(term.strip() for term in record.value.text.split(";") if term.strip())
    return Sensitivity(terms, review.recorded_by if review else None, record.name)


def _withdrawal(record: RightsRecord | None) -> Withdrawal | None:
    if record is None:
        return None
    return Withdrawal(record.name, record.recorded_by, record.recorded_at, record.value.text)
