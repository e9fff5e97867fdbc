"""The request log: one line of JSON for each request, written beside the requests.

A request leaves a tuple in memory; a thread writes what has gathered twice a second, and once more
when the process ends. By default a line names nobody: it has no address of who asks, and no path
that may hold a name or a secret.
"""

import json
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from multiprocessing.util import Finalize
from pathlib import Path
from threading import Event, Lock, Thread

_PAUSE_SECONDS = 0.5
_MOST_WAITING = 100_000  # some 30 MB; a disk that hangs must not fill the memory
_LONGEST_PATH = 400
_STDERR = "stderr"
# Other addresses may hold the name of an account, or the secret of a sign-in.
_WHOLE = ("/iiif/", "/manifests/", "/p/", "/embed/", "/api/v1/photographs/", "/static/dist/")
_escaped = json.encoder.encode_basestring_ascii


# When it began and how long it took (in ticks), method, path, status, bytes of the body, what
# answered, and the address of who asked or nothing. A plain tuple is the quickest to make.
Line = tuple[float, float, str, str, int, int, str, str]


class RequestLog:
    """Takes lines at once and writes them soon; lines that find no room are counted and dropped."""

    def __init__(
        self, target: str, now: Callable[[], datetime], ticks: Callable[[], float]
    ) -> None:
        self._target = target
        self._now = now
        self._ticks = ticks
        self._waiting: deque[Line] = deque()
        self._dropped = 0
        self._writing = Lock()
        self._ended = Event()
        Thread(target=self._write_on, name="request log", daemon=True).start()
        # Workers are children of multiprocessing, which does not run what atexit knows of.
        self._at_exit = Finalize(None, self.close, exitpriority=10)

    def take(self, line: Line) -> None:
        """Keep *line* until it is written."""
        if len(self._waiting) < _MOST_WAITING:
            self._waiting.append(line)
        else:
            self._dropped += 1

    def flush(self) -> None:
        """Write what waits; what cannot be written is lost, since the service goes on."""
        with self._writing:
            text = "".join(self._lines())
            if not text:
                return
            try:
                _append(self._target, text.encode())
            except OSError as error:
                print(f"The request log cannot be written: {error.strerror}.", file=sys.stderr)  # noqa: T201

    def close(self) -> None:
        """Write what waits, and end the thread."""
        self._at_exit.cancel()
        self._ended.set()
        self.flush()

    def _write_on(self) -> None:
        while not self._ended.wait(_PAUSE_SECONDS):
            self.flush()

    def _lines(self) -> Iterator[str]:
        moment, ticks = self._now(), self._ticks()
        stamp, stamped = "", -1
        for _ in range(len(self._waiting)):
            line = self._waiting.popleft()
            ago = int((ticks - line[0]) * 1000)
            if ago != stamped:  # many requests begin in the same millisecond
                stamp, stamped = _stamp(moment - timedelta(milliseconds=ago)), ago
            yield _json(line, stamp)
        if self._dropped:
            dropped, self._dropped = self._dropped, 0
            yield f'{{"at":"{_stamp(moment)}","dropped":{dropped}}}\n'


def _json(line: Line, stamp: str) -> str:
    _, seconds, method, path, status, size_bytes, answered_by, address = line
    from_whom = f',"address":{_escaped(address)}' if address else ""
    return (
        f'{{"at":"{stamp}","method":{_escaped(method)},"path":{_escaped(_shown(path))},'
        f'"status":{status},"bytes":{size_bytes},"ms":{seconds * 1000:.2f},'
        f'"by":"{answered_by}"{from_whom}}}\n'
    )


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _shown(path: str) -> str:
    """Return *path* as it may be kept: of an address that may name somebody, its first part."""
    if path.startswith(_WHOLE) or path.count("/") < 2:
        return path[:_LONGEST_PATH]
    return f"/{path.split('/')[1][:_LONGEST_PATH]}/-"


def _append(target: str, data: bytes) -> None:
    """Add *data* in one piece, so that the lines of several processes never mix."""
    if target == _STDERR:
        sys.stderr.buffer.write(data)
        sys.stderr.buffer.flush()
        return
    # Opened each time: whoever moves the file away (logrotate) finds the next lines in a new one.
    descriptor = os.open(Path(target), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    try:
        os.write(descriptor, data)
    finally:
        os.close(descriptor)
