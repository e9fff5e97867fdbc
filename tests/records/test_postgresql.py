"""What holds on PostgreSQL beside the tests of rows, which run on both engines."""

from threading import Barrier, Thread

import pytest
from alembic import command
from test_database import shape

from dam.records import epochs, queue, schema
from dam.records.base import make_readers, make_sessions, open_database
from dam.records.queue import JobKind


@pytest.fixture
def empty(new_postgres):
    engine = open_database(new_postgres("template0"))
    yield engine
    engine.dispose()


def test_migrations_go_up_down_and_up_on_postgresql(empty):
    schema.upgrade(empty)
    first = shape(empty)
    schema.downgrade(empty, "base")
    assert set(shape(empty)) == {"alembic_version"}
    schema.upgrade(empty)
    assert shape(empty) == first
    with empty.begin() as connection:
        command.check(schema.configuration(connection))


def test_writers_wait_for_each_other_and_lose_nothing(empty):
    schema.upgrade(empty)
    sessions, start = make_sessions(empty), Barrier(3)

    def write():
        start.wait(30)
        for _ in range(20):
            with sessions.begin() as db:
                epochs.current(db)
                epochs.advance(db)

    threads = [Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with make_readers(empty)() as db:
        assert epochs.current(db) == 60


def test_a_job_is_claimed_once(empty, clock):
    schema.upgrade(empty)
    sessions, start, claimed = make_sessions(empty), Barrier(3), []
    with sessions.begin() as db:
        for number in range(10):
            queue.enqueue(db, JobKind.DERIVE, f"p{number}", clock())

    def work():
        start.wait(30)
        while True:
            with sessions.begin() as db:
                job = queue.claim(db, clock())
            if job is None:
                return
            claimed.append(job.subject_id)

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(claimed) == [f"p{number}" for number in range(10)]
