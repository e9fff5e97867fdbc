"""/iiif/2 and /iiif/3: pictures and where they are described, behind the tile path.

Paths are split from the right, since the server hands them over decoded (Image API 3.0 §9,
implementation notes). Every answer carries CORS, also an error and a refusal.
"""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.iiif.image_request import ApiVersion
from dam.metadata.attribution import spliced
from dam.rights.facts import Audience
from dam.web.clients import watch
from dam.web.handing_on import handed_on
from dam.web.image_description import info_json
from dam.web.image_headers import Picture, image_headers, kept_headers
from dam.web.meter import ANSWERED_BY
from dam.web.origin import Origin
from dam.web.reader import picture_audience
from dam.web.sending import sent
from dam.workflows import deliver, standing
from dam.workflows.archive import Archive
from dam.workflows.attribution import attributed
from dam.workflows.deliver import FULL_SUFFIX, Delivery, OpenImage


def blueprint(archive: Archive, origin: Origin) -> Blueprint:
    """Return the routes of the Image API 3.0 and 2.1.1."""
    routes = Blueprint("iiif", __name__)

    @routes.route("/iiif/<any('2', '3'):version>/<path:rest>", methods=["GET", "OPTIONS"])
    def image(version: str, rest: str) -> AnyResponse:
        if request.method == "OPTIONS":
            return preflight()
        spoken = ApiVersion(version)
        *identifier, last = rest.split("/")
        if last == "info.json":
            return info_json(archive, origin, spoken, "/".join(identifier))
        if len(identifier) < 4:
            return _base(archive, origin, spoken, rest)
        tail = "/".join(rest.split("/")[-4:])
        return _picture(archive, origin, spoken, rest[: -len(tail) - 1], tail)

    return routes


def preflight() -> Response:
    """Answer a browser that asks whether it may (CORS preflight)."""
    response = Response(status=204)
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = (
        "Authorization, Accept, Content-Type, If-None-Match, Range, If-Range"
    )
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _audience_of(service_id: str) -> Audience:
    """Return who asks: the public's image is the same for everybody and ignores cookies."""
    return picture_audience() if service_id.endswith(FULL_SUFFIX) else Audience.PUBLIC


def _open(archive: Archive, service_id: str) -> OpenImage:
    return deliver.open_image(archive, service_id, _audience_of(service_id))


def _base(archive: Archive, origin: Origin, version: ApiVersion, service_id: str) -> AnyResponse:
    """Send whoever asks for the service itself to its description (§2.1: 303)."""
    _open(archive, service_id)
    return redirect(f"{origin()}/iiif/{version}/{service_id}/info.json", 303)


def _picture(
    archive: Archive, origin: Origin, version: ApiVersion, service_id: str, tail: str
) -> Response:
    spoken = version, origin()

    def decided() -> Delivery:
        image = _open(archive, service_id)
        return attributed(archive, deliver.find(archive, image, version, tail), spoken[1])

    found = handed_on(service_id) or decided()
    # A comparison that also takes weak tags, for proxies make them weak (RFC 9110 §13.1.2).
    if request.if_none_match.contains_weak(found.etag):
        return Picture(304, kept_headers(found, archive.now()))
    if request.method == "HEAD":
        length = deliver.length(archive, found)
        length = None if length is None else length + len(found.segment)
        return Picture(200, image_headers(found, spoken, length, archive.now()))
    request.environ[ANSWERED_BY] = "drawn" if found.stored is None else "stored"
    gone = watch(request.environ)
    found, picture = standing.body(archive, found, decided, gone)
    parts = spliced(picture, found.segment)
    length = sum(map(len, parts))
    body = sent(parts)  # which may wait for a turn
    return Picture(200, image_headers(found, spoken, length, archive.now()), body)
