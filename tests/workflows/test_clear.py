"""Rights are recorded, photographs published and withdrawn: true everywhere when it returns."""

from datetime import date, datetime

import pytest

from dam.catalogue.sheet import read_sheet
from dam.records import log, register
from dam.records.catalogue import UnknownPhotograph
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience, Publication, Step
from dam.workflows import ask, clear, deliver, jobs
from dam.workflows.clear import AlreadySo, ReasonNeeded

BY = "http://creativecommons.org/licenses/by/4.0/"
CNE = "http://rightsstatements.org/vocab/CNE/1.0/"
K = RecordKind


@pytest.fixture
def draft(darkroom):
    return darkroom.photograph()


def events(archive, photograph_id):
    """What was recorded after it came in, oldest first, as (field, words)."""
    with archive.reading() as db:
        found = log.of_subject(db, "photograph", photograph_id)
    return [(each.field, each.after) for each in reversed(found) if each.verb == "recorded"]


def facts(archive, photograph_id):
    with archive.reading() as db:
        return register.facts(db, [photograph_id])[photograph_id]


def step(archive, photograph_id, audience=Audience.PUBLIC):
    return ask.ask(archive, photograph_id, audience).decision.step


RECORDS = (
    (NewRecord(K.STATEMENT, BY), BY),
    (NewRecord(K.CAP, number=800), "800"),
    (NewRecord(K.EMBARGO, "donor", day=date(2030, 1, 1)), "donor 2030-01-01"),
    (NewRecord(K.SENSITIVITY, "grief; minor"), "grief; minor"),
    (NewRecord(K.CEILING), ""),
)


@pytest.mark.parametrize(("new", "words"), RECORDS)
def test_every_record_is_an_event_that_says_it(archive, clock, draft, new, words):
    clock.advance(days=1)
    clear.record(archive, draft, [new], "Nino")
    with archive.reading() as db:
        event = log.of_subject(db, "photograph", draft)[0]
    assert (event.verb, event.actor, event.at) == ("recorded", "Nino", clock.moment)
    assert (event.field, event.after) == (new.kind, words)


def test_records_of_one_act_share_a_group(archive, draft):
    clear.record(archive, draft, [each for each, _ in RECORDS], "Nino")
    clear.record(archive, draft, [NewRecord(K.CAP, number=5)], "Nino")
    with archive.reading() as db:
        found = log.of_subject(db, "photograph", draft)
    groups = [event.group_id for event in found if event.verb == "recorded"]
    assert len(groups) == len(RECORDS) + 1
    assert len(set(groups[1:])) == 1 and groups[0] != groups[1]


ACTS = (
    ("record", lambda archive, one: clear.record(archive, one, [NewRecord(K.CAP, number=5)], "R")),
    ("publish", lambda archive, one: clear.publish_photographs(archive, [one], "R")),
    ("unpublish", lambda archive, one: clear.unpublish(archive, one, "R")),
    ("withdraw", lambda archive, one: clear.withdraw(archive, one, "Why.", "R")),
)


@pytest.mark.parametrize(("name", "act"), ACTS, ids=[name for name, _ in ACTS])
def test_every_act_raises_the_epoch_of_host_and_database(archive, draft, name, act):
    host, database = archive.epoch.value, deliver.database_epoch(archive)
    act(archive, draft)
    assert archive.epoch.value != host
    assert deliver.database_epoch(archive) > database


@pytest.mark.parametrize(("name", "act"), ACTS, ids=[name for name, _ in ACTS])
def test_act_on_an_unknown_photograph_records_nothing(archive, name, act):
    database = deliver.database_epoch(archive)
    with pytest.raises(UnknownPhotograph):
        act(archive, "nobody")
    assert deliver.database_epoch(archive) == database
    assert jobs.unfinished(archive) == 0


def test_record_leaves_work_for_packs_and_manifests(archive, draft):
    clear.record(archive, draft, [NewRecord(K.CAP, number=5)], "Rana")
    assert jobs.unfinished(archive) == 3  # packs, its manifest, the collection


def test_publishing_without_a_ground_records_a_decision_of_a_person(archive, draft):
    clear.publish_photographs(archive, [draft], "Nino")
    found = facts(archive, draft)
    assert found.publication is Publication.PUBLISHED
    assert (found.statement.uri, found.showing.by) == (CNE, "Nino")
    assert found.showing.review_on == date(2028, 3, 1)
    assert events(archive, draft) == [
        ("showing", "no evidence 2028-03-01"),
        ("statement", CNE),
        ("publication", "published"),
    ]
    assert step(archive, draft) is Step.ZOOM


REVIEWS = (
    ("UTC", "2027-03-01T23:30Z", date(2028, 3, 1)),  # over a leap day
    ("Asia/Tbilisi", "2027-03-01T23:30Z", date(2028, 3, 2)),  # where it is tomorrow already
    ("UTC", "2028-02-29T12:00Z", date(2029, 2, 28)),  # from a leap day
)


