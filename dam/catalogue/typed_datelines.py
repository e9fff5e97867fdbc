"""The dateline as one line to type: "Azerbaijan, Karabakh, Aghdam, February 1992"."""

from dam.catalogue.dates import parse_date
from dam.catalogue.text import clean

_MOST_DATE_PARTS = 3  # "December 27, 2019 - January 3, 2020" holds two commas


def split_dateline(text: str) -> tuple[str, str | None]:
    """Return the place and the date of a typed line; the date is None where none is understood.

    Unlike ``parse_dateline`` this takes any place: whoever types here says that it is one. What
    is not understood as a date stays in the place, as it was written.
    """
    line = clean(text, multiline=False)
    if not line:
        return "", ""
    if parse_date(line) is not None:
        return "", line
    parts = line.split(",")
    for count in range(min(_MOST_DATE_PARTS, len(parts) - 1), 0, -1):
        date = ",".join(parts[-count:]).strip()
        if parse_date(date) is not None:
            return ",".join(parts[:-count]).strip(), date
    return line, None


def typed_dateline(place: str, date_text: str) -> str:
    """Return the line that says both, or the place alone where one line could not be read back."""
    line = ", ".join(part for part in (place, date_text) if part)
    if split_dateline(line) in {(place, date_text), (place, date_text or None)}:
        return line
    return place
