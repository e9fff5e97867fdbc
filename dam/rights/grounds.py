"""Grounds: on what each layer is shown to people outside the archive, or why on nothing.

Grounds of one layer stand beside each other, and the most generous counts; of the two layers the
lower one does, as with every other bound.
"""

from collections.abc import Iterator
from datetime import datetime

from dam.rights.agreement_words import in_words
from dam.rights.agreements import Agreement, Direction, Medium, begins, in_force
from dam.rights.days import day_in_words
from dam.rights.facts import Audience, Facts, Layer, Step
from dam.rights.governing import known_statement
from dam.rights.policy import Policy, Question, in_utc
from dam.rights.reasons import Reason, Rule, for_researchers

_RULES = {Layer.PHOTOGRAPH: Rule.GROUND, Layer.WORK: Rule.WORK_GROUND}


def ground_rule(facts: Facts, question: Question) -> Reason | None:
    """Pixels for people outside the archive need a ground; without one only the record leaves."""
    return _layer_rule(facts, Layer.PHOTOGRAPH, question)


def work_ground_rule(facts: Facts, question: Question) -> Reason | None:
    """A work that the photograph shows needs a ground of its own."""
    return None if facts.work is None else _layer_rule(facts, Layer.WORK, question)


def _layer_rule(facts: Facts, layer: Layer, question: Question) -> Reason | None:
    if question.audience.works_here:
        return None
    return for_researchers(ground(facts, layer, question), question)


def ground(facts: Facts, layer: Layer, question: Question) -> Reason:
    """Return the most generous ground of a layer, or why there is none."""
    found = tuple(_grounds(facts, layer, question))
    if not found:
        return _agreement_that_does_not_do(facts, layer, question) or _no_ground(facts, layer)
    return max(found, key=lambda reason: (reason.bound, reason.pixels or 0))


def ever_grounded(facts: Facts, moment: datetime, policy: Policy) -> bool:
    """Say whether the photograph's own layer has a ground, at *moment* or once one begins.

    Whoever publishes such a photograph decides nothing about rights.
    """
    zone = policy.timezone
    moments = [in_utc(moment)]
    moments += [at for one in facts.agreements if (at := begins(one.agreement, zone)) is not None]
    return any(
        ground(facts, Layer.PHOTOGRAPH, Question(Audience.PUBLIC, at, policy)).bound > Step.RECORD
        for at in moments
        if at >= moments[0]
    )


def _grounds(facts: Facts, layer: Layer, question: Question) -> Iterator[Reason]:
    for found in (_licence(facts, layer), _decision(facts, layer, question)):
        if found is not None:
            yield found
    yield from _exceptions(facts, layer, question)
    for agreement in grants(facts, layer):
        covers = agreement.covers_showing_to_all
        if covers and in_force(agreement, question.moment, question.policy.timezone):
            yield _by_agreement(agreement, layer)


def _licence(facts: Facts, layer: Layer) -> Reason | None:
    recorded = facts.statement_of(layer)
    known = known_statement(recorded)
    if recorded is None or known is None or not known.permits_showing:
        return None
    words = f"{known.label()} lets everybody see {layer.words} ({recorded.record})."
    return Reason(_RULES[layer], words, recorded.record, Step.DOWNLOAD)


def _decision(facts: Facts, layer: Layer, question: Question) -> Reason | None:
    showing = facts.showing_of(layer)
    if showing is None or not showing.by.strip():
        return None
    return Reason(
        _RULES[layer],
        f"The archive has decided to show {layer.words} ({showing.record}).",
        showing.record,
        question.policy.showing_step,
        f"Shown without evidence, by {showing.by.strip()}, on {day_in_words(showing.recorded_on)}; "
        f"review by {day_in_words(showing.review_on)}.",
    )


def _exceptions(facts: Facts, layer: Layer, question: Question) -> Iterator[Reason]:
    for exception in facts.exceptions:
        if exception.layer is layer and exception.article.strip():
            review = exception.review_on
            yield Reason(
                _RULES[layer],
                f"The law lets the archive show {layer.words}: {exception.article.strip()} "
                f"({exception.record}).",
                exception.record,
                question.policy.showing_step,
                f"Review by {day_in_words(review)}." if review else "",
            )


def grants(facts: Facts, layer: Layer) -> Iterator[Agreement]:
    """Yield the agreements that give the archive something of a layer, whatever they cover."""
    for covering in facts.agreements:
        agreement = covering.agreement
        if layer in covering.layers and agreement.direction is Direction.IN and not agreement.void:
            yield agreement


def owed_credit(facts: Facts, question: Question) -> str:
    """Return the credit that agreements in force want, to the letter; empty where none does."""
    zone = question.policy.timezone
    owed = (
        agreement.credit.strip()
        for layer in facts.layers
        for agreement in grants(facts, layer)
        if in_force(agreement, question.moment, zone)
    )
    return " / ".join(dict.fromkeys(filter(None, owed)))


def _by_agreement(agreement: Agreement, layer: Layer) -> Reason:
    words = f"An agreement lets everybody see {layer.words} ({agreement.name})."
    pixels = agreement.largest_pixels
    if pixels is not None:
        bound = Step.CAPPED
    else:
        bound = Step.DOWNLOAD if agreement.covers_medium(Medium.DOWNLOAD) else Step.ZOOM
    return Reason(_RULES[layer], words, agreement.name, bound, in_words(agreement), pixels)


def _agreement_that_does_not_do(facts: Facts, layer: Layer, question: Question) -> Reason | None:
    """Return what is to be said of an agreement that grants nothing to everybody now."""
    zone = question.policy.timezone
    whole: list[Agreement] = []
    narrow: list[Agreement] = []
    for agreement in grants(facts, layer):
        (whole if agreement.covers_showing_to_all else narrow).append(agreement)
    said = [(_not_now(one, layer, question), one) for one in whole]
    said += [
        (f"An agreement covers less than showing {layer.words} to everybody; ask the archive", one)
        for one in narrow
        if in_force(one, question.moment, zone)
    ]
    if not said:
        return None
    words, agreement = said[-1]
    return Reason(
        _RULES[layer],
        f"{words} ({agreement.name}).",
        agreement.name,
        Step.RECORD,
        in_words(agreement),
    )


def _not_now(agreement: Agreement, layer: Layer, question: Question) -> str:
    """Say why an agreement that would do is not in force."""
    if not agreement.binds:
        return f"The agreement about {layer.words} is not signed"
    first = begins(agreement, question.policy.timezone)
    if agreement.start is not None and first is not None and question.moment < first:
        return f"The agreement to show {layer.words} begins on {day_in_words(agreement.start)}"
    ended = f" on {day_in_words(agreement.end)}" if agreement.end else ""
    return f"The agreement to show {layer.words} ended{ended}"


def _no_ground(facts: Facts, layer: Layer) -> Reason:
    recorded = facts.statement_of(layer)
    known = known_statement(recorded)
    record = facts.work.record if layer is Layer.WORK and facts.work else None
    if recorded is None:
        named = f" ({record})" if record else ""
        words = f"Nothing on record allows the archive to show {layer.words}{named}."
    elif known is None:
        record = recorded.record
        words = f"The rights on record are not understood, and so allow nothing ({record})."
    else:
        record = recorded.record
        words = f"“{known.label()}” does not allow the archive to show {layer.words} ({record})."
    return Reason(_RULES[layer], words, record, Step.RECORD)
