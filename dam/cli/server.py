"""The web server: granian, whose workers are new processes that end when this one does."""

import importlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.common import AbstractServer

from dam.cli.children import JobsProcess
from dam.workflows.lanes import MOST_AT_ONCE, MOST_SENT_AT_ONCE

_APPLICATION = ("dam.web.serving", "application")
_MOST_WORKERS_BY_DEFAULT = 4
# A tile holds the interpreter for a tenth of a millisecond, so few threads are enough for them; the
# others are for what waits: pictures to be drawn, large files for slow readers. Threads are made
# when all others are at work, and end when they are idle.
_THREADS = 8 + MOST_AT_ONCE + MOST_SENT_AT_ONCE
_MOST_AT_ONCE = 256
_GRACE_SECONDS = 10


def run_server(address: str, port: int, workers: int | None) -> None:
    """Serve until stopped, with one more process that runs jobs."""
    # A worker that is forked would inherit what this process has opened, and hang if it had used
    # libvips; a new interpreter inherits nothing.
    multiprocessing.set_start_method("spawn", force=True)
    jobs = JobsProcess()
    server = web_server(_APPLICATION[0], address, port, workers or default_workers())
    # A closed terminal (SIGHUP) ends the service, rather than start its workers again.
    server.signal_handler_reload = server.signal_handler_interrupt  # type: ignore[method-assign]
    server.on_startup(jobs.start)
    try:
        server.serve(target_loader=load_application, wrap_loader=False)
    finally:
        jobs.stop()


def web_server(target: str, address: str, port: int, workers: int) -> AbstractServer[Any]:
    """Return the server with our options, which is not serving yet; *target* is its name."""
    return Granian(
        target,
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        backpressure=_MOST_AT_ONCE,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=_GRACE_SECONDS,
    )


def default_workers() -> int:
    """Return one for each core, up to four."""
    return min(_MOST_WORKERS_BY_DEFAULT, os.cpu_count() or 1)


def load_application() -> Callable[..., Any]:
    """Return the WSGI application, in a worker.

    It is named and not imported: doors do not see each other, and this one knows its process only.
    """
    # Ctrl-C is for the parent, which ends its workers; at that signal they would hang until they
    # are killed (granian 2.8.7, WSGI), and a group of their own keeps it from them.
    os.setpgid(0, 0)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    module, name = _APPLICATION
    application: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return application


def _end_with_parent() -> None:
    """End this worker when its parent is gone, even killed: it would hold the port for ever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os._exit(1)
