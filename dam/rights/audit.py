"""The audit of one photograph: every rule looks at its facts and says what is wrong.

The rules see what the decision sees, and ask its own rules and grounds, so that the audit never
says of a photograph what the decision does not. Of what was withdrawn nothing is found: nothing of
it leaves.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from dam.rights import audit_agreements
from dam.rights.audit_findings import AuditFinding, AuditRule, Severity
from dam.rights.facts import Audience, Facts, Layer, Publication, RecordedStatement, Step
from dam.rights.governing import known_statement, recorded_statement
from dam.rights.grounds import grants, ground, owed_credit
from dam.rights.policy import Policy, Question, in_utc
from dam.rights.releases import ReleaseState
from dam.rights.reviews import Review, ReviewKind, reviews
from dam.rights.rules import minor_rule


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed beside a photograph: whether with “©”, and whether somebody is named."""

    says_copyright: bool = False
    names_somebody: bool = False


@dataclass(frozen=True, slots=True)
class Audited:
    """The facts of one photograph with what is printed beside it."""

    facts: Facts
    printed: Printed = Printed()


Rule = Callable[[Audited, Question], Iterator[AuditFinding]]


def no_rights_rule(audited: Audited, _question: Question) -> Iterator[AuditFinding]:
    """Find a layer about which nothing at all is recorded."""
    facts = audited.facts
    severity = Severity.MEDIUM if _published(facts) else Severity.LOW
    for layer in facts.layers:
        if _nothing_recorded(facts, layer):
            record = facts.work.record if layer is Layer.WORK and facts.work else None
            words = f"Nothing is recorded of the rights in {_named(layer)}."
            yield AuditFinding(AuditRule.NO_RIGHTS, severity, words, record)


def unknown_rights_rule(audited: Audited, _question: Question) -> Iterator[AuditFinding]:
    """Find a statement that means nothing known here, and so grants nothing."""
    for layer in audited.facts.layers:
        recorded = audited.facts.statement_of(layer)
        if recorded is not None and known_statement(recorded) is None:
            words = f"The rights of {_named(layer)} read “{recorded.uri}”, which is not understood."
            yield AuditFinding(AuditRule.UNKNOWN_RIGHTS, Severity.MEDIUM, words, recorded.record)


def no_ground_rule(audited: Audited, question: Question) -> Iterator[AuditFinding]:
    """Find what is published and shown to nobody, for want of a ground."""
    facts = audited.facts
    if not _published(facts):
        return
    for layer in facts.layers:
        found = ground(facts, layer, question)
        if found.bound <= Step.RECORD and not _nothing_recorded(facts, layer):
            words = found.words.replace(f" ({found.record})", "")
            yield AuditFinding(AuditRule.NO_GROUND, Severity.MEDIUM, words, found.record)


def without_evidence_rule(audited: Audited, _question: Question) -> Iterator[AuditFinding]:
    """Find what is published on a person's decision alone."""
    facts = audited.facts
    for layer in facts.layers if _published(facts) else ():
        showing = facts.showing_of(layer)
        if showing is not None and showing.by.strip():
            words = f"{_named(layer).capitalize()} is shown without evidence, by {showing.by}."
            yield AuditFinding(
                AuditRule.WITHOUT_EVIDENCE, Severity.LOW, words, showing.record, showing.review_on
            )


def review_rule(audited: Audited, question: Question) -> Iterator[AuditFinding]:
    """Find what a person has to look at again."""
    for review in reviews(audited.facts, audit_agreements.today(question)):
        rule, severity = _OF_REVIEWS[review.kind]
        yield AuditFinding(rule, severity, _words(review), review.record, review.due_on)


_OF_REVIEWS = {
    ReviewKind.DAY: (AuditRule.REVIEW_DUE, Severity.MEDIUM),
    ReviewKind.PAST_ITS_DATE: (AuditRule.PAST_ITS_DATE, Severity.MEDIUM),
    ReviewKind.ORPHAN_SEARCH: (AuditRule.NO_ORPHAN_SEARCH, Severity.HIGH),
    ReviewKind.CONSENT: (AuditRule.CONSENT_GONE, Severity.HIGH),
    ReviewKind.SENSITIVITY: (AuditRule.SENSITIVE_UNREVIEWED, Severity.MEDIUM),
}


