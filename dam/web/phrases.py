"""Phrases of the interface: English stands in the templates, other languages in catalogues."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"

COUNTED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "photographs": {"one": "{n} photograph", "other": "{n} photographs"},
        "more photographs": {"other": "more than {n} photographs"},
    }
)
"""What is counted, by name, in English; catalogues have the same names with their own plurals."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language; what its catalogue lacks is said in English."""

    language: str
    words: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: COUNTED)

    def __call__(self, english: str, **named: object) -> str:
        """Return the phrase for an English one, with *named* values in it."""
        phrase = self.words.get(english, english)
        return phrase.format(**named) if named else phrase

    def count(self, name: str, number: int) -> str:
        """Return a number of things in words."""
        forms = self.counts.get(name) or COUNTED[name]
        form = forms.get(plural(self.language, number)) or forms["other"]
        return form.format(n=grouped(number))


def plural(language: str, number: int) -> str:
    """Return the plural category of a whole number (CLDR, cardinal)."""
    if language == "ar":
        return _arabic(number)
    return "one" if number == 1 else "other"


def _arabic(number: int) -> str:
    if number <= 2:
        return ("zero", "one", "two")[number]
    if 3 <= number % 100 <= 10:
        return "few"
    return "many" if number % 100 >= 11 else "other"


def grouped(number: int) -> str:
    """Return a number with its thousands apart."""
    return f"{number:,}".replace(",", _NARROW_SPACE)


ENGLISH = Phrases("en")
