"""Content State API 1.0: a link that opens a photograph, or a region of one, in a viewer."""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from dam.errors import Malformed
from dam.iiif.presentation_source import canvas_path, manifest_path
from dam.iiif.presentation_words import ORIGIN_MARK, Json

_CONTEXT = "http://iiif.io/api/presentation/3/context.json"
_LONGEST = 20_000  # characters
_CANVAS = re.compile(r"/manifests/3/([0-9A-Za-z_-]+)/canvas(?:/([0-9A-Za-z_-]+))?")
_MANIFEST = re.compile(r"/manifests/[23]/([0-9A-Za-z_-]+)/manifest\.json")
_REGION = re.compile(r"(?:xywh=)?(?:pixel:)?(\d{1,9}),(\d{1,9}),(\d{1,9}),(\d{1,9})")


class UnreadableState(Malformed):
    """What was sent as content state names nothing that can be opened here."""

    def __init__(self) -> None:
        super().__init__("This link names no photograph of this archive that could be opened.")


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a canvas, in its pixels; neither side is empty."""

    x: int
    y: int
    width: int
    height: int

    @property
    def text(self) -> str:
        """The region as addresses write it."""
        return f"{self.x},{self.y},{self.width},{self.height}"


@dataclass(frozen=True, slots=True)
class Aim:
    """What a content state opens: a photograph or a series, and a region where it names one."""

    identifier: str
    region: Region | None = None


def region_of(text: str) -> Region | None:
    """Return the region that *text* says (``xywh=`` may stand before it), or none."""
    found = _REGION.fullmatch(text)
    if found is None:
        return None
    x, y, width, height = map(int, found.groups())
    return Region(x, y, width, height) if width and height else None


def state(photograph_id: str, manifest_id: str, region: Region | None) -> Json:
    """Return the annotation that aims at a canvas or a part of it, without an origin."""
    canvas = ORIGIN_MARK + canvas_path(photograph_id, manifest_id)
    aimed = f"{canvas}#xywh={region.text}" if region else canvas
    whole = {"id": ORIGIN_MARK + manifest_path(manifest_id), "type": "Manifest"}
    return {
        "@context": _CONTEXT,
        "id": f"{canvas}/state",
        "type": "Annotation",
        "motivation": ["contentState"],
        "target": {"id": aimed, "type": "Canvas", "partOf": [whole]},
    }


def encoded(text: str) -> str:
    """Return a JSON text as it stands in a query (§6: URI encoding, then base64url, no padding)."""
    return base64.urlsafe_b64encode(quote(text, safe="").encode()).rstrip(b"=").decode()


def decoded(text: str) -> str:
    """Return the JSON text that was ``encoded``; raises ``UnreadableState``."""
    if len(text) > _LONGEST:
        raise UnreadableState
    try:
        padded = text + "=" * (-len(text) % 4)
        return unquote(base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii"))
    except (binascii.Error, ValueError) as error:
        raise UnreadableState from error


def read(text: str, origin: str) -> Aim:
    """Return what a content state opens: an address, JSON, or JSON that was ``encoded``.

    Only what lies under *origin* is ours.

    Raises:
        UnreadableState: it names nothing of ours.
    """
    text = text.strip()[:_LONGEST]
    if text.startswith(("http://", "https://")):
        return _aim(text, "", origin)
    try:
        said = json.loads(text if text.startswith("{") else decoded(text))
    except (ValueError, RecursionError) as error:
        raise UnreadableState from error
    return _target(said, origin)


def _target(said: object, origin: str) -> Aim:
    """Return what an annotation, a resource or a specific resource aims at (§2.2)."""
    selector = ""
    for _ in range(4):  # an annotation holds a specific resource that holds a resource
        if isinstance(said, list):
            said = said[0] if said else None
        if not isinstance(said, dict):
            break
        if said.get("type") == "SpecificResource":
            selector = _selected(said.get("selector")) or selector
            said = said.get("source")
        elif "target" in said:
            said = said["target"]
        else:
            said = said.get("id")
    if not isinstance(said, str):
        raise UnreadableState
    return _aim(said, selector, origin)


def _selected(selector: object) -> str:
    one = selector[0] if isinstance(selector, list) and selector else selector
    value = one.get("value") if isinstance(one, dict) else None
    return value if isinstance(value, str) else ""


def _aim(address: str, selector: str, origin: str) -> Aim:
    address, _, fragment = address.partition("#")
    path = address.removeprefix(origin)
    if path == address:
        raise UnreadableState
    if found := _CANVAS.fullmatch(path):
        return Aim(found[2] or found[1], region_of(selector or fragment))
    if found := _MANIFEST.fullmatch(path):
        return Aim(found[1])
    raise UnreadableState
