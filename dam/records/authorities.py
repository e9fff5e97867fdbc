"""Reads and writes of authority records."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, selectinload

from dam.catalogue.authorities import (
    Authority,
    AuthorityKind,
    AuthorityName,
    Coordinates,
    Identifier,
    NameStatus,
    Scheme,
)
from dam.catalogue.names import fold, spelling_key
from dam.errors import Conflict, NotFound
from dam.records.authority_rows import AuthorityIdentifierRow, AuthorityNameRow, AuthorityRow

AGENTS = (AuthorityKind.PERSON, AuthorityKind.ORGANISATION, AuthorityKind.AGENT)
PLACES = (AuthorityKind.PLACE,)
_WHOLE = (selectinload(AuthorityRow.names), selectinload(AuthorityRow.identifiers))
_ESCAPE = "\\"
_MOST_STEPS = 50  # of redirects or parents; a longer chain is a ring


class UnknownAuthority(NotFound):
    """There is no authority record of that identifier."""

    def __init__(self) -> None:
        super().__init__("There is no authority record of that identifier.")


class AuthorityConflict(Conflict):
    """Somebody else saved this authority record in the meantime."""

    def __init__(self, mine: int, theirs: int) -> None:
        super().__init__("Somebody else saved this record in the meantime; compare the two.")
        self.mine, self.theirs = mine, theirs


@dataclass(frozen=True, slots=True)
class StoredAuthority:
    """An authority record and the revision that was read."""

    authority: Authority
    revision: int


def add(db: Session, authority: Authority, now: datetime) -> None:
    """Write a new record."""
    row = AuthorityRow(id=authority.id, created_at=now, revision=1)
    _fill(row, authority)
    db.add(row)
    db.flush()  # rows that name it follow, and so do searches for it


def write(db: Session, authority: Authority) -> int:
    """Write a record that exists and return its new revision; raises ``UnknownAuthority``."""
    row = _row(db, authority.id)
    # The old rows go first: a new one may take the primary key of one that is replaced.
    row.names, row.identifiers = [], []
    db.flush()
    _fill(row, authority)
    row.revision += 1
    db.flush()
    return row.revision


def _fill(row: AuthorityRow, one: Authority) -> None:
    row.kind, row.life_dates, row.note = one.kind, one.life_dates, one.note
    row.parent_id, row.place_kind = one.parent_id or None, one.place_kind
    row.merged_into = one.merged_into or None
    point = one.coordinates
    row.latitude = None if point is None else point.latitude
    row.longitude = None if point is None else point.longitude
    row.precision_metres = 0 if point is None else point.precision_metres
    row.names = [
        AuthorityNameRow(
            position=place,
            name=name.name,
            folded=fold(name.name),
            spelling=spelling_key(name.name),
            language=name.language,
            script=name.script,
            status=name.status,
            preferred=name.preferred,
            period=name.period,
            source=name.source,
        )
        for place, name in enumerate(one.names)
    ]
    row.identifiers = [
        AuthorityIdentifierRow(position=place, scheme=number.scheme, value=number.value)
        for place, number in enumerate(one.identifiers)
    ]


def _value(row: AuthorityRow) -> Authority:
    point = None
    if row.latitude is not None and row.longitude is not None:
        point = Coordinates(row.latitude, row.longitude, row.precision_metres)
    return Authority(
        id=row.id,
        kind=AuthorityKind(row.kind),
        names=tuple(
            AuthorityName(
                name=one.name,
                language=one.language,
                script=one.script,
                status=NameStatus(one.status),
                preferred=one.preferred,
                period=one.period,
                source=one.source,
            )
            for one in row.names
        ),
        identifiers=tuple(Identifier(Scheme(one.scheme), one.value) for one in row.identifiers),
        life_dates=row.life_dates,
        note=row.note,
        parent_id=row.parent_id or "",
        place_kind=row.place_kind,
        coordinates=point,
        merged_into=row.merged_into or "",
    )


def _row(db: Session, authority_id: str, *, lock: bool = False) -> AuthorityRow:
    query = select(AuthorityRow).where(AuthorityRow.id == authority_id).options(*_WHOLE)
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise UnknownAuthority
    return row


def authority(db: Session, authority_id: str, *, lock: bool = False) -> StoredAuthority:
    """Return one record as it is, merged or not; raises ``UnknownAuthority``."""
    row = _row(db, authority_id, lock=lock)
    return StoredAuthority(_value(row), row.revision)


def check_revision(db: Session, authority_id: str, revision: int) -> Authority:
    """Return the record as it is now, locked, if it still has this revision.

    Raises:
        UnknownAuthority, AuthorityConflict
    """
    found = authority(db, authority_id, lock=True)
    if found.revision != revision:
        raise AuthorityConflict(revision, found.revision)
    return found.authority


def authorities(db: Session, identifiers: Collection[str]) -> dict[str, Authority]:
    """Return the records that stand for *identifiers* now, by the identifier asked for.

    One that was merged gives the record that took its place; unknown ones are left out.
    """
    now = redirects(db, identifiers)
    query = select(AuthorityRow).where(AuthorityRow.id.in_(set(now.values()))).options(*_WHOLE)
    found = {row.id: _value(row) for row in db.scalars(query)}
    return {old: found[new] for old, new in now.items() if new in found}


def redirects(db: Session, identifiers: Collection[str]) -> dict[str, str]:
    """Return which record stands for each identifier now: itself, or what it was merged into."""
    now = {one: one for one in identifiers}
    for _ in range(_MOST_STEPS):
        query = select(AuthorityRow.id, AuthorityRow.merged_into).where(
            AuthorityRow.id.in_(set(now.values())), AuthorityRow.merged_into.is_not(None)
        )
        steps: dict[str, str] = {old: new for old, new in db.execute(query) if new}
        if not steps:
            break
        now = {one: steps.get(current, current) for one, current in now.items()}
    return now


def ancestors(db: Session, place_id: str) -> tuple[str, ...]:
    """Return the places that a place lies in, the nearest first."""
    found: list[str] = []
    current = _parent(db, place_id)
    while current is not None and current not in found and len(found) < _MOST_STEPS:
        found.append(current)
        current = _parent(db, current)
    return tuple(found)


def _parent(db: Session, place_id: str) -> str | None:
    return db.scalar(select(AuthorityRow.parent_id).where(AuthorityRow.id == place_id))


def named(db: Session, kinds: Sequence[AuthorityKind], name: str) -> tuple[Authority, ...]:
    """Return the records of these kinds that have *name*, whatever its capitals and accents."""
    return _found(db, _of_kinds(kinds).where(AuthorityNameRow.folded == fold(name)))


def spelled(db: Session, kinds: Sequence[AuthorityKind], name: str) -> tuple[Authority, ...]:
    """Return the records that have a name of the same sound: Aghdam, Agdam, Ağdam."""
    return _found(db, _of_kinds(kinds).where(AuthorityNameRow.spelling == spelling_key(name)))


def search(
    db: Session, kinds: Sequence[AuthorityKind], words: str, *, most: int = 20
) -> tuple[Authority, ...]:
    """Return the records in whose names some words begin with *words*, those in order first.

    For the list that opens while somebody types.
    """
    folded = fold(words)
    if not folded:
        return ()
    for mark in (_ESCAPE, "%", "_"):
        folded = folded.replace(mark, _ESCAPE + mark)
    column = AuthorityNameRow.folded
    begins = column.like(f"{folded}%", escape=_ESCAPE)
    within = column.like(f"% {folded}%", escape=_ESCAPE)
    first = _found(db, _of_kinds(kinds).where(begins).limit(most))
    if len(first) == most:
        return first
    others = _found(db, _of_kinds(kinds).where(or_(begins, within)).limit(most + len(first)))
    return tuple(dict.fromkeys((*first, *others)))[:most]


def _of_kinds(kinds: Sequence[AuthorityKind]) -> Select[AuthorityRow]:
    return (
        select(AuthorityRow)
        .where(AuthorityRow.kind.in_(kinds), AuthorityRow.merged_into.is_(None))
        .where(AuthorityRow.id == AuthorityNameRow.authority_id)
        .distinct()
        .order_by(AuthorityRow.id)
        .options(*_WHOLE)
    )


def _found(db: Session, query: Select[AuthorityRow]) -> tuple[Authority, ...]:
    return tuple(map(_value, db.scalars(query)))


def parents_of(db: Session, places: Iterable[Authority]) -> dict[str, Authority]:
    """Return the larger places of *places*, by their identifiers; for telling two apart."""
    return authorities(db, {place.parent_id for place in places if place.parent_id})
