"""The columns of a sheet, and what one cell of each may hold."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dam.catalogue.dates import PartialDate, parse_date
from dam.catalogue.text import TextField, language_tag
from dam.errors import Malformed


class Column(StrEnum):
    """The columns that a sheet may have, each under the word that heads it."""

    FILENAME = "filename"
    ID = "id"
    ACCESSION = "accession"
    NEGATIVE = "negative"
    TITLE = "title"
    HEADLINE = "headline"
    CAPTION = "caption"
    ALT = "alt"
    CREATOR = "creator"
    CREDIT = "credit"
    SOURCE = "source"
    COPYRIGHT = "copyright"
    DATE = "date"
    PLACE = "place"
    PEOPLE = "people"
    KEYWORDS = "keywords"
    SERIES = "series"
    ORDER = "order"
    RIGHTS = "rights"
    ACCESS = "access"
    CAP = "cap"
    EMBARGO = "embargo"
    SENSITIVITY = "sensitivity"


class AccessCeiling(StrEnum):
    """The most that a sheet lets the public see; it never opens anything by itself."""

    HIDDEN = "hidden"
    RECORD = "record"
    THUMBNAIL = "thumbnail"
    CAPPED = "capped"
    ZOOM = "zoom"
    DOWNLOAD = "download"


class BadHeading(Malformed):
    """A column has a heading that no column has."""


class BadCell(Malformed):
    """A cell holds what its column cannot."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The column that a heading names; ``language`` is set for the columns of text alone."""

    column: Column
    language: str | None

    def __str__(self) -> str:
        return self.column if self.language is None else f"{self.column}@{self.language}"


def read_heading(text: str, default_language: str) -> Heading:
    """Return what the heading *text* names: "Caption@az" is the caption in Azerbaijani.

    Raises:
        BadHeading: there is no such column, or it has no languages.
        BadLanguageTag: what follows the @ is no language.
    """
    name, at, tag = (part.strip() for part in text.partition("@"))
    try:
        column = Column(name.lower())
    except ValueError:
        known = ", ".join(Column)
        raise BadHeading(f"There is no column “{text[:80]}”; the columns are {known}.") from None
    if column.value not in {field.value for field in TextField}:
        if at:
            raise BadHeading(f"The column {column} has no languages; head it {column} alone.")
        return Heading(column, None)
    return Heading(column, language_tag(tag) if at else default_language)


_LONGEST_NAME = 1024  # characters of a relative path; what most file systems take


def file_name(text: str) -> str:
    """Return a relative path with ``/`` between its parts, as the batch names its files."""
    path = text.replace("\\", "/").removeprefix("./")
    parts = path.split("/")
    if path.startswith("/") or re.match("[A-Za-z]:", path) or ".." in parts or "" in parts:
        raise BadCell(f"“{text[:80]}” is no file of this batch; write its name or relative path.")
    if len(path) > _LONGEST_NAME:
        raise BadCell(f"A file name has at most {_LONGEST_NAME} characters.")
    return path


def identifier(text: str) -> str:
    """Return the identifier of a photograph that the archive already holds."""
    if re.fullmatch("[0-9a-z]{1,64}", text) is None:
        raise BadCell(f"“{text[:80]}” is no identifier; copy it from the page of the photograph.")
    return text


def items(text: str) -> tuple[str, ...]:
    """Return what stands between semicolons, each once, in order."""
    parts = (part.strip() for part in text.split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def when(text: str) -> PartialDate:
    """Return a date as exactly as the cell says it."""
    found = parse_date(text)
    if found is None:
        raise BadCell(
            f"“{text[:80]}” is not understood as a date; the words were kept. "
            "Write it like 1992-02, 12 May 1968, c. 1936 or 1930s."
        )
    return found


def day(text: str) -> date:
    """Return one whole day."""
    found = parse_date(text)
    if found is None or found.edtf != found.earliest.isoformat():
        raise BadCell(f"“{text[:80]}” is not a day; write it like 2027-05-12.")
    return found.earliest


def position(text: str) -> int:
    """Return the place in a series, from 0; spreadsheets may write it ``3.0``."""
    return _whole_number(text, 0, 1_000_000)


def long_side(text: str) -> int:
    """Return a number of pixels."""
    return _whole_number(text, 1, 100_000)


def _whole_number(text: str, least: int, most: int) -> int:
    found = re.fullmatch(r"([0-9]{1,9})(?:\.0+)?", text)
    number = -1 if found is None else int(found[1])
    if not least <= number <= most:
        raise BadCell(f"“{text[:80]}” is not a whole number from {least} to {most}.")
    return number


def access_ceiling(text: str) -> AccessCeiling:
    """Return the ceiling that one of the six words names."""
    try:
        return AccessCeiling(text.lower())
    except ValueError:
        words = ", ".join(AccessCeiling)
        raise BadCell(f"“{text[:80]}” is no access; write one of {words}.") from None


def sensitivities(text: str) -> tuple[str, ...]:
    """Return words in small letters, joined by hyphens: "Human remains" is ``human-remains``."""
    words = tuple("-".join(item.split()) for item in items(text.lower()))
    for word in words:
        if re.fullmatch(r"[^\W_][\w-]{0,59}", word) is None:
            raise BadCell(f"“{word[:80]}” is no word for a sensitivity; write letters and hyphens.")
    return words
