"""Ask the one rights decision: every route, job and command comes through here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dam.errors import Forbidden, Gone, NotFound
from dam.records import register
from dam.records.base import Session
from dam.rights.decision import Answer, Decision, answer, decide
from dam.rights.facts import Audience, Facts, Purpose, Step
from dam.rights.life import Life, life
from dam.workflows.archive import Archive


class Unknown(NotFound):
    """Nothing of that identifier is here for this audience."""

    def __init__(self) -> None:
        super().__init__("There is no photograph at this address.")


class Withheld(Forbidden):
    """The record may be read, and no pixel may leave; the sentence says why."""

    def __init__(self, sentence: str, *, signing_in_helps: bool = False) -> None:
        super().__init__(sentence)
        self.signing_in_helps = signing_in_helps


class Withdrawn(Gone):
    """It was withdrawn; neither its name nor its picture is told."""

    def __init__(self, at: datetime | None = None) -> None:
        super().__init__("This photograph was withdrawn.")
        self.at = at


@dataclass(frozen=True, slots=True)
class When:
    """The moment that is asked about, if not now, and the day whose knowledge counts, if not today.

    *on* is another moment with today's records; *as_of* leaves out what was recorded later.
    """

    on: datetime | None = None
    as_of: datetime | None = None


NOW = When()


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision with the facts that it was made from and the moment that it is about."""

    facts: Facts
    decision: Decision
    moment: datetime

    @property
    def life(self) -> Life:
        """How long caches outside may keep what this decision lets out."""
        return life(self.decision, self.facts)

    @property
    def told_of(self) -> bool:
        """Whether manifests, collections and searches within them may name it."""
        return self.decision.listed and not self.decision.withdrawn


def ask(
    archive: Archive, photograph_id: str, audience: Audience, purpose: Purpose = Purpose.VIEW
) -> Asked:
    """Return the decision about one photograph for *audience*, now."""
    with archive.reading() as db:
        return ask_in(db, archive, [photograph_id], audience, purpose)[photograph_id]


def ask_in(
    db: Session,
    archive: Archive,
    identifiers: Sequence[str],
    audience: Audience,
    purpose: Purpose = Purpose.VIEW,
    when: When = NOW,
) -> dict[str, Asked]:
    """Return the decision about each photograph, within a session that is open."""
    moment = when.on or archive.now()
    known = register.facts(db, identifiers, as_of=when.as_of)
    return {
        one: Asked(facts, decide(facts, audience, purpose, moment, archive.policy), moment)
        for one, facts in known.items()
    }


def require_pixels(asked: Asked) -> None:
    """Return if pixels may leave.

    Raises:
        Unknown, Withheld, Withdrawn: they may not; RIGHTS.md, "What a URL answers".
    """
    decision = asked.decision
    match answer(decision):
        case Answer.PIXELS:
            return
        case Answer.UNKNOWN:
            raise Unknown
        case Answer.WITHDRAWN:
            raise Withdrawn(asked.facts.withdrawal.at if asked.facts.withdrawal else None)
        case Answer.SIGN_IN | Answer.REFUSED as found:
            sentence = " ".join(reason.words for reason in decision.reasons)
            raise Withheld(sentence, signing_in_helps=found is Answer.SIGN_IN)


def require_step(asked: Asked, least: Step) -> None:
    """Return if *least*, a step with pixels, may leave.

    Raises:
        Unknown, Withdrawn: as ``require_pixels``.
        Withheld: pixels may leave, and this may not.
    """
    require_pixels(asked)
    if asked.decision.step < least:
        raise Withheld(" ".join(reason.words for reason in asked.decision.reasons))


def require_words(asked: Asked) -> None:
    """Return if the record may be read; raises ``Unknown`` or ``Withdrawn`` otherwise."""
    match answer(asked.decision):
        case Answer.UNKNOWN:
            raise Unknown
        case Answer.WITHDRAWN:
            raise Withdrawn(asked.facts.withdrawal.at if asked.facts.withdrawal else None)
        case Answer.PIXELS | Answer.SIGN_IN | Answer.REFUSED:
            return
