"""Partial dates in EDTF (ISO 8601-2:2019), as much of levels 0 and 1 as photographs need.

Taken: a year, a month, a day; ``~`` about, ``?`` uncertain, ``%`` both; ``X`` for digits that are
not known (``193X``, ``19XX``, ``1992-XX``); intervals ``a/b``, open at one end as ``..``. Not
taken: seasons, sets, negative and five-digit years, unknown ends, which differ from open ones.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

FIRST_DAY = date.min
LAST_DAY = date.max


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a date as it was written; ``XX`` in month or day says that it is not known."""

    year: str
    month: str | None
    day: str | None
    qualifier: str

    @property
    def earliest(self) -> date:
        """The first day that it can mean."""
        month = int(self.month) if known(self.month) else 1
        day = int(self.day) if known(self.month) and known(self.day) else 1
        return date(int(self.year.replace("X", "0")), month, day)

    @property
    def latest(self) -> date:
        """The last day that it can mean; about and uncertain widen nothing."""
        year = int(self.year.replace("X", "9"))
        month = int(self.month) if known(self.month) else 12
        if known(self.month) and known(self.day):
            return date(year, month, int(self.day))
        return date(year, month, monthrange(year, month)[1])

    def __str__(self) -> str:
        parts = (part for part in (self.year, self.month, self.day) if part is not None)
        return "-".join(parts) + self.qualifier


@dataclass(frozen=True, slots=True)
class Interval:
    """From one end to the other; ``None`` is an open end, and never both are."""

    start: Point | None
    end: Point | None

    @property
    def earliest(self) -> date:
        """The first day that it can mean; the first there is when the start is open."""
        return FIRST_DAY if self.start is None else self.start.earliest

    @property
    def latest(self) -> date:
        """The last day that it can mean; the last there is when the end is open."""
        return LAST_DAY if self.end is None else self.end.latest

    def __str__(self) -> str:
        return f"{self.start or '..'}/{self.end or '..'}"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exactly as it is known: its EDTF, and the first and last day that it can mean.

    The two days are for sorting and searching. They are inside the years 1 to 9999, whose first
    and last day stand for an open end. ``dam.catalogue.dates.parse_date`` makes it.
    """

    edtf: str
    earliest: date
    latest: date


def known(digits: str | None) -> TypeGuard[str]:
    """Whether a month or a day is given as a number."""
    return digits is not None and digits != "XX"


_POINT = re.compile(
    r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([~?%]?)"
)


def parse_point(text: str) -> Point | None:
    """Return the single date that *text* is in EDTF, or None."""
    found = _POINT.fullmatch(text)
    if found is None:
        return None
    year, month, day, qualifier = found.groups()
    point = Point(year, month, day, qualifier)
    if "X" in year and month is not None:
        return None
    if month == "XX" and day not in {None, "XX"}:
        return None
    return point if _exists(point) else None


def _exists(point: Point) -> bool:
    """Whether the calendar has it; the year 0 and the decade that holds it are refused."""
    try:
        return point.earliest <= point.latest
    except ValueError:
        return False


def parse_written(text: str) -> Point | Interval | None:
    """Return the date or interval that *text* is in EDTF, or None when it is not in this subset."""
    match text.split("/"):
        case [single]:
            return parse_point(single)
        case ["..", end]:
            last = parse_point(end)
            return None if last is None else Interval(None, last)
        case [start, ".."]:
            first = parse_point(start)
            return None if first is None else Interval(first, None)
        case [start, end]:
            return span(parse_point(start), parse_point(end))
        case _:
            return None


def span(start: Point | None, end: Point | None) -> Interval | None:
    """Return the interval of two points, or None when one is missing or they run backwards."""
    if start is None or end is None or start.earliest > end.latest:
        return None
    return Interval(start, end)


def partial_date(written: Point | Interval) -> PartialDate:
    """Return *written* as the value that is stored and sorted."""
    return PartialDate(str(written), written.earliest, written.latest)
