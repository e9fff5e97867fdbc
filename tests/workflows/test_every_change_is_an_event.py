"""Each change is an event: who, when, what, from what, to what."""

from datetime import date

import pytest

from dam.catalogue.changes import Description
from dam.catalogue.text import Text, TextField
from dam.records import log
from dam.records import proposals as repairs
from dam.records.register import NewRecord, RecordKind
from dam.workflows import clear, describe, ingest

K = RecordKind
BY = "http://creativecommons.org/licenses/by/4.0/"
CC_ZERO = "http://creativecommons.org/publicdomain/zero/1.0/"


def newest(archive, subject_id, kind="photograph"):
    with archive.reading() as db:
        return log.of_subject(db, kind, subject_id)[0]


SECOND_RECORDS = [
    # first, second, before, after, reason
    (NewRecord(K.STATEMENT, BY), NewRecord(K.STATEMENT, CC_ZERO), BY, CC_ZERO, "superseded"),
    (NewRecord(K.CAP, number=800), NewRecord(K.CAP), "800", "", "ended"),
    (NewRecord(K.CAP), NewRecord(K.CAP, number=800), "", "800", "nothing held before"),
    (NewRecord(K.CAP, number=5), NewRecord(K.CEILING, "record"), "", "record", "another kind"),
    (
        NewRecord(K.EMBARGO, "plain", day=date(2030, 1, 1)),
        NewRecord(K.EMBARGO, "donor", day=date(2031, 1, 1)),
        "plain 2030-01-01",
        "donor 2031-01-01",
        "all that a record says",
    ),
]


@pytest.mark.parametrize("records", SECOND_RECORDS, ids=[row[-1] for row in SECOND_RECORDS])
def test_a_rights_record_says_what_held_before(archive, darkroom, clock, records):
    first, second, before, after, reason = records
    one = darkroom.photograph()
    clear.record(archive, one, [first], "Rana")
    clock.advance(days=1)
    clear.record(archive, one, [second], "Nino")
    event = newest(archive, one)
    assert (event.actor, event.at, event.field) == ("Nino", clock.moment, second.kind), reason
    assert (event.before, event.after) == (before, after), reason


def test_publication_withdrawal_and_reinstatement_say_what_they_end(archive, darkroom):
    one = darkroom.photograph(rights=BY)
    clear.publish_photographs(archive, [one], "Nino")
    assert (newest(archive, one).before, newest(archive, one).after) == ("", "published")
    clear.unpublish(archive, one, "Nino")
    assert (newest(archive, one).before, newest(archive, one).after) == ("published", "draft")
    for reason in ("The family asked.", "A court said so."):
        clear.withdraw(archive, one, reason, "Nino")
        assert (newest(archive, one).before, newest(archive, one).after) == ("", reason)
        clear.reinstate(archive, one, "It was a mistake.", "Nino")
        assert newest(archive, one).before == reason


def test_words_say_before_and_after_by_field_and_language(archive, darkroom, clock):
    one = darkroom.photograph()
    for number, title in enumerate(("First", "Second")):
        clock.advance(minutes=1)
        words = Description((Text(TextField.TITLE, "az", title),))
        describe.describe(archive, one, 1 + number, words, "Nino")
    event = newest(archive, one)
    assert (event.actor, event.at, event.verb) == ("Nino", clock.moment, "edited")
    assert (event.field, event.language) == ("title", "az")
    assert (event.before, event.after) == ("First", "Second")


def test_a_repair_that_is_declined_is_told(archive, darkroom, clock):
    one = darkroom.photograph()
    words = Description((Text(TextField.CAPTION, "en", "It is the soldierâ€™s house."),))
    describe.describe(archive, one, 1, words, "Nino")
    with archive.reading() as db:
        [proposal] = repairs.open_proposals(db, one)
    describe.settle(archive, one, proposal.id, accept=False, by="Rana")
    event = newest(archive, one)
    assert (event.actor, event.at, event.verb) == ("Rana", clock.moment, "kept as written")
    assert (event.field, event.language) == ("caption", "en")
    assert event.before == event.after == proposal.found


def test_the_series_of_a_new_photograph_is_told(archive, darkroom):
    one = darkroom.photograph(series="Aghdam")
    with archive.reading() as db:
        found = log.of_subject(db, "photograph", one)
    [event] = [event for event in found if event.field == "series"]
    assert (event.actor, event.verb, event.after) == ("Rana", "put into", "Aghdam")


def test_a_refused_file_is_told_from_aside_to_taken_in(open_archive, darkroom, clock):
    darkroom.archive = strict = open_archive(max_pixels="100")
    path = darkroom.picture("a.png")
    [first], [second] = darkroom.take(path), darkroom.take(path, by="Nino")
    event = newest(strict, first.refused_id, "refused file")
    assert (event.actor, event.at, event.verb) == ("Nino", clock.moment, "kept aside")
    assert (event.before, event.after) == (first.reason, second.reason)
    outcome = ingest.try_again(open_archive(), first.refused_id, "Leyla")
    event = newest(strict, first.refused_id, "refused file")
    assert (event.actor, event.verb) == ("Leyla", "went in")
    assert (event.before, event.after) == (first.reason, outcome.id)
