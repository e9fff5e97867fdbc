from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rights_examples import (
    EMBARGO,
    NOON,
    POLICY,
    READING_ROOM,
    REVIEWED,
    SHOWING,
    UNREVIEWED,
    WITHDRAWAL,
    ZONES,
    audiences,
    caps,
    ceilings,
    embargoes,
    facts,
    moments,
    policies,
    published,
    purposes,
    recorded,
    sensitivities,
    withdrawals,
)

from dam.rights.days import first_moment
from dam.rights.decision import (
    Answer,
    Duty,
    PackKind,
    PackRecipe,
    Policy,
    Rule,
    Words,
    answer,
    decide,
)
from dam.rights.facts import (
    Audience,
    Cap,
    Ceiling,
    Embargo,
    Facts,
    Hold,
    Publication,
    Purpose,
    RecordedStatement,
    Step,
    UnknownStep,
    UnusableCap,
)
from dam.rights.life import life
from dam.rights.policy import MomentWithoutZone, UnusablePolicy

PUBLIC, RESEARCHER, STAFF = Audience.PUBLIC, Audience.RESEARCHER, Audience.STAFF
DRAFT = Facts(Publication.DRAFT, statement=recorded("CC BY 4.0"))
CAPPED = Ceiling(Step.CAPPED, "R-2")


def decided(known, audience=PUBLIC, purpose=Purpose.VIEW, moment=NOON, policy=POLICY):
    return decide(known, audience, purpose, moment, policy)


