"""Duties: what whoever shows or takes the picture has to do."""

from collections.abc import Iterator
from enum import StrEnum

from dam.rights.facts import Facts
from dam.rights.governing import statements_on_record
from dam.rights.grounds import owed_credit
from dam.rights.policy import Question
from dam.rights.restrictions import RestrictionKind
from dam.rights.rules import minor_rule
from dam.rights.statements import Statement


class Duty(StrEnum):
    """What whoever shows or takes the picture has to do."""

    CREDIT = "credit"
    NAME_LICENCE = "name-licence"
    SHARE_ALIKE = "share-alike"
    NO_DERIVATIVES = "no-derivatives"
    NONCOMMERCIAL = "noncommercial"
    ADVISORY = "advisory"
    UNINDEXED = "unindexed"
    NEUTRAL_PREVIEW = "neutral-preview"


def duties(facts: Facts, question: Question, *, leaves: bool) -> Iterator[Duty]:
    """Yield the duties of whoever is answered; *leaves* says whether a picture does."""
    if leaves:
        owed = {duty for known in statements_on_record(facts) for duty in _owed_to(known)}
        if owed_credit(facts, question):
            owed.add(Duty.CREDIT)
        yield from (duty for duty in Duty if duty in owed)
        if facts.sensitivity is not None or _restricted_as_sensitive(facts):
            yield Duty.ADVISORY
    if _waits_for_a_review(facts, question):
        yield from (Duty.UNINDEXED, Duty.NEUTRAL_PREVIEW)


def _owed_to(known: Statement) -> Iterator[Duty]:
    asked = (
        (known.requires_attribution, Duty.CREDIT),
        (known.requires_attribution, Duty.NAME_LICENCE),
        (known.sharealike, Duty.SHARE_ALIKE),
        (known.no_derivatives, Duty.NO_DERIVATIVES),
        (known.noncommercial, Duty.NONCOMMERCIAL),
    )
    return (duty for holds, duty in asked if holds)


def _restricted_as_sensitive(facts: Facts) -> bool:
    return any(one.kind is RestrictionKind.SENSITIVITY for one in facts.restrictions)


def _waits_for_a_review(facts: Facts, question: Question) -> bool:
    """Whether somebody has to look at it before it may be indexed or shown in previews."""
    if question.audience.works_here:
        return False
    unreviewed = facts.sensitivity is not None and not facts.sensitivity.reviewed
    zone = question.policy.timezone
    return (
        unreviewed
        or minor_rule(facts, question) is not None
        or any(
            one.kind is RestrictionKind.SENSITIVITY
            and one.holds(question.audience, question.moment, zone)
            for one in facts.restrictions
        )
    )
