"""Folding of whole texts into words, so that every engine finds the same.

The words that come out hold letters, digits and marks alone. A database is handed them ready
made: no tokenizer or collation of its own has a say in what is found.
"""

import unicodedata

from dam.catalogue.names import fold

_LONGEST = 60  # characters of a word; the rest of a longer one is not looked at

# Letters of one sound that keyboards and spellings of one script write differently.
_SAME = {
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك", "گ": "گ",  # noqa: RUF001 (letters of their own scripts)
    "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "ۂ": "ه",  # noqa: RUF001 (letters of their own scripts)
    "ә": "е", "є": "е", "і": "и", "ґ": "г",  # noqa: RUF001 (letters of their own scripts)
}  # fmt: skip
# Georgian has three alphabets of the same letters; texts are read in the one of today.
_GEORGIAN = {
    **{chr(0x10A0 + n): chr(0x10D0 + n) for n in range(0x26)},
    **{chr(0x2D00 + n): chr(0x10D0 + n) for n in range(0x26)},
}
# Scripts without spaces between words: each sign is a word, and what is asked for is a phrase.
_SPACELESS = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),  # Han
    (0x20000, 0x3FFFF),
)


class _Characters(dict[int, str]):
    """What becomes of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        found = _became(chr(code))
        self[code] = found
        return found


def _became(character: str) -> str:
    character = _GEORGIAN.get(character, _SAME.get(character, character))
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character)[0] not in "LNM":
        return " "
    if any(first <= ord(character) <= last for first, last in _SPACELESS):
        return f" {character} "
    return character


_CHARACTERS = _Characters()


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of *text*, folded, in their order; signs and spaces only part them.

    Lodz stands for Łódź, strasse for Straße, agdam for Ağdam. Folding what came out changes
    nothing.
    """
    return tuple(word[:_LONGEST] for word in fold(text).translate(_CHARACTERS).split())
