"""The child process of ``dam serve`` that runs jobs: started afresh, restarted when it dies."""

import logging
import subprocess
import threading
import time

from dam.cli.worker import worker_arguments

LOG = logging.getLogger("dam.serve")
_SHORTEST_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 60.0
_GOOD_LIFE_SECONDS = 60.0
_GRACE_SECONDS = 30.0


class JobsProcess:
    """A process that runs jobs, kept alive until ``stop``; it ends with this one, however it ends.

    It watches a pipe of which this process alone holds the other end. It is a new interpreter and
    no fork: libvips does not survive one.
    """

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._keeper = threading.Thread(target=self._keep, name="jobs", daemon=True)

    def start(self) -> None:
        """Start it, and return at once."""
        self._keeper.start()

    def stop(self) -> None:
        """Let it finish its job, within half a minute, and end."""
        self._stopping.set()
        with self._lock:
            process = self._process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _keep(self) -> None:
        pause = _SHORTEST_PAUSE_SECONDS
        while True:
            born = time.monotonic()
            with self._lock:
                if self._stopping.is_set():
                    return
                self._process = subprocess.Popen(  # noqa: S603 (our own module)
                    worker_arguments("--with-parent"), stdin=subprocess.PIPE
                )
            code = self._process.wait()
            good = time.monotonic() - born > _GOOD_LIFE_SECONDS
            pause = _SHORTEST_PAUSE_SECONDS if good else min(pause * 2, _LONGEST_PAUSE_SECONDS)
            if self._stopping.wait(pause):
                return
            LOG.warning("the process of the jobs ended with %s; here is the next one", code)
