"""Forms that are described rather than drawn: fields in order, each with what it holds."""

from dataclasses import dataclass
from enum import StrEnum

from dam.web.pages.parts import Option


class FieldKind(StrEnum):
    """How a field is drawn, and so how it is typed."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    LINES = "lines"
    CHOICE = "choice"
    MANY = "many"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class FormField:
    """A field: *value* for what is typed, *options* for what is chosen."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    value: str = ""
    options: tuple[Option, ...] = ()
    hint: str = ""
    ticked: bool = False
    wide: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields under one legend."""

    legend: str
    fields: tuple[FormField, ...]
