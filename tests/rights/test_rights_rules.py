"""Each rule by its name, alone."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from rights_examples import (
    EMBARGO,
    NOON,
    POLICY,
    READING_ROOM,
    REVIEWED,
    SHOWING,
    UNREVIEWED,
    WITHDRAWAL,
    published,
)

from dam.rights.facts import (
    Audience,
    Cap,
    Ceiling,
    Embargo,
    Facts,
    Hold,
    Publication,
    Step,
)
from dam.rights.policy import Question
from dam.rights.rules import (
    RULES,
    audience_rule,
    cap_rule,
    ceiling_rule,
    embargo_rule,
    findings,
    ground_rule,
    publication_rule,
    sensitivity_rule,
    turning_points,
    withdrawal_rule,
)

PUBLIC = Question(Audience.PUBLIC, NOON, POLICY)
RESEARCHER = Question(Audience.RESEARCHER, NOON, READING_ROOM)
STAFF = Question(Audience.STAFF, NOON, POLICY)
MANAGER = Question(Audience.RIGHTS_MANAGER, NOON, POLICY)
HIDDEN, RECORD, CAPPED, ZOOM = Step.HIDDEN, Step.RECORD, Step.CAPPED, Step.ZOOM
COURT = replace(EMBARGO, hold=Hold.COURT)
ANY = published("cc0")

TABLE = [
    (audience_rule, ANY, PUBLIC, Step.DOWNLOAD, None, "the public has no masters"),
    (audience_rule, ANY, STAFF, Step.DOWNLOAD, None, "nor has staff"),
    (audience_rule, ANY, MANAGER, Step.MASTER, None, "rights managers have"),
    (publication_rule, Facts(Publication.DRAFT), PUBLIC, HIDDEN, None, "a draft"),
    (publication_rule, ANY, PUBLIC, None, None, "published"),
    (publication_rule, Facts(Publication.DRAFT), STAFF, None, None, "staff see drafts"),
    (withdrawal_rule, published(withdrawal=WITHDRAWAL), PUBLIC, HIDDEN, "R-9", "no pixel"),
    (withdrawal_rule, published(withdrawal=WITHDRAWAL), MANAGER, RECORD, "R-9", "no pixel"),
    (withdrawal_rule, Facts(Publication.WITHDRAWN), PUBLIC, HIDDEN, None, "no record known"),
    (withdrawal_rule, ANY, PUBLIC, None, None, "not withdrawn"),
    (embargo_rule, published(embargo=EMBARGO), PUBLIC, RECORD, "R-7", "before the day"),
    (embargo_rule, published(embargo=EMBARGO), RESEARCHER, RECORD, "R-7", "for researchers too"),
    (embargo_rule, published(embargo=EMBARGO), STAFF, None, None, "not for staff"),
    (embargo_rule, published(embargo=COURT), PUBLIC, RECORD, "R-7", "a court's"),
    (embargo_rule, ANY, PUBLIC, None, None, "no embargo"),
    (ground_rule, ANY, PUBLIC, Step.DOWNLOAD, "R-1", "a licence"),
    (ground_rule, published("InC"), PUBLIC, RECORD, "R-1", "no permission"),
    (ground_rule, published(), PUBLIC, RECORD, None, "silence"),
    (ground_rule, published("InC"), RESEARCHER, ZOOM, "R-1", "a reading room"),
    (ground_rule, published("InC"), STAFF, None, None, "staff need none"),
    (ground_rule, published("CNE", showing=SHOWING), PUBLIC, ZOOM, "R-4", "a person"),
    (ceiling_rule, published(ceiling=Ceiling(CAPPED, "R-2")), PUBLIC, CAPPED, "R-2", "a ceiling"),
    (ceiling_rule, published(ceiling=Ceiling(CAPPED, "R-2")), RESEARCHER, ZOOM, "R-2", "lifted"),
    (ceiling_rule, published(ceiling=Ceiling(HIDDEN, "R-2")), RESEARCHER, HIDDEN, "R-2", "hidden"),
    (ceiling_rule, published(ceiling=Ceiling(HIDDEN, "R-2")), STAFF, None, None, "not for staff"),
    (ceiling_rule, ANY, PUBLIC, None, None, "no ceiling"),
    (cap_rule, published(cap=Cap(800, "R-3")), PUBLIC, CAPPED, "R-3", "a cap"),
    (cap_rule, published(cap=Cap(800, "R-3")), RESEARCHER, ZOOM, "R-3", "lifted"),
    (cap_rule, published(cap=Cap(800, "R-3")), STAFF, None, None, "not for staff"),
    (cap_rule, ANY, PUBLIC, None, None, "no cap"),
    (sensitivity_rule, published(sensitivity=UNREVIEWED), PUBLIC, RECORD, "R-5", "unreviewed"),
    (
        sensitivity_rule,
        published(sensitivity=UNREVIEWED),
        RESEARCHER,
        RECORD,
        "R-5",
        "for them too",
    ),
    (sensitivity_rule, published(sensitivity=REVIEWED), PUBLIC, None, None, "reviewed"),
    (sensitivity_rule, published(sensitivity=UNREVIEWED), STAFF, None, None, "not for staff"),
    (sensitivity_rule, ANY, PUBLIC, None, None, "nothing sensitive"),
]


@pytest.mark.parametrize(("rule", "known", "question", "bound", "record", "reason"), TABLE)
def test_rule_bounds_what_it_is_about_and_names_its_record(
    rule, known, question, bound, record, reason
):
    found = rule(known, question)
    assert (found.bound if found else None) == bound, reason
    assert (found.record if found else None) == record, reason
    if found and record:
        assert record in found.words


def test_every_rule_is_in_the_table_and_asked():
    assert {rule for rule, *_ in TABLE} == set(RULES)


def test_what_the_public_reads_holds_no_names_and_no_terms():
    known = published(
        "CNE",
        showing=SHOWING,
        sensitivity=UNREVIEWED,
        withdrawal=WITHDRAWAL,
        embargo=COURT,
    )
    read = " ".join(reason.words for reason in findings(known, PUBLIC))
    for secret in ("Leyla", "family", "minor", "grief", "court"):
        assert secret not in read
        assert any(secret in reason.detail for reason in findings(known, PUBLIC))


def test_words_name_the_day_in_the_time_zone_of_the_archive():
    assert embargo_rule(published(embargo=EMBARGO), PUBLIC).words == (
        "An embargo holds it until 1 March 2027 (R-7)."
    )


@pytest.mark.parametrize("at", [NOON, NOON.replace(tzinfo=None)])
def test_withdrawal_is_explained_with_or_without_a_zone(at: datetime):
    known = published(withdrawal=replace(WITHDRAWAL, at=at))
    assert withdrawal_rule(known, PUBLIC).words == "It was withdrawn on 22 November 2026 (R-9)."


def test_only_a_plain_embargo_is_a_turning_point():
    plain = published(embargo=Embargo(date(2027, 3, 1), "R-7"))
    assert len(list(turning_points(plain, POLICY))) == 1
    assert not list(turning_points(published(embargo=COURT), POLICY))
