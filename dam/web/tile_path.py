"""The tile path: a WSGI callable ahead of Flask that answers stored tiles of the public's images.

A request costs a comparison, two look-ups and one ``pread``. What lies in the look-ups was put
there after asking the rights decision. As soon as the epoch says that any decision may have
changed, the decision about an image is asked again before it is used again, and only then; what
was made ready stays where the answer is the same. Everything else (unknown, refused, drawn, another
audience, another method) falls through to the Flask route, which answers the same to the letter; of
what is drawn the decision goes along, so that it is not asked twice.
"""

import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache

from werkzeug.http import parse_etags
from werkzeug.sansio.utils import get_host

from dam.errors import DamError
from dam.iiif.image_request import ApiVersion
from dam.metadata.attribution import place
from dam.rights.facts import Audience
from dam.storage.packs import Slice
from dam.web.handing_on import HANDED_ON
from dam.web.image_headers import image_headers, kept_headers
from dam.web.meter import Application, Environ, Meter, StartResponse
from dam.workflows import deliver
from dam.workflows.archive import Archive
from dam.workflows.attribution import carries, segment_of

_PREFIXES = {"/iiif/3/": ApiVersion.V3, "/iiif/2/": ApiVersion.V2}
_PREFIX_LENGTH = len("/iiif/3/")
_LOOK_SECONDS = 1.0
# Each holds a file open, or two where pixels are transparent, beside the 256 of the shelf of packs;
# systems give a process 1024.
_MOST_IMAGES = 256
# Numbers may be written with any zeros, so that a tile has no end of spellings; viewers use few.
_MOST_SPELLINGS_OF_A_TILE = 4
_LONGEST_CACHE = timedelta(seconds=86_400)
_STATUS = {200: "200 OK", 304: "304 NOT MODIFIED"}

LOG = logging.getLogger("dam.web")


@dataclass(frozen=True, slots=True)
class Known:
    """What the counters said before an answer was made; another object means: ask again."""

    epoch: bytes
    database_epoch: int


@dataclass(frozen=True, slots=True)
class ReadWords:
    """The segment that whole pictures carry, with the count of edits from before it was read."""

    edits: bytes
    until: float
    segment: bytes


@dataclass(frozen=True, slots=True)
class ReadyTile:
    """A stored tile with its answer made up: where its bytes lie, and both sets of headers.

    With a *segment* in it, *start* is what comes before the bytes that are read.
    """

    offset: int
    length: int
    segment: bytes
    start: bytes
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
    known: Known
    words: ReadWords | None = None
    tiles: dict[str, ReadyTile] = field(default_factory=dict)

    @property
    def most_tiles(self) -> int:
        """How many spellings are kept."""
        return _MOST_SPELLINGS_OF_A_TILE * len(self.image.tiles.members)


Answer = tuple[int, list[tuple[str, str]], bytes]


