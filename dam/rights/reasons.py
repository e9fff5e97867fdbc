"""What a rule says: how much may leave at most, and why."""

from dataclasses import dataclass
from enum import StrEnum

from dam.rights.facts import Audience, Step
from dam.rights.policy import Question


class Rule(StrEnum):
    """Which rule spoke."""

    AUDIENCE = "audience"
    PUBLICATION = "publication"
    ASIDE = "aside"
    WITHDRAWAL = "withdrawal"
    EMBARGO = "embargo"
    GROUND = "ground"
    WORK_GROUND = "work ground"
    EXCLUSIVE = "exclusive"
    CEILING = "ceiling"
    CAP = "cap"
    SENSITIVITY = "sensitivity"
    MINOR = "minor"
    RELEASE = "release"
    RESTRICTION = "restriction"

    @property
    def grounds(self) -> bool:
        """Whether it says on what a layer is shown."""
        return self in {Rule.GROUND, Rule.WORK_GROUND}


@dataclass(frozen=True, slots=True)
class Reason:
    """What one rule allows at most, in one sentence that names its record.

    *words* may be read by whoever asked; *detail* (names, what a review looks at) only by people
    of the archive. *pixels* is the longest side that it leaves at the step ``capped``.
    """

    rule: Rule
    words: str
    record: str | None
    bound: Step
    detail: str = ""
    pixels: int | None = None


def for_researchers(reason: Reason, question: Question) -> Reason:
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
