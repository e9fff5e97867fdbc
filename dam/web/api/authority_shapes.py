"""Authority records as JSON, and back."""

from typing import Annotated

from pydantic import Field

from dam.catalogue.authorities import (
    UNKNOWN_LANGUAGE,
    Authority,
    AuthorityKind,
    AuthorityName,
    Coordinates,
    NameStatus,
    Scheme,
)
from dam.catalogue.authorities import Identifier as Number
from dam.catalogue.text import language_tag
from dam.records.authorities import StoredAuthority
from dam.web.api.shapes import Line, Link, Name, Shape, Tag, Text


class NameShape(Shape):
    """A name in a language; "und" where nobody has said which."""

    name: Name
    language: Tag = UNKNOWN_LANGUAGE
    script: Annotated[str, Field(pattern="^([A-Za-z]{4})?$")] = ""
    status: NameStatus = NameStatus.USUAL
    preferred: bool = False
    period: Line = ""
    source: Line = ""


class NumberShape(Shape):
    """The number of the same one in another register."""

    scheme: Scheme
    value: Annotated[str, Field(pattern="^[0-9A-Za-z -]{1,40}$")]


class PointShape(Shape):
    """A point in degrees of WGS 84, and how far it may be off, in metres."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    precision_metres: int = Field(default=0, ge=0, le=20_000_000)


class AuthorityWords(Shape):
    """What can be written of a record."""

    kind: AuthorityKind
    names: Annotated[list[NameShape], Field(min_length=1, max_length=200)]
    identifiers: Annotated[list[NumberShape], Field(max_length=50)] = []
    life_dates: Line = ""
    note: Text = ""
    parent_id: Link = ""
    place_kind: Line = ""
    coordinates: PointShape | None = None


class AuthorityRead(Shape):
    """A record with its revision, and the record that it was merged into, if it was."""

    id: str
    revision: int
    merged_into: str
    words: AuthorityWords


def shape_of(found: StoredAuthority) -> AuthorityRead:
    """Return a record as it is told."""
    record, point = found.authority, found.authority.coordinates
    words = AuthorityWords.model_construct(
        kind=record.kind,
        names=[
            NameShape.model_construct(
                **{name: getattr(one, name) for name in NameShape.model_fields}
            )
            for one in record.names
        ],
        identifiers=[
            NumberShape.model_construct(scheme=one.scheme, value=one.value)
            for one in record.identifiers
        ],
        life_dates=record.life_dates,
        note=record.note,
        parent_id=record.parent_id,
        place_kind=record.place_kind,
        coordinates=None
        if point is None
        else PointShape.model_construct(
            latitude=point.latitude,
            longitude=point.longitude,
            precision_metres=point.precision_metres,
        ),
    )
    return AuthorityRead.model_construct(
        id=record.id, revision=found.revision, merged_into=record.merged_into, words=words
    )


def record_of(words: AuthorityWords, identifier: str = "") -> Authority:
    """Return the record that *words* say.

    Raises:
        NoName, TwoPreferredNames, BadLanguageTag
    """
    point = words.coordinates
    return Authority(
        id=identifier,
        kind=words.kind,
        names=tuple(map(name_of, words.names)),
        identifiers=tuple(Number(one.scheme, one.value) for one in words.identifiers),
        life_dates=words.life_dates,
        note=words.note,
        parent_id=words.parent_id,
        place_kind=words.place_kind,
        coordinates=None
        if point is None
        else Coordinates(point.latitude, point.longitude, point.precision_metres),
    )


def name_of(one: NameShape) -> AuthorityName:
    """Return the name that a shape says; raises ``BadLanguageTag``."""
    unknown = one.language == UNKNOWN_LANGUAGE
    return AuthorityName(
        one.name,
        UNKNOWN_LANGUAGE if unknown else language_tag(one.language),
        one.script,
        one.status,
        one.preferred,
        one.period,
        one.source,
    )
