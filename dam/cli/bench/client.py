"""A load client of keep-alive connections, in a process of its own; nothing but Python's library.

It reads one JSON object from its input and writes one to its output. Each connection asks for the
next path of the list as soon as its answer is complete, round and round. It costs some 20 µs a
request, so that one process keeps a server of one worker busy; the same client asks every server.
"""

import gc
import json
import os
import re
import select
import socket
import sys
from array import array
from dataclasses import asdict, dataclass, field
from time import perf_counter, process_time

_BUFFER_BYTES = 1 << 20
_HOST = "127.0.0.1"
_LAST_CHUNK = b"\r\n0\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_RETRY_AFTER = re.compile(rb"\r\nretry-after: *\S", re.IGNORECASE)
_OK, _UNAVAILABLE = b"200", b"503"


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked of which port, by how many connections at once and for how long.

    *lengths* are those of the bodies, in the order of *paths*, or nothing where they are taken from
    the answers. It ends after *seconds*; with *whole_passes* every path is asked for equally often,
    so it ends with the pass over the list that is then under way.
    *kinds* names what each path is, so that times are told apart. Only where *may_be_unavailable*
    is an answer 503 counted; else it is a fault as every other answer but 200.
    *processor* is the one to run on.
    """

    port: int
    paths: list[str]
    lengths: list[int]
    seconds: float
    connections: int
    processor: int | None = None
    whole_passes: bool = False
    kinds: list[str] = field(default_factory=list)
    may_be_unavailable: bool = False
    patience_seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Kind:
    """The answers to the paths of one kind; times are of the answers 200, in milliseconds."""

    answers: int
    unavailable: int
    without_retry_after: int
    p50_ms: float
    p95_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Shot:
    """What came of a load: complete answers 200, and how long each took, in milliseconds.

    *client_load* is the part of the time in which the client itself was busy: near 1 it is the
    client that bounds the requests in a second, not the server.
    *fault* says what was wrong with the first answer that was not as expected; then nothing else
    counts.
    """

    requests: int
    seconds: float
    body_bytes: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    client_load: float = 0.0
    fault: str = ""
    kinds: dict[str, Kind] = field(default_factory=dict)


class Wrong(Exception):
    """An answer was not what the load expected."""


class Connection:
    """One keep-alive connection and the answer that it waits for."""

    __slots__ = ("end", "expected", "got", "may_be_unavailable", "retry_after", "sent_at", "socket",
                 "unavailable")  # fmt: skip

    def __init__(self, load: Load) -> None:
        patience = load.patience_seconds
        self.socket = socket.create_connection((_HOST, load.port), timeout=patience)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.may_be_unavailable = load.may_be_unavailable
        self.unavailable = self.retry_after = False
        self.sent_at = 0.0
        self.expected: int | None = 0
        self.got = 0
        self.end = b""

    def ask(self, request: bytes) -> None:
        """Send *request*, which is short enough to go out at once."""
        self.got = 0
        self.sent_at = perf_counter()
        self.socket.sendall(request)

    def read(self, buffer: bytearray, length: int | None) -> bool:
        """Take what has come, and say whether the answer, of a body of *length*, is complete.

        Raises:
            Wrong: the answer has another status, is longer, or the connection was closed.
        """
        count = self.socket.recv_into(buffer)
        if not count:
            raise Wrong("a connection was closed before its answer was complete")
        if not self.got:
            self._begin(buffer, count, length)
        self.got += count
        if self.expected is None:
            self.end = (self.end + buffer[max(0, count - len(_LAST_CHUNK)) : count])[
                -len(_LAST_CHUNK) :
            ]
            return self.end == _LAST_CHUNK
        if self.got > self.expected:
            raise Wrong("an answer was longer than before")
        return self.got == self.expected

    def _begin(self, buffer: bytearray, count: int, length: int | None) -> None:
        end = buffer.find(b"\r\n\r\n", 0, count)
        status = buffer[9:12]
        self.unavailable = self.may_be_unavailable and status == _UNAVAILABLE
        if end < 0 or not (status == _OK or self.unavailable):
            raise Wrong(f"an answer began with {bytes(buffer[:40])!r}")
        if length is None or self.unavailable:
            self.retry_after = bool(_RETRY_AFTER.search(buffer, 0, end))
            told = _LENGTH.search(buffer, 0, end)
            length = int(told[1]) if told else None
        # nginx sends the longer answers of iipsrv in pieces whose number is not always the same.
        chunked = length is None or buffer.find(b"chunked", 0, end) > 0
        self.expected = None if chunked or length is None else end + 4 + length
        self.end = b""


class Asking:
    """A load under way: who waits for which path, and how long the answers took so far."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.requests = [_request(load.port, path) for path in load.paths]
        kinds = load.kinds or [""] * len(load.paths)
        self.times = {kind: array("d") for kind in kinds}
        self.unavailable = dict.fromkeys(kinds, 0)
        self.without_retry_after = dict.fromkeys(kinds, 0)
        self.body_bytes = 0
        self._kinds = kinds
        self._lengths: list[int] | list[None] = load.lengths or [None] * len(load.paths)
        self._turn = 0
        self._poll = select.epoll()
        self._asked: dict[int, tuple[Connection, int]] = {}

    def run(self) -> None:
        """Ask until the load is over and every answer has come.

        Raises:
            Wrong: an answer has another status or another length than before, or none comes.
        """
        for _ in range(self.load.connections):
            connection = Connection(self.load)
            self._poll.register(connection.socket, select.EPOLLIN)
            self._ask(connection)
        until = perf_counter() + self.load.seconds
        buffer, lengths = bytearray(_BUFFER_BYTES), self._lengths
        a_pass = len(self.requests) if self.load.whole_passes else 1
        while self._asked:
            ready = self._poll.poll(self.load.patience_seconds)
            if not ready:
                raise Wrong(f"no answer came within {self.load.patience_seconds:.0f} seconds")
            for descriptor, _ in ready:
                connection, place = self._asked[descriptor]
                if not connection.read(buffer, lengths[place]):
                    continue
                now = perf_counter()
                self._note(connection, place, now - connection.sent_at)
                if now < until or self._turn % a_pass:
                    self._ask(connection)
                else:
                    del self._asked[descriptor]
                    connection.socket.close()

    def _note(self, connection: Connection, place: int, seconds: float) -> None:
        kind = self._kinds[place]
        if connection.unavailable:
            self.unavailable[kind] += 1
            self.without_retry_after[kind] += not connection.retry_after
        else:
            self.times[kind].append(seconds)
            self.body_bytes += connection.got

    def _ask(self, connection: Connection) -> None:
        place = self._turn % len(self.requests)
        self._turn += 1
        self._asked[connection.socket.fileno()] = (connection, place)
        connection.ask(self.requests[place])


