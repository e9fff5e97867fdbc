"""Days as an archive counts them: from midnight, where the archive is."""

from datetime import UTC, date, datetime, time, tzinfo

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def first_moment(day: date, timezone: tzinfo) -> datetime:
    """Return when *day* begins in *timezone*, in UTC.

    Where the clocks skip midnight, the day begins when they land; where midnight comes twice, it
    begins with the first.
    """
    midnight = datetime.combine(day, time.min, tzinfo=timezone)
    try:
        return midnight.astimezone(UTC)
    except OverflowError:  # the first days of year 1, east of Greenwich
        return datetime.min.replace(tzinfo=UTC)


def local_day(moment: datetime, timezone: tzinfo) -> date:
    """Return the day of *moment* in *timezone*; a moment without a zone is taken to be there."""
    return (moment if moment.utcoffset() is None else moment.astimezone(timezone)).date()


def day_in_words(day: date) -> str:
    """Return ``1 March 2027``, whatever the locale of the machine."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_in_words(moment: datetime, timezone: tzinfo) -> str:
    """Return the day of *moment* in *timezone*, with the time unless it is midnight."""
    local = moment.astimezone(timezone)
    day = day_in_words(local.date())
    return day if local.time() == time.min else f"{day}, {local:%H:%M}"


def year_later(day: date) -> date:
    """Return the same day twelve months on, when a decision to show is reviewed.

    The 29th of February becomes the 28th: a review may come early and not late.
    """
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
