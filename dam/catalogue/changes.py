"""What people write about a photograph, and what an edit changes of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from dam.catalogue.text import Text, TextField
from dam.errors import Conflict, Malformed


class PlainField(StrEnum):
    """The words that are in no language."""

    ACCESSION = "accession"
    DATE = "date"


class ListField(StrEnum):
    """The fields that hold several words in an order."""

    CREATORS = "creators"
    KEYWORDS = "keywords"


class TwoTexts(Malformed):
    """One field was written twice in one language."""

    def __init__(self, text: Text) -> None:
        self.field, self.language = text.field, text.language
        super().__init__(f"The {text.field} in “{text.language}” is there twice; keep one of them.")


@dataclass(frozen=True, slots=True)
class Description:
    """The editable words of a photograph.

    Texts are kept in the order of field and language; an empty text and none are the same.

    Raises:
        TwoTexts: a field has two texts in one language.
    """

    texts: tuple[Text, ...] = ()
    creators: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    date_text: str | None = None
    accession: str | None = None

    def __post_init__(self) -> None:
        texts = sorted(text for text in self.texts if text.value)
        seen: set[tuple[TextField, str]] = set()
        for text in texts:
            if (text.field, text.language) in seen:
                raise TwoTexts(text)
            seen.add((text.field, text.language))
        # So that equal words are equal values; a frozen value can only be set this way.
        object.__setattr__(self, "texts", tuple(texts))
        object.__setattr__(self, "date_text", self.date_text or None)
        object.__setattr__(self, "accession", self.accession or None)


Field = TextField | ListField | PlainField
Words = str | tuple[str, ...] | None
"""What a field holds: a text, the words of a list, or nothing."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after an edit; ``language`` is set for fields of text alone."""

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

    def __init__(self, change: FieldChange) -> None:
        self.field = change.field
        super().__init__(f"The {change.field} cannot hold what this change gives it; edit it anew.")


def changes(before: Description, after: Description) -> tuple[FieldChange, ...]:
    """Return what differs, one change a field and language; empty is nothing to record.

    Texts come first, in the order of field and language.
    """
    old, new = _fields(before), _fields(after)
    keys = sorted({**old, **new}, key=lambda key: (key[1] is None, key))
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


def apply(description: Description, changes: Iterable[FieldChange]) -> Description:
    """Return *description* with all the changes made.

    Raises:
        ChangedMeanwhile: a field no longer says what its change began from; none is made.
        BadChange: a field is given what it cannot hold.
    """
    fields = _fields(description)
    for change in changes:
        if not _fits(change):
            raise BadChange(change)
        key = (change.field, change.language)
        if (fields.get(key) or None) != (change.before or None):
            raise ChangedMeanwhile(change)
        fields[key] = change.after
    return _description(fields)


_Fields = dict[tuple[Field, str | None], Words]


def _fields(description: Description) -> _Fields:
    """Return what is not empty, by field and language."""
    texts: _Fields = {(text.field, text.language): text.value for text in description.texts}
    others: _Fields = {
        (ListField.CREATORS, None): description.creators,
        (ListField.KEYWORDS, None): description.keywords,
        (PlainField.DATE, None): description.date_text,
        (PlainField.ACCESSION, None): description.accession,
    }
    return texts | {key: words for key, words in others.items() if words}


def _description(fields: _Fields) -> Description:
    return Description(
        texts=tuple(
            Text(field, language, words)
            for (field, language), words in fields.items()
            if isinstance(field, TextField) and language is not None and isinstance(words, str)
        ),
        creators=_listed(fields.get((ListField.CREATORS, None))),
        keywords=_listed(fields.get((ListField.KEYWORDS, None))),
        date_text=_plain(fields.get((PlainField.DATE, None))),
        accession=_plain(fields.get((PlainField.ACCESSION, None))),
    )


def _listed(words: Words) -> tuple[str, ...]:
    return words if isinstance(words, tuple) else ()


def _plain(words: Words) -> str | None:
    return words if isinstance(words, str) else None


def _fits(change: FieldChange) -> bool:
    """Whether the field can hold what the change gives it; changes are read back from events."""
    match change.field:
        case TextField():
            return change.language is not None and not isinstance(change.after, tuple)
        case ListField():
            return change.language is None and not isinstance(change.after, str)
        case PlainField():
            return change.language is None and not isinstance(change.after, tuple)
        case _:
            assert_never(change.field)