def _words(review: Review) -> str:
    if review.kind is ReviewKind.PAST_ITS_DATE:
        return "It is past its date, and holds until a person reviews it."
    return review.words


def no_release_rule(audited: Audited, _question: Question) -> Iterator[AuditFinding]:
    """Find a published photograph of people without a signed release.

    It hides nothing: documentary work is shown, and whoever sells it has to ask.
    """
    facts = audited.facts
    signed = any(release.state is ReleaseState.SIGNED for release in facts.releases)
    if facts.people_shown and not signed and _published(facts):
        words = "People are shown, and no release is on record."
        yield AuditFinding(AuditRule.NO_RELEASE, Severity.LOW, words)


def minor_unreviewed_rule(audited: Audited, question: Question) -> Iterator[AuditFinding]:
    """Find a photograph of a child that nobody has looked at."""
    found = minor_rule(audited.facts, question)
    if found is not None:
        words = "A child is shown, and nobody has reviewed it."
        yield AuditFinding(AuditRule.MINOR_UNREVIEWED, Severity.HIGH, words, found.record)


def false_copyright_rule(audited: Audited, _question: Question) -> Iterator[AuditFinding]:
    """Find “©” beside a work in the public domain: a false claim."""
    facts = audited.facts
    known = recorded_statement(facts)
    if audited.printed.says_copyright and known is not None and known.public_domain:
        words = f"“©” stands in its credit or notice, and it is {known.label()}."
        record = _governing(facts)
        yield AuditFinding(
            AuditRule.FALSE_COPYRIGHT, Severity.MEDIUM, words, record.record if record else None
        )


def no_credit_rule(audited: Audited, question: Question) -> Iterator[AuditFinding]:
    """Find a licence that makes credit a duty where nobody is named to be credited."""
    facts = audited.facts
    known = recorded_statement(facts)
    if known is None or not known.requires_attribution or audited.printed.names_somebody:
        return
    if not owed_credit(facts, question):
        record = _governing(facts)
        words = f"{known.label()} wants a credit, and nobody is named."
        yield AuditFinding(
            AuditRule.NO_CREDIT, Severity.HIGH, words, record.record if record else None
        )


RULES: tuple[Rule, ...] = (
    no_rights_rule,
    unknown_rights_rule,
    no_ground_rule,
    without_evidence_rule,
    lambda audited, question: audit_agreements.unsigned_rule(audited.facts, question),
    lambda audited, question: audit_agreements.expiry_rule(audited.facts, question),
    lambda audited, question: audit_agreements.shown_after_expiry_rule(audited.facts, question),
    lambda audited, question: audit_agreements.exclusive_overlap_rule(audited.facts, question),
    review_rule,
    no_release_rule,
    minor_unreviewed_rule,
    false_copyright_rule,
    no_credit_rule,
)
_PLACE = {rule: place for place, rule in enumerate(AuditRule)}


def audit(audited: Audited, moment: datetime, policy: Policy) -> tuple[AuditFinding, ...]:
    """Return what is wrong with one photograph at *moment*, in the order of ``AuditRule``.

    The decision is asked for the public: findings are about what the world sees.

    Raises:
        MomentWithoutZone: *moment* is naive.
    """
    if audited.facts.withdrawn:
        return ()
    question = Question(Audience.PUBLIC, in_utc(moment), policy)
    found = [one for rule in RULES for one in rule(audited, question)]
    return tuple(sorted(found, key=lambda one: _PLACE[one.rule]))


def _published(facts: Facts) -> bool:
    return facts.publication is Publication.PUBLISHED


def _named(layer: Layer) -> str:
    return "the photograph" if layer is Layer.PHOTOGRAPH else "the work that it shows"


def _nothing_recorded(facts: Facts, layer: Layer) -> bool:
    return (
        facts.statement_of(layer) is None
        and facts.showing_of(layer) is None
        and not any(one.layer is layer for one in facts.exceptions)
        and next(grants(facts, layer), None) is None
    )


def _governing(facts: Facts) -> RecordedStatement | None:
    """Return the record of the statement that governs."""
    known = recorded_statement(facts)
    every = (facts.statement_of(layer) for layer in facts.layers)
    return next((one for one in every if one and known_statement(one) == known), None)
