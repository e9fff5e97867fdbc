"""The tile path: a WSGI callable ahead of Flask that answers stored tiles of the public's images.

A request costs a comparison, two look-ups and one ``pread``. What lies in the look-ups was put
there after asking the rights decision, and is thrown away before the next request as soon as the
epoch says that any decision may have changed. Everything else (unknown, refused, drawn, another
audience, another method) falls through to the Flask route, which answers the same to the letter.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dam.errors import DamError
from dam.iiif.image_request import ApiVersion
from dam.rights.facts import Audience
from dam.storage.packs import DamagedPack
from dam.web.image_headers import image_headers, kept_headers
from dam.workflows import deliver
from dam.workflows.archive import Archive

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

_PREFIXES = {"/iiif/3/": ApiVersion.V3, "/iiif/2/": ApiVersion.V2}
_PREFIX_LENGTH = len("/iiif/3/")
_LOOK_SECONDS = 1.0
_MOST_IMAGES = 4096


@dataclass(frozen=True, slots=True)
class ReadyTile:
    """A stored tile with its answer made up: where its bytes lie, and both sets of headers."""

    offset: int
    length: int
    etag: str
    headers: list[tuple[str, str]]
    kept: list[tuple[str, str]]


@dataclass(slots=True)
class ReadyImage:
    """An image of the public, by the spellings of its tiles that were asked for so far.

    Only spellings of stored tiles are kept, so there are no more than a few for each of them.
    """

    image: deliver.OpenImage
    descriptor: int
    until: datetime | None
    tiles: dict[str, ReadyTile] = field(default_factory=dict)


class TilePath:
    """Answers what it can at once, and hands everything else to *fallback*."""

    def __init__(self, archive: Archive, fallback: Application) -> None:
        self._archive = archive
        self._fallback = fallback
        self._public_url = archive.settings.public_url
        self._epoch = b""
        self._database_epoch = -1
        self._look_at = 0.0
        self._images: dict[tuple[str, str], ReadyImage] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        path = environ["PATH_INFO"]
        version = _PREFIXES.get(path[:_PREFIX_LENGTH])
        if version is not None and environ["REQUEST_METHOD"] == "GET":
            self._forget_what_changed()
            identifier, _, tail = path[_PREFIX_LENGTH:].partition("/")
            origin = self._public_url or f"{environ['wsgi.url_scheme']}://{environ['HTTP_HOST']}"
            image = self._images.get((identifier, origin)) or self._open(identifier, origin)
            if image is not None:
                key = f"{version}/{tail}"
                tile = image.tiles.get(key) or self._ready(image, version, tail, origin)
                if tile is not None and (image.until is None or self._archive.now() < image.until):
                    return _answer(image, tile, environ, start_response)
        return self._fallback(environ, start_response)

    def _forget_what_changed(self) -> None:
        epoch = self._archive.epoch.value
        if epoch == self._epoch and self._archive.ticks() < self._look_at:
            return
        # The count is read before the rows that answers will be made from, never after them.
        found = deliver.database_epoch(self._archive)
        if epoch != self._epoch or found != self._database_epoch:
            self._images = {}
        self._epoch, self._database_epoch = epoch, found
        self._look_at = self._archive.ticks() + _LOOK_SECONDS

    def _open(self, identifier: str, origin: str) -> ReadyImage | None:
        images = self._images
        if identifier.endswith(deliver.FULL_SUFFIX) or len(images) >= _MOST_IMAGES:
            if len(images) >= _MOST_IMAGES:
                self._images = {}
            return None
        try:
            opened = deliver.open_image(self._archive, identifier, Audience.PUBLIC)
        except DamError:
            return None  # the Flask route says why
        until = opened.asked.decision.until
        if _soon(opened):
            return None
        ready = ReadyImage(opened, opened.tiles.descriptor, until)
        # Into the dictionary that was current before the decision was asked: if it has been
        # replaced meanwhile, this answer may be old, and nobody finds it.
        images[identifier, origin] = ready
        return ready

    def _ready(
        self, image: ReadyImage, version: ApiVersion, tail: str, origin: str
    ) -> ReadyTile | None:
        try:
            found = deliver.find(self._archive, image.image, version, tail)
        except DamError:
            return None
        stored = found.stored
        if stored is None:
            return None
        tile = ReadyTile(
            stored.offset,
            stored.length,
            f'"{found.etag}"',
            image_headers(found, version, origin, stored.length),
            kept_headers(found),
        )
        image.tiles[f"{version}/{tail}"] = tile
        return tile


def _soon(opened: deliver.OpenImage) -> bool:
    """Say whether the answer changes within the life of a cached copy.

    Then the life is counted down with each request, which the Flask route does.
    """
    until = opened.asked.decision.until
    longest = 86_400
    return until is not None and (until - opened.asked.moment).total_seconds() <= longest


def _answer(
    image: ReadyImage, tile: ReadyTile, environ: Environ, start_response: StartResponse
) -> list[bytes]:
    wanted = environ.get("HTTP_IF_NONE_MATCH")
    if wanted is not None and (tile.etag in wanted or wanted.strip() == "*"):
        start_response("304 Not Modified", list(tile.kept))
        return []
    data = os.pread(image.descriptor, tile.length, tile.offset)
    if len(data) != tile.length:
        raise DamagedPack
    start_response("200 OK", list(tile.headers))
    return [data]
