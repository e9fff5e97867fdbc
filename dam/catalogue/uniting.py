"""The words of two descriptions of one picture, united; what one says, the other never wipes."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import TypeVar

from dam.catalogue.captions import Caption, CaptionSource
from dam.catalogue.changes import Description, KeywordsIn, fields_of, of_fields
from dam.catalogue.fields import Fields, PlainField
from dam.catalogue.folding import words_of
from dam.catalogue.people import Contributor, PersonShown
from dam.catalogue.places import Locality
from dam.catalogue.text import TextField

_One = TypeVar("_One")
# How a picture lies, how it was marked and of which print it is the back are said of one file.
_OF_THE_FILE = frozenset({PlainField.TURN, PlainField.MARK, PlainField.RECTO})


def united(kept: Description, other: Description) -> Description:
    """Return *kept* with what only *other* says.

    Lists hold what both hold, without what is there already under the same name. Where both have a
    text of one field and language, that of *kept* stands; a caption of *other* is kept beside it.
    """
    wanted: Fields = {
        key: words for key, words in fields_of(other).items() if key[0] not in _OF_THE_FILE
    }
    filled = of_fields(wanted | fields_of(kept))
    return replace(
        filled,
        contributors=_all(kept.contributors, other.contributors, _name),
        people=_all(kept.people, _unplaced(other.people), _shown),
        places=_all(kept.places, other.places, _place),
        notices=_all(kept.notices, other.notices, lambda one: one),
        keywords=_all(kept.keywords, other.keywords, _folded),
        keywords_in=_keywords(kept, other),
        caption_sources=_sources(kept, other),
        other_captions=_all(
            kept.other_captions,
            (*_second_captions(kept, other), *other.other_captions),
            lambda one: (one.language, one.text),
        ),
    )


def _all(
    kept: Iterable[_One], others: Iterable[_One], key: Callable[[_One], Hashable]
) -> tuple[_One, ...]:
    """Return *kept* and those of *others* that are not among them."""
    kept = tuple(kept)
    found = {key(one) for one in kept}
    return (*kept, *(one for one in others if key(one) not in found))


def _folded(text: str) -> Hashable:
    return words_of(text) or text


def _name(one: Contributor) -> Hashable:
    return one.role, _folded(one.byline)


def _shown(one: PersonShown) -> Hashable:
    return _folded(one.words)


def _unplaced(people: Iterable[PersonShown]) -> Iterable[PersonShown]:
    """Where somebody stands is said of one file, which may be cut or turned otherwise."""
    return (replace(person, region=None) for person in people)


def _place(one: Locality) -> Hashable:
    return one.role, _folded(one.in_words)


def _keywords(kept: Description, other: Description) -> tuple[KeywordsIn, ...]:
    mine = {one.language: one.words for one in kept.keywords_in}
    theirs = {one.language: one.words for one in other.keywords_in}
    return tuple(
        KeywordsIn(language, _all(mine.get(language, ()), theirs.get(language, ()), _folded))
        for language in mine | theirs
    )


def _captions(one: Description) -> dict[str, str]:
    return {text.language: text.value for text in one.texts if text.field is TextField.CAPTION}


def _sources(kept: Description, other: Description) -> tuple[CaptionSource, ...]:
    """Return who wrote which caption: of those that *kept* has, as it says."""
    written = _captions(kept)
    theirs = (one for one in other.caption_sources if one.language not in written)
    return (*kept.caption_sources, *theirs)


def _second_captions(kept: Description, other: Description) -> Iterable[Caption]:
    """Yield the captions of *other* in languages in which *kept* has another one."""
    written = _captions(kept)
    sources = {one.language: one for one in other.caption_sources}
    for language, text in _captions(other).items():
        if language in written and written[language] != text:
            by = sources.get(language, CaptionSource(language))
            yield Caption(language, text, by.author, by.source, by.date_text)


def differing(kept: Description, other: Description) -> tuple[str, ...]:
    """Return the fields of *other* whose words *kept* has not after they are united, by name."""
    mine = fields_of(united(kept, other))
    captions = {(one.language, one.text) for one in united(kept, other).other_captions}
    return tuple(
        f"{field} ({language})" if language else str(field)
        for (field, language), words in fields_of(other).items()
        if isinstance(words, str)
        and mine.get((field, language)) != words
        and (language, words) not in captions
        and field not in _OF_THE_FILE
    )
