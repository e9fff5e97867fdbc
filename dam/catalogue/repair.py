"""Proposals to repair text that was read in the wrong encoding; a person accepts or keeps.

Three accidents are known: Windows-1252 read as MacRoman ("brotherís"), MacRoman read as
Windows-1252 ("brotherÕs"), and UTF-8 read as Windows-1252 ("Ã©", "â€™"). The first two are told by
their place among English words, so other languages, whose letters í and Õ are, get none of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dam.errors import Conflict


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stretch of a text, what should perhaps stand there, and why.

    ``start`` and ``end`` count characters; ``confidence`` is from 0 to 1.
    """

    start: int
    end: int
    found: str
    proposed: str
    confidence: float
    reason: str


class StaleProposal(Conflict):
    """The text has changed since the proposal was made."""

    def __init__(self, found: str) -> None:
        self.found = found
        super().__init__(f"“{found}” no longer stands there; the text was kept as it is.")


def proposals(
    text: str, language: str, vocabulary: frozenset[str] = frozenset()
) -> tuple[Proposal, ...]:
    """Return what could be repaired in *text*, in its order, none overlapping.

    *vocabulary* is the words of the whole source in small letters: a stem that it holds makes a
    proposal surer. Nothing is changed here; ``apply`` changes one, when a person has said so.
    """
    known = vocabulary | frozenset(words(text))
    made = [*_misread_utf8(text)]
    if language.lower().split("-")[0] == "en":
        for accident in _ACCIDENTS:
            made += [
                *_apostrophes(text, accident, known),
                *_quotes(text, accident),
                *_dashes(text, accident),
            ]
    return _apart(made)


def apply(text: str, proposal: Proposal) -> str:
    """Return *text* with the proposal carried out.

    Raises:
        StaleProposal: the text no longer says what the proposal found.
    """
    if text[proposal.start : proposal.end] != proposal.found:
        raise StaleProposal(proposal.found)
    return text[: proposal.start] + proposal.proposed + text[proposal.end :]


_WORD = re.compile(r"[^\W\d_]+")


def words(text: str) -> Iterator[str]:
    """Yield the words of *text* in small letters."""
    return (found[0].casefold() for found in _WORD.finditer(text))


def _apart(made: list[Proposal]) -> tuple[Proposal, ...]:
    """Return the proposals in order, the surer of two that overlap."""
    chosen: list[Proposal] = []
    for proposal in sorted(made, key=lambda one: (one.start, -one.confidence)):
        if not chosen or proposal.start >= chosen[-1].end:
            chosen.append(proposal)
        elif proposal.confidence > chosen[-1].confidence:
            chosen[-1] = proposal
    return tuple(chosen)


# --- Windows-1252 and MacRoman, each read as the other, in English

_LEFT, _RIGHT, _OPEN, _CLOSE = "\u2018", "\u2019", "\u201c", "\u201d"
_EN_DASH, _EM_DASH, _ELLIPSIS = "\u2013", "\u2014", "\u2026"


@dataclass(frozen=True, slots=True)
class _Accident:
    wrote: str
    read: str
    reason: str

    def became(self, sign: str) -> str:
        return sign.encode(self.wrote).decode(self.read)


_ACCIDENTS = (
    _Accident("cp1252", "mac_roman", "Windows-1252 was read as MacRoman here."),
    _Accident("mac_roman", "cp1252", "MacRoman was read as Windows-1252 here."),
)
_LETTER = r"[^\W\d_]"
_SURE = 0.95
_LONG_STEM = 5  # letters; país, Luís and Solís are words and names of other languages
# Endings other than 's belong to a handful of words, and only to them: Davíd and Madríd stay.
_CONTRACTED = {
    "t": frozenset(
        [
            *("ain", "aren", "can", "couldn", "didn", "doesn", "don", "hadn", "hasn", "haven"),
            *("isn", "mustn", "needn", "shan", "shouldn", "wasn", "weren", "won", "wouldn"),
        ]
    ),
    "re": frozenset(("they", "we", "you", "who")),
    "ve": frozenset(("could", "i", "should", "they", "we", "would", "you")),
    "ll": frozenset(("he", "i", "it", "she", "that", "they", "we", "you")),
    "d": frozenset(("he", "i", "she", "they", "we", "you")),
    "m": frozenset(("i",)),
}


def _apostrophes(text: str, accident: _Accident, known: frozenset[str]) -> Iterator[Proposal]:
    sign = accident.became(_RIGHT)
    pattern = rf"(?<!{_LETTER})({_LETTER}+?){sign}(s|t|re|ve|ll|d|m)?(?!{_LETTER})"
    for found in re.finditer(pattern, text):
        stem, ending = found[1], found[2] or ""
        confidence = _sureness(stem.casefold(), ending, known)
        if confidence is not None:
            yield _proposal(found, f"{stem}{_RIGHT}{ending}", confidence, accident.reason)


