"""The servers that this one is measured beside: nginx with files, and iipsrv with pyramids."""

import getpass
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dam.cli.bench.processes import (
    HOST,
    Server,
    answers,
    free_port,
    running,
    wait_for,
    with_environment,
)

PEERS = ("nginx", "iipsrv")
_IIPSRV_PLACES = (
    "/opt/iipsrv/iipsrv.fcgi",
    "/usr/local/lib/iipimage-server/iipsrv.fcgi",
    "/usr/local/bin/iipsrv.fcgi",
    "/usr/lib/iipimage-server/iipsrv.fcgi",
)
_SUPERUSER = 0
_CACHE_MEGABYTES = 200

_NGINX = """
{user}worker_processes 1;
daemon off;
pid "{here}/nginx-{port}.pid";
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
      fastcgi_read_timeout 120s;
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param REQUEST_URI $request_uri;
      fastcgi_param SERVER_NAME $server_name;
      fastcgi_param SERVER_PORT $server_port;
      fastcgi_param HTTP_HOST $http_host;
    }}
"""


@dataclass(frozen=True, slots=True)
class SaidByIipsrv:
    """What iipsrv writes into its log as it starts."""

    version: str
    passes_tiles_through: bool


def found_nginx() -> str | None:
    """Return the path of nginx, where it is installed."""
    return shutil.which("nginx", path=f"{os.defpath}:/usr/sbin:/usr/local/sbin:/usr/local/bin")


def found_iipsrv(given: Path | None = None) -> str | None:
    """Return the path of iipsrv, *given* or found, where nginx and spawn-fcgi are installed too.

    A build of one's own is preferred to the older one of the distribution.
    """
    places = [str(given)] if given else [*_IIPSRV_PLACES, shutil.which("iipsrv.fcgi") or ""]
    path = next((place for place in places if place and os.access(place, os.X_OK)), None)
    needed = (found_nginx(), shutil.which("spawn-fcgi"))
    return path if all(needed) else None


def nginx_version() -> str | None:
    """Return what nginx says of itself, where it is installed."""
    nginx = found_nginx()
    if nginx is None:
        return None
    said = subprocess.run(  # noqa: S603 (the path was found on the system's own path)
        [nginx, "-v"], capture_output=True, text=True, check=False, timeout=10
    )
    return said.stderr.strip().rpartition("/")[2]


@contextmanager
def serving_files(
    root: Path, directory: Path, processor: int | None, *, kept_open: bool
) -> Iterator[Server]:
    """Start nginx over the files below *root*, as it comes, or set to keep files open.

    Kept open, a file that is replaced goes on being served: it is the fastest that nginx can be.
    """
    port = free_port()
    location = _FILES.format(root=root)
    caching = _FILES_KEPT_OPEN if kept_open else ""
    with _running_nginx(directory, port, processor, location, caching) as process:
        yield Server("nginx-open" if kept_open else "nginx", port, (process.pid,))


@contextmanager
def serving_iipsrv(
    program: str, images: Path, directory: Path, processor: int | None, *, cached: bool = True
) -> Iterator[Server]:
    """Start one process of iipsrv over the TIFFs in *images*, and the nginx that it needs.

    *cached*, it keeps the tiles that it has decoded; else nothing.
    """
    port = free_port()
    speaking = directory / f"iipsrv-{port}.socket"
    settings = with_environment(
        FILESYSTEM_PREFIX=f"{images}/",
        JPEG_QUALITY=85,
        CORS="*",
        CODEC_PASSTHROUGH=1,
        MAX_IMAGE_CACHE_SIZE=_CACHE_MEGABYTES if cached else 0,
        VERBOSITY=1,
        LOGFILE=directory / "iipsrv.log",
        OMP_NUM_THREADS=1,
    )
    spawn = [shutil.which("spawn-fcgi") or "", "-n", "-s", str(speaking)]
    command = [*settings, *spawn, "--", program]
    location = _FASTCGI.format(socket=speaking)
    with ExitStack() as stack:
        started = stack.enter_context(running(f"iipsrv-{port}", command, directory, processor))
        wait_for(speaking.exists, started, "iipsrv")
        front = stack.enter_context(_running_nginx(directory, port, processor, location))
        name = "iipsrv" if cached else "iipsrv-cold"
        yield Server(name, port, (started.pid, front.pid))


def said_by_iipsrv(directory: Path) -> SaidByIipsrv | None:
    """Return what the iipsrv that ran in *directory* said of itself."""
    log = directory / "iipsrv.log"
    said = log.read_text("utf-8", "replace") if log.exists() else ""
    named = re.search(r"Version ([\d.]+\w*)", said)
    # 1.1 and 1.2 do not know the setting and do not speak of it.
    passing = "codec passthrough to true" in said
    return SaidByIipsrv(named[1], passing) if named else None


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
    with running(f"nginx-{port}", command, directory, processor) as process:
        wait_for(lambda: answers(port), process, "nginx")
        yield process
