"""Sentences of what the decision means, about the register: each a test of that name."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from rights_examples import (
    CONSENT,
    COURT_ORDER,
    NOON,
    POLICY,
    REVIEWED,
    SHOWING,
    WORLD_ONLINE,
    covering,
    given_away,
    published,
    work,
)

from dam.rights.agreements import Medium, Scope, UnusableAgreement, UsePurpose
from dam.rights.decision import Answer, Duty, answer, decide
from dam.rights.facts import (
    Audience,
    Layer,
    LegalException,
    OrphanSearch,
    Purpose,
    RecordedStatement,
    Restriction,
    Step,
)
from dam.rights.governing import known_statement, recorded_statement, restrictiveness
from dam.rights.grounds import ever_grounded
from dam.rights.life import life
from dam.rights.releases import ReleaseState
from dam.rights.restrictions import RestrictionKind, WordKind
from dam.rights.reviews import reviews
from dam.rights.rules import Rule
from dam.rights.statements import statement, statements
from dam.rights.words_withheld import INSTEAD, without_names

TODAY = NOON.date()


def public(known, *, moment=NOON, policy=POLICY, purpose=Purpose.VIEW):
    return decide(known, Audience.PUBLIC, purpose, moment, policy)


# A ground is needed


def test_public_pixels_need_a_ground_per_layer():
    assert public(published("cc0", work=work())).step is Step.RECORD
    assert public(published("cc0", work=work("cc0"))).step is Step.DOWNLOAD


def test_a_grant_in_force_that_covers_it_is_a_ground():
    assert public(published("InC", agreements=covering())).step is Step.ZOOM


def test_a_named_exception_of_law_and_article_is_a_ground():
    known = published("InC", exceptions=(LegalException("UrhG § 59", Layer.PHOTOGRAPH, "R-14"),))
    decision = public(known)
    assert decision.step is Step.ZOOM
    assert "UrhG § 59 (R-14)" in decision.reasons[0].words


def test_two_layers_must_both_clear_and_the_lower_step_wins():
    known = published("cc0", work=work("InC"), agreements=covering(Layer.WORK, largest_pixels=500))
    decision = public(known)
    assert (decision.step, decision.pack.name) == (Step.CAPPED, "capped-500")
    assert [reason.rule for reason in decision.reasons] == [Rule.WORK_GROUND]


@pytest.mark.parametrize(
    ("photograph", "shown", "expected", "reason"),
    [
        ("CC BY 4.0", "InC", "InC", "the work holds back more"),
        ("InC", "CC BY 4.0", "InC", "the photograph does"),
        ("cc0", "CC BY-NC 4.0", "CC BY-NC 4.0", "a licence holds back more than none"),
        ("CC BY-SA 4.0", "CC BY 4.0", "CC BY-SA 4.0", "share-alike"),
        ("PDM", "CNE", "CNE", "nobody has looked"),
        ("CC BY 4.0", None, None, "nothing can be said of a work that nobody knows about"),
        ("InC", None, "InC", "what is in copyright can be said to be"),
    ],
)
def test_the_iiif_rights_uri_is_the_more_restrictive_layers(photograph, shown, expected, reason):
    found = recorded_statement(published(photograph, work=work(shown)))
    assert found == (statement(expected) if expected else None), reason


def test_a_cc_photograph_of_a_work_in_copyright_does_not_say_cc():
    found = recorded_statement(published("CC BY 4.0", work=work("InC")))
    assert "creativecommons" not in found.uri


def test_it_still_brings_the_duties_of_its_licence():
    known = published("CC BY-SA 4.0", work=work("InC", showing=SHOWING))
    assert {Duty.CREDIT, Duty.SHARE_ALIKE} <= set(public(known).duties)


def test_every_statement_has_a_place_in_the_order():
    ranks = [restrictiveness(one) for one in statements()]
    assert min(ranks) == restrictiveness(statement("cc0")) == 0
    assert max(ranks) == restrictiveness(statement("InC"))


def test_a_statement_of_the_archives_own_is_known_and_grants_nothing():
    own = RecordedStatement("http://example.org/terms", "R-1", "Shown to families only")
    known = published(statement=own)
    assert known_statement(own).label() == "Shown to families only"
    assert known_statement(own).human_url == "http://example.org/terms"
    assert public(known).step is Step.RECORD
    assert "“Shown to families only”" in public(known).reasons[0].words


def test_publishing_what_an_agreement_will_ground_decides_nothing_about_rights():
    later = published("InC", agreements=covering(start=date(2027, 1, 1)))
    assert public(later).step is Step.RECORD
    assert ever_grounded(later, NOON, POLICY)
    over = published("InC", agreements=covering(end=date(2026, 1, 1)))
    assert not ever_grounded(over, NOON, POLICY)
    assert not ever_grounded(published("InC"), NOON, POLICY)


# Audience, place, purpose


NARROWER = [
    (replace(WORLD_ONLINE, territories=("JP", "AZ")), "some countries"),
    (replace(WORLD_ONLINE, media=(Medium.ONLINE,)), "no embedding by third parties"),
    (replace(WORLD_ONLINE, media=(Medium.EMBEDDING,)), "no site of our own"),
    (replace(WORLD_ONLINE, purposes=(UsePurpose.RESEARCH,)), "for research"),
    (Scope(), "says nothing"),
]


@pytest.mark.parametrize(("scope", "reason"), NARROWER)
def test_a_ground_that_is_narrower_than_the_world_online_gives_record_and_ask(scope, reason):
    decision = public(published("InC", agreements=covering(scope=scope)))
    assert decision.step is Step.RECORD, reason
    assert "ask the archive (A-12)" in decision.reasons[0].words


def test_an_exclusive_agreement_out_binds_us_too():
    decision = public(published("cc0", agreements=given_away()))
    assert decision.step is Step.RECORD
    assert [(one.rule, one.record) for one in decision.reasons] == [(Rule.EXCLUSIVE, "A-31")]
    assert "City Museum" not in decision.reasons[0].words


# Words are covered too


@pytest.mark.parametrize("kind", list(WordKind))
def test_each_kind_of_words_has_an_audience(kind):
    about_words = replace(COURT_ORDER, effect=Step.MASTER, words=(kind,), binds=Audience.RESEARCHER)
    known = published("cc0", restrictions=(about_words,))
    assert public(known).withheld == (kind,)
    assert public(known).step is Step.DOWNLOAD
    assert decide(known, Audience.STAFF, Purpose.VIEW, NOON, POLICY).withheld == ()


def test_where_a_person_is_protected_the_name_leaves_the_words_for_that_audience():
    order = replace(COURT_ORDER, effect=Step.MASTER, persons=("Nino Beridze",))
    known = published("cc0", restrictions=(order,))
    assert public(known).protected == ("Nino Beridze",)
    assert decide(known, Audience.STAFF, Purpose.VIEW, NOON, POLICY).protected == ()


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Nino Beridze at her house.", f"{INSTEAD} at her house.", "the whole name"),
        ("Beridze's mother, NINO", f"{INSTEAD}'s mother, {INSTEAD}", "a part, and any case"),
        ("Ninotsminda, 1992", "Ninotsminda, 1992", "not within another word"),
        ("A house.", "A house.", "nobody is named"),
    ],
)
def test_a_name_leaves_a_text_whole_and_in_its_parts(text, expected, reason):
    assert without_names(text, ("Nino Beridze",)) == expected, reason


def test_minors_start_at_record_unindexed_with_a_neutral_preview():
    decision = public(published("cc0", releases=(replace(CONSENT, minor=True),)))
    assert decision.step is Step.RECORD
    assert {Duty.UNINDEXED, Duty.NEUTRAL_PREVIEW} <= set(decision.duties)


# Time


def test_agreement_end_the_date_is_the_last_covered_day():
    known = published("InC", agreements=covering(end=date(2027, 3, 1)))
    midnight = datetime(2027, 3, 2, tzinfo=UTC)
    assert public(known).until == midnight
    assert public(known, moment=midnight - timedelta(microseconds=1)).step is Step.ZOOM
    assert public(known, moment=midnight).step is Step.RECORD


def test_an_embargo_in_the_register_opens_by_itself_on_its_first_visible_day():
    plain = Restriction(RestrictionKind.EMBARGO, Step.RECORD, "R-16", end=date(2027, 3, 1))
    known = published("cc0", restrictions=(plain,))
    assert public(known).until == datetime(2027, 3, 1, tzinfo=UTC)
    assert public(known, moment=datetime(2027, 3, 1, tzinfo=UTC)).step is Step.DOWNLOAD


@pytest.mark.parametrize("kind", [one for one in RestrictionKind if not one.opens_by_itself])
def test_every_other_restriction_holds_past_its_date_until_a_person_reviews_it(kind):
    known = published("cc0", restrictions=(replace(COURT_ORDER, kind=kind),))
    assert public(known, moment=NOON.replace(year=2099)).step is Step.RECORD
    assert public(known).until is None
    assert [one.record for one in reviews(known, TODAY)] == ["R-16"]


# What a URL answers


def test_a_ground_that_ended_is_refused_with_its_end_never_withdrawn():
    decision = public(published("InC", agreements=covering(end=date(2026, 1, 1))))
    assert answer(decision) is Answer.REFUSED
    assert "ended on 1 January 2026 (A-12)" in decision.reasons[0].words


def test_signing_in_helps_where_a_restriction_binds_the_public_alone():
    known = published("cc0", restrictions=(replace(COURT_ORDER, binds=Audience.PUBLIC),))
    assert answer(public(known)) is Answer.SIGN_IN


# Caches


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"agreements": covering()}, "an agreement"),
        ({"releases": (CONSENT,)}, "a person's consent"),
        ({"people_shown": True}, "a person"),
        ({"restrictions": (replace(COURT_ORDER, effect=Step.MASTER),)}, "a restriction"),
        ({"work": work("InC", showing=SHOWING)}, "a work that is not free"),
    ],
)
def test_max_age_is_a_day_only_where_nothing_can_be_taken_back(more, reason):
    free, bound = published("cc0"), published("cc0", **more)
    assert life(public(free), free).seconds_at(NOON) == 86_400
    assert life(public(bound), bound).seconds_at(NOON) == 300, reason


def test_the_soonest_until_bounds_every_cache():
    known = published(
        "InC",
        agreements=(*covering(end=date(2027, 3, 1)), *given_away(start=date(2027, 2, 1))),
    )
    assert public(known).until == datetime(2027, 2, 1, tzinfo=UTC)


# People


def test_a_release_withdrawn_where_consent_was_the_ground_is_record_at_once():
    gone = replace(CONSENT, state=ReleaseState.WITHDRAWN)
    decision = public(published("cc0", releases=(gone,)))
    assert decision.step is Step.RECORD
    assert "Beridze" not in decision.reasons[0].words


def test_a_release_withdrawn_where_another_ground_stands_is_a_review_today():
    gone = replace(CONSENT, state=ReleaseState.WITHDRAWN, is_ground=False)
    known = published("cc0", releases=(gone,))
    assert public(known).step is Step.DOWNLOAD
    (due,) = reviews(known, TODAY)
    assert (due.record, due.due_on) == ("R-15", None)


def test_a_missing_release_does_not_hide_documentary_work():
    assert public(published("cc0", people_shown=True)).step is Step.DOWNLOAD


# Credit


def test_credit_is_a_duty_verbatim_where_the_agreement_says_so():
    known = published("InC", agreements=covering(credit="© Studio Aliyev, 1992"))
    decision = public(replace(known, credit="Photo: somebody"))
    assert decision.credit == "© Studio Aliyev, 1992"
    assert Duty.CREDIT in decision.duties


def test_credits_of_two_agreements_are_both_printed():
    both = (
        *covering(Layer.PHOTOGRAPH, credit="Foto: A"),
        *covering(Layer.WORK, number=13, credit="Work: B"),
    )
    known = published("InC", work=work("InC"), agreements=both)
    assert public(known).credit == "Foto: A / Work: B"


def test_credit_of_an_agreement_that_ended_is_owed_no_more():
    known = published("cc0", agreements=covering(end=date(2026, 1, 1), credit="Foto: A"))
    assert public(known).credit == ""


def test_inc_ow_eu_needs_a_search_and_its_register_number():
    known = published("InC-OW-EU")
    assert [one.record for one in reviews(known, TODAY)] == ["R-1"]
    for number, lacking in (("", 1), ("EUIPO-7", 0)):
        searched = replace(known, searches=(OrphanSearch(Layer.PHOTOGRAPH, "R-2", number),))
        assert len(reviews(searched, TODAY)) == lacking


# Reviews


def test_what_is_to_be_reviewed_is_told_on_its_day_and_ends_nothing():
    known = published(
        showing=SHOWING,
        statement=RecordedStatement(statement("CNE").uri, "R-1", review_on=date(2027, 7, 1)),
        exceptions=(LegalException("UrhG § 59", Layer.PHOTOGRAPH, "R-14", date(2027, 8, 1)),),
        sensitivity=REVIEWED,
    )
    told = {
        day: [one.record for one in reviews(known, date.fromisoformat(day))]
        for day in ("2027-05-31", "2027-06-01", "2027-07-01", "2027-08-01")
    }
    assert told == {
        "2027-05-31": [],
        "2027-06-01": ["R-4"],
        "2027-07-01": ["R-1", "R-4"],
        "2027-08-01": ["R-14", "R-1", "R-4"],
    }


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"end": date(2027, 1, 1), "perpetual": True}, "not perpetual"),
        ({"perpetual": False}, "when the agreement ends"),
        ({"start": date(2027, 1, 2), "end": date(2027, 1, 1)}, "ends before it starts"),
        ({"largest_pixels": 0}, "1 or more"),
    ],
)
def test_an_agreement_that_contradicts_itself_is_refused_in_words(more, sentence):
    with pytest.raises(UnusableAgreement, match=sentence):
        covering(**more)
