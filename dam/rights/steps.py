"""How much may leave, to whom, and what it is asked for."""

from enum import IntEnum, StrEnum
from typing import Self

from dam.errors import Malformed


class UnknownStep(Malformed):
    """The word names no step of access."""

    def __init__(self, written: str, known: tuple[str, ...]) -> None:
        self.written = written
        super().__init__(f"“{written}” is no step of access; write one of: {', '.join(known)}.")


class Step(IntEnum):
    """How much may leave, from nothing to the untouched original."""

    HIDDEN = 0
    RECORD = 1
    THUMBNAIL = 2
    CAPPED = 3
    ZOOM = 4
    DOWNLOAD = 5
    MASTER = 6

    @property
    def word(self) -> str:
        """How it is written in sheets and on pages."""
        return self.name.lower()

    @classmethod
    def of_word(cls, word: str) -> Self:
        """Return the step that is written so.

        Raises:
            UnknownStep: no step is.
        """
        for step in cls:
            if step.word == word.strip().lower():
                return step
        raise UnknownStep(word, tuple(step.word for step in cls))


class Audience(IntEnum):
    """Who asks; each sees at least what the one before sees."""

    PUBLIC = 0
    RESEARCHER = 1
    STAFF = 2
    EDITOR = 3
    RIGHTS_MANAGER = 4
    ADMINISTRATOR = 5

    @property
    def word(self) -> str:
        """How it is written on pages."""
        return self.name.lower().replace("_", " ")

    @property
    def works_here(self) -> bool:
        """Whether these are people of the archive, who see drafts to work on them."""
        return self >= Audience.STAFF


class Purpose(StrEnum):
    """What the answer is wanted for."""

    VIEW = "view"
    LIST = "list"
    DOWNLOAD = "download"
