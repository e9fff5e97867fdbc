"""A planned use: may this picture be used so, there, until then? Yes, no or ask, with the clause.

*Yes* needs every layer, release and restriction to cover the use positively; *no* is said where one
forbids it; silence is *ask*. It is what the records say, and no legal advice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dam.errors import Malformed
from dam.rights.agreements import Medium, UsePurpose
from dam.rights.territories import WORLD


class Verdict(StrEnum):
    """The answer, or what one clause of the records says of it."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


class UnusablePlan(Malformed):
    """The use that is described cannot be."""


@dataclass(frozen=True, slots=True)
class Use:
    """What somebody wants to do; *last* is none where the use has no end.

    *pixels* and *copies* are none where no number is given. *for_others* is false where the archive
    itself is the user: then nothing has to be passed on.
    """

    asker: str
    medium: Medium
    purpose: UsePurpose
    first: date
    territories: tuple[str, ...] = (WORLD,)
    last: date | None = None
    pixels: int | None = None
    copies: int | None = None
    changed: bool = False
    mining: bool = False
    for_others: bool = True

    def __post_init__(self) -> None:
        if self.medium is Medium.ANY or self.purpose is UsePurpose.ANY:
            raise UnusablePlan("Name one medium and one purpose; each use is asked for by itself.")
        if not self.territories:
            raise UnusablePlan("Name a country, or “world”.")
        if self.last is not None and self.last < self.first:
            raise UnusablePlan("The use ends before it begins; mend one of the days.")
        if any(number is not None and number < 1 for number in (self.pixels, self.copies)):
            raise UnusablePlan("Sizes and numbers of copies are 1 or more.")

    @property
    def sells(self) -> bool:
        """Whether somebody earns by it, so that licences for free use do not cover it."""
        return (
            self.purpose in {UsePurpose.COMMERCIAL, UsePurpose.PROMOTION}
            or self.medium is Medium.MERCHANDISE
        )


@dataclass(frozen=True, slots=True)
class Clause:
    """What one record says of the use; *record* is empty where nothing is on record."""

    verdict: Verdict
    words: str
    record: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer with every clause that it rests on, the deciding ones first."""

    verdict: Verdict
    clauses: tuple[Clause, ...]


_WEIGHT = {Verdict.NO: 0, Verdict.ASK: 1, Verdict.YES: 2}


def answer_of(clauses: Iterable[Clause]) -> Answer:
    """Return the answer that *clauses* come to: no if one forbids, yes if all say so."""
    found = tuple(sorted(clauses, key=lambda one: _WEIGHT[one.verdict]))
    return Answer(found[0].verdict if found else Verdict.ASK, found)


def lowest(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the one answer for several photographs: no if one is no, yes if all are."""
    return min(verdicts, key=_WEIGHT.__getitem__, default=Verdict.ASK)
