"""The words by which one photograph is found, as one text that every engine reads alike.

A document is a row of tokens. Words that the public may read stand as they are, those for staff
alone behind a sign, those of titles once more behind another, and marks for what is narrowed by
(series, state, …) behind a third. The signs are private characters, which no folded word holds, so
that one index answers every audience and no word of staff is ever met by the public's question.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dam.catalogue.folding import words_of

GAP = "\ue000"
"""Stands between two texts, so that no phrase runs from one into the next."""
MARK, INNER, TITLE = "\ue001", "\ue002", "\ue003"

_MOST_TOKENS = 15_000  # and some marks; PostgreSQL counts places up to 16 383
_MOST_OF_ONE = 250  # and keeps at most 255 places of one word


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What one photograph is found by.

    *titles* and *others* are texts that the public may read, *inner* those for staff.
    """

    titles: tuple[str, ...]
    others: tuple[str, ...]
    inner: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indexed:
    """A document as it is stored: its tokens with spaces between, and its own words."""

    text: str
    vocabulary: frozenset[str]


def indexed(document: SearchDocument) -> Indexed:
    """Return the tokens of *document*; of a very long one the end is left out."""
    titles = [words_of(text) for text in dict.fromkeys(document.titles)]
    others = [words_of(text) for text in dict.fromkeys(document.others)]
    inner = [words_of(text) for text in dict.fromkeys(document.inner)]
    tokens = [*_with_gaps(titles, TITLE)]
    tokens += _with_gaps(titles + others, "")
    tokens += _with_gaps(inner, INNER)
    vocabulary = frozenset(word for text in titles + others + inner for word in text)
    return Indexed(" ".join(_bounded(tokens[:_MOST_TOKENS])), vocabulary)


def _with_gaps(texts: Iterable[tuple[str, ...]], sign: str) -> Iterator[str]:
    for text in texts:
        yield GAP
        yield from (sign + word for word in text)


def _bounded(tokens: list[str]) -> Iterator[str]:
    met: Counter[str] = Counter()
    for token in tokens:
        met[token] += 1
        yield token if met[token] <= _MOST_OF_ONE else GAP
