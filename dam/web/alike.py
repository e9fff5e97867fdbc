"""/desk/alike: what may be there already, side by side, and what is chosen about it."""

from dataclasses import replace

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.errors import Conflict, Malformed
from dam.records.pairs import Choice
from dam.rights.facts import Audience
from dam.web import alike_pages, pages
from dam.web.origin import Origin
from dam.web.problems import status_of, wants_json
from dam.web.reader import actor, audience, needs
from dam.web.rendering import Renderer
from dam.workflows import alike
from dam.workflows.alike import Chooser, Seen
from dam.workflows.archive import Archive

_NOTICES = {"chosen": "Done. It can be undone here.", "undone": "Undone. Both are as before."}


class NoChoice(Malformed):
    """The form names no choice."""

    def __init__(self) -> None:
        super().__init__("Choose what becomes of the two first.")


class AlikeViews:
    """The views of pairs that are alike."""

    def __init__(self, archive: Archive, render: Renderer, origin: Origin) -> None:
        self._archive, self._render, self._origin = archive, render, origin

    def overview(self) -> Response:
        """Show the pairs that wait for a choice."""
        number = request.args.get("page", 1, int)
        found = alike.waiting(self._archive, audience(), number)
        return self._render(alike_pages.alike_list(found, self._render.site(), self._origin()))

    def one(self, newer_id: str, older_id: str) -> Response:
        """Show two photographs side by side."""
        return self._render(self._page(newer_id, older_id))

    def _page(self, newer_id: str, older_id: str) -> pages.AlikePage:
        found = alike.compared(self._archive, newer_id, older_id, audience())
        site = self._render.site(_NOTICES.get(request.args.get("done", "")))
        settings = self._archive.settings
        return alike_pages.alike_page(found, site, self._origin(), settings, audience())

    def choose(self, newer_id: str, older_id: str) -> AnyResponse:
        """Do what was chosen; answer 409 with both as they are now where somebody was first."""
        seen = Seen(_number("newer_revision"), _number("older_revision"))
        try:
            alike.choose(self._archive, (newer_id, older_id), _choice(), seen, _chooser())
        except Conflict as error:
            return self._refused(newer_id, older_id, error)
        return redirect(f"{alike_pages.ADDRESS}/{newer_id}/{older_id}?done=chosen", 303)

    def undo(self, newer_id: str, older_id: str) -> AnyResponse:
        """Take a choice back."""
        try:
            alike.undo(self._archive, newer_id, older_id, _chooser())
        except Conflict as error:
            return self._refused(newer_id, older_id, error)
        return redirect(f"{alike_pages.ADDRESS}/{newer_id}/{older_id}?done=undone", 303)

    def _refused(self, newer_id: str, older_id: str, error: Conflict) -> Response:
        if wants_json():
            raise error
        page = replace(self._page(newer_id, older_id), problem=f"Nothing was done. {error}")
        return self._render(page, status_of(error))


def _chooser() -> Chooser:
    return Chooser(actor(), audience())


def _number(field: str) -> int:
    return request.form.get(field, 0, int)


def _choice() -> Choice:
    word = request.form.get("choice", "")
    if not word or word not in {one.value for one in alike.LEAST}:
        raise NoChoice
    return Choice(word)


def blueprint(archive: Archive, render: Renderer, origin: Origin) -> Blueprint:
    """Return the routes of pairs that are alike; every one of them asks who it is."""
    routes = Blueprint("alike", __name__, url_prefix=alike_pages.ADDRESS)
    views, guarded = AlikeViews(archive, render, origin), needs(Audience.STAFF)
    for rule, method, view in (
        ("", "GET", views.overview),
        ("/<newer_id>/<older_id>", "GET", views.one),
        ("/<newer_id>/<older_id>", "POST", views.choose),
        ("/<newer_id>/<older_id>/undo", "POST", views.undo),
    ):
        routes.add_url_rule(rule, view.__name__, guarded(view), methods=[method])
    return routes
