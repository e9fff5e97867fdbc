"""Entries that stand beside each other, the second layer, agreements, and what was known when."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event
from stored_rows import NOON, add_photograph, facts, record

from dam.catalogue.changes import Description
from dam.catalogue.people import PersonShown
from dam.records import agreements, entry_details, evidence, register
from dam.records.agreements import Cover, UnknownAgreement
from dam.records.evidence import Evidence
from dam.records.register import RecordKind
from dam.rights.agreements import (
    Agreement,
    AgreementKind,
    Direction,
    Medium,
    Scope,
    UsePurpose,
)
from dam.rights.entries import (
    Assessment,
    Consulted,
    ExceptionGround,
    Holder,
    HoldersSearched,
    ReleaseGiven,
    RestrictionSet,
)
from dam.rights.facts import Audience, Layer, Step
from dam.rights.layers import BOTH
from dam.rights.releases import ReleaseKind, ReleaseState
from dam.rights.restrictions import RestrictionKind, WordKind

BY = "http://creativecommons.org/licenses/by/4.0/"
INC = "http://rightsstatements.org/vocab/InC/1.0/"
DAY = timedelta(days=1)
K = RecordKind


@pytest.fixture(autouse=True)
def photograph(db):
    """The photograph "abc", of which nothing is recorded."""
    return add_photograph(db)


def newest(db):
    return register.newest(db, "abc")


def licence(number=1, **more):
    said = {
        "direction": Direction.IN,
        "kind": AgreementKind.LICENCE,
        "licensor": "Studio Aliyev",
        "licensee": "The archive",
        "signed": date(2025, 3, 1),
        "perpetual": "end" not in more,
    }
    return Agreement(number=number, **(said | more))


WHOLE = licence(
    direction=Direction.OUT,
    kind=AgreementKind.DEED,
    scope=Scope(("JP", "AZ"), (Medium.PRINT, Medium.ONLINE), (UsePurpose.EDITORIAL,)),
    start=date(2026, 1, 1),
    end=date(2028, 12, 31),
    exclusive=True,
    largest_pixels=4000,
    print_run=500,
    fee="EUR 300",
    credit="© Studio Aliyev",
    alterations=False,
    mining=None,
    sublicensing=True,
    notice_days=30,
    duties=("send two copies",),
    documents=("0" * 64,),
    note="signed by post",
)
DETAILS = [
    (
        K.STATEMENT,
        Assessment(
            label="Own terms",
            title="A poster",
            holders=(Holder("Leyla", "1/2", "since 1990"), Holder("Nino")),
            basis="letter of 1991",
            jurisdiction="AZ",
            determined_by="Rana",
            determined_on=date(2026, 1, 1),
            evidence=("0" * 64,),
        ),
    ),
    (K.EXCEPTION, ExceptionGround("DE", "It stands in a public street.", ("1" * 64,))),
    (
        K.RELEASE,
        ReleaseGiven(
            kind=ReleaseKind.GUARDIAN,
            state=ReleaseState.WITHDRAWN,
            purposes=(UsePurpose.EDITORIAL,),
            is_ground=True,
            minor=True,
            signed_on=date(2020, 1, 1),
            given_by="Her mother",
            reason="She asked.",
        ),
    ),
    (
        K.RESTRICTION,
        RestrictionSet(
            kind=RestrictionKind.COURT,
            effect=Step.THUMBNAIL,
            binds=Audience.EDITOR,
            start=date(2026, 1, 1),
            authority="Baku City Court",
            review_on=date(2027, 1, 1),
            words=(WordKind.PERSON,),
            persons=("Nino Beridze",),
            reason="2-14/2026",
        ),
    ),
    (
        K.ORPHAN_SEARCH,
        HoldersSearched((Consulted("WATCH file", date(2026, 2, 1), "nothing"),), "not found"),
    ),
]


@pytest.mark.parametrize(("kind", "detail"), DETAILS)
def test_details_are_read_back_as_they_were_written(db, kind, detail):
    record(db, kind, "words", detail=detail, layer=Layer.WORK)
    (found,) = register.history(db, "abc")
    assert found.value.detail == detail
    assert found.value.layer is Layer.WORK


def test_details_of_another_kind_are_refused(db):
    with pytest.raises(entry_details.WrongDetail):
        record(db, K.CAP, number=5, detail=Assessment())


def test_each_layer_has_a_statement_of_its_own(db):
    record(db, K.STATEMENT, BY)
    assert facts(db).work is None
    record(db, K.STATEMENT, INC, layer=Layer.WORK, detail=Assessment(title="A poster"))
    found = facts(db)
    assert found.statement.uri == BY
    assert (found.work.statement.uri, found.work.title) == (INC, "A poster")


def test_a_work_of_which_nothing_is_known_is_a_layer_all_the_same(db):
    record(db, K.STATEMENT, layer=Layer.WORK, detail=Assessment(title="A poster"))
    assert facts(db).work.statement is None
    record(db, K.STATEMENT, layer=Layer.WORK)
    assert facts(db).work is None


def test_a_decision_to_show_is_about_one_layer(db):
    record(db, K.STATEMENT, layer=Layer.WORK, detail=Assessment(title="A poster"))
    record(db, K.SHOWING, "no evidence", day=date(2028, 3, 1))
    assert facts(db).work.showing is None
    record(db, K.SHOWING, "no evidence", day=date(2028, 4, 1), layer=Layer.WORK)
    assert facts(db).work.showing.review_on == date(2028, 4, 1)
    assert facts(db).showing.review_on == date(2028, 3, 1)


def test_a_statement_keeps_its_label_and_its_day_of_review(db):
    own = Assessment(label="Families only")
    record(db, K.STATEMENT, "http://example.org/t", day=date(2028, 1, 1), detail=own)
    found = facts(db).statement
    assert (found.label, found.review_on) == ("Families only", date(2028, 1, 1))


MANIFOLD = [
    (K.RELEASE, "releases", "Nino"),
    (K.RESTRICTION, "restrictions", "court order"),
    (K.EXCEPTION, "exceptions", "UrhG § 59"),
    (K.ORPHAN_SEARCH, "searches", "EU-1"),
]


@pytest.mark.parametrize(("kind", "field", "words"), MANIFOLD)
def test_several_stand_beside_each_other_and_each_is_superseded_by_itself(db, kind, field, words):
    record(db, kind, words)
    first = newest(db)
    record(db, kind, "another")
    second = newest(db)
    names = {one.record for one in getattr(facts(db), field)}
    assert names == {f"R-{first}", f"R-{second}"}
    record(db, kind, "mended", supersedes=first)
    third = newest(db)
    assert {one.record for one in getattr(facts(db), field)} == {f"R-{second}", f"R-{third}"}
    record(db, kind, supersedes=second)
    assert {one.record for one in getattr(facts(db), field)} == {f"R-{third}"}


def test_what_was_superseded_later_holds_as_of_before(db):
    record(db, K.RELEASE, "Nino", now=NOON)
    given = ReleaseGiven(state=ReleaseState.WITHDRAWN)
    record(db, K.RELEASE, "Nino", detail=given, supersedes=newest(db), now=NOON + 2 * DAY)
    assert facts(db, as_of=NOON + DAY).releases[0].state is ReleaseState.SIGNED
    assert facts(db, as_of=NOON + 2 * DAY).releases[0].state is ReleaseState.WITHDRAWN


def test_somebody_is_shown_where_a_release_or_the_description_names_one(db):
    add_photograph(db, "named", Description(people=(PersonShown("Nino"),)))
    assert facts(db, "named").people_shown
    assert not facts(db).people_shown
    record(db, K.RELEASE, "Nino")
    assert facts(db).people_shown


# Agreements


def test_an_agreement_is_read_back_as_it_was_written(db):
    agreements.add(db, WHOLE, "Rana", NOON)
    (found,) = agreements.versions(db, 1)
    assert (found.agreement, found.recorded_at, found.recorded_by) == (WHOLE, NOON, "Rana")


def test_numbers_of_agreements_are_never_given_twice(db):
    assert agreements.next_number(db) == 1
    agreements.add(db, licence(1), "Rana", NOON)
    agreements.add(db, licence(1, void=True), "Rana", NOON)
    assert agreements.next_number(db) == 2
    with pytest.raises(UnknownAgreement):
        agreements.versions(db, 2)


def cover(db, number, *photographs, layers=BOTH, now=NOON):
    covers = [Cover(one, layers, "a search") for one in photographs]
    agreements.put_cover(db, number, covers, "Rana", now)
    db.flush()


def test_the_newest_version_of_an_agreement_counts_and_older_ones_as_of_their_day(db):
    agreements.add(db, licence(credit="A"), "Rana", NOON)
    agreements.add(db, licence(credit="B"), "Rana", NOON + 2 * DAY)
    cover(db, 1, "abc")

    def credit(as_of=None):
        return facts(db, as_of=as_of).agreements[0].agreement.credit

    assert credit() == "B"
    assert credit(NOON + DAY) == "A"
    assert [one.agreement.credit for one in agreements.all_agreements(db)] == ["B"]
    assert [one.agreement.credit for one in agreements.all_agreements(db, as_of=NOON + DAY)] == [
        "A"
    ]


def test_what_an_agreement_covers_is_what_was_said_last_of_each_photograph(db):
    add_photograph(db, "other")
    agreements.add(db, licence(), "Rana", NOON)
    cover(db, 1, "abc", "other")
    cover(db, 1, "abc", layers=(Layer.WORK,), now=NOON + DAY)
    cover(db, 1, "other", layers=(), now=NOON + DAY)
    assert agreements.covers(db, 1) == (Cover("abc", (Layer.WORK,), "a search"),)
    assert agreements.count_covers(db) == {1: 1}
    assert facts(db).agreements[0].layers == (Layer.WORK,)
    assert facts(db, "other").agreements == ()
    assert facts(db, as_of=NOON).agreements[0].layers == BOTH
    assert facts(db, "other", as_of=NOON).agreements[0].layers == BOTH


def test_an_agreement_that_was_not_recorded_yet_covers_nothing(db):
    agreements.add(db, licence(), "Rana", NOON + DAY)
    cover(db, 1, "abc", now=NOON + DAY)
    assert facts(db, as_of=NOON).agreements == ()


@pytest.fixture
def statements(db):
    """The statements that the session sends."""
    sent = []

    def seen(_connection, _cursor, text, *_):
        sent.append(text)

    engine = db.get_bind()
    event.listen(engine, "before_cursor_execute", seen)
    yield sent
    event.remove(engine, "before_cursor_execute", seen)


@pytest.mark.parametrize("count", [1, 1000])
def test_facts_of_many_photographs_take_five_statements_however_many_they_are(
    db, statements, count
):
    many = [add_photograph(db, f"p{number:04}x") for number in range(count)]
    agreements.add(db, licence(), "Rana", NOON)
    agreements.add(db, licence(2), "Rana", NOON)
    for one in many:
        register.add(db, one, register.NewRecord(K.STATEMENT, BY), "Rana", NOON)
        register.add(db, one, register.NewRecord(K.RELEASE, "Nino"), "Rana", NOON)
    cover(db, 1, *many)
    cover(db, 2, *many)
    statements.clear()
    found = register.facts(db, many)
    assert len(found) == count
    assert all(len(one.agreements) == 2 and one.releases for one in found.values())
    assert len(statements) == 5


def test_a_paper_is_kept_once_under_its_digest(db):
    paper = Evidence("0" * 64, "evidence/00/" + "0" * 64, "deed.pdf", "application/pdf", 12)
    evidence.add(db, paper, "Rana", NOON)
    evidence.add(db, paper, "Nino", NOON)
    db.flush()
    assert evidence.papers(db, ["0" * 64, "1" * 64]) == {"0" * 64: paper}
