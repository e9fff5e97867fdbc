"""What an entry of the register says beyond one value: who, on what, with which papers.

Papers are named by the digest of their bytes, under which the store keeps them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum

from dam.rights.agreements import UsePurpose
from dam.rights.releases import ReleaseKind, ReleaseState
from dam.rights.restrictions import RestrictionKind, WordKind
from dam.rights.steps import Audience, Step


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the rights of a layer; *share* and *period* are as the papers say them."""

    name: str
    share: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Beside the statement of a layer: whose it is, why that is so, and who found it out.

    *label* names a statement of the archive's own; *title* is that of the work shown.
    """

    label: str = ""
    title: str = ""
    holders: tuple[Holder, ...] = ()
    basis: str = ""
    jurisdiction: str = ""
    determined_by: str = ""
    determined_on: date | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExceptionGround:
    """Beside the article of a law: where it is law, and why it holds here."""

    jurisdiction: str = ""
    basis: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseGiven:
    """Beside the person: what was agreed to; *reason* says why it was withdrawn or refused."""

    kind: ReleaseKind = ReleaseKind.MODEL
    state: ReleaseState = ReleaseState.SIGNED
    purposes: tuple[UsePurpose, ...] = ()
    is_ground: bool = False
    minor: bool = False
    signed_on: date | None = None
    given_by: str = ""
    reason: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RestrictionSet:
    """Beside its last day: what a restriction does, to whom, by whose authority."""

    kind: RestrictionKind = RestrictionKind.EMBARGO
    effect: Step = Step.RECORD
    binds: Audience = Audience.RESEARCHER
    start: date | None = None
    authority: str = ""
    review_on: date | None = None
    words: tuple[WordKind, ...] = ()
    persons: tuple[str, ...] = ()
    reason: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consulted:
    """One source of a search for holders, when it was asked, and what it said."""

    source: str
    day: date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class HoldersSearched:
    """Beside its number in the orphan works register: where holders were searched for."""

    consulted: tuple[Consulted, ...] = ()
    result: str = ""
    evidence: tuple[str, ...] = ()


Detail = Assessment | ExceptionGround | ReleaseGiven | RestrictionSet | HoldersSearched


def in_words(detail: Detail) -> str:
    """Return all that an entry says beyond its value, as the log keeps it."""
    return "; ".join(f"{name}: {words}" for name, words in _said(detail))


def _said(detail: Detail | Holder | Consulted) -> Iterator[tuple[str, str]]:
    for field in fields(detail):
        value = getattr(detail, field.name)
        if value is not None and value != field.default and value not in ((), ""):
            yield field.name.replace("_", " "), _words(value)


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_words, value))
    if isinstance(value, Holder | Consulted):
        return " ".join(words for _, words in _said(value))
    if isinstance(value, Step | Audience):
        return value.word
    if isinstance(value, date):
        return value.isoformat()
    return str(value.value) if isinstance(value, Enum) else str(value)
