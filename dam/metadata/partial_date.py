"""Dates as files write them, as far as they are known; nothing is invented."""

import re
from datetime import date

# IIM 2:55 is CCYYMMDD with 00 for what is unknown; EXIF has colons, and blanks for what is
# unknown; other separators are common faults.
_DAY = re.compile(r"(\d{4})[-:/.]?(\d\d|  )?[-:/.]?(\d\d|  )?(?!\d)", re.ASCII)
_TIME = re.compile(r"[ T]?(\d\d):?(\d\d):?(\d\d)", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)", re.ASCII)


def iso_date(day: str, time: str = "", offset: str = "") -> str | None:
    """``1992``, ``1992-02``, ``1992-02-25`` or ``1992-02-25T14:30:00+04:00``, or None.

    Month and day of 00 or blank are unknown and left out. The time is given only with a whole day,
    the offset only with a time; *time* may hold the offset, and *day* the time (as in EXIF).
    """
    written = _DAY.match(day)
    if written is None or written[1] == "0000":
        return None
    year, month, day_of_month = (_known(part) for part in written.groups())
    if month is None:
        return f"{year:04}"
    if not _exists(year, month, day_of_month):
        return None
    if day_of_month is None:
        return f"{year:04}-{month:02}"
    rest = time or day[written.end() :]
    return f"{year:04}-{month:02}-{day_of_month:02}" + _iso_time(rest, offset)


def _known(digits: str | None) -> int | None:
    return int(digits) or None if digits and digits.strip() else None


def _exists(year: int | None, month: int, day_of_month: int | None) -> bool:
    try:
        date(year or 1, month, day_of_month or 1)
    except ValueError:
        return False
    return True


def _iso_time(time: str, offset: str) -> str:
    written = _TIME.match(time)
    if written is None or not _on_the_clock(written[1], written[2], written[3]):
        return ""
    zone = _OFFSET.match(offset.strip() or time[written.end() :])
    zone_text = ""
    if zone is not None and _on_the_clock(zone[2], zone[3]):
        zone_text = f"{zone[1]}{zone[2]}:{zone[3]}"
    return f"T{written[1]}:{written[2]}:{written[3]}{zone_text}"


def _on_the_clock(hours: str, minutes: str, seconds: str = "00") -> bool:
    return int(hours) < 24 and int(minutes) < 60 and int(seconds) < 60
