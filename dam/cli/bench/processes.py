"""The processes that are measured: each in a session of its own, which is always stopped."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, Never

from dam.errors import Unavailable

HOST = "127.0.0.1"
_START_SECONDS = 60.0
_STOP_SECONDS = 5.0
_LOOK_SECONDS = 0.05


class NotStarted(Unavailable):
    """A server of the benchmark did not start."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} did not start, so nothing was measured; a peer can be left out with --without."
        )


@dataclass(frozen=True, slots=True)
class Usage:
    """What the processes of a server have used so far, what they hold now, and held at most.

    Memory is the sum over the processes, so that what they share counts once for each.
    """

    cpu_seconds: float
    resident_bytes: int
    peak_resident_bytes: int


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, and the sessions that its processes are in."""

    name: str
    port: int
    sessions: tuple[int, ...]

    def usage(self) -> Usage:
        """Return what all its processes have used, by the kernel's account."""
        return usage_of(self.sessions)


@dataclass(frozen=True, slots=True)
class _Process:
    number: int
    parent: int
    session: int
    ticks: int
    pages: int


def usage_of(sessions: Sequence[int], *, but: int | None = None) -> Usage:
    """Return what the processes of these sessions and all that they started have used.

    A process that they started may lead a session of its own. What ended and was waited for counts
    with its parent. *but* leaves one process out.
    """
    processes = list(_processes())
    family = {one.number for one in processes if one.session in sessions}
    grown = True
    while grown:
        born = {one.number for one in processes if one.parent in family} - family
        family |= born
        grown = bool(born)
    ours = [one for one in processes if one.number in family and one.number != but]
    peak = 0
    for one in ours:
        with suppress(OSError):  # it may have ended meanwhile
            peak += peak_resident_bytes(Path(f"/proc/{one.number}"))
    held = sum(one.pages for one in ours) * os.sysconf("SC_PAGE_SIZE")
    seconds = sum(one.ticks for one in ours) / os.sysconf("SC_CLK_TCK")
    return Usage(seconds, held, max(peak, held))


def _processes() -> Iterator[_Process]:
    """Yield every process with its own time and that of its children that were waited for."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it may have ended meanwhile
            fields = status.read_text().rpartition(")")[2].split()
            ticks = sum(int(part) for part in fields[11:15])
            number = int(status.parent.name)
            yield _Process(number, int(fields[1]), int(fields[3]), ticks, int(fields[21]))


def peak_resident_bytes(process: Path = Path("/proc/self")) -> int:
    """Return the most memory that a process held resident since it began (VmHWM)."""
    for line in (process / "status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0  # one that has ended and not been waited for


def processors() -> tuple[int | None, int | None]:
    """Return the processor of the servers and that of the client, where there are two."""
    allowed = sorted(os.sched_getaffinity(0))
    return (allowed[0], allowed[1]) if len(allowed) > 1 else (None, None)


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Let SIGINT, SIGTERM and SIGHUP end the benchmark, so that its servers are stopped."""

    def interrupt(_number: int, _frame: FrameType | None) -> Never:
        raise KeyboardInterrupt

    # SIGINT too: who is started in the background of a shell is told to ignore it.
    stopping = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, interrupt) for number in stopping}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def running(
    name: str, command: Sequence[str], directory: Path, processor: int | None
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a server on *processor* alone, and stop it and all its children in the end."""
    with (directory / f"{name}.log").open("wb") as said, _on(processor):
        process = subprocess.Popen(  # noqa: S603 (the commands are made of constants)
            command,
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            # Ctrl-C must reach the benchmark alone, which then stops its servers in order.
            start_new_session=True,
        )
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[Any]) -> None:
    """End a process that leads a session, and whatever else is left of the session."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_STOP_SECONDS)
    with suppress(ProcessLookupError):  # whatever of the session did not end with its leader
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def _on(processor: int | None) -> Iterator[None]:
    """Let what is started meanwhile run on *processor* alone."""
    if processor is None:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {processor})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def wait_for(ready: Callable[[], bool], process: subprocess.Popen[bytes], name: str) -> None:
    """Wait until a server that was just started is ready.

    Raises:
        NotStarted: it ended, or is not ready within a minute.
    """
    until = time.monotonic() + _START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            raise NotStarted(name)
        time.sleep(_LOOK_SECONDS)


def answers(port: int) -> bool:
    """Say whether something listens there."""
    with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
        return True
    return False


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        number: int = probe.getsockname()[1]
        return number


def with_environment(**variables: object) -> list[str]:
    """Return the words that start a command with these variables and no others."""
    given = [f"{name}={value}" for name, value in variables.items()]
    return [shutil.which("env") or "env", "-i", *given]
