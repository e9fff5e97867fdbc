"""Jobs are run: done, tried again, or given up with a sentence that a person can read."""

from datetime import timedelta

import pytest

from dam.records import catalogue, queue
from dam.records.queue import JobKind
from dam.workflows import jobs


def enqueue(archive, kind, subject):
    with archive.writing.begin() as db:
        queue.enqueue(db, kind, subject, archive.now())


def failures(archive, subject):
    with archive.reading() as db:
        return queue.failures(db, subject)


def test_nothing_to_do_is_nothing_done(archive):
    assert not jobs.run_one(archive)


def test_arrival_leads_to_packs_and_published_copies(archive, darkroom):
    [outcome] = darkroom.take(darkroom.picture("a.png"), public=True, series="Aghdam")
    assert jobs.unfinished(archive) == 4  # packs, its manifest, its series, the collection
    darkroom.work()
    assert jobs.unfinished(archive) == 0
    assert failures(archive, outcome.id) == ()
    with archive.reading() as db:
        assert len(catalogue.packs(db, outcome.id)) == 1


GONE = (
    (JobKind.DERIVE, "There is no photograph of that identifier."),
    (JobKind.PUBLISH_SERIES, "There is no series of that identifier."),
)


@pytest.mark.parametrize(("kind", "sentence"), GONE)
def test_job_about_nothing_is_given_up_at_once(archive, kind, sentence):
    enqueue(archive, kind, "nobody")
    assert jobs.run_one(archive)
    assert failures(archive, "nobody") == (sentence,)
    assert jobs.unfinished(archive) == 0


def test_job_that_cannot_be_done_now_is_tried_again(archive, darkroom, clock):
    [outcome] = darkroom.take(darkroom.picture("a.png"))
    # Where the packs should go there is a file: nothing can be written there.
    in_the_way = archive.settings.media / "packs"
    in_the_way.write_bytes(b"")
    darkroom.work()
    assert failures(archive, outcome.id) == ()
    assert jobs.unfinished(archive) == 1
    in_the_way.unlink()
    assert not jobs.run_one(archive)
    clock.advance(seconds=2)
    darkroom.work()
    with archive.reading() as db:
        assert len(catalogue.packs(db, outcome.id)) == 1


def test_fault_of_ours_is_logged_and_told_without_its_words(archive, darkroom, clock, caplog):
    photograph_id = darkroom.photograph(public=True)
    path = archive.settings.manifests / "3" / photograph_id / "manifest.json"
    path.unlink()
    path.mkdir()  # a directory in the way is an OSError that nobody expects
    enqueue(archive, JobKind.PUBLISH, photograph_id)
    for _ in range(queue.MOST_ATTEMPTS):
        assert jobs.run_one(archive)
        clock.moment += timedelta(hours=1)
    [sentence] = failures(archive, photograph_id)
    assert sentence.startswith("Something went wrong on our side")
    assert str(archive.settings.home) not in sentence
    assert "manifest.json" in caplog.text
    assert jobs.unfinished(archive) == 0


def test_failed_job_stops_no_other(archive, darkroom):
    enqueue(archive, JobKind.DERIVE, "nobody")
    photograph_id = darkroom.photograph()
    with archive.reading() as db:
        assert len(catalogue.packs(db, photograph_id)) == 1
