"""Agreements at work: recorded, superseded, undone, and true wherever the decision is asked."""

from datetime import date, timedelta

import pytest

from dam.records import agreements, catalogue, log, search
from dam.records.agreements import UnknownAgreement
from dam.records.catalogue import UnknownPhotograph
from dam.records.register import NewRecord, RecordKind
from dam.rights.agreements import (
    Agreement,
    AgreementKind,
    Direction,
    Medium,
    Scope,
    UnusableAgreement,
    UsePurpose,
)
from dam.rights.entries import RestrictionSet
from dam.rights.facts import Audience, Layer, Step
from dam.rights.layers import BOTH
from dam.workflows import agree, ask, browse, clear, explain, jobs
from dam.workflows.agree import AgreementPassed, NoParties, NothingBefore, NothingCovered

INC = "http://rightsstatements.org/vocab/InC/1.0/"
ALL = Scope(("world",), (Medium.ONLINE, Medium.EMBEDDING), (UsePurpose.DISPLAY,))


def licence(**more):
    said = {
        "number": 0,
        "direction": Direction.IN,
        "kind": AgreementKind.LICENCE,
        "licensor": "Studio Aliyev",
        "licensee": "The archive",
        "scope": ALL,
        "signed": date(2025, 3, 1),
        "perpetual": "end" not in more,
    }
    return Agreement(**(said | more))


@pytest.fixture
def one(archive, darkroom):
    """A published photograph in copyright, on no ground."""
    found = darkroom.photograph(rights=INC)
    state = NewRecord(RecordKind.PUBLICATION, "published")
    clear.record(archive, found, [state], "Rana")
    return found


def step(archive, photograph_id, who=Audience.PUBLIC):
    return ask.ask(archive, photograph_id, who).decision.step


def events(archive, kind, identifier):
    with archive.reading() as db:
        return log.of_subject(db, kind, identifier)


def test_an_agreement_opens_what_it_covers_and_closes_it_when_it_covers_it_no_more(archive, one):
    assert step(archive, one) is Step.RECORD
    number = agree.conclude(archive, licence(), "Rana")
    assert step(archive, one) is Step.RECORD
    assert agree.cover(archive, number, [one], "Rana") == 1
    assert step(archive, one) is Step.ZOOM
    assert agree.cover(archive, number, [one], "Rana") == 0
    assert agree.cover(archive, number, [one], "Rana", layers=()) == 1
    assert step(archive, one) is Step.RECORD


def test_another_version_is_true_at_once_and_undone_by_another(archive, one, clock):
    number = agree.conclude(archive, licence(), "Rana")
    agree.cover(archive, number, [one], "Rana")
    epoch = archive.epoch.value
    agree.supersede(archive, number, licence(end=date(2027, 2, 1)), "Nino")
    assert archive.epoch.value > epoch
    assert step(archive, one) is Step.RECORD
    clock.advance(minutes=1)
    agree.undo(archive, number, "Rana")
    assert step(archive, one) is Step.ZOOM
    with archive.reading() as db:
        versions = agreements.versions(db, number)
    assert [each.recorded_by for each in versions] == ["Rana", "Nino", "Rana"]
    assert versions[0].agreement == versions[2].agreement


def test_each_change_is_an_event_with_every_clause_before_and_after(archive, one):
    number = agree.conclude(archive, licence(fee="EUR 300"), "Rana")
    agree.supersede(archive, number, licence(fee="EUR 400", mining=False), "Nino")
    agree.supersede(archive, number, licence(fee="EUR 400", mining=False), "Nino")
    agree.cover(archive, number, [one], "Nino", layers=(Layer.PHOTOGRAPH,))
    after, before = events(archive, "agreement", "A-1")
    assert (before.verb, before.before, after.verb, after.actor) == (
        "recorded",
        "",
        "superseded",
        "Nino",
    )
    assert "fee: EUR 300" in before.after and after.before == before.after
    assert "fee: EUR 400" in after.after
    assert "training of AI: not allowed" in after.after
    covered = events(archive, "photograph", one)[0]
    assert (covered.field, covered.before, covered.after) == (
        "agreement A-1",
        "",
        "covers the photograph",
    )


def test_a_version_that_somebody_else_changed_in_the_meantime_is_kept(archive):
    number = agree.conclude(archive, licence(), "Rana")
    with archive.reading() as db:
        seen = agreements.versions(db, number)[0].version
    agree.supersede(archive, number, licence(fee="1"), "Nino", seen=seen)
    with pytest.raises(AgreementPassed):
        agree.supersede(archive, number, licence(fee="2"), "Rana", seen=seen)
    with pytest.raises(AgreementPassed):
        agree.undo(archive, number, "Rana", seen=seen)
    with archive.reading() as db:
        assert agreements.versions(db, number)[0].agreement.fee == "1"


