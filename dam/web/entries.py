"""/rights/p/{id}/entries and /rights/papers: entries of the register, and what they rest on."""

from collections.abc import Iterator

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse
from werkzeug.wsgi import wrap_file

from dam.errors import DamError, NotFound
from dam.records.register import NewRecord, RightsRecord, standing
from dam.rights.facts import Audience
from dam.rights.layers import Layer
from dam.web import entry_pages
from dam.web.entry_forms import KINDS, EntryKind
from dam.web.problems import status_of
from dam.web.reader import actor, audience, needs
from dam.web.rendering import Renderer
from dam.web.typed_fields import BadField, as_typed
from dam.workflows import clear, desk, papers
from dam.workflows.archive import Archive

_MOST_PAPERS = 50


class UnknownEntry(NotFound):
    """There is no such entry, or no longer."""

    def __init__(self) -> None:
        super().__init__("There is no such entry, or it was superseded; look at the records.")


class EntryViews:
    """The views of entries of the register."""

    def __init__(self, archive: Archive, render: Renderer) -> None:
        self._archive, self._render = archive, render

    def entry_form(self, photograph_id: str, kind: str) -> Response:
        """Show the form of a new entry, or with ``?of=`` of what supersedes one."""
        entry = _kind(kind)
        _, history = clear.facts_and_history(self._archive, photograph_id)
        old = _superseded(entry, history, request.args.get("of", 0, int))
        return self._page(photograph_id, entry, history, old)

    def _page(
        self,
        photograph_id: str,
        entry: EntryKind,
        history: tuple[RightsRecord, ...],
        old: RightsRecord | None,
        error: DamError | None = None,
    ) -> Response:
        told = desk.one(self._archive, photograph_id, audience())
        groups = entry.groups(old.value if old else None)
        kept = entry_pages.papers_of(old)
        if error is not None:
            groups = as_typed(groups, request.form)
            kept = tuple(request.form.getlist("paper"))
        page = entry_pages.form(
            self._render.site(),
            told,
            entry,
            groups=groups,
            seen=history[0].id if history else 0,
            old=old,
            papers=papers.named(self._archive, kept),
            problem=str(error or ""),
        )
        return self._render(page, 200 if error is None else status_of(error))

    def record_entry(self, photograph_id: str, kind: str) -> AnyResponse:
        """Record an entry, or that one holds no more; a form that lacks something comes back."""
        entry = _kind(kind)
        _, history = clear.facts_and_history(self._archive, photograph_id)
        old = _superseded(entry, history, request.form.get("supersedes", 0, int))
        seen = request.form.get("seen", 0, int)
        try:
            new = self._read(entry, old)
            clear.record(self._archive, photograph_id, [new], actor(), seen=seen)
        except DamError as error:
            return self._page(photograph_id, entry, history, old, error)
        return redirect(f"/rights/p/{photograph_id}?done=1", 303)

    def _read(self, entry: EntryKind, old: RightsRecord | None) -> NewRecord:
        supersedes = old.id if old is not None and entry.kind.manifold else None
        if request.form.get("do") == "end":
            layer = old.value.layer if old is not None else Layer.PHOTOGRAPH
            return NewRecord(entry.kind, layer=layer, supersedes=supersedes)
        staying = tuple(request.form.getlist("paper"))
        sent = tuple(_sent())
        if len(staying) + len(sent) > _MOST_PAPERS:
            raise BadField(f"One entry has at most {_MOST_PAPERS} papers.")
        new = entry.read(request.form)  # before a paper is kept
        known = papers.named(self._archive, staying)
        arrived = papers.keep(self._archive, sent, actor())
        digests = tuple(dict.fromkeys((*(one for one in staying if one in known), *arrived)))
        return entry_pages.resting_on(new, digests, supersedes)

    def paper(self, digest: str) -> Response:
        """Send a paper as it came in; no browser runs what is in it."""
        found, file = papers.one(self._archive, digest)
        answer = Response(wrap_file(request.environ, file), mimetype=found.media_type)
        answer.direct_passthrough = True
        answer.headers.set("Content-Disposition", "attachment", filename=found.name)
        answer.headers["Content-Length"] = str(found.size_bytes)
        answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer.headers["Cache-Control"] = "private, no-store"
        return answer


def _kind(name: str) -> EntryKind:
    if name not in KINDS:
        raise UnknownEntry
    return KINDS[name]


def _superseded(
    entry: EntryKind, history: tuple[RightsRecord, ...], number: int
) -> RightsRecord | None:
    if not number:
        return None
    holding = standing(reversed(history)).records
    found = (one for one in holding if one.id == number and one.value.kind is entry.kind)
    old = next(found, None)
    if old is None:
        raise UnknownEntry
    return old


def _sent() -> Iterator[papers.Arriving]:
    for one in request.files.getlist("papers"):
        if one.filename:
            yield papers.Arriving(one.filename, one.stream)  # type: ignore[arg-type]


def blueprint(archive: Archive, render: Renderer) -> Blueprint:
    """Return the routes of entries; every one asks for a rights manager."""
    routes = Blueprint("entries", __name__, url_prefix="/rights")
    views, guarded = EntryViews(archive, render), needs(Audience.RIGHTS_MANAGER)
    for rule, method, view in (
        ("/p/<photograph_id>/entries/<kind>", "GET", views.entry_form),
        ("/p/<photograph_id>/entries/<kind>", "POST", views.record_entry),
        ("/papers/<digest>", "GET", views.paper),
    ):
        routes.add_url_rule(rule, view.__name__, guarded(view), methods=[method])
    return routes
