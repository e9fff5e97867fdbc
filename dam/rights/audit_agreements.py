"""Rules of the audit about agreements: what ends, what has ended, what does not go together."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from dam.rights.agreements import (
    Agreement,
    Direction,
    begins,
    ends,
    in_force,
)
from dam.rights.audit_findings import AuditFinding, AuditRule, Severity
from dam.rights.days import day_in_words, local_day
from dam.rights.facts import Facts, Layer, Publication, Step
from dam.rights.grounds import grants, ground
from dam.rights.policy import Question
from dam.rights.rules import findings

_WINDOWS = (
    (30, AuditRule.EXPIRES_30, Severity.HIGH),
    (60, AuditRule.EXPIRES_60, Severity.MEDIUM),
    (90, AuditRule.EXPIRES_90, Severity.LOW),
)


def today(question: Question) -> date:
    """Return the day of the question where the archive is."""
    return local_day(question.moment, question.policy.timezone)


def unsigned_rule(facts: Facts, question: Question) -> Iterator[AuditFinding]:
    """Find agreements that cover the photograph and that nobody has signed."""
    del question
    for covering in facts.agreements:
        agreement = covering.agreement
        if not agreement.void and agreement.signed is None:
            words = f"The agreement with {_other(agreement)} is not signed, and grants nothing."
            yield AuditFinding(AuditRule.AGREEMENT_UNSIGNED, Severity.MEDIUM, words, agreement.name)


def expiry_rule(facts: Facts, question: Question) -> Iterator[AuditFinding]:
    """Find agreements whose last day is within 30, 60 or 90 days; the last day itself counts."""
    day = today(question)
    for covering in facts.agreements:
        agreement = covering.agreement
        if agreement.end is None or not agreement.binds or agreement.end < day:
            continue
        left = (agreement.end - day).days
        for most, rule, severity in _WINDOWS:
            if left <= most:
                words = (
                    f"The agreement with {_other(agreement)} ends on "
                    f"{day_in_words(agreement.end)}{_days(left)}."
                )
                yield AuditFinding(rule, severity, words, agreement.name, agreement.end)
                break


def shown_after_expiry_rule(facts: Facts, question: Question) -> Iterator[AuditFinding]:
    """Find what the public still sees, on a decision or an exception, after its agreement ended."""
    if facts.publication is not Publication.PUBLISHED or not _public_sees(facts, question):
        return
    for layer in facts.layers:
        known = facts.statement_of(layer)
        held = ground(facts, layer, question)
        if held.record == (known.record if known else None) or _covered(facts, layer, question):
            continue
        for agreement in grants(facts, layer):
            if agreement.binds and agreement.end is not None and _over(agreement, question):
                words = (
                    f"The agreement with {_other(agreement)} ended on "
                    f"{day_in_words(agreement.end)}, and the public still sees it."
                )
                yield AuditFinding(
                    AuditRule.SHOWN_AFTER_EXPIRY,
                    Severity.HIGH,
                    words,
                    agreement.name,
                    agreement.end,
                )


def _public_sees(facts: Facts, question: Question) -> bool:
    return min(reason.bound for reason in findings(facts, question)) > Step.RECORD


def _covered(facts: Facts, layer: Layer, question: Question) -> bool:
    zone = question.policy.timezone
    return any(
        one.covers_showing_to_all and in_force(one, question.moment, zone)
        for one in grants(facts, layer)
    )


def _over(agreement: Agreement, question: Question) -> bool:
    after = ends(agreement, question.policy.timezone)
    return after is not None and question.moment >= after


def exclusive_overlap_rule(facts: Facts, question: Question) -> Iterator[AuditFinding]:
    """Find two exclusive agreements that give the same thing away, to two people, from now on."""
    given = [
        covering
        for covering in facts.agreements
        if covering.agreement.direction is Direction.OUT
        and covering.agreement.exclusive
        and covering.agreement.binds
        and not _over(covering.agreement, question)
    ]
    for one, other in combinations(given, 2):
        if set(one.layers) & set(other.layers) and clash(one.agreement, other.agreement, question):
            words = (
                f"{one.agreement.licensee} and {other.agreement.licensee} have both been given it "
                f"exclusively ({other.agreement.name})."
            )
            yield AuditFinding(
                AuditRule.EXCLUSIVE_OVERLAP, Severity.HIGH, words, one.agreement.name
            )


def clash(one: Agreement, other: Agreement, question: Question) -> bool:
    """Say whether two agreements share ground in territory, medium, purpose and time.

    What an exclusive agreement does not say it takes, as in the decision.
    """
    return one.scope.meets(other.scope) and _same_time(one, other, question)


def _same_time(one: Agreement, other: Agreement, question: Question) -> bool:
    return _before_end(one, other, question) and _before_end(other, one, question)


def _before_end(one: Agreement, other: Agreement, question: Question) -> bool:
    """Say whether one begins before the other ends."""
    zone = question.policy.timezone
    first, after = begins(one, zone), ends(other, zone)
    return first is None or after is None or first < after


def _other(agreement: Agreement) -> str:
    """Return the party that is not the archive."""
    return agreement.licensor if agreement.direction is Direction.IN else agreement.licensee


def _days(count: int) -> str:
    return ", today" if count == 0 else f", in {count} day{'' if count == 1 else 's'}"
