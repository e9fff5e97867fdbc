"""Addresses that pages give away: the share sheet, oEmbed, and what the IIIF icon carries."""

from collections.abc import Mapping
from urllib.parse import urlencode

from dam.iiif.presentation_source import canvas_path, manifest_path, page_path
from dam.web import pages

_KEPT = ("lang", "xywh")
_OEMBED = (("json", "application/json+oembed"), ("xml", "text/xml+oembed"))


def share_path(identifier: str, asked: Mapping[str, str]) -> str:
    """Return where the sheet is, with what the address of the page says of language and region."""
    kept = {name: asked[name] for name in _KEPT if asked.get(name)}
    path = f"{page_path(identifier)}/share"
    return f"{path}?{urlencode(kept)}" if kept else path


def discovery_links(page_url: str, origin: str) -> tuple[pages.Link, ...]:
    """Return where oEmbed tells of the page at *page_url*; each link is labelled by media type."""
    return tuple(
        pages.Link(media_type, f"{origin}/oembed?{urlencode({'url': page_url, 'format': form})}")
        for form, media_type in _OEMBED
    )


def dropped(identifier: str, origin: str, *, canvas: bool = False) -> str:
    """Return what the IIIF icon carries into a viewer: the manifest, and in it the *canvas*.

    The convention of viewers reads both from the query; as the path is the manifest's own, those
    that take the whole address for a manifest are served as well.
    """
    manifest = origin + manifest_path(identifier)
    said = {"manifest": manifest}
    if canvas:
        said["canvas"] = origin + canvas_path(identifier, identifier)
    return f"{manifest}?{urlencode(said)}"
