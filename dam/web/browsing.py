"""The front page, and browsing by series, photographer, person, place and decade."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.web import browse_pages
from dam.web.name_links import way_path
from dam.web.origin import Origin
from dam.web.rendering import Renderer
from dam.workflows import way_pages, ways
from dam.workflows.archive import Archive
from dam.workflows.front import front
from dam.workflows.ways import Way

_LONGEST_VALUE = 40


def blueprint(archive: Archive, render: Renderer, origin: Origin) -> Blueprint:
    """Return the routes of browsing; they show what the public may find, whoever reads."""
    routes = Blueprint("browsing", __name__)

    @routes.get("/")
    def entrance() -> AnyResponse:
        # The list of all photographs stood here once, and its pages are linked to.
        if "page" in request.args:
            return redirect(f"/photographs?{request.query_string.decode('latin-1')}", 301)
        page = browse_pages.front_page(front(archive), archive.settings, render.site(), origin())
        return render(page)

    def every(way: Way) -> Response:
        after = request.args.get("after", "")[:_LONGEST_VALUE]
        found = ways.entries(archive, way, after)
        page = browse_pages.way_list(way, found, render.site(), origin(), first=not after)
        return render(page)

    def one(way: Way, value: str) -> AnyResponse:
        view = way_pages.view(archive, way, value, request.args.get("page", 1, int))
        if view.moved_to:
            return redirect(way_path(way, view.moved_to), 301)
        return render(browse_pages.way_page(view, render.site(), origin()))

    for way in Way:
        routes.add_url_rule(f"/{way.value}", f"all_{way.value}", every, defaults={"way": way})
        if way is not Way.SERIES:
            path = f"/{way.value}/<value>"
            routes.add_url_rule(path, f"one_{way.value}", one, defaults={"way": way})
    return routes
