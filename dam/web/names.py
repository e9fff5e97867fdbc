"""/desk/names: records of people, organisations and places."""

from dataclasses import replace

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.catalogue.authorities import UNKNOWN_LANGUAGE, Authority, AuthorityKind, AuthorityName
from dam.catalogue.text import clean, language_tag
from dam.errors import DamError, Malformed
from dam.records.authorities import AuthorityConflict
from dam.rights.facts import Audience
from dam.web import desk_pages, name_pages, names_form, pages
from dam.web.compared import saved_by
from dam.web.edits import edits
from dam.web.name_pages import ROLES, list_url, row
from dam.web.origin import Origin
from dam.web.problems import status_of
from dam.web.reader import actor, audience, needs
from dam.web.rendering import Renderer
from dam.workflows import authorities, names
from dam.workflows.archive import Archive
from dam.workflows.authorities import MergedAway

_NOTICES = {
    "saved": "Saved.",
    "undone": "Undone.",
    "merged": "Merged. It can be undone on this page.",
    "separated": "The merge was undone.",
}
_FILTERS = (
    ("All", "", tuple(AuthorityKind)),
    ("People and organisations", "agents", tuple(kind for kind in AuthorityKind if kind.acts)),
    ("Places", "places", (AuthorityKind.PLACE,)),
)


