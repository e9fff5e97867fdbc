"""An archive of pictures that code their coordinates, asked in process, and what is checked."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote_to_bytes

from imaging.made_pictures import coordinates
from pixels import check_picture
from spec_oracle import MEDIA_TYPES, Picture, Refused, expected
from web.browsers import KEY, published
from wsgi_environ import environ_of

from dam import wiring
from dam.config import read_settings
from dam.web.application import create_service
from dam.web.tile_path import TilePath
from dam.workflows import clear, ingest, jobs
from dam.workflows.archive import Archive
from dam.workflows.batch import Options, make_batch

MAX_AREA = 60_000
# Three levels of tiles, one smaller than a tile, and a strip with levels of equal width.
EXTENTS = ((1200, 700), (97, 61), (1, 1100))
_REVEALING = (b"Traceback", b"/site-packages", b".py", b"dam.", b"sqlite", b"/home", b"/tmp")


@dataclass(frozen=True)
class Answer:
    """A whole answer of the service."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Gallery:
    """The service over the pictures, by their identifiers."""

    archive: Archive
    service: TilePath
    images: dict[str, tuple[int, int]]
    max_area: int = MAX_AREA

    def ask(self, target: str, method: str = "GET", **extra: str) -> Answer:
        """Send a request as a server hands it over: the path decoded, as Latin-1."""
        environ = environ_of(target, method) | extra
        seen: list[tuple[str, list[tuple[str, str]]]] = []
        chunks = self.service(environ, lambda status, headers, *_: seen.append((status, headers)))
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        [(status, headers)] = seen
        for name, value in headers:
            assert "\n" not in name + value and "\r" not in name + value, target
        return Answer(int(status.split()[0]), {k.lower(): v for k, v in headers}, body)


@contextmanager
def open_gallery(
    home: Path, extents: tuple[tuple[int, int], ...] = EXTENTS, max_area: int = MAX_AREA
) -> Iterator[Gallery]:
    """Build the archive in *home*, its pictures published."""
    settings = {"DAM_HOME": str(home), "DAM_MAX_IMAGE_AREA": str(max_area)}
    place = wiring.open_place(read_settings(settings))
    wiring.prepare(place)
    archive = wiring.build_archive(place)
    images = {}
    for width, height in extents:
        written = io.BytesIO()
        coordinates(width, height).save(written, "PNG", compress_level=1)
        name = f"{width}x{height}.png"
        batch = make_batch(Options(by="tests"), [name], None, None)
        outcome = ingest.take_in(archive, name, [written.getvalue()], batch)
        assert outcome.id is not None, outcome
        clear.record(archive, outcome.id, published(), "tests")
        images[outcome.id] = (width, height)
    while jobs.run_one(archive):
        pass
    # Looking at the clock of the epoch is not what is tested here.
    yield Gallery(
        archive, create_service(replace(archive, ticks=lambda: 0.0), KEY), images, max_area
    )
    place.engine.dispose()


def what_is_right(  # noqa: PLR0911 (one for each kind of address)
    gallery: Gallery, target: str
) -> tuple[set[int], Picture | None]:
    """Return the statuses that GET or HEAD of *target* may have, and the picture if it is one."""
    path = unquote_to_bytes(target.partition("?")[0]).decode("utf-8", "replace")
    if "\n" in path:
        return {308, 404}, None  # no address of ours has a line end
    # What does not stand under the two prefixes, and what has double slashes, is for the router.
    if "//" in path or not path.startswith(("/iiif/2/", "/iiif/3/")):
        return {200, 303, 308, 400, 401, 404, 405}, None
    version, rest = int(path[6]), path[8:]
    if rest.endswith("/info.json"):
        return _of_service(gallery, rest.removesuffix("/info.json"), 200), None
    identifier, *segments = rest.rsplit("/", 4)
    if len(segments) < 4:
        return _of_service(gallery, rest, 303), None
    # What everybody may see in full is the same under its other name.
    full = gallery.images.get(identifier.removesuffix("_full"))
    if full is None:
        return {404}, None
    try:
        return {200}, expected("/".join(segments), version, full, gallery.max_area)
    except Refused as refusal:
        return {refusal.status}, None


def _of_service(gallery: Gallery, identifier: str, status: int) -> set[int]:
    return {status if identifier.removesuffix("_full") in gallery.images else 404}


def check(gallery: Gallery, target: str, method: str = "GET") -> Answer:
    """Ask, and make sure that the answer is the right one in every respect that is known."""
    answer = gallery.ask(target, method)
    statuses, picture = what_is_right(gallery, target)
    words = (method, target[:300], answer.status, statuses, answer.body[:200])
    assert answer.status < 500, words
    if method in {"GET", "HEAD"}:
        assert answer.status in statuses, words
    elif method == "OPTIONS":
        assert answer.status in {200, 204, 404, 405, 308}, words
    else:
        assert answer.status in {400, 404, 405, 308}, words
    if target.startswith(("/iiif/", "/manifests/")):
        assert answer.headers.get("access-control-allow-origin") == "*", words
    if answer.status >= 400:
        _check_problem(answer, target, method)
    elif picture is not None and method == "GET":
        name = unquote_to_bytes(target).decode("utf-8", "replace").split("/")[3]
        assert answer.headers["content-type"] == MEDIA_TYPES[picture.format], words
        assert int(answer.headers["content-length"]) == len(answer.body), words
        check_picture(answer.body, picture, gallery.images[name.removesuffix("_full")], target)
    return answer


def _check_problem(answer: Answer, target: str, method: str) -> None:
    """A problem is a sentence, and tells nothing of the inside."""
    kind = answer.headers["content-type"].partition(";")[0]
    if target.startswith(("/iiif/2/", "/iiif/3/", "/manifests/2/", "/manifests/3/")):
        assert kind == "application/json", (target, kind)
        if method != "HEAD":
            problem = json.loads(answer.body)
            assert problem["status"] == answer.status
            assert problem["detail"].isprintable() and problem["detail"].endswith(".")
            assert "reference" not in problem
            for revealing in _REVEALING:
                assert revealing not in answer.body, target
    assert b"Traceback" not in answer.body
