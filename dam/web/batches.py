"""/desk/batches: edit many photographs at once, look first, undo."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.catalogue.batch_edits import Action, BadInstruction, Between, Instruction
from dam.catalogue.edit_fields import NoSuchField, Target, read_target
from dam.catalogue.text import BadLanguageTag
from dam.rights.facts import Audience
from dam.web import batch_pages
from dam.web.find_pages import query_in, query_of
from dam.web.origin import Origin
from dam.web.reader import actor, audience, needs
from dam.web.rendering import Renderer
from dam.workflows import batch_edit, batch_views, edits, find
from dam.workflows.archive import Archive
from dam.workflows.choosing import Chosen, Marked, Searched
from dam.workflows.find import Query

_PIECES_AT_ONCE = 2  # a small batch is previewed at once; a job prepares a large one


class BatchViews:
    """The views of batches."""

    def __init__(self, archive: Archive, render: Renderer, origin: Origin) -> None:
        self._archive, self._render, self._origin = archive, render, origin

    def batches(self) -> Response:
        """Show all batches, newest first."""
        number = request.args.get("page", 1, int)
        found, number, count = batch_views.summaries(self._archive, number)
        site = self._render.site()
        return self._render(
            batch_pages.batch_list(site, found, number, count, self._archive.settings)
        )

    def new_batch(self) -> Response:
        """Show which photographs a search finds, and the form of what to do to them."""
        return self._form(query_of(request.args), {})

    def _form(self, query: Query, typed: dict[str, str], status: int = 200) -> Response:
        found = find.find(self._archive, audience(), query)
        typed.setdefault("language", self._archive.settings.archive_language)
        marked, site = request.form.getlist("id"), self._render.site()
        page = batch_pages.batch_form(site, found, self._origin(), typed, marked)
        return self._render(page, status)

    def propose(self) -> AnyResponse:
        """Write a batch down and show its preview; a form that says too little comes back."""
        typed = request.form.to_dict()
        try:
            instruction = _instruction(typed, self._archive.settings.archive_language)
            batch_id = batch_edit.propose(self._archive, _chosen(), instruction, actor())
        except (BadInstruction, BadLanguageTag, NoSuchField, batch_edit.Nobody) as error:
            return self._form(_asked(), typed | {"error": str(error)}, 400)
        batch_edit.plan(self._archive, batch_id, most_pieces=_PIECES_AT_ONCE)
        return redirect(f"/desk/batches/{batch_id}", 303)

    def batch(self, batch_id: str) -> Response:
        """Show the preview of a batch, how far it is, and what became of it."""
        wanted, number = request.args.get("show", ""), request.args.get("page", 1, int)
        found = batch_views.view(self._archive, batch_id, wanted, number)
        return self._render(batch_pages.batch_page(self._render.site(), found))

    def apply_batch(self, batch_id: str) -> AnyResponse:
        """Let a job apply a batch."""
        batch_edit.start(self._archive, batch_id, actor())
        return redirect(f"/desk/batches/{batch_id}", 303)

    def discard_batch(self, batch_id: str) -> AnyResponse:
        """Lay a batch aside that was not applied."""
        batch_edit.discard(self._archive, batch_id)
        return redirect("/desk/batches", 303)

    def undo_batch(self, batch_id: str) -> AnyResponse:
        """Let a job take a whole batch back."""
        back = batch_edit.undo(self._archive, batch_id, actor())
        return redirect(f"/desk/batches/{back}", 303)

    def undo_edit(self, photograph_id: str, group_id: str) -> AnyResponse:
        """Take back any one edit of a photograph."""
        edits.undo_edit(self._archive, photograph_id, group_id, actor())
        return redirect(f"/desk/p/{photograph_id}/events", 303)


def blueprint(archive: Archive, render: Renderer, origin: Origin) -> Blueprint:
    """Return the routes of batches; every one of them asks who it is."""
    routes = Blueprint("batches", __name__, url_prefix="/desk")
    views = BatchViews(archive, render, origin)
    guarded = needs(Audience.STAFF)
    for rule, method, view in (
        ("/batches", "GET", views.batches),
        ("/batches", "POST", views.propose),
        ("/batches/new", "GET", views.new_batch),
        ("/batches/<batch_id>", "GET", views.batch),
        ("/batches/<batch_id>/apply", "POST", views.apply_batch),
        ("/batches/<batch_id>/discard", "POST", views.discard_batch),
        ("/batches/<batch_id>/undo", "POST", views.undo_batch),
        ("/p/<photograph_id>/edits/<group_id>/undo", "POST", views.undo_edit),
    ):
        routes.add_url_rule(rule, view.__name__, guarded(view), methods=[method])
    return routes


def _asked() -> Query:
    """Return the search that the form was made from; its address came along."""
    return query_in(request.form.get("asked", ""))


def _chosen() -> Chosen:
    if request.form.get("which") == "list":
        return Searched(_asked(), audience())
    return Marked(tuple(request.form.getlist("id")))


def _instruction(typed: dict[str, str], language: str) -> Instruction:
    action = next((one for one in Action if one.value == typed.get("action")), None)
    if action is None:
        raise BadInstruction("Choose what is to be done.")
    between = next((one for one in Between if one.value == typed.get("between")), Between.SPACE)
    return Instruction(
        action=action,
        target=_target(typed, "field", "language", language),
        words=typed.get("words", ""),
        find=typed.get("find", ""),
        whole_words="whole_words" in typed,
        match_case="any_case" not in typed,
        between=between,
        source=_target(typed, "source", "source_language", language)
        if action is Action.COPY
        else None,
        only_empty="only_empty" in typed,
    )


def _target(typed: dict[str, str], name: str, tag: str, language: str) -> Target:
    """Return the field of a form; a language counts where the field has languages."""
    field, written = typed.get(name, ""), typed.get(tag, "").strip()
    target = read_target(field, language)
    if not written or not target.field.may_name_language:
        return target
    return read_target(f"{field}@{written}", language)
