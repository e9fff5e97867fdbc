"""Whether the client of a request is still there, as far as it can be known.

The server hands a request over without its connection, and closes the connection as soon as the
client does. So the connections of this process are looked at (Linux): those of the client's address
whose last request is not answered yet may be the one of the request. One that has been answered
since was another's. When none of them is left, the client has gone; while one is left, it may be
this one, and nobody who waits is ever turned away by mistake.
"""

import os
import socket
import stat
import struct
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from threading import Lock
from typing import Any

_DESCRIPTORS = "/proc/self/fd"
# struct tcp_info of Linux: three ages in milliseconds, and how much the client has taken.
_AGES = struct.Struct("=44xI4xI")
_ACKNOWLEDGED = struct.Struct("=120xQ")
_INFO_BYTES = 256
_SAME_LOOK_SECONDS = 0.1
_CLOCK_DOUBT_SECONDS = 0.02  # the kernel counts these ages in ticks


@dataclass(frozen=True, slots=True)
class Connection:
    """An open connection of this process whose last request has no answer yet.

    *asked_at* is when its last bytes came, in seconds of the monotonic clock; *acknowledged* counts
    the bytes that its client has taken so far.
    """

    inode: int
    peer: str
    asked_at: float
    acknowledged: int


def watch(environ: Mapping[str, Any]) -> Callable[[], bool]:
    """Return a function that says whether the client of a request has surely gone.

    It says no wherever that cannot be known: another server, another system, a socket of files,
    encrypted connections (they are sent to by themselves), HTTP/2 (a connection has many requests).
    """
    peer = _address(str(environ.get("REMOTE_ADDR", "")))
    known = (
        environ.get("SERVER_SOFTWARE") == "Granian"
        and environ.get("wsgi.url_scheme") == "http"
        and str(environ.get("SERVER_PROTOCOL", "")).startswith("HTTP/1")
        and hasattr(socket, "TCP_INFO")
    )
    return _Watch(peer).gone if known and peer else lambda: False


class _Watch:
    """The connections that may be the one of a request, from its first look on."""

    def __init__(self, peer: str) -> None:
        self._peer, self._arrived = peer, time.monotonic()
        self._candidates: dict[int, int] | None = None

    def gone(self) -> bool:
        try:
            unanswered = _LOOKING.connections(self._arrived)
        except OSError:
            return False
        if unanswered is None:
            return False
        found = {each.inode: each for each in unanswered if each.peer == self._peer}
        if self._candidates is None:
            self._candidates = self._first(found)
        else:
            self._candidates = {
                inode: taken
                for inode, taken in self._candidates.items()
                if inode in found and found[inode].acknowledged == taken
            }
        if self._candidates:
            _LOOKING.finds_clients = True
        return not self._candidates and _LOOKING.finds_clients

    def _first(self, found: Mapping[int, Connection]) -> dict[int, int]:
        """Leave out what asked after this request came, unless nothing else is there."""
        latest = self._arrived + _CLOCK_DOUBT_SECONDS
        before = {
            inode: each.acknowledged for inode, each in found.items() if each.asked_at <= latest
        }
        return before or {inode: each.acknowledged for inode, each in found.items()}


class _Looking:
    """Looks at the connections of this process, once for all who ask within a moment.

    *finds_clients* says that it ever found the connection of a request; where it never does, that
    there is none proves nothing.
    """

    def __init__(self) -> None:
        self.finds_clients = False
        self._lock = Lock()
        self._looked_at = 0.0
        self._found: tuple[Connection, ...] = ()

    def connections(self, since: float) -> tuple[Connection, ...] | None:
        """Return them as they were a moment ago, or None where that was before *since*.

        A look takes a millisecond where there are many connections, in which no tile is served; so
        there are ten in a second, however many ask.
        """
        with self._lock:
            now = time.monotonic()
            if now - self._looked_at >= _SAME_LOOK_SECONDS:
                self._found = tuple(_unanswered(now))
                self._looked_at = now
            return self._found if self._looked_at > since else None


_LOOKING = _Looking()


def _unanswered(now: float) -> list[Connection]:
    found = []
    for name in os.listdir(_DESCRIPTORS):  # noqa: PTH208 (names, which are numbers)
        with suppress(OSError):  # closed meanwhile
            status = os.fstat(int(name))
            if stat.S_ISSOCK(status.st_mode):
                connection = _connection(int(name), status.st_ino, now)
                if connection is not None:
                    found.append(connection)
    return found


def _connection(descriptor: int, inode: int, now: float) -> Connection | None:
    """Return what an open socket is, or None where it listens, or owes no answer.

    The descriptor is borrowed and never closed here: it is the server's.
    """
    borrowed = socket.socket(fileno=descriptor)
    try:
        if borrowed.family not in {socket.AF_INET, socket.AF_INET6}:
            return None
        peer = _address(borrowed.getpeername()[0])
        state = borrowed.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO_BYTES)
    finally:
        borrowed.detach()
    if len(state) < _ACKNOWLEDGED.size:
        return None
    sent_ms, received_ms = _AGES.unpack_from(state)
    if received_ms > sent_ms:  # it was sent to after it last asked
        return None
    return Connection(inode, peer, now - received_ms / 1000, *_ACKNOWLEDGED.unpack_from(state))


def _address(text: str) -> str:
    """Return an address in one spelling, IPv4 as itself, or nothing where it is none."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)
