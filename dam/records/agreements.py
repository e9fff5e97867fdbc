"""Reads and writes of agreements, and of the photographs that they cover."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dam.errors import NotFound
from dam.records import stale
from dam.records.agreement_rows import AgreementRow, CoverRow
from dam.rights.agreements import (
    Agreement,
    AgreementKind,
    Covering,
    Direction,
    Medium,
    Scope,
    UsePurpose,
)
from dam.rights.layers import BOTH, Layer

LAYERS_OF = {"both": BOTH, "photograph": (Layer.PHOTOGRAPH,), "work": (Layer.WORK,)}
"""Which layers the words of a cover mean."""
_WORDS = {layers: words for words, layers in LAYERS_OF.items()}


class UnknownAgreement(NotFound):
    """There is no agreement of that number."""

    def __init__(self) -> None:
        super().__init__("There is no agreement of that number.")


@dataclass(frozen=True, slots=True)
class StoredAgreement:
    """A version of an agreement with the row that holds it, who recorded it, and when."""

    version: int
    agreement: Agreement
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Cover:
    """A photograph that an agreement covers, and through what it came in."""

    photograph_id: str
    layers: tuple[Layer, ...]
    via: str = ""


def next_number(db: Session) -> int:
    """Return the number of the next agreement."""
    return (db.scalar(select(func.max(AgreementRow.number))) or 0) + 1


def add(db: Session, agreement: Agreement, by: str, now: datetime) -> int:
    """Write a version of an agreement and return its number of its own."""
    row = AgreementRow(
        number=agreement.number,
        direction=agreement.direction,
        kind=agreement.kind,
        licensor=agreement.licensor,
        licensee=agreement.licensee,
        territories=list(agreement.scope.territories),
        media=[medium.value for medium in agreement.scope.media],
        purposes=[purpose.value for purpose in agreement.scope.purposes],
        signed=agreement.signed,
        start=agreement.start,
        end=agreement.end,
        perpetual=agreement.perpetual,
        exclusive=agreement.exclusive,
        largest_pixels=agreement.largest_pixels,
        print_run=agreement.print_run,
        fee=agreement.fee,
        credit=agreement.credit,
        alterations=agreement.alterations,
        mining=agreement.mining,
        sublicensing=agreement.sublicensing,
        notice_days=agreement.notice_days,
        duties=list(agreement.duties),
        documents=list(agreement.documents),
        note=agreement.note,
        void=agreement.void,
        recorded_at=now,
        recorded_by=by,
    )
    db.add(row)
    db.flush()  # the number of the row is handed out
    return row.id


def _value(row: AgreementRow) -> StoredAgreement:
    scope = Scope(
        tuple(row.territories), tuple(map(Medium, row.media)), tuple(map(UsePurpose, row.purposes))
    )
    agreement = Agreement(
        number=row.number,
        direction=Direction(row.direction),
        kind=AgreementKind(row.kind),
        licensor=row.licensor,
        licensee=row.licensee,
        scope=scope,
        signed=row.signed,
        start=row.start,
        end=row.end,
        perpetual=row.perpetual,
        exclusive=row.exclusive,
        largest_pixels=row.largest_pixels,
        print_run=row.print_run,
        fee=row.fee,
        credit=row.credit,
        alterations=row.alterations,
        mining=row.mining,
        sublicensing=row.sublicensing,
        notice_days=row.notice_days,
        duties=tuple(row.duties),
        documents=tuple(row.documents),
        note=row.note,
        void=row.void,
    )
    return StoredAgreement(row.id, agreement, row.recorded_at, row.recorded_by)


def versions(db: Session, number: int) -> tuple[StoredAgreement, ...]:
    """Return every version of an agreement, newest first; raises ``UnknownAgreement``."""
    query = select(AgreementRow).where(AgreementRow.number == number)
    found = tuple(map(_value, db.scalars(query.order_by(AgreementRow.id.desc()))))
    if not found:
        raise UnknownAgreement
    return found


def all_agreements(db: Session, *, as_of: datetime | None = None) -> tuple[StoredAgreement, ...]:
    """Return the newest version of every agreement, by number, newest first."""
    newest = select(func.max(AgreementRow.id)).group_by(AgreementRow.number)
    if as_of is not None:
        newest = newest.where(AgreementRow.recorded_at <= as_of)
    query = select(AgreementRow).where(AgreementRow.id.in_(newest))
    return tuple(map(_value, db.scalars(query.order_by(AgreementRow.number.desc()))))


def of_numbers(
    db: Session, numbers: Iterable[int], *, as_of: datetime | None = None
) -> dict[int, Agreement]:
    """Return the newest version of each of these agreements."""
    wanted = select(func.max(AgreementRow.id)).where(AgreementRow.number.in_(sorted(numbers)))
    if as_of is not None:
        wanted = wanted.where(AgreementRow.recorded_at <= as_of)
    query = select(AgreementRow).where(AgreementRow.id.in_(wanted.group_by(AgreementRow.number)))
    return {row.number: _value(row).agreement for row in db.scalars(query)}


def put_cover(db: Session, number: int, covers: Iterable[Cover], by: str, now: datetime) -> None:
    """Write that an agreement covers photographs from now on; without layers, no more."""
    db.add_all(
        CoverRow(
            agreement=number,
            photograph_id=one.photograph_id,
            layers=_WORDS[one.layers] if one.layers else "",
            via=one.via,
            recorded_at=now,
            recorded_by=by,
        )
        for one in covers
    )


def touch(db: Session, photographs: Iterable[str]) -> None:
    """Say that photographs are to be put into the index anew: an agreement of theirs changed."""
    for one in photographs:
        stale.photograph(db, one)


def covers(db: Session, number: int) -> tuple[Cover, ...]:
    """Return the photographs that an agreement covers now, in the order in which they came."""
    row = CoverRow
    newest = select(func.max(row.id)).where(row.agreement == number).group_by(row.photograph_id)
    query = select(row).where(row.id.in_(newest), row.layers != "").order_by(row.id)
    return tuple(
        Cover(one.photograph_id, LAYERS_OF[one.layers], one.via) for one in db.scalars(query)
    )


def count_covers(db: Session) -> dict[int, int]:
    """Return how many photographs each agreement covers."""
    row = CoverRow
    newest = select(func.max(row.id)).group_by(row.agreement, row.photograph_id)
    query = select(row.agreement, func.count()).where(row.id.in_(newest), row.layers != "")
    return {found[0]: found[1] for found in db.execute(query.group_by(row.agreement))}


def covering(
    db: Session, photographs: Sequence[str], *, as_of: datetime | None = None
) -> dict[str, tuple[Covering, ...]]:
    """Return the agreements about each photograph, by number; two statements, or one for none."""
    row = CoverRow
    query = select(row.photograph_id, row.agreement, row.layers).where(
        row.photograph_id.in_(photographs)
    )
    if as_of is not None:
        query = query.where(row.recorded_at <= as_of)
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for photograph, number, layers in db.execute(query.order_by(row.id)):
        found[photograph][number] = layers
    numbers = {number for each in found.values() for number, layers in each.items() if layers}
    known = of_numbers(db, numbers, as_of=as_of) if numbers else {}
    return {
        photograph: tuple(
            Covering(known[number], LAYERS_OF[layers])
            for number, layers in sorted(each.items())
            if layers and number in known
        )
        for photograph, each in found.items()
    }
