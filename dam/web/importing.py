"""/desk/import: the text of an essay or of a film, read, previewed and written."""

from dataclasses import dataclass, replace

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.catalogue.essay import Essay, EssayFrame, read_essay
from dam.catalogue.essay_plan import is_heading, matched, owed, titles
from dam.catalogue.page_text import NotText, page_text
from dam.catalogue.places import read_place
from dam.catalogue.text import clean, language_tag
from dam.catalogue.typed import read_notices, typed_notices
from dam.errors import DamError, Malformed
from dam.metadata.charset import charset_of
from dam.rights.facts import Audience
from dam.web import desk_pages, pages
from dam.web.origin import Origin
from dam.web.problems import status_of
from dam.web.reader import actor, audience, needs
from dam.web.rendering import Renderer
from dam.workflows import desk, essay_import
from dam.workflows.archive import Archive
from dam.workflows.essay_import import Import

_NOTICES = {"imported": "Imported.", "undone": "The import was undone; records of places stay."}
Series = tuple[tuple[str, str, tuple[str, ...]], ...]


class NothingGiven(Malformed):
    """There is no text."""

    def __init__(self) -> None:
        super().__init__("Paste a text or choose a file first.")


class BadNotices(Malformed):
    """A line of what must be shown cannot be read."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the form says."""

    text: str
    language: str
    series_id: str
    shift: int
    do: str


class ImportViews:
    """The views of the import screen."""

    def __init__(self, archive: Archive, render: Renderer, origin: Origin) -> None:
        self._archive, self._render, self._origin = archive, render, origin

    def show(self) -> Response:
        """Show the empty form, after an import with its undo."""
        series = essay_import.all_series(self._archive)
        chosen = request.args.get("series", "")
        given = Given("", self._archive.settings.archive_language, chosen, 0, "")
        known = chosen in {identifier for identifier, *_ in series}
        return self._render(
            pages.ImportPage(
                site=self._render.site(_NOTICES.get(request.args.get("done", ""))),
                text="",
                language=given.language,
                series=_series_options(series, chosen),
                undo_group=request.args.get("group", "")[:32],
                series_url=f"/p/{chosen}" if known else "",
            )
        )

    def take(self) -> AnyResponse:
        """Read a text and show what was understood, or write it."""
        given = Given(request.form.get("text", "")[:1000], "en", "", 0, "")
        try:
            given = self._given()
            essay = read_essay(given.text, given.language)
            if given.do == "import":
                done = essay_import.carry_out(self._archive, self._wanted(given, essay), actor())
                target = f"/desk/import?done=imported&series={done.series_id}&group={done.group}"
                return redirect(target, 303)
        except DamError as error:
            status = status_of(error)
            if given.do == "import":
                essay = read_essay(given.text, given.language)
                return self._preview(given, essay, str(error), status)
            return self._render(self._page(given, str(error)), status)
        return self._preview(given, essay)

    def undo(self) -> AnyResponse:
        """Take back an import."""
        essay_import.undo(self._archive, request.form.get("group", "")[:32], actor())
        return redirect("/desk/import?done=undone", 303)

    def _given(self) -> Given:
        file = request.files.get("file")
        sent = file.stream.read() if file is not None and file.filename else b""
        text = page_text(_decoded(sent) if sent else request.form.get("text", ""))
        if not text:
            raise NothingGiven
        language = request.form.get("language", "").strip()
        do = request.form.get("do", "")
        shift = request.form.get("shift", 0, int) + {"up": 1, "down": -1}.get(do, 0)
        return Given(
            text=text,
            language=language_tag(language or self._archive.settings.archive_language),
            series_id=request.form.get("series", ""),
            shift=max(-500, min(500, shift)),
            do="read" if sent else do,
        )

    def _photographs(self, given: Given, essay: Essay) -> tuple[str, ...]:
        """Return the photograph of each frame: as chosen, or as they stand in the series."""
        series = essay_import.all_series(self._archive)
        frames = next((found for one, _, found in series if one == given.series_id), ())
        count = len(essay.frames)
        if given.do == "import":
            chosen = (request.form.get(f"frame-{n}", "") for n in range(1, count + 1))
            return tuple(one if one in frames else "" for one in chosen)
        return matched(count, frames, given.shift)

    def _wanted(self, given: Given, essay: Essay) -> Import:
        errors: dict[str, str] = {}
        notices = read_notices({"notices": request.form.get("notices", "")}, (), errors)
        if errors:
            raise BadNotices(errors["notices"])
        lines = request.form.get("titles", "").splitlines()
        return Import(
            essay=essay,
            language=given.language,
            series_id=given.series_id,
            titles=tuple(filter(None, (clean(line, multiline=False)[:400] for line in lines))),
            introduction=clean(request.form.get("introduction", ""), multiline=True),
            notices=notices,
            photographs=self._photographs(given, essay),
        )

    def _page(self, given: Given, problem: str = "") -> pages.ImportPage:
        return pages.ImportPage(
            site=self._render.site(),
            text=given.text,
            language=given.language,
            series=_series_options(essay_import.all_series(self._archive), given.series_id),
            problem=problem,
            shift=given.shift,
        )

    def _preview(
        self, given: Given, essay: Essay, problem: str = "", status: int = 200
    ) -> Response:
        page = self._page(given, problem)
        photographs = self._photographs(given, essay)
        in_series = {one: frames for one, _, frames in essay_import.all_series(self._archive)}
        shown = {
            one.told.photograph.id: desk_pages.desk_frame(one, self._origin())
            for one in desk.frames(self._archive, in_series.get(given.series_id, ()), audience())
        }
        kept = given.do == "import"  # what was corrected comes back as it was typed
        paragraphs = [one for one in essay.introduction if not is_heading(one)]
        read = pages.TextRead(
            titles=request.form["titles"] if kept else "\n".join(titles(essay)),
            introduction=request.form["introduction"] if kept else "\n\n".join(paragraphs),
            notices=request.form["notices"]
            if kept
            else typed_notices(owed(paragraphs, given.language)),
            frames=tuple(
                _frame(frame, given.language, one, shown)
                for frame, one in zip(essay.frames, photographs, strict=True)
            ),
            chrome=essay.chrome,
        )
        return self._render(replace(page, read=read), status)


