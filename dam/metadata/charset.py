"""In which character set bytes of text were written, when nothing or something wrong says so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# ISO 2022 escape sequences of IIM 1:90 that occur; UTF-8 has two spellings.
_DECLARED = {
    b"\x1b%G": "utf-8",
    b"\x1b%/I": "utf-8",
    b"\x1b.A": "iso8859-1",
    b"\x1b-A": "iso8859-1",
    b"\x1b.B": "iso8859-2",
    b"\x1b-B": "iso8859-2",
    b"\x1b-L": "iso8859-5",
}
_NAMES = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}

# What is typical of a right guess, and of a wrong one, each with its weight. The signs were found
# by decoding captions both ways. Quotation marks and dashes are written as numbers, because they
# look like others.
_SIGNS = (
    (3, re.compile(r"(?<=[A-Za-zÀ-ž])\u2019(?:s|t|re|ve|ll|d|m)?\b")),
    (2, re.compile(r"(?<!\w)[\u201c\u2018](?=\w)")),
    (2, re.compile(r"(?<=[\w.,!?])\u201d")),
    (2, re.compile(r"(?<=\w)\s[\u2013\u2014]\s(?=\w)|(?<=\d)\u2013(?=\d)")),
    (
        1,
        re.compile(r"[a-z][à-öø-ÿœšžğışçəñ]|[à-öø-ÿœšžğışçəñ][a-z]|\b[ÀÂÄÇÉÈÊËÎÏÔÖÜŞÑ][a-z]|©"),
    ),
    (-3, re.compile(r"[∂∑∏Ω≈∆◊√∫≠∞≤≥\uf8ff\x80-\x9f¬¨¯\u00b8˝\u02dbˇ˘˙˚]")),
    (-2, re.compile(r"[a-z][À-ÖØ-Þ]|\s[À-ÖØ-Þ]\s")),
    (-2, re.compile(r"[A-Za-z]í(?:s|t|re|ve|ll)\b")),
)
_ENOUGH_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Charset:
    """A Python codec, and what a person should know about how it was found (or nothing)."""

    codec: str
    note: str | None = None

    def text(self, encoded: bytes) -> str:
        """*encoded* as text; what the codec does not know becomes U+FFFD."""
        return encoded.decode(self.codec, "replace")


def charset_of(texts: Sequence[bytes], declared: bytes | None = None) -> Charset:
    """The one character set of all *texts* of a block.

    A declaration is believed when the bytes obey it; then UTF-8, which no other text obeys by
    chance; then Windows-1252 or Mac Roman, whichever reads more like writing. Whatever was
    guessed has a note.
    """
    joined = b"\n".join(texts)
    codec = _DECLARED.get(declared or b"")
    if codec is not None and _obeys(joined, codec):
        return Charset(codec)
    if _obeys(joined, "utf-8"):
        return Charset("utf-8")
    guess, certain = _likelier(joined[:_ENOUGH_BYTES])
    reason = "its text names no character set" if codec is None else "the one it names is wrong"
    doubt = "" if certain else ", but may be another"
    return Charset(guess, f"{reason}; it was read as {_NAMES[guess]}{doubt}")


def _obeys(encoded: bytes, codec: str) -> bool:
    try:
        encoded.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _likelier(encoded: bytes) -> tuple[str, bool]:
    """The better of the two codecs, and whether it is the better one by any sign."""
    if not _obeys(encoded, "cp1252"):
        return "mac_roman", True
    windows, mac = (_likeness(encoded.decode(codec)) for codec in ("cp1252", "mac_roman"))
    return ("mac_roman" if mac > windows else "cp1252"), mac != windows


def _likeness(text: str) -> int:
    return sum(weight * len(sign.findall(text)) for weight, sign in _SIGNS)
