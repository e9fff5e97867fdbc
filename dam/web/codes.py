"""/desk/codes: code replacements, one at a time and by file."""

from dataclasses import replace

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.catalogue.codes import Code
from dam.errors import DamError, Malformed
from dam.metadata.charset import charset_of
from dam.rights.facts import Audience
from dam.web import pages
from dam.web.compared import compared, conflict, saved_by
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
        seen = request.form.get("seen", "")
        try:
            code_list.put(self._archive, code, words, actor(), seen)
        except DamError as error:
            page = replace(self._page(str(error)), typed=pages.CodeRow(code, words), seen=seen)
            if isinstance(error, code_list.CodeTaken):
                page = self._with_conflict(page, error.theirs)
            return self._render(page, status_of(error))
        return redirect("/desk/codes?done=saved", 303)

    def _with_conflict(self, page: pages.CodePage, theirs: Code) -> pages.CodePage:
        """Return the page with both words for one code; saved again, those in the form stay."""
        saved = saved_by(code_list.last_saved(self._archive, theirs.code), self._archive.settings)
        mine, stored = page.typed.stands_for, code_list.in_lines(theirs)
        changes = compared({"stands_for": mine}, {"stands_for": stored}, lambda _: theirs.code)
        both = conflict("code", "/desk/codes", saved, changes)
        return replace(page, conflict=both, seen=stored)

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
        if request.form.get("do") != "read":
            return self._render(self._tried(text))
        try:
            check = request.form.get("check", "")
            code_list.read_file(self._archive, text, actor(), check)
        except code_list.CodesChanged as error:
            return self._render(self._tried(text, str(error)), 409)
        return redirect("/desk/codes?done=read", 303)

    def _tried(self, text: str, problem: str = "") -> pages.CodePage:
        """Return the page with what a file would change."""
        found = code_list.try_file(self._archive, text)
        changes = [("new", found.added), ("changed", found.changed)]
        return replace(
            self._page(problem),
            tried=text,
            check=found.check,
            changes=tuple(_row(one, what) for what, some in changes for one in some),
            same=found.same,
            bad=tuple(f"Line {one.line}: {one.sentence}" for one in found.bad),
        )

    def export(self) -> Response:
        """Send all codes as a file."""
        answer = Response(code_list.as_file(self._archive), mimetype="text/tab-separated-values")
        answer.headers["Content-Disposition"] = 'attachment; filename="codes.txt"'
        answer.headers["Cache-Control"] = "private, no-store"
        return answer


def _row(one: Code, what: str = "") -> pages.CodeRow:
    url = f"/desk/names/{one.authority_id}" if one.authority_id else ""
    return pages.CodeRow(one.code, code_list.in_lines(one), url, what)


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
