"""/embed/{id}: a photograph, or a series frame by frame, in the frames of other people's sites."""

from flask import Blueprint, Response, request

from dam.catalogue.fields import SeriesField
from dam.iiif.presentation_source import page_path
from dam.rights.facts import Audience
from dam.web import pages, public_pages
from dam.web.origin import Origin
from dam.web.public import tombstone
from dam.web.rendering import Renderer
from dam.workflows import browse
from dam.workflows.archive import Archive
from dam.workflows.ask import Withdrawn
from dam.workflows.browse import InSeries
from dam.workflows.presentation import Told


def blueprint(archive: Archive, render: Renderer, origin: Origin) -> Blueprint:
    """Return the route of embeds.

    Other people's sites are the public's, whoever is signed in here: no cookie is read.
    """
    routes = Blueprint("embeds", __name__)

    @routes.get("/embed/<identifier>")
    def embed(identifier: str) -> Response:
        site = pages.Site(archive_name=archive.settings.archive_name)
        if browse.is_series(archive, identifier):
            found = browse.series(archive, identifier, Audience.PUBLIC)
            return render(series_embed(found, site, origin(), request.args.get("frame", 1, int)))
        try:
            one = browse.photograph(archive, identifier, Audience.PUBLIC).told
        except Withdrawn as error:
            return tombstone(archive, render, identifier, error)
        return render(photograph_embed(one, site, origin()))

    return routes


def photograph_embed(
    one: Told,
    site: pages.Site,
    origin: str,
    path: str = "",
    steps: pages.EmbedSteps | None = None,
) -> pages.EmbedPage:
    """Return the viewer alone, with the credit inside; *path* is that of the embed itself."""
    path = path or f"/embed/{one.photograph.id}?"
    return pages.EmbedPage(
        site=site,
        title=public_pages.title(one),
        view=public_pages.view(one, origin, f"{path}show=1"),
        credit=one.words.credit,
        statement=public_pages.statement(one),
        page_url=origin + page_path(one.photograph.id),
        required=public_pages.required(one.words.notices),
        steps=steps,
    )


def series_embed(found: InSeries, site: pages.Site, origin: str, number: int) -> pages.EmbedPage:
    """Return frame *number* of a series, counted from 1, with the ways to its neighbours."""
    count = len(found.frames)
    number = min(max(number, 1), count)
    path = f"/embed/{found.series.id}?frame="
    title = public_pages.words(found.series.description.words(SeriesField.SERIES_TITLE))
    steps = pages.EmbedSteps(
        series=title or pages.Words(found.series.title, found.series.language),
        series_url=origin + page_path(found.series.id),
        number=number,
        count=count,
        previous_url=f"{path}{number - 1}" if number > 1 else None,
        next_url=f"{path}{number + 1}" if number < count else None,
    )
    one = found.frames[number - 1]
    return photograph_embed(one, site, origin, f"{path}{number}&", steps)
