"""From an error to an answer: the only place that knows status numbers.

A person gets a page with one sentence and what to do; a program gets JSON with the same
sentence. Faults of ours are logged whole and shown as a reference, never as their text.
"""

import logging
import secrets
from dataclasses import dataclass

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.sansio.response import Response as AnyResponse

from dam import errors
from dam.web import conditions, pages
from dam.web.rendering import Renderer
from dam.web.signed_in import NotSignedIn
from dam.workflows.accounts import TooManyFailures
from dam.workflows.ask import Withheld

LOG = logging.getLogger("dam.web")

STATUS: dict[type[errors.DamError], int] = {
    errors.Malformed: 400,
    errors.NotFound: 404,
    errors.Forbidden: 403,
    errors.Gone: 410,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.Unsupported: 415,
    errors.Unavailable: 503,
}

_CONDITIONS: dict[type[errors.DamError], int] = {
    conditions.NotAcceptable: 406,
    conditions.RevisionPassed: 412,
    conditions.RevisionNeeded: 428,
    conditions.FormatNotDone: 501,
    conditions.NotForEmbeds: 401,
}

_TITLES = {
    400: "That cannot be asked",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    405: "Not here",
    406: "Not in that form",
    409: "Somebody was first",
    410: "Withdrawn",
    412: "Changed meanwhile",
    413: "Too large",
    415: "Not supported",
    428: "Say what you read",
    429: "Too many tries",
    500: "A fault of ours",
    501: "Not done here",
    503: "Not now",
}
_SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    413: "What was sent is larger than this archive takes in.",
    400: "What was sent cannot be read as a form of this archive; nothing was changed.",
    500: "Something went wrong on our side.",
}
_FORGED = (
    "This form is too old, or was not sent from this archive; nothing was changed. "
    "Load its page again, and sign in if you are asked to."
)
_API = "/api/v1/"
_RETRY_AFTER_SECONDS = {429: "900", 503: "5"}
_TO_DO = {
    404: "Look at the address again, or start from the list of photographs.",
    500: "Try again; if it happens again, tell the archive the reference below.",
    503: "Try again in a moment.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is answered when a request does not succeed."""

    status: int
    sentence: str
    reference: str | None = None

    @property
    def title(self) -> str:
        """A heading of two or three words."""
        return _TITLES.get(self.status, "That did not work")


def status_of(error: errors.DamError) -> int:
    """Return the status of an error of ours, by its kind."""
    if isinstance(error, NotSignedIn) or (isinstance(error, Withheld) and error.signing_in_helps):
        return 401  # RIGHTS.md, "What a URL answers"
    if isinstance(error, TooManyFailures):
        return 429
    for condition, status in _CONDITIONS.items():
        if isinstance(error, condition):
            return status
    for kind, status in STATUS.items():
        if isinstance(error, kind):
            return status
    return 500


def problem_of(error: Exception) -> Problem:
    """Return what to answer for *error*; an unknown one is logged with its traceback."""
    if isinstance(error, errors.DamError):
        return Problem(status_of(error), str(error))
    if isinstance(error, HTTPException) and error.code is not None and error.code < 500:
        forged = isinstance(error, CSRFError)
        sentence = _FORGED if forged else _SENTENCES.get(error.code, "That did not work.")
        return Problem(error.code, sentence)
    reference = secrets.token_hex(4)
    # In ASCII, since a line end in an address would write a line of the log.
    at = ascii(request.path)
    LOG.error("fault %s at %s %s", reference, request.method, at, exc_info=error)
    return Problem(500, _SENTENCES[500], reference)


def wants_json() -> bool:
    """Say whether the asker is a program: it says so, or the address is one for programs."""
    if request.path.startswith(
        ("/iiif/", "/manifests/", "/api/", "/oembed", "/search/", "/activity/", "/auth/probe/")
    ):
        return True
    best = request.accept_mimetypes.best_match(("text/html", "application/json"))
    return best == "application/json"


def json_answer(problem: Problem) -> Response:
    """Return *problem* as JSON: ``{"status", "detail", "reference"}``.

    The API says a title too, and names the form (RFC 9457).
    """
    from dam.web.responses import json_text  # noqa: PLC0415 (responses answers with problems)

    body: dict[str, object] = {"status": problem.status, "detail": problem.sentence}
    if problem.reference:
        body["reference"] = problem.reference
    if not request.path.startswith(_API):
        return Response(json_text(body), problem.status, mimetype="application/json")
    body = {"title": problem.title, **body}
    answer = Response(json_text(body), problem.status, mimetype="application/problem+json")
    if problem.status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def register(app: Flask, render: Renderer) -> None:
    """Answer every error of *app* in the one shape."""

    @app.after_request
    def say_when(response: Response) -> Response:
        seconds = _RETRY_AFTER_SECONDS.get(response.status_code)
        if seconds is not None:
            response.headers.setdefault("Retry-After", seconds)
        return response

    @app.errorhandler(Exception)
    def answer(error: Exception) -> AnyResponse:
        if isinstance(error, HTTPException) and error.response is not None:
            return error.response
        problem = problem_of(error)
        if wants_json():
            response = json_answer(problem)
        else:
            page = pages.ProblemPage(
                site=render.site(),
                title=problem.title,
                sentence=problem.sentence,
                to_do=_TO_DO.get(problem.status, ""),
                reference=problem.reference,
            )
            response = render(page, problem.status)
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
        response.headers["Cache-Control"] = "no-store"
        return response
