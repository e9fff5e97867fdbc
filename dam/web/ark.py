"""/ark: identifiers that outlive this service, as Archival Resource Keys.

``ark:/NAAN/ID`` is the photograph or series ID; the resolver n2t.net, or any other, leads here.
Hyphens in an ARK mean nothing (ARK specification §2.4), and both spellings of its label are read.
"""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.iiif.presentation_source import manifest_path, page_path
from dam.rights.facts import Audience
from dam.rights.life import shortest
from dam.web.origin import Origin
from dam.web.responses import cache_for
from dam.workflows import ask, browse, merge
from dam.workflows.archive import Archive
from dam.workflows.browse import PhotographView
from dam.workflows.words import preferred

_LONGEST_LIFE_SECONDS = 300
_LONGEST_LIFE_OF_WORDS_SECONDS = 60


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
        successor = merge.leads_to(archive, identifier)
        identifier = successor.id if successor else identifier
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
        frames = browse.series(archive, identifier, Audience.PUBLIC).frames
        life = shortest(_LONGEST_LIFE_SECONDS, (one.asked.life for one in frames))
    else:
        found = browse.photograph(archive, identifier, Audience.PUBLIC)
        life = shortest(_LONGEST_LIFE_SECONDS, [found.told.asked.life])
        if request.query_string in {b"info", b"?"}:
            life = shortest(_LONGEST_LIFE_OF_WORDS_SECONDS, [life])
            response: AnyResponse = _kernel(found, origin, archive.settings.ark_naan)
            cache_for(response, life.seconds_at(archive.now()))
            return response
    path = manifest_path(identifier) if part else page_path(identifier)
    response = redirect(origin + path, 302)
    cache_for(response, life.seconds_at(archive.now()))
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
    return Response(text, mimetype="text/plain")
