"""What search engines and readers of feeds are told of: what the public may find, and no more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from dam.records import activities, catalogue
from dam.records import series as series_rows
from dam.records.base import Session
from dam.rights.decision import Duty
from dam.rights.facts import Audience, Purpose
from dam.rights.life import Life
from dam.workflows import ask
from dam.workflows.archive import Archive
from dam.workflows.ask import Asked
from dam.workflows.manifests import listed_life
from dam.workflows.presentation import Told, told_all

PART = 500  # photographs in one part of the sitemap
_NEWEST = 50


class NoSuchPart(ask.Unknown):
    """The sitemap has no such part."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the sitemap, and how long it holds."""

    photographs: tuple[Told, ...]
    life: Life


@dataclass(frozen=True, slots=True)
class SeriesPart:
    """The series that may be indexed, and how long that holds."""

    series: tuple[str, ...]
    life: Life


@dataclass(frozen=True, slots=True)
class Entry:
    """A photograph of the feed, and when it appeared or was last changed."""

    told: Told
    at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest photographs, and how long the feed holds."""

    entries: tuple[Entry, ...]
    life: Life


def may_be_indexed(asked: Asked) -> bool:
    """Whether search engines may be told of it."""
    return asked.told_of and Duty.UNINDEXED not in asked.decision.duties


def may_be_previewed(asked: Asked) -> bool:
    """Whether its picture may stand where no word can be said before it."""
    return may_be_indexed(asked) and Duty.ADVISORY not in asked.decision.duties


def parts(archive: Archive) -> int:
    """Return how many parts of photographs the sitemap has."""
    with archive.reading() as db:
        return -(-catalogue.count_published(db) // PART)


def part(archive: Archive, number: int) -> Part:
    """Return part *number*, from 1, of the photographs that may be indexed.

    Raises:
        NoSuchPart
    """
    with archive.reading() as db:
        if number < 1 or number > -(-catalogue.count_published(db) // PART):
            raise NoSuchPart
        some = catalogue.published_ids(db, offset=(number - 1) * PART, most=PART)
        told, asked = _indexed(db, archive, some)
    return Part(told, listed_life(asked))


def _indexed(
    db: Session, archive: Archive, identifiers: Sequence[str]
) -> tuple[tuple[Told, ...], Iterable[Asked]]:
    asked = ask.ask_in(db, archive, identifiers, Audience.PUBLIC, Purpose.LIST)
    indexed = [one for one in identifiers if one in asked and may_be_indexed(asked[one])]
    return told_all(db, archive, catalogue.photographs(db, indexed), asked), asked.values()


def series(archive: Archive) -> SeriesPart:
    """Return the series of which a frame may be indexed."""
    found: list[str] = []
    decided: list[Asked] = []
    with archive.reading() as db:
        for one in series_rows.all_series(db):
            asked = ask.ask_in(db, archive, one.frames, Audience.PUBLIC, Purpose.LIST).values()
            decided += asked
            if any(map(may_be_indexed, asked)):
                found.append(one.id)
    return SeriesPart(tuple(found), listed_life(decided))


def feed(archive: Archive) -> Feed:
    """Return the photographs that were taken in last, with when their records changed."""
    with archive.reading() as db:
        newest = catalogue.published_ids(db, offset=0, most=_NEWEST)
        told, asked = _indexed(db, archive, newest)
        entries = tuple(Entry(one, _changed(db, one)) for one in told)
    return Feed(entries, listed_life(asked))


def _changed(db: Session, one: Told) -> datetime:
    last = activities.newest_of(db, one.photograph.id)
    return one.photograph.created_at if last is None else last.at
