"""Asks servers in turns, with one client, and keeps what each turn cost.

One core for the servers, another for the client; every server is asked for the same pictures in the
same order, in turns, so that whatever else the machine does meets all of them.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from hashlib import sha256
from http.client import HTTPConnection
from statistics import median

from dam.cli.bench import client
from dam.cli.bench.client import Kind, Load, Shot
from dam.cli.bench.processes import HOST, Server, processors
from dam.errors import Unavailable

_PATIENCE_SECONDS = 60
_LONGEST_PASS_SECONDS = 600.0


class NotMeasured(Unavailable):
    """A server answered something else than its pictures, so no number would mean anything."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how often each server is asked, and by how many connections at once."""

    seconds: float
    rounds: int
    connections: int
    with_nginx: bool
    iipsrv: str | None


@dataclass(frozen=True, slots=True)
class Subject:
    """A server and the spelling or kind of what it is asked for, in the order of asking.

    With *whole_passes* a turn ends at the end of the list, however long that takes: needed where
    the paths differ in what they cost.
    """

    server: Server
    form: str
    paths: list[str]
    whole_passes: bool = False

    @property
    def name(self) -> str:
        """How tables call it."""
        return f"{self.server.name} {self.form}"


@dataclass(frozen=True, slots=True)
class Round:
    """One turn of one subject."""

    requests: int
    per_second: float
    cpu_ms: float
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
    bytes_each: float
    resident_bytes: int
    peak_resident_bytes: int
    digest: str

    @property
    def cpu(self) -> list[float]:
        """The CPU time of all processes of the server for one request, by turns, in ms."""
        return [turn.cpu_ms for turn in self.rounds]

    @property
    def speed(self) -> list[float]:
        """Answers in a second, by turns."""
        return [turn.per_second for turn in self.rounds]

    def typical(self, name: str) -> float:
        """Return the median over the turns of one number of :class:`Round`."""
        return median(float(getattr(turn, name)) for turn in self.rounds)


def measure(
    asked: Sequence[Subject], plan: Plan, on_done: Callable[[], None]
) -> tuple[Measured, ...]:
    """Ask every subject for every path once, then measure them in turns.

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
        _measured(subject, rounds[subject.name], bodies[subject.name]) for subject in asked
    )


def _measured(
    subject: Subject, rounds: Sequence[Round], bodies: Sequence[tuple[int, str]]
) -> Measured:
    usage = subject.server.usage()
    return Measured(
        subject.server.name,
        subject.form,
        tuple(rounds),
        sum(length for length, _ in bodies) / len(subject.paths),
        usage.resident_bytes,
        usage.peak_resident_bytes,
        sha256("".join(digest for _, digest in bodies).encode()).hexdigest(),
    )


def fetch(server: Server, path: str) -> tuple[list[tuple[str, str]], bytes]:
    """Return the headers and the body of one answer.

    Raises:
        NotMeasured: it is not 200.
    """
    with closing(HTTPConnection(HOST, server.port, timeout=_PATIENCE_SECONDS)) as connection:
        return _get(connection, server.name, path)


def _get(connection: HTTPConnection, name: str, path: str) -> tuple[list[tuple[str, str]], bytes]:
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
    except OSError as error:
        raise NotMeasured(f"{name} did not answer to {path}.") from error
    if response.status != 200:
        raise NotMeasured(f"{name} answered {response.status} to {path}.")
    return response.getheaders(), body


def _bodies(subject: Subject) -> list[tuple[int, str]]:
    """Return the length and the digest of every body, asked for one after the other."""
    found = []
    port = subject.server.port
    with closing(HTTPConnection(HOST, port, timeout=_PATIENCE_SECONDS)) as connection:
        for path in subject.paths:
            _, body = _get(connection, subject.name, path)
            found.append((len(body), sha256(body).hexdigest()))
    return found


def _round(subject: Subject, lengths: list[int], plan: Plan) -> Round:
    connections = plan.connections
    if subject.whole_passes:
        # Nobody waits for what another is just being sent: one computation would serve both.
        connections = max(1, min(connections, len(subject.paths) // 2))
    load = Load(
        subject.server.port,
        subject.paths,
        lengths,
        plan.seconds,
        connections,
        processors()[1],
        whole_passes=subject.whole_passes,
    )
    before = subject.server.usage()
    shot = shoot(load, subject.name)
    after = subject.server.usage()
    return Round(
        shot.requests,
        shot.requests / shot.seconds,
        (after.cpu_seconds - before.cpu_seconds) * 1000 / shot.requests,
        shot.p50_ms,
        shot.p95_ms,
        shot.p99_ms,
        shot.client_load,
    )


def shoot(load: Load, name: str) -> Shot:
    """Run the client in a process of its own.

    Raises:
        NotMeasured: an answer was not as the load expects, or the client failed.
    """
    done = subprocess.run(  # noqa: S603 (our own file, run by our own Python)
        [sys.executable, client.__file__],
        input=json.dumps(asdict(load)),
        capture_output=True,
        text=True,
        check=False,
        timeout=load.seconds + load.patience_seconds + _LONGEST_PASS_SECONDS,
    )
    if done.returncode:
        raise NotMeasured("The load client of the benchmark stopped with an error.")
    told = json.loads(done.stdout)
    kinds: Mapping[str, dict[str, float]] = told.pop("kinds")
    shot = Shot(**told, kinds={kind: Kind(**one) for kind, one in kinds.items()})  # type: ignore[arg-type]
    if shot.fault:
        raise NotMeasured(f"{name}: {shot.fault}.")
    return shot
