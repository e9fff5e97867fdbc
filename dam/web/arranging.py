"""/desk/series: words of series, what must be shown with them, the order of frames."""

import re
from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.catalogue.fields import SeriesField
from dam.catalogue.series_words import SeriesDescription, SeriesText
from dam.catalogue.text import clean, language_tag
from dam.catalogue.typed import read_notices, typed_notices
from dam.errors import DamError, Malformed
from dam.records.series import SeriesConflict
from dam.rights.facts import Audience
from dam.web import desk_pages, pages
from dam.web.compared import compared, conflict, language_or_none, saved_by, typed
from dam.web.edits import edits, identifiers
from dam.web.origin import Origin
from dam.web.problems import status_of
from dam.web.reader import actor, audience, needs
from dam.web.rendering import Renderer
from dam.workflows import arrange, desk, essay_import, series_desk
from dam.workflows.archive import Archive

_FIELDS = {
    "title": SeriesField.SERIES_TITLE,
    "other": SeriesField.OTHER_TITLES,
    "introduction": SeriesField.INTRODUCTION,
}
_ATTRIBUTES = {"title": "title", "other": "other_titles", "introduction": "introduction"}
_LABELS = {
    "title": "Title",
    "other": "Other titles",
    "introduction": "Introduction",
    "notices": "Must be shown",
}
_NOTICES = {"saved": "Saved.", "undone": "Undone.", "moved": "The order was saved."}
_IDENTIFIER = re.compile(r"(?:.*/)?([0-9a-z]{1,64})/?")


class BadNotices(Malformed):
    """A line of what must be shown cannot be read."""


class SeriesViews:
    """The views of series for staff."""

    def __init__(self, archive: Archive, render: Renderer, origin: Origin) -> None:
        self._archive, self._render, self._origin = archive, render, origin

    def overview(self) -> Response:
        """Show every series."""
        return self._render(self._list())

    def _list(self, problem: str = "", typed_title: str = "") -> pages.SeriesList:
        return pages.SeriesList(
            self._render.site(),
            tuple(
                pages.SeriesRow(f"/desk/series/{one}", title, len(frames))
                for one, title, frames in essay_import.all_series(self._archive)
            ),
            problem,
            typed_title,
        )

    def create(self) -> AnyResponse:
        """Make a series."""
        title = request.form.get("title", "")
        try:
            made = series_desk.create(self._archive, title, actor())
        except DamError as error:
            return self._render(self._list(str(error), title), status_of(error))
        return redirect(f"/desk/series/{made}?done=saved", 303)

    def one(self, series_id: str) -> Response:
        """Show one series."""
        return self._render(self._page(series_id))

    def _page(self, series_id: str, problem: str = "") -> pages.SeriesDesk:
        found = series_desk.view(self._archive, series_id, audience())
        words = found.series.description
        known = [one for one in identifiers(found.events) if re.fullmatch("[0-9a-z]{1,64}", one)]
        named = desk.frames(self._archive, known, audience())
        shown = [desk_pages.desk_frame(one, self._origin()) for one in named]
        return pages.SeriesDesk(
            site=self._render.site(_NOTICES.get(request.args.get("done", ""))),
            id=series_id,
            heading=found.series.title,
            revision=found.series.revision,
            texts=_texts(words, language_or_none(request.args.get("add", ""))),
            notices=typed_notices(words.notices),
            frames=tuple(desk_pages.desk_frame(one, self._origin()) for one in found.frames),
            edits=edits(found.events, self._archive.settings, {one.id: one.title for one in shown}),
            may_undo=any(event.verb == "edited" for event in found.events),
            problem=problem,
        )

    def save(self, series_id: str) -> AnyResponse:
        """Save the words of a series, and what must be shown with it."""
        before = series_desk.view(self._archive, series_id, audience()).series.description
        try:
            after = _read(before)
            arrange.arrange(self._archive, series_id, _revision(), after, actor())
        except SeriesConflict as error:
            return self._conflict(series_id, error)
        except DamError as error:
            page = self._page(series_id, f"Nothing was saved. {error}")
            page = replace(_with_typed(page, _words()), revision=_revision())
            return self._render(page, status_of(error))
        return redirect(f"/desk/series/{series_id}?done=saved", 303)

    def _conflict(self, series_id: str, error: SeriesConflict) -> Response:
        """Answer with both texts; nothing is written, and nothing that was typed is lost."""
        page = self._page(series_id, f"Nothing was saved. {error}")
        last = series_desk.view(self._archive, series_id, audience()).events[:1]
        saved = saved_by(next(iter(last), None), self._archive.settings)
        words = _words()
        changes = compared(words, _form_values(page), _label)
        both = conflict("series", f"/desk/series/{series_id}", saved, changes)
        return self._render(replace(_with_typed(page, words), conflict=both), 409)

    def frames(self, series_id: str) -> AnyResponse:
        """Move, add or remove one frame."""
        try:
            self._arrange(series_id)
        except DamError as error:
            return self._refused(series_id, error)
        return redirect(f"/desk/series/{series_id}?done=moved#frames", 303)

    def _arrange(self, series_id: str) -> None:
        do, position = request.form.get("do", ""), request.form.get("position", 1, int)
        found = _IDENTIFIER.fullmatch(request.form.get("photograph", "").strip())
        one, seen, by = found[1] if found else "", _revision(), actor()
        if do == "remove":
            series_desk.remove(self._archive, series_id, seen, one, by)
        elif do == "add":
            series_desk.add(self._archive, series_id, seen, one, by)
        else:
            here = request.form.get("here", 1, int)
            wanted = {"up": here - 1, "down": here + 1}.get(do, position)
            series_desk.move(self._archive, series_id, seen, one, wanted, by)

    def _refused(self, series_id: str, error: DamError) -> Response:
        page = self._page(series_id, f"Nothing was saved. {error}")
        if request.form.get("do") == "add":
            page = replace(page, photograph=request.form.get("photograph", ""))
        return self._render(page, status_of(error))

    def undo(self, series_id: str) -> AnyResponse:
        """Take back the newest edit of a series."""
        arrange.undo(self._archive, series_id, actor())
        return redirect(f"/desk/series/{series_id}?done=undone", 303)


