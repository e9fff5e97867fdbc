"""A photo essay as it was copied from a web page: introduction, then datelines and captions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from dam.catalogue.datelines import Dateline, parse_dateline
from dam.catalogue.repair import Proposal, proposals, words
from dam.catalogue.text import clean


@dataclass(frozen=True, slots=True)
class EssayFrame:
    """One frame: its place in the essay from 1, its dateline, and its caption if it has one.

    ``proposals`` are repairs of the caption, none carried out.
    """

    position: int
    dateline: Dateline
    caption: str | None
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Essay:
    """What was read, in the order of the page; ``chrome`` is the lines that were left out."""

    introduction: tuple[str, ...]
    frames: tuple[EssayFrame, ...]
    chrome: tuple[str, ...]


def read_essay(text: str, language: str = "en") -> Essay:
    """Return the essay that *text* holds; a text without datelines has no frame.

    A dateline opens a frame, and the lines up to the next one are its caption, paragraphs apart by
    an empty line. Buttons, counters and lists of other pages are ``chrome``, so that a person can
    see what was left out. Nothing is reworded.
    """
    lines = [line.strip() for line in clean(text, multiline=True).split("\n")]
    datelines = {at: found for at, line in enumerate(lines) if (found := parse_dateline(line))}
    unwanted = frozenset(_unwanted(lines, datelines))
    starts = [*datelines, len(lines)]
    vocabulary = frozenset(words(text))

    frames = []
    for position, (start, end) in enumerate(pairwise(starts), start=1):
        caption = "\n\n".join(_paragraphs(lines, range(start + 1, end), unwanted))
        repairs = proposals(caption, language, vocabulary)
        frames.append(EssayFrame(position, datelines[start], caption or None, repairs))

    introduction = tuple(_paragraphs(lines, range(starts[0]), unwanted))
    return Essay(introduction, tuple(frames), tuple(lines[at] for at in sorted(unwanted)))


def _paragraphs(lines: list[str], stretch: range, unwanted: frozenset[int]) -> Iterator[str]:
    """Yield the paragraphs of a stretch, their lines as they were broken."""
    paragraph: list[str] = []
    for at in stretch:
        if lines[at] and at not in unwanted:
            paragraph.append(lines[at])
        elif paragraph and not lines[at]:
            yield "\n".join(paragraph)
            paragraph = []
    if paragraph:
        yield "\n".join(paragraph)


# What pages print around their text. Only a whole line is compared, in small letters.
_WIDGETS = frozenset(
    [
        *("advertisement", "comment", "comments", "email", "follow us", "home", "log in"),
        *("login", "menu", "next", "previous", "print", "search", "share", "share this"),
        *("sign in", "sign up", "skip to content", "subscribe", "support us"),
    ]
)
_WIDGET_WORDS = frozenset(
    [
        *("arrow", "copy", "email", "facebook", "icon", "instagram", "link", "linkedin"),
        *("messenger", "odnoklassniki", "ok", "pinterest", "print", "share", "telegram"),
        *("twitter", "viber", "vk-black", "vk", "whatsapp", "x", "youtube"),
    ]
)
# After one of these the page speaks of other pages, until a dateline brings it back.
_TAILS = frozenset(
    [
        *("more from this author", "more stories", "most popular", "most read", "read also"),
        *("read more", "recommended", "related", "related articles", "related stories"),
        *("see also", "you may also like"),
    ]
)
_SENTENCE_ENDS = (".", "!", "?", ":", "\u2026", "\u201d", '"')
_COUNTER = re.compile(r"[0-9]{1,3}")
_CONTROL_SIGN = re.compile("[\u2190-\u21ff\u25a0-\u25ff\u2630\u2715-\u2718]")


def _unwanted(lines: list[str], datelines: Mapping[int, Dateline]) -> Iterator[int]:
    """Yield the numbers of the lines that belong to the page and not to the essay."""
    first_dateline = min(datelines, default=len(lines))
    in_tail = False
    last = ""
    for at, line in enumerate(lines):
        if at in datelines:
            in_tail = False
        elif line:
            in_tail = in_tail or line.casefold().removesuffix(":") in _TAILS
            # A heading printed twice is one heading; two frames may well share a caption.
            repeated = line == last and at < first_dateline
            if in_tail or repeated or _is_chrome(line):
                yield at
            last = line


def _is_chrome(line: str) -> bool:
    if line.casefold() in _WIDGETS or _COUNTER.fullmatch(line):
        return True
    if line.endswith(_SENTENCE_ENDS):
        return False
    said = line.casefold().split()
    widgets = sum(word in _WIDGET_WORDS for word in said)
    return _CONTROL_SIGN.search(line) is not None or (widgets > 1 and 3 * widgets >= 2 * len(said))
