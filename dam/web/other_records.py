"""/api/v1/photographs/{id}/…: the public record in the words of others, for ``seeAlso``."""

from flask import Blueprint, Response

from dam.rights.facts import Audience
from dam.web.origin import Origin
from dam.web.record_formats import dublin_core, iptc
from dam.web.responses import json_text, tagged
from dam.workflows import browse
from dam.workflows.archive import Archive
from dam.workflows.browse import PhotographView
from dam.workflows.manifests import listed_life


def blueprint(archive: Archive, origin: Origin) -> Blueprint:
    """Return the routes of the record in Dublin Core and by the names of IPTC."""
    routes = Blueprint("other_records", __name__)

    def answer(found: PhotographView, text: str, media_type: str) -> Response:
        seconds = listed_life([found.told.asked]).seconds_at(archive.now())
        return tagged(text.encode(), media_type, max_age=seconds)

    @routes.get("/api/v1/photographs/<identifier>/dublin-core.xml")
    def in_dublin_core(identifier: str) -> Response:
        found = browse.photograph(archive, identifier, Audience.PUBLIC)
        return answer(found, dublin_core(found, origin()), "application/xml; charset=utf-8")

    @routes.get("/api/v1/photographs/<identifier>/iptc.json")
    def by_iptc(identifier: str) -> Response:
        found = browse.photograph(archive, identifier, Audience.PUBLIC)
        return answer(found, json_text(iptc(found, origin())), "application/json")

    return routes
