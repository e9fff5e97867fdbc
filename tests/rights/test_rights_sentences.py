"""The sentences of what the decision means, each as a test of that name."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

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

from dam.rights.credit import (
    FrameCredit,
    claims_copyright_in_public_domain,
    credit_line,
    manifest_rights,
    required_statement,
    required_statement_of_series,
)
from dam.rights.decision import (
    Answer,
    Duty,
    PackKind,
    Policy,
    Rule,
    Words,
    answer,
    decide,
)
from dam.rights.explain import explain
from dam.rights.facts import (
    Audience,
    Cap,
    Ceiling,
    Embargo,
    Facts,
    Hold,
    Publication,
    Purpose,
    Step,
)
from dam.rights.life import life
from dam.rights.statements import normalise, statement, statements


def public(known, *, moment=NOON, policy=POLICY, purpose=Purpose.VIEW):
    return decide(known, Audience.PUBLIC, purpose, moment, policy)


# The answer


def test_hidden_nothing_leaves_it_is_not_listed_and_its_urls_answer_as_unknown():
    decision = public(Facts(Publication.DRAFT))
    assert decision.step is Step.HIDDEN
    assert decision.pack is None
    assert decision.words is Words.NONE
    assert not decision.listed
    assert answer(decision) is Answer.UNKNOWN


def test_record_the_words_and_no_pixel():
    decision = public(published("InC"))
    assert decision.words is Words.RECORD
    assert decision.pack is None
    assert decision.listed


def test_thumbnail_one_picture_with_a_long_side_of_400_pixels():
    pack = public(published("cc0", ceiling=Ceiling(Step.THUMBNAIL, "R-2"))).pack
    assert pack is not None
    assert (pack.kind, pack.long_side) == (PackKind.THUMBNAIL, 400)


def test_capped_a_pack_cut_down_to_the_cap_1000_pixels_by_default():
    pack = public(published("cc0", ceiling=Ceiling(Step.CAPPED, "R-2"))).pack
    assert pack is not None
    assert (pack.kind, pack.long_side) == (PackKind.CAPPED, 1000)


def test_zoom_every_pixel_but_no_file_above_the_view():
    shown = published("CNE", showing=SHOWING)
    assert public(shown).pack is not None
    assert public(shown).pack.name == "full"
    assert public(shown, purpose=Purpose.DOWNLOAD).pack is None


def test_steps_are_ordered():
    words = [step.word for step in sorted(Step)]
    assert words == ["hidden", "record", "thumbnail", "capped", "zoom", "download", "master"]


def test_the_lowest_bound_wins():
    known = published("cc0", ceiling=Ceiling(Step.THUMBNAIL, "R-2"), cap=Cap(900, "R-3"))
    assert public(known).step is Step.THUMBNAIL


def test_reasons_lists_every_rule_that_bound_the_answer_each_naming_its_record():
    known = published("InC", embargo=EMBARGO, sensitivity=UNREVIEWED)
    named = {reason.rule: reason.record for reason in public(known).reasons}
    assert named == {Rule.EMBARGO: "R-7", Rule.GROUND: "R-1", Rule.SENSITIVITY: "R-5"}


def test_until_is_the_next_moment_at_which_the_answer_changes_or_none():
    assert public(published("cc0", embargo=EMBARGO)).until == datetime(2027, 3, 1, tzinfo=UTC)
    assert public(published("cc0")).until is None


# A ground is needed


@pytest.mark.parametrize("short", ["PDM", "cc0", "CC BY 4.0", "CC BY-NC-ND 4.0", "CC BY-SA 3.0 AZ"])
def test_public_domain_cc0_and_cc_licences_are_a_ground(short):
    assert public(published(short)).step is Step.DOWNLOAD


@pytest.mark.parametrize("short", ["InC", "CNE", "UND", None])
def test_inc_cne_und_and_silence_grant_nothing(short):
    assert public(published(short)).step is Step.RECORD


def test_a_named_persons_decision_with_a_review_date_is_a_ground():
    assert public(published("CNE", showing=SHOWING)).step is Step.ZOOM


def test_the_decision_says_shown_without_evidence_by_name_with_its_review():
    reasons = public(published("CNE", showing=SHOWING)).reasons
    assert "without evidence, by Leyla Aliyeva" in reasons[0].detail
    assert "review by 1 June 2027" in reasons[0].detail


@pytest.mark.parametrize("step", list(Step))
def test_access_in_a_sheet_is_a_ceiling_never_a_ground(step):
    assert public(published("InC", ceiling=Ceiling(step, "R-2"))).step <= Step.RECORD


def test_only_a_ground_for_the_world_opens_a_narrower_one_gives_record():
    for short in ("InC-EDU", "InC-NC", "NoC-NC", "NoC-US"):
        assert public(published(short)).step is Step.RECORD


# Audience


def test_each_audience_sees_at_least_what_the_one_before_sees_step_by_step():
    steps = [decide(published("InC"), who, Purpose.VIEW, NOON, POLICY).step for who in Audience]
    assert [step.word for step in steps] == ["record"] * 2 + ["download"] * 2 + ["master"] * 2


# Words are covered too


def test_unreviewed_sensitive_frames_start_at_record_unindexed_with_a_neutral_preview():
    decision = public(published("cc0", sensitivity=UNREVIEWED))
    assert decision.step is Step.RECORD
    assert {Duty.UNINDEXED, Duty.NEUTRAL_PREVIEW} <= set(decision.duties)


def test_a_tombstone_carries_no_name_and_no_title():
    decision = public(published("cc0", withdrawal=WITHDRAWAL, credit="Photo: Leyla"))
    assert decision.words is Words.TOMBSTONE
    assert decision.credit == ""
    assert "Leyla" not in " ".join(reason.words for reason in decision.findings)


# Time


def test_a_date_is_a_day_in_the_time_zone_of_the_archive():
    known = published("cc0", embargo=Embargo(date(2027, 3, 1), "R-7"))
    moment = datetime(2027, 2, 28, 21, tzinfo=UTC)
    assert public(known, moment=moment, policy=Policy(ZoneInfo("Asia/Baku"))).step is Step.DOWNLOAD
    assert public(known, moment=moment, policy=Policy(UTC)).step is Step.RECORD


def test_embargo_the_date_is_the_first_visible_day_from_midnight():
    known = published("cc0", embargo=EMBARGO)
    opening = datetime(2027, 3, 1, tzinfo=UTC)
    assert public(known, moment=opening - timedelta(seconds=1)).step is Step.RECORD
    assert public(known, moment=opening).step is Step.DOWNLOAD


def test_a_plain_embargo_opens_by_itself():
    assert public(published("cc0", embargo=EMBARGO), moment=NOON.replace(year=2028)).step is (
        Step.DOWNLOAD
    )


@pytest.mark.parametrize("hold", [Hold.DONOR, Hold.COURT, Hold.CULTURAL])
def test_donor_court_and_cultural_restrictions_hold_even_past_their_date(hold):
    known = published("cc0", embargo=replace(EMBARGO, hold=hold))
    assert public(known, moment=NOON.replace(year=2099)).step is Step.RECORD


def test_sensitivity_holds_until_a_person_reviews_it():
    known = published("cc0", sensitivity=UNREVIEWED)
    assert public(known, moment=NOON.replace(year=2099)).step is Step.RECORD
    assert public(replace(known, sensitivity=REVIEWED)).step is Step.DOWNLOAD


# What a URL answers


@pytest.mark.parametrize(
    ("known", "policy", "expected", "state"),
    [
        (Facts(Publication.DRAFT), POLICY, Answer.UNKNOWN, "hidden"),
        (published("InC"), READING_ROOM, Answer.SIGN_IN, "record, signing in could help"),
        (published("InC"), POLICY, Answer.REFUSED, "record, it could not"),
        (published("cc0", withdrawal=WITHDRAWAL), POLICY, Answer.WITHDRAWN, "withdrawn"),
        (published("cc0"), POLICY, Answer.PIXELS, "shown"),
    ],
)
def test_what_a_url_answers(known, policy, expected, state):
    assert answer(public(known, policy=policy)) is expected, state


def test_a_ground_that_ended_is_refused_with_a_reason_never_withdrawn():
    decision = public(published("CNE"))
    assert answer(decision) is Answer.REFUSED
    assert decision.reasons


# Caches and copies


def test_no_cache_life_outlives_until():
    known = published("cc0", embargo=EMBARGO)
    moment = datetime(2027, 2, 28, 23, 59, tzinfo=UTC)
    assert life(public(known, moment=moment), known).seconds_at(moment) == 60


def test_max_age_is_300_seconds_up_to_a_day_where_nothing_can_be_taken_back():
    shown, free = published("CNE", showing=SHOWING), published("cc0")
    assert life(public(shown), shown).seconds_at(NOON) == 300
    assert life(public(free), free).seconds_at(NOON) == 86_400


# People


def test_an_adult_identifiable_victim_has_an_advisory_and_a_review():
    sensitivity = replace(UNREVIEWED, terms=("identifiable-victim",))
    assert public(published("cc0", sensitivity=sensitivity)).step is Step.RECORD
    reviewed = replace(sensitivity, reviewed_by="Leyla Aliyeva")
    assert Duty.ADVISORY in public(published("cc0", sensitivity=reviewed)).duties


# Credit


def test_by_makes_credit_a_duty_verbatim():
    assert Duty.CREDIT in public(published("CC BY 4.0")).duties
    assert credit_line(("A",), "Foto: A (B)", statement("CC BY 4.0")) == "Foto: A (B)"


def test_pd_and_cc0_credit_is_asked_for_and_no_overlay_is_forced():
    for short in ("PDM", "cc0"):
        assert Duty.CREDIT not in public(published(short)).duties
        assert required_statement("Photo: A", statement(short)) is None
        assert "a credit is welcome" in statement(short).use_in_words


def test_a_copyright_sign_on_a_public_domain_work_is_a_finding():
    assert claims_copyright_in_public_domain("© 1920 A", statement("PDM"))


def test_a_manifest_of_several_licences_has_no_rights_and_lists_each_by_frame():
    known = (statement("CC BY 4.0"), statement("InC"))
    assert manifest_rights(known) is None
    required = required_statement_of_series(
        FrameCredit(position, f"Photo: {name}", each)
        for position, (name, each) in enumerate(zip("AB", known, strict=True), 1)
    )
    assert required is not None
    assert required.value["none"] == (
        "Frame 1: Photo: A, CC BY 4.0",
        "Frame 2: Photo: B, In Copyright",
    )


def test_rights_is_one_http_uri_of_creative_commons_or_rightsstatements():
    hosts = ("http://creativecommons.org/", "http://rightsstatements.org/vocab/")
    assert all(known.uri.startswith(hosts) for known in statements())
    assert normalise("https://creativecommons.org/licenses/by/4.0/").startswith("http://")


# The promise


def test_the_decision_explains_itself_in_a_sentence_that_names_the_record():
    lines = explain(public(published("InC")), UTC).lines
    assert lines == (
        "Public: the words, no picture.",
        "not more because: “In Copyright” does not allow the archive to show it (R-1).",
    )
