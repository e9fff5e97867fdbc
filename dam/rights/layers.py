"""The two layers of a photograph: what was photographed, and the photograph of it."""

from enum import StrEnum


class Layer(StrEnum):
    """Which of the two an entry is about."""

    PHOTOGRAPH = "photograph"
    WORK = "work"

    @property
    def words(self) -> str:
        """How it is called in a sentence."""
        return "it" if self is Layer.PHOTOGRAPH else "the work that it shows"


BOTH = (Layer.PHOTOGRAPH, Layer.WORK)
