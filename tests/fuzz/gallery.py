"""An archive of pictures that code their coordinates, asked in process, and what is checked."""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import cos, floor, radians, sin
from pathlib import Path
from urllib.parse import unquote_to_bytes

from imaging.made_pictures import coordinates
from PIL import Image
from spec_oracle import MEDIA_TYPES, Picture, Refused, expected
from web.browsers import KEY, published

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
# Light that may be missing: two generations of JPEG, 256 colours, one bit.
_TOLERANCE = {"gif": 42}
_USUAL_TOLERANCE = 9
_SHARE_OF_A_PIXEL = 0.7
_LEAST_TURNED = 12
_BLUE = 128
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


def environ_of(target: str, method: str) -> dict[str, object]:
    path, _, query = target.partition("?")
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "photographs.example.org",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


@contextmanager
def open_gallery(home: Path) -> Iterator[Gallery]:
    """Build the archive in *home*, its pictures published."""
    settings = {"DAM_HOME": str(home), "DAM_MAX_IMAGE_AREA": str(MAX_AREA)}
    place = wiring.open_place(read_settings(settings))
    wiring.prepare(place)
    archive = wiring.build_archive(place)
    images = {}
    for width, height in EXTENTS:
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
    yield Gallery(archive, create_service(replace(archive, ticks=lambda: 0.0), KEY), images)
    place.engine.dispose()


def what_is_right(gallery: Gallery, target: str) -> tuple[set[int], Picture | None]:
    """Return the statuses that GET or HEAD of *target* may have, and the picture if it is one."""
    path = unquote_to_bytes(target.partition("?")[0]).decode("utf-8", "replace")
    if "\n" in path:
        return {308, 404}, None  # no address of ours has a line end
    # What does not stand under the two prefixes, and what has double slashes, is for the router.
    if "//" in path or not path.startswith(("/iiif/2/", "/iiif/3/")):
        return {200, 303, 308, 400, 401, 404, 405}, None
    version, rest = int(path[6]), path[8:]
    identifier, *segments = rest.rsplit("/", 4)
    # What everybody may see in full is the same under its other name.
    identifier, rest = (name.removesuffix("_full") for name in (identifier, rest))
    if rest.endswith("/info.json"):
        described = rest.removesuffix("/info.json").removesuffix("_full")
        return {200 if described in gallery.images else 404}, None
    if len(segments) < 4:
        return {303 if rest in gallery.images else 404}, None
    if identifier not in gallery.images:
        return {404}, None
    try:
        picture = expected("/".join(segments), version, gallery.images[identifier], MAX_AREA)
    except Refused as refusal:
        return {refusal.status}, None
    return {200}, picture


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
        check_picture(answer, picture, gallery.images[name.removesuffix("_full")], target)
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


def check_picture(answer: Answer, wanted: Picture, full: tuple[int, int], target: str) -> None:
    """Decode the answer: its type, its dimensions, and whether it shows the right place."""
    assert answer.headers["content-type"] == MEDIA_TYPES[wanted.format], target
    assert int(answer.headers["content-length"]) == len(answer.body), target
    shown = Image.open(io.BytesIO(answer.body))
    assert MEDIA_TYPES[wanted.format] == Image.MIME[shown.format], target
    across, down = wanted.canvas()
    if wanted.quarter:
        assert shown.size == (across, down), (target, shown.size, wanted)
    else:  # a turned picture is drawn on whole pixels around the turned shape
        assert 0 <= shown.width - across < 3 and 0 <= shown.height - down < 3, (target, shown.size)
        if min(wanted.size) < _LEAST_TURNED:
            return  # a strip that is turned is all edge
    pixels = shown.convert("RGBA")
    for place, light in places(wanted, full, shown.size):
        found = pixels.getpixel(place)
        assert agrees(found, light, wanted, full), (target, place, found, light)


def places(
    wanted: Picture, full: tuple[int, int], canvas: tuple[int, int]
) -> Iterator[tuple[tuple[int, int], tuple[float, float, float]]]:
    """Yield pixels of the answer: its middle and four around it, with the light they must have."""
    left, top, wide, high = wanted.box
    turn = radians(float(wanted.degrees))
    for right, below in ((0, 0), (-0.25, -0.25), (0.25, -0.25), (-0.25, 0.25), (0.25, 0.25)):
        x, y = right * wanted.size[0], below * wanted.size[1]
        # Clockwise, with y downwards.
        turned = (x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn))
        place = tuple(
            min(side - 1, max(0, floor(side / 2 + moved)))
            for side, moved in zip(canvas, turned, strict=True)
        )
        # The middle of that pixel, back in the picture before the turn and the mirror.
        away = tuple(at + 0.5 - side / 2 for at, side in zip(place, canvas, strict=True))
        x = away[0] * cos(turn) + away[1] * sin(turn)
        y = -away[0] * sin(turn) + away[1] * cos(turn)
        x = -x if wanted.mirror else x
        yield (
            place,
            light_at(
                left + wide * (0.5 + x / wanted.size[0]),
                top + high * (0.5 + y / wanted.size[1]),
                full,
            ),
        )


def light_at(x: float, y: float, full: tuple[int, int]) -> tuple[float, float, float]:
    """The colour of the master at a place between its pixels."""
    across = (min(max(x - 0.5, 0), full[0] - 1)) * 255 / max(1, full[0] - 1)
    down = (min(max(y - 0.5, 0), full[1] - 1)) * 255 / max(1, full[1] - 1)
    return across, down, _BLUE


def tolerance_of(wanted: Picture, full: tuple[int, int]) -> float:
    """How much light may differ; more where one pixel of the answer spans many of the master."""
    spans = zip(wanted.box[2:], wanted.size, full, strict=True)
    step = max(255 * part / side / max(1, whole - 1) for part, side, whole in spans if whole > 1)
    usual = _TOLERANCE.get(wanted.format, _USUAL_TOLERANCE)
    # Beside the white around a turned picture the blocks of a JPEG ring.
    return (usual if wanted.quarter else 2 * usual) + step * _SHARE_OF_A_PIXEL


def agrees(
    found: tuple[int, ...],
    light: tuple[float, float, float],
    wanted: Picture,
    full: tuple[int, int],
) -> bool:
    """Say whether a pixel has the light that it must have, as far as the format can hold it."""
    tolerance = tolerance_of(wanted, full)
    if wanted.quality in {"gray", "bitonal"}:
        gray = 0.299 * light[0] + 0.587 * light[1] + 0.114 * light[2]
        if wanted.quality == "gray":
            return all(abs(band - gray) <= tolerance for band in found[:3])
        side = 255 if gray > tolerance + 128 else 0 if gray < 128 - tolerance else None
        return side is None or all(abs(band - side) <= _TOLERANCE["gif"] for band in found[:3])
    return all(abs(band - must) <= tolerance for band, must in zip(found, light, strict=False))
