"""An archive that is served by a process of its own, as foreign programs meet it."""

import csv
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dam import wiring
from dam.catalogue.sheet import Sheet, read_sheet
from dam.config import read_settings
from dam.workflows import ingest, jobs
from dam.workflows.archive import Archive
from dam.workflows.batch import Options, make_batch

CHECKOUT = Path(__file__).resolve().parents[1]
_START_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What the service answered to one request; nothing is followed, nothing is unzipped."""

    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True)
class Served:
    """A running service, and its archive as this process may use it beside the service."""

    archive: Archive
    origin: str
    process: subprocess.Popen[bytes]
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """Host and port, without the scheme."""
        return urlsplit(self.origin).netloc

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Send one request; ``accept_encoding="gzip"`` is the header Accept-Encoding."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path.removeprefix(self.origin), headers=given)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def take_in(self, *paths: Path, sheet: Sheet | None = None, **options: object) -> None:
        """Take photographs in as one batch and run their jobs; ``ids`` knows them by file name.

        They are published unless the *options* of the batch say otherwise.
        """
        chosen = Options(**{"by": "Rana", "public": True, **options})
        batch = make_batch(chosen, [path.name for path in paths], sheet, None)
        outcomes = [
            ingest.take_in(self.archive, path.name, ingest.read_file(path), batch) for path in paths
        ]
        self.work()
        for outcome in outcomes:
            settled = ingest.settled(self.archive, outcome)
            assert settled.state is ingest.State.READY, settled
            assert settled.id is not None
            self.ids[settled.name] = settled.id

    def work(self) -> None:
        """Run jobs until none is left, also of those that another process has begun."""
        while jobs.unfinished(self.archive):
            if not jobs.run_one(self.archive):
                time.sleep(0.02)


def free_port() -> int:
    """Return a port of the loopback that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serve(home: Path, **given: str) -> Iterator[Served]:
    """Serve a new, empty archive in *home*; ``public_url=…`` is the setting ``DAM_PUBLIC_URL``."""
    settings = {"DAM_HOME": str(home)} | {f"DAM_{n.upper()}": v for n, v in given.items()}
    place = wiring.open_place(read_settings(settings))
    wiring.prepare(place)
    archive = wiring.build_archive(place)
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    command = (
        *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "4", "--no-ws", "dam.web.serving:application"),
    )
    try:
        with running(home, settings, *command) as process:
            served = Served(archive, origin, process)
            _wait_until_ready(served, home / "granian.log")
            yield served
    finally:
        place.engine.dispose()


@contextmanager
def running(
    home: Path, settings: dict[str, str], *module: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a module in a process of its own; what it says is kept in *home*, under its name."""
    whole = os.environ.items()
    inherited = {name: value for name, value in whole if not name.startswith("DAM_")}
    with (home / f"{module[0]}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *module],
            cwd=CHECKOUT,
            env=inherited | settings,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(served: Served, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and served.process.poll() is None:
        try:
            if served.ask("/readyz").status == 200:
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"the service did not start:\n{log.read_text('utf-8', 'replace')}")


def credits_sheet(shared: Path) -> Sheet:
    """Return the sheet that belongs to the photographs of the fixtures."""
    with (shared / "fixtures/photos/credits.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return read_sheet(header, rows)


def photograph_files(shared: Path) -> list[Path]:
    """Return the photographs of the fixtures, by name."""
    return sorted((shared / "fixtures/photos").glob("*.jpg"))


@pytest.fixture(scope="session")
def photographs(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The photographs of the fixtures, published with their credits as a series, and served."""
    with serve(tmp_path_factory.mktemp("photographs")) as served:
        files = photograph_files(shared)
        served.take_in(*files, sheet=credits_sheet(shared), series="Photographs by friends")
        yield served


def wait_until_workers_answer(served: Served, patience_seconds: float) -> None:
    """Return when a server has answered twenty times: then each of its workers is there."""
    deadline = time.monotonic() + patience_seconds
    answered = 0
    while answered < 20:
        assert time.monotonic() < deadline and served.process.poll() is None
        with suppress(OSError):
            answered += served.ask("/readyz").status == 200
        time.sleep(0.01)
