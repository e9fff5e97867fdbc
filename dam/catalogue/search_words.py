"""What somebody types into a search field, read without ever refusing it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dam.catalogue.folding import words_of

_LONGEST = 1000  # characters that are read
_MOST_TERMS = 16
_SHORTEST_PREFIX = 2  # letters; one letter begins half of all words
_PIECE = re.compile(
    r"""(?P<minus>(?<!\S)-)?
        (?: ["“”„«](?P<phrase>[^"“”„«»]*)["“”„»]? | (?P<word>[^\s"“”„«»]+) )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other; *begins* where the last may go on."""

    words: tuple[str, ...]
    begins: bool = False
    quoted: bool = False

    @property
    def text(self) -> str:
        """The term as it can be typed again."""
        said = " ".join(self.words)
        return f'"{said}"' if self.quoted or len(self.words) > 1 else said


@dataclass(frozen=True, slots=True)
class SearchWords:
    """All *wanted* terms stand in what is found, and none of *unwanted*.

    *cut* says that more was typed than is read.
    """

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    cut: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.wanted and not self.unwanted

    @property
    def text(self) -> str:
        """What was understood, as it can be typed again."""
        said = [term.text for term in self.wanted]
        return " ".join([*said, *(f"-{term.text}" for term in self.unwanted)])


def read(text: str) -> SearchWords:
    """Return what *text* asks for.

    A minus before a word or a phrase excludes it; quotes hold a phrase together and mean it to
    the letter; the last word may be the beginning of one.
    """
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for minus, term in _terms(text[:_LONGEST]):
        (unwanted if minus else wanted).append(term)
    cut = len(text) > _LONGEST or max(len(wanted), len(unwanted)) > _MOST_TERMS
    wanted, unwanted = wanted[:_MOST_TERMS], unwanted[:_MOST_TERMS]
    if wanted and not cut and _goes_on(text):
        wanted[-1] = replace(wanted[-1], begins=len(wanted[-1].words[-1]) >= _SHORTEST_PREFIX)
    return SearchWords(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)), cut)


def _terms(text: str) -> Iterator[tuple[bool, Term]]:
    for piece in _PIECE.finditer(text):
        quoted = piece["phrase"] is not None
        words = words_of(piece["phrase"] if quoted else piece["word"])
        if words:
            yield bool(piece["minus"]), Term(words, quoted=quoted)


def _goes_on(text: str) -> bool:
    """Whether the last thing that was typed is a wanted word outside quotes."""
    last = [piece for piece in _PIECE.finditer(text) if words_of(piece[0])][-1]
    return last["phrase"] is None and not last["minus"]


def with_words(asked: SearchWords, other: dict[str, str]) -> SearchWords:
    """Return *asked* with single words exchanged; what is quoted stays."""
    return replace(asked, wanted=tuple(_exchanged(asked.wanted, other)))


def _exchanged(terms: Iterable[Term], other: dict[str, str]) -> Iterator[Term]:
    for term in terms:
        if term.quoted:
            yield term
            continue
        words = tuple(other.get(word, word) for word in term.words)
        yield Term(words, begins=term.begins and words == term.words)
