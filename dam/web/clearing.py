"""/rights: rights managers record statements, restrictions and decisions; withdraw, reinstate."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.errors import DamError
from dam.records.desk import Waiting
from dam.records.register import RecordKind
from dam.rights.facts import Audience
from dam.web import clearing_forms, clearing_pages
from dam.web.origin import Origin
from dam.web.public import asked_audience, asked_day, explanation
from dam.web.reader import actor, audience, needs
from dam.web.rendering import Renderer
from dam.workflows import clear, desk, find
from dam.workflows.archive import Archive
from dam.workflows.desk import DeskList

_CONFIRM_SHOWING = (
    "You are about to show this photograph to the public without evidence of rights, in your name."
)


class ClearingViews:
    """The views of the rights desk."""

    def __init__(self, archive: Archive, render: Renderer, origin: Origin) -> None:
        self._archive, self._render, self._origin = archive, render, origin

    def overview(self) -> Response:
        """Show every photograph with its statement and what the public gets."""
        number = request.args.get("page", 1, int)
        search = request.args.get("q", "")[:200]
        found = self._found(search, number)
        today = self._archive.now().astimezone(self._archive.settings.timezone)
        return self._render(
            clearing_pages.rights_list(found, self._render.site(), self._origin(), search, today)
        )

    def _found(self, search: str, number: int) -> DeskList:
        if not search.strip():
            return desk.desk_list(self._archive, audience(), Waiting.ALL, number)
        hits = find.find(self._archive, audience(), find.Query(search), number)
        return DeskList(hits.frames, (), {}, hits.count, hits.number, hits.pages)

    def one(self, photograph_id: str) -> Response:
        """Show the decision about one photograph, why, and the form that changes it."""
        return self._page(photograph_id)

    def _page(
        self, photograph_id: str, errors: tuple[str, ...] = (), warning: str | None = None
    ) -> Response:
        told = desk.one(self._archive, photograph_id, audience())
        facts, history = clear.facts_and_history(self._archive, photograph_id)
        on = asked_day()
        page = clearing_pages.rights_desk(
            told,
            facts,
            history,
            site=self._render.site("Recorded." if request.args.get("done") else None),
            origin=self._origin(),
            public=explanation(self._archive, photograph_id, asked_audience(), on),
            staff=explanation(self._archive, photograph_id, Audience.STAFF, on),
            review=clear.review_day(self._archive),
            timezone=self._archive.settings.timezone,
            errors=errors,
            warning=warning,
        )
        if errors or warning:
            return self._render(clearing_forms.with_typed(page, request.form), 422)
        return self._render(page)

    def record(self, photograph_id: str) -> AnyResponse:
        """Record what the form says differently; a showing without evidence is confirmed first."""
        facts, history = clear.facts_and_history(self._archive, photograph_id)
        seen = request.form.get("revision", 0, int)
        if seen != (history[0].id if history else 0):
            raise clear.RecordedMeanwhile
        try:
            records = clearing_forms.records(request.form, facts, clear.review_day(self._archive))
        except DamError as error:
            return self._page(photograph_id, errors=(str(error),))
        shows = any(new.kind is RecordKind.SHOWING and new.holds for new in records)
        if shows and "confirmed" not in request.form:
            return self._page(photograph_id, warning=_CONFIRM_SHOWING)
        if records:
            clear.record(self._archive, photograph_id, records, actor(), seen=seen)
        return redirect(f"/rights/p/{photograph_id}?done=1", 303)

    def withdraw(self, photograph_id: str) -> AnyResponse:
        """Withdraw: no pixel leaves any more when this answers."""
        clear.withdraw(self._archive, photograph_id, request.form.get("reason", ""), actor())
        return redirect(f"/rights/p/{photograph_id}?done=1", 303)

    def reinstate(self, photograph_id: str) -> AnyResponse:
        """Bring a withdrawn photograph back to what its records allow."""
        clear.reinstate(self._archive, photograph_id, request.form.get("reason", ""), actor())
        return redirect(f"/rights/p/{photograph_id}?done=1", 303)


def blueprint(archive: Archive, render: Renderer, origin: Origin) -> Blueprint:
    """Return the routes of the rights desk; every one asks for a rights manager."""
    routes = Blueprint("clearing", __name__, url_prefix="/rights")
    views = ClearingViews(archive, render, origin)
    guarded = needs(Audience.RIGHTS_MANAGER)
    for rule, method, view in (
        ("/", "GET", views.overview),
        ("/p/<photograph_id>", "GET", views.one),
        ("/p/<photograph_id>", "POST", views.record),
        ("/p/<photograph_id>/withdraw", "POST", views.withdraw),
        ("/p/<photograph_id>/reinstate", "POST", views.reinstate),
    ):
        routes.add_url_rule(rule, view.__name__, guarded(view), methods=[method])
    return routes
