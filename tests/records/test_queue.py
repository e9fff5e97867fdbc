"""The queue: who gets which job, how often, and what happens when it fails."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import select
from stored_rows import NOON

from dam.records import queue
from dam.records.queue import LEASE, MOST_ATTEMPTS, JobKind
from dam.records.work import JobRow

SECOND = timedelta(seconds=1)


def put(db, *subjects, kind=JobKind.DERIVE, now=NOON):
    for subject in subjects:
        queue.enqueue(db, kind, subject, now)
    db.flush()


def subjects(db, now=NOON):
    """The subjects of the jobs that may run now, in the order in which they are claimed."""
    found = []
    while job := queue.claim(db, now):
        db.flush()
        found.append(job.subject_id)
    return found


def state(db, job):
    return db.scalar(select(JobRow.state).where(JobRow.id == job.id))


def test_empty_queue_has_no_job(db):
    assert queue.claim(db, NOON) is None


def test_jobs_are_claimed_in_the_order_in_which_they_were_written(db):
    put(db, "a", "b", "c")
    assert subjects(db) == ["a", "b", "c"]


def test_claimed_job_says_what_it_is(db):
    put(db, "a", kind=JobKind.PUBLISH_SERIES)
    job = queue.claim(db, NOON)
    assert (job.kind, job.subject_id, job.attempts) == (JobKind.PUBLISH_SERIES, "a", 1)


def test_job_that_still_waits_is_not_written_twice(db):
    put(db, "a", "a", "b", "a")
    assert subjects(db) == ["a", "b"]


def test_job_of_another_kind_is_another_job(db):
    put(db, "a")
    put(db, "a", kind=JobKind.PUBLISH)
    assert subjects(db) == ["a", "a"]


def test_job_is_written_again_while_the_first_one_runs(db):
    """What the running one has read may be old already."""
    put(db, "a")
    queue.claim(db, NOON)
    put(db, "a")
    assert subjects(db) == ["a"]


def test_leased_job_belongs_to_nobody_else(db):
    put(db, "a")
    queue.claim(db, NOON)
    assert queue.claim(db, NOON + LEASE) is None


def test_job_whose_lease_ended_is_claimed_again(db):
    put(db, "a")
    queue.claim(db, NOON)
    again = queue.claim(db, NOON + LEASE + SECOND)
    assert (again.subject_id, again.attempts) == ("a", 2)


def test_job_that_kills_its_worker_each_time_is_given_up(db):
    put(db, "a", "b")
    now, claimed = NOON, []
    for _ in range(2 * MOST_ATTEMPTS):
        while job := queue.claim(db, now):
            claimed.append(job.subject_id)
        now += LEASE + SECOND
    assert claimed.count("a") == MOST_ATTEMPTS
    assert queue.unfinished(db, NOON) == 0
    assert len(queue.failures(db, "a")) == 1


def test_finished_job_is_not_claimed_again(db):
    put(db, "a")
    job = queue.claim(db, NOON)
    queue.finish(db, job, NOON)
    assert state(db, job) == "done"
    assert queue.claim(db, NOON + 2 * LEASE) is None


def test_failed_job_waits_longer_each_time(db):
    put(db, "a")
    now, waits = NOON, []
    for _ in range(MOST_ATTEMPTS - 1):
        job = queue.claim(db, now)
        queue.fail(db, job, now, "It broke.", final=False)
        seconds = next(n for n in range(100) if _ready(db, now + n * SECOND))
        waits.append(seconds)
        now += seconds * SECOND
    assert waits == sorted(waits) and waits[0] > 0 and len(set(waits)) == len(waits)


def _ready(db, now):
    with db.begin_nested() as savepoint:
        job = queue.claim(db, now)
        db.flush()
        savepoint.rollback()
    return job is not None


def test_job_is_given_up_after_the_last_attempt(db):
    put(db, "a")
    now = NOON
    for _ in range(MOST_ATTEMPTS):
        job = queue.claim(db, now)
        queue.fail(db, job, now, "It broke.", final=False)
        now += timedelta(hours=1)
    assert queue.claim(db, now) is None
    assert queue.failures(db, "a") == ("It broke.",)
    assert queue.unfinished(db, NOON) == 0


def test_final_failure_is_not_tried_again(db):
    put(db, "a")
    queue.fail(db, queue.claim(db, NOON), NOON, "It is damaged.", final=True)
    assert queue.claim(db, NOON + timedelta(days=1)) is None
    assert queue.failures(db, "a") == ("It is damaged.",)


def test_failures_are_those_of_the_subject_newest_first(db):
    put(db, "a", "b")
    put(db, "a", kind=JobKind.PUBLISH)
    for words in ("First.", "Other.", "Second."):
        queue.fail(db, queue.claim(db, NOON), NOON, words, final=True)
    assert queue.failures(db, "a") == ("Second.", "First.")


def test_new_cause_is_tried_after_a_job_was_given_up(db):
    put(db, "a")
    queue.fail(db, queue.claim(db, NOON), NOON, "It is damaged.", final=True)
    put(db, "a")
    assert subjects(db) == ["a"]


@pytest.mark.parametrize("ending", ["finish", "fail"])
def test_worker_that_lost_its_lease_changes_nothing_any_more(db, ending):
    put(db, "a")
    late = queue.claim(db, NOON)
    now = NOON + LEASE + SECOND
    current = queue.claim(db, now)
    if ending == "finish":
        queue.finish(db, late, now)
    else:
        queue.fail(db, late, now, "It broke.", final=True)
    assert state(db, current) == "running"
    assert queue.claim(db, now) is None


def test_unfinished_are_those_that_wait_or_run(db):
    put(db, "a", "b", "c")
    queue.finish(db, queue.claim(db, NOON), NOON)
    queue.claim(db, NOON)
    assert queue.unfinished(db, NOON) == 2


def test_workers_never_get_the_same_job(archive):
    names = [f"p{number}" for number in range(40)]
    with archive.writing.begin() as db:
        put(db, *names)
    claimed = []

    def work():
        while True:
            with archive.writing.begin() as db:
                job = queue.claim(db, NOON)
            if job is None:
                return
            claimed.append(job.subject_id)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sorted(claimed) == sorted(names)
