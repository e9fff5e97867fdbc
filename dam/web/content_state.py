"""/view?iiif-content=: what a content state names, opened on its own page."""

from flask import Blueprint, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from dam.iiif.content_state import Region, encoded, read, region_of, state
from dam.iiif.presentation import fill_origin, stored_text
from dam.iiif.presentation_source import page_path
from dam.web.origin import Origin
from dam.workflows.presentation import Told

_PARAMETER = "iiif-content"


def blueprint(origin: Origin) -> Blueprint:
    """Return the route that opens content states; the page that it leads to decides."""
    routes = Blueprint("content_state", __name__)

    @routes.get("/view")
    def view() -> AnyResponse:
        aim = read(request.args.get(_PARAMETER, ""), origin())
        region = f"?xywh={aim.region.text}" if aim.region else ""
        return redirect(page_path(aim.identifier) + region, 302)

    return routes


def asked_region() -> Region | None:
    """Return the region of the photograph that the address of this page names, in its pixels."""
    return region_of(request.args.get("xywh", ""))


def share_link(photograph_id: str, origin: str) -> str:
    """Return the address that opens the photograph, at the region that is asked for."""
    document = state(photograph_id, photograph_id, asked_region())
    text = fill_origin(stored_text(document), origin)
    return f"{origin}/view?{_PARAMETER}={encoded(text)}"


def opened_at(one: Told) -> str:
    """Return the asked region in the pixels of the pack that is shown, for the viewer; or ""."""
    region, pack = asked_region(), one.pack
    if region is None or pack is None:
        return ""
    master = one.photograph.master.extent
    if region.x >= master.width or region.y >= master.height:
        return ""
    across, down = pack.extent.width / master.width, pack.extent.height / master.height
    left, top = round(region.x * across), round(region.y * down)
    width = min(region.width, master.width - region.x)
    height = min(region.height, master.height - region.y)
    sides = max(1, round(width * across)), max(1, round(height * down))
    return ",".join(map(str, (left, top, *sides)))
