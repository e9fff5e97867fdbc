"""How fast stored tiles are served, beside nginx with the same files and iipsrv with a pyramid.

One core for the servers, another for the client; every server is asked for the same tiles in the
same order by the same client, in turns, so that whatever else the machine does meets all of them.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path

from dam.cli import bench_client
from dam.cli.bench_archive import Picture, unpack_tiles, write_pyramid
from dam.cli.bench_client import Load, Shot
from dam.cli.bench_servers import (
    HOST,
    Server,
    serving_archive,
    serving_files,
    serving_iipsrv,
)
from dam.errors import Unavailable

SEED = 20270301
BY_BOTH, BY_WIDTH = "w,h", "w,"
_PATIENCE_SECONDS = 60


class NotMeasured(Unavailable):
    """A server answered something else than its tiles, so no number would mean anything."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how often each server is asked, and by how many connections at once."""

    seconds: float
    rounds: int
    connections: int
    with_nginx: bool
    with_iipsrv: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """A server and the spelling of the tiles that it is asked for, in the order of asking."""

    server: Server
    form: str
    paths: list[str]

    @property
    def name(self) -> str:
        """How tables call it."""
        return f"{self.server.name} {self.form}"


@dataclass(frozen=True, slots=True)
class Round:
    """One turn of one subject."""

    requests: int
    tiles_per_second: float
    cpu_ms_per_tile: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    client_load: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All turns of one subject; the bodies are those of one pass over the list."""

    server: str
    form: str
    rounds: tuple[Round, ...]
    bytes_per_tile: float
    resident_bytes: int
    digest: str


@contextmanager
def subjects(
    pictures: Sequence[Picture], home: Path, directory: Path, plan: Plan
) -> Iterator[tuple[Subject, ...]]:
    """Start all servers of *plan*, over *pictures*, and yield what is to be asked of them."""
    order = [(picture.id, tile) for picture in pictures for tile in picture.tiles]
    random.Random(SEED).shuffle(order)  # noqa: S311 (an order, no secret)
    both = [f"/iiif/3/{name}/{tile}" for name, tile in order]
    processor = processors()[0]
    with ExitStack() as stack:
        ours = stack.enter_context(serving_archive(home, directory, processor))
        found = [Subject(ours, BY_BOTH, both)]
        if plan.with_nginx:
            root = directory / "files"
            for picture in pictures:
                unpack_tiles(picture, root)
            for kept_open in (False, True):
                files = stack.enter_context(
                    serving_files(root, directory, processor, kept_open=kept_open)
                )
                found.append(Subject(files, BY_BOTH, both))
        if plan.with_iipsrv:
            images = directory / "pyramids"
            images.mkdir()
            for picture in pictures:
                write_pyramid(picture, images)
            peer = stack.enter_context(serving_iipsrv(images, directory, processor))
            full = [f"/iiif/{name}.tif/{tile}" for name, tile in order]
            short = [f"/iiif/{name}.tif/{by_width(tile)}" for name, tile in order]
            ours_short = [f"/iiif/2/{name}/{by_width(tile)}" for name, tile in order]
            found.append(Subject(ours, BY_WIDTH, ours_short))
            found.append(Subject(peer, BY_BOTH, full))
            found.append(Subject(peer, BY_WIDTH, short))
        yield tuple(found)


def by_width(tile: str) -> str:
    """Return the spelling of *tile* that gives its width only, as viewers of version 2 do."""
    region, size, rest = tile.split("/", 2)
    return f"{region}/{size.partition(',')[0]},/{rest}"


def processors() -> tuple[int | None, int | None]:
    """Return the processor of the servers and that of the client, where there are two."""
    allowed = sorted(os.sched_getaffinity(0))
    return (allowed[0], allowed[1]) if len(allowed) > 1 else (None, None)


def measure(
    asked: Sequence[Subject], plan: Plan, on_done: Callable[[], None]
) -> tuple[Measured, ...]:
    """Ask every subject for every tile once, then measure them in turns.

    *on_done* is told of each finished turn.

    Raises:
        NotMeasured: an answer is not 200, or not the same as the first time.
    """
    bodies = {subject.name: _bodies(subject) for subject in asked}
    rounds: dict[str, list[Round]] = {subject.name: [] for subject in asked}
    for _ in range(plan.rounds):
        for subject in asked:
            lengths = [length for length, _ in bodies[subject.name]]
            rounds[subject.name].append(_round(subject, lengths, plan))
            on_done()
    return tuple(
        Measured(
            subject.server.name,
            subject.form,
            tuple(rounds[subject.name]),
            sum(length for length, _ in bodies[subject.name]) / len(subject.paths),
            subject.server.usage().resident_bytes,
            sha256("".join(digest for _, digest in bodies[subject.name]).encode()).hexdigest(),
        )
        for subject in asked
    )


def _bodies(subject: Subject) -> list[tuple[int, str]]:
    """Return the length and the digest of every tile, asked for one after the other."""
    connection = HTTPConnection(HOST, subject.server.port, timeout=_PATIENCE_SECONDS)
    found = []
    for path in subject.paths:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise NotMeasured(f"{subject.name} answered {response.status} to {path}.")
        found.append((len(body), sha256(body).hexdigest()))
    connection.close()
    return found


def _round(subject: Subject, lengths: list[int], plan: Plan) -> Round:
    load = Load(
        subject.server.port,
        subject.paths,
        lengths,
        plan.seconds,
        plan.connections,
        processors()[1],
    )
    before = subject.server.usage()
    shot = _shoot(load)
    after = subject.server.usage()
    if shot.fault:
        raise NotMeasured(f"{subject.name}: {shot.fault}.")
    return Round(
        shot.requests,
        shot.requests / shot.seconds,
        (after.cpu_seconds - before.cpu_seconds) * 1000 / shot.requests,
        shot.p50_ms,
        shot.p95_ms,
        shot.p99_ms,
        shot.client_load,
    )


def _shoot(load: Load) -> Shot:
    """Run the client in a process of its own."""
    done = subprocess.run(  # noqa: S603 (our own file, run by our own Python)
        [sys.executable, bench_client.__file__],
        input=json.dumps(asdict(load)),
        capture_output=True,
        text=True,
        check=False,
        timeout=load.seconds + _PATIENCE_SECONDS,
    )
    if done.returncode:
        raise NotMeasured("The load client of the benchmark stopped with an error.")
    return Shot(**json.loads(done.stdout))
