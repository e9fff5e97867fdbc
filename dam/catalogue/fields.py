"""Fields and their changes: what an edit of anything in the catalogue comes to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from dam.catalogue.authorities import AuthorityName, Coordinates, Identifier
from dam.catalogue.captions import Caption, CaptionSource
from dam.catalogue.notices import Notice
from dam.catalogue.people import Contributor, PersonShown
from dam.catalogue.places import Locality
from dam.catalogue.text import TextField
from dam.errors import Conflict, Malformed


class PlainField(StrEnum):
    """The words that are in no language."""

    ACCESSION = "accession"
    NEGATIVE = "negative"
    DATE = "date"
    KIND = "kind"
    LIFE_DATES = "life dates"
    NOTE = "note"
    PARENT = "parent place"
    PLACE_KIND = "kind of place"
    MAIN_LANGUAGE = "main language"
    TURN = "turn"
    MARK = "mark"
    RECTO = "recto"


class SeriesField(StrEnum):
    """The texts of a series."""

    SERIES_TITLE = "series title"
    INTRODUCTION = "introduction"
    OTHER_TITLES = "other titles"


class ListField(StrEnum):
    """The fields that hold several words in an order; keywords may be in a language."""

    KEYWORDS = "keywords"
    FRAMES = "frames"


class RecordField(StrEnum):
    """The fields that hold several records in an order."""

    CONTRIBUTORS = "contributors"
    PEOPLE = "people"
    PLACES = "places"
    OTHER_CAPTIONS = "other captions"
    CAPTION_SOURCE = "caption source"
    NOTICES = "required statements"
    NAMES = "names"
    IDENTIFIERS = "identifiers"
    COORDINATES = "coordinates"


Record = (
    Contributor
    | PersonShown
    | Locality
    | Caption
    | CaptionSource
    | Notice
    | AuthorityName
    | Identifier
    | Coordinates
)
RECORDS: Mapping[RecordField, type[Record]] = {
    RecordField.CONTRIBUTORS: Contributor,
    RecordField.PEOPLE: PersonShown,
    RecordField.PLACES: Locality,
    RecordField.OTHER_CAPTIONS: Caption,
    RecordField.CAPTION_SOURCE: CaptionSource,
    RecordField.NOTICES: Notice,
    RecordField.NAMES: AuthorityName,
    RecordField.IDENTIFIERS: Identifier,
    RecordField.COORDINATES: Coordinates,
}
Field = TextField | SeriesField | ListField | PlainField | RecordField
Words = str | tuple[str, ...] | tuple[Record, ...] | None
"""What a field holds: a text, the words or the records of a list, or nothing."""
Fields = dict[tuple[Field, str | None], Words]
"""What is not empty, by field and language."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after an edit; ``language`` is set for what is in a language."""

    field: Field
    language: str | None
    before: Words
    after: Words


class ChangedMeanwhile(Conflict):
    """The field no longer says what the change began from."""

    def __init__(self, change: FieldChange) -> None:
        self.field, self.language = change.field, change.language
        place = f" in “{change.language}”" if change.language else ""
        super().__init__(
            f"The {change.field}{place} has been edited since; it was kept as it is. "
            "Compare the two and write what shall stay."
        )


class BadChange(Malformed):
    """The change gives a field what it cannot hold."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(f"The {field} cannot hold what this change gives it; edit it anew.")


def differences(old: Fields, new: Fields) -> tuple[FieldChange, ...]:
    """Return what differs, one change a field and language, what is in a language first."""
    keys = sorted({**old, **new}, key=lambda key: (key[1] is None, key[0], key[1] or ""))
    return tuple(
        FieldChange(field, language, was, becomes)
        for field, language in keys
        if (was := old.get((field, language))) != (becomes := new.get((field, language)))
    )


def reverse(changes: Iterable[FieldChange]) -> tuple[FieldChange, ...]:
    """Return the changes that undo *changes*, the last one first."""
    return tuple(
        replace(change, before=change.after, after=change.before)
        for change in reversed(tuple(changes))
    )


def applied(fields: Fields, changes: Iterable[FieldChange]) -> Fields:
    """Return *fields* with all the changes made.

    Raises:
        ChangedMeanwhile: a field no longer says what its change began from; none is made.
        BadChange: a field is given what it cannot hold.
    """
    made = dict(fields)
    for change in changes:
        if not _fits(change):
            raise BadChange(change.field)
        key = (change.field, change.language)
        if (made.get(key) or None) != (change.before or None):
            raise ChangedMeanwhile(change)
        made[key] = change.after
    return made


def _fits(change: FieldChange) -> bool:
    """Whether the field can hold what the change gives it; changes are read back from events."""
    after, language = change.after, change.language
    match change.field:
        case TextField() | SeriesField():
            return language is not None and not isinstance(after, tuple)
        case ListField.FRAMES:
            return language is None and _all(after, str)
        case ListField():
            return _all(after, str)
        case PlainField():
            return language is None and not isinstance(after, tuple)
        case RecordField.CAPTION_SOURCE:
            return language is not None and _all(after, CaptionSource)
        case RecordField():
            return language is None and _all(after, RECORDS[change.field])
        case _:
            assert_never(change.field)


def _all(words: Words, kind: type) -> bool:
    return not isinstance(words, str) and all(isinstance(word, kind) for word in words or ())
