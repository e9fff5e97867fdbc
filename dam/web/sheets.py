"""/desk/sheets: words of many photographs as a sheet, out and in."""

import tempfile
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.catalogue.edit_fields import NoSuchField
from dam.catalogue.sheet_rows import BadHeadings
from dam.catalogue.text import BadLanguageTag
from dam.rights.facts import Audience
from dam.web import find_pages, pages
from dam.web.find_pages import query_of
from dam.web.reader import actor, audience, needs
from dam.web.rendering import Renderer
from dam.web.responses import in_chunks
from dam.workflows import batch_edit, sheet_trip
from dam.workflows.archive import Archive
from dam.workflows.choosing import Searched
from dam.workflows.sheet_files import SheetFormat
from dam.workflows.sheet_workbooks import SheetTooLarge, UnreadableSheet, UnsupportedSheet

_PIECES_AT_ONCE = 2  # a small sheet is previewed at once; a job prepares a large one
_MOST_IN_MEMORY = 1 << 22  # bytes
_REFUSALS = (
    UnreadableSheet, UnsupportedSheet, SheetTooLarge, BadHeadings, NoSuchField, BadLanguageTag,
)  # fmt: skip


class SheetViews:
    """The views of sheets."""

    def __init__(self, archive: Archive, render: Renderer) -> None:
        self._archive, self._render = archive, render

    def sheets(self) -> Response:
        """Show what can be taken out, and the form of what comes in."""
        return self._page()

    def _page(self, error: str = "", status: int = 200) -> Response:
        query = query_of(request.args)
        asked = urlencode(find_pages.fields(query))
        mark = f"?{asked}" if asked else ""
        chosen = Searched(query).in_words
        site = self._render.site()
        page = pages.SheetPage(site, chosen, mark, f"/desk/find{mark}", error)
        return self._render(page, status)

    def take_out_xlsx(self) -> Response:
        """Answer with a workbook of what a search finds."""
        return self._taken_out(SheetFormat.XLSX)

    def take_out_csv(self) -> Response:
        """Answer with a CSV of what a search finds."""
        return self._taken_out(SheetFormat.CSV)

    def _taken_out(self, kind: SheetFormat) -> Response:
        chosen = Searched(query_of(request.args), audience())
        file = tempfile.SpooledTemporaryFile(_MOST_IN_MEMORY)  # noqa: SIM115 (closed with the answer)
        sheet_trip.take_out(self._archive, chosen, kind, file)
        file.seek(0)
        response = Response(in_chunks(file), mimetype=kind.media_type)
        response.call_on_close(file.close)
        response.headers["Content-Disposition"] = f'attachment; filename="photographs.{kind}"'
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def bring_in(self) -> AnyResponse:
        """Read a sheet and show what it would change; one that cannot be read says why."""
        sent = request.files.get("sheet")
        if sent is None or not sent.filename:
            return self._page("Choose a sheet first.", 400)
        try:
            batch_id = sheet_trip.bring_in(self._archive, sent.stream, sent.filename, actor())
        except _REFUSALS as error:
            return self._page(str(error), 400)
        batch_edit.plan(self._archive, batch_id, most_pieces=_PIECES_AT_ONCE)
        return redirect(f"/desk/batches/{batch_id}", 303)


def blueprint(archive: Archive, render: Renderer) -> Blueprint:
    """Return the routes of sheets; every one of them asks who it is."""
    routes = Blueprint("sheets", __name__, url_prefix="/desk/sheets")
    views = SheetViews(archive, render)
    guarded = needs(Audience.STAFF)
    for rule, method, view in (
        ("", "GET", views.sheets),
        ("", "POST", views.bring_in),
        ("/xlsx", "GET", views.take_out_xlsx),
        ("/csv", "GET", views.take_out_csv),
    ):
        routes.add_url_rule(rule, view.__name__, guarded(view), methods=[method])
    return routes
