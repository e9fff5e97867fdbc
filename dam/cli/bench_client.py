"""A load client of keep-alive connections, in a process of its own; nothing but Python's library.

It reads one JSON object from its input and writes one to its output. Each connection asks for the
next path of the list as soon as its answer is complete, round and round. It costs some 20 µs a
request, so that one process keeps a server of one worker busy; the same client asks every server.
"""

import gc
import json
import os
import select
import socket
import sys
from array import array
from dataclasses import asdict, dataclass
from time import perf_counter, process_time

_BUFFER_BYTES = 1 << 20
_PATIENCE_SECONDS = 10.0
_HOST = "127.0.0.1"
_LAST_CHUNK = b"\r\n0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked of which port, by how many connections at once and for how long.

    *lengths* are those of the bodies, in the order of *paths*. *processor* is the one to run on.
    """

    port: int
    paths: list[str]
    lengths: list[int]
    seconds: float
    connections: int
    processor: int | None = None


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


class Wrong(Exception):
    """An answer was not what the load expected."""


class Connection:
    """One keep-alive connection and the answer that it waits for."""

    __slots__ = ("end", "expected", "got", "sent_at", "socket")

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((_HOST, port), timeout=_PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self.expected: int | None = 0
        self.got = 0
        self.end = b""

    def ask(self, request: bytes) -> None:
        """Send *request*, which is short enough to go out at once."""
        self.got = 0
        self.sent_at = perf_counter()
        self.socket.sendall(request)

    def read(self, buffer: bytearray, length: int) -> bool:
        """Take what has come, and say whether the answer, of a body of *length*, is complete.

        Raises:
            Wrong: the answer is no 200, is longer, or the connection was closed.
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

    def _begin(self, buffer: bytearray, count: int, length: int) -> None:
        end = buffer.find(b"\r\n\r\n", 0, count)
        if end < 0 or buffer[9:12] != b"200":
            raise Wrong(f"an answer began with {bytes(buffer[:40])!r}")
        # nginx sends the longer answers of iipsrv in pieces whose number is not always the same.
        chunked = buffer.find(b"chunked", 0, end) > 0
        self.expected = None if chunked else end + 4 + length
        self.end = b""


class Asking:
    """A load under way: who waits for which path, and how long the answers took so far."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.requests = [_request(load.port, path) for path in load.paths]
        self.times = array("d")
        self.body_bytes = 0
        self._turn = 0
        self._poll = select.epoll()
        self._asked: dict[int, tuple[Connection, int]] = {}

    def run(self) -> None:
        """Ask until the time is over and every answer has come.

        Raises:
            Wrong: an answer is no 200 or not as long as it was, or none comes.
        """
        for _ in range(self.load.connections):
            connection = Connection(self.load.port)
            self._poll.register(connection.socket, select.EPOLLIN)
            self._ask(connection)
        until = perf_counter() + self.load.seconds
        buffer, lengths, times = bytearray(_BUFFER_BYTES), self.load.lengths, self.times
        while self._asked:
            ready = self._poll.poll(_PATIENCE_SECONDS)
            if not ready:
                raise Wrong(f"no answer came within {_PATIENCE_SECONDS:.0f} seconds")
            for descriptor, _ in ready:
                connection, place = self._asked[descriptor]
                if not connection.read(buffer, lengths[place]):
                    continue
                now = perf_counter()
                times.append(now - connection.sent_at)
                self.body_bytes += lengths[place]
                if now < until:
                    self._ask(connection)
                else:
                    del self._asked[descriptor]
                    connection.socket.close()

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
    ordered = sorted(asking.times)
    p50, p95, p99 = (ordered[int(len(ordered) * part)] * 1000 for part in (0.5, 0.95, 0.99))
    return Shot(len(ordered), seconds, asking.body_bytes, p50, p95, p99, busy / seconds)


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
