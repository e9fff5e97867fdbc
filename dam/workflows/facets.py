"""Facets: what hits have in common, counted, and called by names that their reader may read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dam.catalogue.marks import MarkKind, mark
from dam.records import authorities, search
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.search import Hit
from dam.rights.facts import Audience

_MOST_VALUES = 12  # of a facet


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet, with how many of the counted hits have it."""

    kind: MarkKind
    value: str
    label: str
    count: int
    chosen: bool


FACETS = (MarkKind.SERIES, MarkKind.CREATOR, MarkKind.PLACE, MarkKind.DECADE, MarkKind.RIGHTS)
USABLE_NOW = "now"
_PAGES_OF_THEIR_OWN = (MarkKind.PERSON,)
"""What hits are narrowed by on a page of its own, and not listed as a facet."""


def facets_for(audience: Audience) -> tuple[MarkKind, ...]:
    """Return what *audience* may narrow by; states of work and gaps are for staff."""
    if audience.works_here:
        return (MarkKind.STATE, MarkKind.GAP, *FACETS, MarkKind.USABLE)
    return (*FACETS, MarkKind.USABLE)


def narrows(audience: Audience) -> tuple[MarkKind, ...]:
    """Return every kind of mark that *audience* may narrow by."""
    return (*facets_for(audience), *_PAGES_OF_THEIR_OWN)


def count_values(
    db: Session,
    audience: Audience,
    second: int,
    query_chosen: tuple[tuple[MarkKind, str], ...],
    hits: Sequence[Hit],
) -> tuple[tuple[MarkKind, tuple[Value, ...]], ...]:
    """Return the facets of *audience* with their values among *hits*, at that *second*."""
    counts: Counter[str] = Counter()
    for hit in hits:
        counts.update(one for one in hit.marks if one[0] != MarkKind.USABLE)
        if hit.usable_at(second):
            counts[mark(MarkKind.USABLE)] += 1
    chosen = {
        mark(kind) if kind is MarkKind.USABLE else mark(kind, value) for kind, value in query_chosen
    }
    shown = {kind: _shown(kind, counts, chosen) for kind in facets_for(audience)}
    named = _labels(db, audience, [one for marks in shown.values() for one in marks])
    return tuple(
        (
            kind,
            tuple(
                Value(kind, one[1:] or USABLE_NOW, named.get(one, one[1:]), counts[one],
                      chosen=one in chosen)
                for one in marks
            ),
        )
        for kind, marks in shown.items()
        if marks
    )  # fmt: skip


def _shown(kind: MarkKind, counts: Counter[str], chosen: set[str]) -> list[str]:
    """Return the values of a facet: decades in their order, others the most frequent first."""
    marks = [one for one in {*counts, *chosen} if one[0] == kind]
    frequent = sorted(marks, key=lambda one: (one not in chosen, -counts[one], one))
    if kind is MarkKind.DECADE:
        return sorted(marks)
    return frequent[:_MOST_VALUES]


def _labels(db: Session, audience: Audience, marks: list[str]) -> dict[str, str]:
    """Return what marks are called; staff read the names of records, the public bylines."""
    named = search.labels(db, marks)
    kinds = {MarkKind.PLACE, MarkKind.CREATOR} if audience.works_here else {MarkKind.PLACE}
    wanted = {one[1:]: one for one in marks if one[0] in kinds}
    for identifier, record in authorities.authorities(db, wanted).items():
        named[wanted[identifier]] = record.name("en")
    for one in marks:
        if one[0] == MarkKind.SERIES:
            named |= _series_label(db, one)
    return named


def _series_label(db: Session, one: str) -> dict[str, str]:
    try:
        return {one: series_rows.series(db, one[1:]).title}
    except series_rows.UnknownSeries:
        return {}
