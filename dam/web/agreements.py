"""/rights/agreements: agreements are recorded, superseded, and spread over photographs."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.errors import DamError
from dam.rights.agreements import Agreement
from dam.rights.facts import Audience
from dam.rights.layers import BOTH, Layer
from dam.web import agreement_forms, agreement_pages, pages, typed_fields
from dam.web.choosing import named_photographs
from dam.web.problems import status_of
from dam.web.reader import actor, audience, needs
from dam.web.rendering import Renderer
from dam.workflows import agree, agreement_views, essay_import
from dam.workflows.archive import Archive
from dam.workflows.choosing import Marked

_NOTICES = {
    "recorded": "Recorded.",
    "undone": "The version before holds again.",
    "covered": "Recorded; what the public gets has changed where this says so.",
    "ended": "It covers them no more.",
}
_LAYERS = {"both": BOTH, "photograph": (Layer.PHOTOGRAPH,), "work": (Layer.WORK,)}


class AgreementViews:
    """The views of agreements."""

    def __init__(self, archive: Archive, render: Renderer) -> None:
        self._archive, self._render = archive, render

    def agreements(self) -> Response:
        """Show all agreements."""
        found = agreement_views.everything(self._archive)
        return self._render(agreement_pages.listed(self._site(), found, self._archive))

    def _site(self) -> pages.Site:
        return self._render.site(_NOTICES.get(request.args.get("done", "")))

    def new_agreement(self) -> Response:
        """Show the form of a new agreement."""
        return self._form(None, 0, agreement_forms.fields(None))

    def conclude(self) -> AnyResponse:
        """Record a new agreement; a form that cannot be read comes back as it was typed."""
        try:
            number = agree.conclude(self._archive, agreement_forms.read(request.form), actor())
        except DamError as error:
            return self._typed_form(None, 0, error)
        return redirect(f"/rights/agreements/{number}?done=recorded", 303)

    def agreement(self, number: int) -> Response:
        """Show one agreement, what it covers, and every version."""
        return self._page(number)

    def _page(self, number: int, error: DamError | None = None) -> Response:
        page = request.args.get("page", 1, int)
        found = agreement_views.view(self._archive, number, audience(), page)
        known = [one[:2] for one in essay_import.all_series(self._archive)]
        shown = agreement_pages.shown(self._site(), found, known, self._archive)
        if error is None:
            return self._render(shown)
        return self._render(agreement_pages.refused(shown, request.form, str(error)), 422)

    def edit_agreement(self, number: int) -> Response:
        """Show the form that supersedes an agreement."""
        newest = agreement_views.newest(self._archive, number)
        groups = agreement_forms.fields(newest.agreement)
        return self._form(newest.agreement, newest.version, groups)

    def supersede(self, number: int) -> AnyResponse:
        """Record another version of an agreement."""
        newest = agreement_views.newest(self._archive, number)
        seen = request.form.get("seen", 0, int)
        try:
            agreement = agreement_forms.read(request.form)
            agree.supersede(self._archive, number, agreement, actor(), seen=seen)
        except DamError as error:
            return self._typed_form(newest.agreement, seen, error)
        return redirect(f"/rights/agreements/{number}?done=recorded", 303)

    def _form(
        self,
        agreement: Agreement | None,
        seen: int,
        groups: tuple[pages.FieldGroup, ...],
        error: DamError | None = None,
    ) -> Response:
        page = agreement_pages.form(self._site(), agreement, seen, groups, error)
        return self._render(page, 200 if error is None else status_of(error))

    def _typed_form(self, agreement: Agreement | None, seen: int, error: DamError) -> Response:
        empty = agreement_forms.fields(None)
        return self._form(agreement, seen, typed_fields.as_typed(empty, request.form), error)

    def undo_agreement(self, number: int) -> AnyResponse:
        """Record once more what the agreement said before."""
        agree.undo(self._archive, number, actor(), seen=request.form.get("seen", 0, int))
        return redirect(f"/rights/agreements/{number}?done=undone", 303)

    def cover(self, number: int) -> AnyResponse:
        """Show what covering photographs would do; with ``do=cover``, do it."""
        layers = _LAYERS.get(request.form.get("layers", ""), BOTH)
        try:
            chosen = named_photographs(request.form, audience())
            named = chosen.identifiers(self._archive)
            via = "" if isinstance(chosen, Marked) else chosen.in_words
            if request.form.get("do") != "cover":
                plan = agreement_views.plan_cover(
                    self._archive, number, named, audience(), layers=layers
                )
                return self._render(agreement_pages.preview(self._site(), plan, via, request.form))
            agree.cover(self._archive, number, named, actor(), layers=layers, via=via)
        except DamError as error:
            return self._page(number, error)
        return redirect(f"/rights/agreements/{number}?done=covered", 303)

    def end_cover(self, number: int) -> AnyResponse:
        """Let the agreement cover the marked photographs no more."""
        try:
            agree.cover(self._archive, number, request.form.getlist("id"), actor(), layers=())
        except DamError as error:
            return self._page(number, error)
        return redirect(f"/rights/agreements/{number}?done=ended", 303)


def blueprint(archive: Archive, render: Renderer) -> Blueprint:
    """Return the routes of agreements; every one asks for a rights manager."""
    routes = Blueprint("agreements", __name__, url_prefix="/rights/agreements")
    views, guarded = AgreementViews(archive, render), needs(Audience.RIGHTS_MANAGER)
    for rule, method, view in (
        ("", "GET", views.agreements),
        ("", "POST", views.conclude),
        ("/new", "GET", views.new_agreement),
        ("/<int:number>", "GET", views.agreement),
        ("/<int:number>", "POST", views.supersede),
        ("/<int:number>/edit", "GET", views.edit_agreement),
        ("/<int:number>/undo", "POST", views.undo_agreement),
        ("/<int:number>/cover", "POST", views.cover),
        ("/<int:number>/end", "POST", views.end_cover),
    ):
        routes.add_url_rule(rule, view.__name__, guarded(view), methods=[method])
    return routes