def _sureness(stem: str, ending: str, known: frozenset[str]) -> float | None:
    """Say how sure it is that an apostrophe stood between stem and ending; None is not at all."""
    if ending in _CONTRACTED:
        return _SURE if stem in _CONTRACTED[ending] else None
    if not ending and not stem.endswith("s"):
        return None
    if len(stem) > 2 and (stem in known or f"{stem}s" in known):
        return _SURE
    return 0.6 if ending and len(stem) >= _LONG_STEM else None


def _quotes(text: str, accident: _Accident) -> Iterator[Proposal]:
    for opening, closing in ((_OPEN, _CLOSE), (_LEFT, _RIGHT)):
        first, last = accident.became(opening), accident.became(closing)
        pattern = rf"(?<!\w){first}(\w[^{first}{last}]{{1,200}}){last}(?!\w)"
        for found in re.finditer(pattern, text):
            yield _proposal(found, f"{opening}{found[1]}{closing}", 0.8, accident.reason)


def _dashes(text: str, accident: _Accident) -> Iterator[Proposal]:
    for sign in (_EN_DASH, _EM_DASH, _ELLIPSIS):
        for found in re.finditer(rf"(?<=\S ){accident.became(sign)}(?= \S)", text):
            yield _proposal(found, sign, 0.7, accident.reason)


def _proposal(found: re.Match[str], proposed: str, confidence: float, reason: str) -> Proposal:
    return Proposal(found.start(), found.end(), found[0], proposed, confidence, reason)


# --- UTF-8 read as Windows-1252, in any language


def _as_read(byte: int) -> str:
    """Return how a byte reads; the five that Windows-1252 lacks stay control characters."""
    return bytes([byte]).decode("cp1252", errors="ignore") or chr(byte)


_BYTES = {_as_read(byte): byte for byte in range(0x80, 0x100)}
_FOLLOWING = "".join(re.escape(_as_read(byte)) for byte in range(0x80, 0xC0))
_SEQUENCES = re.compile(
    "(?:"
    f"[{_as_read(0xC2)}-{_as_read(0xDF)}][{_FOLLOWING}]"
    f"|[{_as_read(0xE0)}-{_as_read(0xEF)}][{_FOLLOWING}]{{2}}"
    f"|[{_as_read(0xF0)}-{_as_read(0xF4)}][{_FOLLOWING}]{{3}}"
    ")+"
)
# Signs that follow a capital in clean text: an apostrophe, a closing quote, a trade mark.
_SIGNS_AFTER_WORDS = frozenset("\u2018\u2019\u201c\u201d\xbb\u2026\u2013\u2014\u2122")
# The first two of three signs, which no language writes side by side: general punctuation, the
# euro, the trade mark, Georgian.
_NEVER_TOGETHER = ("\u00e2\u20ac", "\u00e2\u201a", "\u00e2\u201e", "\u00e1\u0192")
_LATIN_LEADS = "ÂÃÄÅ"
_SCHWA = "É\u2122"
_NO_BREAK_SPACE = "\xa0"
_UNPRINTED = "\x81\x8d\x8f\x90\x9d"
# Byte 9D is a control character to Windows-1252, and the first that a program drops.
_CUT_QUOTE = re.compile(f"\u00e2\u20ac(?![{_FOLLOWING}])")


def _misread_utf8(text: str) -> Iterator[Proposal]:
    reason = "UTF-8 was read as Windows-1252 here."
    for found in _SEQUENCES.finditer(text):
        try:
            meant = bytes(_BYTES[character] for character in found[0]).decode()
        except UnicodeDecodeError:
            continue
        printable = meant.replace(_NO_BREAK_SPACE, " ").isprintable()
        if printable and (len(meant) > 1 or _is_misread(text, found)):
            yield _proposal(found, meant, 0.9, reason)
    for found in _CUT_QUOTE.finditer(text):
        yield _proposal(found, _CLOSE, 0.7, reason)


def _is_misread(text: str, found: re.Match[str]) -> bool:
    """Whether the signs of one letter make no sense as they stand; two letters never do."""
    read = found[0]
    if len(read) > 2:
        return read.startswith(_NEVER_TOGETHER) or len(read) > 3
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    if read[1] in _UNPRINTED:
        return True
    if read == _SCHWA:
        return before.islower() or after.islower()
    # Other letters begin words as they are: Úžasný is Czech and no Arabic.
    if read[0] not in _LATIN_LEADS or (read[1] == _NO_BREAK_SPACE and read[0] not in "ÂÃ"):
        return False
    if read[1] in _SIGNS_AFTER_WORDS:
        return before.islower() or (after.islower() and read[1] != _RIGHT)
    return not before.isupper() or after.islower()
