"""Dates of photographs: read, said in words, and given to viewers as navDate."""

import re

from dam.catalogue.date_words import DATE_WORDS, DateWords
from dam.catalogue.edtf import (
    Interval,
    PartialDate,
    Point,
    known,
    parse_point,
    parse_written,
    partial_date,
)
from dam.catalogue.written_dates import read_written

__all__ = ["PartialDate", "in_words", "nav_date", "parse_date"]

_EN_DASH = "\u2013"
_LONGEST = 100  # characters; more is a sentence and no date
_TIMED = re.compile(
    r"""([0-9]{4})(?P<mark>[:-])([0-9]{2})(?P=mark)([0-9]{2})
        (?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?
           (?:Z|[+-][0-9]{2}:?[0-9]{2})?)?""",
    re.VERBOSE,
)


def parse_date(text: str) -> PartialDate | None:
    """Return the date that *text* says, exactly as exact as it says it, or None.

    Taken: EDTF (see ``dam.catalogue.edtf``), ISO 8601, EXIF (``1992:02:03 10:11:12``), and English
    as catalogues write it: "May 12, 1968", "c. 1936", "1930s", "before 12 May 1968", "1992?",
    "September 27 to November 10, 2020". The hour is left out, the day is kept as written. What is
    not understood whole is None; nothing is filled in.
    """
    if len(text) > _LONGEST:
        return None
    plain = " ".join(text.split())
    written = parse_written(plain) or _timed(plain) or read_written(plain)
    return None if written is None else partial_date(written)


def _timed(text: str) -> Point | None:
    found = _TIMED.fullmatch(text)
    return None if found is None else parse_point(f"{found[1]}-{found[3]}-{found[4]}")


def nav_date(when: PartialDate) -> str | None:
    """Return the first day of *when* as IIIF's navDate, or None when its year is not definite.

    Spec: Presentation API 3.0 §3.1, an XSD dateTime with its time zone. Open intervals and years
    with unknown digits have none, since a viewer would show the invented day as the date.
    """
    match parse_written(when.edtf):
        case Point(year=year) | Interval(start=Point(year=year), end=Point()) if year.isdigit():
            return f"{when.earliest.isoformat()}T00:00:00Z"
        case _:
            return None


def in_words(when: PartialDate, language: str) -> str:
    """Return *when* as a reader of *language* writes it; English can be read by ``parse_date``.

    English, Azerbaijani (Latin) and Russian have words; other languages get the EDTF.
    """
    words = _date_words(language)
    if words is None:
        return when.edtf
    match parse_written(when.edtf):
        case Point() as point:
            return _point_words(point, words)
        case Interval(start=Point() as start, end=Point() as end):
            return _range_words(start, end, words)
        case Interval(start=None, end=Point() as end):
            return words.until.format(_point_words(end, words))
        case Interval(start=Point() as start):
            return words.since.format(_point_words(start, words))
        case _:
            return when.edtf


def _date_words(language: str) -> DateWords | None:
    """Return the words of a language, in the script that it is mostly written in."""
    first, *others = language.lower().split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), None)
    words = DATE_WORDS.get(first)
    return words if words is None or script in {None, words.script} else None


def _point_words(point: Point, words: DateWords) -> str:
    said = _day_words(point, words) or _year_words(point.year, words)
    about = f"{words.about} " if point.qualifier in {"~", "%"} else ""
    return f"{about}{said}{'?' if point.qualifier in {'?', '%'} else ''}"


def _day_words(point: Point, words: DateWords) -> str | None:
    if not known(point.month):
        return None
    index = int(point.month) - 1
    if not known(point.day):
        return f"{words.alone[index]} {point.year}"
    return f"{int(point.day)} {words.after_day[index]} {point.year}"


def _year_words(year: str, words: DateWords) -> str:
    """Return "1930s", or "1900\u20131909" where "1900s" could be the century."""
    first = year.replace("X", "0")
    if first == year:
        return year
    if words.decade and not first.endswith("00"):
        return words.decade.format(first)
    return f"{first}{_EN_DASH}{year.replace('X', '9')}"


def _range_words(start: Point, end: Point, words: DateWords) -> str:
    """Return both ends, and once only what they share."""
    first, last = _point_words(start, words), _point_words(end, words)
    if first.isdigit() and last.isdigit():
        return f"{first}{_EN_DASH}{last}"
    exact = known(start.month) and known(end.month) and not start.qualifier + end.qualifier
    if exact and start.year == end.year:
        both_days = known(start.day) and known(end.day)
        if both_days and start.month == end.month:
            return f"{int(start.day or 0)}{_EN_DASH}{last}"
        if known(start.day) == known(end.day):
            first = first.removesuffix(f" {start.year}")
    return f"{first} {_EN_DASH} {last}"