@pytest.mark.parametrize(
    ("photographs", "refusal"),
    [([], NothingCovered), (["nobody"], UnknownPhotograph)],
)
def test_what_cannot_be_covered_is_refused_and_nothing_is_recorded(
    archive, one, photographs, refusal
):
    number = agree.conclude(archive, licence(), "Rana")
    with pytest.raises(refusal):
        agree.cover(archive, number, [one, *photographs] if photographs else [], "Rana")
    assert step(archive, one) is Step.RECORD


def test_an_agreement_without_parties_or_before_its_first_version_is_refused(archive, one):
    with pytest.raises(NoParties):
        agree.conclude(archive, licence(licensor=" "), "Rana")
    number = agree.conclude(archive, licence(), "Rana")
    with pytest.raises(NothingBefore):
        agree.undo(archive, number, "Rana")
    with pytest.raises(UnknownAgreement):
        agree.cover(archive, 99, [one], "Rana")
    with pytest.raises(UnusableAgreement):
        licence(perpetual=False)


def test_as_of_a_day_only_what_had_been_recorded_by_then_counts(archive, one, clock):
    clock.advance(days=2)
    number = agree.conclude(archive, licence(), "Rana")
    clock.advance(days=2)
    agree.cover(archive, number, [one], "Rana")
    clock.advance(days=2)
    agree.supersede(archive, number, licence(void=True), "Rana")

    def headline(as_of):
        found = explain.explain(archive, one, Audience.PUBLIC, as_of=as_of)
        return found.headline

    assert headline(date(2027, 3, 4)) == "Public: the words, no picture."
    assert headline(date(2027, 3, 5)) == "Public: zoom."
    assert headline(date(2027, 3, 7)) == "Public: the words, no picture."


def test_on_a_day_the_agreements_of_today_count(archive, one):
    number = agree.conclude(archive, licence(end=date(2027, 12, 31)), "Rana")
    agree.cover(archive, number, [one], "Rana")
    told = explain.explain(archive, one, Audience.PUBLIC, on=date(2028, 1, 1))
    assert told.not_more_because[0].startswith(
        "The agreement to show it ended on 31 December 2027 (A-1). Licence of Studio Aliyev"
    )


def work_at(archive, clock, moment):
    clock.moment = moment
    while jobs.run_one(archive):
        pass


def hit(archive, photograph_id):
    with archive.reading() as db:
        (number,) = [each.number for each in search.hits(db, search.newest(db, 10))]
        (found,) = search.hits(db, [number])
    assert found.photograph_id == photograph_id
    return found


def test_the_index_knows_from_when_until_when_the_public_sees_it(archive, one):
    number = agree.conclude(
        archive, licence(start=date(2027, 5, 1), end=date(2027, 12, 31)), "Rana"
    )
    agree.cover(archive, number, [one], "Rana")
    known = hit(archive, one)
    noon = archive.now()
    assert not known.usable_at(int(noon.timestamp()))
    assert known.usable_at(int((noon + timedelta(days=90)).timestamp()))
    assert not known.usable_at(int((noon + timedelta(days=310)).timestamp()))


def test_a_restriction_that_begins_to_hide_is_out_of_lists_when_its_day_comes(
    archive, one, clock, darkroom
):
    hiding = RestrictionSet(effect=Step.HIDDEN, start=date(2027, 4, 1))
    entry = NewRecord(RecordKind.RESTRICTION, "embargo", day=date(2027, 5, 1), detail=hiding)
    clear.record(archive, one, [entry], "Rana")
    darkroom.work()

    def counted():
        with archive.reading() as db:
            return catalogue.count_published(db)

    assert (step(archive, one), counted()) == (Step.RECORD, 1)
    work_at(archive, clock, clock.moment.replace(month=4, day=2))
    assert (step(archive, one), counted()) == (Step.HIDDEN, 0)
    work_at(archive, clock, clock.moment.replace(month=5, day=2))
    assert (step(archive, one), counted()) == (Step.RECORD, 1)


def test_the_credit_that_an_agreement_wants_is_printed_to_the_letter(archive, one):
    number = agree.conclude(archive, licence(credit="© Studio Aliyev / The Archive"), "Rana")
    agree.cover(archive, number, [one], "Rana", layers=BOTH)
    told = browse.photograph(archive, one, Audience.PUBLIC).told
    assert told.words.credit == "© Studio Aliyev / The Archive"
