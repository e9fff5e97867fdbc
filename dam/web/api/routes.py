"""/api/v1: the routes of the operations, their document, and the page that lists them."""

import re
from collections.abc import Callable
from hashlib import sha256

from flask import Blueprint, Response, request
from flask_wtf.csrf import CSRFError, validate_csrf
from werkzeug.wrappers import Response as AnyResponse
from wtforms import ValidationError

from dam import __version__
from dam.errors import NotFound
from dam.records.authorities import AuthorityConflict
from dam.records.catalogue import RevisionConflict
from dam.records.series import SeriesConflict
from dam.records.templates import TemplateConflict
from dam.rights.facts import Audience
from dam.web import pages
from dam.web.api import reading
from dam.web.api.document import document
from dam.web.api.operation import PREFIX, Call, Operation, Reply, SentFile
from dam.web.api.operations import OPERATIONS
from dam.web.conditions import RevisionPassed
from dam.web.headers import open_to_all
from dam.web.origin import Origin
from dam.web.reader import actor, audience, needs
from dam.web.rendering import Renderer
from dam.web.responses import in_chunks, json_text, tagged
from dam.web.signed_in import bearer
from dam.workflows.archive import Archive

_IDENTIFIER = re.compile(r"[0-9A-Za-z]{1,32}")
_CONFLICTS = (RevisionConflict, SeriesConflict, AuthorityConflict, TemplateConflict)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_NAMED = {one.name: one for one in OPERATIONS}


class NothingHere(NotFound):
    """What stands in the address is no identifier."""

    def __init__(self) -> None:
        super().__init__("There is nothing at this address.")


def blueprint(archive: Archive, render: Renderer, origin: Origin) -> Blueprint:
    """Return the routes of the API; each asks who it is before it reads anything else."""
    routes = Blueprint("api", __name__, url_prefix=PREFIX)
    text = json_text(document(OPERATIONS, archive.settings.archive_name, __version__))

    @routes.after_request
    def open_what_is_public(response: Response) -> Response:
        operation = _NAMED.get((request.endpoint or "").rpartition(".")[2])
        public = operation is None or operation.public
        if public and request.method in _SAFE:
            open_to_all(response)
        return response

    @routes.get("/openapi.json")
    def openapi() -> Response:
        return tagged(text.encode(), "application/json", max_age=300)

    @routes.get("/")
    def overview() -> Response:
        return render(pages.ApiPage(site=render.site(), nouns=_nouns(), count=len(OPERATIONS)))

    for operation in OPERATIONS:
        view = _view(operation, archive, origin)
        guarded = view if operation.needs is Audience.PUBLIC else needs(operation.needs)(view)
        rule = re.sub(r"\{number\}", "<int(max=2147483647):number>", operation.path)
        rule = re.sub(r"\{(\w+)\}", r"<\1>", rule)
        routes.add_url_rule(rule, operation.name, guarded, methods=[operation.method])
    return routes


def _nouns() -> tuple[pages.ApiNoun, ...]:
    groups = dict.fromkeys(one.group for one in OPERATIONS)
    return tuple(
        pages.ApiNoun(
            group,
            tuple(
                pages.ApiOperation(
                    one.method,
                    PREFIX + one.path,
                    one.summary,
                    "everybody" if one.needs is Audience.PUBLIC else one.needs.word,
                )
                for one in OPERATIONS
                if one.group == group
            ),
        )
        for group in groups
    )


def _view(operation: Operation, archive: Archive, origin: Origin) -> Callable[..., AnyResponse]:
    def view(**path: str | int) -> AnyResponse:
        who = audience()
        _check_form_token()
        _check_path(path)
        reading.require_acceptable(operation)
        query = reading.read_query(operation)
        wanted = operation.if_match or (operation.may_match and "If-Match" in request.headers)
        revision = reading.read_revision() if wanted else 0
        call = Call(
            archive=archive,
            audience=who,
            origin=origin(),
            actor=actor,
            path=path,
            query=query,
            body=reading.read_body(operation),
            revision=revision,
            stream=reading.arriving,
        )
        return _answer(operation, _run(operation, call))

    view.__name__ = operation.name
    return view


def _check_form_token() -> None:
    """Return unless a browser's cookie says who it is and its page did not send the request."""
    if request.method in _SAFE or bearer() is not None:
        return
    try:
        validate_csrf(request.headers.get("X-CSRFToken"))
    except ValidationError as error:
        raise CSRFError(str(error)) from error


def _check_path(path: dict[str, str | int]) -> None:
    for name, part in path.items():
        if name.endswith("_id") and not _IDENTIFIER.fullmatch(str(part)):
            raise NothingHere
        if isinstance(part, str) and "\0" in part:
            raise NothingHere


def _run(operation: Operation, call: Call) -> Reply:
    try:
        return operation.run(call)
    except _CONFLICTS as error:
        if operation.if_match or operation.may_match:
            raise RevisionPassed from error
        raise


def _answer(operation: Operation, reply: Reply) -> Response:
    status = reply.status or operation.status
    response = Response(status=status)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept, Authorization, Cookie"
    if reply.location:
        response.headers["Location"] = reply.location
    if reply.file is not None:
        return _file(response, reply.file)
    if reply.value is None:
        del response.headers["Content-Type"]
        return response
    body = reply.value.model_dump_json().encode()
    digest = sha256(body).hexdigest()
    tag = digest[:32] if reply.revision is None else f"{reply.revision}-{digest[:8]}"
    response.set_etag(tag)
    response.mimetype = "application/json"
    if request.method in _SAFE and request.if_none_match.contains_weak(tag):
        response.status_code = 304
        return response
    response.set_data(body)
    return response


def _file(response: Response, sent: SentFile) -> Response:
    response.response = in_chunks(sent.content)
    response.call_on_close(sent.content.close)
    response.headers["Content-Type"] = sent.media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{sent.name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
