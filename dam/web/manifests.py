"""/manifests/3 and /manifests/2: manifests and collections, decided for whoever asks.

Assembled texts are kept by what they depend on: the epoch of rights, the count of edits, the
moment at which a decision changes. The decision is asked before this memory is looked at, by way
of those three; a text is never given after any of them has moved.
"""

import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from threading import Lock

from flask import Blueprint, Response, request

from dam.iiif.presentation import fill_origin, stored_text
from dam.iiif.presentation_2 import CONTEXT as CONTEXT_2
from dam.iiif.presentation_2 import collection_2, manifest_2
from dam.iiif.presentation_source import CONTEXT, NOT_SHOWN_PATH
from dam.rights.facts import Audience
from dam.web.iiif import preflight
from dam.web.origin import Origin
from dam.web.reader import audience
from dam.web.responses import iiif_json, tagged
from dam.workflows import collect, manifests
from dam.workflows.archive import Archive
from dam.workflows.manifests import Document

_MOST_KEPT = 256
_NOT_SHOWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800" viewBox="0 0 1200 800">'
    '<rect width="1200" height="800" fill="#3a3a3a"/>'
    '<rect x="420" y="260" width="360" height="240" fill="none" stroke="#b8b8b8" stroke-width="8"/>'
    '<path d="M420 500 780 260" stroke="#b8b8b8" stroke-width="8"/>'
    '<text x="600" y="600" fill="#e6e6e6" font-family="sans-serif" font-size="48" '
    'text-anchor="middle">Not shown</text></svg>'
)
_CONTEXTS = {"3": CONTEXT, "2": CONTEXT_2}
_ROOT = "/manifests/<any('3', '2'):version>"


class Memory:
    """Documents of the public, by path, for as long as nothing that they say has changed."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._kept: OrderedDict[str, tuple[bytes, bytes, float, Document]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str, make: Callable[[], Document]) -> Document:
        """Return the document *key*, made now or kept from when everything was as it is."""
        epoch, edits = self._archive.epoch.value, self._archive.edits.value
        now = self._archive.ticks()
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None and kept[:2] == (epoch, edits) and now < kept[2]:
            return kept[3]
        document = make()
        # One second at the most: a change by a process that died before it could say so, or on
        # another host, is found by then.
        seconds = min(1.0, document.life.seconds_at(self._archive.now()))
        with self._lock:
            self._kept[key] = (epoch, edits, now + seconds, document)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return document


def blueprint(archive: Archive, origin: Origin) -> Blueprint:
    """Return the routes of manifests and collections, of Presentation API 3.0 and 2.1."""
    routes = Blueprint("manifests", __name__)
    memory = Memory(archive)

    @routes.before_request
    def asked_by_a_browser() -> Response | None:
        return preflight() if request.method == "OPTIONS" else None

    def answer(version: str, document: Document, *, public: bool) -> Response:
        shown = in_version_2(document) if version == "2" and not public else document
        text = fill_origin(shown.text, origin())
        max_age = shown.life.seconds_at(archive.now()) if public else None
        return iiif_json(text, _CONTEXTS[version], max_age=max_age, linked_first=version == "3")

    def publics(version: str, key: str, make: Callable[[], Document]) -> Response:
        """Return a document as the public is told of it; *make* gives it by 3.0."""
        if version == "3":
            return answer(version, memory.get(key, make), public=True)
        older = memory.get(f"2/{key}", lambda: in_version_2(memory.get(key, make)))
        return answer(version, older, public=True)

    @routes.get(f"{_ROOT}/<identifier>/manifest.json")
    def manifest(version: str, identifier: str) -> Response:
        who = audience() if "full" in request.args else Audience.PUBLIC
        if who is Audience.PUBLIC:
            return publics(
                version, identifier, lambda: manifests.manifest(archive, identifier, who)
            )
        return answer(version, manifests.manifest(archive, identifier, who), public=False)

    @routes.get(f"{_ROOT}/collection.json")
    def collection(version: str) -> Response:
        return publics(version, "collection", lambda: collect.collection(archive))

    @routes.get(f"{_ROOT}/collections/page-<int:page>.json")
    def page_of_collection(version: str, page: int) -> Response:
        return publics(version, f"page-{page}", lambda: collect.collection(archive, page))

    @routes.get(NOT_SHOWN_PATH)
    def not_shown() -> Response:
        return tagged(_NOT_SHOWN.encode(), "image/svg+xml", max_age=86_400)

    return routes


def in_version_2(document: Document) -> Document:
    """Return a document of Presentation API 3.0 as one of 2.1, to be kept as long."""
    written = json.loads(document.text)
    older = manifest_2 if written["type"] == "Manifest" else collection_2
    return replace(document, text=stored_text(older(written)))