TABLE = [
    (DRAFT, PUBLIC, Step.HIDDEN, {Rule.PUBLICATION}, "a draft is unknown outside"),
    (DRAFT, RESEARCHER, Step.HIDDEN, {Rule.PUBLICATION}, "signing in shows no drafts"),
    (DRAFT, STAFF, Step.DOWNLOAD, {Rule.AUDIENCE}, "drafts are the staff's work"),
    (published("CC BY 4.0"), PUBLIC, Step.DOWNLOAD, {Rule.AUDIENCE, Rule.GROUND}, "BY"),
    (published("CC BY-NC-ND 4.0"), PUBLIC, Step.DOWNLOAD, {Rule.AUDIENCE, Rule.GROUND}, "NC, ND"),
    (published("cc0"), PUBLIC, Step.DOWNLOAD, {Rule.AUDIENCE, Rule.GROUND}, "CC0"),
    (published("PDM"), PUBLIC, Step.DOWNLOAD, {Rule.AUDIENCE, Rule.GROUND}, "public domain"),
    (published("InC"), PUBLIC, Step.RECORD, {Rule.GROUND}, "in copyright grants nothing"),
    (published("CNE"), PUBLIC, Step.RECORD, {Rule.GROUND}, "not evaluated grants nothing"),
    (published("UND"), PUBLIC, Step.RECORD, {Rule.GROUND}, "undetermined grants nothing"),
    (published(), PUBLIC, Step.RECORD, {Rule.GROUND}, "silence grants nothing"),
    (published("NoC-US"), PUBLIC, Step.RECORD, {Rule.GROUND}, "one country is not the world"),
    (published("InC-EDU"), PUBLIC, Step.RECORD, {Rule.GROUND}, "teaching is not every embed"),
    (
        published(statement=RecordedStatement("http://example.com/", "R-1")),
        PUBLIC,
        Step.RECORD,
        {Rule.GROUND},
        "what is not understood grants nothing",
    ),
    (published("CNE", showing=SHOWING), PUBLIC, Step.ZOOM, {Rule.GROUND}, "a person decided"),
    (published(showing=SHOWING), PUBLIC, Step.ZOOM, {Rule.GROUND}, "a person decided in silence"),
    (
        published("CNE", showing=replace(SHOWING, by=" ")),
        PUBLIC,
        Step.RECORD,
        {Rule.GROUND},
        "nobody's decision is none",
    ),
    (
        published("CC BY 4.0", showing=SHOWING),
        PUBLIC,
        Step.DOWNLOAD,
        {Rule.AUDIENCE, Rule.GROUND},
        "a licence outweighs a decision",
    ),
    (published("CC BY 4.0", ceiling=CAPPED), PUBLIC, Step.CAPPED, {Rule.CEILING}, "a ceiling"),
    (
        published("InC", ceiling=Ceiling(Step.DOWNLOAD, "R-2")),
        PUBLIC,
        Step.RECORD,
        {Rule.GROUND},
        "a ceiling is no ground",
    ),
    (
        published("CC BY 4.0", ceiling=Ceiling(Step.HIDDEN, "R-2")),
        PUBLIC,
        Step.HIDDEN,
        {Rule.CEILING},
        "a ceiling can hide",
    ),
    (published("cc0", cap=Cap(800, "R-3")), PUBLIC, Step.CAPPED, {Rule.CAP}, "a cap alone"),
    (
        published("cc0", cap=Cap(800, "R-3"), ceiling=CAPPED),
        PUBLIC,
        Step.CAPPED,
        {Rule.CAP, Rule.CEILING},
        "both bind, both are named",
    ),
    (
        published("cc0", cap=Cap(800, "R-3"), ceiling=Ceiling(Step.ZOOM, "R-2")),
        PUBLIC,
        Step.CAPPED,
        {Rule.CAP},
        "the lower of two that disagree",
    ),
    (published("cc0", ceiling=CAPPED), STAFF, Step.DOWNLOAD, {Rule.AUDIENCE}, "for the public"),
    (published("cc0", embargo=EMBARGO), PUBLIC, Step.RECORD, {Rule.EMBARGO}, "before the day"),
    (published("cc0", embargo=EMBARGO), RESEARCHER, Step.RECORD, {Rule.EMBARGO}, "for all outside"),
    (published("cc0", embargo=EMBARGO), STAFF, Step.DOWNLOAD, {Rule.AUDIENCE}, "staff prepare it"),
    (
        published("InC", embargo=EMBARGO),
        PUBLIC,
        Step.RECORD,
        {Rule.EMBARGO, Rule.GROUND},
        "two reasons are both said",
    ),
    (
        published("cc0", embargo=Embargo(date(2026, 11, 22), "R-7")),
        PUBLIC,
        Step.DOWNLOAD,
        {Rule.AUDIENCE, Rule.GROUND},
        "the date is the first visible day",
    ),
    (
        published("cc0", embargo=Embargo(date(2001, 1, 1), "R-7", Hold.COURT)),
        PUBLIC,
        Step.RECORD,
        {Rule.EMBARGO},
        "a court's restriction outlives its date",
    ),
    (published("cc0", sensitivity=UNREVIEWED), PUBLIC, Step.RECORD, {Rule.SENSITIVITY}, "waits"),
    (published("cc0", sensitivity=UNREVIEWED), STAFF, Step.DOWNLOAD, {Rule.AUDIENCE}, "reviewers"),
    (
        published("cc0", sensitivity=REVIEWED),
        PUBLIC,
        Step.DOWNLOAD,
        {Rule.AUDIENCE, Rule.GROUND},
        "reviewed, with an advisory",
    ),
    (published("cc0", withdrawal=WITHDRAWAL), PUBLIC, Step.HIDDEN, {Rule.WITHDRAWAL}, "withdrawn"),
    (published("cc0", withdrawal=WITHDRAWAL), STAFF, Step.RECORD, {Rule.WITHDRAWAL}, "withdrawn"),
    (
        published("cc0", withdrawal=WITHDRAWAL),
        Audience.ADMINISTRATOR,
        Step.RECORD,
        {Rule.WITHDRAWAL},
        "for nobody at all",
    ),
    (Facts(Publication.WITHDRAWN), PUBLIC, Step.HIDDEN, {Rule.WITHDRAWAL}, "by its state alone"),
    (published("InC"), STAFF, Step.DOWNLOAD, {Rule.AUDIENCE}, "staff need no ground"),
    (published("InC"), Audience.EDITOR, Step.DOWNLOAD, {Rule.AUDIENCE}, "nor do editors"),
    (published("InC"), Audience.RIGHTS_MANAGER, Step.MASTER, {Rule.AUDIENCE}, "the master"),
    (published("InC"), Audience.ADMINISTRATOR, Step.MASTER, {Rule.AUDIENCE}, "the master"),
]


@pytest.mark.parametrize(("known", "audience", "step", "rules", "reason"), TABLE)
def test_lowest_bound_wins_and_every_rule_at_it_is_named(known, audience, step, rules, reason):
    decision = decided(known, audience)
    assert decision.step is step, reason
    assert {bound.rule for bound in decision.reasons} == rules, reason
    assert all(bound.words.endswith(".") for bound in decision.findings)


