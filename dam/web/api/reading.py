"""From a request to checked values: its query, its body, and the revision that it began from."""

import re
from collections.abc import Iterator

from flask import request
from pydantic import ValidationError

from dam.errors import Malformed, Unsupported
from dam.web.api.operation import Body, Operation
from dam.web.api.shapes import Shape
from dam.web.conditions import NotAcceptable, RevisionNeeded, RevisionPassed

_CHUNK_BYTES = 1 << 20
_FORMS = ("application/json", "application/problem+json")
_TAG = re.compile(r'"([0-9]{1,9})(?:-[0-9a-f]{8})?"')
_ANY_TAG = re.compile(r'(?:W/)?"[^"]*"')  # RFC 9110 §8.8.3


class BadField(Malformed):
    """A field or parameter is not one of the operation, or cannot hold what it was given."""


class WrongForm(Unsupported):
    """The body is not in a form that the operation takes."""


class NoTag(Malformed):
    """What stands in If-Match is no tag."""

    def __init__(self) -> None:
        super().__init__("If-Match names one ETag, with its quotes, as it was read.")


class _Nothing(Shape):
    """The query of an operation that takes none."""


def require_acceptable(operation: Operation) -> None:
    """Return if the asker takes what the operation answers; raises ``NotAcceptable``."""
    accepted = request.accept_mimetypes
    forms = (operation.file.partition(";")[0],) if operation.file else _FORMS
    if accepted and accepted.best_match(forms) is None:
        raise NotAcceptable


def read_query(operation: Operation) -> Shape:
    """Return the query of the request; raises ``BadField``."""
    for name, values in request.args.lists():
        if len(values) > 1:
            raise BadField(f"“{_short(name)}” is there twice; send it once.")
    kind = operation.query or _Nothing
    try:
        return kind.model_validate_strings(request.args.to_dict())
    except ValidationError as error:
        raise BadField(_sentence(error, kind)) from error


def read_body(operation: Operation) -> Shape | None:
    """Return the body where it is JSON; raises ``BadField`` and ``WrongForm``."""
    taken = _taken(operation.body)
    if taken and not request.mimetype.startswith(taken):
        raise WrongForm(f"Send the body as {taken[0]}, and say so in Content-Type.")
    kind = operation.takes
    if kind is None:
        return None
    try:
        return kind.model_validate_json(request.get_data())
    except ValidationError as error:
        raise BadField(_sentence(error, kind)) from error


def _taken(body: Body) -> tuple[str, ...]:
    match body:
        case Body.NONE:
            return ()
        case Body.FILE:
            return (body.value, "image/")
        case Body.MERGE:
            return (body.value, Body.JSON.value)
        case Body.JSON | Body.LINES:
            return (body.value,)


def arriving() -> Iterator[bytes]:
    """Yield the body in pieces of a mebibyte."""
    while chunk := request.stream.read(_CHUNK_BYTES):
        yield chunk


def read_revision() -> int:
    """Return the revision that the request began from.

    Raises:
        RevisionNeeded: it names none.
        NoTag: it names something that is no tag.
        RevisionPassed: it names a tag, and none of a revision.
    """
    sent = request.headers.get("If-Match", "").strip()
    if not sent or sent == "*":
        raise RevisionNeeded
    found = _TAG.fullmatch(sent)
    if found is None:
        raise RevisionPassed if _ANY_TAG.fullmatch(sent) else NoTag
    return int(found[1])


def _sentence(error: ValidationError, kind: type[Shape]) -> str:
    """Say the first thing that is wrong, in words of ours."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = _short(".".join(str(part) for part in first["loc"]))
    match first["type"]:
        case "extra_forbidden" if len(first["loc"]) == 1:
            known = ", ".join(kind.model_fields) or "none"
            return f"There is no field “{place}” here; the fields are: {known}."
        case "extra_forbidden":
            return f"There is no field “{place}” here; the OpenAPI document lists the fields."
        case "missing":
            return f"“{place}” is missing; send it too."
        case "json_invalid":
            return "The body is no JSON; nothing was changed."
        case _:
            pass
    where = f"“{place}”" if place else "The body"
    return f"{where} cannot be what was sent; the OpenAPI document says what it may be."


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