def _texts(words: SeriesDescription, added: str) -> tuple[pages.SeriesTexts, ...]:
    by_key = {(text.field, text.language): text.value for text in words.texts}
    tags = dict.fromkeys([words.language, *(text.language for text in words.texts), added])
    return tuple(
        pages.SeriesTexts(
            tag,
            by_key.get((SeriesField.SERIES_TITLE, tag), ""),
            by_key.get((SeriesField.OTHER_TITLES, tag), ""),
            by_key.get((SeriesField.INTRODUCTION, tag), ""),
        )
        for tag in tags
        if tag
    )


def _words() -> dict[str, str]:
    """Return what was typed into the fields that there are."""
    words = typed(request.form)
    return {name: text for name, text in words.items() if name.partition("@")[0] in _LABELS}


def _form_values(page: pages.SeriesDesk) -> dict[str, str]:
    """Return the fields of the form with what is stored, by their names in the form."""
    values = {
        f"{name}@{text.language}": getattr(text, attribute)
        for text in page.texts
        for name, attribute in _ATTRIBUTES.items()
    }
    return values | {"notices": page.notices}


def _with_typed(page: pages.SeriesDesk, words: Mapping[str, str]) -> pages.SeriesDesk:
    """Return the page with what was typed in its form, in each language that it is in."""
    stored = {text.language: text for text in page.texts}
    languages = dict.fromkeys([*stored, *(name.partition("@")[2] for name in words if "@" in name)])
    texts = tuple(
        replace(
            stored.get(tag, pages.SeriesTexts(tag)),
            **{
                attribute: words[f"{name}@{tag}"]
                for name, attribute in _ATTRIBUTES.items()
                if f"{name}@{tag}" in words
            },
        )
        for tag in languages
    )
    return replace(page, texts=texts, notices=words.get("notices", page.notices))


def _label(name: str) -> str:
    field, _, tag = name.partition("@")
    return f"{_LABELS[field]} ({pages.SeriesTexts(tag).name})" if tag else _LABELS[field]


def _read(before: SeriesDescription) -> SeriesDescription:
    """Return the series as the form has it; what the form does not show stays."""
    texts = {(text.field, text.language): text.value for text in before.texts}
    for name, value in request.form.items():
        field, at, tag = name.partition("@")
        if at and field in _FIELDS:
            multiline = field != "title"
            texts[_FIELDS[field], language_tag(tag)] = clean(value, multiline=multiline)
    errors: dict[str, str] = {}
    notices = read_notices(request.form, before.notices, errors)
    if errors:
        raise BadNotices(errors["notices"])
    written = tuple(SeriesText(field, tag, value) for (field, tag), value in texts.items())
    return replace(before, texts=written, notices=notices)


def _revision() -> int:
    return request.form.get("revision", 0, int)


def blueprint(archive: Archive, render: Renderer, origin: Origin) -> Blueprint:
    """Return the routes of series for staff; every one of them asks who it is."""
    routes = Blueprint("arranging", __name__, url_prefix="/desk/series")
    views, guarded = SeriesViews(archive, render, origin), needs(Audience.STAFF)
    for rule, method, view in (
        ("", "GET", views.overview),
        ("", "POST", views.create),
        ("/<series_id>", "GET", views.one),
        ("/<series_id>", "POST", views.save),
        ("/<series_id>/frames", "POST", views.frames),
        ("/<series_id>/undo", "POST", views.undo),
    ):
        routes.add_url_rule(rule, view.__name__, guarded(view), methods=[method])
    return routes
