"""Drawing behind a real server of two workers: once for all, and not for those who left."""

import contextlib
import http.client
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from served import Served, free_port, running, wait_until_workers_answer

from dam import wiring
from dam.config import read_settings

PATIENCE_SECONDS = 60
SIZE = (6000, 4000)
MEMORY_BYTES = 500_000_000


@pytest.fixture
def served(tmp_path, request) -> Iterator[Served]:
    """A large photograph and a small one, behind two workers with as many threads as ours have.

    The parameter is the longest wait in seconds: by default so long that nobody is put off.
    """
    settings = {
        "DAM_HOME": str(tmp_path),
        "DAM_DRAWING_MEMORY_BYTES": str(MEMORY_BYTES),
        "DAM_LONGEST_WAIT_SECONDS": getattr(request, "param", "300"),
    }
    place = wiring.open_place(read_settings(settings))
    wiring.prepare(place)
    port = free_port()
    command = (
        *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "2", "--blocking-threads", "72", "--backpressure", "256"),
        *("--http", "1", "--no-ws", "dam.web.serving:application"),
    )
    noise = Image.effect_noise((1500, 1000), 60).convert("RGB").resize(SIZE)
    noise.save(tmp_path / "large.jpg", quality=60)
    noise.resize((1200, 800)).save(tmp_path / "small.jpg")
    try:
        with running(tmp_path, settings, *command) as process:
            archive = wiring.build_archive(place)
            served = Served(archive, f"http://127.0.0.1:{port}", process)
            served.take_in(
                tmp_path / "large.jpg",
                tmp_path / "small.jpg",
                rights="http://creativecommons.org/publicdomain/zero/1.0/",
            )
            wait_until_workers_answer(served, PATIENCE_SECONDS)
            yield served
    finally:
        place.engine.dispose()


def address(served: Served, name: str, tail: str) -> str:
    return f"/iiif/3/{served.ids[name]}/{tail}"


@pytest.mark.parametrize("size", ["611,", "4321,"], ids=["a small one", "a large one"])
def test_fifty_cold_requests_for_the_same_picture_draw_it_once(served, size):
    path = address(served, "large.jpg", f"full/{size}/0/default.jpg")
    barrier, found = threading.Barrier(50), []

    def ask() -> None:
        barrier.wait(PATIENCE_SECONDS)
        found.append(served.ask(path))

    threads = [threading.Thread(target=ask) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert [answer.status for answer in found] == [200] * 50
    assert len({answer.body for answer in found}) == 1
    counted = served.archive.drawing.snapshot()
    assert counted["drawn"] == 1
    assert counted["shared"] + counted["kept"] == 49


def send(served: Served, path: str) -> socket.socket:
    host, port = served.host.split(":")
    connection = socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS)
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {served.host}\r\n\r\n".encode())
    return connection


def test_client_that_disconnects_costs_nothing_after_the_running_step(served):
    """Twenty ask for large pictures and leave: of each worker's, only what runs is drawn."""
    paths = [
        address(served, "large.jpg", f"{n},0,5900,4000/5000,/0/default.jpg") for n in range(20)
    ]
    connections = [send(served, path) for path in paths]
    drawing = served.archive.drawing
    _until(lambda: drawing.snapshot()["asked"] == 20 and drawing.snapshot()["drawn"])
    for connection in connections:
        connection.close()
    # Those that were being drawn end, and one more of each worker may have just begun.
    _until(lambda: sum(drawing.snapshot()[name] for name in ("drawn", "abandoned")) == 20)
    counted = drawing.snapshot()
    assert counted["abandoned"] >= 16 and counted["drawn"] <= 4, counted
    assert served.ask(address(served, "large.jpg", "full/700,/0/default.jpg")).status == 200


def test_client_that_stays_is_served_while_others_leave(served):
    paths = [address(served, "large.jpg", f"{n},0,5900,4000/5000,/0/default.jpg") for n in range(8)]
    leaving = [send(served, path) for path in paths[:6]]
    staying = [send(served, path) for path in paths[6:]]
    for connection in leaving:
        connection.close()
    for connection in staying:
        response = http.client.HTTPResponse(connection)
        response.begin()
        body = response.read()
        assert (response.status, body[:2]) == (200, b"\xff\xd8"), body[:300]
        connection.close()


def _until(true) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_picture_that_never_fits_is_413_with_one_sentence_that_any_site_may_read(served):
    path = address(served, "large.jpg", "full/max/45/default.png")
    answer = served.ask(path)
    assert answer.status == 413
    assert b"ask for a smaller size" in answer.body
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Retry-After"] is None


@dataclass
class Mix:
    """What many connections asked for at once came to; *largest_bytes* is of any worker."""

    statuses: Counter[int] = field(default_factory=Counter)
    tile_statuses: Counter[int] = field(default_factory=Counter)
    without_retry: int = 0
    largest_bytes: int = 0


def hostile_mix(
    served: Served, tiles: Sequence[str], large: Sequence[str], connections: int, seconds: float
) -> Mix:
    """Ask for *tiles* and, at every tenth request, for the largest pictures, without a pause."""
    mix, stopping, lock = Mix(), threading.Event(), threading.Lock()

    def run(first: int) -> None:
        number = first
        connection = http.client.HTTPConnection(urlsplit(served.origin).netloc, timeout=60)
        with contextlib.closing(connection):
            while not stopping.is_set():
                is_large = number % 10 == 0
                paths = large if is_large else tiles
                connection.request("GET", paths[number // 10 % len(paths)])
                answer = connection.getresponse()
                answer.read()
                number += 1
                with lock:
                    (mix.statuses if is_large else mix.tile_statuses)[answer.status] += 1
                    mix.without_retry += (
                        answer.status == 503 and answer.headers["Retry-After"] is None
                    )

    threads = [threading.Thread(target=run, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        mix.largest_bytes = max([mix.largest_bytes, *_resident(served.process.pid)])
        time.sleep(0.1)
    stopping.set()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()
    return mix


def _resident(parent: int) -> list[int]:
    """The memory of each worker of a server, in bytes."""
    found = []
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()
    for child in children:
        with contextlib.suppress(OSError):
            pages = Path(f"/proc/{child}/statm").read_text("ascii").split()[1]
            found.append(int(pages) * 4096)
    return found


@pytest.mark.parametrize("served", ["5"], indirect=True)
def test_hostile_mix_is_answered_or_put_off_and_memory_stays_bounded(served):
    tiles = [
        address(served, name, f"{512 * n},0,512,512/512,512/0/default.jpg")
        for name in ("large.jpg", "small.jpg")
        for n in range(2)
    ]
    # Each is another picture, so that none is kept or shared.
    large = [
        address(served, "large.jpg", f"{n},0,5900,4000/{5000 + n},/0/default.jpg")
        for n in range(100)
    ]
    before = max(_resident(served.process.pid))
    mix = hostile_mix(served, tiles, large, connections=48, seconds=4)
    assert set(mix.tile_statuses) == {200}
    assert set(mix.statuses) <= {200, 503} and mix.statuses[200]
    assert mix.without_retry == 0
    assert sum(mix.tile_statuses.values()) > 200
    assert mix.largest_bytes < before + MEMORY_BYTES
