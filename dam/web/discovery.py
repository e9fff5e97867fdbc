"""/activity: the stream of what was published, by Change Discovery API 1.0."""

from flask import Blueprint, Response, request

from dam.iiif.change_discovery import CONTEXT
from dam.iiif.presentation import fill_origin
from dam.web.iiif import preflight
from dam.web.origin import Origin
from dam.web.responses import iiif_json
from dam.workflows import discover
from dam.workflows.archive import Archive
from dam.workflows.manifests import Document


def blueprint(archive: Archive, origin: Origin) -> Blueprint:
    """Return the routes of the stream; nothing of it is kept here, so each answer is decided."""
    routes = Blueprint("discovery", __name__)

    def answer(document: Document) -> Response:
        max_age = document.life.seconds_at(archive.now())
        return iiif_json(fill_origin(document.text, origin()), CONTEXT, max_age=max_age)

    @routes.route("/activity/collection.json", methods=["GET", "OPTIONS"])
    def whole() -> Response:
        return preflight() if request.method == "OPTIONS" else answer(discover.whole(archive))

    @routes.route("/activity/page-<int:page>.json", methods=["GET", "OPTIONS"])
    def one_page(page: int) -> Response:
        if request.method == "OPTIONS":
            return preflight()
        return answer(discover.page(archive, page))

    return routes
