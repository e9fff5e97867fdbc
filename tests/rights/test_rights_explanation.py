from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from rights_examples import (
    EMBARGO,
    NOON,
    POLICY,
    REVIEWED,
    SHOWING,
    UNREVIEWED,
    WITHDRAWAL,
    audiences,
    facts,
    moments,
    policies,
    published,
    purposes,
)

from dam.rights.days import moment_in_words, year_later
from dam.rights.decision import decide
from dam.rights.explain import explain
from dam.rights.facts import Audience, Ceiling, Facts, Publication, Purpose, Step


def explained(known, audience=Audience.PUBLIC, *, for_staff=False):
    decision = decide(known, audience, Purpose.VIEW, NOON, POLICY)
    following = None
    if decision.until is not None:
        following = decide(known, audience, Purpose.VIEW, decision.until, POLICY)
    return explain(decision, UTC, following=following, for_staff=for_staff)


@pytest.mark.parametrize(
    ("known", "audience", "headline", "reason"),
    [
        (
            published("CC BY 4.0"),
            Audience.PUBLIC,
            "Public: zoom and download, with credit.",
            "a licence that asks for credit",
        ),
        (published("cc0"), Audience.PUBLIC, "Public: zoom and download.", "no credit known"),
        (
            published("CNE", showing=SHOWING, credit="Photo: A", sensitivity=REVIEWED),
            Audience.PUBLIC,
            "Public: zoom, with credit, after an advisory.",
            "a person's decision",
        ),
        (
            published("cc0", ceiling=Ceiling(Step.CAPPED, "R-2")),
            Audience.PUBLIC,
            "Public: zoom in a smaller copy of 1000 pixels.",
            "a ceiling",
        ),
        (
            published("cc0", ceiling=Ceiling(Step.THUMBNAIL, "R-2")),
            Audience.PUBLIC,
            "Public: one small picture of 400 pixels.",
            "a lower ceiling",
        ),
        (published("InC"), Audience.PUBLIC, "Public: the words, no picture.", "no ground"),
        (
            published("cc0", embargo=EMBARGO),
            Audience.PUBLIC,
            "Public: the words, no picture, until 1 March 2027.",
            "an embargo",
        ),
        (
            published("InC", embargo=EMBARGO),
            Audience.PUBLIC,
            "Public: the words, no picture.",
            "an embargo whose end opens nothing",
        ),
        (
            Facts(Publication.DRAFT),
            Audience.PUBLIC,
            "Public: nothing, and it is not listed.",
            "a draft",
        ),
        (
            published("cc0", withdrawal=WITHDRAWAL),
            Audience.PUBLIC,
            "Public: withdrawn, no picture.",
            "a tombstone",
        ),
        (
            published("InC"),
            Audience.RIGHTS_MANAGER,
            "Rights manager: zoom, download and the master.",
            "the master",
        ),
    ],
)
def test_headline_says_the_answer(known, audience, headline, reason):
    assert explained(known, audience).headline == headline, reason


def test_explanation_says_why_and_why_not_more():
    known = published("CC BY 4.0", ceiling=Ceiling(Step.CAPPED, "R-2"), embargo=EMBARGO)
    assert explained(known).lines == (
        "Public: the words, no picture, until 1 March 2027.",
        "because: CC BY 4.0 lets everybody see it (R-1).",
        "not more because: An embargo holds it until 1 March 2027 (R-7).",
        "also: Access is set to “capped” at most (R-2).",
        "From 1 March 2027: zoom in a smaller copy of 1000 pixels, with credit.",
    )


def test_explanation_says_when_only_the_reasons_change():
    assert explained(published("InC", embargo=EMBARGO)).then == (
        "On 1 March 2027 the reasons change, and the answer stays."
    )


def test_explanation_without_a_ground_has_no_because():
    explanation = explained(published())
    assert explanation.because == ()
    assert explanation.not_more_because == ("Nothing on record allows the archive to show it.",)


def test_explanation_for_staff_names_who_decided_and_when_to_review():
    known = published("CNE", showing=SHOWING)
    assert explained(known).because == ("The archive has decided to show it (R-4).",)
    (because,) = explained(known, for_staff=True).because
    assert because == (
        "The archive has decided to show it (R-4). Shown without evidence, by Leyla Aliyeva, "
        "on 1 June 2026; review by 1 June 2027."
    )


def test_explanation_for_the_public_tells_no_names_and_no_terms():
    known = published("CNE", showing=SHOWING, sensitivity=UNREVIEWED, withdrawal=WITHDRAWAL)
    read = "\n".join(explained(known).lines)
    assert not any(secret in read for secret in ("Leyla", "minor", "grief", "family"))
    assert "minor" in "\n".join(explained(known, for_staff=True).lines)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2027, 2, 28, 20, tzinfo=UTC), "1 March 2027"),
        (datetime(2027, 3, 1, 9, 5, tzinfo=UTC), "1 March 2027, 13:05"),
    ],
)
def test_moment_is_told_in_the_time_zone_of_the_archive(moment, words):
    assert moment_in_words(moment, ZoneInfo("Asia/Baku")) == words


@given(facts, audiences, purposes, moments, policies)
def test_every_decision_can_be_explained(known, audience, purpose, moment, policy):
    decision = decide(known, audience, purpose, moment, policy)
    explanation = explain(decision, policy.timezone, for_staff=True)
    assert explanation.headline.startswith(audience.word.capitalize())
    assert explanation.because or explanation.not_more_because
    said = " ".join(explanation.lines)
    for reason in decision.reasons:
        assert reason.words in said


def test_later_embargo_is_explained_on_another_day():
    known = published("cc0", embargo=replace(EMBARGO, until=date(2026, 11, 23)))
    assert explained(known).headline.endswith("until 23 November 2026.")


@pytest.mark.parametrize(
    ("day", "review", "reason"),
    [
        (date(2026, 11, 22), date(2027, 11, 22), "twelve months"),
        (date(2028, 2, 29), date(2029, 2, 28), "not late"),
        (date(2027, 2, 28), date(2028, 2, 28), "into a leap year"),
    ],
)
def test_review_is_due_in_twelve_months(day, review, reason):
    assert year_later(day) == review, reason
