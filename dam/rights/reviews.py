"""Reviews: what a person has to look at again, and since when.

A day of review ends nothing by itself; it is work for somebody, and the audit lists it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dam.rights.facts import Facts, Layer
from dam.rights.releases import ReleaseState

_ORPHAN = "http://rightsstatements.org/vocab/InC-OW-EU/1.0/"


class ReviewKind(StrEnum):
    """What sort of thing waits for a person."""

    DAY = "day"
    PAST_ITS_DATE = "past its date"
    ORPHAN_SEARCH = "orphan search"
    CONSENT = "consent"
    SENSITIVITY = "sensitivity"


@dataclass(frozen=True, slots=True)
class Review:
    """One thing to look at: *due_on* is none where it is due at once."""

    words: str
    record: str
    due_on: date | None = None
    kind: ReviewKind = ReviewKind.DAY


def reviews(facts: Facts, today: date) -> tuple[Review, ...]:
    """Return what is due on *today*, the longest due last."""
    found = (*_of_layers(facts), *_of_entries(facts), *_of_people(facts, today))
    due = [one for one in found if one.due_on is None or one.due_on <= today]
    return tuple(sorted(due, key=lambda one: one.due_on or today, reverse=True))


def _of_layers(facts: Facts) -> Iterator[Review]:
    for layer in facts.layers:
        statement, showing = facts.statement_of(layer), facts.showing_of(layer)
        if statement is not None and statement.review_on is not None:
            yield Review("The rights statement is to be reviewed.", statement.record,
                         statement.review_on)  # fmt: skip
        if statement is not None and lacks_search(facts, layer, statement.uri):
            yield Review("An orphan work needs a search on record, with its register number.",
                         statement.record, kind=ReviewKind.ORPHAN_SEARCH)  # fmt: skip
        if showing is not None:
            yield Review("It is shown by a decision that is to be reviewed.", showing.record,
                         showing.review_on)  # fmt: skip


def lacks_search(facts: Facts, layer: Layer, uri: str) -> bool:
    """Say whether *uri* calls a layer an orphan work of the Union without a search on record."""
    return uri == _ORPHAN and not any(
        search.layer is layer and search.register_number.strip() for search in facts.searches
    )


def _of_entries(facts: Facts) -> Iterator[Review]:
    for exception in facts.exceptions:
        if exception.review_on is not None:
            yield Review("The exception of law is to be reviewed.", exception.record,
                         exception.review_on)  # fmt: skip
    for restriction in facts.restrictions:
        day, kind = restriction.review_on, ReviewKind.DAY
        if day is None and restriction.end is not None and not restriction.kind.opens_by_itself:
            day, kind = restriction.end, ReviewKind.PAST_ITS_DATE
        if day is not None:
            yield Review("The restriction is to be reviewed.", restriction.record, day, kind)
    embargo = facts.embargo
    if embargo is not None and not embargo.hold.opens_by_itself:
        yield Review("The embargo is past its date and is to be reviewed.", embargo.record,
                     embargo.until, ReviewKind.PAST_ITS_DATE)  # fmt: skip


def _of_people(facts: Facts, today: date) -> Iterator[Review]:
    for release in facts.releases:
        if release.state is ReleaseState.WITHDRAWN and not release.is_ground:
            yield Review("A consent was withdrawn while another ground stands.", release.record,
                         kind=ReviewKind.CONSENT)  # fmt: skip
        elif release.until is not None and release.until < today:
            yield Review("A release has ended.", release.record, release.until,
                         ReviewKind.CONSENT)  # fmt: skip
    if facts.sensitivity is not None and not facts.sensitivity.reviewed:
        yield Review("The sensitivity waits for a review.", facts.sensitivity.record,
                     kind=ReviewKind.SENSITIVITY)  # fmt: skip
