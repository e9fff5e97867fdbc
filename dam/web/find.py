"""/desk/find and /search: photographs found by words and narrowed by what they have in common."""

from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.rights.facts import Audience
from dam.web import alike_pages, desk_pages, find_pages, pages, public_pages
from dam.web.origin import Origin
from dam.web.reader import actor, audience, needs
from dam.web.rendering import Renderer
from dam.workflows import alike, find, saved_searches, work_lists
from dam.workflows.archive import Archive


def blueprint(archive: Archive, render: Renderer, origin: Origin) -> Blueprint:
    """Return the routes of finding; the public's is the same for everybody."""
    routes = Blueprint("find", __name__)
    staff = needs(Audience.STAFF)

    @routes.get("/search")
    def search() -> Response:
        query, number = find_pages.query_of(request.args), _number()
        found = find.find(archive, Audience.PUBLIC, query, number)
        return render(
            pages.PublicSearch(
                site=render.site(),
                results=find_pages.results(found, "/search"),
                photographs=tuple(public_pages.listed(one, origin()) for one in found.told),
            )
        )

    def desk_find() -> Response:
        query, number = find_pages.query_of(request.args), _number()
        found = find.find(archive, audience(), query, number)
        return render(
            pages.DeskFind(
                site=render.site(),
                results=find_pages.results(found, "/desk/find"),
                frames=tuple(desk_pages.desk_frame(one, origin()) for one in found.frames),
                work_lists=(
                    *find_pages.work_lists(work_lists.work_lists(archive)),
                    _alike(archive),
                ),
                saved=find_pages.saved(saved_searches.seen_by(archive, actor()), actor()),
                asked=urlencode(find_pages.fields(query)),
            )
        )

    def keep() -> AnyResponse:
        # What is kept is what was understood, so that its address cannot lead elsewhere.
        asked = find_pages.query_in(request.form.get("asked", ""))
        kept = urlencode(find_pages.fields(asked))
        name, shared = request.form.get("name", ""), "shared" in request.form
        saved_searches.keep(archive, name, kept, actor(), shared=shared)
        return redirect(f"/desk/find?{kept}", 303)

    def remove(search_id: str) -> AnyResponse:
        saved_searches.forget(archive, search_id, actor())
        return redirect("/desk/find", 303)

    routes.add_url_rule("/desk/find", "desk_find", staff(desk_find), methods=["GET"])
    routes.add_url_rule("/desk/find/searches", "keep", staff(keep), methods=["POST"])
    routes.add_url_rule(
        "/desk/find/searches/<search_id>/remove", "remove", staff(remove), methods=["POST"]
    )
    return routes


def _alike(archive: Archive) -> pages.WorkList:
    count = alike_pages.count_in_words(alike.count(archive))
    return pages.WorkList("May be there already", alike_pages.ADDRESS, count)


def _number() -> int:
    return request.args.get("page", 1, int)
