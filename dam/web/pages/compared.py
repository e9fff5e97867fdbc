"""Two versions of one form, side by side."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One field that two people changed; ``field`` is its name in the form."""

    field: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else saved first; both texts, side by side, and nothing is overwritten.

    ``sentence`` says what was kept and what to do; ``url`` leads to the page as it stands.
    """

    editor: str
    sentence: str
    url: str
    changes: tuple[Change, ...]
