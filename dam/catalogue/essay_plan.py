"""What an essay would write: into its frames, and into its series. Nothing is written here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dam.catalogue.captions import Caption
from dam.catalogue.changes import Description
from dam.catalogue.essay import Essay, EssayFrame
from dam.catalogue.notices import Notice, NoticeKind
from dam.catalogue.places import read_places
from dam.catalogue.preferring import with_caption
from dam.catalogue.text import Text, TextField

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_OWED = (
    (
        NoticeKind.DISCLAIMER,
        re.compile(
            r"not necessarily (?:reflect|represent)|views expressed|opinions expressed",
            re.IGNORECASE,
        ),
    ),
    (
        NoticeKind.FUNDING,
        re.compile(
            r"financial support|funded by|with (?:the )?support of|supported by", re.IGNORECASE
        ),
    ),
    (
        NoticeKind.CREDIT,
        re.compile(r"in partnership (?:with|between)|co-?produced by", re.IGNORECASE),
    ),
)
_FILM = re.compile(r"^(?P<title>.{2,100}?) (?:film|documentary)\s*:\s*\S")
_ONE_OF = re.compile(r"^(?P<title>[^.!?]{2,100}?) is one of (?:a|the) series\b")
_LONGEST_HEADING = 120  # characters


def matched(count: int, photographs: Sequence[str], shift: int = 0) -> tuple[str, ...]:
    """Return the photograph of each of *count* frames, in order, moved by *shift*; "" is none.

    No photograph is given to two frames.
    """
    return tuple(
        photographs[n + shift] if 0 <= n + shift < len(photographs) else "" for n in range(count)
    )


def described(description: Description, frame: EssayFrame, language: str) -> Description:
    """Return *description* with what the essay says of its frame.

    What is written already stays: a caption stands beside the preferred one, and a date or place
    is put where there is none.
    """
    written = {(text.field, text.language): text.value for text in description.texts}
    line = frame.dateline
    if not any(field is TextField.PLACE for field, _ in written) and not description.places:
        texts = (*description.texts, Text(TextField.PLACE, language, line.place_text))
        description = replace(description, texts=texts, places=read_places(texts, language))
    if not description.date_text:
        words = line.source[len(line.place_text) :].strip(" ,")
        description = replace(description, date_text=words)
    if frame.caption and written.get((TextField.CAPTION, language)) != frame.caption:
        description = with_caption(description, Caption(language, frame.caption))
    return description


def titles(essay: Essay) -> tuple[str, ...]:
    """Return what the page calls itself, each once: a film's title, and the one in its text."""
    found = [
        match["title"].strip(' “”"')
        for paragraph in essay.introduction
        for pattern in (_FILM, _ONE_OF)
        if (match := pattern.match(paragraph))
    ]
    headings = [one for one in essay.introduction[:3] if is_heading(one)]
    return tuple(dict.fromkeys(found or headings[:1]))


def is_heading(paragraph: str) -> bool:
    """Say whether a paragraph is a heading: one short line that is no sentence."""
    return len(paragraph) <= _LONGEST_HEADING and not paragraph.rstrip().endswith(
        (".", "!", "?", ":", "…")
    )


def owed(paragraphs: Iterable[str], language: str) -> tuple[Notice, ...]:
    """Return the sentences that must be shown word for word, as far as they can be told."""
    return tuple(
        Notice(kind, language, sentence)
        for paragraph in paragraphs
        for sentence in _SENTENCE.split(" ".join(paragraph.split()))
        for kind in [_kind(sentence)]
        if kind is not None
    )


def _kind(sentence: str) -> NoticeKind | None:
    return next((kind for kind, pattern in _OWED if pattern.search(sentence)), None)
