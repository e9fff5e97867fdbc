"""Files to keep below /p/{id}/: the picture, the master, the master with words, the words alone.

All but the words can be had in ranges, so that what breaks off goes on.
"""

import unicodedata
from urllib.parse import quote

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from dam.iiif.presentation_source import page_path
from dam.metadata.text import clean_line
from dam.web.clients import watch
from dam.web.iiif import preflight
from dam.web.image_headers import (
    Picture,
    cache_control,
    open_headers,
)
from dam.web.meter import ANSWERED_BY
from dam.web.origin import Origin
from dam.web.reader import audience
from dam.web.sending import SEATS, sent
from dam.workflows import deliver, download, export_file
from dam.workflows.archive import Archive

_LONGEST_NAME = 150
_UNFIT = str.maketrans(dict.fromkeys('"\\/:*?<>|;%', "_"))


def blueprint(archive: Archive, origin: Origin) -> Blueprint:
    """Return the routes of downloads; each asks the decision for a download, not for a view."""
    routes = Blueprint("downloads", __name__)

    @routes.route("/p/<identifier>/download", methods=["GET", "OPTIONS"])
    def picture(identifier: str) -> Response:
        if request.method == "OPTIONS":
            return preflight()
        return _picture(archive, identifier, origin())

    @routes.route("/p/<identifier>/master", methods=["GET", "OPTIONS"])
    def master(identifier: str) -> Response:
        if request.method == "OPTIONS":
            return preflight()
        return _master(archive, identifier, origin())

    @routes.route("/p/<identifier>/master-with-words", methods=["GET", "OPTIONS"])
    def master_with_words(identifier: str) -> Response:
        return preflight() if request.method == "OPTIONS" else _copy(archive, identifier)

    @routes.route("/p/<identifier>/sidecar.xmp", methods=["GET", "OPTIONS"])
    def sidecar(identifier: str) -> Response:
        return preflight() if request.method == "OPTIONS" else _sidecar(archive, identifier)

    return routes


def _picture(archive: Archive, identifier: str, origin: str) -> Response:
    found = download.picture(archive, identifier, audience)

    def kept() -> list[tuple[str, str]]:
        return _kept(found.etag, _cached(archive, found.allowed), identifier, origin)

    if request.if_none_match.contains_weak(found.etag):
        return Picture(304, kept())
    headers = [
        ("Content-Type", found.delivery.media_type),
        ("Content-Disposition", f'attachment; filename="{identifier}.jpg"'),
        ("Accept-Ranges", "bytes"),
    ]
    if request.method == "HEAD":
        deliver.length(archive, found.delivery)  # without the words that are written into it
        return Picture(200, [*headers, *kept()])
    request.environ[ANSWERED_BY] = "drawn" if found.delivery.stored is None else "stored"
    found, jpeg = download.finished(archive, found, audience, watch(request.environ))
    headers.append(("Content-Length", str(len(jpeg))))
    body = sent((jpeg,))  # which may wait for a turn
    return _ranged(Picture(200, [*headers, *kept()], body), len(jpeg))


def _master(archive: Archive, identifier: str, origin: str) -> Response:
    found = download.master(archive, identifier, audience)
    file = found.photograph.master
    kept = _kept(file.sha256, _cached(archive, found.allowed), identifier, origin)
    if request.if_none_match.contains_weak(file.sha256):
        return Picture(304, kept)
    headers = [
        ("Content-Type", file.media_type),
        ("Content-Disposition", _named(found.photograph.original_name or identifier)),
        # The file is somebody else's: where a browser opens it after all, nothing in it runs.
        ("Content-Security-Policy", "default-src 'none'; sandbox"),
        *kept,
    ]
    request.environ[ANSWERED_BY] = "master"
    if archive.settings.accel_redirect:
        return Picture(
            200, [*headers, ("X-Accel-Redirect", archive.settings.accel_redirect + file.key)]
        )
    size = file.size_bytes
    headers += [("Accept-Ranges", "bytes"), ("Content-Length", str(size))]
    response = Picture(200, headers)
    if request.method != "HEAD":
        SEATS.take()
        response.call_on_close(SEATS.give_back)
        response.response = wrap_file(request.environ, archive.store.open(file.key), 1 << 18)
        response.direct_passthrough = True
    return _ranged(response, size)


def _copy(archive: Archive, identifier: str) -> Response:
    """Return the master with today's words in it; where it has no room for them, as it is."""
    copy = export_file.master_copy(archive, identifier, audience())
    kept = [("ETag", f'"{copy.etag}"'), ("Cache-Control", cache_control(None)), *open_headers()]
    if request.if_none_match.contains_weak(copy.etag):
        return Picture(304, kept)
    headers = [
        ("Content-Type", copy.media_type),
        ("Content-Disposition", f'attachment; filename="{copy.name}"'),
        ("Content-Security-Policy", "default-src 'none'; sandbox"),
        ("Accept-Ranges", "bytes"),
        ("Content-Length", str(copy.size_bytes)),
        *kept,
    ]
    request.environ[ANSWERED_BY] = "master"
    response = Picture(200, headers)
    if request.method != "HEAD":
        SEATS.take()
        response.call_on_close(SEATS.give_back)
        response.response = copy.chunks()
    return _ranged(response, copy.size_bytes)


def _sidecar(archive: Archive, identifier: str) -> Response:
    """Return the words as XMP, for whoever may read the record, whether or not pixels may leave."""
    packet = export_file.sidecar(archive, identifier, audience())
    headers = [
        ("Content-Type", "application/rdf+xml"),
        ("Content-Disposition", f'attachment; filename="{identifier}.xmp"'),
        ("Cache-Control", cache_control(None)),
        ("Content-Length", str(len(packet))),
        *open_headers(),
    ]
    return Picture(200, headers, packet)


def _ranged(response: Response, length: int) -> Response:
    """Return the part that was asked for, if it is one part; several are answered with the whole.

    Spec: RFC 9110 §14. A range in another unit, or that cannot be read, is no range.
    """
    wanted = request.range
    if request.method == "HEAD" or wanted is None or wanted.units != "bytes":
        return response
    weak = request.headers.get("If-Range", "").startswith("W/")  # which never matches, §13.1.5
    if weak or len(wanted.ranges) != 1:
        return response
    try:
        response.make_conditional(request.environ, accept_ranges=True, complete_length=length)
    except RequestedRangeNotSatisfiable:
        response.close()
        headers = [("Content-Range", f"bytes */{length}"), ("Cache-Control", "no-store")]
        return Picture(416, [*headers, *open_headers(), ("Content-Length", "0")])
    return response


def _cached(archive: Archive, allowed: download.Allowed) -> str:
    """Return how long caches may keep what everybody may have, from now on; nothing else at all."""
    return cache_control(allowed.asked.life.seconds_at(archive.now()) if allowed.public else None)


def _kept(etag: str, cached: str, identifier: str, origin: str) -> list[tuple[str, str]]:
    """Return the headers that an answer 304 repeats, with the page that tells of the file."""
    return [
        ("ETag", f'"{etag}"'),
        ("Cache-Control", cached),
        *open_headers(),
        ("Link", f'<{origin}{page_path(identifier)}>;rel="describedby"'),
    ]


def _named(original: str) -> str:
    """Return the header that gives the file its own name, without the folders that it lay in."""
    name = clean_line(original.replace("\\", "/").rpartition("/")[2]).translate(_UNFIT)
    name = name[-_LONGEST_NAME:].strip(". ") or "original"
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    if plain == name:
        return f'attachment; filename="{name}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
