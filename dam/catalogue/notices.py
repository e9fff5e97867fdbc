"""Texts that must be shown with a photograph or a series: credits, funding, disclaimers."""

from dataclasses import dataclass
from enum import StrEnum


class NoticeKind(StrEnum):
    """Why a text must be shown."""

    CREDIT = "credit"
    FUNDING = "funding"
    DISCLAIMER = "disclaimer"


@dataclass(frozen=True, slots=True)
class Notice:
    """A text that somebody is owed word for word; that of a series holds for all its frames."""

    kind: NoticeKind
    language: str
    text: str


def inherited(own: tuple[Notice, ...], series: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """Return what must be shown with a frame: its own notices, then those of its series, once."""
    return tuple(dict.fromkeys((*own, *series)))


def in_language(notices: tuple[Notice, ...], language: str) -> tuple[str, ...]:
    """Return the texts that a reader of *language* must be shown.

    A notice in other languages alone is shown as it is: what is owed may not be lost because it
    was not translated. It is left out where its kind has a text in *language*.
    """
    translated = {notice.kind for notice in notices if notice.language == language}
    return tuple(
        notice.text
        for notice in notices
        if notice.language == language or notice.kind not in translated
    )
