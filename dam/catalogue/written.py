"""How the words of a field are written into the log, and read back from it."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import TypeVar, get_args, get_origin, get_type_hints

from dam.catalogue.fields import (
    RECORDS,
    BadChange,
    Field,
    FieldChange,
    ListField,
    PlainField,
    RecordField,
    SeriesField,
    Words,
)
from dam.catalogue.people import creators
from dam.catalogue.text import TextField

_Kind = TypeVar("_Kind")
OLD_CREATORS = "creators"
"""A field of old events: a list of bylines, before contributors had roles and links."""


def written(words: Words) -> str:
    """Return what a field holds as one text: lists as JSON, which any word survives."""
    if isinstance(words, tuple):
        return json.dumps([_plain(word) for word in words], ensure_ascii=False) if words else ""
    return words or ""


def _plain(value: object) -> object:
    """Return a record as JSON has it, without what is as it would be anyway."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        told = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: _plain(found) for field, found in told if found != field.default}
    return value


def read_change(field: str, language: str, before: str, after: str) -> FieldChange:
    """Return the change that an event tells of; also of one that was written long ago.

    Raises:
        BadChange: there is no such field, or it cannot hold this.
    """
    kind = read_field(field)
    try:
        return FieldChange(kind, language or None, _read(field, before), _read(field, after))
    except (ValueError, TypeError, KeyError) as error:
        raise BadChange(field) from error


def read_field(name: str) -> Field:
    """Return the field of that name; raises ``BadChange``."""
    if name == OLD_CREATORS:
        return RecordField.CONTRIBUTORS
    for kind in (TextField, SeriesField, ListField, PlainField, RecordField):
        if name in set(kind):
            return kind(name)
    raise BadChange(name)


def _read(name: str, text: str) -> Words:
    field = read_field(name)
    if not isinstance(field, ListField | RecordField):
        return text or None
    if not text:
        return None
    found = json.loads(text)
    if name == OLD_CREATORS:
        return creators(found)
    if isinstance(field, ListField):
        return tuple(str(word) for word in found)
    return tuple(_record(RECORDS[field], one) for one in found)


def _record(kind: type[_Kind], found: Mapping[str, object]) -> _Kind:
    """Return the record that JSON tells of; what it does not tell is as it would be anyway."""
    hints = get_type_hints(kind)
    told = {name: _value(hint, found[name]) for name, hint in hints.items() if name in found}
    return kind(**told)


def _value(hint: object, found: object) -> object:
    if found is None:
        return None
    if get_origin(hint) is UnionType:
        hint = next(one for one in get_args(hint) if one is not NoneType)
    if get_origin(hint) is tuple and isinstance(found, list):
        return tuple(_value(get_args(hint)[0], one) for one in found)
    if isinstance(hint, type) and is_dataclass(hint) and isinstance(found, dict):
        return _record(hint, found)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(str(found))
    # Whole numbers are read for fractions; anything else is what the record says it is.
    if hint is float and isinstance(found, int | float):
        return float(found)
    if not isinstance(hint, type) or not isinstance(found, hint):
        raise TypeError
    return found
