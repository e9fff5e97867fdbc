"""What people write about a photograph, and what an edit changes of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from dam.catalogue.captions import Caption, CaptionSource
from dam.catalogue.fields import (
    BadChange,
    ChangedMeanwhile,
    Field,
    FieldChange,
    Fields,
    ListField,
    PlainField,
    RecordField,
    Words,
    applied,
    differences,
    reverse,
)
from dam.catalogue.frames import Mark, Turn, read_mark, read_turn
from dam.catalogue.notices import Notice
from dam.catalogue.people import Contributor, PersonShown
from dam.catalogue.places import Locality
from dam.catalogue.reading import plain, records, strings
from dam.catalogue.text import Text, TextField
from dam.errors import Malformed

__all__ = [
    "BadChange",
    "ChangedMeanwhile",
    "Description",
    "Field",
    "FieldChange",
    "KeywordsIn",
    "ListField",
    "PlainField",
    "RecordField",
    "TwoTexts",
    "Words",
    "apply",
    "changes",
    "reverse",
]


class TwoTexts(Malformed):
    """One field was written twice in one language."""

    def __init__(self, field: str, language: str) -> None:
        self.field, self.language = field, language
        super().__init__(f"The {field} in “{language}” is there twice; keep one of them.")


@dataclass(frozen=True, slots=True, order=True)
class KeywordsIn:
    """The keywords in one language, in their order."""

    language: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """The editable words of a photograph, and how it is turned and marked.

    Texts are kept in the order of field and language; an empty text and none are the same. The
    caption among them is the preferred one of its language: ``caption_sources`` say who wrote it,
    ``other_captions`` are kept beside it. ``keywords`` are in no language, ``keywords_in`` in one
    each. ``notices`` are the texts that must be shown with this photograph alone.
    ``recto_id`` is the photograph of whose print this one is the back.

    Raises:
        TwoTexts: a field has two texts in one language.
    """

    texts: tuple[Text, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    keywords: tuple[str, ...] = ()
    date_text: str | None = None
    accession: str | None = None
    negative: str | None = None
    people: tuple[PersonShown, ...] = ()
    places: tuple[Locality, ...] = ()
    other_captions: tuple[Caption, ...] = ()
    caption_sources: tuple[CaptionSource, ...] = ()
    notices: tuple[Notice, ...] = ()
    keywords_in: tuple[KeywordsIn, ...] = ()
    turn: Turn | None = None
    mark: Mark | None = None
    recto_id: str | None = None

    def __post_init__(self) -> None:
        texts = _once([(text.field, text.language, text) for text in self.texts if text.value])
        captioned = {text.language for text in texts if text.field is TextField.CAPTION}
        sources = [one for one in self.caption_sources if one and one.language in captioned]
        worded = [one for one in self.keywords_in if one.words]
        # So that equal words are equal values; a frozen value can only be set this way.
        for name, value in (
            ("texts", tuple(sorted(texts))),
            ("caption_sources", _sorted_sources(sources)),
            ("places", tuple(place for place in self.places if place.names)),
            ("keywords_in", _sorted_keywords(worded)),
            ("date_text", self.date_text or None),
            ("accession", self.accession or None),
            ("negative", self.negative or None),
            ("recto_id", self.recto_id or None),
        ):
            object.__setattr__(self, name, value)

    @property
    def creators(self) -> tuple[str, ...]:
        """The bylines of those whose work it is, in their order."""
        return tuple(one.byline for one in self.contributors if one.role.creates)


def _once(texts: list[tuple[str, str, Text]]) -> list[Text]:
    _check_once([(field, language) for field, language, _ in texts])
    return [text for _, _, text in texts]


def _sorted_sources(sources: list[CaptionSource]) -> tuple[CaptionSource, ...]:
    _check_once([(RecordField.CAPTION_SOURCE, one.language) for one in sources])
    return tuple(sorted(sources))


def _sorted_keywords(keywords: list[KeywordsIn]) -> tuple[KeywordsIn, ...]:
    _check_once([(ListField.KEYWORDS, one.language) for one in keywords])
    return tuple(sorted(keywords))


def _check_once(keys: list[tuple[str, str]]) -> None:
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise TwoTexts(*key)


def changes(before: Description, after: Description) -> tuple[FieldChange, ...]:
    """Return what differs, one change a field and language; empty is nothing to record.

    What is in a language comes first, in the order of field and language.
    """
    return differences(fields_of(before), fields_of(after))


def apply(description: Description, changes: Iterable[FieldChange]) -> Description:
    """Return *description* with all the changes made.

    Raises:
        ChangedMeanwhile: a field no longer says what its change began from; none is made.
        BadChange: a field is given what it cannot hold.
    """
    return of_fields(applied(fields_of(description), changes))


def fields_of(description: Description) -> Fields:
    """Return what is not empty, by field and language."""
    one = description
    fields: Fields = {(text.field, text.language): text.value for text in one.texts}
    fields |= {(RecordField.CAPTION_SOURCE, two.language): (two,) for two in one.caption_sources}
    fields |= {(ListField.KEYWORDS, two.language): two.words for two in one.keywords_in}
    others: Fields = {
        (RecordField.CONTRIBUTORS, None): one.contributors,
        (RecordField.PEOPLE, None): one.people,
        (RecordField.PLACES, None): one.places,
        (RecordField.OTHER_CAPTIONS, None): one.other_captions,
        (RecordField.NOTICES, None): one.notices,
        (ListField.KEYWORDS, None): one.keywords,
        (PlainField.DATE, None): one.date_text,
        (PlainField.ACCESSION, None): one.accession,
        (PlainField.NEGATIVE, None): one.negative,
        (PlainField.TURN, None): one.turn,
        (PlainField.MARK, None): one.mark,
        (PlainField.RECTO, None): one.recto_id,
    }
    return fields | {key: words for key, words in others.items() if words}


def of_fields(fields: Fields) -> Description:
    """Return the description of these fields; what is no field of a description is left out."""
    return Description(
        texts=tuple(
            Text(field, language, words)
            for (field, language), words in fields.items()
            if isinstance(field, TextField) and language is not None and isinstance(words, str)
        ),
        contributors=records(fields, RecordField.CONTRIBUTORS, Contributor),
        keywords=strings(fields, ListField.KEYWORDS),
        date_text=plain(fields, PlainField.DATE),
        accession=plain(fields, PlainField.ACCESSION),
        negative=plain(fields, PlainField.NEGATIVE),
        people=records(fields, RecordField.PEOPLE, PersonShown),
        places=records(fields, RecordField.PLACES, Locality),
        other_captions=records(fields, RecordField.OTHER_CAPTIONS, Caption),
        caption_sources=tuple(
            source
            for field, language in fields
            if field is RecordField.CAPTION_SOURCE
            for source in records(fields, field, CaptionSource, language)
        ),
        notices=records(fields, RecordField.NOTICES, Notice),
        keywords_in=tuple(
            KeywordsIn(language, strings(fields, ListField.KEYWORDS, language))
            for field, language in fields
            if field is ListField.KEYWORDS and language is not None
        ),
        turn=read_turn(plain(fields, PlainField.TURN)),
        mark=read_mark(plain(fields, PlainField.MARK)),
        recto_id=plain(fields, PlainField.RECTO),
    )
