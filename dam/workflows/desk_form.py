"""The caption form: from what was typed to a description, and what was understood of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dam.catalogue.changes import Description, KeywordsIn, ListField, PlainField
from dam.catalogue.datelines import parse_dateline
from dam.catalogue.dates import parse_date
from dam.catalogue.people import Knowledge
from dam.catalogue.places import Locality, read_place, read_places
from dam.catalogue.text import Text, TextField, clean, language_tag
from dam.catalogue.typed import read_contributors, read_notices, read_people
from dam.catalogue.typed_datelines import split_dateline, typed_dateline
from dam.errors import DamError

_LONGEST_TEXT = 20_000
_LONGEST = {
    "date": 200,
    "dateline": 600,
    PlainField.ACCESSION.value: 200,
    PlainField.NEGATIVE.value: 200,
    "creator": _LONGEST_TEXT,
    "contributors": _LONGEST_TEXT,
    "people": _LONGEST_TEXT,
    "notices": _LONGEST_TEXT,
    ListField.KEYWORDS.value: _LONGEST_TEXT,
}
_IN_LANGUAGES = frozenset({*TextField, ListField.KEYWORDS})
_KNOWN = {
    Knowledge.NAMED: "no authority record has this name alone",
    Knowledge.UNIDENTIFIED: "not identified",
}


@dataclass(frozen=True, slots=True)
class Form:
    """What a form of the desk says: the words, and what was not understood, by field."""

    description: Description
    errors: dict[str, str]
    understood: dict[str, tuple[str, ...]]


def read_form(fields: Mapping[str, str], before: Description, language: str) -> Form:
    """Return the words of a form over those that it does not show.

    *fields* are named ``title@en``, ``caption@az``, ``credit``, ``date``…; a field that cannot be
    read keeps what was stored and is named in ``errors``.
    """
    errors = _unreadable(fields)
    fields = {name: value for name, value in fields.items() if name not in errors}
    fields = _with_dateline(fields, before, language)
    texts = {(text.field, text.language): text.value for text in before.texts}
    for name, value in fields.items():
        if (key := _text_key(name, language)) is not None:
            multiline = key[0] in {TextField.CAPTION, TextField.ALT}
            texts[key] = clean(value, multiline=multiline)
    date = _line(fields, "date", before.date_text or "")
    if date and parse_date(date) is None:
        errors["date"] = "Kept as written, but not understood as a date; write “February 1992”."
    description = replace(
        before,
        texts=tuple(Text(field, tag, value) for (field, tag), value in texts.items()),
        contributors=read_contributors(fields, before.contributors, errors),
        keywords=_items(fields, ListField.KEYWORDS, before.keywords),
        date_text=date,
        accession=_line(fields, PlainField.ACCESSION, before.accession or ""),
        negative=_line(fields, PlainField.NEGATIVE, before.negative or ""),
        people=read_people(fields, before.people),
        notices=read_notices(fields, before.notices, errors),
        keywords_in=_keywords_in(fields, before.keywords_in),
    )
    description = replace(description, places=_places(description, before, language))
    return Form(description, errors, understood(description))


def _unreadable(fields: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with the fields that cannot be kept, by their names."""
    errors: dict[str, str] = {}
    for name, value in fields.items():
        field, at, tag = name.partition("@")
        most = _LONGEST.get(name, _LONGEST_TEXT if field in _IN_LANGUAGES else None)
        if most is not None and len(value) > most:
            errors[name] = f"It has {len(value)} characters and may have {most}; it was not saved."
        if field in _IN_LANGUAGES and at:
            try:
                language_tag(tag)
            except DamError as error:
                errors[name] = str(error)
    return errors


def _with_dateline(
    fields: Mapping[str, str], before: Description, language: str
) -> Mapping[str, str]:
    """Return *fields* with the place and the date of a dateline that was typed anew.

    ``dateline_was`` is the line as the form was given it: a line that still says so says nothing.
    """
    typed, was = fields.get("dateline"), fields.get("dateline_was")
    if typed is None or was is None or split_dateline(typed) == split_dateline(was):
        return fields
    place, date = split_dateline(typed)
    if date is None and was == dateline_of(before, language) != place_of(before, language):
        date = ""  # the line said a date and says none now
    return {**fields, "place": place} | ({} if date is None else {"date": date})


def place_of(description: Description, language: str) -> str:
    """Return the place as it was published, in the archive's *language*."""
    texts = {(text.field, text.language): text.value for text in description.texts}
    return texts.get((TextField.PLACE, language), "")


def dateline_of(description: Description, language: str) -> str:
    """Return place and date as one line to type."""
    return typed_dateline(place_of(description, language), description.date_text or "")


def with_chosen(description: Description, chosen: Mapping[tuple[str, str], str]) -> Description:
    """Return *description* with the records that were chosen for its names.

    *chosen* are identifiers of records by form field (``people``, ``creator``) and words.
    """
    people = tuple(
        replace(one, agent_id=chosen.get(("people", one.words), one.agent_id))
        for one in description.people
    )
    contributors = tuple(
        replace(one, agent_id=chosen.get(("creator", one.byline), one.agent_id))
        if one.role.creates
        else one
        for one in description.contributors
    )
    return replace(description, people=people, contributors=contributors)


def _text_key(name: str, language: str) -> tuple[TextField, str] | None:
    field, at, tag = name.partition("@")
    if field not in set(TextField):
        return None
    return TextField(field), language_tag(tag) if at else language


def _places(after: Description, before: Description, language: str) -> tuple[Locality, ...]:
    """Return how the place is read: as before, unless its words were changed."""
    read = read_places(after.texts, language)
    return before.places if read == read_places(before.texts, language) else read


def _keywords_in(
    fields: Mapping[str, str], before: tuple[KeywordsIn, ...]
) -> tuple[KeywordsIn, ...]:
    found = {one.language: one.words for one in before}
    for name in fields:
        field, at, tag = name.partition("@")
        if field == ListField.KEYWORDS and at:
            found[language_tag(tag)] = _items(fields, name, ())
    return tuple(KeywordsIn(language, words) for language, words in found.items())


def _line(fields: Mapping[str, str], name: str, otherwise: str) -> str:
    if name not in fields:
        return otherwise
    return clean(fields[name], multiline=False)


def _items(fields: Mapping[str, str], name: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    if name not in fields:
        return otherwise
    parts = (clean(part, multiline=False) for part in fields[name].split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def understood(description: Description) -> dict[str, tuple[str, ...]]:
    """Return what is made of the fields that are read: the date in EDTF, a dateline as a place."""
    lines: dict[str, tuple[str, ...]] = {}
    date = parse_date(description.date_text) if description.date_text else None
    lines["date"] = (date.edtf,) if date else ()
    places = [text.value for text in description.texts if text.field is TextField.PLACE]
    read = read_place(places[0]) if places else None
    whole = parse_dateline(places[0]) if places else None
    lines["place"] = (
        *((read.in_words,) if read else ()),
        *((whole.date.edtf,) if whole else ()),
    )
    lines["people"] = tuple(
        f"{person.words}: {_KNOWN[person.known]}"
        for person in description.people
        if person.known is not Knowledge.LINKED
    )
    return lines
