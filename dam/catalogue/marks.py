"""What hits are narrowed by: a kind and a value, written as one mark of letters and digits."""

from enum import StrEnum
from hashlib import blake2s

from dam.catalogue.edtf import FIRST_DAY, LAST_DAY, PartialDate
from dam.catalogue.folding import words_of

_MOST_DECADES = 5  # a date that may mean more says nothing of the decade
_LONGEST = 39


class MarkKind(StrEnum):
    """The kinds of marks; the letter stands before the value."""

    ALL = "a"
    LISTED = "l"
    USABLE = "u"
    SERIES = "e"
    CREATOR = "c"
    PLACE = "p"
    DECADE = "d"
    STATE = "s"
    RIGHTS = "r"
    GAP = "n"
    PERSON = "h"


class Gap(StrEnum):
    """What is wanting, or waits for somebody: the work lists of the desk."""

    CAPTION = "caption"
    ALT = "alt"
    DAMAGED = "damaged"
    PLACE = "place"
    PERSON = "person"
    DATE = "date"
    COMMENT = "comment"


def mark(kind: MarkKind, value: str = "") -> str:
    """Return the mark of *value*; one that is no mark is taken for an unknown one."""
    usable = value.isascii() and value.isalnum() and value == value.lower()
    return kind + (value if usable or not value else "unknown")[:_LONGEST]


def value_of_name(name: str) -> str:
    """Return what stands for a name that no authority record is known for."""
    folded = " ".join(words_of(name))
    return f"x{blake2s(folded.encode(), digest_size=8).hexdigest()}"


def decades(date: PartialDate | None) -> tuple[str, ...]:
    """Return the decades that a date can mean, such as 1990; none where it says too little."""
    if date is None or date.earliest == FIRST_DAY or date.latest == LAST_DAY:
        return ()
    first, last = date.earliest.year // 10, date.latest.year // 10
    if last - first >= _MOST_DECADES:
        return ()
    return tuple(f"{decade}0" for decade in range(first, last + 1))
