"""Several workers, several threads: what was changed by another process is true on all of them."""

import contextlib
import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

import pytest
from conftest import draw, program_in_a_process
from served import Served, free_port, running, wait_until_workers_answer

from dam.catalogue.changes import Description
from dam.catalogue.text import Text, TextField
from dam.cli.place import open_archive
from dam.records import catalogue
from dam.records.register import NewRecord, RecordKind
from dam.workflows import clear, describe

PATIENCE_SECONDS = 60
HAMMERS = 6


@dataclass
class Hammer:
    """Asks for addresses without a pause, on connections of its own; keeps when and what."""

    origin: str
    paths: list[str]
    seen: list[tuple[float, str, int]] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._threads = [threading.Thread(target=self._run, args=(n,)) for n in range(HAMMERS)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS)

    def _run(self, first: int) -> None:
        number = first
        while not self.stopping.is_set():
            # A new connection now and then, so that each worker is met.
            connection = http.client.HTTPConnection(urlsplit(self.origin).netloc, timeout=30)
            with contextlib.closing(connection):
                for _ in range(20):
                    path = self.paths[number % len(self.paths)]
                    number += 1
                    began = time.monotonic()
                    connection.request("GET", path)
                    answer = connection.getresponse()
                    answer.read()
                    self.seen.append((began, path, answer.status))

    def since(self, moment: float) -> list[tuple[str, int]]:
        return [(path, status) for began, path, status in list(self.seen) if began > moment]

    def wait_for(self, true: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not true():
            assert time.monotonic() < deadline
            time.sleep(0.02)


@pytest.fixture
def photograph(dam, home, folder) -> str:
    draw(folder / "a.jpg", size=(1200, 900))
    answer = dam("ingest", folder, "--rights", "CC BY 4.0", "--public", "--json")
    return str(answer.one("a.jpg")["id"])


@pytest.fixture
def service(home, photograph) -> Iterator[Served]:
    """Two workers with two threads each, over the archive of the test."""
    port = free_port()
    command = (
        *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "2", "--blocking-threads", "2", "--no-ws", "dam.web.serving:application"),
    )
    with running(home, {"DAM_HOME": str(home)}, *command) as process:
        served = Served(open_archive(), f"http://127.0.0.1:{port}", process)
        wait_until_workers_answer(served, PATIENCE_SECONDS)
        yield served


def addresses(one: str) -> list[str]:
    """Stored tiles, drawn pictures and descriptions, in both versions."""
    return [
        f"/iiif/3/{one}/0,0,512,512/512,512/0/default.jpg",
        f"/iiif/2/{one}/512,0,512,512/512,/0/default.jpg",
        f"/iiif/3/{one}/full/300,225/0/default.jpg",
        f"/iiif/3/{one}/10,10,300,300/50,50/90/gray.png",
        f"/iiif/3/{one}/info.json",
        f"/iiif/2/{one}/info.json",
        f"/manifests/3/{one}/manifest.json",
        f"/p/{one}",
    ]


def test_no_pixel_leaves_any_worker_once_the_command_has_returned(home, photograph, service):
    paths = addresses(photograph)
    with Hammer(service.origin, paths) as hammer:
        hammer.wait_for(
            lambda: {path for _, path, status in hammer.seen if status == 200} == {*paths}
        )
        for round_ in range(2):
            before = time.monotonic()
            told = program_in_a_process(home, "withdraw", photograph, "--reason", "A letter came.")
            out, err = told.communicate(timeout=PATIENCE_SECONDS)
            returned = time.monotonic()
            assert told.returncode == 0, (out, err)
            hammer.wait_for(lambda: len(hammer.since(returned)) > 400)  # noqa: B023 (called here)
            assert {status for _, status in hammer.since(returned)} == {410}
            assert {path for path, _ in hammer.since(returned)} == {*paths}
            assert any(status == 200 for _, status in hammer.since(before)), round_
            again = program_in_a_process(home, "reinstate", photograph, "--reason", "A mistake.")
            again.communicate(timeout=PATIENCE_SECONDS)
            back = time.monotonic()
            hammer.wait_for(lambda: len(hammer.since(back)) > 200)  # noqa: B023 (called here)
            assert {status for _, status in hammer.since(back)} == {200}


def ask_many(service: Served, path: str, true: Callable[[bytes], bool]) -> list[bool]:
    """Ask on many connections at once, so that both workers and their threads are met."""
    found: list[bool] = []

    def ask() -> None:
        found.extend(true(service.ask(path).body) for _ in range(8))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert len(found) == 32
    return found


@pytest.mark.parametrize("address", ["/manifests/3/{}/manifest.json", "/p/{}", "/embed/{}"])
def test_a_caption_shows_at_once_on_every_worker(photograph, service, address):
    path = address.format(photograph)
    for number in range(5):
        with service.archive.reading() as db:
            revision = catalogue.photograph(db, photograph).revision
        words = Description((Text(TextField.TITLE, "en", f"Title number {number}"),))
        describe.describe(service.archive, photograph, revision, words, "tests")
        wanted = f"Title number {number}".encode()
        assert all(ask_many(service, path, lambda body: wanted in body))  # noqa: B023 (called here)


def test_rights_show_at_once_on_every_worker(photograph, service):
    licences = [f"http://creativecommons.org/licenses/{code}/4.0/" for code in ("by-sa", "by-nc")]
    for uri in licences * 2:
        new = NewRecord(RecordKind.STATEMENT, uri)
        clear.record(service.archive, photograph, [new], "tests")

        def says_so(body: bytes) -> bool:
            return json.loads(body)["rights"] == uri  # noqa: B023 (called before the next)

        for path in (f"/manifests/3/{photograph}/manifest.json", f"/iiif/3/{photograph}/info.json"):
            assert all(ask_many(service, path, says_so))
