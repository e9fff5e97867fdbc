"""Answers a planned use from all that is on record about a photograph."""

from collections.abc import Iterator

from dam.rights.agreements import Medium
from dam.rights.days import day_in_words
from dam.rights.facts import Facts, Step
from dam.rights.planned_use import Answer, Clause, Use, Verdict, answer_of
from dam.rights.releases import Release, ReleaseKind, ReleaseState
from dam.rights.restrictions import Restriction
from dam.rights.steps import Audience
from dam.rights.use_grants import of_agreements_out, of_layer

_YES, _ASK, _NO = Verdict.YES, Verdict.ASK, Verdict.NO
_ON_SCREEN = frozenset({Medium.ONLINE, Medium.EMBEDDING})


def answer(facts: Facts, use: Use) -> Answer:
    """Return whether the records let *use* be, and what each of them says of it."""
    return answer_of(
        (
            *(of_layer(facts, layer, use) for layer in facts.layers),
            *of_agreements_out(facts, use),
            *_of_state(facts, use),
            *_of_restrictions(facts, use),
            *_of_people(facts, use),
        )
    )


def _needed(use: Use) -> Step:
    """The least step that the use needs of what people outside the archive may have."""
    return Step.ZOOM if use.medium in _ON_SCREEN else Step.DOWNLOAD


def _of_state(facts: Facts, use: Use) -> Iterator[Clause]:
    if facts.withdrawn:
        record = facts.withdrawal.record if facts.withdrawal else ""
        yield Clause(_NO, "It was withdrawn.", record)
    ceiling, cap, embargo, care = facts.ceiling, facts.cap, facts.embargo, facts.sensitivity
    if ceiling is not None and ceiling.step < _needed(use):
        words = f"The archive gives never more than {ceiling.step.word} ({ceiling.record})."
        yield Clause(_NO, words, ceiling.record)
    if cap is not None and (use.pixels is None or use.pixels > cap.long_side_pixels):
        words = f"The archive gives at most {cap.long_side_pixels} pixels ({cap.record})."
        yield Clause(_ASK if use.pixels is None else _NO, words, cap.record)
    if embargo is not None and not (embargo.hold.opens_by_itself and embargo.until <= use.first):
        day = day_in_words(embargo.until)
        until = f"until {day}" if embargo.hold.opens_by_itself else "until somebody reviews it"
        yield Clause(_NO, f"An embargo holds it {until} ({embargo.record}).", embargo.record)
    if care is not None and not care.reviewed:
        words = f"It needs care, and nobody has reviewed it yet ({care.record})."
        yield Clause(_ASK, words, care.record)


def _of_restrictions(facts: Facts, use: Use) -> Iterator[Clause]:
    for one in facts.restrictions:
        if one.effect < _needed(use) and one.binds >= Audience.PUBLIC and _within(one, use):
            by = f" of {one.authority}" if one.authority else ""
            words = f"A restriction{by} ({one.kind}) leaves no more than {one.effect.word}"
            yield Clause(_NO, f"{words} ({one.record}).", one.record)


def _within(restriction: Restriction, use: Use) -> bool:
    """Whether it holds at some time of the use; what does not open by itself goes on holding."""
    if restriction.start is not None and use.last is not None and use.last < restriction.start:
        return False
    over = restriction.end is not None and restriction.end <= use.first
    return not (over and restriction.kind.opens_by_itself)


def _of_people(facts: Facts, use: Use) -> Iterator[Clause]:
    for release in facts.releases:
        yield from _of_release(release, use)
    if facts.people_shown and not facts.releases and use.sells:
        yield Clause(_ASK, "Somebody in it may be recognised, and no release is on record.")


def _of_release(release: Release, use: Use) -> Iterator[Clause]:
    who = f"{release.person} ({release.record})"
    binds = use.sells or release.is_ground
    if release.state is not ReleaseState.SIGNED:
        word = "refused" if release.state is ReleaseState.REFUSED else "withdrawn"
        # Where another ground stands, documentary use goes on, once somebody has looked.
        yield Clause(_NO if binds else _ASK, f"Consent was {word} by {who}.", release.record)
    elif binds:
        lasts = release.until is None or (use.last is not None and use.last <= release.until)
        if not release.covers(use.purpose):
            words = f"The release of {who} does not name {use.purpose.words}."
            yield Clause(_ASK, words, release.record)
        elif not lasts:
            yield Clause(_ASK, f"The release of {who} ends before the use does.", release.record)
        elif release.minor and release.kind is not ReleaseKind.GUARDIAN:
            words = f"A child is shown, and no guardian has signed: {who}."
            yield Clause(_ASK, words, release.record)
        else:
            yield Clause(_YES, f"The release of {who} covers it.", release.record)
