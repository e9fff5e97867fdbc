"""Find: photographs by their words and marks, decided for whoever asks.

Counting stops at the first thousand hits: above, every number is "at least".
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from dam.catalogue.marks import MarkKind, mark
from dam.catalogue.search_document import INNER, TITLE
from dam.catalogue.search_words import SearchWords, Term, read, with_words
from dam.records import catalogue, search, search_text
from dam.records.base import Session
from dam.records.search import Hit
from dam.records.search_text import Match
from dam.rights.facts import Audience, Purpose
from dam.workflows import ask, desk
from dam.workflows.archive import Archive
from dam.workflows.facets import Value, count_values, narrows
from dam.workflows.presentation import Told, told_all

PAGE = 60
MOST = 1000
_MOST_GUESSES, _GUESS_COUNT = 8, 50
_PORTION = 1000


class Order(StrEnum):
    """In which order hits come."""

    BEST = "best"
    DATE = "date"
    OLDEST = "oldest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: words, values of facets, order; *exact* forgives no slip of the pen."""

    text: str = ""
    chosen: tuple[tuple[MarkKind, str], ...] = ()
    order: Order | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to; *more* says that there are more than were counted.

    *shown_for* are the words that were looked for instead, empty where those were that were typed.
    *nothing_read* says that what was typed holds no word.
    """

    query: Query
    order: Order
    count: int
    more: bool
    number: int
    pages: int
    facets: tuple[tuple[MarkKind, tuple[Value, ...]], ...]
    shown_for: str = ""
    nothing_read: bool = False
    cut: bool = False
    told: tuple[Told, ...] = ()
    frames: tuple[desk.DeskFrame, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who asks, and when: what hits have to be for that."""

    staff: bool
    second: int

    def match(self, words: SearchWords, query: Query) -> Match:
        base = mark(MarkKind.ALL) if self.staff else mark(MarkKind.LISTED)
        groups: dict[MarkKind, list[str]] = {}
        for kind, value in query.chosen:
            groups.setdefault(kind, []).append(
                mark(kind) if kind is MarkKind.USABLE else mark(kind, value)
            )
        chosen = tuple(tuple(group) for group in groups.values())
        # A mark that all have would only be read through beside others.
        needed = not self.staff or not (chosen or words.wanted)
        usable = self.second if MarkKind.USABLE in groups else None
        return Match(words, ((base,), *chosen) if needed else chosen, self.staff, usable_at=usable)


def find(archive: Archive, audience: Audience, query: Query, number: int = 1) -> Found:
    """Return page *number*, from 1, of what *audience* may find; a page beyond shows the last.

    No text is refused.
    """
    with archive.reading() as db:
        found, shown = looked_up(db, archive, audience, query, number)
        if audience.works_here:
            return replace(found, frames=desk.frames_in(db, archive, shown, audience))
        return replace(found, told=_told(db, archive, audience, shown))