def run(load: Load) -> Shot:
    """Send *load* and return what came of it."""
    asking = Asking(load)
    started, busy = perf_counter(), process_time()
    try:
        asking.run()
    except (OSError, Wrong) as error:
        return Shot(0, 0.0, 0, 0.0, 0.0, 0.0, fault=str(error) or "no answer came")
    seconds, busy = perf_counter() - started, process_time() - busy
    every = sorted(time for times in asking.times.values() for time in times)
    kinds = {
        kind: Kind(
            len(times),
            asking.unavailable[kind],
            asking.without_retry_after[kind],
            *_percentiles(sorted(times)),
        )
        for kind, times in asking.times.items()
    }
    shares = _percentiles(every)
    return Shot(len(every), seconds, asking.body_bytes, *shares, busy / seconds, kinds=kinds)


def _percentiles(ordered: list[float]) -> tuple[float, float, float]:
    """Return the 50th, 95th and 99th in milliseconds; 0 where there is nothing."""
    p50, p95, p99 = (
        ordered[int(len(ordered) * part)] * 1000 if ordered else 0.0 for part in (0.5, 0.95, 0.99)
    )
    return p50, p95, p99


def _request(port: int, path: str) -> bytes:
    """Return a request with the headers that viewers send, the longest left out."""
    lines = (
        f"GET {path} HTTP/1.1",
        f"Host: {_HOST}:{port}",
        "User-Agent: dam-bench",
        "Accept: image/avif,image/webp,image/*,*/*;q=0.8",
        "Accept-Encoding: gzip, deflate",
        "",
        "",
    )
    return "\r\n".join(lines).encode("ascii")


def main() -> None:
    """Run the load that the input describes, and print what came of it."""
    load = Load(**json.load(sys.stdin))
    if load.processor is not None:
        os.sched_setaffinity(0, {load.processor})
    gc.disable()
    print(json.dumps(asdict(run(load))))  # noqa: T201 (its output is its answer)


if __name__ == "__main__":
    main()
