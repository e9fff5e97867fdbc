"""The words of a photograph as JSON, in their full structure, and back."""

import json
from typing import Annotated, Any, TypeVar

from pydantic import Field

from dam.catalogue.captions import Caption, CaptionSource
from dam.catalogue.changes import Description, KeywordsIn
from dam.catalogue.datelines import RelationKind
from dam.catalogue.notices import Notice, NoticeKind
from dam.catalogue.people import Contributor, PersonShown, Region, Role
from dam.catalogue.places import Locality, PlaceName, PlaceRole, Relation
from dam.catalogue.text import Text as StoredText
from dam.catalogue.text import TextField, language_tag
from dam.web.api.shapes import Line, Link, Name, Shape, Tag, Text

_Kind = TypeVar("_Kind", bound=Shape)
Texts = Annotated[dict[Tag, Text], Field(max_length=50)]
_TextsChanged = Annotated[dict[Tag, Text | None], Field(max_length=50)]


class ContributorShape(Shape):
    """Somebody who had a part in the photograph."""

    byline: Name
    role: Role = Role.PHOTOGRAPHER
    agent_id: Link = ""


class RegionShape(Shape):
    """A part of the picture, in fractions of its sides."""

    x: float = Field(ge=0, lt=1)
    y: float = Field(ge=0, lt=1)
    width: float = Field(gt=0, le=1)
    height: float = Field(gt=0, le=1)


class PersonShape(Shape):
    """Somebody whom the photograph shows."""

    words: Name
    agent_id: Link = ""
    region: RegionShape | None = None


class PlaceNameShape(Shape):
    """A name as it was written, and the place that it means."""

    words: Name
    place_id: Link = ""


_PlaceNames = Annotated[list[PlaceNameShape], Field(max_length=12)]


class RelationShape(Shape):
    """What is said by other places."""

    kind: RelationKind
    places: Annotated[list[PlaceNameShape], Field(min_length=1, max_length=2)]


class LocalityShape(Shape):
    """How a line of place is read."""

    path: _PlaceNames = []
    relation: RelationShape | None = None
    role: PlaceRole = PlaceRole.TAKEN


class CaptionShape(Shape):
    """A caption beside the preferred one."""

    language: Tag
    text: Text
    author: Line = ""
    source: Line = ""
    date_text: Line = ""


class CaptionSourceShape(Shape):
    """Who wrote the preferred caption of a language."""

    author: Line = ""
    source: Line = ""
    date_text: Line = ""


class NoticeShape(Shape):
    """A text that must be shown."""

    kind: NoticeKind
    language: Tag
    text: Text


Keywords = Annotated[list[Name], Field(max_length=500)]
_Contributors = Annotated[list[ContributorShape], Field(max_length=100)]
_People = Annotated[list[PersonShape], Field(max_length=500)]
_Places = Annotated[list[LocalityShape], Field(max_length=20)]
_Captions = Annotated[list[CaptionShape], Field(max_length=100)]
_Sources = Annotated[dict[Tag, CaptionSourceShape], Field(max_length=50)]
Notices = Annotated[list[NoticeShape], Field(max_length=50)]
_KeywordsIn = Annotated[dict[Tag, Keywords], Field(max_length=50)]


class Words(Shape):
    """The words of a photograph; a text by its language, everything else as it is kept."""

    title: Texts = {}
    headline: Texts = {}
    caption: Texts = {}
    alt: Texts = {}
    credit: Texts = {}
    source: Texts = {}
    copyright: Texts = {}
    place: Texts = {}
    contributors: _Contributors = []
    keywords: Keywords = []
    keywords_in: _KeywordsIn = {}
    date: Line = ""
    accession: Line = ""
    negative: Line = ""
    people: _People = []
    places: _Places = []
    other_captions: _Captions = []
    caption_sources: _Sources = {}
    notices: Notices = []


class WordsChanged(Shape):
    """A change of words by RFC 7396: what is named is changed, null removes, lists are whole."""

    title: _TextsChanged | None = None
    headline: _TextsChanged | None = None
    caption: _TextsChanged | None = None
    alt: _TextsChanged | None = None
    credit: _TextsChanged | None = None
    source: _TextsChanged | None = None
    copyright: _TextsChanged | None = None
    place: _TextsChanged | None = None
    contributors: _Contributors | None = None
    keywords: Keywords | None = None
    keywords_in: Annotated[dict[Tag, Keywords | None], Field(max_length=50)] | None = None
    date: Line | None = None
    accession: Line | None = None
    negative: Line | None = None
    people: _People | None = None
    places: _Places | None = None
    other_captions: _Captions | None = None
    caption_sources: (
        Annotated[dict[Tag, CaptionSourceShape | None], Field(max_length=50)] | None
    ) = None
    notices: Notices | None = None


