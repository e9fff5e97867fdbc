"""Which words about a photograph an audience does not read, and whose names leave all of them."""

import re
from collections.abc import Iterable

from dam.rights.facts import Facts
from dam.rights.policy import Question
from dam.rights.restrictions import Restriction, WordKind

INSTEAD = "[name withheld]"


def _holding(facts: Facts, question: Question) -> Iterable[Restriction]:
    zone = question.policy.timezone
    return (
        one for one in facts.restrictions if one.holds(question.audience, question.moment, zone)
    )


def withheld_words(facts: Facts, question: Question) -> tuple[WordKind, ...]:
    """Return the kinds of words that the audience does not read."""
    held = {kind for one in _holding(facts, question) for kind in one.words}
    return tuple(kind for kind in WordKind if kind in held)


def protected_persons(facts: Facts, question: Question) -> tuple[str, ...]:
    """Return the persons whose names leave every word for the audience."""
    names = (name.strip() for one in _holding(facts, question) for name in one.persons)
    return tuple(dict.fromkeys(filter(None, names)))


def without_names(text: str, persons: Iterable[str]) -> str:
    """Return *text* without the names of protected persons, whole or in their longer parts."""
    for name in sorted({part for one in persons for part in _parts(one)}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", INSTEAD, text, flags=re.IGNORECASE)
    return re.sub(rf"{re.escape(INSTEAD)}(?:\s+{re.escape(INSTEAD)})+", INSTEAD, text)


def _parts(name: str) -> Iterable[str]:
    """Yield the name and each word of it that is long enough to point at somebody."""
    yield name
    yield from (part for part in name.split() if len(part) > 2)
