"""/rights/uses: may this be used so, there, until then? Asked, answered, and kept."""

from flask import Blueprint, Response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from dam.errors import DamError
from dam.rights.agreements import Medium, UsePurpose
from dam.rights.days import local_day
from dam.rights.facts import Audience
from dam.rights.planned_use import Use
from dam.web import agreement_forms, use_pages
from dam.web import typed_fields as typed
from dam.web.choosing import named_photographs
from dam.web.problems import status_of
from dam.web.reader import actor, audience, needs
from dam.web.rendering import Renderer
from dam.workflows import desk, plan_use
from dam.workflows.archive import Archive

_MOST_PIXELS, _MOST_COPIES = 1_000_000, 100_000_000


class UseViews:
    """The views of planned uses."""

    def __init__(self, archive: Archive, render: Renderer) -> None:
        self._archive, self._render = archive, render

    def uses(self) -> Response:
        """Show the form, and what was asked before."""
        return self._page(request.args)

    def _page(self, said: MultiDict[str, str], error: DamError | None = None) -> Response:
        today = local_day(self._archive.now(), self._archive.settings.timezone)
        groups = use_pages.fields(today)
        page = use_pages.listed(
            self._render.site(),
            typed.as_typed(groups, said) if said else groups,
            plan_use.newest(self._archive),
            self._archive,
            str(error or ""),
        )
        return self._render(page, 200 if error is None else status_of(error))

    def ask_use(self) -> AnyResponse:
        """Answer a planned use, and keep question and answer."""
        form = request.form
        try:
            named = named_photographs(form, audience()).identifiers(self._archive)
            number = plan_use.ask(self._archive, named, _use(form), actor())
        except DamError as error:
            return self._page(form, error)
        return redirect(f"/rights/uses/{number}", 303)

    def use(self, number: int) -> Response:
        """Show one answer with the clauses that it rests on."""
        found = plan_use.one(self._archive, number)
        frames = desk.frames(self._archive, tuple(found.answers), audience())
        told = {one.told.photograph.id: one.told for one in frames}
        return self._render(use_pages.shown(self._render.site(), found, told, self._archive))


def _use(form: MultiDict[str, str]) -> Use:
    first = typed.day("first day", form.get("first", ""))
    if first is None:
        raise typed.BadField("Say on which day the use begins.")
    return Use(
        asker=form.get("asker", "").strip(),
        medium=typed.one_of("medium", Medium, form.get("medium", "")),
        purpose=typed.one_of("purpose", UsePurpose, form.get("purpose", "")),
        first=first,
        territories=agreement_forms.territories(form.get("territories", "")),
        last=typed.day("last day", form.get("last", "")),
        pixels=typed.whole("size", form.get("pixels", ""), _MOST_PIXELS, "pixels"),
        copies=typed.whole("number of copies", form.get("copies", ""), _MOST_COPIES, "copies"),
        changed="changed" in form,
        mining="mining" in form,
        for_others="by_us" not in form,
    )


def blueprint(archive: Archive, render: Renderer) -> Blueprint:
    """Return the routes of planned uses; every one asks for a rights manager."""
    routes = Blueprint("uses", __name__, url_prefix="/rights/uses")
    views, guarded = UseViews(archive, render), needs(Audience.RIGHTS_MANAGER)
    for rule, method, view in (
        ("", "GET", views.uses),
        ("", "POST", views.ask_use),
        ("/<int:number>", "GET", views.use),
    ):
        routes.add_url_rule(rule, view.__name__, guarded(view), methods=[method])
    return routes
