"""What each block says about one field, and how it is settled."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from dam.metadata.fields import LanguageText
from dam.metadata.precedence import NO_LANGUAGE, Claim, Order
from dam.metadata.text import MAX_TEXT_CHARACTERS, clean, clean_line, is_too_long

_MAX_ITEMS = 1000
_MAX_QUOTED_CHARACTERS = 2000
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{1,8}){0,4})")
_DAY_CHARACTERS = len("1992-02-25")


class Ledger:
    """Settles the claims of one file, field by field, and writes down what lost."""

    def __init__(self, default_language: str, order: Order, notes: Iterable[str]) -> None:
        self._default_language = default_language
        self._order = order
        self._notes = dict.fromkeys(notes)

    def note(self, words: str) -> None:
        """Write a sentence down, once."""
        self._notes[words] = None

    def result(self) -> tuple[str, ...]:
        """All notes, in the order in which they were made."""
        return tuple(self._notes)

    def languages(self, field: str, *claims: Claim) -> tuple[LanguageText, ...]:
        """The texts of a field by language, each language once, paragraphs kept."""
        return self._settle(field, claims, clean, _saying_something_else)

    def lines(self, field: str, *claims: Claim) -> tuple[str, ...]:
        """The texts of a field of many values, each once and on one line, in their order."""
        words = self._settle(field, claims, clean_line, _saying_something_else, by_language=False)
        return tuple(text for _, text in words)

    def line(self, field: str, *claims: Claim) -> str | None:
        """The one line of a field."""
        return next(iter(self.lines(field, *claims)), None)

    def date(self, field: str, *claims: Claim) -> str | None:
        """The date of a field; two that name the same day do not contradict each other."""
        words = self._settle(field, claims, clean_line, _of_another_day, by_language=False)
        return next((text for _, text in words), None)

    def in_default_language(self, words: Sequence[LanguageText]) -> str | None:
        """The text in the default language, else the first."""
        return dict(words).get(self._default_language, next((text for _, text in words), None))

    def _settle(
        self,
        field: str,
        claims: Iterable[Claim],
        cleaner: Callable[[str], str],
        differing: Callable[[Sequence[str], Sequence[str]], list[str]],
        *,
        by_language: bool = True,
    ) -> tuple[LanguageText, ...]:
        cleaned = (self._cleaned(field, claim, cleaner) for claim in self._order.of(field, claims))
        winner, losers = None, []
        for claim in cleaned:
            if winner is None and claim.words:
                winner = claim
            else:
                losers.append(claim)
        if winner is None:
            return ()
        for loser in losers:
            self._note_loss(field, loser.origin, differing(loser.texts, winner.texts))
        return self._by_language(field, winner) if by_language else winner.words

    def _cleaned(self, field: str, claim: Claim, cleaner: Callable[[str], str]) -> Claim:
        """The claim without what is empty, said twice, or too much."""
        if len(claim.words) > _MAX_ITEMS:
            self.note(f"The {field} in {claim.origin} has more than {_MAX_ITEMS} values; cut.")
        if any(is_too_long(text) for text in claim.texts):
            self.note(
                f"The {field} in {claim.origin} is longer than {MAX_TEXT_CHARACTERS} characters "
                "and was cut."
            )
        words = ((language, cleaner(text)) for language, text in claim.words[:_MAX_ITEMS])
        return Claim(claim.origin, tuple(dict.fromkeys(word for word in words if word[1])))

    def _by_language(self, field: str, claim: Claim) -> tuple[LanguageText, ...]:
        """Each language once; a text without one goes to the default language if that is free."""
        named: dict[str, str] = {}
        nameless: list[str] = []
        for tag, text in claim.words:
            language = language_tag(tag)
            if language is None:
                nameless.append(text)
            elif named.setdefault(language, text) != text:
                self._note_loss(f"{field} ({language})", claim.origin, [text])
        nameless = [text for text in nameless if text not in named.values()]
        if nameless and self._default_language not in named:
            named = {self._default_language: nameless.pop(0), **named}
        self._note_loss(f"{field} without a language", claim.origin, nameless)
        return tuple(named.items())

    def _note_loss(self, field: str, origin: str, texts: Sequence[str]) -> None:
        if texts:
            quoted = "; ".join(texts)
            if len(quoted) > _MAX_QUOTED_CHARACTERS:
                quoted = quoted[:_MAX_QUOTED_CHARACTERS] + "…"
            self.note(f"{origin} has another {field}, which was not used: “{quoted}”.")


def language_tag(written: str) -> str | None:
    """A language tag in the usual letters (``en-GB``, ``az-Latn``); None when it names none."""
    matched = _LANGUAGE.fullmatch(written.replace("_", "-"))
    if matched is None or written.casefold() == NO_LANGUAGE:
        return None
    return "-".join([matched[1].lower(), *map(_subtag, matched[2].split("-")[1:])])


def _subtag(written: str) -> str:
    """Scripts have four letters and are written ``Latn``; countries have two: ``GB``."""
    match len(written):
        case 2:
            return written.upper()
        case 4:
            return written.title()
        case _:
            return written.lower()


def _saying_something_else(texts: Sequence[str], winners: Sequence[str]) -> list[str]:
    """The *texts* that are not among the winners, nor join them, nor are cut off one of them.

    IPTC-IIM has room for 32 to 2000 bytes, so its text is often the beginning of the XMP's.
    """
    # Sorted, the first winner that is not before a text begins with it if any winner does.
    said = sorted(_spaced(winner) for winner in (*winners, ", ".join(winners), "; ".join(winners)))
    return [text for text in texts if not _begins(said, _spaced(text))]


def _begins(said: Sequence[str], text: str) -> bool:
    at = bisect_left(said, text)
    return at < len(said) and said[at].startswith(text)


def _of_another_day(texts: Sequence[str], winners: Sequence[str]) -> list[str]:
    """Seconds and time zones are kept by some blocks only; a day that is missing is not a loss."""
    days = [winner[:_DAY_CHARACTERS] for winner in winners]
    return [
        text for text in texts if not any(day.startswith(text[:_DAY_CHARACTERS]) for day in days)
    ]


def _spaced(text: str) -> str:
    return " ".join(text.split())
