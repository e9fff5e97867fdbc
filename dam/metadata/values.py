"""Values of XMP properties, the same for reading and for writing.

Spec: XMP Part 1 (ISO 16684-1) §6.3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dam.metadata.fields import LanguageText


class Order(StrEnum):
    """The kinds of array."""

    BAG = "Bag"
    SEQUENCE = "Seq"
    ALTERNATIVE = "Alt"


@dataclass(frozen=True, slots=True)
class Link:
    """An address that is written as ``rdf:resource``."""

    uri: str


@dataclass(frozen=True, slots=True)
class Alternatives:
    """One text in several languages; the first is the default."""

    texts: tuple[LanguageText, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """An array."""

    order: Order
    members: tuple["Value", ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """Fields by their names, which are written ``{namespace}local``."""

    fields: tuple[tuple[str, "Value"], ...]


Value = str | Link | Alternatives | Items | Structure
Properties = Mapping[str, Value]
"""The properties of a packet by ``{namespace}local``."""
