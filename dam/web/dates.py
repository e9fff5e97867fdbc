"""Days and moments as pages write them."""

from datetime import date, datetime, tzinfo

from dam.rights.days import day_in_words

__all__ = ["clock_in_words", "day_in_words", "when_in_words"]


def clock_in_words(moment: datetime, timezone: tzinfo) -> str:
    """Return the time of day in the archive's zone: "10:42"."""
    return f"{moment.astimezone(timezone):%H:%M}"


def when_in_words(moment: datetime, timezone: tzinfo, today: date) -> str:
    """Return a moment for people: the time if it was today, else the day and the time."""
    local = moment.astimezone(timezone)
    clock = f"{local:%H:%M}"
    return clock if local.date() == today else f"{day_in_words(local.date())}, {clock}"
