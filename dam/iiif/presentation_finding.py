"""What a check of a manifest finds: one breach of one rule at one place."""

from dataclasses import dataclass
from enum import StrEnum

from dam.iiif.presentation_words import Json


class Rule(StrEnum):
    """What a document can break."""

    CONTEXT = "context"
    WORDS = "words"
    HTML = "html"
    LABEL = "label"
    IDENTIFIER = "identifier"
    DUPLICATE = "duplicate"
    RIGHTS = "rights"
    NAV_DATE = "navDate"
    BEHAVIOR = "behavior"
    ITEMS = "items"
    SIZE = "size"
    ANNOTATION = "annotation"
    TARGET = "target"
    MOTIVATION = "motivation"
    IMAGE = "image"
    SERVICE = "service"
    RANGE = "range"
    PLACE = "navPlace place"
    PLACEHOLDER = "placeholder"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach: the rule, a JSON Pointer (RFC 6901) to the place, and a sentence."""

    rule: Rule
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Node:
    """One object of the document, the property that holds it, and the canvas around it."""

    value: Json
    place: str
    held_by: str
    canvas_id: object

    @property
    def kind(self) -> str:
        """Its type, or nothing."""
        kind = self.value.get("type")
        return kind if isinstance(kind, str) else ""

    def found(self, rule: Rule, words: str, name: str = "") -> Finding:
        """Return a breach of *rule* here, or at the property *name*."""
        return Finding(rule, f"{self.place}/{name}" if name else self.place, words)
