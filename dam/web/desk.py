"""/desk: staff upload, describe, undo, publish."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.errors import Malformed
from dam.records.catalogue import RevisionConflict
from dam.records.desk import Waiting
from dam.rights.facts import Audience
from dam.web import alike_pages, desk_forms, desk_pages, pages
from dam.web.compared import language_or_none, saved_by, typed
from dam.web.dates import clock_in_words
from dam.web.form_uploads import FormUploads
from dam.web.origin import Origin
from dam.web.problems import status_of, wants_json
from dam.web.reader import actor, audience, needs
from dam.web.rendering import Renderer
from dam.web.responses import plain_json
from dam.workflows import (
    alike,
    describe,
    desk,
    desk_form,
    names,
    release,
    review,
    template_list,
    understanding,
)
from dam.workflows.archive import Archive
from dam.workflows.edits import Saved
from dam.workflows.release import NotReady


class DeskViews:
    """The views of the desk."""

    def __init__(self, archive: Archive, render: Renderer, origin: Origin) -> None:
        self._archive, self._render, self._origin = archive, render, origin

    def overview(self) -> AnyResponse:
        """Show upload, what was refused, and the photographs with their states."""
        if "q" in request.args:
            return redirect("/desk/find?" + urlencode({"q": request.args["q"]}))
        waiting = _waiting(request.args.get("state", ""))
        number = request.args.get("page", 1, int)
        found = desk.desk_list(self._archive, audience(), waiting, number)
        notice = _NOTICES.get(request.args.get("done", ""))
        page = desk_pages.desk_page(found, self._render.site(notice), self._origin(), waiting)
        pairs = alike.waiting(self._archive, audience(), most=_PAIRS)
        here = request.args.getlist("here")[:_MOST_HERE]
        return self._render(
            replace(
                page,
                here=tuple(
                    desk_pages.desk_frame(one, self._origin())
                    for one in desk.frames(self._archive, here, audience())
                ),
                alike=tuple(alike_pages.pair_row(one, self._origin()) for one in pairs.pairs),
                alike_count=alike_pages.count_in_words(pairs.count),
            )
        )

    def caption(self, photograph_id: str) -> Response:
        """Show one photograph with the form of its words."""
        return self._render(self._caption_page(photograph_id))

    def _caption_page(self, photograph_id: str, notice: str | None = None) -> pages.CaptionDesk:
        view = desk.caption_view(self._archive, photograph_id, audience())
        return desk_pages.caption_desk(
            view,
            self._render.site(notice or _NOTICES.get(request.args.get("done", ""))),
            self._origin(),
            self._archive.settings,
            desk_pages.Editing(
                added_language=language_or_none(request.args.get("add", "")),
                saved=desk.last_saved(self._archive, photograph_id),
                undo=describe.last_edit_in_words(self._archive, photograph_id),
                repairs=describe.open_repairs(self._archive, photograph_id),
                claims=desk.claims(self._archive, photograph_id),
                work=review.work(self._archive, photograph_id),
                templates=tuple(
                    one.template.name for one in template_list.all_templates(self._archive)
                ),
                alike=alike_pages.links(
                    alike.of_photograph(self._archive, photograph_id), photograph_id
                ),
                named=names.named_by(self._archive, view.frame.told.photograph.description),
                understood=understanding.understanding(
                    self._archive, view.frame.told.photograph.description
                ),
            ),
        )

    def save(self, photograph_id: str) -> AnyResponse:
        """Save the words; answer 409 with both texts where somebody else saved first."""
        before = describe.on_the_desk(self._archive, photograph_id)
        fields = {name: value for name, value in request.form.items() if name not in _NOT_FIELDS}
        form = desk_form.read_form(
            fields, before.description, self._archive.settings.archive_language
        )
        revision = _revision()
        words = desk_form.with_chosen(form.description, self._chosen())
        try:
            saved = describe.describe(self._archive, photograph_id, revision, words, actor())
        except RevisionConflict:
            return self._conflict(photograph_id)
        if wants_json():
            return plain_json(self._saved(photograph_id, saved) | {"errors": form.errors})
        if form.errors:
            page = self._caption_page(photograph_id, _SAVED_IN_PART)
            return self._render(desk_forms.with_errors(page, _typed(), form.errors), 422)
        return redirect(self._after_saving(photograph_id), 303)

    def _chosen(self) -> dict[tuple[str, str], str]:
        """Return the records that were chosen for names, those that there are."""
        chosen = desk_forms.chosen_links(request.form.get("links", ""))
        acting = understanding.acting(self._archive, set(chosen.values()))
        return {words: record for words, record in chosen.items() if record in acting}

    def _saved(self, photograph_id: str, saved: Saved) -> dict[str, object]:
        """Return what a program is told of a frame that was saved."""
        frame = desk.frame(self._archive, photograph_id, audience())
        words = frame.told.photograph.description
        language = self._archive.settings.archive_language
        state, _ = desk_pages.state(frame)
        return {
            "revision": saved.revision,
            "saved_at": clock_in_words(saved.at, self._archive.settings.timezone),
            "understood": understanding.understanding(self._archive, words),
            "state": {"words": state.value, "symbol": state.symbol, "tone": state.tone},
            "lines": {
                "dateline": desk_form.dateline_of(words, language),
                "place": desk_form.place_of(words, language),
                "date": words.date_text or "",
            },
        }

    def _after_saving(self, photograph_id: str) -> str:
        if "done" in request.form:
            view = desk.caption_view(self._archive, photograph_id, audience())
            following = view.next_without_caption_id or view.next_id
            if following is not None:
                return f"/desk/p/{following}?done=saved"
        return f"/desk/p/{photograph_id}?done=saved"

    def _conflict(self, photograph_id: str) -> AnyResponse:
        """Answer with both texts; nothing is written, and nothing that was typed is lost."""
        theirs = desk_forms.form_values(self._caption_page(photograph_id))
        saved = saved_by(desk.last_saved(self._archive, photograph_id), self._archive.settings)
        page = self._caption_page(photograph_id)
        if wants_json():
            answer = {
                "theirs": theirs,
                "revision": page.revision,
                "editor": saved[0],
                "saved_at": saved[1],
                "detail": "Somebody else saved this photograph in the meantime.",
            }
            return plain_json(answer, 409)
        return self._render(desk_forms.with_conflict(page, _typed(), theirs, saved), 409)

    def undo(self, photograph_id: str) -> AnyResponse:
        """Take back the newest edit."""
        describe.undo(self._archive, photograph_id, actor())
        if wants_json():
            return plain_json(desk_forms.form_values(self._caption_page(photograph_id)))
        return redirect(f"/desk/p/{photograph_id}?done=undone", 303)

    def repair(self, photograph_id: str, number: int) -> AnyResponse:
        """Accept a proposed repair, or keep the text as it is."""
        accept = request.form.get("answer") == "accept"
        describe.settle(self._archive, photograph_id, number, accept=accept, by=actor())
        return redirect(f"/desk/p/{photograph_id}?done=saved", 303)

    def names(self, photograph_id: str) -> AnyResponse:
        """Make an authority record of each name of a photograph that has none."""
        left = describe.file_names(self._archive, photograph_id, actor())
        if wants_json():
            return plain_json({"left": [name.words for name in left]})
        return redirect(f"/desk/p/{photograph_id}?done={'left' if left else 'saved'}", 303)

    def captions(self, photograph_id: str) -> AnyResponse:
        """Keep, prefer or remove a caption beside the preferred one."""
        answer = request.form.get("answer", "")
        if answer == "keep":
            try:
                caption = desk_forms.caption_of(request.form)
                describe.keep_caption(self._archive, photograph_id, caption, actor())
            except Malformed as error:
                page = self._caption_page(photograph_id)
                page = desk_forms.with_typed_caption(page, request.form, str(error))
                return self._render(page, status_of(error))
        else:
            number, revision = request.form.get("number", -1, int), _revision()
            choose = describe.prefer if answer == "prefer" else describe.remove_caption
            choose(self._archive, photograph_id, number, actor(), revision=revision)
        return redirect(f"/desk/p/{photograph_id}?done=saved", 303)

    def publish(self, photograph_id: str) -> AnyResponse:
        """Publish one photograph, by the decision of whoever presses the button."""
        reason = request.form.get("all_the_same", "")
        try:
            release.release(self._archive, photograph_id, actor(), all_the_same=reason)
        except NotReady as error:
            if wants_json():
                raise
            return self._render(self._caption_page(photograph_id, str(error)), 409)
        return redirect(f"/desk/p/{photograph_id}?done=published", 303)

    def events(self, photograph_id: str) -> Response:
        """Show what was done to a photograph, by whom and when."""
        found = desk.events(self._archive, photograph_id)
        heading = self._caption_page(photograph_id).heading
        return self._render(
            desk_pages.event_list(
                self._render.site(), photograph_id, heading, found, self._archive.settings
            )
        )


def blueprint(archive: Archive, render: Renderer, origin: Origin) -> Blueprint:
    """Return the routes of the desk; every one of them asks who it is."""
    routes = Blueprint("desk", __name__, url_prefix="/desk")
    views, uploads = DeskViews(archive, render, origin), FormUploads(archive)
    guarded = needs(Audience.STAFF)
    for rule, method, view in (
        ("/", "GET", views.overview),
        ("/upload", "POST", uploads.upload),
        ("/refused/<refused_id>/retry", "POST", uploads.retry),
        ("/p/<photograph_id>", "GET", views.caption),
        ("/p/<photograph_id>", "POST", views.save),
        ("/p/<photograph_id>/undo", "POST", views.undo),
        ("/p/<photograph_id>/repairs/<int:number>", "POST", views.repair),
        ("/p/<photograph_id>/names", "POST", views.names),
        ("/p/<photograph_id>/captions", "POST", views.captions),
        ("/p/<photograph_id>/publish", "POST", views.publish),
        ("/p/<photograph_id>/events", "GET", views.events),
    ):
        routes.add_url_rule(rule, view.__name__, guarded(view), methods=[method])
    return routes


_PAIRS = 4  # shown on the page of the desk
_MOST_HERE = 20
_SAVED_IN_PART = "Saved, but for what is marked."
_NOT_FIELDS = frozenset({"csrf_token", "revision", "done", "save", "links"})
_NOTICES = {
    "added": "Taken in. The tiles are being made; words can be written already.",
    "refused": "Some files were not taken in; see why below. The others went in.",
    "here": "Nothing was added; it was here already.",
    "saved": "Saved.",
    "undone": "Undone.",
    "published": "Published.",
    "review": "In review.",
    "draft": "Back to draft.",
    "sensitive": "Marked as sensitive. The public sees no picture until it is reviewed.",
    "left": "Saved. Some names are those of several records; choose which is meant.",
}


def _waiting(word: str) -> Waiting:
    return next((one for one in Waiting if one.value == word), Waiting.ALL)


def _revision() -> int:
    return request.form.get("revision", 0, int)


def _typed() -> dict[str, str]:
    return typed(request.form, _NOT_FIELDS | {"dateline_was"})
