"""Shapes of answers: JSON with negotiation, gzip, ETag and 304."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from typing import IO, Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from dam.web.image_headers import cache_control

_LEAST_WORTH_ZIPPING = 600
_CHUNK_BYTES = 1 << 16


def json_text(value: object) -> str:
    """Return *value* as JSON text with every character as itself."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def iiif_json(
    text: str, context: str, *, max_age: int | None, linked_first: bool = True
) -> Response:
    """Return a IIIF document in the media type that the client's Accept header asks for.

    Without a wish it is JSON-LD with its profile (Image API 3.0 §5.1, Presentation API 3.0 §6.2),
    or with *linked_first* off plain JSON, as Image API 2.1.1 §5 demands. *max_age* is in seconds;
    None keeps the answer out of every cache.
    """
    media_type = _media_type(context, linked_first=linked_first)
    response = tagged(text.encode(), media_type, max_age=max_age)
    response.vary.add("Accept")
    return response


def _media_type(context: str, *, linked_first: bool) -> str:
    accepted = request.accept_mimetypes
    plain, linked = accepted["application/json"], accepted["application/ld+json"]
    takes_linked = 0 < linked >= plain if linked_first else linked > plain
    if takes_linked or (linked_first and not accepted):
        return f'application/ld+json;profile="{context}"' if linked_first else "application/ld+json"
    return "application/json"


def tagged(body: bytes, media_type: str, *, max_age: int | None) -> Response:
    """Return *body* with a strong ETag, zipped where the client takes it, or 304."""
    tag = hashlib.sha256(body).hexdigest()[:32]
    worth_zipping = len(body) >= _LEAST_WORTH_ZIPPING
    zipped = worth_zipping and bool(request.accept_encodings["gzip"])
    response = Response(content_type=media_type)
    # Each encoding is another representation, so each has a tag of its own (RFC 9110 §8.8.3).
    tag = f"{tag}-gz" if zipped else tag
    response.set_etag(tag)
    cache_for(response, max_age)
    if worth_zipping:
        response.vary.add("Accept-Encoding")
    if request.if_none_match.contains_weak(tag):
        response.status_code = 304
        return response
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.set_data(gzip.compress(body, 6, mtime=0) if zipped else body)
    return response


def cache_for(response: AnyResponse, max_age: int | None) -> None:
    """Say how long any cache may keep the answer; None: not at all, and nobody but the asker."""
    response.headers["Cache-Control"] = cache_control(max_age)


def plain_json(value: Any, status: int = 200) -> Response:  # noqa: ANN401 (any JSON value)
    """Return *value* as JSON that nobody keeps."""
    response = Response(json_text(value), status, mimetype="application/json")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def in_chunks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the content of *file* in pieces, and close it at its end."""
    with file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk
