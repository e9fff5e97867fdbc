"""The decision in plain words, for whoever asks why."""

from dataclasses import dataclass
from datetime import tzinfo

from dam.rights.days import moment_in_words
from dam.rights.decision import Decision, Duty
from dam.rights.facts import Step
from dam.rights.rules import Reason, Rule


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the answer is, what makes it so much, what makes it no more, and what comes next."""

    headline: str
    because: tuple[str, ...]
    not_more_because: tuple[str, ...]
    also: tuple[str, ...]
    then: str

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, a sentence to a line."""
        return (
            self.headline,
            *(f"because: {words}" for words in self.because),
            *(f"not more because: {words}" for words in self.not_more_because),
            *(f"also: {words}" for words in self.also),
            *((self.then,) if self.then else ()),
        )


def explain(
    decision: Decision,
    timezone: tzinfo,
    *,
    following: Decision | None = None,
    for_staff: bool = False,
) -> Explanation:
    """Return *decision* in words.

    *following* is the decision at ``decision.until``, if the caller has asked for it; *for_staff*
    adds what only people of the archive may read: who decided, and what a review looks at.
    """
    granting = [reason for reason in decision.findings if _grants(reason, decision)]
    bounding = [reason for reason in decision.reasons if reason not in granting]
    others = [
        reason
        for reason in decision.findings
        if reason not in granting and reason not in bounding and reason.rule is not Rule.AUDIENCE
    ]
    return Explanation(
        headline=_headline(decision, timezone, following),
        because=tuple(_sentence(reason, for_staff=for_staff) for reason in granting),
        not_more_because=tuple(_sentence(reason, for_staff=for_staff) for reason in bounding),
        also=tuple(_sentence(reason, for_staff=for_staff) for reason in others),
        then=_then(decision, timezone, following),
    )


def _grants(reason: Reason, decision: Decision) -> bool:
    """Whether it speaks for showing: a ground, or for insiders their being here."""
    if reason.rule is Rule.AUDIENCE:
        return decision.audience.works_here and reason.bound is Step.MASTER
    return reason.rule.grounds and reason.bound > Step.RECORD


def _sentence(reason: Reason, *, for_staff: bool) -> str:
    return f"{reason.words} {reason.detail}".rstrip() if for_staff else reason.words


def _headline(decision: Decision, timezone: tzinfo, following: Decision | None) -> str:
    headline = f"{decision.audience.word.capitalize()}: {_what(decision)}"
    if decision.until is None or (following and _what(following) == _what(decision)):
        return f"{headline}."
    return f"{headline}, until {moment_in_words(decision.until, timezone)}."


def _then(decision: Decision, timezone: tzinfo, following: Decision | None) -> str:
    if decision.until is None or following is None:
        return ""
    day = moment_in_words(decision.until, timezone)
    if _what(following) == _what(decision):
        return f"On {day} the reasons change, and the answer stays."
    return f"From {day}: {_what(following)}."


def _what(decision: Decision) -> str:
    if decision.withdrawn:
        return "withdrawn, no picture"
    owed = bool(decision.credit) or Duty.CREDIT in decision.duties
    credit = ", with credit" if owed and decision.pack is not None else ""
    advisory = ", after an advisory" if Duty.ADVISORY in decision.duties else ""
    return f"{_step_in_words(decision)}{credit}{advisory}"


def _step_in_words(decision: Decision) -> str:
    pixels = decision.pack.long_side if decision.pack else None
    size = f" of {pixels} pixels" if pixels else ""
    return {
        Step.HIDDEN: "nothing, and it is not listed",
        Step.RECORD: "the words, no picture",
        Step.THUMBNAIL: f"one small picture{size}",
        Step.CAPPED: f"zoom in a smaller copy{size}",
        Step.ZOOM: "zoom",
        Step.DOWNLOAD: "zoom and download",
        Step.MASTER: "zoom, download and the master",
    }[decision.step]
