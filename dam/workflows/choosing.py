"""Which photographs are meant: those that were marked, or a list that has a name.

A list is looked up when the work begins; whoever can name photographs can be one more of these.
"""

from dataclasses import dataclass
from typing import Protocol

from dam.records import desk
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.desk import Waiting

MOST = 100_000
"""As many photographs as one batch or one sheet may name."""


class Chosen(Protocol):
    """Photographs that were chosen in some way."""

    @property
    def in_words(self) -> str:
        """How they were chosen, as a person reads it."""
        ...

    def identifiers(self, db: Session) -> tuple[str, ...]:
        """Return them in their order, each once."""
        ...


@dataclass(frozen=True, slots=True)
class Marked:
    """Photographs that somebody marked one by one."""

    marked: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """How many they are."""
        return "1 photograph" if len(self.marked) == 1 else f"{len(self.marked)} photographs"

    def identifiers(self, db: Session) -> tuple[str, ...]:
        """Return them as they were marked."""
        del db
        return tuple(dict.fromkeys(self.marked))[:MOST]


@dataclass(frozen=True, slots=True)
class OnTheDesk:
    """The list of the desk, narrowed by a state and by a search."""

    waiting: Waiting = Waiting.ALL
    search: str = ""

    @property
    def in_words(self) -> str:
        """The state and the words that were searched."""
        state = "all photographs" if self.waiting is Waiting.ALL else f"state “{self.waiting}”"
        return f"{state}, search “{self.search}”" if self.search else state

    def identifiers(self, db: Session) -> tuple[str, ...]:
        """Return them as the desk lists them."""
        return desk.identifiers(db, self.waiting, offset=0, most=MOST)


@dataclass(frozen=True, slots=True)
class FramesOf:
    """The frames of a series."""

    series_id: str
    title: str = ""

    @property
    def in_words(self) -> str:
        """The title of the series."""
        return f"series “{self.title or self.series_id}”"

    def identifiers(self, db: Session) -> tuple[str, ...]:
        """Return them in the order of the series; raises ``UnknownSeries``."""
        return series_rows.series(db, self.series_id).frames[:MOST]
