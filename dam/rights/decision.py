"""The one decision: how much of a photograph may leave, for whom, until when, and why."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from dam.rights.duties import Duty, duties
from dam.rights.facts import Audience, Facts, Purpose, Step
from dam.rights.grounds import owed_credit
from dam.rights.policy import Policy, Question, in_utc
from dam.rights.restrictions import WordKind
from dam.rights.rules import Reason, Rule, findings, turning_points
from dam.rights.words_withheld import protected_persons, withheld_words

__all__ = [
    "Answer",
    "Decision",
    "Duty",
    "PackKind",
    "PackRecipe",
    "Policy",
    "Reason",
    "Rule",
    "Words",
    "answer",
    "decide",
]


class PackKind(StrEnum):
    """Which derivative the pixels come from."""

    FULL = "full"
    CAPPED = "capped"
    THUMBNAIL = "thumbnail"


@dataclass(frozen=True, slots=True)
class PackRecipe:
    """Which pack to cut from the master; *long_side* is in pixels, none where it is whole."""

    kind: PackKind
    long_side: int | None = None

    @property
    def name(self) -> str:
        """A name that stays: ``full``, ``capped-1000``, ``thumbnail-400``."""
        return self.kind.value if self.long_side is None else f"{self.kind}-{self.long_side}"


class Words(StrEnum):
    """Which words leave with the answer; a tombstone carries no name and no title."""

    NONE = "none"
    TOMBSTONE = "tombstone"
    RECORD = "record"


class Answer(StrEnum):
    """What a URL of the photograph's pixels answers."""

    PIXELS = "pixels"
    UNKNOWN = "unknown"
    SIGN_IN = "sign-in"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one question.

    *reasons* are the rules that bound it; *findings* are what every rule had to say. *until* is
    the next moment, in UTC, at which anything of the answer changes. *pack* is none where no
    pixel leaves for this purpose. *credit* is the line to show with the pixels, to the letter,
    where somebody is owed one. *better* is the pack that a researcher would be given who signs in,
    where that is another one than the public's. *as_public* says that it is the public's pack.
    *withheld* are the words that this audience does not read, and *protected* the persons whose
    names leave all of them.
    """

    audience: Audience
    purpose: Purpose
    step: Step
    pack: PackRecipe | None
    credit: str
    duties: tuple[Duty, ...]
    words: Words
    reasons: tuple[Reason, ...]
    findings: tuple[Reason, ...]
    withdrawn: bool
    better: PackRecipe | None
    as_public: bool
    withheld: tuple[WordKind, ...] = ()
    protected: tuple[str, ...] = ()
    until: datetime | None = None

    @property
    def signing_in_helps(self) -> bool:
        """Whether somebody of the public would see more as a researcher who has signed in."""
        return self.better is not None

    @property
    def listed(self) -> bool:
        """Whether lists, searches and collections may name it to this audience."""
        return self.step > Step.HIDDEN


def decide(
    facts: Facts, audience: Audience, purpose: Purpose, moment: datetime, policy: Policy
) -> Decision:
    """Return how much may leave for *audience* at *moment*, which must have a time zone.

    Raises:
        MomentWithoutZone: *moment* is naive.
    """
    question = Question(audience, in_utc(moment), policy)
    now = _decide_once(facts, purpose, question)
    until = _next_change(facts, now, question)
    return now if until is None else replace(now, until=until)


def _next_change(facts: Facts, now: Decision, question: Question) -> datetime | None:
    for point in sorted(turning_points(facts, question.policy)):
        if point <= question.moment:
            continue
        if _decide_once(facts, now.purpose, replace(question, moment=point)) != now:
            return point
    return None


def _decide_once(facts: Facts, purpose: Purpose, question: Question) -> Decision:
    found = findings(facts, question)
    step = min(reason.bound for reason in found)
    pack = _pack(step, purpose, found, question.policy)
    withdrawn = facts.withdrawn and not _hidden_anyway(found)
    owed = owed_credit(facts, question)
    return Decision(
        audience=question.audience,
        purpose=purpose,
        step=step,
        pack=pack,
        credit=(owed or facts.credit) if pack else "",
        duties=tuple(duties(facts, question, leaves=pack is not None)),
        words=_words(step, withdrawn=withdrawn),
        reasons=tuple(reason for reason in found if reason.bound == step),
        findings=found,
        withdrawn=withdrawn,
        better=_better(facts, purpose, question, pack),
        as_public=_as_public(facts, purpose, question, pack),
        withheld=withheld_words(facts, question),
        protected=protected_persons(facts, question),
    )


def _hidden_anyway(found: tuple[Reason, ...]) -> bool:
    """Whether it would be unknown even if it had never been withdrawn.

    A tombstone says that something was here; of a draft the public was never told.
    """
    return any(
        reason.bound is Step.HIDDEN and reason.rule is not Rule.WITHDRAWAL for reason in found
    )


def _words(step: Step, *, withdrawn: bool) -> Words:
    if step > Step.HIDDEN:
        return Words.RECORD
    return Words.TOMBSTONE if withdrawn else Words.NONE


def _pack(
    step: Step, purpose: Purpose, found: tuple[Reason, ...], policy: Policy
) -> PackRecipe | None:
    if purpose is Purpose.DOWNLOAD and step < Step.DOWNLOAD:
        return None
    cap = min((reason.pixels for reason in found if reason.pixels is not None), default=None)
    match step:
        case Step.HIDDEN | Step.RECORD:
            return None
        case Step.THUMBNAIL:
            longest = policy.thumbnail_pixels if cap is None else min(cap, policy.thumbnail_pixels)
            return PackRecipe(PackKind.THUMBNAIL, longest)
        case Step.CAPPED:
            return PackRecipe(PackKind.CAPPED, policy.cap_pixels if cap is None else cap)
        case Step.ZOOM | Step.DOWNLOAD | Step.MASTER:
            return PackRecipe(PackKind.FULL)
        case _:
            assert_never(step)


def _better(
    facts: Facts, purpose: Purpose, question: Question, pack: PackRecipe | None
) -> PackRecipe | None:
    # Nobody sees more than all of it; most photographs of a list are asked no further.
    whole = pack is not None and pack.kind is PackKind.FULL
    if question.audience is not Audience.PUBLIC or whole:
        return None
    better = _pack_for(facts, purpose, replace(question, audience=Audience.RESEARCHER))
    return None if better == pack else better


def _as_public(facts: Facts, purpose: Purpose, question: Question, pack: PackRecipe | None) -> bool:
    if question.audience is Audience.RESEARCHER:
        return pack == _pack_for(facts, purpose, replace(question, audience=Audience.PUBLIC))
    return question.audience is Audience.PUBLIC


def _pack_for(facts: Facts, purpose: Purpose, question: Question) -> PackRecipe | None:
    found = findings(facts, question)
    step = min(reason.bound for reason in found)
    return _pack(step, purpose, found, question.policy)


def answer(decision: Decision) -> Answer:
    """Return what a URL of its pixels answers, in words of the archive."""
    if decision.withdrawn:
        return Answer.WITHDRAWN
    if decision.step is Step.HIDDEN:
        return Answer.UNKNOWN
    if decision.pack is not None:
        return Answer.PIXELS
    return Answer.SIGN_IN if decision.signing_in_helps else Answer.REFUSED