def _frame(
    frame: EssayFrame, language: str, one: str, shown: dict[str, pages.DeskFrame]
) -> pages.FrameRead:
    place = read_place(frame.dateline.place_text)
    return pages.FrameRead(
        number=frame.position,
        dateline=frame.dateline.source,
        place=place.in_words if place else frame.dateline.place_text,
        date=frame.dateline.date.edtf,
        caption=pages.Words(frame.caption or "", language),
        photograph=shown.get(one),
        choices=(
            pages.Option("", "none", chosen=not one),
            *(
                pages.Option(each, f"{n}. {found.title}", chosen=each == one)
                for n, (each, found) in enumerate(shown.items(), start=1)
            ),
        ),
        repairs=tuple(f"“{p.found}” → “{p.proposed}”: {p.reason}" for p in frame.proposals),
    )


def _series_options(series: Series, chosen: str) -> tuple[pages.Option, ...]:
    return (
        pages.Option("", "a new series", chosen=not chosen),
        *(
            pages.Option(one, f"{title} ({len(frames)})", chosen=one == chosen)
            for one, title, frames in series
        ),
    )


def _decoded(sent: bytes) -> str:
    """Return the text of a file: by its byte order mark, else UTF-8, else the likelier charset."""
    if sent.startswith((b"\xff\xfe", b"\xfe\xff")):
        return sent.decode("utf-16", "replace")
    if b"\0" in sent:
        raise NotText
    sent = sent.removeprefix(b"\xef\xbb\xbf")
    return charset_of([sent]).text(sent)


def blueprint(archive: Archive, render: Renderer, origin: Origin) -> Blueprint:
    """Return the routes of the import screen; every one of them asks who it is."""
    routes = Blueprint("importing", __name__, url_prefix="/desk/import")
    views, guarded = ImportViews(archive, render, origin), needs(Audience.STAFF)
    for rule, method, view in (
        ("", "GET", views.show),
        ("", "POST", views.take),
        ("/undo", "POST", views.undo),
    ):
        routes.add_url_rule(rule, view.__name__, guarded(view), methods=[method])
    return routes
