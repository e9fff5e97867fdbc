"""The fields that many photographs are edited in at once, each as the words that fill it.

A text is one word of its field or none; a list is as many as it has. What a person types for one
photograph at the desk and for a thousand here is read the same way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from dam.catalogue.changes import Description, KeywordsIn
from dam.catalogue.dates import parse_date
from dam.catalogue.notices import Notice
from dam.catalogue.people import Contributor, PersonShown, Role
from dam.catalogue.places import read_places
from dam.catalogue.text import Text, TextField, clean, language_tag
from dam.catalogue.typed import (
    items_of,
    read_contributors,
    read_notices,
    typed_contributors,
    typed_notices,
)
from dam.errors import Malformed


class EditField(StrEnum):
    """The fields, under the words that head their columns."""

    TITLE = "title"
    HEADLINE = "headline"
    CAPTION = "caption"
    ALT = "alt"
    CREDIT = "credit"
    SOURCE = "source"
    COPYRIGHT = "copyright"
    PLACE = "place"
    KEYWORDS = "keywords"
    DATE = "date"
    CREATOR = "creator"
    CONTRIBUTORS = "contributors"
    PEOPLE = "people"
    ACCESSION = "accession"
    NEGATIVE = "negative"
    NOTICES = "notices"

    @property
    def in_language(self) -> bool:
        """Whether its words are always in a language; keywords may be."""
        return self.value in set(TextField)

    @property
    def may_name_language(self) -> bool:
        """Whether its words can be in a language."""
        return self.in_language or self is EditField.KEYWORDS

    @property
    def lists(self) -> bool:
        """Whether it holds several words in an order."""
        return self in _LISTS

    @property
    def by_lines(self) -> bool:
        """Whether its words stand one a line, where others have semicolons between."""
        return self in {EditField.CONTRIBUTORS, EditField.NOTICES}


_LISTS = frozenset(
    {
        EditField.KEYWORDS,
        EditField.CREATOR,
        EditField.CONTRIBUTORS,
        EditField.PEOPLE,
        EditField.NOTICES,
    }
)
_MULTILINE = frozenset({EditField.CAPTION, EditField.ALT})
_LONGEST = 20_000  # characters
_SHORT: Mapping[EditField, int] = {
    EditField.DATE: 200,
    EditField.ACCESSION: 200,
    EditField.NEGATIVE: 200,
}


class NoSuchField(Malformed):
    """There is no such field, or it has no such languages."""


class WouldNotFit(Malformed):
    """The field cannot hold these words."""


@dataclass(frozen=True, slots=True)
class Target:
    """A field of every photograph, in a language where it is in one."""

    field: EditField
    language: str = ""

    def __str__(self) -> str:
        return f"{self.field}@{self.language}" if self.language else self.field

    @property
    def in_words(self) -> str:
        """As a person reads it: "caption (az)"."""
        return f"{self.field} ({self.language})" if self.language else self.field


def read_target(text: str, default_language: str) -> Target:
    """Return the field that *text* names: "caption@az"; a text is else in *default_language*.

    Raises:
        NoSuchField
        BadLanguageTag: what follows the @ is no language.
    """
    name, at, tag = (part.strip() for part in text.partition("@"))
    if name.lower() not in set(EditField):
        raise NoSuchField(
            f"There is no field “{text[:80]}”; the fields are {', '.join(EditField)}."
        )
    field = EditField(name.lower())
    if at and not field.may_name_language:
        raise NoSuchField(f"The field {field} has no languages; write {field} alone.")
    if at:
        return Target(field, language_tag(tag))
    return Target(field, default_language if field.in_language else "")


def words_in(description: Description, target: Target) -> tuple[str, ...]:
    """Return the words that fill a field, as they are typed; a text is one or none."""
    match target.field:
        case EditField.KEYWORDS:
            return _keywords(description, target.language)
        case EditField.CREATOR:
            return tuple(
                one.byline for one in description.contributors if one.role is Role.PHOTOGRAPHER
            )
        case EditField.CONTRIBUTORS:
            others = (one for one in description.contributors if one.role is not Role.PHOTOGRAPHER)
            return tuple(typed_contributors([one]) for one in others)
        case EditField.PEOPLE:
            return tuple(one.words for one in description.people)
        case EditField.NOTICES:
            return tuple(typed_notices([one]) for one in description.notices)
        case _:
            return _text(description, target)


def _keywords(description: Description, language: str) -> tuple[str, ...]:
    if not language:
        return description.keywords
    found = (one.words for one in description.keywords_in if one.language == language)
    return next(found, ())


def _text(description: Description, target: Target) -> tuple[str, ...]:
    match target.field:
        case EditField.DATE:
            found = description.date_text
        case EditField.ACCESSION:
            found = description.accession
        case EditField.NEGATIVE:
            found = description.negative
        case _:
            key = (target.field.value, target.language)
            texts = (one.value for one in description.texts if (one.field, one.language) == key)
            found = next(texts, "")
    return (found,) if found else ()


def typed(description: Description, target: Target) -> str:
    """Return what fills a field as one text, as a form or a cell holds it."""
    return joined(target.field, words_in(description, target))


def joined(field: EditField, words: Iterable[str]) -> str:
    """Return the words of a field as one text."""
    return ("\n" if field.by_lines else "; ").join(words)


def split(field: EditField, text: str) -> tuple[str, ...]:
    """Return the words that a text, typed into a field, holds; each once."""
    if field.by_lines:
        lines = (clean(line, multiline=False) for line in text.splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))
    if field.lists:
        return items_of(text)
    found = clean(text, multiline=field in _MULTILINE)
    return (found,) if found else ()


def with_words(
    description: Description, target: Target, words: tuple[str, ...], language: str
) -> Description:
    """Return *description* with *words* in a field; *language* is the archive's.

    Names that were there keep their links, and people their regions.

    Raises:
        WouldNotFit: a line cannot be read, or there is too much of it.
    """
    if words == words_in(description, target):
        return description
    most = _SHORT.get(target.field, _LONGEST)
    length = len(joined(target.field, words))
    if length > most:
        raise WouldNotFit(
            f"The {target.in_words} would have {length} characters and may have {most}."
        )
    match target.field:
        case EditField.KEYWORDS:
            after = _with_keywords(description, target.language, words)
        case EditField.CREATOR:
            after = _with_creators(description, words)
        case EditField.PEOPLE:
            known = {one.words: one for one in description.people}
            people = tuple(known.get(one, PersonShown(one)) for one in words)
            after = replace(description, people=people)
        case EditField.CONTRIBUTORS:
            after = _with_contributors(description, words)
        case EditField.NOTICES:
            after = _with_notices(description, words)
        case _:
            after = _with_text(description, target, "".join(words), language)
    return after


def _with_keywords(description: Description, language: str, words: tuple[str, ...]) -> Description:
    if not language:
        return replace(description, keywords=words)
    others = (one for one in description.keywords_in if one.language != language)
    return replace(description, keywords_in=(*others, KeywordsIn(language, words)))


def _with_creators(description: Description, words: tuple[str, ...]) -> Description:
    before = description.contributors
    known = {one.byline: one for one in before if one.role is Role.PHOTOGRAPHER}
    others = (one for one in before if one.role is not Role.PHOTOGRAPHER)
    creators = (known.get(one, Contributor(one)) for one in words)
    return replace(description, contributors=(*creators, *others))


def _with_contributors(description: Description, words: tuple[str, ...]) -> Description:
    before = description.contributors
    known = {typed_contributors([one]): one for one in before if one.role is not Role.PHOTOGRAPHER}
    others: list[Contributor] = []
    for line in words:
        errors: dict[str, str] = {}
        read = (known[line],) if line in known else ()
        others += read or read_contributors({"contributors": line}, (), errors)
        if errors:
            raise WouldNotFit(errors["contributors"])
    creators = (one for one in before if one.role is Role.PHOTOGRAPHER)
    return replace(description, contributors=(*creators, *others))


def _with_notices(description: Description, words: tuple[str, ...]) -> Description:
    known = {typed_notices([one]): one for one in description.notices}
    errors: dict[str, str] = {}
    found: list[Notice] = []
    for line in words:
        found += [known[line]] if line in known else read_notices({"notices": line}, (), errors)
    if errors:
        raise WouldNotFit(errors["notices"])
    return replace(description, notices=tuple(found))


def _with_text(description: Description, target: Target, value: str, language: str) -> Description:
    match target.field:
        case EditField.DATE:
            return replace(description, date_text=value)
        case EditField.ACCESSION:
            return replace(description, accession=value)
        case EditField.NEGATIVE:
            return replace(description, negative=value)
        case _:
            field = TextField(target.field.value)
    others = (
        one for one in description.texts if (one.field, one.language) != (field, target.language)
    )
    after = replace(description, texts=(*others, Text(field, target.language, value)))
    read = read_places(after.texts, language)
    if field is TextField.PLACE and read != read_places(description.texts, language):
        after = replace(after, places=read)
    return after


def remark(target: Target, words: tuple[str, ...]) -> str:
    """Return what to tell about words that fit and are not understood, or nothing."""
    if target.field is EditField.DATE and words and parse_date(words[0]) is None:
        return f"“{words[0][:60]}” is kept as written, but not understood as a date."
    return ""
