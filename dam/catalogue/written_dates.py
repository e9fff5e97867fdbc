"""Dates as people write them in plain English, read without guessing.

A word, a digit or an order that is not understood refuses the whole text: ``12/05/1968`` (which is
the month?), ``early 1930s``, ``spring 1992``, ``1900s`` (a decade or a century?).
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dam.catalogue.date_words import month_number
from dam.catalogue.edtf import (
    FIRST_DAY,
    LAST_DAY,
    Interval,
    Point,
    known,
    parse_point,
    span,
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One end of a range before it has borrowed what the other end says for both."""

    year: str | None
    month: str | None
    day: str | None
    about: bool = False
    uncertain: bool = False


_ORDINAL = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[^\W\d_]{3,10})\.?"
_YEAR = r"(?P<year>[0-9]{4})"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        _YEAR,
        rf"{_MONTH}(?:,? {_YEAR})?",
        rf"{_ORDINAL}(?: of)? {_MONTH}(?:,? {_YEAR})?",
        rf"{_MONTH} {_ORDINAL}(?:(?:, ?| ){_YEAR})?",
        rf"{_ORDINAL}(?:, ?{_YEAR})?",
    )
)
_DECADE = re.compile(r"(?:the )?([0-9]{2}[1-9])0['\u2019]?s", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:circa|ca?\.|approx\.|(?:ca?|about|around|approximately)(?=[ 0-9])) ?", re.IGNORECASE
)
_UNCERTAIN = re.compile(r" ?(?:\?|\(\?\))$")

_BEFORE = re.compile(r"(?:before|prior to) (.+)", re.IGNORECASE)
_AFTER = re.compile(r"after (.+)", re.IGNORECASE)
_UNTIL = re.compile(r"(?:until|till|up to|not after|no later than) (.+)", re.IGNORECASE)
_SINCE = re.compile(r"(?:from|since|not before|no earlier than) (.+)", re.IGNORECASE)
_BETWEEN = re.compile(r"between (.+) and (.+)|from (.+?) (?:to|until|till) (.+)", re.IGNORECASE)
_DASH = re.compile(r" ?[\u2012-\u2015\u2212] ?| - | to ")


def read_written(text: str) -> Point | Interval | None:
    """Return what *text* says in plain English, spaces already single, or None.

    "before" and "after" leave out the day, month or year that they name; "until" and "since" keep
    it. "between a and b" becomes the interval, since EDTF's one-of sets are beyond this subset.
    """
    if (whole := _single(text)) is not None:
        return whole
    if (found := _BETWEEN.fullmatch(text)) is not None:
        first, last = (group for group in found.groups() if group is not None)
        return _range(first, last)
    return _open(text) or _dashed(text)


def _single(text: str) -> Point | None:
    piece = _piece(text)
    return None if piece is None else _point(piece)


def _piece(text: str) -> _Piece | None:
    body = _UNCERTAIN.sub("", text)
    uncertain = body != text
    about = _ABOUT.match(body)
    if about is not None:
        body = body[about.end() :]
    read = _iso(body) or _decade(body) or _shaped(body)
    if read is None:
        return None
    return replace(
        read,
        about=read.about or about is not None,
        uncertain=read.uncertain or uncertain,
    )


def _iso(body: str) -> _Piece | None:
    point = parse_point(body)
    if point is None:
        return None
    return _Piece(
        point.year,
        point.month,
        point.day,
        about=point.qualifier in {"~", "%"},
        uncertain=point.qualifier in {"?", "%"},
    )


def _decade(body: str) -> _Piece | None:
    found = _DECADE.fullmatch(body)
    return None if found is None else _Piece(f"{found[1]}X", None, None)


def _shaped(body: str) -> _Piece | None:
    for shape in _SHAPES:
        found = shape.fullmatch(body)
        if found is None:
            continue
        said = found.groupdict()
        name = said.get("month")
        number = None if name is None else month_number(name)
        if name is not None and number is None:
            continue
        month = None if number is None else f"{number:02d}"
        day = said.get("day")
        return _Piece(said.get("year"), month, None if day is None else f"{int(day):02d}")
    return None


def _point(piece: _Piece) -> Point | None:
    """Return the piece as a date that the calendar has; it must say its year."""
    if piece.year is None or (piece.month is None and piece.day is not None):
        return None
    qualifier = {(True, True): "%", (True, False): "~", (False, True): "?"}
    marks = qualifier.get((piece.about, piece.uncertain), "")
    return parse_point(str(Point(piece.year, piece.month, piece.day, marks)))


def _dashed(text: str) -> Interval | None:
    for ends in (_DASH.split(text), text.split("-")):
        if len(ends) == 2:
            return _range(ends[0].strip(), ends[1].strip(), hyphen="-" in text)
    return None


def _range(first: str, last: str, *, hyphen: bool = False) -> Interval | None:
    start = _piece(first)
    end = _short_year(start, last, hyphen=hyphen) or _piece(last)
    if start is None or end is None:
        return None
    # "c. 1936-1938" and "1936-1938?" do not say whether one end is meant or both.
    if (start.about and not end.about) or (end.uncertain and not start.uncertain):
        return None
    borrowed = _borrow(start, end)
    return None if borrowed is None else span(*map(_point, borrowed))


def _short_year(start: _Piece | None, last: str, *, hyphen: bool) -> _Piece | None:
    """Return the year of "1968-72"; with a hyphen, 01 to 41 are months and seasons of EDTF."""
    if start is None or start.year is None or start.month is not None or len(last) != 2:
        return None
    if not (last.isascii() and last.isdigit() and start.year.isdigit()):
        return None
    if int(last) <= max(41 if hyphen else 12, int(start.year[2:])):
        return None
    return _Piece(start.year[:2] + last, None, None)


def _borrow(start: _Piece, end: _Piece) -> tuple[_Piece, _Piece] | None:
    """Give each end what only the other says: "12-14 May 1968", "May 12-14, 1968"."""
    if start.month is None and start.day is not None:
        if end.day is None:
            return None
        start = replace(start, month=end.month)
    if end.month is None and end.day is not None:
        end = replace(end, month=start.month)
    if start.year is None:
        if end.month is None:
            return None
        start = replace(start, year=end.year)
    return start, end


def _open(text: str) -> Interval | None:
    for pattern, bound in (
        (_BEFORE, _before),
        (_AFTER, _after),
        (_UNTIL, lambda point: Interval(None, point)),
        (_SINCE, lambda point: Interval(point, None)),
    ):
        found = pattern.fullmatch(text)
        if found is not None:
            point = _single(found[1])
            return None if point is None else bound(point)
    return None


def _before(point: Point) -> Interval | None:
    if point.qualifier or point.earliest == FIRST_DAY:
        return None
    return Interval(None, _as_exact(point, point.earliest - timedelta(days=1)))


def _after(point: Point) -> Interval | None:
    if point.qualifier or point.latest == LAST_DAY:
        return None
    return Interval(_as_exact(point, point.latest + timedelta(days=1)), None)


def _as_exact(point: Point, day: date) -> Point:
    """Return *day* to the year, the month or the day, as exactly as *point* is written."""
    year, month, exact = day.isoformat().split("-")
    if not known(point.month):
        return Point(year, None, None, "")
    return Point(year, month, exact if known(point.day) else None, "")
