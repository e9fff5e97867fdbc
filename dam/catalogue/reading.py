"""What a field holds, taken out of the fields by its kind."""

from typing import TypeVar

from dam.catalogue.fields import Field, Fields, ListField, PlainField, RecordField

_Kind = TypeVar("_Kind")


def plain(fields: Fields, field: PlainField) -> str | None:
    """Return the words of a field that is in no language."""
    words = fields.get((field, None))
    return words if isinstance(words, str) else None


def text(fields: Fields, field: Field, language: str) -> str:
    """Return a text in a language, or an empty one."""
    words = fields.get((field, language))
    return words if isinstance(words, str) else ""


def strings(fields: Fields, field: ListField, language: str | None = None) -> tuple[str, ...]:
    """Return the words of a list."""
    words = fields.get((field, language))
    return tuple(w for w in words if isinstance(w, str)) if isinstance(words, tuple) else ()


def records(
    fields: Fields, field: RecordField, kind: type[_Kind], language: str | None = None
) -> tuple[_Kind, ...]:
    """Return the records of a list."""
    words = fields.get((field, language))
    return tuple(w for w in words if isinstance(w, kind)) if isinstance(words, tuple) else ()