class TilePath:
    """Answers what it can at once, and hands everything else to *fallback*."""

    def __init__(self, archive: Archive, fallback: Application, meter: Meter | None = None) -> None:
        self._archive = archive
        self._fallback = fallback if meter is None else meter.around(fallback)
        self._meter = meter
        self._public_url = archive.settings.public_url
        self._known = Known(b"", -1)
        self._look_at = 0.0
        self._images: dict[tuple[str, str], ReadyImage] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        path = environ.get("PATH_INFO", "")
        version = _PREFIXES.get(path[:_PREFIX_LENGTH])
        if version is not None and environ["REQUEST_METHOD"] == "GET":
            started = self._archive.ticks()
            try:
                answer = self._answer(environ, version, path)
            except Exception:  # the rim: the Flask route meets the same fault, and says so
                LOG.warning("the tile path failed at %s", ascii(path), exc_info=True)
                answer = None
            if answer is not None:
                status, headers, data = answer
                start_response(_STATUS[status], headers)
                if self._meter is not None:
                    self._meter.tile(environ, status, len(data), started)
                return [data] if data else []
        return self._fallback(environ, start_response)

    def _answer(self, environ: Environ, version: ApiVersion, path: str) -> Answer | None:
        origin = self._public_url or _origin(environ["wsgi.url_scheme"], environ.get("HTTP_HOST"))
        if origin is None:
            return None
        known = self._look()
        identifier, _, tail = path[_PREFIX_LENGTH:].partition("/")
        image = self._images.get((identifier, origin))
        if image is None or image.known is not known:
            image = self._open(identifier, origin, known, image)
        if image is None or (image.until is not None and self._archive.now() >= image.until):
            return None
        tile = image.tiles.get(path)
        if tile is None or (tile.segment and tile.segment != self._segment(image, origin)):
            found = self._found(image, version, tail, origin)
            if found is None:
                return None
            stored = found.stored
            if stored is None or found.image.tiles is not image.image.tiles:
                environ[HANDED_ON] = found  # drawn, or of the companion, which is another file
                return None
            tile = self._ready(image, path, found, stored, (version, origin))
        return _delivered(image, tile, environ)

    def _look(self) -> Known:
        known, epoch = self._known, self._archive.epoch.value
        if epoch == known.epoch and self._archive.ticks() < self._look_at:
            return known
        # The counts are read before the rows that answers will be made from, never after them.
        found = Known(epoch, deliver.database_epoch(self._archive))
        self._look_at = self._archive.ticks() + _LOOK_SECONDS
        if found != known:
            self._known = known = found
        return known

    def _open(
        self, identifier: str, origin: str, known: Known, before: ReadyImage | None
    ) -> ReadyImage | None:
        """Ask the decision; what was made ready *before* stays where it comes out the same."""
        images = self._images
        opened = self._decided(identifier)
        if opened is None:
            images.pop((identifier, origin), None)
            return None
        until = opened.asked.decision.until
        ready = ReadyImage(
            opened,
            opened.tiles.descriptor,
            None if until is None else until - _LONGEST_CACHE,
            known,
        )
        if before is not None and _alike(before.image, opened):
            ready.tiles = before.tiles
        while len(images) >= _MOST_IMAGES and (identifier, origin) not in images:
            images.pop(next(iter(images)), None)  # the first that came
        images[identifier, origin] = ready
        return ready

    def _decided(self, identifier: str) -> deliver.OpenImage | None:
        if identifier.endswith(deliver.FULL_SUFFIX):
            return None
        try:
            opened = deliver.open_image(self._archive, identifier, Audience.PUBLIC)
        except DamError:
            return None  # the Flask route says why
        until = opened.asked.decision.until
        ends_soon = until is not None and until - opened.asked.moment <= _LONGEST_CACHE
        return None if ends_soon else opened

    def _segment(self, image: ReadyImage, origin: str) -> bytes:
        """Return what whole pictures carry now; words are read again when any were edited."""
        edits, words = self._archive.edits.value, image.words
        if words is None or words.edits != edits or self._archive.ticks() >= words.until:
            segment = segment_of(self._archive, image.image, origin)
            words = ReadWords(edits, self._archive.ticks() + _LOOK_SECONDS, segment)
            image.words = words
        return words.segment

    def _found(
        self, image: ReadyImage, version: ApiVersion, tail: str, origin: str
    ) -> deliver.Delivery | None:
        """Return what *tail* comes to, with its credit; None where the Flask route says why not."""
        try:
            found = deliver.find(self._archive, image.image, version, tail)
            if carries(self._archive, found):
                found = replace(found, segment=self._segment(image, origin))
        except DamError:
            return None
        return found

    def _ready(
        self,
        image: ReadyImage,
        path: str,
        found: deliver.Delivery,
        stored: Slice,
        spoken: tuple[ApiVersion, str],
    ) -> ReadyTile:
        """Make the answer of a stored tile up, *spoken* in a version at an origin, and keep it."""
        now, length = self._archive.now(), stored.length + len(found.segment)
        start = _start(image.descriptor, stored, found.segment)
        read_before = len(start) - len(found.segment) if start else 0
        tile = ReadyTile(
            stored.offset + read_before,
            stored.length - read_before,
            found.segment,
            start,
            found.etag,
            image_headers(found, spoken, length, now),
            kept_headers(found, now),
        )
        if len(image.tiles) < image.most_tiles or path in image.tiles:
            image.tiles[path] = tile
        return tile


def _start(descriptor: int, stored: Slice, segment: bytes) -> bytes:
    """Return the beginning of a tile up to the end of its segment; b"" where it carries none.

    It is read once: what is sent is then put together in one copy, not in two.
    """
    if not segment:
        return b""
    at = place(os.pread(descriptor, 6, stored.offset))
    return os.pread(descriptor, at, stored.offset) + segment


def _alike(before: deliver.OpenImage, now: deliver.OpenImage) -> bool:
    """Whether tiles that were made ready from one may be given for the other."""
    return before.pack == now.pack and before.asked.life == now.asked.life


@lru_cache(maxsize=256)
def _origin(scheme: str, host_header: str | None) -> str | None:
    """Return the origin as Flask reads it from the request, or none where it names no host."""
    host = get_host(scheme, host_header)
    return f"{scheme}://{host}" if host else None


def _delivered(image: ReadyImage, tile: ReadyTile, environ: Environ) -> Answer | None:
    wanted = environ.get("HTTP_IF_NONE_MATCH")
    if wanted is not None and parse_etags(wanted).contains_weak(tile.etag):
        return 304, list(tile.kept), b""
    data = os.pread(image.descriptor, tile.length, tile.offset)
    if len(data) != tile.length:
        return None  # the pack is damaged; the Flask route says so
    return 200, list(tile.headers), tile.start + data if tile.start else data
