"""What an operation is: its address, who may, what it takes and answers, and what it does."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO, TypeVar

from dam.rights.facts import Audience
from dam.web.api.shapes import Shape
from dam.workflows.archive import Archive

PREFIX = "/api/v1"
_Kind = TypeVar("_Kind", bound=Shape)


class Body(StrEnum):
    """What the body of a request is."""

    NONE = "none"
    JSON = "application/json"
    MERGE = "application/merge-patch+json"
    FILE = "application/octet-stream"
    LINES = "text/tab-separated-values"


@dataclass(frozen=True, slots=True)
class Call:
    """One request to an operation, read and checked."""

    archive: Archive
    audience: Audience
    origin: str
    actor: Callable[[], str]
    path: Mapping[str, str | int]
    query: Shape | None = None
    body: Shape | None = None
    sent: frozenset[str] = frozenset()
    revision: int = 0
    stream: Callable[[], Iterator[bytes]] = lambda: iter(())

    @property
    def by(self) -> str:
        """The name that events carry; only where a role is needed."""
        return self.actor()

    def word(self, name: str) -> str:
        """A part of the path."""
        return str(self.path[name])

    def number(self, name: str) -> int:
        """A part of the path that is a number."""
        return int(self.path[name])

    def asked(self, kind: type[_Kind]) -> _Kind:
        """The query."""
        return _of(kind, self.query)

    def taken(self, kind: type[_Kind]) -> _Kind:
        """The body."""
        return _of(kind, self.body)


def _of(kind: type[_Kind], value: Shape | None) -> _Kind:
    if not isinstance(value, kind):
        raise TypeError(f"the operation does not declare that it takes {kind.__name__}")
    return value


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that is answered; it is closed when it was sent."""

    content: IO[bytes]
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What an operation answers; ``revision`` goes into the ETag, by which an edit names it."""

    value: Shape | None = None
    file: SentFile | None = None
    status: int | None = None
    location: str = ""
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation.

    ``path`` is below ``/api/v1`` with its parts in braces; ``{number}`` is a whole number.
    ``if_match`` wants the tag of what was read, ``may_match`` takes it where it is sent.
    ``refusals`` are statuses that it answers beside those that follow from its shape; ``file`` is
    the media type of an answer that is no JSON.
    """

    name: str
    method: str
    path: str
    summary: str
    needs: Audience
    run: Callable[[Call], Reply]
    answer: type[Shape] | None = None
    file: str = ""
    status: int = 200
    also: tuple[int, ...] = ()
    query: type[Shape] | None = None
    body: Body = Body.NONE
    takes: type[Shape] | None = None
    if_match: bool = False
    may_match: bool = False
    tagged: bool = False
    refusals: frozenset[int] = field(default_factory=frozenset)

    @property
    def group(self) -> str:
        """The noun that it belongs to."""
        return self.path.split("/")[1]

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the parts of its path."""
        found = (piece for piece in self.path.split("/") if piece.startswith("{"))
        return tuple(piece.strip("{}") for piece in found)

    @property
    def public(self) -> bool:
        """Whether anybody may read it, so that pages of other sites may."""
        return self.needs is Audience.PUBLIC and self.method == "GET"

    @property
    def refused(self) -> tuple[int, ...]:
        """Every status by which it may refuse."""
        found = {400, 401, 406} | self.refusals
        if self.needs > Audience.PUBLIC:
            found.add(403)
        if self.parts:
            found.add(404)
        if self.method != "GET":
            found.add(409)
        if self.body is not Body.NONE:
            found |= {413, 415}
        if self.if_match or self.may_match:
            found |= {412, 428}
        return tuple(sorted(found))
