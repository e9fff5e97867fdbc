"""/activity: the stream of what was published, by Change Discovery API 1.0."""

from flask import Blueprint, Response, request

from dam.iiif.change_discovery import CONTEXT
from dam.iiif.presentation import fill_origin
from dam.web.iiif import preflight
from dam.web.origin import Origin
from dam.web.responses import iiif_json
from dam.workflows import discover
from dam.workflows.archive import Archive

_SECONDS = 60


def blueprint(archive: Archive, origin: Origin) -> Blueprint:
    """Return the routes of the stream; nothing of it is kept here, so each answer is decided."""
    routes = Blueprint("discovery", __name__)

    def answer(text: str) -> Response:
        return iiif_json(fill_origin(text, origin()), CONTEXT, max_age=_SECONDS)

    @routes.route("/activity/collection.json", methods=["GET", "OPTIONS"])
    def whole() -> Response:
        return preflight() if request.method == "OPTIONS" else answer(discover.whole(archive))

    @routes.route("/activity/page-<int:page>.json", methods=["GET", "OPTIONS"])
    def one_page(page: int) -> Response:
        if request.method == "OPTIONS":
            return preflight()
        return answer(discover.page(archive, page))

    return routes
