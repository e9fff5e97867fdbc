"""/search/3/{id} and /search/2/{id}: Content Search 2.0 and 1.0 within one manifest.

The answer is the public's, whoever asks; the decision is asked of each frame, and nothing is kept.
"""

from urllib.parse import urlencode

from flask import Blueprint, Response, request

from dam.iiif import content_search as iiif
from dam.iiif.content_search import PAGE, SearchAnswer
from dam.iiif.presentation import fill_origin, stored_text
from dam.iiif.presentation_parts import CAPTION_MOTIVATION
from dam.iiif.presentation_source import search_path
from dam.iiif.presentation_words import Json
from dam.rights.life import Life
from dam.web.iiif import preflight
from dam.web.origin import Origin
from dam.web.responses import iiif_json
from dam.workflows import content_search
from dam.workflows.archive import Archive

_LONGEST = 1000  # characters of a question


def blueprint(archive: Archive, origin: Origin) -> Blueprint:
    """Return the routes of searching in manifests, and of completing words while one types."""
    routes = Blueprint("content_search", __name__)

    def answer(document: Json, context: str, life: Life, *, linked_first: bool) -> Response:
        text = fill_origin(stored_text(document), origin())
        max_age = life.seconds_at(archive.now())
        return iiif_json(text, context, max_age=max_age, linked_first=linked_first)

    @routes.route("/search/<any('3', '2'):version>/<identifier>", methods=["GET", "OPTIONS"])
    def search(version: str, identifier: str) -> Response:
        if request.method == "OPTIONS":
            return preflight()
        found, life = _found(archive, identifier)
        if version == "3":
            return answer(iiif.answer_2(found), iiif.CONTEXT_2, life, linked_first=True)
        return answer(iiif.answer_1(found), iiif.CONTEXT_1, life, linked_first=False)

    @routes.route(
        "/search/<any('3', '2'):version>/<identifier>/complete", methods=["GET", "OPTIONS"]
    )
    def complete(version: str, identifier: str) -> Response:
        if request.method == "OPTIONS":
            return preflight()
        letters = request.args.get("q", "")[:_LONGEST]
        found = content_search.completions(archive, identifier, letters)
        if version == "3":
            document = iiif.terms_2(found.hits, _ignored())
            return answer(document, iiif.CONTEXT_2, found.life, linked_first=True)
        own = f"{search_path(identifier, 2)}/complete?{urlencode({'q': letters})}"
        asked = [(word, urlencode({"q": word})) for word in found.hits]
        document = iiif.terms_1(identifier, own, asked)
        return answer(document, iiif.CONTEXT_1, found.life, linked_first=False)

    return routes


def _found(archive: Archive, identifier: str) -> tuple[SearchAnswer, Life]:
    text = request.args.get("q", "")[:_LONGEST]
    found = content_search.captions(archive, identifier, text)
    captions = found.hits if _about_captions() else ()
    pages = max(1, -(-len(captions) // PAGE))
    page = min(max(1, request.args.get("page", 1, int)), pages)
    given = {name: request.args[name] for name in ("q", "motivation") if name in request.args}
    answer = SearchAnswer(
        manifest_id=identifier,
        query=urlencode({name: value[:_LONGEST] for name, value in given.items()}),
        total=len(captions),
        page=page,
        captions=captions[(page - 1) * PAGE : page * PAGE],
        ignored=_ignored(),
    )
    return answer, found.life


def _about_captions() -> bool:
    """Say whether the motivations that are asked for, if any, are those of captions."""
    wanted = request.args.get("motivation", "").replace("oa:", "").split()
    return not wanted or CAPTION_MOTIVATION in wanted


def _ignored() -> tuple[str, ...]:
    return tuple(name for name in iiif.NOT_ANSWERED if name in request.args)
