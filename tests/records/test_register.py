"""The register of rights: what holds is what was recorded last of each kind."""

from datetime import UTC, date, datetime, timedelta

import pytest
from stored_rows import NOON, add_photograph, facts, record

from dam.records import catalogue, register
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Hold, Publication, Step

BY = "http://creativecommons.org/licenses/by/4.0/"
CNE = "http://rightsstatements.org/vocab/CNE/1.0/"
DAY = timedelta(days=1)
K = RecordKind


@pytest.fixture(autouse=True)
def photograph(db):
    """The photograph "abc", of which nothing is recorded."""
    return add_photograph(db)


def test_nothing_recorded_is_a_draft_without_a_ground(db):
    found = facts(db)
    assert found.publication is Publication.DRAFT
    assert (found.statement, found.showing, found.ceiling, found.cap) == (None,) * 4
    assert (found.embargo, found.sensitivity, found.withdrawal) == (None,) * 3


def test_unknown_photograph_has_the_facts_of_nothing_recorded(db):
    assert facts(db, "nobody") == facts(db)


def test_each_kind_is_read_back_with_the_name_of_its_record(db):
    record(db, K.STATEMENT, BY)
    record(db, K.SHOWING, "no evidence", day=date(2028, 3, 1))
    record(db, K.CEILING, "capped")
    record(db, K.CAP, number=800)
    record(db, K.EMBARGO, "donor", day=date(2030, 1, 1))
    record(db, K.SENSITIVITY, "human-remains; grief")
    record(db, K.PUBLICATION, Publication.PUBLISHED)
    record(db, K.WITHDRAWAL, "A family asked.", by="Nino")
    found = facts(db)
    names = [each.name for each in reversed(register.history(db, "abc"))]
    assert (found.statement.uri, found.statement.record) == (BY, names[0])
    assert (found.showing.by, found.showing.review_on) == ("Rana", date(2028, 3, 1))
    assert found.showing.recorded_on == date(2027, 3, 1)
    assert (found.ceiling.step, found.ceiling.record) == (Step.CAPPED, names[2])
    assert found.cap.long_side_pixels == 800
    assert (found.embargo.hold, found.embargo.until) == (Hold.DONOR, date(2030, 1, 1))
    assert found.sensitivity.terms == ("human-remains", "grief") and not found.sensitivity.reviewed
    assert found.publication is Publication.PUBLISHED
    assert (found.withdrawal.by, found.withdrawal.reason) == ("Nino", "A family asked.")
    assert (found.withdrawal.at, found.withdrawal.record) == (NOON, names[7])


def test_newest_record_of_a_kind_counts(db):
    record(db, K.STATEMENT, CNE)
    record(db, K.CAP, number=500)
    record(db, K.STATEMENT, BY)
    assert facts(db).statement.uri == BY
    assert facts(db).cap.long_side_pixels == 500


def test_newest_is_what_was_written_last_also_at_the_same_moment(db):
    record(db, K.CAP, number=500, now=NOON)
    record(db, K.CAP, number=600, now=NOON)
    assert facts(db).cap.long_side_pixels == 600


ENDED = (
    (K.STATEMENT, {"text": BY}, "statement"),
    (K.SHOWING, {"text": "no evidence", "day": date(2028, 3, 1)}, "showing"),
    (K.CEILING, {"text": "record"}, "ceiling"),
    (K.CAP, {"number": 500}, "cap"),
    (K.EMBARGO, {"text": "plain", "day": date(2028, 3, 1)}, "embargo"),
    (K.SENSITIVITY, {"text": "grief"}, "sensitivity"),
)


@pytest.mark.parametrize(("kind", "value", "field"), ENDED)
def test_record_without_a_value_ends_what_was_recorded(db, kind, value, field):
    record(db, kind, **({"text": ""} | value))
    assert getattr(facts(db), field) is not None
    record(db, kind)
    assert getattr(facts(db), field) is None


def test_what_was_ended_can_be_recorded_again(db):
    for number in (500, None, 700):
        record(db, K.CAP, number=number)
    assert facts(db).cap.long_side_pixels == 700


