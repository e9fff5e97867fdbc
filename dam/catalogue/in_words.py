"""What a field holds, in words for people: for the list of what was done, and for previews."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import assert_never

from dam.catalogue.authorities import UNKNOWN_LANGUAGE, AuthorityName, Coordinates, Identifier
from dam.catalogue.captions import Caption, CaptionSource
from dam.catalogue.fields import (
    BadChange,
    Field,
    ListField,
    PlainField,
    Record,
    RecordField,
    Words,
)
from dam.catalogue.notices import Notice
from dam.catalogue.people import Contributor, Knowledge, PersonShown, Role
from dam.catalogue.places import Locality, PlaceRole
from dam.catalogue.written import OLD_CREATORS, read_change

NO_NAMES: Mapping[str, str] = MappingProxyType({})


def in_words(field: Field, value: Words, names: Mapping[str, str] = NO_NAMES) -> str:
    """Return what *field* holds as people say it: the records of a list on a line each.

    *names* are what photographs and places are called, by identifier; one that is not there is
    called by its identifier.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return names.get(value, value) if field is PlainField.PARENT else value
    if field is ListField.FRAMES:
        return "\n".join(f"{n}. {names.get(str(one), one)}" for n, one in enumerate(value, 1))
    if isinstance(field, ListField):
        return "; ".join(map(str, value))
    return "\n".join(one if isinstance(one, str) else record_in_words(one) for one in value)


def logged_in_words(field: str, text: str, names: Mapping[str, str] = NO_NAMES) -> str:
    """Return what the log wrote of the field of that name, in words; else the text as it is.

    What is no field of the catalogue, such as a state or a rights record, is in words already.
    """
    try:
        change = read_change(field, "", "", text)
    except BadChange:
        return text
    return in_words(change.field, change.after, names)


def field_in_words(name: str) -> str:
    """Return the label of a field, from its name in the log."""
    return str(RecordField.CONTRIBUTORS) if name == OLD_CREATORS else name


def record_in_words(one: Record) -> str:  # noqa: PLR0911 (one return for each kind of record)
    """Return one record on one line."""
    match one:
        case Contributor():
            return one.byline if one.role is Role.PHOTOGRAPHER else f"{one.role}: {one.byline}"
        case PersonShown():
            plainly = one.known is not Knowledge.UNIDENTIFIED or one.words.strip(" ?")
            return one.words if plainly else "unidentified"
        case Locality():
            return f"{one.in_words} (shown)" if one.role is PlaceRole.SHOWN else one.in_words
        case Caption():
            return _with(f"“{one.text}”", one.language, one.author, one.source, one.date_text)
        case CaptionSource():
            return ", ".join(filter(None, (one.author, one.source, one.date_text)))
        case Notice():
            return f"{one.kind} ({one.language}): {one.text}"
        case AuthorityName():
            return _name(one)
        case Identifier():
            return f"{one.scheme.label} {one.value}"
        case Coordinates():
            near = f", within {one.precision_metres} m" if one.precision_metres else ""
            return f"{one.latitude:g}, {one.longitude:g}{near}"
        case _:
            assert_never(one)


def _name(one: AuthorityName) -> str:
    language = "" if one.language == UNKNOWN_LANGUAGE else one.language
    preferred = "preferred" if one.preferred else ""
    return _with(one.name, language, one.script, one.status, preferred, one.period, one.source)


def _with(words: str, *facts: str) -> str:
    said = ", ".join(filter(None, facts))
    return f"{words} ({said})" if said else words
