"""/manifests/3: manifests and collections, each canvas decided for whoever asks.

Assembled texts are kept by what they depend on: the epoch of rights, the count of edits, the
moment at which a decision changes. The decision is asked before this memory is looked at, by way
of those three; a text is never given after any of them has moved.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from threading import Lock

from flask import Blueprint, Response, request

from dam.iiif.presentation import fill_origin
from dam.iiif.presentation_source import CONTEXT
from dam.rights.facts import Audience
from dam.web.iiif import preflight
from dam.web.origin import Origin
from dam.web.reader import audience
from dam.web.responses import iiif_json
from dam.workflows import manifests
from dam.workflows.archive import Archive
from dam.workflows.manifests import Document

_MOST_KEPT = 256


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
            # It may be a second old, and no copy of it may live longer than one made now.
            return replace(kept[3], cache_seconds=max(0, kept[3].cache_seconds - 1))
        document = make()
        # One second at the most: a change by a process that died before it could say so, or on
        # another host, is found by then.
        with self._lock:
            self._kept[key] = (epoch, edits, now + min(1.0, document.cache_seconds), document)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return document


def blueprint(archive: Archive, origin: Origin) -> Blueprint:
    """Return the routes of manifests and collections."""
    routes = Blueprint("manifests", __name__)
    memory = Memory(archive)

    def answer(document: Document, *, public: bool) -> Response:
        text = fill_origin(document.text, origin())
        return iiif_json(text, CONTEXT, max_age=document.cache_seconds if public else None)

    @routes.route("/manifests/3/<identifier>/manifest.json", methods=["GET", "OPTIONS"])
    def manifest(identifier: str) -> Response:
        if request.method == "OPTIONS":
            return preflight()
        who = audience() if "full" in request.args else Audience.PUBLIC
        if who is Audience.PUBLIC:
            document = memory.get(
                identifier, lambda: manifests.manifest(archive, identifier, Audience.PUBLIC)
            )
            return answer(document, public=True)
        return answer(manifests.manifest(archive, identifier, who), public=False)

    @routes.route("/manifests/3/collection.json", methods=["GET", "OPTIONS"])
    def collection() -> Response:
        if request.method == "OPTIONS":
            return preflight()
        document = memory.get("collection", lambda: manifests.collection(archive))
        return answer(document, public=True)

    @routes.route("/manifests/3/collections/page-<int:page>.json", methods=["GET", "OPTIONS"])
    def page_of_collection(page: int) -> Response:
        if request.method == "OPTIONS":
            return preflight()
        document = memory.get(f"page-{page}", lambda: manifests.collection(archive, page))
        return answer(document, public=True)

    return routes
