"""Folding of names and words, so that one search finds every spelling of a name.

What is stored is never folded; only the search index and the comparison of names are.
"""

import re
import unicodedata

# Letters that Unicode does not take apart into a base and a mark. The schwa goes to e, as people
# without an Azerbaijani keyboard write it (Azerbaycan, Terter).
_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "\u0131": "i", "ə": "e",
        "ǝ": "e", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "ng", "ĸ": "k", "ɂ": "'",
    }
)  # fmt: skip

# Signs that look alike or do the same work, each named since they cannot be told apart by eye.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys(
            (
                "\N{LEFT SINGLE QUOTATION MARK}",
                "\N{RIGHT SINGLE QUOTATION MARK}",
                "\N{SINGLE LOW-9 QUOTATION MARK}",
                "\N{SINGLE HIGH-REVERSED-9 QUOTATION MARK}",
                "\N{MODIFIER LETTER APOSTROPHE}",
                "\N{MODIFIER LETTER TURNED COMMA}",
                "\N{MODIFIER LETTER PRIME}",
                "\N{PRIME}",
                "\N{ARMENIAN APOSTROPHE}",
                "\N{GRAVE ACCENT}",
            ),
            "'",
        ),
        **dict.fromkeys(
            (
                "\N{LEFT DOUBLE QUOTATION MARK}",
                "\N{RIGHT DOUBLE QUOTATION MARK}",
                "\N{DOUBLE LOW-9 QUOTATION MARK}",
                "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}",
                "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}",
            ),
            '"',
        ),
        **dict.fromkeys(
            (
                "\N{HYPHEN}",
                "\N{FIGURE DASH}",
                "\N{EN DASH}",
                "\N{EM DASH}",
                "\N{HORIZONTAL BAR}",
                "\N{MINUS SIGN}",
                "\N{ARMENIAN HYPHEN}",
            ),
            "-",
        ),
        "\N{ARMENIAN FULL STOP}": ":",
        "\N{ARABIC TATWEEL}": None,
        "\N{SOFT HYPHEN}": None,
    }
)

# Marks that a reader leaves out when typing: accents of Latin, Greek and Cyrillic, the points of
# Hebrew, the short vowels of Arabic. Marks of Indic and of kana make other letters and stay.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufe00-\ufe0f\ufe20-\ufe2f]"
)


# Characters that show nothing: joiners, marks of direction, tags, lone surrogates.
_HIDDEN = re.compile(
    "[\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f]")


def fold(text: str) -> str:
    """Return *text* as it is searched: without case, accents, look-alikes and double spaces.

    Letters of another alphabet stay in theirs; ideographs, kana and hangul stay as they are.
    Folding twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().replace("`", "'").split())
    # Twice, since taking a mark away can bring two letters together that compose anew.
    return _fold_once(_fold_once(text))


def _fold_once(text: str) -> str:
    # Folding case can leave letters that come apart once more, such as the dotted capital i.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = _MARKS.sub("", apart.translate(_SIGNS)).translate(_LETTERS)
    seen = _CONTROLS.sub(" ", _HIDDEN.sub("", letters))
    return unicodedata.normalize("NFC", " ".join(seen.split()))


# How the consonants of the region are written in Latin letters by English, French, Turkish,
# Azerbaijani and Russian scholars; the longest spelling comes first.
_SPELLINGS = (
    ("khodzh", "xoc"), ("khodj", "xoc"), ("khoj", "xoc"), ("dzh", "c"), ("sh", "s"), ("ch", "c"),
    ("kh", "x"), ("gh", "g"), ("dj", "c"), ("zh", "c"), ("ts", "c"), ("j", "c"), ("y", "i"),
    ("q", "g"), ("w", "v"),
)  # fmt: skip
_NO_LETTER = re.compile(r"[\W_]+")
_DOUBLED = re.compile(r"(.)\1+")


def spelling_key(name: str) -> str:
    """Return what the Latin spellings of one name have in common: Aghdam, Agdam, Ağdam.

    Two names of one key are *proposed* as the same place or person, and a person decides. Other
    vowels (Shusha, Shushi; Terter, Tartar) keep their own key: those are aliases to be recorded.
    """
    key = _NO_LETTER.sub("", fold(name))
    for written, heard in _SPELLINGS:
        key = key.replace(written, heard)
    return _DOUBLED.sub(r"\1", key)
