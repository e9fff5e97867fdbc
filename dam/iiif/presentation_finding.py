"""What a check of a manifest finds: one breach of one rule at one place."""

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach: the rule, a JSON Pointer (RFC 6901) to the place, and a sentence."""

    rule: Rule
    place: str
    words: str
