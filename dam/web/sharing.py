"""/p/{id}/share: the share sheet, which is a page of its own where there is no script."""

from dataclasses import replace

from flask import Blueprint, Response

from dam.rights.facts import Audience
from dam.web import pages, share_tabs
from dam.web.origin import Origin
from dam.web.reader import audience
from dam.web.rendering import Renderer
from dam.workflows import browse
from dam.workflows.archive import Archive
from dam.workflows.ask import Unknown

_NOTHING = (
    "The public is told nothing of it yet, so there is nothing to share. Publish it first; then "
    "what is copied here works for everybody."
)


def blueprint(archive: Archive, render: Renderer, origin: Origin) -> Blueprint:
    """Return the route of the share sheet; what it gives is decided for the public."""
    routes = Blueprint("sharing", __name__)

    @routes.get("/p/<identifier>/share")
    def sheet(identifier: str) -> Response:
        try:
            return render(_sheet(archive, identifier, Audience.PUBLIC, render.site(), origin()))
        except Unknown:
            who = audience()
            if not who.works_here:
                raise
            # Whoever reads a draft is told why the button on its page leads to nothing.
            draft = _sheet(archive, identifier, who, render.site(), origin())
        return render(replace(draft, tabs=(), nothing=_NOTHING))

    return routes


def _sheet(
    archive: Archive, identifier: str, who: Audience, site: pages.Site, origin: str
) -> pages.SharePage:
    if browse.is_series(archive, identifier):
        return share_tabs.of_series(browse.series(archive, identifier, who), site, origin)
    return share_tabs.of_photograph(browse.photograph(archive, identifier, who), site, origin)
