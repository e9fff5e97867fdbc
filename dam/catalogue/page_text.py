"""The text of a page that was saved from a browser: what it says, without how it is drawn."""

import re
from html.parser import HTMLParser

from dam.catalogue.text import clean
from dam.errors import Malformed, TooLarge

MOST_CHARACTERS = 400_000
_LOOKS_LIKE_A_PAGE = re.compile(
    r"<!doctype html|<html[\s>]|<body[\s>]|</(?:p|div|article)>", re.IGNORECASE
)
_UNSEEN = frozenset(
    ["script", "style", "head", "noscript", "template", "svg", "nav", "footer", "aside", "form"]
)
_BLOCKS = frozenset(
    [
        *("p", "div", "article", "section", "main", "header", "figure", "figcaption", "li", "ul"),
        *("ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "tr", "td"),
    ]
)


class NotText(Malformed):
    """What was sent is no text."""

    def __init__(self) -> None:
        super().__init__("This is no text; paste the words, or save the page as HTML or text.")


class TooLong(TooLarge):
    """The text is longer than any essay."""

    def __init__(self) -> None:
        super().__init__(
            f"The text has more than {MOST_CHARACTERS} characters; paste the essay alone."
        )


def page_text(text: str) -> str:
    """Return the words of *text*: as it is, or what a reader sees where it is HTML.

    Nothing of a page is run or fetched. Blocks are apart by an empty line.

    Raises:
        NotText, TooLong
    """
    if len(text) > MOST_CHARACTERS:
        raise TooLong
    if "\0" in text:
        raise NotText
    if not _LOOKS_LIKE_A_PAGE.search(text):
        return clean(text, multiline=True)
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return clean(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)), multiline=True)


class _Reader(HTMLParser):
    """Collects what is seen; depth is counted and never recursed into."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _UNSEEN:
            self._unseen[tag] = self._unseen.get(tag, 0) + 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if self._unseen.get(tag):
            self._unseen[tag] -= 1
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not any(self._unseen.values()):
            # Line ends within a block are spaces to a reader.
            self.parts.append(re.sub(r"\s+", " ", data))
