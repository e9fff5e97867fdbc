"""Restrictions: what keeps a photograph, or words about it, from some audiences for some time."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from dam.rights.days import first_moment
from dam.rights.steps import Audience, Step


class RestrictionKind(StrEnum):
    """What stands behind a restriction, and so what ends it."""

    EMBARGO = "embargo"
    DONOR = "donor"
    COURT = "court order"
    CULTURAL = "cultural protocol"
    SENSITIVITY = "sensitivity"

    @property
    def opens_by_itself(self) -> bool:
        """Whether its date alone ends it; the others hold until a person reviews them."""
        return self is RestrictionKind.EMBARGO


class WordKind(StrEnum):
    """Words about a photograph that have an audience of their own."""

    PERSON = "names of persons"
    CAPTION = "caption"
    PLACE = "exact place"
    COORDINATES = "coordinates"
    ANNOTATION = "annotations"


@dataclass(frozen=True, slots=True)
class Restriction:
    """One restriction: at most *effect* for everybody up to *binds*, from *start* to *end*.

    *end* is the first day on which it may be seen again. *words* are withheld from the same
    audiences, and *persons* are protected: their names leave every word about the photograph.
    """

    kind: RestrictionKind
    effect: Step
    record: str
    binds: Audience = Audience.RESEARCHER
    start: date | None = None
    end: date | None = None
    authority: str = ""
    review_on: date | None = None
    words: tuple[WordKind, ...] = ()
    persons: tuple[str, ...] = ()

    def holds(self, audience: Audience, moment: datetime, timezone: tzinfo) -> bool:
        """Say whether it binds *audience* at *moment*."""
        if audience > self.binds:
            return False
        if self.start is not None and moment < first_moment(self.start, timezone):
            return False
        over = self.end is not None and moment >= first_moment(self.end, timezone)
        return not (over and self.kind.opens_by_itself)
