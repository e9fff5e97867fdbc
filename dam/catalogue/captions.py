"""Captions of one photograph in one language: who wrote each, and which is preferred.

The preferred caption of a language is the description's text; the others stand beside it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class CaptionSource:
    """Who wrote the preferred caption of a language, where it was taken from, and when."""

    language: str
    author: str = ""
    source: str = ""
    date_text: str = ""

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return bool(self.author or self.source or self.date_text)


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption that is kept beside the preferred one, in its author's words."""

    language: str
    text: str
    author: str = ""
    source: str = ""
    date_text: str = ""

    @property
    def credited(self) -> CaptionSource:
        """Who wrote it, as it is kept of a preferred caption."""
        return CaptionSource(self.language, self.author, self.source, self.date_text)
