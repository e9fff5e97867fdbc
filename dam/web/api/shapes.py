"""Shapes: what requests and answers are made of; nothing unknown is taken."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from dam.catalogue.text import clean
from dam.records.listing import Mark

_LONGEST_TEXT = 20_000
_LONGEST_LINE = 400
MOST = 200


class Shape(BaseModel):
    """An object of the API: strict in its types, closed in its fields."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


def _line(text: str) -> str:
    return clean(text, multiline=False)


def _name(text: str) -> str:
    cleaned = clean(text, multiline=False)
    if not cleaned:
        raise ValueError
    return cleaned


def _text(text: str) -> str:
    return clean(text, multiline=True)


Line = Annotated[str, Field(max_length=_LONGEST_LINE), AfterValidator(_line)]
Name = Annotated[str, Field(min_length=1, max_length=_LONGEST_LINE), AfterValidator(_name)]
Text = Annotated[str, Field(max_length=_LONGEST_TEXT), AfterValidator(_text)]
Tag = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$", max_length=35)]
Identifier = Annotated[str, Field(pattern=r"^[0-9A-Za-z]{1,32}$")]
Link = Annotated[str, Field(pattern=r"^[0-9A-Za-z]{0,32}$")]
"""The identifier of an authority record, or nothing."""
Cursor = Annotated[str, Field(pattern=r"^[0-9]{1,17}-[0-9a-z]{1,32}$")]
Limit = Annotated[int, Field(ge=1, le=MOST)]


class Problem(Shape):
    """What went wrong, as RFC 9457 says it."""

    title: str
    status: int
    detail: str
    reference: str = ""


class Done(Shape):
    """What was asked for is done, and nothing is to be told of it."""

    done: bool = True


class InLanguage(Shape):
    """A text in a language; "none" where it is in no language."""

    language: str
    text: str


class Paged(Shape):
    """Which page is asked for."""

    limit: Limit = 60
    after: Cursor | None = None


def read_mark(cursor: str | None) -> Mark | None:
    """Return where a page begins."""
    if cursor is None:
        return None
    at, _, identifier = cursor.partition("-")
    return Mark(_EPOCH + int(at) * _MICROSECOND, identifier)


def written_mark(mark: Mark | None) -> str | None:
    """Return the word by which the next page is asked for."""
    return None if mark is None else f"{(mark.at - _EPOCH) // _MICROSECOND}-{mark.id}"


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_MICROSECOND = datetime.resolution
