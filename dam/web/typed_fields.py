"""What people type into the fields of a form, as values; each refusal names the field."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from dam.errors import Malformed
from dam.web.pages.forms import FieldGroup, FieldKind, FormField
from dam.web.pages.parts import Option

_FIRST_YEAR, _LAST_YEAR = 1800, 9000
_E = TypeVar("_E", bound=StrEnum)
_SILENT = {"": None, "yes": True, "no": False}


class BadField(Malformed):
    """A field of the form cannot be understood."""


def day(label: str, text: str) -> date | None:
    """Return a day, or none where nothing is typed; raises ``BadField``."""
    if not text.strip():
        return None
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        raise BadField(f"The {label} is a day such as 2027-03-01.") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise BadField(f"The {label} lies between the years {_FIRST_YEAR} and {_LAST_YEAR}.")
    return found


def whole(label: str, text: str, most: int, unit: str) -> int | None:
    """Return a whole number from 1, or none where nothing is typed; raises ``BadField``."""
    digits = text.strip()
    if not digits:
        return None
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= len(str(most))
    if not is_number or not 1 <= int(digits) <= most:
        raise BadField(f"The {label} is a whole number of {unit}, from 1 to {most}.")
    return int(digits)


def lines(text: str) -> tuple[str, ...]:
    """Return the lines that hold something, each once."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def one_of(label: str, known: type[_E], text: str) -> _E:
    """Return the member of *known* that was chosen; raises ``BadField``."""
    if text not in set(known):
        raise BadField(f"Choose the {label} from the list.")
    return known(text)


def some_of(label: str, known: type[_E], chosen: Iterable[str]) -> tuple[_E, ...]:
    """Return the members of *known* that were ticked, in their order; raises ``BadField``."""
    wanted = {one_of(label, known, one) for one in chosen}
    return tuple(one for one in known if one in wanted)


def said(label: str, text: str) -> bool | None:
    """Return yes, no, or none for what does not say; raises ``BadField``."""
    if text not in _SILENT:
        raise BadField(f"Choose the {label} from the list.")
    return _SILENT[text]


def choice(
    name: str, label: str, options: Iterable[tuple[str, str]], chosen: str, hint: str = ""
) -> FormField:
    """Return a select with what is chosen."""
    found = tuple(Option(value, words, chosen=value == chosen) for value, words in options)
    return FormField(name, label, FieldKind.CHOICE, options=found, hint=hint)


def yes_no_silent(name: str, label: str, answer: bool | None) -> FormField:  # noqa: FBT001 (a value, and no switch)
    """Return a select of allowed, not allowed, and what does not say."""
    chosen = next(word for word, value in _SILENT.items() if value is answer)
    words = (("", "it does not say"), ("yes", "allowed"), ("no", "not allowed"))
    return choice(name, label, words, chosen)


def many(
    name: str, label: str, options: Iterable[tuple[str, str]], chosen: Iterable[str]
) -> FormField:
    """Return boxes, of which some are ticked."""
    ticked = frozenset(chosen)
    found = tuple(Option(value, words, chosen=value in ticked) for value, words in options)
    return FormField(name, label, FieldKind.MANY, options=found, wide=True)


def as_typed(groups: tuple[FieldGroup, ...], typed: MultiDict[str, str]) -> tuple[FieldGroup, ...]:
    """Return described fields with what was typed into them."""
    return tuple(
        replace(group, fields=tuple(_as_typed(one, typed) for one in group.fields))
        for group in groups
    )


def _as_typed(one: FormField, typed: MultiDict[str, str]) -> FormField:
    if one.kind is FieldKind.TICK:
        return replace(one, ticked=one.name in typed)
    chosen = frozenset(typed.getlist(one.name))
    options = tuple(replace(each, chosen=each.value in chosen) for each in one.options)
    return replace(one, value=typed.get(one.name, ""), options=options)
