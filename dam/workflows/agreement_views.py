"""Reads of agreements for the pages and programs of rights managers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dam.records import agreements, catalogue, register
from dam.records.agreements import Cover, StoredAgreement
from dam.records.base import Session
from dam.rights.agreements import Covering
from dam.rights.decision import decide
from dam.rights.facts import Audience, Facts, Purpose
from dam.rights.layers import BOTH, Layer
from dam.rights.steps import Step
from dam.workflows import desk
from dam.workflows.archive import Archive
from dam.workflows.presentation import Told

PAGE = 60
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ListedAgreement:
    """An agreement as it stands now, with how many photographs it covers."""

    stored: StoredAgreement
    count: int


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement with all its versions, newest first, and a page of what it covers."""

    versions: tuple[StoredAgreement, ...]
    covers: tuple[tuple[Cover, Told], ...]
    count: int
    number: int
    pages: int

    @property
    def newest(self) -> StoredAgreement:
        """The version that counts."""
        return self.versions[0]


@dataclass(frozen=True, slots=True)
class CoverPlan:
    """What covering would come to: who is new, and what the public would get, before and after.

    *steps* counts photographs by what the public gets now and what it would get.
    """

    agreement: StoredAgreement
    named: tuple[str, ...]
    new: tuple[str, ...]
    steps: tuple[tuple[tuple[Step, Step], int], ...]
    shown: tuple[Told, ...]


def everything(archive: Archive) -> tuple[ListedAgreement, ...]:
    """Return every agreement, newest first."""
    with archive.reading() as db:
        counts = agreements.count_covers(db)
        return tuple(
            ListedAgreement(one, counts.get(one.agreement.number, 0))
            for one in agreements.all_agreements(db)
        )


def view(archive: Archive, number: int, audience: Audience, page: int = 1) -> AgreementView:
    """Return an agreement with page *page* of what it covers; raises ``UnknownAgreement``."""
    with archive.reading() as db:
        versions = agreements.versions(db, number)
        covers = agreements.covers(db, number)
        pages = max(1, -(-len(covers) // PAGE))
        page = min(max(1, page), pages)
        shown = covers[(page - 1) * PAGE : page * PAGE]
        by_id = _told(db, archive, [one.photograph_id for one in shown], audience)
        listed = tuple((one, by_id[one.photograph_id]) for one in shown)
    return AgreementView(versions, listed, len(covers), page, pages)


def newest(archive: Archive, number: int) -> StoredAgreement:
    """Return the version of an agreement that counts; raises ``UnknownAgreement``."""
    with archive.reading() as db:
        return agreements.versions(db, number)[0]


def _told(
    db: Session, archive: Archive, identifiers: Sequence[str], audience: Audience
) -> dict[str, Told]:
    frames = desk.frames_in(db, archive, identifiers, audience)
    return {frame.told.photograph.id: frame.told for frame in frames}


def plan_cover(
    archive: Archive,
    number: int,
    named: Sequence[str],
    audience: Audience,
    *,
    layers: tuple[Layer, ...] = BOTH,
) -> CoverPlan:
    """Return what covering *named* would do; nothing is written.

    Raises:
        UnknownAgreement, UnknownPhotograph
    """
    named = tuple(dict.fromkeys(named))
    with archive.reading() as db:
        stored = agreements.versions(db, number)[0]
        held = {one.photograph_id: one.layers for one in agreements.covers(db, number)}
        new = tuple(one for one in named if held.get(one, ()) != layers)
        counted: Counter[tuple[Step, Step]] = Counter()
        for at in range(0, len(new), _AT_ONCE):
            some = new[at : at + _AT_ONCE]
            catalogue.require_all(db, some)
            for facts in register.facts(db, some).values():
                counted[_public_step(archive, facts), _with(archive, facts, stored, layers)] += 1
        shown = _told(db, archive, new[:PAGE], audience)
    return CoverPlan(
        stored,
        named,
        new,
        tuple(sorted(counted.items())),
        tuple(shown[one] for one in new[:PAGE]),
    )


def _public_step(archive: Archive, facts: Facts) -> Step:
    return decide(facts, Audience.PUBLIC, Purpose.VIEW, archive.now(), archive.policy).step


def _with(
    archive: Archive, facts: Facts, stored: StoredAgreement, layers: tuple[Layer, ...]
) -> Step:
    others = tuple(
        one for one in facts.agreements if one.agreement.number != stored.agreement.number
    )
    covered = (*others, Covering(stored.agreement, layers))
    return _public_step(archive, replace(facts, agreements=covered))
