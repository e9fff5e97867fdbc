"""Synthetic records for the benchmark of searches: made words, dates, places, in fixed chances."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from dam.catalogue.marks import MarkKind, mark
from dam.catalogue.search_document import SearchDocument, indexed
from dam.records.search import Document

_FIRST = date(1900, 1, 1).toordinal()
_DAYS = 44_000
_TAKEN_IN = datetime(2026, 1, 1, tzinfo=UTC)
_STATES = ("published", "draft", "inreview", "withdrawn")
_USABLE, _WITHOUT_ALT = 0.7, 0.3
_SERIES, _CREATORS, _PLACES = 2000, 500, 300


def documents(first: int, last: int, words: Sequence[str], seed: int) -> Iterator[Document]:
    """Yield the documents of photographs *first* to *last*, the same for the same seed."""
    for number in range(first, last):
        chance = random.Random(seed * 10_000_019 + number)  # noqa: S311 (made records)
        day = date.fromordinal(_FIRST + chance.randrange(_DAYS))
        title = " ".join(drawn(chance, words, 4))
        texts = tuple(" ".join(drawn(chance, words, length)) for length in (25, 12, 5))
        yield Document(
            photograph_id=identifier(number),
            day=day,
            created_at=_TAKEN_IN + timedelta(seconds=number),
            usable_from=0 if chance.random() < _USABLE else None,
            marks=tuple(_marks(chance, day)),
            words=indexed(_words(title, texts, day, number)).text,
        )


def _words(title: str, texts: tuple[str, ...], day: date, number: int) -> SearchDocument:
    return SearchDocument((title,), (*texts, day.isoformat()), (f"{number}",))


def identifier(number: int) -> str:
    """Return the identifier of a made photograph."""
    return f"bench{number:07d}"


def drawn(chance: random.Random, words: Sequence[str], count: int) -> list[str]:
    """Return words as texts have them: a few very often, most seldom (about 1 in its rank)."""
    return [words[int(len(words) ** chance.random()) - 1] for _ in range(count)]


def _marks(chance: random.Random, day: date) -> Iterator[str]:
    yield mark(MarkKind.ALL)
    [state] = chance.choices(_STATES, (80, 15, 3, 2))
    if state == "published":
        yield mark(MarkKind.LISTED)
        yield mark(MarkKind.USABLE)
    yield mark(MarkKind.STATE, state)
    yield mark(MarkKind.RIGHTS, chance.choice(("none", "by", "cc0", "inc")))
    yield mark(MarkKind.SERIES, f"s{chance.randrange(_SERIES)}")
    yield mark(MarkKind.CREATOR, f"c{chance.randrange(_CREATORS)}")
    yield mark(MarkKind.PLACE, f"p{chance.randrange(_PLACES)}")
    yield mark(MarkKind.DECADE, f"{day.year // 10}0")
    if chance.random() < _WITHOUT_ALT:
        yield mark(MarkKind.GAP, "alt")
