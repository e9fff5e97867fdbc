"""The tile path: a WSGI callable ahead of Flask that answers stored tiles of the public's images.

A request costs a comparison, two look-ups and one ``pread``. What lies in the look-ups was put
there after asking the rights decision, and is thrown away before the next request as soon as the
epoch says that any decision may have changed. Everything else (unknown, refused, drawn, another
audience, another method) falls through to the Flask route, which answers the same to the letter.
"""

import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from werkzeug.http import parse_etags
from werkzeug.sansio.utils import get_host

from dam.errors import DamError
from dam.iiif.image_request import ApiVersion
from dam.rights.facts import Audience
from dam.web.image_headers import image_headers, kept_headers
from dam.workflows import deliver
from dam.workflows.archive import Archive

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

_PREFIXES = {"/iiif/3/": ApiVersion.V3, "/iiif/2/": ApiVersion.V2}
_PREFIX_LENGTH = len("/iiif/3/")
_LOOK_SECONDS = 1.0
# Each holds a file open, or two where pixels are transparent, beside the 256 of the shelf of packs;
# systems give a process 1024.
_MOST_IMAGES = 256
# Numbers may be written with any zeros, so that a tile has no end of spellings; viewers use few.
_MOST_SPELLINGS_OF_A_TILE = 4
_LONGEST_CACHE = timedelta(seconds=86_400)

LOG = logging.getLogger("dam.web")


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
    """An image of the public, by the paths of its tiles that were asked for so far.

    *until* is when the answer changes, less the longest life of a copy: from then on that life is
    counted down with each request, which the Flask route does.
    """

    image: deliver.OpenImage
    descriptor: int
    until: datetime | None
    tiles: dict[str, ReadyTile] = field(default_factory=dict)

    @property
    def most_tiles(self) -> int:
        """How many spellings are kept."""
        return _MOST_SPELLINGS_OF_A_TILE * len(self.image.tiles.members)


Answer = tuple[str, list[tuple[str, str]], list[bytes]]


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
        path = environ.get("PATH_INFO", "")
        version = _PREFIXES.get(path[:_PREFIX_LENGTH])
        if version is not None and environ["REQUEST_METHOD"] == "GET":
            try:
                answer = self._answer(environ, version, path)
            except Exception:  # the rim: the Flask route meets the same fault, and says so
                LOG.warning("the tile path failed at %s", ascii(path), exc_info=True)
                answer = None
            if answer is not None:
                start_response(answer[0], answer[1])
                return answer[2]
        return self._fallback(environ, start_response)

    def _answer(self, environ: Environ, version: ApiVersion, path: str) -> Answer | None:
        origin = self._public_url or _origin(environ["wsgi.url_scheme"], environ.get("HTTP_HOST"))
        if origin is None:
            return None
        self._forget_what_changed()
        identifier, _, tail = path[_PREFIX_LENGTH:].partition("/")
        image = self._images.get((identifier, origin)) or self._open(identifier, origin)
        if image is None or (image.until is not None and self._archive.now() >= image.until):
            return None
        tile = image.tiles.get(path) or self._ready(image, version, tail, origin)
        return None if tile is None else _delivered(image, tile, environ)

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
        # Into the dictionary that was current before the decision was asked: if it has been
        # replaced meanwhile, this answer may be old, and nobody finds it.
        images = self._images
        if identifier.endswith(deliver.FULL_SUFFIX):
            return None
        try:
            opened = deliver.open_image(self._archive, identifier, Audience.PUBLIC)
        except DamError:
            return None  # the Flask route says why
        until = opened.asked.decision.until
        if until is not None:
            if until - opened.asked.moment <= _LONGEST_CACHE:
                return None
            until -= _LONGEST_CACHE
        ready = ReadyImage(opened, opened.tiles.descriptor, until)
        while len(images) >= _MOST_IMAGES:
            images.pop(next(iter(images)), None)  # the first that came
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
        if stored is None or found.image.tiles is not image.image.tiles:
            return None  # drawn, or of the transparent companion, which is another file
        tile = ReadyTile(
            stored.offset,
            stored.length,
            found.etag,
            image_headers(found, version, origin, stored.length),
            kept_headers(found),
        )
        if len(image.tiles) < image.most_tiles:
            image.tiles[f"/iiif/{version}/{image.image.service_id}/{tail}"] = tile
        return tile


@lru_cache(maxsize=256)
def _origin(scheme: str, host_header: str | None) -> str | None:
    """Return the origin as Flask reads it from the request, or none where it names no host."""
    host = get_host(scheme, host_header)
    return f"{scheme}://{host}" if host else None


def _delivered(image: ReadyImage, tile: ReadyTile, environ: Environ) -> Answer | None:
    wanted = environ.get("HTTP_IF_NONE_MATCH")
    if wanted is not None and parse_etags(wanted).contains_weak(tile.etag):
        return "304 NOT MODIFIED", list(tile.kept), []
    data = os.pread(image.descriptor, tile.length, tile.offset)
    if len(data) != tile.length:
        return None  # the pack is damaged; the Flask route says so
    return "200 OK", list(tile.headers), [data]
