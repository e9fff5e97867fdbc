"""Rules about what several entries of the register say: each entry that binds is a reason."""

from collections.abc import Iterator

from dam.rights.agreements import Agreement, Direction, Medium, UsePurpose, day_after, in_force
from dam.rights.days import day_in_words
from dam.rights.facts import Facts, Step
from dam.rights.policy import Question
from dam.rights.reasons import Reason, Rule
from dam.rights.releases import Release, ReleaseState
from dam.rights.restrictions import Restriction


def exclusive_rules(facts: Facts, question: Question) -> Iterator[Reason]:
    """Inside the scope of an exclusive agreement that the archive gave, nobody else is served."""
    if question.audience.works_here:
        return
    for covering in facts.agreements:
        agreement = covering.agreement
        bound = _taken_by(agreement)
        if bound is None or not in_force(agreement, question.moment, question.policy.timezone):
            continue
        yield Reason(
            Rule.EXCLUSIVE,
            f"Others have been given it exclusively ({agreement.name}).",
            agreement.name,
            bound,
            f"Given to {agreement.licensee}{_last_day(agreement)}.",
        )


def _taken_by(agreement: Agreement) -> Step | None:
    """Return what an exclusive agreement leaves for everybody else, if it takes any of it.

    What it does not say it takes: who was promised something exclusively is not to be surprised.
    """
    if agreement.direction is not Direction.OUT or not agreement.exclusive:
        return None
    scope = agreement.scope
    if scope.purposes and not agreement.covers_purpose(UsePurpose.DISPLAY):
        return None
    online = (Medium.ONLINE, Medium.EMBEDDING)
    if not scope.media or any(agreement.covers_medium(one) for one in online):
        return Step.RECORD
    return Step.ZOOM if agreement.covers_medium(Medium.DOWNLOAD) else None


def _last_day(agreement: Agreement) -> str:
    return "" if agreement.end is None else f" until {day_in_words(agreement.end)}"


def release_rules(facts: Facts, question: Question) -> Iterator[Reason]:
    """Where the consent of a person was the ground, its end leaves the record alone."""
    if question.audience.works_here:
        return
    for release in facts.releases:
        ended = _ended(release, question)
        if release.is_ground and ended:
            yield Reason(
                Rule.RELEASE,
                f"The consent that it was shown on does not hold ({release.record}).",
                release.record,
                Step.RECORD,
                f"The {release.kind} release of {release.person} {ended}.",
            )


def _ended(release: Release, question: Question) -> str:
    if release.state is not ReleaseState.SIGNED:
        return f"was {release.state}"
    after = day_after(release.until, question.policy.timezone) if release.until else None
    if release.until is None or after is None or question.moment < after:
        return ""
    return f"ended on {day_in_words(release.until)}"


def restriction_rules(facts: Facts, question: Question) -> Iterator[Reason]:
    """A restriction bounds whom it binds; only a plain embargo ends by its date alone."""
    for restriction in facts.restrictions:
        if restriction.effect is Step.MASTER:
            continue  # it is about words alone
        if restriction.holds(question.audience, question.moment, question.policy.timezone):
            yield Reason(
                Rule.RESTRICTION,
                _held(restriction),
                restriction.record,
                restriction.effect,
                _behind(restriction),
            )


def _held(restriction: Restriction) -> str:
    if not restriction.kind.opens_by_itself:
        return f"A restriction holds it until a person reviews it ({restriction.record})."
    if restriction.end is None:
        return f"An embargo holds it ({restriction.record})."
    return f"An embargo holds it until {day_in_words(restriction.end)} ({restriction.record})."


def _behind(restriction: Restriction) -> str:
    words = f"{restriction.kind.capitalize()}"
    if restriction.authority:
        words += f" of {restriction.authority}"
    if restriction.end is not None and not restriction.kind.opens_by_itself:
        words += f", dated {day_in_words(restriction.end)}; it does not end by itself"
    if restriction.review_on is not None:
        words += f"; review by {day_in_words(restriction.review_on)}"
    return f"{words}."
