"""/desk/templates: templates of descriptions, listed, edited, renamed and removed."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.catalogue.changes import Description, changes
from dam.catalogue.in_words import field_in_words
from dam.errors import DamError
from dam.records.templates import StoredTemplate, TemplateConflict
from dam.rights.facts import Audience
from dam.web import desk_words, pages
from dam.web.compared import compared, conflict, language_or_none, saved_by, typed
from dam.web.desk_forms import field_label, form_values, with_typed
from dam.web.desk_pages import USUAL_LANGUAGES
from dam.web.edits import edits
from dam.web.problems import status_of
from dam.web.reader import actor, needs
from dam.web.rendering import Renderer
from dam.workflows import desk_form, template_list
from dam.workflows.archive import Archive

_NOTICES = {"saved": "Saved.", "renamed": "Renamed.", "removed": "Removed."}
_NOT_WORDS = frozenset({"name"})
_SAVED_IN_PART = "Saved, but for what is marked."


class TemplateViews:
    """The views of templates."""

    def __init__(self, archive: Archive, render: Renderer) -> None:
        self._archive, self._render = archive, render

    def overview(self) -> Response:
        """Show every template."""
        return self._render(self._list())

    def _list(self, problem: str = "", name: str = "") -> pages.TemplateList:
        return pages.TemplateList(
            self._render.site(_NOTICES.get(request.args.get("done", ""))),
            tuple(map(_line, template_list.all_templates(self._archive))),
            problem,
            name,
        )

    def create(self) -> AnyResponse:
        """Make a template without words."""
        name = request.form.get("name", "")
        try:
            template_list.keep(self._archive, name, Description(), actor())
        except DamError as error:
            return self._render(self._list(str(error), name), status_of(error))
        return redirect(_url(name.strip()), 303)

    def one(self) -> Response:
        """Show one template."""
        return self._render(self._page(request.args.get("name", "")))

    def _page(self, name: str, problem: str = "") -> pages.TemplatePage:
        stored = template_list.one(self._archive, name)
        words, language = stored.template.words, self._archive.settings.archive_language
        added = language_or_none(request.args.get("add", ""))
        return pages.TemplatePage(
            site=self._render.site(_NOTICES.get(request.args.get("done", ""))),
            name=name,
            revision=stored.revision,
            texts=desk_words.texts(words, language, added),
            facts=desk_words.facts(words, language),
            edits=edits(template_list.events(self._archive, name), self._archive.settings),
            languages_to_add=USUAL_LANGUAGES,
            understood=desk_form.understood(words),
            problem=problem,
        )

    def save(self) -> AnyResponse:
        """Save the words of a template; where somebody else saved first, show both."""
        name = request.form.get("name", "")
        fields = {key: value for key, value in request.form.items() if key not in _NOT_WORDS}
        try:
            form = template_list.save_form(self._archive, name, fields, actor(), _seen())
        except TemplateConflict as error:
            return self._conflict(name, str(error))
        if form.errors:
            page = replace(with_typed(self._page(name), _typed()), errors=form.errors)
            return self._render(replace(page, problem=_SAVED_IN_PART), 422)
        return redirect(_url(name, "saved"), 303)

    def _conflict(self, name: str, problem: str) -> Response:
        """Answer with both texts; nothing is written, and nothing that was typed is lost."""
        page, mine = self._page(name, f"Nothing was saved. {problem}"), _typed()
        last = next(iter(template_list.events(self._archive, name)), None)
        changes_ = compared(mine, form_values(page), lambda key: field_label(page, key))
        saved = saved_by(last, self._archive.settings)
        both = conflict("template", _url(name), saved, changes_)
        return self._render(replace(with_typed(page, mine), conflict=both), 409)

    def rename(self) -> AnyResponse:
        """Call a template otherwise."""
        name, new_name = request.form.get("name", ""), request.form.get("new_name", "")
        try:
            template_list.rename(self._archive, name, new_name, actor(), _seen())
        except DamError as error:
            page = replace(self._page(name, str(error)), new_name=new_name)
            return self._render(page, status_of(error))
        return redirect(_url(new_name.strip(), "renamed"), 303)

    def remove(self) -> AnyResponse:
        """Remove a template."""
        name = request.form.get("name", "")
        try:
            template_list.remove(self._archive, name, actor(), _seen())
        except TemplateConflict as error:
            return self._render(self._page(name, f"It was not removed. {error}"), 409)
        return redirect("/desk/templates?done=removed", 303)


def _line(one: StoredTemplate) -> pages.TemplateLine:
    made = changes(Description(), one.template.words)
    fills = dict.fromkeys(
        f"{field_in_words(change.field)}{f' ({change.language})' if change.language else ''}"
        for change in made
    )
    return pages.TemplateLine(_url(one.template.name), one.template.name, ", ".join(fills))


def _url(name: str, done: str = "") -> str:
    asked = {"name": name} | ({"done": done} if done else {})
    return f"/desk/templates/one?{urlencode(asked)}"


def _seen() -> int:
    """Return the revision that the form was made from; where it says none, one that never is."""
    return max(request.form.get("revision", 0, int), 0) or -1


def _typed() -> dict[str, str]:
    return typed(request.form, _NOT_WORDS)


def blueprint(archive: Archive, render: Renderer) -> Blueprint:
    """Return the routes of templates; every one of them asks who it is."""
    routes = Blueprint("template_pages", __name__, url_prefix="/desk/templates")
    views, guarded = TemplateViews(archive, render), needs(Audience.STAFF)
    for rule, method, view in (
        ("", "GET", views.overview),
        ("", "POST", views.create),
        ("/one", "GET", views.one),
        ("/one", "POST", views.save),
        ("/rename", "POST", views.rename),
        ("/remove", "POST", views.remove),
    ):
        routes.add_url_rule(rule, view.__name__, guarded(view), methods=[method])
    return routes
