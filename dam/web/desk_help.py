"""/desk: what the desk asks while somebody types, and what it does to a frame or to several."""

from flask import Blueprint, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from dam.catalogue.frames import read_mark
from dam.errors import Malformed
from dam.rights.facts import Audience
from dam.web import pages
from dam.web.problems import wants_json
from dam.web.reader import actor, needs
from dam.web.responses import plain_json
from dam.workflows import frames, understanding
from dam.workflows.archive import Archive
from dam.workflows.frames import Applied

_LONGEST = 400
_NO_LINE = "\N{REPLACEMENT CHARACTER}"  # so that what is typed always says something new
_QUARTERS = {"right": 1, "left": 3}
_SUGGESTED = {"place": "place", "people": "people", "creator": "people", "keywords": "keywords"}


class NoSuchStep(Malformed):
    """The form asks for something that the desk cannot do."""

    def __init__(self) -> None:
        super().__init__("The desk cannot do this; go back and use its buttons.")


class HelpViews:
    """Answers while somebody types, and steps that are one key each."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def codes(self) -> AnyResponse:
        """Return every code, so that it is written out as soon as it is typed."""
        return plain_json(
            [
                {
                    "code": one.code.code,
                    "replacements": one.code.replacements,
                    "kind": one.code.kind,
                    "id": one.code.authority_id,
                    "name": one.name,
                }
                for one in understanding.all_codes(self._archive)
            ]
        )

    def suggest(self) -> AnyResponse:
        """Return what a field may go on with."""
        field = _SUGGESTED.get(request.args.get("field", ""), "keywords")
        words = request.args.get("q", "")[:_LONGEST]
        found = understanding.suggestions(self._archive, field, words)
        return plain_json([{"id": s.id, "name": s.name, "beside": s.beside} for s in found])

    def dateline(self) -> AnyResponse:
        """Return what is understood of a line of place and date."""
        found = understanding.read_dateline(self._archive, request.args.get("q", "")[:_LONGEST])
        answer = {"place": found.place, "date": found.date_text}
        return plain_json(answer | {"lines": found.lines, "missed": found.missed})

    def turn(self, photograph_id: str) -> AnyResponse:
        """Turn a picture by a quarter."""
        quarters = _QUARTERS.get(request.form.get("way", ""))
        if quarters is None:
            raise NoSuchStep
        frames.turn(self._archive, photograph_id, quarters, actor())
        return _back(photograph_id)

    def mark(self, photograph_id: str) -> AnyResponse:
        """Pick or reject a frame; an empty mark takes it away."""
        frames.mark(self._archive, photograph_id, read_mark(request.form.get("mark")), actor())
        return _back(photograph_id)

    def verso(self, photograph_id: str) -> AnyResponse:
        """Say of which photograph this one is the back; an empty one says of none."""
        recto = request.form.get("recto", "").strip().rsplit("/", 1)[-1] or None
        frames.link_back(self._archive, photograph_id, recto, actor())
        return _back(photograph_id)

    def template(self, photograph_id: str) -> AnyResponse:
        """Keep the words of a frame under a name, or fill its empty fields from such words."""
        name = request.form.get("name", "")
        if request.form.get("answer") == "keep":
            frames.keep_template(self._archive, photograph_id, name, actor())
        else:
            frames.fill_from_template(self._archive, photograph_id, name, actor())
        return _back(photograph_id)

    def fields(self, series_id: str) -> AnyResponse:
        """Set which five fields come first for the frames of a series."""
        chosen = [one for one in request.form.getlist("field") if one in pages.CAPTION_FIELDS]
        frames.choose_fields(self._archive, series_id, chosen[: pages.FIRST_FIELDS])
        return _back(request.form.get("frame", ""))

    def apply(self) -> AnyResponse:
        """Write one field to several frames."""
        name, value = request.form.get("field", ""), request.form.get("value", "")
        fields = {name: value}
        if name == "dateline":
            fields = {name: value, "dateline_was": _NO_LINE}
        found = frames.write_fields(self._archive, _chosen(), fields, actor())
        return plain_json(_applied(found))

    def undo_apply(self) -> AnyResponse:
        """Take back what was written to several frames."""
        found = frames.undo_group(self._archive, request.form.get("group", ""), actor())
        return plain_json(_applied(found))


def _chosen() -> list[str]:
    return list(dict.fromkeys(request.form.getlist("frame")))


def _applied(found: Applied) -> dict[str, object]:
    return {"group": found.group, "written": found.written, "left": found.left}


def _back(photograph_id: str) -> AnyResponse:
    if wants_json():
        return plain_json({"done": True})
    return redirect(f"/desk/p/{photograph_id}?done=saved", 303)


def blueprint(archive: Archive) -> Blueprint:
    """Return the routes that help at the desk; every one of them asks who it is."""
    routes = Blueprint("desk_help", __name__, url_prefix="/desk")
    views = HelpViews(archive)
    guarded = needs(Audience.STAFF)
    for rule, method, view in (
        ("/codes.json", "GET", views.codes),
        ("/suggest", "GET", views.suggest),
        ("/dateline", "GET", views.dateline),
        ("/p/<photograph_id>/turn", "POST", views.turn),
        ("/p/<photograph_id>/mark", "POST", views.mark),
        ("/p/<photograph_id>/verso", "POST", views.verso),
        ("/p/<photograph_id>/template", "POST", views.template),
        ("/series/<series_id>/fields", "POST", views.fields),
        ("/apply", "POST", views.apply),
        ("/apply/undo", "POST", views.undo_apply),
    ):
        routes.add_url_rule(rule, view.__name__, guarded(view), methods=[method])
    return routes