class WhichPlace(Malformed):
    """The larger place is no record, or several."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"“{words[:60]}” is not the name of one place here; make its record first, "
            "or write its identifier."
        )


class NameViews:
    """The views of authority records."""

    def __init__(self, archive: Archive, render: Renderer, origin: Origin) -> None:
        self._archive, self._render, self._origin = archive, render, origin

    def overview(self) -> Response:
        """Show the records, those of a kind or those of some words."""
        return self._render(self._list())

    def _list(self, problem: str = "") -> pages.NameList:
        words, which = request.args.get("q", "")[:200], request.args.get("kind", "")
        kinds = next((found for _, word, found in _FILTERS if word == which), _FILTERS[0][2])
        number = request.args.get("page", 1, int)
        found = names.listed(self._archive, kinds, words, number)
        language = self._archive.settings.archive_language
        return pages.NameList(
            site=self._render.site(),
            rows=tuple(
                row(one, found.parents.get(one.parent_id), language) for one in found.records
            ),
            filters=tuple(
                pages.Filter(
                    label,
                    list_url(words, word, 1),
                    names.listed(self._archive, of_kind, "", 1).found,
                    current=word == which,
                )
                for label, word, of_kind in _FILTERS
            ),
            count=found.found,
            paging=pages.Paging(
                found.number,
                found.pages,
                list_url(words, which, found.number - 1) if found.number > 1 else None,
                list_url(words, which, found.number + 1) if found.number < found.pages else None,
            ),
            kinds=tuple(
                pages.Option(kind, label, chosen=kind == request.form.get("kind"))
                for kind, label in names_form.KINDS.items()
            ),
            typed=pages.NewName(
                clean(request.form.get("name", ""), multiline=False),
                clean(request.form.get("language", ""), multiline=False),
            ),
            search=words,
            kind=which,
            problem=problem,
        )

    def add(self) -> AnyResponse:
        """Make a record of one name."""
        words = clean(request.form.get("name", ""), multiline=False)[:400]
        tag = request.form.get("language", "").strip()
        kind = names_form.read_kind(request.form.get("kind", ""), AuthorityKind.AGENT)
        try:
            name = AuthorityName(words, language_tag(tag) if tag else UNKNOWN_LANGUAGE)
            made = authorities.create(self._archive, Authority("", kind, (name,)), actor())
        except DamError as error:
            return self._render(self._list(str(error)), status_of(error))
        return redirect(f"/desk/names/{made}?done=saved", 303)

    def one(self, authority_id: str) -> Response:
        """Show one record."""
        return self._render(self._page(authority_id))

    def _page(self, authority_id: str, problem: str = "") -> pages.NamePage:
        found = names.view(self._archive, authority_id, audience())
        record, language = found.stored.authority, self._archive.settings.archive_language
        words = request.args.get("into", "")[:200]
        into = found.into
        return pages.NamePage(
            site=self._render.site(_NOTICES.get(request.args.get("done", ""))),
            id=authority_id,
            heading=record.name(language),
            revision=found.stored.revision,
            names=names_form.name_rows(record),
            facts=names_form.facts(record, found.parent.name(language) if found.parent else ""),
            numbers=names_form.number_fields(record),
            used=tuple(
                pages.UsedIn(
                    desk_pages.desk_frame(frame, self._origin()),
                    ", ".join(ROLES[kind] for kind in kinds),
                )
                for frame, kinds in found.uses
            ),
            use_count=found.use_count,
            edits=edits(found.events, self._archive.settings, found.called),
            may_undo=any(event.verb == "edited" for event in found.events),
            problem=problem,
            merged_into=name_pages.link(into, language) if into else None,
            search=words,
            found=self._candidates(record, words),
            larger=name_pages.link(found.parent, language) if found.parent else None,
            within=tuple(name_pages.link(each, language) for each in found.within),
            find_url=name_pages.find_url(record),
        )

    def _candidates(self, record: Authority, words: str) -> tuple[pages.Link, ...]:
        kinds = tuple(kind for kind in AuthorityKind if kind.acts is record.kind.acts)
        found = authorities.search(self._archive, kinds, words) if words.strip() else ()
        return tuple(
            pages.Link(one.name, f"/desk/names/{record.id}/merge?into={one.id}", one.beside)
            for one in found
            if one.id != record.id
        )

    def save(self, authority_id: str) -> AnyResponse:
        """Save the form of a record."""
        before = authorities.one(self._archive, authority_id).authority
        revision = request.form.get("revision", 0, int)
        after = before
        try:
            after = names_form.read_authority(request.form, before)
            after = replace(after, parent_id=self._parent(before))
            authorities.edit(self._archive, revision, after, actor())
        except (AuthorityConflict, MergedAway) as error:
            return self._conflict(authority_id, after, f"Nothing was saved. {error}")
        except DamError as error:
            page = self._page(authority_id, f"Nothing was saved. {error}")
            page = name_pages.with_typed(page, request.form, revision)
            return self._render(page, status_of(error))
        return redirect(f"/desk/names/{authority_id}?done=saved", 303)

    def _conflict(self, authority_id: str, mine: Authority, problem: str) -> Response:
        """Answer with both versions; nothing is written, and nothing that was typed is lost."""
        found = names.view(self._archive, authority_id, audience())
        page = self._page(authority_id, problem)
        saved = saved_by(next(iter(found.events), None), self._archive.settings)
        theirs = found.stored.authority
        page = name_pages.with_conflict(page, request.form, mine, theirs, saved)
        return self._render(page, 409)

    def _parent(self, before: Authority) -> str:
        """Return the place that the form names as the larger one."""
        words = clean(request.form.get("parent", ""), multiline=False)
        if not words or before.kind.acts:
            return ""
        found = [
            one
            for one in authorities.search(self._archive, (AuthorityKind.PLACE,), words)
            if authorities.one(self._archive, one.id).authority.is_named(words)
        ]
        same = [one.id for one in found if one.id == before.parent_id]
        chosen = same or [one.id for one in found if one.id != before.id]
        if len(chosen) == 1:
            return chosen[0]
        try:
            return authorities.one(self._archive, words).authority.id
        except DamError:
            raise WhichPlace(words) from None

    def undo(self, authority_id: str) -> AnyResponse:
        """Take back the newest edit of a record."""
        authorities.undo(self._archive, authority_id, actor())
        return redirect(f"/desk/names/{authority_id}?done=undone", 303)

    def compare(self, authority_id: str) -> Response:
        """Show two records side by side, and what a merge would move."""
        gone = names.view(self._archive, authority_id, audience())
        kept = names.view(self._archive, request.args.get("into", ""), audience())
        one, other = gone.stored.authority, kept.stored.authority
        language = self._archive.settings.archive_language
        count = gone.use_count
        return self._render(
            pages.MergePage(
                site=self._render.site(),
                id=one.id,
                into=other.id,
                gone=one.name(language),
                kept=other.name(language),
                rows=name_pages.beside(one, other),
                moved=f"{count} {'use' if count == 1 else 'uses'} in photographs, and all names "
                "and numbers, go to the record that stays.",
            )
        )

    def merge(self, authority_id: str) -> AnyResponse:
        """Merge a record into another."""
        authorities.merge(self._archive, authority_id, request.form.get("into", ""), actor())
        return redirect(f"/desk/names/{authority_id}?done=merged", 303)

    def separate(self, authority_id: str) -> AnyResponse:
        """Undo a merge."""
        authorities.undo_merge(self._archive, authority_id, actor())
        return redirect(f"/desk/names/{authority_id}?done=separated", 303)


def blueprint(archive: Archive, render: Renderer, origin: Origin) -> Blueprint:
    """Return the routes of authority records; every one of them asks who it is."""
    routes = Blueprint("names", __name__, url_prefix="/desk/names")
    views, guarded = NameViews(archive, render, origin), needs(Audience.STAFF)
    for rule, method, view in (
        ("", "GET", views.overview),
        ("", "POST", views.add),
        ("/<authority_id>", "GET", views.one),
        ("/<authority_id>", "POST", views.save),
        ("/<authority_id>/undo", "POST", views.undo),
        ("/<authority_id>/merge", "GET", views.compare),
        ("/<authority_id>/merge", "POST", views.merge),
        ("/<authority_id>/separate", "POST", views.separate),
    ):
        routes.add_url_rule(rule, view.__name__, guarded(view), methods=[method])
    return routes