def looked_up(
    db: Session, archive: Archive, audience: Audience, query: Query, number: int = 1
) -> tuple[Found, list[str]]:
    """Return what the index knows, without the photographs, and which are on that page."""
    query = _allowed(query, audience)
    asker = _Asker(audience.works_here, int(archive.now().timestamp()))
    words = read(query.text)
    order = query.order or (Order.BEST if words.wanted else Order.NEWEST)
    if query.text.strip() and words.empty:
        nothing = Found(query, order, 0, more=False, number=1, pages=1, facets=())
        return replace(nothing, nothing_read=True), []
    hits, shown_for = _hits(db, asker, words, query, order)
    more, hits = len(hits) > MOST, hits[:MOST]
    pages = max(1, -(-len(hits) // PAGE))
    number = min(max(1, number), pages)
    found = Found(
        query=query,
        order=order,
        count=len(hits),
        more=more,
        number=number,
        pages=pages,
        facets=count_values(db, audience, asker.second, query.chosen, hits),
        shown_for=shown_for,
        cut=words.cut,
    )
    return found, [one.photograph_id for one in hits[(number - 1) * PAGE : number * PAGE]]


def _allowed(query: Query, audience: Audience) -> Query:
    known = narrows(audience)
    chosen = tuple(dict.fromkeys(one for one in query.chosen if one[0] in known))
    return replace(query, chosen=chosen)


def _told(db: Session, archive: Archive, audience: Audience, shown: list[str]) -> tuple[Told, ...]:
    """Return those that lists may name: the index selects, the decision decides."""
    asked = ask.ask_in(db, archive, shown, audience, Purpose.LIST)
    listed = [one for one in shown if asked[one].decision.listed]
    return told_all(db, archive, catalogue.photographs(db, listed), asked)


def _hits(
    db: Session, asker: _Asker, words: SearchWords, query: Query, order: Order
) -> tuple[list[Hit], str]:
    hits = _ordered(db, asker.match(words, query), order)
    if hits or query.exact or not words.wanted:
        return hits, ""
    mended = _mended(db, asker, words)
    if mended == words:
        return hits, ""
    hits = _ordered(db, asker.match(mended, query), order)
    return hits, mended.text if hits else ""


def _ordered(db: Session, match: Match, order: Order) -> list[Hit]:
    """Return hits, one more than are counted where there are more."""
    if order in {Order.DATE, Order.OLDEST}:
        first = order is Order.OLDEST
        return search.hits(db, search_text.numbers(db, match, most=MOST + 1, oldest_first=first))
    if order is Order.NEWEST or not match.words.wanted:
        everything = match == Match(marks=((mark(MarkKind.ALL),),), inner=True)
        numbers = (
            search.newest(db, MOST + 1) if everything else search_text.newest(db, match, MOST + 1)
        )
        return search.hits(db, numbers)
    numbers = search_text.numbers(db, match, most=MOST + 1)
    if len(numbers) > MOST:
        # Those with the words in their titles come first, whatever their dates.
        titled = search_text.numbers(db, replace(match, titles=True), most=MOST)
        numbers = list(dict.fromkeys([*titled, *numbers]))[: MOST + 1]
    hits = search.hits(db, numbers, words=True)
    scores = {hit.number: _score(hit, match.words) for hit in hits}
    return sorted(hits, key=lambda hit: -scores[hit.number])  # of one score, the latest first


def _score(hit: Hit, words: SearchWords) -> int:
    """Return how well a hit suits: words in titles count most, and whole words more than parts."""
    text = f" {hit.words} "
    return sum(_score_of(text, term) for term in words.wanted)


def _score_of(text: str, term: Term) -> int:
    score = 0
    for sign, worth in ((TITLE, 8), ("", 2), (INNER, 1)):
        phrase = f" {' '.join(sign + word for word in term.words)}"
        if f"{phrase} " in text:
            score += 2 * worth
        elif term.begins and phrase in text:
            score += worth
    return score


def _mended(db: Session, asker: _Asker, words: SearchWords) -> SearchWords:
    """Return *words* with those exchanged that nothing has for near ones that something has."""
    other: dict[str, str] = {}
    for term in words.wanted:
        if term.quoted or len(term.words) > 1 or _count(db, asker, term, 1):
            continue
        word = term.words[0]
        guesses = [
            (guess, _count(db, asker, Term((guess,)), _GUESS_COUNT))
            for guess in search.near(db, word)[:_MOST_GUESSES]
        ]
        best = max(guesses, key=lambda guess: guess[1], default=("", 0))
        if best[1]:
            other[word] = best[0]
    return with_words(words, other)


def _count(db: Session, asker: _Asker, term: Term, most: int) -> int:
    return search_text.count(db, asker.match(SearchWords((term,)), Query()), most)


def ids(archive: Archive, audience: Audience, query: Query) -> Iterator[str]:
    """Yield every photograph that a search finds, the latest dates first, for work on all of them.

    What slips of the pen were forgiven for a page is forgiven here too.
    """
    query = _allowed(query, audience)
    asker = _Asker(audience.works_here, int(archive.now().timestamp()))
    words = read(query.text)
    if query.text.strip() and words.empty:
        return
    with archive.reading() as db:
        if (
            words.wanted
            and not query.exact
            and not search_text.count(db, asker.match(words, query), 1)
        ):
            words = _mended(db, asker, words)
    match, before = asker.match(words, query), None
    while True:
        with archive.reading() as db:
            numbers = search_text.numbers(db, match, most=_PORTION, before=before)
            hits = search.hits(db, numbers)
        yield from (hit.photograph_id for hit in hits)
        if len(numbers) < _PORTION:
            return
        before = numbers[-1]
