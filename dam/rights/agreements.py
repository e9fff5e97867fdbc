"""Agreements: licences, permissions and deeds, given to the archive or by it.

What an agreement does not say it does not allow: an empty set covers nothing, and of what may be
asked with yes or no, none is “it does not say”.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from dam.errors import Malformed
from dam.rights.days import first_moment
from dam.rights.layers import BOTH, Layer
from dam.rights.territories import WORLD, overlap


class Direction(StrEnum):
    """Who is given something: the archive (in), or somebody by the archive (out)."""

    IN = "in"
    OUT = "out"


class AgreementKind(StrEnum):
    """What sort of paper it is."""

    LICENCE = "licence"
    PERMISSION = "permission"
    DEED = "deed"


class Medium(StrEnum):
    """Where a picture may appear; ``ANY`` is all of them."""

    ANY = "any"
    ONLINE = "online"
    EMBEDDING = "embedding"
    DOWNLOAD = "download"
    SOCIAL = "social"
    PRINT = "print"
    EXHIBITION = "exhibition"
    BROADCAST = "broadcast"
    MERCHANDISE = "merchandise"

    @property
    def words(self) -> str:
        """How it is called in a sentence."""
        return _MEDIA_WORDS[self]


_MEDIA_WORDS = {
    Medium.ANY: "any medium",
    Medium.ONLINE: "online",
    Medium.EMBEDDING: "embedding in other sites",
    Medium.DOWNLOAD: "files to take away",
    Medium.SOCIAL: "social media",
    Medium.PRINT: "print",
    Medium.EXHIBITION: "exhibition",
    Medium.BROADCAST: "film and broadcast",
    Medium.MERCHANDISE: "merchandise",
}


class UsePurpose(StrEnum):
    """What a picture may be used for; ``ANY`` is all of them."""

    ANY = "any"
    DISPLAY = "display"
    EDITORIAL = "editorial"
    EDUCATION = "education"
    RESEARCH = "research"
    PROMOTION = "promotion"
    COMMERCIAL = "commercial"

    @property
    def words(self) -> str:
        """How it is called in a sentence."""
        return _PURPOSE_WORDS[self]


_PURPOSE_WORDS = {
    UsePurpose.ANY: "any purpose",
    UsePurpose.DISPLAY: "showing the collection",
    UsePurpose.EDITORIAL: "news, books and documentaries",
    UsePurpose.EDUCATION: "teaching",
    UsePurpose.RESEARCH: "research",
    UsePurpose.PROMOTION: "promotion",
    UsePurpose.COMMERCIAL: "selling and advertising",
}


class UnusableAgreement(Malformed):
    """An agreement says two things that do not go together, or lacks what it cannot lack."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an agreement covers: where, in which media, for what."""

    territories: tuple[str, ...] = ()
    media: tuple[Medium, ...] = ()
    purposes: tuple[UsePurpose, ...] = ()

    def meets(self, other: "Scope") -> bool:
        """Whether both share territory, medium and purpose, where what is not said is all of it.

        So it is with what is exclusive: who was promised it is not to be surprised.
        """
        return (
            (not self.territories or not other.territories
             or overlap(self.territories, other.territories))
            and _shared(self.media, other.media, Medium.ANY)
            and _shared(self.purposes, other.purposes, UsePurpose.ANY)
        )  # fmt: skip


def _shared(one: tuple[str, ...], other: tuple[str, ...], every: str) -> bool:
    if not one or not other or every in one or every in other:
        return True
    return bool(set(one) & set(other))


@dataclass(frozen=True, slots=True)
class Agreement:
    """One version of an agreement; ``number`` stays, and a later version supersedes this one.

    *end* is the last covered day. *alterations*, *mining* (text and data mining, training of AI)
    and *sublicensing* are none where it does not say. What is *void* was recorded by mistake.
    """

    number: int
    direction: Direction
    kind: AgreementKind
    licensor: str
    licensee: str
    scope: Scope = Scope()
    signed: date | None = None
    start: date | None = None
    end: date | None = None
    perpetual: bool = False
    exclusive: bool = False
    largest_pixels: int | None = None
    print_run: int | None = None
    fee: str = ""
    credit: str = ""
    alterations: bool | None = None
    mining: bool | None = None
    sublicensing: bool | None = None
    notice_days: int | None = None
    duties: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    note: str = ""
    void: bool = False

    def __post_init__(self) -> None:
        if self.end is not None and self.perpetual:
            raise UnusableAgreement(
                "An agreement that ends is not perpetual; keep one of the two, and record it again."
            )
        if self.end is None and not self.perpetual:
            raise UnusableAgreement("Say when the agreement ends, or that it is perpetual.")
        if self.start is not None and self.end is not None and self.end < self.start:
            raise UnusableAgreement("The agreement ends before it starts; mend one of the days.")
        if self.largest_pixels is not None and self.largest_pixels < 1:
            raise UnusableAgreement("The largest size is a number of pixels, 1 or more.")

    @property
    def name(self) -> str:
        """The short name that people see."""
        return f"A-{self.number}"

    @property
    def binds(self) -> bool:
        """Whether it is an agreement at all: signed, and not recorded by mistake."""
        return self.signed is not None and not self.void

    def covers_medium(self, medium: Medium) -> bool:
        """Whether it names the medium."""
        return Medium.ANY in self.scope.media or medium in self.scope.media

    def covers_purpose(self, purpose: UsePurpose) -> bool:
        """Whether it names the purpose."""
        return UsePurpose.ANY in self.scope.purposes or purpose in self.scope.purposes

    @property
    def covers_showing_to_all(self) -> bool:
        """Whether it lets the archive show the picture to everybody, in every site and embed.

        Anonymous means worldwide: nobody's place is guessed from an address.
        """
        return (
            WORLD in self.scope.territories
            and self.covers_medium(Medium.ONLINE)
            and self.covers_medium(Medium.EMBEDDING)
            and self.covers_purpose(UsePurpose.DISPLAY)
        )


@dataclass(frozen=True, slots=True)
class Covering:
    """An agreement with the layers of a photograph that it is about."""

    agreement: Agreement
    layers: tuple[Layer, ...] = BOTH


def begins(agreement: Agreement, timezone: tzinfo) -> datetime | None:
    """Return the first moment that it covers, in UTC; none where it was always so."""
    return None if agreement.start is None else first_moment(agreement.start, timezone)


def ends(agreement: Agreement, timezone: tzinfo) -> datetime | None:
    """Return the first moment that it covers no more, in UTC; none where it has no end."""
    return None if agreement.end is None else day_after(agreement.end, timezone)


def day_after(last: date, timezone: tzinfo) -> datetime | None:
    """Return when the day after *last* begins, in UTC; none after the last day there is."""
    return None if last == date.max else first_moment(last + timedelta(days=1), timezone)


def in_force(agreement: Agreement, moment: datetime, timezone: tzinfo) -> bool:
    """Say whether it binds at *moment*."""
    first, after = begins(agreement, timezone), ends(agreement, timezone)
    return (
        agreement.binds and (first is None or moment >= first) and (after is None or moment < after)
    )
