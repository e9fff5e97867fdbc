"""What people write about a series: its texts, its frames in order, what must be shown with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from dam.catalogue.changes import TwoTexts
from dam.catalogue.fields import (
    FieldChange,
    Fields,
    ListField,
    PlainField,
    RecordField,
    SeriesField,
    applied,
    differences,
)
from dam.catalogue.notices import Notice
from dam.catalogue.reading import plain, records, strings
from dam.errors import Malformed


class NoSeriesTitle(Malformed):
    """A series has no title in its main language."""

    def __init__(self) -> None:
        super().__init__("Give the series a title in its main language.")


@dataclass(frozen=True, slots=True, order=True)
class SeriesText:
    """One text of a series in one language."""

    field: SeriesField
    language: str
    value: str


@dataclass(frozen=True, slots=True)
class SeriesDescription:
    """The editable words of a series; it has a title in its main language.

    ``frames`` are the identifiers of its photographs in order. ``notices`` must be shown with the
    series and with each of its frames.

    Raises:
        NoSeriesTitle, TwoTexts
    """

    language: str
    texts: tuple[SeriesText, ...]
    frames: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()

    def __post_init__(self) -> None:
        texts = sorted(text for text in self.texts if text.value)
        keys = [(text.field, text.language) for text in texts]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                raise TwoTexts(*key)
        if (SeriesField.SERIES_TITLE, self.language) not in keys:
            raise NoSeriesTitle
        # So that equal words are equal values; a frozen value can only be set this way.
        object.__setattr__(self, "texts", tuple(texts))
        object.__setattr__(self, "frames", tuple(dict.fromkeys(self.frames)))

    def words(self, field: SeriesField) -> tuple[tuple[str, str], ...]:
        """Return the texts of a field as (language, text), the main language first."""
        found = [(text.language, text.value) for text in self.texts if text.field is field]
        return tuple(sorted(found, key=lambda pair: (pair[0] != self.language, pair[0])))

    def in_main_language(self, field: SeriesField) -> str:
        """Return the text of a field in the main language, or an empty one."""
        return next((text for tag, text in self.words(field) if tag == self.language), "")


def changes_of_series(
    before: SeriesDescription, after: SeriesDescription
) -> tuple[FieldChange, ...]:
    """Return what differs, one change a field and language; empty is nothing to record."""
    return differences(_fields(before), _fields(after))


def changed_series(series: SeriesDescription, changes: Iterable[FieldChange]) -> SeriesDescription:
    """Return *series* with all the changes made.

    Raises:
        ChangedMeanwhile, BadChange, NoSeriesTitle
    """
    fields = applied(_fields(series), changes)
    return SeriesDescription(
        plain(fields, PlainField.MAIN_LANGUAGE) or "",
        tuple(
            SeriesText(field, language, words)
            for (field, language), words in fields.items()
            if isinstance(field, SeriesField) and language is not None and isinstance(words, str)
        ),
        strings(fields, ListField.FRAMES),
        records(fields, RecordField.NOTICES, Notice),
    )


def _fields(series: SeriesDescription) -> Fields:
    fields: Fields = {(text.field, text.language): text.value for text in series.texts}
    others: Fields = {
        (PlainField.MAIN_LANGUAGE, None): series.language,
        (ListField.FRAMES, None): series.frames,
        (RecordField.NOTICES, None): series.notices,
    }
    return fields | {key: words for key, words in others.items() if words}
