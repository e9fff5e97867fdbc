"""Authority records: people, organisations and places, their names, merges and uses."""

from typing import Annotated

from pydantic import Field

from dam.catalogue.authorities import AuthorityKind
from dam.rights.facts import Audience
from dam.web.api.answers import Photograph, photograph_shape
from dam.web.api.authority_shapes import (
    AuthorityRead,
    AuthorityWords,
    NameShape,
    name_of,
    record_of,
    shape_of,
)
from dam.web.api.operation import PREFIX, Body, Call, Operation, Reply
from dam.web.api.shapes import Identifier, Limit, Shape
from dam.workflows import authorities, listing


class AuthorityFound(Shape):
    """A record in a list, told apart by the larger place or the dates."""

    id: str
    kind: AuthorityKind
    name: str
    beside: str


class AuthorityList(Shape):
    """The records whose names begin with some words, at most 20."""

    authorities: list[AuthorityFound]


class Into(Shape):
    """The record that another is merged into."""

    into: Identifier


class Moved(Shape):
    """How many links were moved."""

    links: int


class Search(Shape):
    """What names begin with, and of which kind."""

    q: Annotated[str, Field(min_length=1, max_length=200)]
    kind: AuthorityKind | None = None


class Range(Shape):
    """Which part of a list is asked for."""

    limit: Limit = 60
    start: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class Uses(Shape):
    """The photographs that name a record, and whether there are more."""

    photographs: list[Photograph]
    more: bool


def search(call: Call) -> Reply:
    """Answer records by the beginning of a name."""
    query = call.asked(Search)
    kinds = (query.kind,) if query.kind else tuple(AuthorityKind)
    language = call.archive.settings.archive_language
    found = authorities.search(call.archive, kinds, query.q, language)
    shapes = [
        AuthorityFound.model_construct(id=one.id, kind=one.kind, name=one.name, beside=one.beside)
        for one in found
    ]
    return Reply(AuthorityList.model_construct(authorities=shapes))


def read(call: Call) -> Reply:
    """Answer one record as it is, merged or not."""
    return _read(call, call.word("authority_id"))


def _read(call: Call, identifier: str, location: str = "") -> Reply:
    found = authorities.one(call.archive, identifier)
    return Reply(shape_of(found), revision=found.revision, location=location)


def create(call: Call) -> Reply:
    """Write a new record."""
    made = authorities.create(call.archive, record_of(call.taken(AuthorityWords)), call.by)
    return _read(call, made, f"{call.origin}{PREFIX}/authorities/{made}")


def write(call: Call) -> Reply:
    """Write a record from the revision that was read."""
    record = record_of(call.taken(AuthorityWords), call.word("authority_id"))
    authorities.edit(call.archive, call.revision, record, call.by)
    return read(call)


def add_name(call: Call) -> Reply:
    """Give a record one name more; a preferred one takes the place of the former."""
    name = name_of(call.taken(NameShape))
    give = authorities.rename if name.preferred else authorities.add_variant
    give(call.archive, call.word("authority_id"), name, call.by)
    return read(call)


def merge(call: Call) -> Reply:
    """Merge a record into another."""
    into = call.taken(Into).into
    moved = authorities.merge(call.archive, call.word("authority_id"), into, call.by)
    return Reply(Moved.model_construct(links=moved))


def undo_merge(call: Call) -> Reply:
    """Let a merged record stand for itself again."""
    moved = authorities.undo_merge(call.archive, call.word("authority_id"), call.by)
    return Reply(Moved.model_construct(links=moved))


def undo(call: Call) -> Reply:
    """Take back the newest edit of a record."""
    authorities.undo(call.archive, call.word("authority_id"), call.by)
    return read(call)


def uses(call: Call) -> Reply:
    """Answer the photographs that name a record."""
    query = call.asked(Range)
    told, more = listing.uses(
        call.archive,
        call.word("authority_id"),
        call.audience,
        start=query.start,
        most=query.limit,
    )
    shapes = [photograph_shape(one, call.origin) for one in told]
    return Reply(Uses.model_construct(photographs=shapes, more=more))


_ONE, _STAFF = "/authorities/{authority_id}", Audience.STAFF
OPERATIONS = (
    Operation(
        "searchAuthorities",
        "GET",
        "/authorities",
        "Search people, organisations and places by the beginning of a name",
        _STAFF,
        search,
        AuthorityList,
        query=Search,
    ),
    Operation(
        "createAuthority",
        "POST",
        "/authorities",
        "Write a new record",
        _STAFF,
        create,
        AuthorityRead,
        status=201,
        body=Body.JSON,
        takes=AuthorityWords,
        tagged=True,
        refusals=frozenset({404}),
    ),
    Operation(
        "readAuthority",
        "GET",
        _ONE,
        "Read one record with its revision",
        _STAFF,
        read,
        AuthorityRead,
        tagged=True,
    ),
    Operation(
        "writeAuthority",
        "PUT",
        _ONE,
        "Write a record, from the revision that was read",
        _STAFF,
        write,
        AuthorityRead,
        body=Body.JSON,
        takes=AuthorityWords,
        if_match=True,
        tagged=True,
    ),
    Operation(
        "addAuthorityName",
        "POST",
        f"{_ONE}/names",
        "Give a record one name more; a preferred one takes the place of the former",
        _STAFF,
        add_name,
        AuthorityRead,
        body=Body.JSON,
        takes=NameShape,
        tagged=True,
    ),
    Operation(
        "mergeAuthority",
        "POST",
        f"{_ONE}/merge",
        "Merge a record into another; its links move",
        _STAFF,
        merge,
        Moved,
        body=Body.JSON,
        takes=Into,
    ),
    Operation(
        "undoMerge",
        "POST",
        f"{_ONE}/undo-merge",
        "Let a merged record stand for itself again",
        _STAFF,
        undo_merge,
        Moved,
    ),
    Operation(
        "undoAuthorityEdit",
        "POST",
        f"{_ONE}/undo",
        "Take back the newest edit of a record",
        _STAFF,
        undo,
        AuthorityRead,
        tagged=True,
    ),
    Operation(
        "readAuthorityUses",
        "GET",
        f"{_ONE}/photographs",
        "List the photographs that name a record",
        _STAFF,
        uses,
        Uses,
        query=Range,
    ),
)