@pytest.mark.parametrize(
    ("ceiling", "cap", "name", "reason"),
    [
        (None, None, "full", "no bound"),
        (Step.MASTER, None, "full", "the public's download is the full pack"),
        (Step.DOWNLOAD, None, "full", "download"),
        (Step.ZOOM, None, "full", "zoom shows every pixel"),
        (Step.CAPPED, None, "capped-1000", "the archive's own cap"),
        (Step.CAPPED, 640, "capped-640", "the photograph's cap"),
        (None, 2500, "capped-2500", "a cap alone, above the default"),
        (Step.THUMBNAIL, None, "thumbnail-400", "one picture"),
        (Step.THUMBNAIL, 200, "thumbnail-200", "a cap below it"),
        (Step.THUMBNAIL, 2000, "thumbnail-400", "a cap above it"),
        (Step.RECORD, None, None, "no pixel"),
        (Step.HIDDEN, None, None, "no pixel"),
    ],
)
def test_step_chooses_the_pack(ceiling, cap, name, reason):
    known = published(
        "cc0",
        ceiling=None if ceiling is None else Ceiling(ceiling, "R-2"),
        cap=None if cap is None else Cap(cap, "R-3"),
    )
    pack = decided(known).pack
    assert (pack.name if pack else None) == name, reason


def test_policy_sets_the_sizes():
    policy = Policy(UTC, cap_pixels=1200, thumbnail_pixels=300)
    assert decided(published("cc0", ceiling=CAPPED), policy=policy).pack == PackRecipe(
        PackKind.CAPPED, 1200
    )
    small = published("cc0", ceiling=Ceiling(Step.THUMBNAIL, "R-2"))
    assert decided(small, policy=policy).pack == PackRecipe(PackKind.THUMBNAIL, 300)


def test_policy_with_a_thumbnail_larger_than_the_cap_is_refused():
    with pytest.raises(UnusablePolicy, match="400"):
        Policy(UTC, cap_pixels=300)
    with pytest.raises(UnusablePolicy):
        Policy(UTC, thumbnail_pixels=0)


def test_zoom_gives_no_file_for_download():
    shown = published("CNE", showing=SHOWING)
    assert decided(shown, purpose=Purpose.VIEW).pack == PackRecipe(PackKind.FULL)
    assert decided(shown, purpose=Purpose.DOWNLOAD).pack is None
    assert answer(decided(shown, purpose=Purpose.DOWNLOAD)) is Answer.REFUSED
    assert decided(published("cc0"), purpose=Purpose.DOWNLOAD).pack == PackRecipe(PackKind.FULL)


@pytest.mark.parametrize(
    ("short", "duties", "reason"),
    [
        ("CC BY 4.0", (Duty.CREDIT, Duty.NAME_LICENCE), "BY"),
        ("CC BY-SA 4.0", (Duty.CREDIT, Duty.NAME_LICENCE, Duty.SHARE_ALIKE), "SA"),
        (
            "CC BY-NC-ND 4.0",
            (Duty.CREDIT, Duty.NAME_LICENCE, Duty.NO_DERIVATIVES, Duty.NONCOMMERCIAL),
            "NC and ND",
        ),
        ("cc0", (), "asked for, not required"),
        ("PDM", (), "asked for, not required"),
        ("InC", (), "no pixel leaves"),
    ],
)
def test_licence_brings_its_duties(short, duties, reason):
    assert decided(published(short)).duties == duties, reason


def test_credit_goes_where_the_pixels_go():
    assert decided(published("cc0", credit="Photo: A")).credit == "Photo: A"
    assert decided(published("InC", credit="Photo: A")).credit == ""


def test_reviewed_sensitivity_brings_an_advisory_to_every_audience():
    known = published("cc0", sensitivity=REVIEWED)
    assert all(Duty.ADVISORY in decided(known, audience).duties for audience in Audience)
    assert Duty.UNINDEXED not in decided(known).duties


def test_unreviewed_sensitivity_is_kept_out_of_indexes_with_a_neutral_preview():
    known = published("cc0", sensitivity=UNREVIEWED)
    assert decided(known).duties == (Duty.UNINDEXED, Duty.NEUTRAL_PREVIEW)
    assert decided(known, STAFF).duties == (Duty.ADVISORY,)


def test_review_without_a_name_is_no_review():
    known = published("cc0", sensitivity=replace(REVIEWED, reviewed_by="  "))
    assert decided(known).step is Step.RECORD


