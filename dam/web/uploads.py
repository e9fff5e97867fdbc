"""/desk/uploads: files that arrive in pieces, by the protocol tus 1.0.0.

Core, creation, creation-with-upload, termination and expiration; https://tus.io/protocols/
resumable-upload. What became of a file is read as JSON at its own address.
"""

import base64
import binascii
from collections.abc import Iterator
from datetime import timedelta

from flask import Blueprint, Response, request
from werkzeug.exceptions import ClientDisconnected
from werkzeug.http import http_date
from werkzeug.wrappers import Response as AnyResponse

from dam.catalogue.text import clean
from dam.errors import Malformed
from dam.rights.facts import Audience
from dam.web.reader import actor, needs
from dam.web.responses import plain_json
from dam.workflows import uploads
from dam.workflows.archive import Archive
from dam.workflows.uploads import Progress

VERSION = "1.0.0"
ADDRESS = "/desk/uploads"
_EXTENSIONS = "creation,creation-with-upload,termination,expiration"
_BODY = "application/offset+octet-stream"
_CHUNK_BYTES = 1 << 20


class NotTus(Malformed):
    """The request is not one of tus 1.0.0."""


class UploadViews:
    """The views of the protocol; each acts for whoever is signed in, on uploads of theirs."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def describe(self) -> Response:
        """Say what is spoken here (OPTIONS)."""
        response = _spoken(Response(status=204))
        response.headers["Tus-Version"] = VERSION
        response.headers["Tus-Extension"] = _EXTENSIONS
        response.headers["Tus-Max-Size"] = str(self._archive.settings.max_upload_bytes)
        return response

    def begin(self) -> Response:
        """Make an upload (POST, extension creation)."""
        _require_version()
        words = metadata(request.headers.get("Upload-Metadata", ""))
        name = clean(words.get("path") or words.get("filename") or "photograph", multiline=False)
        series = clean(words.get("series", ""), multiline=False)
        size = _number("Upload-Length")
        begun = uploads.begin(self._archive, name or "photograph", size, actor(), series)
        if request.mimetype == _BODY and request.content_length:
            begun = uploads.append(self._archive, begun.upload.id, 0, _arriving(), actor())
        response = self._told(Response(status=201), begun)
        response.headers["Location"] = f"{ADDRESS}/{begun.upload.id}"
        return response

    def offset(self, upload_id: str) -> Response:
        """Say how many bytes are here (HEAD)."""
        found = uploads.progress(self._archive, upload_id, actor())
        response = self._told(Response(status=200), found)
        response.headers["Upload-Length"] = str(found.upload.size_bytes)
        response.headers["Cache-Control"] = "no-store"
        return response

    def append(self, upload_id: str) -> Response:
        """Take more bytes (PATCH); what came before the connection broke is kept."""
        _require_version()
        if request.mimetype != _BODY:
            raise NotTus(f"Send the bytes as {_BODY}.")
        offset = _number("Upload-Offset")
        found = uploads.append(self._archive, upload_id, offset, _arriving(), actor())
        return self._told(Response(status=204), found)

    def give_up(self, upload_id: str) -> Response:
        """Stop an upload (DELETE, extension termination)."""
        _require_version()
        uploads.give_up(self._archive, upload_id, actor())
        return _spoken(Response(status=204))

    def outcome(self, upload_id: str) -> AnyResponse:
        """Say in JSON what became of a file, or how far it is; HEAD is the protocol's question."""
        if request.method == "HEAD":
            return self.offset(upload_id)
        return plain_json(told(uploads.progress(self._archive, upload_id, actor())))

    def unfinished(self) -> AnyResponse:
        """List what has not arrived whole, so that it can be gone on with."""
        return plain_json([told(one) for one in uploads.unfinished(self._archive, actor())])

    def _told(self, response: Response, found: Progress) -> Response:
        response.headers["Upload-Offset"] = str(found.offset)
        life = timedelta(days=self._archive.settings.upload_days)
        response.headers["Upload-Expires"] = http_date(found.upload.touched_at + life)
        return _spoken(response)


def told(found: Progress) -> dict[str, object]:
    """Return an upload as the page reads it."""
    upload, outcome = found.upload, found.outcome
    return {
        "upload": upload.id,
        "path": upload.name,
        "size": upload.size_bytes,
        "offset": found.offset,
        "state": outcome.state if outcome else upload.state,
        "reason": outcome.reason if outcome else "",
        "id": outcome.id if outcome else None,
        "duplicate_of": outcome.duplicate_of if outcome else None,
    }


def metadata(header: str) -> dict[str, str]:
    """Return what an ``Upload-Metadata`` header says: pairs of a word and text in base64.

    Raises:
        NotTus: it is none.
    """
    words: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, value = pair.partition(" ")
        try:
            words[key] = base64.b64decode(value, validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError) as error:
            raise NotTus("Upload-Metadata is not pairs of a word and text in base64.") from error
    return words


def _spoken(response: Response) -> Response:
    response.headers["Tus-Resumable"] = VERSION
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def _require_version() -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise NotTus(f"Uploads in pieces are spoken in tus {VERSION} here.")


def _number(header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise NotTus(f"{header} must be a whole number of bytes.")
    return int(text)


def _arriving() -> Iterator[bytes]:
    """Yield the body; where the connection breaks it ends, and what came is kept."""
    try:
        while chunk := request.stream.read(_CHUNK_BYTES):
            yield chunk
    except (ClientDisconnected, OSError):
        return


def blueprint(archive: Archive) -> Blueprint:
    """Return the routes of uploads in pieces; every one of them asks who it is."""
    routes = Blueprint("uploads", __name__)
    views = UploadViews(archive)
    guarded = needs(Audience.STAFF)
    one = f"{ADDRESS}/<upload_id>"
    for rule, method, view in (
        (ADDRESS, "OPTIONS", views.describe),
        (ADDRESS, "GET", views.unfinished),
        (ADDRESS, "POST", views.begin),
        (one, "GET", views.outcome),
        (one, "PATCH", views.append),
        (one, "DELETE", views.give_up),
    ):
        routes.add_url_rule(
            rule,
            f"{view.__name__}_{method.lower()}",
            guarded(view),
            methods=[method],
            provide_automatic_options=False,
        )
    return routes