def test_reinstatement_ends_a_withdrawal(db):
    record(db, K.WITHDRAWAL, "By mistake.")
    record(db, K.REINSTATEMENT, "It was a mistake.")
    assert not facts(db).withdrawn


def test_withdrawal_after_a_reinstatement_counts(db):
    record(db, K.WITHDRAWAL, "First.")
    record(db, K.REINSTATEMENT, "Back.")
    record(db, K.WITHDRAWAL, "Second.")
    assert facts(db).withdrawal.reason == "Second."


def test_reinstatement_leaves_every_other_record_as_it_was(db):
    record(db, K.CEILING, "record")
    record(db, K.WITHDRAWAL, "First.")
    record(db, K.REINSTATEMENT, "Back.")
    assert facts(db).ceiling.step is Step.RECORD


def test_review_stands_for_the_terms_that_were_reviewed(db):
    record(db, K.SENSITIVITY, "grief")
    record(db, K.REVIEW, "It may be shown.", by="Nino")
    assert facts(db).sensitivity.reviewed_by == "Nino"


def test_other_terms_need_another_review(db):
    record(db, K.SENSITIVITY, "grief")
    record(db, K.REVIEW, "It may be shown.", by="Nino")
    record(db, K.SENSITIVITY, "grief; minor")
    assert not facts(db).sensitivity.reviewed


def test_review_of_nothing_is_no_review_of_what_comes_later(db):
    record(db, K.REVIEW, "It may be shown.", by="Nino")
    record(db, K.SENSITIVITY, "minor")
    assert not facts(db).sensitivity.reviewed


def test_facts_as_of_a_moment_leave_out_what_came_later(db):
    record(db, K.STATEMENT, CNE, now=NOON)
    record(db, K.STATEMENT, BY, now=NOON + 2 * DAY)
    record(db, K.WITHDRAWAL, "A family asked.", now=NOON + 4 * DAY)
    assert facts(db, as_of=NOON - DAY).statement is None
    assert facts(db, as_of=NOON).statement.uri == CNE
    assert facts(db, as_of=NOON + DAY).statement.uri == CNE
    assert facts(db, as_of=NOON + 3 * DAY).statement.uri == BY
    assert not facts(db, as_of=NOON + 3 * DAY).withdrawn
    assert facts(db, as_of=NOON + 5 * DAY).withdrawn


def test_facts_as_of_a_moment_know_a_withdrawal_that_was_taken_back_later(db):
    record(db, K.WITHDRAWAL, "First.", now=NOON)
    record(db, K.REINSTATEMENT, "Back.", now=NOON + 2 * DAY)
    assert facts(db, as_of=NOON + DAY).withdrawn
    assert not facts(db, as_of=NOON + 2 * DAY).withdrawn


def test_facts_of_many_are_not_mixed_up(db):
    add_photograph(db, "other")
    record(db, K.CAP, number=500)
    record(db, K.CAP, number=700, of="other")
    found = register.facts(db, ["other", "abc", "nobody"])
    assert [found[one].cap and found[one].cap.long_side_pixels for one in found] == [700, 500, None]


def test_history_keeps_every_record_newest_first(db):
    record(db, K.CAP, number=500, by="Rana")
    record(db, K.CAP, by="Nino", now=NOON + DAY)
    newest, oldest = register.history(db, "abc")
    assert (newest.value, newest.recorded_by, newest.recorded_at) == (
        NewRecord(K.CAP),
        "Nino",
        NOON + DAY,
    )
    assert oldest.value == NewRecord(K.CAP, number=500)


def test_ended_publication_is_a_draft(db):
    record(db, K.PUBLICATION, Publication.PUBLISHED)
    record(db, K.PUBLICATION)
    assert facts(db).publication is Publication.DRAFT
    assert catalogue.count_published(db) == 0


def test_moment_of_a_record_is_kept_with_its_fraction(db):
    moment = datetime(2027, 3, 1, 12, 0, 0, 123456, UTC)
    record(db, K.CAP, number=500, now=moment)
    assert facts(db, as_of=moment).cap is not None
    assert facts(db, as_of=moment - timedelta(microseconds=1)).cap is None
