"""What lists count and page, and what is published again by itself."""

from datetime import date, timedelta
from time import sleep

import pytest

from dam.records import catalogue, queue
from dam.records.queue import JobKind
from dam.records.register import NewRecord, RecordKind
from dam.workflows import browse, clear, jobs
from dam.workflows.publish import publish_photograph

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"


@pytest.fixture
def published(darkroom):
    return darkroom.photograph((40, 30), rights=CC0, public=True)


def listed(archive):
    found = browse.public_list(archive, 1)
    return found.count, [one.photograph.id for one in found.photographs]


def test_published_photograph_is_listed_and_counted(archive, published):
    assert listed(archive) == (1, [published])


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (NewRecord(RecordKind.CEILING, "hidden"), "what is hidden is not counted either"),
        (NewRecord(RecordKind.PUBLICATION, "draft"), "a draft is staff's"),
        (NewRecord(RecordKind.WITHDRAWAL, "by request"), "a tombstone is no entry of a list"),
    ],
)
def test_what_may_not_be_named_is_not_counted(archive, published, record, reason):
    clear.record(archive, published, [record], "rita")
    assert listed(archive) == (0, []), reason


def test_reinstated_photograph_is_listed_again(archive, published):
    clear.withdraw(archive, published, "by request", "rita")
    clear.reinstate(archive, published, "settled", "rita")
    assert listed(archive) == (1, [published])


def test_embargoed_photograph_is_listed_by_its_record(archive, published, clock):
    day = clock.moment.date() + timedelta(days=3)
    clear.record(archive, published, [NewRecord(RecordKind.EMBARGO, "plain", day=day)], "rita")
    assert listed(archive) == (1, [published])


def test_published_copy_is_renewed_when_an_embargo_opens(archive, published, clock, darkroom):
    day = clock.moment.date() + timedelta(days=3)
    clear.record(archive, published, [NewRecord(RecordKind.EMBARGO, "plain", day=day)], "rita")
    darkroom.work()
    copy = archive.settings.manifests / "3" / published / "manifest.json"
    assert "/full/" not in copy.read_text()
    assert jobs.unfinished(archive) == 0, "what is set for a later day keeps nobody waiting"
    clock.advance(days=4)
    darkroom.work()
    assert f"/iiif/3/{published}/full/" in copy.read_text()


def test_publishing_twice_sets_one_later_job(archive, published, clock):
    day = date(clock.moment.year + 1, 1, 1)
    clear.record(archive, published, [NewRecord(RecordKind.EMBARGO, "plain", day=day)], "rita")
    while jobs.run_one(archive):
        pass
    publish_photograph(archive, published)
    publish_photograph(archive, published)
    clock.advance(days=400)
    with archive.writing.begin() as db:
        kinds = []
        while job := queue.claim(db, archive.now()):
            kinds.append(job.kind)
    assert sorted(kinds) == sorted([JobKind.INDEX, JobKind.PUBLISH, JobKind.PUBLISH_COLLECTION])


def test_interrupted_job_waits_for_nobodys_lease(archive, published, monkeypatch):
    with archive.writing.begin() as db:
        queue.enqueue(db, JobKind.PUBLISH, published, archive.now())

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("dam.workflows.jobs._do", interrupted)
        with pytest.raises(KeyboardInterrupt):
            jobs.run_one(archive)
    assert jobs.run_one(archive), "the next process has it at once"


def test_lease_is_renewed_while_the_job_is_being_done(archive, published, clock, monkeypatch):
    while jobs.run_one(archive):
        pass
    with archive.writing.begin() as db:
        queue.enqueue(db, JobKind.PUBLISH, published, archive.now())
    stolen = []

    def slow(*_):
        for _ in range(4):
            clock.advance(seconds=queue.LEASE.total_seconds() * 0.6)
            sleep(0.3)
            with archive.writing.begin() as db:
                stolen.append(queue.claim(db, archive.now()))

    monkeypatch.setattr("dam.workflows.jobs._do", slow)
    monkeypatch.setattr("dam.workflows.jobs._RENEW_SECONDS", 0.02)
    assert jobs.run_one(archive)
    assert stolen == [None] * 4


def test_failure_no_longer_counts_once_the_job_is_done(archive, published):
    now = archive.now()
    with archive.writing.begin() as db:
        queue.enqueue(db, JobKind.DERIVE, published, now)
        queue.fail(db, queue.claim(db, now), now, "The disk was full.", final=True)
        assert queue.failures(db, published) == ("The disk was full.",)
        queue.enqueue(db, JobKind.DERIVE, published, now)
        queue.finish(db, queue.claim(db, now), now)
        assert queue.failures(db, published) == ()
        assert catalogue.holder_of(db, "0" * 64) is None
