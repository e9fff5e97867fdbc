"""The servers that are measured: each a child in a session of its own, which is always stopped."""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Never

import dam
from dam.errors import Unavailable

HOST = "127.0.0.1"
_IIPSRV = Path("/usr/lib/iipimage-server/iipsrv.fcgi")
_START_SECONDS = 60.0
_STOP_SECONDS = 5.0
_LOOK_SECONDS = 0.05
_SUPERUSER = 0

_NGINX = """
{user}worker_processes 1;
daemon off;
pid "{here}/nginx.pid";
error_log stderr;
events {{ worker_connections 512; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  {caching}
  types {{ image/jpeg jpg; }}
  client_body_temp_path "{here}/body";
  fastcgi_temp_path "{here}/fastcgi";
  proxy_temp_path "{here}/proxy";
  scgi_temp_path "{here}/scgi";
  uwsgi_temp_path "{here}/uwsgi";
  server {{
    listen {host}:{port};
    {location}
  }}
}}
"""
_FILES_KEPT_OPEN = "open_file_cache max=20000 inactive=1h; open_file_cache_valid 1h;"
_FILES = 'root "{root}";'
_FASTCGI = """
    location /iiif/ {{
      rewrite ^/iiif/(.*)$ /x?IIIF=$1 break;
      fastcgi_pass "unix:{socket}";
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param REQUEST_URI $request_uri;
      fastcgi_param SERVER_NAME $server_name;
      fastcgi_param SERVER_PORT $server_port;
      fastcgi_param HTTP_HOST $http_host;
    }}
"""


class NotStarted(Unavailable):
    """A server of the benchmark did not start."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} did not start, so nothing was measured; a peer can be left out with --without."
        )


@dataclass(frozen=True, slots=True)
class Usage:
    """What the processes of a server have used so far, and hold now."""

    cpu_seconds: float
    resident_bytes: int


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, and the sessions that its processes are in."""

    name: str
    port: int
    sessions: tuple[int, ...]

    def usage(self) -> Usage:
        """Return what all its processes have used, by the kernel's account."""
        ticks = pages = 0
        for status in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it may have ended meanwhile
                fields = status.read_text().rpartition(")")[2].split()
                if int(fields[3]) in self.sessions:
                    ticks += int(fields[11]) + int(fields[12])
                    pages += int(fields[21])
        return Usage(ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE"))


def found_nginx() -> str | None:
    """Return the path of nginx, where it is installed."""
    return shutil.which("nginx", path=f"{os.defpath}:/usr/sbin:/usr/local/sbin:/usr/local/bin")


def found_iipsrv() -> str | None:
    """Return the path of iipsrv, where it, nginx and spawn-fcgi are installed."""
    needed = (found_nginx(), shutil.which("spawn-fcgi"))
    path = str(_IIPSRV) if _IIPSRV.exists() else shutil.which("iipsrv.fcgi")
    return path if all(needed) else None


@contextmanager
def serving_archive(home: Path, directory: Path, processor: int | None) -> Iterator[Server]:
    """Start this service over the archive in *home*, as ``dam serve --workers 1`` does.

    What is measured is all of it: the worker, the process that watches it, that of the jobs.
    """
    port = _free_port()
    command = [
        *_environment(DAM_HOME=home, PYTHONPATH=Path(dam.__file__).parents[1]),
        *(sys.executable, "-m", "dam.cli", "serve", "--workers", "1"),
        *("--host", HOST, "--port", str(port)),
    ]
    with _running("serve", command, directory, processor) as process:
        _wait_for(lambda: _answers(port), process, "The service")
        yield Server("dam", port, (process.pid,))


@contextmanager
def serving_files(
    root: Path, directory: Path, processor: int | None, *, kept_open: bool
) -> Iterator[Server]:
    """Start nginx over the files below *root*, as it comes, or set to keep files open.

    Kept open, a file that is replaced goes on being served: it is the fastest that nginx can be.
    """
    port = _free_port()
    location = _FILES.format(root=root)
    caching = _FILES_KEPT_OPEN if kept_open else ""
    with _running_nginx(directory, port, processor, location, caching) as process:
        yield Server("nginx-open" if kept_open else "nginx", port, (process.pid,))


@contextmanager
def serving_iipsrv(images: Path, directory: Path, processor: int | None) -> Iterator[Server]:
    """Start one process of iipsrv over the TIFFs in *images*, and the nginx that it needs."""
    port, speaking = _free_port(), directory / "iipsrv.socket"
    settings = _environment(
        FILESYSTEM_PREFIX=f"{images}/",
        JPEG_QUALITY=85,
        CORS="*",
        MAX_IMAGE_CACHE_SIZE=200,
        VERBOSITY=1,
        LOGFILE=directory / "iipsrv.log",
        OMP_NUM_THREADS=1,
    )
    spawn = [shutil.which("spawn-fcgi") or "", "-n", "-s", str(speaking)]
    command = [*settings, *spawn, "--", found_iipsrv() or ""]
    location = _FASTCGI.format(socket=speaking)
    with ExitStack() as stack:
        running = stack.enter_context(_running("iipsrv", command, directory, processor))
        _wait_for(speaking.exists, running, "iipsrv")
        front = stack.enter_context(_running_nginx(directory, port, processor, location))
        yield Server("iipsrv", port, (running.pid, front.pid))


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the benchmark as Ctrl-C does, so that its servers are stopped."""

    def interrupt(_number: int, _frame: FrameType | None) -> Never:
        raise KeyboardInterrupt

    before = {
        number: signal.signal(number, interrupt) for number in (signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _running_nginx(
    directory: Path, port: int, processor: int | None, location: str, caching: str = ""
) -> Iterator[subprocess.Popen[bytes]]:
    user = f"user {getpass.getuser()};\n" if os.geteuid() == _SUPERUSER else ""
    configuration = directory / f"nginx-{port}.conf"
    text = _NGINX.format(
        user=user, here=directory, host=HOST, port=port, location=location, caching=caching
    )
    configuration.write_text(text, encoding="utf-8")
    command = [found_nginx() or "", "-e", "stderr", "-c", str(configuration)]
    with _running(f"nginx-{port}", command, directory, processor) as process:
        _wait_for(lambda: _answers(port), process, "nginx")
        yield process


@contextmanager
def _running(
    name: str, command: Sequence[str], directory: Path, processor: int | None
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a server on *processor* alone, and stop it and all its children in the end."""
    with (directory / f"{name}.log").open("wb") as said, _on(processor):
        process = subprocess.Popen(  # noqa: S603 (the commands are made above, of constants)
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
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
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


def _wait_for(ready: Callable[[], bool], process: subprocess.Popen[bytes], name: str) -> None:
    until = time.monotonic() + _START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            raise NotStarted(name)
        time.sleep(_LOOK_SECONDS)


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
        return True
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        number: int = probe.getsockname()[1]
        return number


def _environment(**variables: object) -> list[str]:
    """Return the words that start a command with these variables and no others."""
    given = [f"{name}={value}" for name, value in variables.items()]
    return [shutil.which("env") or "env", "-i", *given]
