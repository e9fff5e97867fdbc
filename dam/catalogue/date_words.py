"""The words that dates are written with, in the languages that have been checked."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateWords:
    """What a language needs to say a partial date; ``{}`` stands for the date."""

    alone: tuple[str, ...]
    """Twelve months as in "май 1968"."""
    after_day: tuple[str, ...]
    """Twelve months as in "12 мая 1968"."""
    script: str
    about: str
    decade: str | None = None
    until: str = "… \u2013 {}"
    since: str = "{} \u2013 …"


_ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_AZERBAIJANI = (
    *("yanvar", "fevral", "mart", "aprel", "may", "iyun"),
    *("iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr"),
)
_RUSSIAN = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
_RUSSIAN_AFTER_DAY = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)

DATE_WORDS: Mapping[str, DateWords] = {
    "en": DateWords(_ENGLISH, _ENGLISH, "latn", "c.", "{}s", "until {}", "from {}"),
    "az": DateWords(_AZERBAIJANI, _AZERBAIJANI, "latn", "təx."),
    "ru": DateWords(_RUSSIAN, _RUSSIAN_AFTER_DAY, "cyrl", "ок."),
}


def _numbers() -> Mapping[str, int]:
    numbers = {"sept": 9}
    for number, name in enumerate(_ENGLISH, start=1):
        numbers[name[:3].casefold()] = number
    for words in DATE_WORDS.values():
        for names in (words.alone, words.after_day):
            numbers |= {name.casefold(): number for number, name in enumerate(names, start=1)}
    return numbers


_NUMBERS = _numbers()


def month_number(name: str) -> int | None:
    """Return 1 to 12 for the name of a month in English, Azerbaijani or Russian, or None.

    English names may be cut to three letters, or to "Sept", with or without a full stop.
    """
    # A capital dotted İ folds to an i and a combining dot.
    return _NUMBERS.get(name.removesuffix(".").casefold().replace("\u0307", ""))
