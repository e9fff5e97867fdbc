"""Words about a photograph, composed once: for manifests, pages, embeds and records alike."""

from dataclasses import dataclass

from dam.catalogue.changes import Description
from dam.catalogue.dates import in_words
from dam.catalogue.notices import Notice, inherited
from dam.catalogue.people import Contributor
from dam.catalogue.text import TextField
from dam.iiif.presentation_words import LanguageMap
from dam.records.values import StoredPhotograph
from dam.rights.credit import credit_line
from dam.rights.governing import recorded_statement
from dam.rights.statements import Statement
from dam.workflows.ask import Asked


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one photograph as an audience may read them.

    Language maps keep the archive's language first. ``credit`` is the one line that is printed
    everywhere; ``label`` is a title, or what can be said instead of one.
    """

    photograph_id: str
    label: LanguageMap
    titled: bool
    headlines: LanguageMap
    captions: LanguageMap
    alts: LanguageMap
    places: LanguageMap
    date: LanguageMap
    year: str
    creators: tuple[str, ...]
    contributors: tuple[Contributor, ...]
    people: tuple[str, ...]
    keywords: LanguageMap
    credit: str
    source: LanguageMap
    copyright: LanguageMap
    accession: str
    negative: str
    notices: tuple[Notice, ...]
    statement: Statement | None


def wording(
    photograph: StoredPhotograph,
    asked: Asked,
    language: str,
    notices: tuple[Notice, ...] = (),
) -> Wording:
    """Return the words of *photograph* as whoever asked may read them.

    *language* is the archive's own; *notices* are those of the series that it stands in, which its
    frames inherit.
    """
    description = photograph.description
    statement = recorded_statement(asked.facts)
    titles = texts(photograph, TextField.TITLE, language)
    return Wording(
        photograph_id=photograph.id,
        label=titles or (("en", _instead_of_a_title(photograph)),),
        titled=bool(titles),
        headlines=texts(photograph, TextField.HEADLINE, language),
        captions=texts(photograph, TextField.CAPTION, language),
        alts=texts(photograph, TextField.ALT, language),
        places=texts(photograph, TextField.PLACE, language),
        date=_date(photograph),
        year=_year(photograph),
        creators=description.creators,
        contributors=tuple(one for one in description.contributors if not one.role.creates),
        people=tuple(person.words for person in description.people),
        keywords=_keywords(description),
        credit=asked.decision.credit or _credit(photograph, statement, language),
        source=texts(photograph, TextField.SOURCE, language),
        copyright=texts(photograph, TextField.COPYRIGHT, language),
        accession=description.accession or "",
        negative=description.negative or "",
        notices=inherited(description.notices, notices),
        statement=statement,
    )


def texts(photograph: StoredPhotograph, field: TextField, language: str) -> LanguageMap:
    """Return the texts of one field, the archive's language first, then by language tag."""
    found = [
        (text.language, text.value)
        for text in photograph.description.texts
        if text.field is field and text.value
    ]
    return tuple(sorted(found, key=lambda pair: (pair[0] != language, pair[0])))


def _keywords(description: Description) -> LanguageMap:
    plain = [("none", word) for word in description.keywords]
    return (
        *plain,
        *((one.language, word) for one in description.keywords_in for word in one.words),
    )


def preferred(words: LanguageMap, languages: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the (language, text) that suits a reader of *languages* best, or none if empty.

    A reader of ``pt-BR`` is given ``pt`` rather than nothing; else the first there is.
    """
    for wanted in languages:
        for language, text in words:
            if language.lower() == wanted.lower():
                return language, text
        for language, text in words:
            if language.split("-")[0].lower() == wanted.split("-")[0].lower():
                return language, text
    return words[0] if words else None


def _credit(photograph: StoredPhotograph, statement: Statement | None, language: str) -> str:
    given = texts(photograph, TextField.CREDIT, language)
    source = texts(photograph, TextField.SOURCE, language)
    return credit_line(
        photograph.description.creators,
        given[0][1] if given else None,
        statement,
        source=source[0][1] if source else None,
    )


def _date(photograph: StoredPhotograph) -> LanguageMap:
    if photograph.date is None:
        text = photograph.description.date_text
        return (("none", text),) if text else ()
    languages = {text.language for text in photograph.description.texts} | {"en"}
    words = {language: in_words(photograph.date, language) for language in sorted(languages)}
    if len(set(words.values())) == 1:
        return (("none", next(iter(words.values()))),)
    return tuple(words.items())


def _year(photograph: StoredPhotograph) -> str:
    if photograph.date is None:
        return ""
    first, last = photograph.date.earliest.year, photograph.date.latest.year
    return str(first) if first == last else in_words(photograph.date, "en")


def _instead_of_a_title(photograph: StoredPhotograph) -> str:
    """Say what is known; the file's name is not shown, since it may name a person."""
    creators = photograph.description.creators
    by = f" by {creators[0]}" if creators else ""
    year = _year(photograph)
    return f"Photograph{by}{f', {year}' if year else ''}" if by or year else "Untitled photograph"