@pytest.mark.parametrize(
    ("known", "audience", "policy", "expected", "reason"),
    [
        (DRAFT, PUBLIC, POLICY, Answer.UNKNOWN, "a draft"),
        (DRAFT, STAFF, POLICY, Answer.PIXELS, "a draft at the desk"),
        (published("cc0"), PUBLIC, POLICY, Answer.PIXELS, "a ground"),
        (published("InC"), PUBLIC, POLICY, Answer.REFUSED, "signing in shows no more"),
        (published("InC"), PUBLIC, READING_ROOM, Answer.SIGN_IN, "researchers may see it"),
        (published("InC"), RESEARCHER, READING_ROOM, Answer.PIXELS, "a researcher sees it"),
        (published("InC"), RESEARCHER, POLICY, Answer.REFUSED, "signed in already"),
        (
            published("cc0", embargo=EMBARGO),
            PUBLIC,
            READING_ROOM,
            Answer.REFUSED,
            "embargo for all",
        ),
        (
            published("cc0", sensitivity=UNREVIEWED),
            PUBLIC,
            READING_ROOM,
            Answer.REFUSED,
            "unreviewed for all",
        ),
        (
            published("cc0", ceiling=Ceiling(Step.HIDDEN, "R-2")),
            PUBLIC,
            READING_ROOM,
            Answer.UNKNOWN,
            "hidden is hidden",
        ),
        (
            published("cc0", ceiling=Ceiling(Step.HIDDEN, "R-2")),
            RESEARCHER,
            READING_ROOM,
            Answer.UNKNOWN,
            "hidden from researchers too",
        ),
        (published("cc0", withdrawal=WITHDRAWAL), PUBLIC, POLICY, Answer.WITHDRAWN, "a tombstone"),
        (published("cc0", withdrawal=WITHDRAWAL), STAFF, POLICY, Answer.WITHDRAWN, "no pixel"),
        (replace(DRAFT, withdrawal=WITHDRAWAL), PUBLIC, POLICY, Answer.UNKNOWN, "never known"),
        (
            published("cc0", withdrawal=WITHDRAWAL, ceiling=Ceiling(Step.HIDDEN, "R-2")),
            PUBLIC,
            POLICY,
            Answer.UNKNOWN,
            "a tombstone would tell of it",
        ),
    ],
)
def test_url_answers_as_the_table_says(known, audience, policy, expected, reason):
    assert answer(decided(known, audience, policy=policy)) is expected, reason


def test_signing_in_helps_where_the_researcher_sees_a_better_picture():
    known = published("cc0", ceiling=CAPPED)
    assert decided(known, policy=READING_ROOM).signing_in_helps
    assert not decided(known, policy=POLICY).signing_in_helps
    assert not decided(published("cc0"), policy=READING_ROOM).signing_in_helps
    assert decided(known, RESEARCHER, policy=READING_ROOM).pack == PackRecipe(PackKind.FULL)


def test_reason_for_a_researcher_says_that_it_is_more_than_the_public_gets():
    (reason,) = decided(published("InC"), RESEARCHER, policy=READING_ROOM).reasons
    assert reason.words.endswith("to show it (R-1); signed-in researchers may see more.")


def test_embargo_opens_at_midnight_of_the_archive():
    policy = Policy(ZoneInfo("Asia/Baku"))
    known = published("cc0", embargo=Embargo(date(2027, 3, 1), "R-7"))
    opening = datetime(2027, 2, 28, 20, tzinfo=UTC)
    before = decided(known, moment=opening - timedelta(microseconds=1), policy=policy)
    assert before.step is Step.RECORD
    assert before.until == opening
    assert decided(known, moment=opening, policy=policy).step is Step.DOWNLOAD
    assert decided(known, moment=opening, policy=policy).until is None


@pytest.mark.parametrize(
    ("zone", "day", "expected", "reason"),
    [
        ("America/Sao_Paulo", date(2018, 11, 4), "2018-11-04T03:00", "the clocks skip midnight"),
        ("America/Havana", date(2026, 11, 1), "2026-11-01T04:00", "midnight comes twice"),
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-30T10:00", "the whole day was skipped"),
        (
            "Europe/Berlin",
            date(2027, 3, 28),
            "2027-03-27T23:00",
            "the clocks change later that day",
        ),
        ("Asia/Baku", date(1, 1, 1), "0001-01-01T00:00", "the first day there is"),
        ("Asia/Baku", date(9999, 12, 31), "9999-12-30T20:00", "the last day there is"),
    ],
)
def test_day_begins_with_its_first_moment(zone, day, expected, reason):
    begins = first_moment(day, ZoneInfo(zone))
    assert begins == datetime.fromisoformat(expected).replace(tzinfo=UTC), reason


