"""The pages that anybody may read: the list, a photograph, a series."""

from datetime import date

from flask import Blueprint, Response, request

from dam.iiif.presentation_source import collection_path
from dam.rights.facts import Audience
from dam.web import pages, public_pages, series_pages
from dam.web.dates import day_in_words
from dam.web.origin import Origin
from dam.web.reader import audience
from dam.web.record import record as public_record
from dam.web.rendering import Renderer
from dam.web.responses import iiif_json, json_text
from dam.web.signed_in import user
from dam.workflows import browse
from dam.workflows.archive import Archive
from dam.workflows.ask import Withdrawn
from dam.workflows.explain import explain
from dam.workflows.manifests import listed_life

_WHY_AUDIENCES = (Audience.PUBLIC, Audience.RESEARCHER, Audience.STAFF)
_FIRST_YEAR, _LAST_YEAR = 1800, 9000


def blueprint(archive: Archive, render: Renderer, origin: Origin) -> Blueprint:
    """Return the routes of the public pages."""
    routes = Blueprint("public", __name__)

    @routes.get("/photographs")
    def photographs() -> Response:
        number = request.args.get("page", 1, int)
        found = browse.public_list(archive, number)
        page = pages.PhotographList(
            site=render.site(),
            photographs=tuple(public_pages.listed(one, origin()) for one in found.photographs),
            count=found.count,
            paging=_paging(found),
            collection_url=origin() + collection_path(),
        )
        return render(page)

    @routes.get("/p/<identifier>")
    def photograph(identifier: str) -> Response:
        if browse.is_series(archive, identifier):
            return series(identifier)
        try:
            found = browse.photograph(archive, identifier, audience())
        except Withdrawn as error:
            return tombstone(archive, render, identifier, error)
        extra = _extra(archive, identifier)
        return render(public_pages.photograph_page(found, render.site(), origin(), extra))

    def series(identifier: str) -> Response:
        found = browse.series(archive, identifier, audience())
        desk_url = "/desk/" if user() is not None else None
        return render(series_pages.series_page(found, render.site(), origin(), desk_url))

    @routes.get("/api/v1/photographs/<identifier>.json")
    def record(identifier: str) -> Response:
        found = browse.photograph(archive, identifier, Audience.PUBLIC)
        document = public_record(found, origin())
        return iiif_json(
            json_text(document),
            "https://schema.org",
            max_age=listed_life([found.told.asked]).seconds_at(archive.now()),
            linked_first=False,
        )

    return routes


def _paging(found: browse.PublicList) -> pages.Paging:
    return pages.Paging.at(found.number, found.pages, "/photographs?page={}".format)


def tombstone(archive: Archive, render: Renderer, identifier: str, error: Withdrawn) -> Response:
    """Return the 410 of what was withdrawn, with the day on which it was."""
    words = ""
    if error.at is not None:
        words = day_in_words(error.at.astimezone(archive.settings.timezone).date())
    return render(public_pages.tombstone_page(render.site(), identifier, words), 410)


def _extra(archive: Archive, photograph_id: str) -> public_pages.Extra:
    """Return what staff are shown beside the page: the decision for any audience on any day."""
    found = user()
    if found is None or not found.role.works_here:
        return public_pages.Extra()
    return public_pages.Extra(
        why=explanation(archive, photograph_id, asked_audience(), asked_day()),
        desk_url=f"/desk/p/{photograph_id}",
    )


def asked_audience() -> Audience:
    """Return the audience that the reader asks about, the public unless another is chosen."""
    word = request.args.get("as", "public")
    return next((one for one in _WHY_AUDIENCES if one.word == word), Audience.PUBLIC)


def asked_day() -> date | None:
    """Return the day that the page is asked about, or none; what is no day is none."""
    try:
        day = date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def explanation(
    archive: Archive, photograph_id: str, who: Audience, on: date | None = None
) -> pages.Explanation:
    """Return the decision about a photograph in words, for the page that shows it to staff."""
    found = explain(archive, photograph_id, who, on=on)
    today = archive.now().astimezone(archive.settings.timezone).date()
    return pages.Explanation(
        decision=found.headline,
        reasons=(
            *(f"Because: {words}" for words in found.because),
            *(f"Not more, because: {words}" for words in found.not_more_because),
            *(f"Also: {words}" for words in found.also),
        ),
        until=found.then or None,
        day=(on or today).isoformat(),
        audiences=tuple(
            pages.Option(one.word, one.word, chosen=one is who) for one in _WHY_AUDIENCES
        ),
    )
