"""What the caption form holds: texts by language, facts, and captions beside the preferred."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dam.web.pages.parts import direction, language_name

CAPTION_FIELDS = {
    "title": "Title",
    "dateline": "Dateline",
    "caption": "Caption",
    "people": "People shown",
    "creator": "Creators",
    "keywords": "Keywords",
    "credit": "Credit",
    "alt": "Alternative text",
    "headline": "Headline",
    "date": "Date",
    "place": "Place",
    "source": "Source",
    "copyright": "Copyright notice",
    "accession": "Accession number",
    "negative": "Negative number",
    "contributors": "Other contributors, one a line",
    "notices": "Texts that must be shown, one a line",
}
"""The fields of the form with their labels, in the order of the form."""
FIRST_FIELDS = 5


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts in one language; the fields are ``title@az``, ``caption@az`` and so on."""

    language: str
    title: str = ""
    headline: str = ""
    caption: str = ""
    alt: str = ""
    keywords: str = ""

    @property
    def name(self) -> str:
        """The language in its own words."""
        return language_name(self.language)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """For the ``dir`` attribute."""
        return direction(self.language)


@dataclass(frozen=True, slots=True)
class Facts:
    """The fields that have no language, as a person typed them; fields of the same names.

    Several creators, keywords and people are written with ``;`` between; other contributors
    ("printer: Anna") and what must be shown ("funding en: Supported by …") one a line.
    """

    creator: str = ""
    credit: str = ""
    source: str = ""
    copyright: str = ""
    date: str = ""
    place: str = ""
    dateline: str = ""
    keywords: str = ""
    accession: str = ""
    negative: str = ""
    people: str = ""
    contributors: str = ""
    notices: str = ""


class WordsForm:
    """What the fields of a description need to know of the page that holds them."""

    __slots__ = ()
    errors: Mapping[str, str] | None
    understood: Mapping[str, tuple[str, ...]] | None

    def label(self, field: str) -> str:
        """What a field is called."""
        return CAPTION_FIELDS[field]

    def error(self, field: str) -> str:
        """What is wrong with *field*, or nothing."""
        return (self.errors or {}).get(field, "")

    def reading(self, field: str) -> tuple[str, ...]:
        """What was understood of *field*."""
        return (self.understood or {}).get(field, ())

    def language_name(self, language: str) -> str:
        """The language in its own words."""
        return language_name(language)


@dataclass(frozen=True, slots=True)
class OtherCaption:
    """A caption with who wrote it; ``number`` is its place in the list, from 0.

    Posts to ``/desk/p/{id}/captions``, field ``answer``: ``prefer`` or ``remove``, and ``number``.
    """

    number: int
    language: str
    text: str
    by: str

    @property
    def name(self) -> str:
        """The language in its own words."""
        return language_name(self.language)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """For the ``dir`` attribute."""
        return direction(self.language)


@dataclass(frozen=True, slots=True)
class TypedCaption:
    """What was typed into the form of other captions and was not kept, and why."""

    language: str = ""
    text: str = ""
    author: str = ""
    source: str = ""
    date: str = ""
    problem: str = ""


NOTHING_TYPED = TypedCaption()
