"""Citations of a photograph or a series, in the styles that people ask for; plain text.

The forms are those for a picture seen online: Chicago (bibliography), MLA 9, APA 7, and an entry
of BibTeX that BibTeX and biblatex both read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from dam.catalogue.date_words import DATE_WORDS
from dam.catalogue.dates import in_words
from dam.catalogue.edtf import PartialDate, Point, known, parse_written
from dam.catalogue.text import clean

_MOST_IN_CHICAGO = 6
_ENDS = (".", "?", "!", "…")
_OUR_DASH = "\N{EN DASH}"
# Lower-case words that belong to the family name after them.
_PARTICLES = frozenset(
    (
        *("af", "al", "ap", "av", "bin", "d'", "da", "dal", "de", "dei", "del", "della", "den"),
        *("der", "des", "di", "do", "dos", "du", "el", "la", "las", "le", "lo", "los", "ten"),
        *("ter", "van", "von", "y", "zu", "zum", "zur"),
    )
)
# A name with one of these is no person's, whatever the record says or does not say.
_OF_BODIES = re.compile(
    r"\b(?:agency|archives?|association|bureau|collection|collective|company|foundation|gallery|"
    r"institute|library|magazine|ministry|museum|news|newspaper|photographers?|photos?|"
    r"photography|photoshop|press|service|society|studios?|union|university|unknown|unidentified|"
    r"anonymous)\b",
    re.IGNORECASE,
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md"})
_LATEX = {
    "\\": r"\textbackslash{}",
    # BibTeX counts braces also behind a backslash, so that a lone one would end the entry.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&#_%"},
}


class Style(StrEnum):
    """A way to cite; the value is what people call it."""

    CHICAGO = "Chicago"
    MLA = "MLA"
    APA = "APA"
    BIBTEX = "BibTeX"


class Genre(StrEnum):
    """What is cited."""

    PHOTOGRAPH = "Photograph"
    SERIES = "Photographs"


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made it, as the byline was printed; *person*: given and family name may change places."""

    name: str
    person: bool = True


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation is composed of; ``title`` is empty where there is none."""

    identifier: str
    url: str
    archive: str
    makers: tuple[Maker, ...] = ()
    title: str = ""
    date: PartialDate | None = None
    genre: Genre = Genre.PHOTOGRAPH


def citation(cited: Cited, style: Style) -> str:
    """Return the citation of *cited* in one style, on one line but for BibTeX."""
    match style:
        case Style.CHICAGO:
            return _chicago(cited)
        case Style.MLA:
            return _mla(cited)
        case Style.APA:
            return _apa(cited)
        case Style.BIBTEX:
            return _bibtex(cited)
        case _:
            assert_never(style)


def inverted(name: str) -> tuple[str, str] | None:
    """Return family and given names of a person, or None where the name is kept as it stands.

    Kept are single words, names of bodies, and names that do not show by capitals which word is
    which. Small words before the last one belong to the family.
    """
    name = _line(name)
    if _OF_BODIES.search(name) or re.search(r"[\d/&]", name):
        return None
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma:
        suffix = given.lower() in _SUFFIXES or "," in given
        return (family, given) if family and given and not suffix else None
    words = name.split()
    if len(words) < 2 or not all(word[0].isupper() or word in _PARTICLES for word in words):
        return None
    if words[-1].lower() in _SUFFIXES or words[-1] in _PARTICLES:
        return None
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return " ".join(words[start:]), " ".join(words[:start])


def _chicago(cited: Cited) -> str:
    makers = cited.makers[: _MOST_IN_CHICAGO if len(cited.makers) <= _MOST_IN_CHICAGO else 3]
    names = _listed(_first_inverted(makers), et_al=len(makers) < len(cited.makers))
    date = in_words(cited.date, "en") if cited.date else ""
    genre = "" if not _line(cited.title) else cited.genre.value
    parts = (names, _title(cited), date, genre, _line(cited.archive), cited.url)
    return " ".join(_sentence(part) for part in parts if part)


def _mla(cited: Cited) -> str:
    makers = cited.makers[: 2 if len(cited.makers) <= 2 else 1]
    names = _listed(_first_inverted(makers), et_al=len(makers) < len(cited.makers))
    date = in_words(cited.date, "en") if cited.date else ""
    where = f"{_line(cited.archive)}, {cited.url}"
    return " ".join(_sentence(part) for part in (names, _title(cited), date, where) if part)


def _apa(cited: Cited) -> str:
    """Return the form of APA: initials, the year first, the kind of thing in brackets."""
    names = _apa_names([_initials(maker) for maker in cited.makers])
    title = _line(cited.title)
    what = f"{title} [{cited.genre}]" if title else f"[{cited.genre}]"
    date = f"({_apa_date(cited.date)})"
    # Without a maker the title stands in the first place.
    parts = (f"{_ended(names)} {date}", what) if names else (what, date)
    return " ".join((*(_sentence(part) for part in (*parts, _line(cited.archive))), cited.url))


def _bibtex(cited: Cited) -> str:
    makers = " and ".join(_bibtex_name(maker) for maker in cited.makers)
    rows = (
        ("author", makers),
        ("title", f"{{{_latex(_title(cited))}}}"),
        ("year", _latex(_year(cited.date))),
        ("howpublished", f"{cited.genre}, {_latex(_line(cited.archive))}"),
        ("url", cited.url),
    )
    width = max(len(name) for name, _ in rows)
    lines = (f"  {name:<{width}} = {{{value}}}" for name, value in rows if value)
    return "@misc{" + cited.identifier + ",\n" + ",\n".join(lines) + "\n}"


def _first_inverted(makers: Sequence[Maker]) -> list[str]:
    """Return the names, the first one with the family name in front, as bibliographies sort it."""
    names = [_line(maker.name) for maker in makers]
    if makers and makers[0].person and (parts := inverted(names[0])):
        names[0] = ", ".join(parts)
    return names


def _listed(names: Sequence[str], *, et_al: bool) -> str:
    if et_al:
        return f"{', '.join(names)}, et al."
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def _initials(maker: Maker) -> str:
    name = _line(maker.name)
    parts = inverted(name) if maker.person else None
    if parts is None:
        return name
    family, given = parts
    initials = (
        "-".join(f"{piece[0]}." for piece in word.split("-") if piece) for word in given.split()
    )
    return f"{family}, {' '.join(initials)}"


def _apa_names(names: Sequence[str]) -> str:
    return ", & ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def _apa_date(when: PartialDate | None) -> str:
    if when is None:
        return "n.d."
    point = parse_written(when.edtf)
    if not isinstance(point, Point) or not point.year.isdigit():
        return in_words(when, "en")
    about = "ca. " if point.qualifier else ""
    if not known(point.month):
        return f"{about}{point.year}"
    month = DATE_WORDS["en"].alone[int(point.month) - 1]
    day = f" {int(point.day)}" if known(point.day) else ""
    return f"{about}{point.year}, {month}{day}"


def _year(when: PartialDate | None) -> str:
    """Return the year, or the years, of BibTeX."""
    if when is None:
        return ""
    point = parse_written(when.edtf)
    if isinstance(point, Point) and point.year.isdigit():
        return point.year
    return in_words(when, "en").replace(_OUR_DASH, "--")


def _bibtex_name(maker: Maker) -> str:
    """Return a name as BibTeX takes it; in braces where it must not be taken apart."""
    name = _line(maker.name)
    parts = inverted(name) if maker.person else None
    if parts is None or re.search(r"\band\b", name, re.IGNORECASE):
        return f"{{{_latex(name)}}}"
    return ", ".join(_latex(part) for part in parts)


def _latex(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)


def _title(cited: Cited) -> str:
    return _line(cited.title) or cited.genre.value


def _sentence(text: str) -> str:
    """Return *text* with a full stop, which an address at the end does without none the less."""
    return text if text.startswith("http") else _ended(text)


def _ended(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."


def _line(text: str) -> str:
    return " ".join(clean(text, multiline=False).split())