@given(st.dates(date(1990, 1, 1), date(2037, 12, 31)), st.sampled_from(ZONES).map(ZoneInfo))
def test_just_before_a_day_begins_it_is_another_day(day, zone):
    assume(day != date(2011, 12, 30))  # which Samoa never had
    begins = first_moment(day, zone)
    assert begins.astimezone(zone).date() == day
    assert (begins - timedelta(microseconds=1)).astimezone(zone).date() < day


def test_moments_of_one_zone_are_compared_as_moments_in_the_hour_that_comes_twice():
    havana = ZoneInfo("America/Havana")
    known = published("cc0", embargo=Embargo(date(2026, 11, 1), "R-7"))
    policy = Policy(havana)
    second = datetime(2026, 11, 1, 0, 0, fold=1, tzinfo=havana)
    assert decided(known, moment=second, policy=policy).step is Step.DOWNLOAD
    eve = datetime(2026, 10, 31, 23, 59, tzinfo=havana)
    assert decided(known, moment=eve, policy=policy).step is Step.RECORD


def test_until_is_also_when_only_the_reasons_change():
    decision = decided(published("InC", embargo=EMBARGO))
    assert decision.until == datetime(2027, 3, 1, tzinfo=UTC)
    assert decided(published("InC", embargo=EMBARGO), moment=decision.until).step is Step.RECORD


@pytest.mark.parametrize(
    ("known", "audience", "reason"),
    [
        (published("cc0", embargo=EMBARGO), STAFF, "staff are not bound by it"),
        (published("cc0", embargo=replace(EMBARGO, hold=Hold.DONOR)), PUBLIC, "a review ends it"),
        (published("CNE", showing=SHOWING), PUBLIC, "a review date ends no decision"),
    ],
)
def test_nothing_changes_by_itself_where_a_person_has_to_act(known, audience, reason):
    assert decided(known, audience).until is None, reason


def test_moment_without_a_zone_is_refused():
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(MomentWithoutZone):
        decided(published("cc0"), moment=naive)
    with pytest.raises(MomentWithoutZone):
        life(decided(published("cc0")), published("cc0")).seconds_at(naive)


@pytest.mark.parametrize(
    ("known", "audience", "seconds", "reason"),
    [
        (published("cc0"), PUBLIC, 86_400, "it cannot be taken back"),
        (published("CC BY 4.0"), PUBLIC, 86_400, "nor can a licence"),
        (published("cc0", people_shown=True), PUBLIC, 300, "a person may object"),
        (published("cc0", sensitivity=REVIEWED), PUBLIC, 300, "a review may be reviewed"),
        (published("cc0", ceiling=Ceiling(Step.ZOOM, "R-2")), PUBLIC, 300, "a ceiling may sink"),
        (published("cc0", cap=Cap(900, "R-3")), PUBLIC, 300, "a cap may sink"),
        (published("cc0", embargo=Embargo(date(2020, 1, 1), "R-7")), PUBLIC, 300, "an embargo"),
        (published("CNE", showing=SHOWING), PUBLIC, 300, "a decision may be revoked"),
        (published("InC"), PUBLIC, 300, "a refusal may be lifted"),
        (published("cc0", withdrawal=WITHDRAWAL), PUBLIC, 300, "it may be reinstated"),
        (published("cc0"), STAFF, 0, "not the public's answer"),
        (published("cc0"), RESEARCHER, 0, "not the public's answer"),
    ],
)
def test_caches_keep_a_day_only_what_cannot_be_taken_back(known, audience, seconds, reason):
    assert life(decided(known, audience), known).seconds_at(NOON) == seconds, reason


@pytest.mark.parametrize(("before", "seconds"), [(10, 10), (0.5, 0), (299.9, 299), (4000, 300)])
def test_no_cache_life_outlives_until(before, seconds):
    known = published("cc0", embargo=EMBARGO)
    moment = datetime(2027, 3, 1, tzinfo=UTC) - timedelta(seconds=before)
    assert life(decided(known, moment=moment), known).seconds_at(moment) == seconds


