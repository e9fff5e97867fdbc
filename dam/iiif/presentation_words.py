"""Words as they leave in a manifest: language maps of plain text, never HTML."""

import re
from itertools import takewhile

LanguageMap = tuple[tuple[str, str], ...]
"""Pairs of (BCP 47 tag, text) in the order to be shown; one language may come more than once."""

Json = dict[str, object]

ORIGIN_MARK = "\ue000"
"""Stands for the origin in stored JSON: a private-use character that no words may hold."""

NO_LANGUAGE = "none"

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_TAKEN_FOR_HTML = re.compile(r"[\s\ufeff]*<.*>[\s\ufeff]*", re.DOTALL)
_LETTERS = re.compile(r"[A-Za-z]{1,8}")
_ZERO_WIDTH_SPACE = "\u200b"


def plain(text: str) -> str:
    """Return *text* so that every viewer takes it for plain text and every encoder takes it.

    A text whose first character is ``<`` and whose last is ``>`` is HTML by Presentation API 3.0
    §4.5, also after the trimming that viewers do: it gets a zero-width space in front, which no
    trimming removes. The mark of the origin is dropped and half a surrogate pair, which UTF-8
    cannot hold, becomes U+FFFD. Everything else stays as it was written.
    """
    text = _LONE_SURROGATE.sub("\ufffd", text.replace(ORIGIN_MARK, ""))
    return _ZERO_WIDTH_SPACE + text if _TAKEN_FOR_HTML.fullmatch(text) else text


def language_tag(tag: str) -> str:
    """Return the longest part of a BCP 47 *tag* that is spelt in letters alone, or ``none``.

    The official schema and iiif_prezi3 refuse digits, so ``es-419`` is cut to ``es`` and
    ``de-1996`` to ``de``, in the manner of RFC 4647 §3.4: a single letter never comes last.
    """
    kept = list(takewhile(_LETTERS.fullmatch, tag.replace("_", "-").split("-")))
    while kept and len(kept[-1]) == 1:
        kept.pop()
    written = "-".join(kept)
    return NO_LANGUAGE if written.lower() in {"", "und", NO_LANGUAGE} else written


def language_map(words: LanguageMap) -> dict[str, list[str]]:
    """Return the JSON of *words*, in their order; blank texts and repetitions are left out.

    Languages that end under the same tag keep all their texts.
    """
    written: dict[str, list[str]] = {}
    for tag, text in words:
        value = plain(text)
        if value.strip():
            values = written.setdefault(language_tag(tag), [])
            if value not in values:
                values.append(value)
    return written
