"""What is known of one photograph that bears on whether it may leave.

Every fact that grants or restricts names the record it was read from, by the short name that
people see ("R-12"), so that a decision can say why.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Self

from dam.errors import Malformed


class UnknownStep(Malformed):
    """The word names no step of access."""

    def __init__(self, written: str, known: tuple[str, ...]) -> None:
        self.written = written
        super().__init__(f"“{written}” is no step of access; write one of: {', '.join(known)}.")


class UnusableCap(Malformed):
    """A cap must leave at least one pixel."""

    def __init__(self, long_side_pixels: int) -> None:
        self.long_side_pixels = long_side_pixels
        super().__init__(
            f"A cap of {long_side_pixels} pixels leaves no picture; write 1 or more, or set the "
            "access to “record”."
        )


class Step(IntEnum):
    """How much may leave, from nothing to the untouched original."""

    HIDDEN = 0
    RECORD = 1
    THUMBNAIL = 2
    CAPPED = 3
    ZOOM = 4
    DOWNLOAD = 5
    MASTER = 6

    @property
    def word(self) -> str:
        """How it is written in sheets and on pages."""
        return self.name.lower()

    @classmethod
    def of_word(cls, word: str) -> Self:
        """Return the step that is written so.

        Raises:
            UnknownStep: no step is.
        """
        for step in cls:
            if step.word == word.strip().lower():
                return step
        raise UnknownStep(word, tuple(step.word for step in cls))


class Audience(IntEnum):
    """Who asks; each sees at least what the one before sees."""

    PUBLIC = 0
    RESEARCHER = 1
    STAFF = 2
    EDITOR = 3
    RIGHTS_MANAGER = 4
    ADMINISTRATOR = 5

    @property
    def word(self) -> str:
        """How it is written on pages."""
        return self.name.lower().replace("_", " ")

    @property
    def works_here(self) -> bool:
        """Whether these are people of the archive, who see drafts to work on them."""
        return self >= Audience.STAFF


class Purpose(StrEnum):
    """What the answer is wanted for."""

    VIEW = "view"
    LIST = "list"
    DOWNLOAD = "download"


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
    """The rights statement or licence that somebody recorded."""

    uri: str
    record: str


@dataclass(frozen=True, slots=True)
class Showing:
    """A named person's decision to show it; it grants nothing without the name."""

    by: str
    recorded_on: date
    review_on: date
    record: str


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
class Facts:
    """All that the decision is made from; what is absent grants nothing.

    *credit* is the line as it is to be shown; *people_shown* says that somebody in it is, or may
    be, recognisable, so that copies in caches are kept short.
    """

    publication: Publication
    statement: RecordedStatement | None = None
    showing: Showing | None = None
    ceiling: Ceiling | None = None
    cap: Cap | None = None
    embargo: Embargo | None = None
    sensitivity: Sensitivity | None = None
    withdrawal: Withdrawal | None = None
    credit: str = ""
    people_shown: bool = False

    @property
    def withdrawn(self) -> bool:
        """Whether it was taken away; either sign of it is enough."""
        return self.withdrawal is not None or self.publication is Publication.WITHDRAWN
