"""The rules: each looks at the facts and says how much may leave at most, and why.

A rule is a small pure function from facts and question to a reason, or to nothing where it has
nothing to say. Rules only bound: the lowest bound wins, and none can lift another. What is yet to
come (agreements, a second layer, releases) is a further function in ``RULES``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dam.rights.days import day_in_words, first_moment, local_day
from dam.rights.facts import Audience, Facts, Publication, Step
from dam.rights.policy import Policy, Question
from dam.rights.statements import Statement, UnknownRightsUri, statement


class Rule(StrEnum):
    """Which rule spoke."""

    AUDIENCE = "audience"
    PUBLICATION = "publication"
    WITHDRAWAL = "withdrawal"
    EMBARGO = "embargo"
    GROUND = "ground"
    CEILING = "ceiling"
    CAP = "cap"
    SENSITIVITY = "sensitivity"


@dataclass(frozen=True, slots=True)
class Reason:
    """What one rule allows at most, in one sentence that names its record.

    *words* may be read by whoever asked; *detail* (names, what a review looks at) only by people
    of the archive.
    """

    rule: Rule
    words: str
    record: str | None
    bound: Step
    detail: str = ""


def recorded_statement(facts: Facts) -> Statement | None:
    """Return the statement on record, or none where it is absent or means nothing known."""
    if facts.statement is None:
        return None
    try:
        return statement(facts.statement.uri)
    except UnknownRightsUri:
        return None


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


def ground_rule(facts: Facts, question: Question) -> Reason | None:
    """Pixels for people outside the archive need a ground; without one only the record leaves."""
    if question.audience.works_here:
        return None
    ground = _licence_ground(facts) or _person_ground(facts, question.policy)
    if ground is None:
        ground = _no_ground(facts)
    return _for_researchers(ground, question)


def _licence_ground(facts: Facts) -> Reason | None:
    known = recorded_statement(facts)
    if facts.statement is None or known is None or not known.permits_showing:
        return None
    words = f"{known.label()} lets everybody see it ({facts.statement.record})."
    return Reason(Rule.GROUND, words, facts.statement.record, Step.DOWNLOAD)


def _person_ground(facts: Facts, policy: Policy) -> Reason | None:
    showing = facts.showing
    if showing is None or not showing.by.strip():
        return None
    return Reason(
        Rule.GROUND,
        f"The archive has decided to show it ({showing.record}).",
        showing.record,
        policy.showing_step,
        f"Shown without evidence, by {showing.by.strip()}, on {day_in_words(showing.recorded_on)}; "
        f"review by {day_in_words(showing.review_on)}.",
    )


def _no_ground(facts: Facts) -> Reason:
    known = recorded_statement(facts)
    if facts.statement is None:
        words, record = "Nothing on record allows the archive to show it.", None
    elif known is None:
        record = facts.statement.record
        words = f"The rights on record are not understood, and so allow nothing ({record})."
    else:
        record = facts.statement.record
        words = f"“{known.label()}” does not allow the archive to show it ({record})."
    return Reason(Rule.GROUND, words, record, Step.RECORD)


def ceiling_rule(facts: Facts, question: Question) -> Reason | None:
    """A ceiling bounds what people outside the archive get, and grants nothing."""
    ceiling = facts.ceiling
    if ceiling is None or question.audience.works_here:
        return None
    words = f"Access is set to “{ceiling.step.word}” at most ({ceiling.record})."
    return _for_researchers(Reason(Rule.CEILING, words, ceiling.record, ceiling.step), question)


def cap_rule(facts: Facts, question: Question) -> Reason | None:
    """A cap alone is a ceiling: the public's image simply has no more pixels."""
    cap = facts.cap
    if cap is None or question.audience.works_here:
        return None
    words = f"It is capped at {cap.long_side_pixels} pixels ({cap.record})."
    return _for_researchers(Reason(Rule.CAP, words, cap.record, Step.CAPPED), question)


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


def _for_researchers(reason: Reason, question: Question) -> Reason:
    """Lift a bound that is meant for the public to what the archive lets researchers see.

    What is hidden stays hidden: a reading room shows what the catalogue lists.
    """
    lifted = question.policy.researcher_step
    if (
        question.audience is not Audience.RESEARCHER
        or reason.bound is Step.HIDDEN
        or reason.bound >= lifted
    ):
        return reason
    words = f"{reason.words[:-1]}; signed-in researchers may see more."
    return Reason(reason.rule, words, reason.record, lifted, reason.detail)


RULES: tuple[Callable[[Facts, Question], Reason | None], ...] = (
    audience_rule,
    publication_rule,
    withdrawal_rule,
    embargo_rule,
    ground_rule,
    ceiling_rule,
    cap_rule,
    sensitivity_rule,
)


def findings(facts: Facts, question: Question) -> tuple[Reason, ...]:
    """Return what every rule has to say, in the order of the rules."""
    return tuple(reason for rule in RULES if (reason := rule(facts, question)) is not None)


def turning_points(facts: Facts, policy: Policy) -> Iterator[datetime]:
    """Yield the moments, in UTC, at which some rule may begin to say something else."""
    if facts.embargo is not None and facts.embargo.hold.opens_by_itself:
        yield first_moment(facts.embargo.until, policy.timezone)