def test_cap_leaves_at_least_one_pixel():
    with pytest.raises(UnusableCap, match="0 pixels"):
        Cap(0, "R-3")


@pytest.mark.parametrize("step", list(Step))
def test_step_is_read_from_its_word(step):
    assert Step.of_word(f" {step.word.upper()} ") is step


def test_unknown_step_is_refused_with_the_words_that_are_known():
    with pytest.raises(UnknownStep, match="hidden, record, thumbnail, capped, zoom"):
        Step.of_word("open")


def test_audience_has_a_word():
    assert Audience.RIGHTS_MANAGER.word == "rights manager"


@given(facts, audiences, purposes, moments, policies, withdrawals)
def test_nobody_gets_a_pixel_of_what_is_withdrawn(
    known, audience, purpose, moment, policy, withdrawal
):
    for gone in (
        replace(known, withdrawal=withdrawal),
        replace(known, publication=Publication.WITHDRAWN),
    ):
        decision = decide(gone, audience, purpose, moment, policy)
        assert decision.step <= Step.RECORD
        assert decision.pack is None
        assert answer(decision) in {Answer.WITHDRAWN, Answer.UNKNOWN}
        if not audience.works_here:
            assert decision.words is not Words.RECORD


@given(facts, purposes, moments, policies)
def test_each_audience_sees_at_least_what_the_one_before_sees(known, purpose, moment, policy):
    seen = [decide(known, audience, purpose, moment, policy) for audience in Audience]
    steps = [decision.step for decision in seen]
    assert steps == sorted(steps)
    sizes = [size(decision.pack) for decision in seen]
    assert sizes == sorted(sizes)


def size(pack):
    if pack is None:
        return 0
    return 10**9 if pack.long_side is None else pack.long_side


RESTRICTIONS = (
    st.tuples(st.just("ceiling"), ceilings)
    | st.tuples(st.just("cap"), caps)
    | st.tuples(st.just("embargo"), embargoes)
    | st.tuples(st.just("sensitivity"), sensitivities)
    | st.tuples(st.just("withdrawal"), withdrawals)
)


@given(facts, audiences, moments, policies, RESTRICTIONS)
def test_adding_a_restriction_never_raises_the_step(known, audience, moment, policy, restriction):
    name, value = restriction
    free = decide(replace(known, **{name: None}), audience, Purpose.VIEW, moment, policy)
    bound = decide(replace(known, **{name: value}), audience, Purpose.VIEW, moment, policy)
    assert bound.step <= free.step


@given(facts, audiences, purposes, moments, policies, st.floats(0, 1, exclude_max=True))
def test_answer_stays_until_until_and_changes_then(
    known, audience, purpose, moment, policy, fraction
):
    now = decide(known, audience, purpose, moment, policy)
    horizon = now.until or moment + timedelta(days=30_000)
    assert horizon > moment
    # a fraction of a day can round up to the horizon itself
    within = min(moment + (horizon - moment) * fraction, horizon - timedelta(microseconds=1))
    assert decide(known, audience, purpose, within, policy) == now
    if now.until is not None:
        just_before = now.until - timedelta(microseconds=1)
        assert decide(known, audience, purpose, just_before, policy) == now
        assert decide(known, audience, purpose, now.until, policy) != now


@given(facts, audiences, purposes, moments, policies)
def test_reasons_are_the_findings_at_the_step_and_there_is_one(
    known, audience, purpose, moment, policy
):
    decision = decide(known, audience, purpose, moment, policy)
    assert decision.reasons
    assert decision.step == min(reason.bound for reason in decision.findings)
    assert all(reason.bound == decision.step for reason in decision.reasons)
    assert set(decision.reasons) <= set(decision.findings)


@given(facts, moments, policies)
def test_public_pixels_have_a_ground(known, moment, policy):
    decision = decide(known, PUBLIC, Purpose.VIEW, moment, policy)
    if decision.pack is not None:
        assert any(
            reason.rule is Rule.GROUND and reason.record is not None and reason.bound > Step.RECORD
            for reason in decision.findings
        )


@given(facts, moments, policies)
def test_cache_life_is_a_day_at_most_and_never_past_until(known, moment, policy):
    decision = decide(known, PUBLIC, Purpose.VIEW, moment, policy)
    seconds = life(decision, known).seconds_at(moment)
    assert 0 <= seconds <= 86_400
    if decision.until is not None:
        assert moment + timedelta(seconds=seconds) <= decision.until
