"""The loop: run the next job, rest when there is none, carry on when the database does not."""

import logging

from dam.jobs.ending import Ending
from dam.workflows import jobs
from dam.workflows.archive import Archive

LOG = logging.getLogger("dam.jobs")
_REST_SECONDS = 0.5
_LONG_REST_SECONDS = 10.0


def run(archive: Archive, ending: Ending, *, once: bool = False) -> None:
    """Run jobs until *ending* is asked for, or with *once* until none is ready to run."""
    while not ending.wanted:
        try:
            ran = _run_next(archive)
        except Exception:  # a database that is away comes back; the job is claimed again then
            LOG.exception("the queue could not be read or written")
            if once:
                raise
            ending.wait(_LONG_REST_SECONDS)
            continue
        if once and not ran:
            return
        if not ran:
            ending.wait(_REST_SECONDS)


def _run_next(archive: Archive) -> bool:
    # Claiming takes the write lock of SQLite; while there is nothing, reading is enough.
    return jobs.unfinished(archive) > 0 and jobs.run_one(archive)
