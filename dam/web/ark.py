"""/ark: identifiers that outlive this service, as Archival Resource Keys.

``ark:/NAAN/ID`` is the photograph or series ID; the resolver n2t.net, or any other, leads here.
Hyphens in an ARK mean nothing (ARK specification §2.4), and both spellings of its label are read.
"""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.iiif.presentation_source import manifest_path, page_path
from dam.rights.facts import Audience
from dam.web.origin import Origin
from dam.workflows import ask, browse, merge
from dam.workflows.archive import Archive
from dam.workflows.browse import PhotographView
from dam.workflows.words import preferred


def blueprint(archive: Archive, origin: Origin) -> Blueprint:
    """Return the routes of ARKs; there are none that answer without DAM_ARK_NAAN."""
    routes = Blueprint("ark", __name__)

    @routes.get("/ark:/<naan>/<path:name>")
    @routes.get("/ark:<naan>/<path:name>")
    def resolve(naan: str, name: str) -> AnyResponse:
        if not archive.settings.ark_naan or naan != archive.settings.ark_naan:
            raise ask.Unknown
        name, _, part = name.rstrip("/").partition("/")
        identifier = name.replace("-", "").lower()
        identifier = merge.leads_to(archive, identifier) or identifier
        return _answer(archive, origin(), identifier, part)

    return routes


def _answer(archive: Archive, origin: str, identifier: str, part: str) -> AnyResponse:
    """Lead to the page, or with ``/manifest`` to the manifest; ``?info`` says what it is.

    Raises:
        Unknown, Withdrawn: as the page itself.
    """
    if part not in {"", "manifest"}:
        raise ask.Unknown
    if browse.is_series(archive, identifier):
        browse.series(archive, identifier, Audience.PUBLIC)
    else:
        found = browse.photograph(archive, identifier, Audience.PUBLIC)
        if request.query_string in {b"info", b"?"}:
            return _kernel(found, origin, archive.settings.ark_naan)
    path = manifest_path(identifier) if part else page_path(identifier)
    response = redirect(origin + path, 302)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _kernel(found: PhotographView, origin: str, naan: str) -> Response:
    """Return who, what, when and where as an Electronic Resource Citation."""
    words = found.told.words
    title, date = preferred(words.label, ("en",)), preferred(words.date, ("en",))
    lines = (
        ("who", "; ".join(words.creators) or "(:unkn)"),
        ("what", title[1] if title else "(:unkn)"),
        ("when", date[1] if date else "(:unkn)"),
        ("where", origin + page_path(words.photograph_id)),
        ("ark", f"ark:/{naan}/{words.photograph_id}"),
    )
    text = "erc:\n" + "".join(f"{name}: {' '.join(value.split())}\n" for name, value in lines)
    response = Response(text, mimetype="text/plain")
    response.headers["Cache-Control"] = "public, max-age=60"
    return response
