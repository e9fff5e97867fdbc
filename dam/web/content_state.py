"""/view?iiif-content=: what a content state names, opened on its own page."""

from flask import Blueprint, request
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from dam.iiif.content_state import Region, encoded, read, region_of, state
from dam.iiif.extents import Box
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
    """Return the region of the photograph that the address of this page names, in its pixels.

    Either as links write it, or number by number, as the form of the share sheet sends it.
    """
    sent = ",".join(request.args.get(side, "").strip() for side in "xywh")
    return region_of(request.args.get("xywh", sent))


def share_link(photograph_id: str, origin: str) -> str:
    """Return the address that opens the photograph, at the region that is asked for."""
    document = state(photograph_id, photograph_id, asked_region())
    text = fill_origin(stored_text(document), origin)
    return f"{origin}/view?{_PARAMETER}={encoded(text)}"


def opened_at(one: Told) -> str:
    """Return the asked region in the pixels of the pack that is shown, for the viewer; or ""."""
    box = asked_box(one)
    return "" if box is None else f"{box.x},{box.y},{box.width},{box.height}"


def asked_box(one: Told) -> Box | None:
    """Return the asked region within the pack that is shown, or none."""
    region, pack = asked_region(), one.pack
    if region is None or pack is None:
        return None
    master, shown = one.photograph.master.extent, pack.extent
    if region.x >= master.width or region.y >= master.height:
        return None
    across, down = shown.width / master.width, shown.height / master.height
    # A region at the very edge of a master may lie on the edge of a smaller pack.
    left = min(round(region.x * across), shown.width - 1)
    top = min(round(region.y * down), shown.height - 1)
    width = round(min(region.width, master.width - region.x) * across)
    height = round(min(region.height, master.height - region.y) * down)
    return Box(
        left,
        top,
        max(1, min(width, shown.width - left)),
        max(1, min(height, shown.height - top)),
    )
