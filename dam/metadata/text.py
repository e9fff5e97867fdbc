"""Text from a file, made fit to be stored: bounded, without control characters, in NFC."""

import re
import unicodedata

MAX_TEXT_CHARACTERS = 20_000
# Unicode's Stream-Safe Text Format (UAX #15 §13) allows 30 marks upon one letter. Without a bound
# normalisation takes time in the square of their number.
_MAX_MARKS = 30
_CONTROLS = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_BREAKS = re.compile(r"[\n\t]+")


def is_too_long(text: str) -> bool:
    """Whether `clean` would cut this text."""
    return len(text) > MAX_TEXT_CHARACTERS


def clean(text: str) -> str:
    """At most 20 000 characters of *text*: paragraphs kept, control characters gone, in NFC."""
    lines = _LINE_ENDS.sub("\n", text[:MAX_TEXT_CHARACTERS])
    plain = _CONTROLS.sub("", lines)
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", _stream_safe(plain))[:MAX_TEXT_CHARACTERS]
    return plain.strip()


def clean_line(text: str) -> str:
    """The same, and on one line: for names, credits and keywords."""
    pieces = (piece.strip(" ") for piece in _BREAKS.split(clean(text)))
    return " ".join(piece for piece in pieces if piece)


def _stream_safe(text: str) -> str:
    kept = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MAX_MARKS:
            kept.append(character)
    return "".join(kept)
