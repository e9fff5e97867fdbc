"""Where the words that are looked for stand in a text, and what stands around them."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from dam.catalogue.folding import words_of
from dam.catalogue.search_words import SearchWords, Term

_AROUND = 60  # characters before and after a quote


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as it is written, with some of the text before and after it."""

    before: str
    exact: str
    after: str


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    start: int
    end: int


def quotes(text: str, asked: SearchWords) -> tuple[Quote, ...]:
    """Return each passage of *text* that was asked for, in their order.

    Nothing, unless all wanted terms stand in it and none of the unwanted: a text is found whole
    or not at all.
    """
    words = tuple(_words(text))
    if asked.empty or any(_places(words, term) for term in asked.unwanted):
        return ()
    found = [_places(words, term) for term in asked.wanted]
    if not all(found):
        return ()
    spans = dict.fromkeys(sorted(span for places in found for span in places))
    return tuple(_quote(text, start, end) for start, end in spans)


def beginnings(text: str, letters: str) -> Iterator[str]:
    """Yield the words of *text*, as they are written, that begin with *letters*."""
    asked = words_of(letters)
    if len(asked) == 1:
        for word in _words(text):
            if word.folded.startswith(asked[0]):
                yield text[word.start : word.end].lower()


def _places(words: Sequence[_Word], term: Term) -> list[tuple[int, int]]:
    length = len(term.words)
    return [
        (words[at].start, words[at + length - 1].end)
        for at in range(len(words) - length + 1)
        if _stands(words[at : at + length], term)
    ]


def _stands(words: Sequence[_Word], term: Term) -> bool:
    *first, last = (word.folded for word in words)
    if tuple(first) != term.words[:-1]:
        return False
    return last.startswith(term.words[-1]) if term.begins else last == term.words[-1]


def _quote(text: str, start: int, end: int) -> Quote:
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = before.partition(" ")[2] or before
    if end + _AROUND < len(text):
        after = after.rpartition(" ")[0] or after
    return Quote(before, text[start:end], after)


def _words(text: str) -> Iterator[_Word]:
    """Yield the words of *text* as the index folds them, with their places."""
    for inside, run in groupby(enumerate(text), lambda pair: _in_a_word(pair[1])):
        if inside:
            places = [place for place, _ in run]
            yield from _folded(text, places[0], places[-1] + 1)


def _folded(text: str, start: int, end: int) -> Iterator[_Word]:
    found = words_of(text[start:end])
    if len(found) == 1:
        yield _Word(found[0], start, end)
        return
    # A script without spaces: each sign is a word. What a mark is part of is the sign before it.
    at = start
    while at < end:
        after = at + 1
        while after < end and unicodedata.combining(text[after]):
            after += 1
        yield from (_Word(word, at, after) for word in words_of(text[at:after]))
        at = after


@lru_cache(maxsize=4096)
def _in_a_word(character: str) -> bool:
    """Say whether *character* stands inside words: a letter, a digit, a mark, a soft hyphen."""
    return not character.isspace() and "\n" not in character and _holds(character)


def _holds(character: str) -> bool:
    return bool(words_of(character)) or words_of(f"a{character}a") == ("aa",)