def words_of(found: Description) -> Words:
    """Return the words of a description."""
    texts: dict[str, Any] = {field.value: {} for field in TextField}
    for text in found.texts:
        texts[text.field.value][text.language] = text.value
    return Words.model_construct(
        **texts,
        contributors=[_shaped(ContributorShape, one) for one in found.contributors],
        keywords=list(found.keywords),
        keywords_in={one.language: list(one.words) for one in found.keywords_in},
        date=found.date_text or "",
        accession=found.accession or "",
        negative=found.negative or "",
        people=[
            PersonShape.model_construct(
                words=one.words,
                agent_id=one.agent_id,
                region=None if one.region is None else _shaped(RegionShape, one.region),
            )
            for one in found.people
        ],
        places=[_locality_shape(one) for one in found.places],
        other_captions=[_shaped(CaptionShape, one) for one in found.other_captions],
        caption_sources={
            one.language: _shaped(CaptionSourceShape, one) for one in found.caption_sources
        },
        notices=[_shaped(NoticeShape, one) for one in found.notices],
    )


def _shaped(kind: type[_Kind], value: object) -> _Kind:
    return kind.model_construct(**{name: getattr(value, name) for name in kind.model_fields})


def _locality_shape(one: Locality) -> LocalityShape:
    relation = None
    if one.relation is not None:
        relation = RelationShape.model_construct(
            kind=one.relation.kind,
            places=[_shaped(PlaceNameShape, name) for name in one.relation.places],
        )
    return LocalityShape.model_construct(
        path=[_shaped(PlaceNameShape, name) for name in one.path], relation=relation, role=one.role
    )


def description_of(words: Words) -> Description:
    """Return the description that *words* say.

    Raises:
        BadLanguageTag, TwoTexts, BadRegion: they cannot be kept so.
    """
    return Description(
        texts=tuple(
            StoredText(field, language_tag(tag), text)
            for field in TextField
            for tag, text in getattr(words, field.value).items()
        ),
        contributors=tuple(
            Contributor(one.byline, one.role, one.agent_id) for one in words.contributors
        ),
        keywords=tuple(dict.fromkeys(words.keywords)),
        date_text=words.date,
        accession=words.accession,
        negative=words.negative,
        people=tuple(map(_person, words.people)),
        places=tuple(map(_locality, words.places)),
        other_captions=tuple(
            Caption(language_tag(one.language), one.text, one.author, one.source, one.date_text)
            for one in words.other_captions
        ),
        caption_sources=tuple(
            CaptionSource(language_tag(tag), one.author, one.source, one.date_text)
            for tag, one in words.caption_sources.items()
        ),
        notices=notices_of(words.notices),
        keywords_in=tuple(
            KeywordsIn(language_tag(tag), tuple(dict.fromkeys(found)))
            for tag, found in words.keywords_in.items()
        ),
    )


def notices_of(shapes: list[NoticeShape]) -> tuple[Notice, ...]:
    """Return the notices that *shapes* say."""
    return tuple(Notice(one.kind, language_tag(one.language), one.text) for one in shapes)


def notice_shapes(notices: tuple[Notice, ...]) -> list[NoticeShape]:
    """Return notices as they are told."""
    return [_shaped(NoticeShape, one) for one in notices]


def _person(one: PersonShape) -> PersonShown:
    region = one.region
    return PersonShown(
        one.words,
        one.agent_id,
        None if region is None else Region(region.x, region.y, region.width, region.height),
    )


def _locality(one: LocalityShape) -> Locality:
    relation = None
    if one.relation is not None:
        relation = Relation(one.relation.kind, _names(one.relation.places))
    return Locality(_names(one.path), relation, one.role)


def _names(shapes: list[PlaceNameShape]) -> tuple[PlaceName, ...]:
    return tuple(PlaceName(one.words, one.place_id) for one in shapes)


def changed(words: Words, patch: WordsChanged) -> Words:
    """Return *words* with a change made, as RFC 7396 says."""
    document = words.model_dump(mode="json")
    for name in patch.model_fields_set:
        given = getattr(patch, name)
        if isinstance(given, dict):
            kept = document[name] | {
                tag: one.model_dump(mode="json") if isinstance(one, Shape) else one
                for tag, one in given.items()
            }
            document[name] = {tag: one for tag, one in kept.items() if one is not None}
        elif given is None:
            document.pop(name)
        else:
            document[name] = patch.model_dump(mode="json", include={name})[name]
    return Words.model_validate_json(json.dumps(document))
