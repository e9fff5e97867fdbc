"""What is counted of each request, in mapped memory that all processes add to.

No name and no identifier is in it. Counting costs a request of the tile path under a microsecond.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from dam.storage.counters import Counters
from dam.web.request_log import RequestLog
from dam.workflows.archive import Archive

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# A route says here what answered, for the request log and the kind: stored, drawn, cache, …
ANSWERED_BY = "dam.answered_by"

KINDS = (
    "tile", "drawn", "image", "info", "manifest", "page", "record", "download", "desk", "other",
)  # fmt: skip
CLASSES = ("2xx", "3xx", "4xx", "5xx")
BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
# Of each kind: one cell for each class and bucket, since one of them is raised by each request.
COLUMNS = len(BUCKETS) + 1
BYTES = len(CLASSES) * COLUMNS
NANOSECONDS = BYTES + 1
CELLS_OF_A_KIND = NANOSECONDS + 1
NAMES = tuple(
    f"{kind} {what}"
    for kind in KINDS
    for what in (
        *(f"{name} {bound}" for name in CLASSES for bound in (*BUCKETS, "inf")),
        "bytes",
        "nanoseconds",
    )
)

_KIND_AT = {kind: n * CELLS_OF_A_KIND for n, kind in enumerate(KINDS)}
_TILE = _KIND_AT["tile"]
_OF_IMAGES = {"stored": "tile", "drawn": "drawn", "cache": "drawn"}
_BY_BEGINNING = {
    "manifests": "manifest",
    "p": "page",
    "embed": "page",
    "": "page",
    "api": "record",
    "desk": "desk",
    "rights": "desk",
    "admin": "desk",
}


class Meter:
    """Counts requests, and writes them to the log where there is one."""

    def __init__(self, archive: Archive) -> None:
        settings = archive.settings
        self._ticks = archive.ticks
        self._counters = Counters(settings.media / "run", NAMES)
        self._cells, self._lock = self._counters.cells, self._counters.lock
        self._addresses = settings.request_log_addresses
        self._log = (
            RequestLog(settings.request_log, archive.now, archive.ticks)
            if settings.request_log
            else None
        )

    def tile(self, environ: Environ, status: int, size_bytes: int, started: float) -> None:
        """Count an answer of the tile path."""
        seconds = self._ticks() - started
        self._count(_TILE, status, size_bytes, seconds)
        if self._log is not None:
            self._write(environ, "tile", status, size_bytes, (started, seconds))

    def around(self, application: Application) -> Application:
        """Return *application* with each of its requests counted when its answer is over."""

        def counted(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            started, status = self._ticks(), [500]

            def start(line: str, *more: Any) -> Any:  # noqa: ANN401 (PEP 3333)
                status[0] = int(line[:3])
                return start_response(line, *more)

            def ended(size_bytes: int) -> None:
                self._other(environ, status[0], size_bytes, started)

            return _Counted(application(environ, start), ended)

        return counted

    def totals(self) -> list[int]:
        """Return all cells, summed over the processes, in the order of ``NAMES``."""
        return self._counters.totals()

    def _other(self, environ: Environ, status: int, size_bytes: int, started: float) -> None:
        seconds = self._ticks() - started
        kind = kind_of(environ.get("PATH_INFO", ""), environ.get(ANSWERED_BY, ""))
        self._count(_KIND_AT[kind], status, size_bytes, seconds)
        if self._log is not None:
            self._write(environ, kind, status, size_bytes, (started, seconds))

    def _count(self, at: int, status: int, size_bytes: int, seconds: float) -> None:
        cells = self._cells
        at_bucket = at + (status // 100 - 2) * COLUMNS + bisect_left(BUCKETS, seconds)
        with self._lock:
            cells[at_bucket] += 1
            cells[at + BYTES] += size_bytes
            cells[at + NANOSECONDS] += int(seconds * 1e9)

    def _write(
        self,
        environ: Environ,
        kind: str,
        status: int,
        size_bytes: int,
        times: tuple[float, float],
    ) -> None:
        if self._log is not None:
            self._log.take(
                (
                    *times,
                    environ["REQUEST_METHOD"],
                    environ.get("PATH_INFO", ""),
                    status,
                    size_bytes,
                    environ.get(ANSWERED_BY, kind),
                    environ.get("REMOTE_ADDR", "") if self._addresses else "",
                )
            )


class _Counted:
    """A body that says how long it was when the server is done with it."""

    def __init__(self, body: Iterable[bytes], ended: Callable[[int], None]) -> None:
        self._body = body
        self._ended = ended
        self._size_bytes = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._body:
            self._size_bytes += len(piece)
            yield piece

    def close(self) -> None:
        """Close what is inside, and count."""
        close = getattr(self._body, "close", None)
        try:
            if close is not None:
                close()
        finally:
            self._ended(self._size_bytes)


def kind_of(path: str, answered_by: str = "") -> str:
    """Return which of ``KINDS`` an address is; *answered_by* tells stored from drawn."""
    _, first, *rest = path.split("/") if path.startswith("/") else ("", "other")
    if first == "iiif":
        return "info" if rest and rest[-1] == "info.json" else _OF_IMAGES.get(answered_by, "image")
    if first == "p" and rest[1:] in (["master"], ["download"]):
        return "download"
    return _BY_BEGINNING.get(first, "other")
