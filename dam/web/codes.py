"""/desk/codes: code replacements, one at a time and by file."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.catalogue.codes import Code
from dam.errors import DamError, Malformed
from dam.metadata.charset import charset_of
from dam.rights.facts import Audience
from dam.web import pages
from dam.web.problems import status_of
from dam.web.reader import actor, needs
from dam.web.rendering import Renderer
from dam.workflows import code_list
from dam.workflows.archive import Archive

_NOTICES = {"saved": "Saved.", "removed": "Removed.", "read": "The file was read."}


class NoFile(Malformed):
    """No file of codes was sent."""

    def __init__(self) -> None:
        super().__init__("Choose a tab-separated file of codes first.")


class CodeViews:
    """The views of code replacements."""

    def __init__(self, archive: Archive, render: Renderer) -> None:
        self._archive, self._render = archive, render

    def overview(self) -> Response:
        """Show all codes."""
        return self._render(self._page())

    def _page(self, problem: str = "") -> pages.CodePage:
        return pages.CodePage(
            site=self._render.site(_NOTICES.get(request.args.get("done", ""))),
            rows=tuple(map(_row, code_list.all_codes(self._archive))),
            problem=problem,
        )

    def put(self) -> AnyResponse:
        """Write one code."""
        code, words = request.form.get("code", "").strip(), request.form.get("stands_for", "")
        try:
            code_list.put(self._archive, code, words, actor())
        except DamError as error:
            return self._render(self._page(str(error)), status_of(error))
        return redirect("/desk/codes?done=saved", 303)

    def remove(self) -> AnyResponse:
        """Remove one code."""
        code_list.remove(self._archive, request.form.get("code", ""), actor())
        return redirect("/desk/codes?done=removed", 303)

    def file(self) -> AnyResponse:
        """Show what a file of codes would change, or write it."""
        text = request.form.get("text", "")
        sent = request.files.get("file")
        if sent is not None and sent.filename:
            content = sent.stream.read().removeprefix(b"\xef\xbb\xbf")
            text = charset_of([content]).text(content)
        if not text.strip():
            return self._render(self._page(str(NoFile())), status_of(NoFile()))
        if request.form.get("do") == "read":
            code_list.read_file(self._archive, text, actor())
            return redirect("/desk/codes?done=read", 303)
        found = code_list.try_file(self._archive, text)
        changes = [("new", found.added), ("changed", found.changed)]
        page = pages.CodePage(
            site=self._render.site(),
            rows=tuple(map(_row, code_list.all_codes(self._archive))),
            tried=text,
            changes=tuple(_row(one, what) for what, some in changes for one in some),
            same=found.same,
            bad=tuple(f"Line {one.line}: {one.sentence}" for one in found.bad),
        )
        return self._render(page)

    def export(self) -> Response:
        """Send all codes as a file."""
        answer = Response(code_list.as_file(self._archive), mimetype="text/tab-separated-values")
        answer.headers["Content-Disposition"] = 'attachment; filename="codes.txt"'
        answer.headers["Cache-Control"] = "private, no-store"
        return answer


def _row(one: Code, what: str = "") -> pages.CodeRow:
    url = f"/desk/names/{one.authority_id}" if one.authority_id else ""
    return pages.CodeRow(one.code, "\n".join(one.replacements), url, what)


def blueprint(archive: Archive, render: Renderer) -> Blueprint:
    """Return the routes of code replacements; every one of them asks who it is."""
    routes = Blueprint("codes", __name__, url_prefix="/desk/codes")
    views, guarded = CodeViews(archive, render), needs(Audience.STAFF)
    for rule, method, view in (
        ("", "GET", views.overview),
        ("", "POST", views.put),
        ("/remove", "POST", views.remove),
        ("/file", "POST", views.file),
        ("/codes.txt", "GET", views.export),
    ):
        routes.add_url_rule(rule, view.__name__, guarded(view), methods=[method])
    return routes
