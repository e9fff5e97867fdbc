"""The rules: each looks at the facts and says how much may leave at most, and why.

A rule is a small pure function from facts and question to a reason, or to nothing where it has
nothing to say. Rules only bound: the lowest bound wins, and none can lift another.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from dam.rights.agreements import begins, day_after, ends
from dam.rights.days import day_in_words, first_moment, local_day
from dam.rights.facts import Audience, Facts, Publication, Step
from dam.rights.grounds import ground_rule, work_ground_rule
from dam.rights.policy import Policy, Question
from dam.rights.reasons import Reason, Rule, for_researchers
from dam.rights.register_rules import exclusive_rules, release_rules, restriction_rules

__all__ = [
    "MANIFOLD_RULES",
    "RULES",
    "Reason",
    "Rule",
    "exclusive_rules",
    "findings",
    "ground_rule",
    "release_rules",
    "restriction_rules",
    "turning_points",
    "work_ground_rule",
]


def audience_rule(_facts: Facts, question: Question) -> Reason | None:
    """Only rights managers and administrators have the master."""
    if question.audience >= Audience.RIGHTS_MANAGER:
        words, bound = "Rights managers may have all of it, the master too.", Step.MASTER
    else:
        words = "The untouched master leaves only for rights managers."
        bound = Step.DOWNLOAD
    return Reason(Rule.AUDIENCE, words, None, bound)


def publication_rule(facts: Facts, question: Question) -> Reason | None:
    """What is not published is hidden from people outside the archive."""
    if facts.publication is not Publication.DRAFT or question.audience.works_here:
        return None
    return Reason(Rule.PUBLICATION, "It is not published yet.", None, Step.HIDDEN)


def aside_rule(facts: Facts, question: Question) -> Reason | None:
    """What another photograph stands for is not shown, and an earlier version has few readers."""
    aside = facts.aside
    if aside is None:
        return None
    if not question.audience.works_here:
        return Reason(Rule.ASIDE, "Another photograph stands for it.", None, Step.HIDDEN)
    if aside.earlier_version and question.audience < Audience.RIGHTS_MANAGER:
        words = f"It is an earlier version of {aside.photograph_id}; rights managers may see it."
        return Reason(Rule.ASIDE, words, None, Step.RECORD)
    return None


def withdrawal_rule(facts: Facts, question: Question) -> Reason | None:
    """No pixel of a withdrawn photograph leaves, for anybody."""
    if not facts.withdrawn:
        return None
    bound = Step.RECORD if question.audience.works_here else Step.HIDDEN
    known = facts.withdrawal
    if known is None:
        return Reason(Rule.WITHDRAWAL, "It was withdrawn.", None, bound)
    day = day_in_words(local_day(known.at, question.policy.timezone))
    return Reason(
        Rule.WITHDRAWAL,
        f"It was withdrawn on {day} ({known.record}).",
        known.record,
        bound,
        f"Withdrawn by {known.by}: {known.reason}",
    )


def embargo_rule(facts: Facts, question: Question) -> Reason | None:
    """An embargo leaves only the record until its first visible day, or until a review."""
    embargo = facts.embargo
    if embargo is None or question.audience.works_here:
        return None
    day = day_in_words(embargo.until)
    if not embargo.hold.opens_by_itself:
        return Reason(
            Rule.EMBARGO,
            f"A restriction holds it until a person reviews it ({embargo.record}).",
            embargo.record,
            Step.RECORD,
            f"The {embargo.hold} restriction is dated {day}, and does not end by itself.",
        )
    if question.moment >= first_moment(embargo.until, question.policy.timezone):
        return None
    words = f"An embargo holds it until {day} ({embargo.record})."
    return Reason(Rule.EMBARGO, words, embargo.record, Step.RECORD)


def ceiling_rule(facts: Facts, question: Question) -> Reason | None:
    """A ceiling bounds what people outside the archive get, and grants nothing."""
    ceiling = facts.ceiling
    if ceiling is None or question.audience.works_here:
        return None
    words = f"Access is set to “{ceiling.step.word}” at most ({ceiling.record})."
    return for_researchers(Reason(Rule.CEILING, words, ceiling.record, ceiling.step), question)


def cap_rule(facts: Facts, question: Question) -> Reason | None:
    """A cap alone is a ceiling: the public's image simply has no more pixels."""
    cap = facts.cap
    if cap is None or question.audience.works_here:
        return None
    words = f"It is capped at {cap.long_side_pixels} pixels ({cap.record})."
    reason = Reason(Rule.CAP, words, cap.record, Step.CAPPED, pixels=cap.long_side_pixels)
    return for_researchers(reason, question)


def sensitivity_rule(facts: Facts, question: Question) -> Reason | None:
    """What may be hard to see stays at the record until a named person has looked."""
    sensitivity = facts.sensitivity
    if sensitivity is None or sensitivity.reviewed or question.audience.works_here:
        return None
    return Reason(
        Rule.SENSITIVITY,
        f"It waits until a person has reviewed it ({sensitivity.record}).",
        sensitivity.record,
        Step.RECORD,
        f"Marked: {', '.join(sensitivity.terms)}." if sensitivity.terms else "",
    )


def minor_rule(facts: Facts, question: Question) -> Reason | None:
    """A photograph of a child stays at the record until a named person has looked."""
    shown = next((release for release in facts.releases if release.minor), None)
    if shown is None or question.audience.works_here:
        return None
    known = facts.sensitivity
    if known is not None and known.reviewed and "minor" in known.terms:
        return None
    return Reason(
        Rule.MINOR,
        f"It waits until a person has reviewed it ({shown.record}).",
        shown.record,
        Step.RECORD,
        "A child is shown; a review of the sensitivity “minor” opens it.",
    )


RULES: tuple[Callable[[Facts, Question], Reason | None], ...] = (
    audience_rule,
    publication_rule,
    aside_rule,
    withdrawal_rule,
    embargo_rule,
    ground_rule,
    work_ground_rule,
    ceiling_rule,
    cap_rule,
    sensitivity_rule,
    minor_rule,
)
MANIFOLD_RULES: tuple[Callable[[Facts, Question], Iterator[Reason]], ...] = (
    exclusive_rules,
    release_rules,
    restriction_rules,
)


def findings(facts: Facts, question: Question) -> tuple[Reason, ...]:
    """Return what every rule has to say, in the order of the rules."""
    single = (reason for rule in RULES if (reason := rule(facts, question)) is not None)
    several = (reason for rule in MANIFOLD_RULES for reason in rule(facts, question))
    return (*single, *several)


def turning_points(facts: Facts, policy: Policy) -> Iterator[datetime]:
    """Yield the moments, in UTC, at which some rule may begin to say something else."""
    zone = policy.timezone
    if facts.embargo is not None and facts.embargo.hold.opens_by_itself:
        yield first_moment(facts.embargo.until, zone)
    for covering in facts.agreements:
        agreement = covering.agreement
        yield from (at for at in (begins(agreement, zone), ends(agreement, zone)) if at is not None)
    for release in facts.releases:
        after = day_after(release.until, zone) if release.until else None
        if after is not None:
            yield after
    for restriction in facts.restrictions:
        yield from (first_moment(day, zone) for day in (restriction.start, restriction.end) if day)
