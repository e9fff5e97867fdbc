"""Jobs: claim the next one, do what it says, and record how it went."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import assert_never

from dam.errors import DamError, Malformed, NotFound, TooLarge, Unsupported
from dam.records import queue
from dam.records.base import DatabaseFault
from dam.records.queue import Job, JobKind
from dam.workflows import batch_edit, derive, index, likeness, publish, uploads
from dam.workflows.archive import Archive

LOG = logging.getLogger("dam.jobs")
_RENEW_SECONDS = queue.LEASE.total_seconds() / 4
_FAULT = "Something went wrong on our side; the log of the service says what."
# Trying again gives the same answer: the file will not mend itself.
_FINAL = (Malformed, NotFound, TooLarge, Unsupported)


def run_one(archive: Archive) -> bool:
    """Run the next job that may run now; return whether there was one."""
    with archive.writing.begin() as db:
        job = queue.claim(db, archive.now())
    if job is None:
        return False
    try:
        with _lease_kept(archive, job):
            _do(archive, job)
    except DamError as error:
        _record_failure(archive, job, str(error), final=isinstance(error, _FINAL))
    except Exception:
        LOG.exception("job %s (%s of %s) failed", job.id, job.kind, job.subject_id)
        _record_failure(archive, job, _FAULT, final=False)
    except BaseException:
        # Somebody stopped the process: the next one need not wait for the lease to end.
        with archive.writing.begin() as db:
            queue.give_back(db, job, archive.now())
        raise
    else:
        with archive.writing.begin() as db:
            queue.finish(db, job, archive.now())
    return True


@contextmanager
def _lease_kept(archive: Archive, job: Job) -> Iterator[None]:
    """Renew the lease of *job* beside the work, which may take far longer than a lease.

    A lease is short so that the job of a killed worker is soon taken over.
    """
    done = Event()

    def renew() -> None:
        while not done.wait(_RENEW_SECONDS):
            try:
                with archive.writing.begin() as db:
                    queue.renew(db, job, archive.now())
            except DatabaseFault:
                LOG.warning("the lease of job %s could not be renewed", job.id)

    thread = Thread(target=renew, name=f"lease of job {job.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _do(archive: Archive, job: Job) -> None:
    match job.kind:
        case JobKind.DERIVE:
            derive.derive(archive, job.subject_id)
        case JobKind.PUBLISH:
            publish.publish_photograph(archive, job.subject_id)
        case JobKind.PUBLISH_SERIES:
            publish.publish_series(archive, job.subject_id)
        case JobKind.PUBLISH_COLLECTION:
            publish.publish_collection(archive)
        case JobKind.TAKE_IN:
            uploads.finish(archive, job.subject_id)
        case JobKind.SWEEP:
            uploads.sweep(archive)
        case JobKind.INDEX:
            index.run(archive, job.subject_id)
        case JobKind.LIKENESS:
            likeness.fill(archive)
        case JobKind.PLAN_BATCH | JobKind.APPLY_BATCH:
            edit = batch_edit.plan if job.kind is JobKind.PLAN_BATCH else batch_edit.run
            edit(archive, job.subject_id)
        case _:
            assert_never(job.kind)


def _record_failure(archive: Archive, job: Job, sentence: str, *, final: bool) -> None:
    with archive.writing.begin() as db:
        queue.fail(db, job, archive.now(), sentence, final=final)


def unfinished(archive: Archive) -> int:
    """Return how many jobs run, or wait to be run soon."""
    with archive.reading() as db:
        return queue.unfinished(db, archive.now())
