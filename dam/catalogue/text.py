"""The words of a photograph: in which field, in which language, and clean."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from dam.errors import Malformed


class TextField(StrEnum):
    """The fields that people write in a language."""

    TITLE = "title"
    HEADLINE = "headline"
    CAPTION = "caption"
    ALT = "alt"
    CREDIT = "credit"
    SOURCE = "source"
    COPYRIGHT = "copyright"
    PLACE = "place"


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """The words of one field in one language; the order is that of field and language."""

    field: TextField
    language: str
    value: str


class BadLanguageTag(Malformed):
    """What stands for a language is no language tag of BCP 47."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        super().__init__(
            f"“{tag[:40]}” is not a language tag; write one such as en, az or az-Cyrl."
        )


_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_TYPED = frozenset("\n\t")


def _printable(character: str) -> bool:
    if unicodedata.category(character) in {"Cc", "Cs"}:
        return character in _TYPED
    noncharacter = ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"
    return not noncharacter and character != "\ufeff"


def clean(text: str, *, multiline: bool) -> str:
    r"""Return *text* without what no keyboard writes, in NFC, trimmed.

    Control characters, lone surrogates, noncharacters and byte order marks go; each way to end a
    line becomes ``\n``. Unless *multiline*, line ends and tabs become one space. Spelling, quotes,
    spaces inside a line and marks of direction stay as they were written.
    """
    lines = _LINE_ENDS.sub("\n", text)
    kept = "".join(character for character in lines if _printable(character))
    if not multiline:
        stripped = (line.strip() for line in kept.split("\n"))
        kept = " ".join(line for line in stripped if line).replace("\t", " ")
    return unicodedata.normalize("NFC", kept).strip()


def _codes(words: str) -> frozenset[str]:
    return frozenset(words.split())


# The two-letter codes of ISO 639-1. A code of two letters that is not here is a slip of the pen,
# and mostly the code of a country (jp, cz, ua).
_TWO_LETTERS = _codes(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht "
    "hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky "
    "la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny "
    "oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr "
    "ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi "
    "yo za zh zu"
)
# BCP 47 §2.2.1 wants the shortest code; these are the longer and the withdrawn ones that people
# and programs write most.
_SHORTEST = {
    "ara": "ar", "arm": "hy", "aze": "az", "chi": "zh", "deu": "de", "eng": "en", "fas": "fa",
    "fra": "fr", "fre": "fr", "geo": "ka", "ger": "de", "heb": "he", "hye": "hy", "in": "id",
    "ita": "it", "iw": "he", "ji": "yi", "jpn": "ja", "kat": "ka", "kur": "ku", "per": "fa",
    "rus": "ru", "spa": "es", "tur": "tr", "ukr": "uk", "zho": "zh",
}  # fmt: skip
_TAG = re.compile(
    r"""(?P<language>[a-z]{2,3})
        (?P<extended>(?:-[a-z]{3}){0,3})
        (?:-(?P<script>[a-z]{4}))?
        (?:-(?P<region>[a-z]{2}|[0-9]{3}))?
        (?P<rest>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*
                 (?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*
                 (?:-x(?:-[a-z0-9]{1,8})+)?)""",
    re.VERBOSE | re.ASCII,
)
_LONGEST_TAG = 35  # characters; BCP 47 §4.4.1


def language_tag(text: str) -> str:
    """Return the language tag of *text* as BCP 47 writes it: ``az_cyrl`` is ``az-Cyrl``.

    Private tags (``x-…``) and the grandfathered ones are not taken.

    Raises:
        BadLanguageTag: it is none, or its two letters name no language.
    """
    written = text.strip()
    found = _TAG.fullmatch(written.lower().replace("_", "-"))
    if found is None or len(written) > _LONGEST_TAG:
        raise BadLanguageTag(written)
    language = _SHORTEST.get(found["language"], found["language"])
    if len(language) == 2 and language not in _TWO_LETTERS:
        raise BadLanguageTag(written)
    script = f"-{found['script'].title()}" if found["script"] else ""
    region = f"-{found['region'].upper()}" if found["region"] else ""
    return f"{language}{found['extended']}{script}{region}{found['rest']}"


_RTL_LANGUAGES = _codes(
    "ar arc azb bal bqi ckb dv fa glk he ks lrc mzn nqo pnb prs ps sd sdh skr syr ug ur yi"
)
_RTL_SCRIPTS = _codes("adlm arab hebr mand mend nkoo rohg samr syrc thaa")


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Say which way *language* is written; a script in the tag (``az-Arab``) decides first."""
    first, *others = language.lower().replace("_", "-").split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), None)
    if script is not None:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    return "rtl" if first in _RTL_LANGUAGES else "ltr"
