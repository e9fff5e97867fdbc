"""Why an audience sees what it sees: on another day, and from what was known on another day."""

from datetime import UTC, date, datetime

import pytest

from dam.records.catalogue import UnknownPhotograph
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience
from dam.workflows import clear
from dam.workflows.explain import explain

BY = "http://creativecommons.org/licenses/by/4.0/"
K = RecordKind
PUBLIC = Audience.PUBLIC


def on_day(clock, day):
    clock.moment = datetime(2027, *day, 12, tzinfo=UTC)


def record(archive, photograph_id, kind, text="", **value):
    clear.record(archive, photograph_id, [NewRecord(kind, text, **value)], "Nino")


@pytest.fixture
def embargoed(archive, darkroom, clock):
    """Taken in on 1 March, under an embargo since 5 March until 12 May."""
    photograph_id = darkroom.photograph(public=True, rights=BY)
    on_day(clock, (3, 5))
    record(archive, photograph_id, K.EMBARGO, "plain", day=date(2027, 5, 12))
    on_day(clock, (3, 10))
    return photograph_id


def headline(archive, photograph_id, audience=PUBLIC, **when):
    return explain(archive, photograph_id, audience, **when).headline


def test_today_is_explained_with_the_record_that_holds_it(archive, embargoed):
    found = explain(archive, embargoed, PUBLIC)
    assert found.headline == "Public: the words, no picture, until 12 May 2027."
    assert found.not_more_because == ("An embargo holds it until 12 May 2027 (R-3).",)
    assert found.then == "From 12 May 2027: zoom and download, with credit."


def test_those_who_work_here_are_told_another_thing(archive, embargoed):
    assert headline(archive, embargoed, Audience.STAFF) == "Staff: zoom and download, with credit."


def test_another_day_is_asked_with_the_records_of_today(archive, embargoed):
    assert headline(archive, embargoed, on=date(2027, 5, 11)).startswith("Public: the words")
    assert headline(archive, embargoed, on=date(2027, 5, 12)) == (
        "Public: zoom and download, with credit."
    )
    assert headline(archive, embargoed, on=date(2027, 3, 2)).startswith("Public: the words")


def test_day_of_the_register_leaves_out_what_was_recorded_later(archive, embargoed):
    days = {day: headline(archive, embargoed, as_of=date(2027, 3, day)) for day in (1, 4, 5)}
    assert days[1] == days[4] == "Public: zoom and download, with credit."
    assert days[5].startswith("Public: the words")
    assert headline(archive, embargoed, as_of=date(2027, 2, 28)) == (
        "Public: nothing, and it is not listed."
    )


def test_both_days_can_be_asked_at_once(archive, embargoed):
    """On 1 June as it was known on 4 March, before the embargo was lengthened."""
    record(archive, embargoed, K.EMBARGO, "plain", day=date(2028, 1, 1))
    june = date(2027, 6, 1)
    assert headline(archive, embargoed, on=june).startswith("Public: the words")
    assert headline(archive, embargoed, on=june, as_of=date(2027, 3, 9)) == (
        "Public: zoom and download, with credit."
    )


def test_what_comes_next_is_told_from_the_same_days_register(archive, embargoed):
    record(archive, embargoed, K.CAP, number=300)
    found = explain(archive, embargoed, PUBLIC, as_of=date(2027, 3, 9))
    assert found.then == "From 12 May 2027: zoom and download, with credit."


def test_day_ends_where_the_archive_is(open_archive, darkroom, clock):
    """22:30 in Greenwich is 2 March in Tbilisi."""
    darkroom.archive = archive = open_archive(timezone="Asia/Tbilisi")
    clock.moment = datetime(2027, 3, 1, 22, 30, tzinfo=UTC)
    photograph_id = darkroom.photograph(public=True, rights=BY)
    assert "not listed" in headline(archive, photograph_id, as_of=date(2027, 3, 1))
    assert "zoom" in headline(archive, photograph_id, as_of=date(2027, 3, 2))


def test_names_are_for_those_who_work_here(archive, darkroom):
    photograph_id = darkroom.photograph(public=True, by="Nino")
    for_staff = explain(archive, photograph_id, PUBLIC)
    for_others = explain(archive, photograph_id, PUBLIC, for_staff=False)
    assert any("by Nino" in line for line in for_staff.lines)
    assert not any("Nino" in line for line in for_others.lines)


def test_unknown_photograph_cannot_be_explained(archive):
    with pytest.raises(UnknownPhotograph):
        explain(archive, "nobody", PUBLIC)
