"""Which photographs are meant: those that were marked, or what a search finds.

A search is looked up when the work begins; whoever can name photographs can be one more of these.
"""

from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from dam.records import series
from dam.rights.facts import Audience
from dam.workflows import find
from dam.workflows.archive import Archive

MOST = 100_000
"""As many photographs as one batch may name."""


class Chosen(Protocol):
    """Photographs that were chosen in some way."""

    @property
    def in_words(self) -> str:
        """How they were chosen, as a person reads it."""
        ...

    def identifiers(self, archive: Archive) -> tuple[str, ...]:
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

    def identifiers(self, archive: Archive) -> tuple[str, ...]:
        """Return them as they were marked."""
        del archive
        return tuple(dict.fromkeys(self.marked))[:MOST]


@dataclass(frozen=True, slots=True)
class InSeries:
    """All frames of a series."""

    series_id: str

    @property
    def in_words(self) -> str:
        """Which series it is."""
        return f"series {self.series_id}"

    def identifiers(self, archive: Archive) -> tuple[str, ...]:
        """Return the frames in their order; raises ``UnknownSeries``."""
        with archive.reading() as db:
            return series.series(db, self.series_id).frames


@dataclass(frozen=True, slots=True)
class Searched:
    """All that somebody finds: by words, or narrowed by series, state, gaps and the like."""

    query: find.Query
    audience: Audience = Audience.STAFF

    @property
    def in_words(self) -> str:
        """The words and marks that were asked for."""
        words = [f"search “{self.query.text}”"] if self.query.text else []
        words += [f"{kind.name.lower()} “{value}”" for kind, value in self.query.chosen]
        return ", ".join(words) or "all photographs"

    def identifiers(self, archive: Archive) -> tuple[str, ...]:
        """Return all that is found, beyond what a page of it counts."""
        return tuple(islice(find.ids(archive, self.audience, self.query), MOST))
