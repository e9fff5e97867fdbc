"""What is known of one photograph that bears on whether it may leave.

Every fact that grants or restricts names the record it was read from, by the short name that
people see ("R-12"), so that a decision can say why.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from dam.errors import Malformed
from dam.rights.agreements import Covering
from dam.rights.layers import Layer
from dam.rights.releases import Release
from dam.rights.restrictions import Restriction
from dam.rights.steps import Audience, Purpose, Step, UnknownStep

__all__ = [
    "Aside",
    "Audience",
    "Cap",
    "Ceiling",
    "Covering",
    "Embargo",
    "Facts",
    "Hold",
    "Layer",
    "LegalException",
    "OrphanSearch",
    "Publication",
    "Purpose",
    "RecordedStatement",
    "Release",
    "Restriction",
    "Sensitivity",
    "Showing",
    "Step",
    "UnknownStep",
    "UnusableCap",
    "Withdrawal",
    "WorkShown",
]


class UnusableCap(Malformed):
    """A cap must leave at least one pixel."""

    def __init__(self, long_side_pixels: int) -> None:
        self.long_side_pixels = long_side_pixels
        super().__init__(
            f"A cap of {long_side_pixels} pixels leaves no picture; write 1 or more, or set the "
            "access to “record”."
        )


class Publication(StrEnum):
    """Where a photograph stands between the desk and the public."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Hold(StrEnum):
    """What stands behind an embargo, and so what ends it."""

    PLAIN = "plain"
    DONOR = "donor"
    COURT = "court"
    CULTURAL = "cultural"

    @property
    def opens_by_itself(self) -> bool:
        """Whether the date alone ends it; the others hold until a person reviews them."""
        return self is Hold.PLAIN


@dataclass(frozen=True, slots=True)
class RecordedStatement:
    """The rights statement or licence that somebody recorded; with a *label*, one of our own.

    *review_on* is the day by which somebody looks at it again.
    """

    uri: str
    record: str
    label: str = ""
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Showing:
    """A named person's decision to show it; it grants nothing without the name."""

    by: str
    recorded_on: date
    review_on: date
    record: str


@dataclass(frozen=True, slots=True)
class LegalException:
    """An exception of law, named by law and article, on which one layer is shown."""

    article: str
    layer: Layer
    record: str
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class WorkShown:
    """The work that the photograph shows: a painting, a poster, a building.

    It has rights of its own, and must clear as the photograph does; without a *statement* nobody
    knows them.
    """

    record: str
    title: str = ""
    statement: RecordedStatement | None = None
    showing: Showing | None = None


@dataclass(frozen=True, slots=True)
class OrphanSearch:
    """A diligent search for the holders of one layer; *register_number* is the orphan register's.

    *until* is the day on which the last source was consulted.
    """

    layer: Layer
    record: str
    register_number: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that people outside the archive may get; never a ground."""

    step: Step
    record: str


@dataclass(frozen=True, slots=True)
class Cap:
    """The longest side, in pixels, that people outside the archive may get."""

    long_side_pixels: int
    record: str

    def __post_init__(self) -> None:
        if self.long_side_pixels < 1:
            raise UnusableCap(self.long_side_pixels)


@dataclass(frozen=True, slots=True)
class Embargo:
    """Closed before a day: *until* is the first visible day, in the archive's time zone."""

    until: date
    record: str
    hold: Hold = Hold.PLAIN


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What makes it hard to see or to show; *reviewed_by* is empty until a person has looked."""

    terms: tuple[str, ...]
    reviewed_by: str | None
    record: str

    @property
    def reviewed(self) -> bool:
        """Whether a named person has looked and let it stand."""
        return bool(self.reviewed_by and self.reviewed_by.strip())


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why, when and by whom it was taken away."""

    record: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Aside:
    """That another photograph, *photograph_id*, stands for this one; whether as a later version."""

    photograph_id: str
    earlier_version: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the decision is made from; what is absent grants nothing.

    *statement* and *showing* are of the photograph's own layer; *work* is the other, where the
    photograph shows a work. *credit* is the line as it is to be shown; *people_shown* says that
    somebody in it is, or may be, recognisable, so that copies in caches are kept short.
    """

    publication: Publication
    statement: RecordedStatement | None = None
    showing: Showing | None = None
    ceiling: Ceiling | None = None
    cap: Cap | None = None
    embargo: Embargo | None = None
    sensitivity: Sensitivity | None = None
    withdrawal: Withdrawal | None = None
    work: WorkShown | None = None
    exceptions: tuple[LegalException, ...] = ()
    agreements: tuple[Covering, ...] = ()
    releases: tuple[Release, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    searches: tuple[OrphanSearch, ...] = ()
    credit: str = ""
    people_shown: bool = False
    aside: Aside | None = None

    @property
    def withdrawn(self) -> bool:
        """Whether it was taken away; either sign of it is enough."""
        return self.withdrawal is not None or self.publication is Publication.WITHDRAWN

    def beside(self, standing: Self, aside: Aside) -> Self:
        """Return these facts where the photograph of *standing* stands for this one.

        It is the same picture or nearly: what takes that one away, or restricts it for all, holds
        for this one as well.
        """
        taken_away = standing.publication is Publication.WITHDRAWN
        return replace(
            self,
            publication=standing.publication if taken_away else self.publication,
            withdrawal=self.withdrawal or standing.withdrawal,
            restrictions=(*self.restrictions, *standing.restrictions),
            aside=aside,
        )

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers that must clear: the photograph, and the work if it shows one."""
        return (Layer.PHOTOGRAPH,) if self.work is None else (Layer.PHOTOGRAPH, Layer.WORK)

    def statement_of(self, layer: Layer) -> RecordedStatement | None:
        """The statement on record for one layer."""
        if layer is Layer.PHOTOGRAPH:
            return self.statement
        return self.work.statement if self.work else None

    def showing_of(self, layer: Layer) -> Showing | None:
        """A person's decision to show one layer."""
        if layer is Layer.PHOTOGRAPH:
            return self.showing
        return self.work.showing if self.work else None