@pytest.mark.parametrize(("timezone", "moment", "review"), REVIEWS)
def test_decision_is_reviewed_twelve_months_later_where_the_archive_is(
    open_archive, darkroom, clock, timezone, moment, review
):
    darkroom.archive = archive = open_archive(timezone=timezone)
    clock.moment = datetime.fromisoformat(moment)
    photograph_id = darkroom.photograph(public=True)
    assert facts(archive, photograph_id).showing.review_on == review


def test_publishing_with_a_ground_records_the_state_alone(archive, draft):
    clear.record(archive, draft, [NewRecord(K.STATEMENT, BY)], "Rana")
    clear.publish_photographs(archive, [draft], "Nino")
    assert events(archive, draft) == [("statement", BY), ("publication", "published")]


def test_publishing_again_records_nothing(archive, draft):
    clear.publish_photographs(archive, [draft], "Nino")
    before = events(archive, draft)
    clear.publish_photographs(archive, [draft], "Rana")
    assert events(archive, draft) == before


def test_publishing_again_after_a_draft_keeps_the_first_decision(archive, draft):
    clear.publish_photographs(archive, [draft], "Nino")
    clear.unpublish(archive, draft, "Rana")
    clear.publish_photographs(archive, [draft], "Rana")
    assert facts(archive, draft).showing.by == "Nino"


def test_several_are_published_each_for_itself(archive, darkroom):
    several = [darkroom.photograph() for _ in range(3)]
    with pytest.raises(UnknownPhotograph):
        clear.publish_photographs(archive, [several[0], "nobody", several[1]], "Nino")
    published = [facts(archive, one).publication is Publication.PUBLISHED for one in several]
    assert published == [True, False, False]


def test_unpublished_photograph_is_as_if_it_had_never_been_there(archive, darkroom):
    photograph_id = darkroom.photograph(public=True, rights=BY)
    clear.unpublish(archive, photograph_id, "Rana")
    assert step(archive, photograph_id) is Step.HIDDEN
    assert facts(archive, photograph_id).withdrawal is None


def test_withdrawal_is_recorded_with_reason_author_and_moment(archive, clock, darkroom):
    photograph_id = darkroom.photograph(public=True, rights=BY)
    clock.advance(days=1)
    clear.withdraw(archive, photograph_id, "  A family asked.  ", "Nino")
    found = facts(archive, photograph_id).withdrawal
    assert (found.reason, found.by, found.at) == ("A family asked.", "Nino", clock.moment)
    assert step(archive, photograph_id) is Step.HIDDEN
    assert step(archive, photograph_id, Audience.ADMINISTRATOR) is Step.RECORD


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
@pytest.mark.parametrize("act", [clear.withdraw, clear.reinstate])
def test_reason_is_needed(archive, draft, act, reason):
    with pytest.raises(ReasonNeeded):
        act(archive, draft, reason, "Rana")
    assert events(archive, draft) == []


def test_what_is_withdrawn_is_not_withdrawn_again(archive, draft):
    clear.withdraw(archive, draft, "First.", "Rana")
    before = events(archive, draft)
    with pytest.raises(AlreadySo, match="withdrawn already"):
        clear.withdraw(archive, draft, "Second.", "Rana")
    assert events(archive, draft) == before


def test_what_is_not_withdrawn_is_not_reinstated(archive, draft):
    with pytest.raises(AlreadySo, match="not withdrawn"):
        clear.reinstate(archive, draft, "Why not.", "Rana")


def test_reinstated_photograph_is_what_its_other_records_allow(archive, darkroom):
    photograph_id = darkroom.photograph(public=True, rights=BY)
    clear.record(archive, photograph_id, [NewRecord(K.CEILING, "record")], "Rana")
    clear.withdraw(archive, photograph_id, "By mistake.", "Rana")
    clear.reinstate(archive, photograph_id, "It was a mistake.", "Rana")
    assert step(archive, photograph_id) is Step.RECORD


def test_unreviewed_sensitivity_holds_the_record_until_a_person_has_looked(archive, darkroom):
    path = darkroom.picture("a.png")
    sheet = read_sheet(["filename", "sensitivity"], [["a.png", "grief"]])
    [outcome] = darkroom.take(path, sheet=sheet, public=True, rights=BY)
    assert step(archive, outcome.id) is Step.RECORD
    clear.record(archive, outcome.id, [NewRecord(K.REVIEW, "It may be shown.")], "Nino")
    assert step(archive, outcome.id) is Step.DOWNLOAD


def test_rights_desk_has_what_holds_and_every_record(archive, draft):
    clear.record(archive, draft, [NewRecord(K.CAP, number=5)], "Rana")
    clear.record(archive, draft, [NewRecord(K.CAP, number=6)], "Rana")
    found, history = clear.facts_and_history(archive, draft)
    assert found.cap.long_side_pixels == 6
    assert [each.value.number for each in history] == [6, 5]
    with pytest.raises(UnknownPhotograph):
        clear.facts_and_history(archive, "nobody")
