"""Rights cases by audience and moment: what each of six audiences gets, and why."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rights_examples import (
    CONSENT,
    COURT_ORDER,
    EMBARGO,
    POLICY,
    READING_ROOM,
    REVIEWED,
    SHOWING,
    UNREVIEWED,
    WITHDRAWAL,
    WORLD_ONLINE,
    agreement,
    covering,
    coverings,
    facts,
    given_away,
    moments,
    policies,
    published,
    purposes,
    releases,
    restrictions,
    work,
    works,
)

from dam.rights.agreements import Covering, Direction, Medium, Scope, UsePurpose
from dam.rights.decision import decide
from dam.rights.facts import (
    Audience,
    Cap,
    Ceiling,
    Facts,
    Layer,
    LegalException,
    Publication,
    Purpose,
    Restriction,
    Step,
)
from dam.rights.life import life
from dam.rights.releases import ReleaseState
from dam.rights.restrictions import RestrictionKind

PHOTOGRAPH, WORK = Layer.PHOTOGRAPH, Layer.WORK
NOW = "2026-11-22 12:00"
LETTERS = {
    "h": Step.HIDDEN,
    "r": Step.RECORD,
    "t": Step.THUMBNAIL,
    "c": Step.CAPPED,
    "z": Step.ZOOM,
    "d": Step.DOWNLOAD,
    "m": Step.MASTER,
}
FREE, SHUT = "ddddmm", "rrddmm"
ENDING = covering(start=date(2026, 1, 1), end=date(2026, 12, 31))
WITHDRAWN_CONSENT = replace(CONSENT, state=ReleaseState.WITHDRAWN)
EMBARGOED = Restriction(
    RestrictionKind.EMBARGO, Step.RECORD, "R-16", start=date(2026, 1, 1), end=date(2027, 3, 1)
)
JAPAN = replace(WORLD_ONLINE, territories=("JP",))
OWN_SITE = replace(WORLD_ONLINE, media=(Medium.ONLINE,))
TEACHING = replace(WORLD_ONLINE, purposes=(UsePurpose.EDUCATION,))
EVERYTHING = Scope(("world",), (Medium.ANY,), (UsePurpose.ANY,))
PRINTS = Scope(("world",), (Medium.PRINT,), (UsePurpose.ANY,))
SALES = replace(WORLD_ONLINE, purposes=(UsePurpose.COMMERCIAL,))


def exception(layer, article="UrhG § 59"):
    return (LegalException(article, layer, "R-14"),)


def restricted(**more):
    return published("cc0", restrictions=(replace(COURT_ORDER, **more),))


# facts, moment, the step of public, researcher, staff, editor, rights manager, administrator, why
CASES = [
    # agreements to the archive
    (published("InC", agreements=covering()), NOW, "zzddmm", "a grant for the world, online"),
    (published("InC", agreements=covering(scope=JAPAN)), NOW, SHUT, "one country is not the world"),
    (published("InC", agreements=covering(scope=OWN_SITE)), NOW, SHUT, "no embedding by others"),
    (published("InC", agreements=covering(scope=TEACHING)), NOW, SHUT, "teaching is not showing"),
    (published("InC", agreements=covering(scope=Scope())), NOW, SHUT, "silence grants nothing"),
    (published("InC", agreements=covering(scope=EVERYTHING)), NOW, FREE, "files may be taken too"),
    (
        published("InC", agreements=covering(largest_pixels=800)),
        NOW,
        "ccddmm",
        "the largest size is the cap",
    ),
    (published("InC", agreements=covering(signed=None)), NOW, SHUT, "nobody has signed"),
    (published("InC", agreements=covering(void=True)), NOW, SHUT, "recorded by mistake"),
    (
        published("InC", agreements=covering(direction=Direction.OUT)),
        NOW,
        SHUT,
        "what we gave is not given to us",
    ),
    (published("InC", agreements=covering(PHOTOGRAPH)), NOW, "zzddmm", "for this layer alone"),
    (published("InC", agreements=covering(WORK)), NOW, SHUT, "for the other layer alone"),
    (published("InC", agreements=ENDING), "2025-12-31 23:59", SHUT, "before its first day"),
    (published("InC", agreements=ENDING), "2026-01-01 00:00", "zzddmm", "from its first moment"),
    (published("InC", agreements=ENDING), "2026-12-31 23:59", "zzddmm", "its last day is covered"),
    (published("InC", agreements=ENDING), "2027-01-01 00:00", SHUT, "the day after is not"),
    (
        published("InC", agreements=(*ENDING, *covering(number=13, start=date(2027, 1, 1)))),
        "2027-01-01 00:00",
        "zzddmm",
        "the next one follows on",
    ),
    (
        published("InC", agreements=(*covering(largest_pixels=500), *covering(number=13))),
        NOW,
        "zzddmm",
        "the more generous of two grounds counts",
    ),
    (
        published("CC BY 4.0", agreements=covering(scope=JAPAN)),
        NOW,
        FREE,
        "a narrow grant takes nothing from a licence",
    ),
    (
        published("InC", showing=SHOWING, agreements=ENDING),
        "2027-01-01 00:00",
        "zzddmm",
        "a person's decision stands after the agreement",
    ),
    (
        published("InC", agreements=covering(), ceiling=Ceiling(Step.CAPPED, "R-2")),
        NOW,
        "ccddmm",
        "a ceiling bounds a grant",
    ),
    (
        published("InC", agreements=covering(), cap=Cap(640, "R-3")),
        NOW,
        "ccddmm",
        "a cap bounds a grant",
    ),
    (
        published("InC", agreements=covering(), embargo=EMBARGO),
        NOW,
        SHUT,
        "an embargo bounds a grant",
    ),
    (
        Facts(Publication.DRAFT, agreements=covering()),
        NOW,
        "hhddmm",
        "a grant publishes nothing",
    ),
    # two layers
    (published("CC BY 4.0", work=work("PDM")), NOW, FREE, "both layers are free"),
    (published("CC BY 4.0", work=work("InC")), NOW, SHUT, "the work is in copyright"),
    (published("InC", work=work("PDM")), NOW, SHUT, "the photograph is in copyright"),
    (published("CC BY 4.0", work=work()), NOW, SHUT, "nobody knows about the work"),
    (
        published("CC BY 4.0", work=work("InC", showing=SHOWING)),
        NOW,
        "zzddmm",
        "a person decided about the work",
    ),
    (
        published("CNE", showing=SHOWING, work=work("InC")),
        NOW,
        SHUT,
        "a decision about the photograph is none about the work",
    ),
    (
        published("CC BY 4.0", work=work("InC"), agreements=covering(WORK)),
        NOW,
        "zzddmm",
        "the work's holder agreed",
    ),
    (
        published("CC BY 4.0", work=work("InC"), agreements=covering(WORK, largest_pixels=600)),
        NOW,
        "ccddmm",
        "the lower step wins",
    ),
    (
        published("CC BY 4.0", work=work("InC"), exceptions=exception(WORK)),
        NOW,
        "zzddmm",
        "panorama",
    ),
    (
        published("CC BY 4.0", work=work("InC"), exceptions=exception(PHOTOGRAPH)),
        NOW,
        SHUT,
        "an exception for the other layer",
    ),
    (
        published("InC", work=work("InC"), agreements=covering()),
        NOW,
        "zzddmm",
        "one agreement about both",
    ),
    (
        published("InC", work=work("InC"), agreements=covering(PHOTOGRAPH)),
        NOW,
        SHUT,
        "about the photograph alone",
    ),
    # exceptions of law
    (published("InC", exceptions=exception(PHOTOGRAPH)), NOW, "zzddmm", "law and article"),
    (published("InC", exceptions=exception(PHOTOGRAPH, " ")), NOW, SHUT, "an article has a name"),
    # exclusive agreements that the archive gave
    (published("CC BY 4.0", agreements=given_away()), NOW, SHUT, "others have it online"),
    (published("cc0", agreements=given_away(scope=JAPAN)), NOW, SHUT, "Japan is in the world"),
    (published("cc0", agreements=given_away(scope=PRINTS)), NOW, FREE, "prints are not pages"),
    (published("cc0", agreements=given_away(scope=SALES)), NOW, FREE, "we show, and do not sell"),
    (published("cc0", agreements=given_away(scope=EVERYTHING)), NOW, SHUT, "all of it"),
    (published("cc0", agreements=given_away(signed=None)), NOW, FREE, "a draft binds nobody"),
    (
        published("cc0", agreements=given_away(start=date(2027, 1, 1))),
        NOW,
        FREE,
        "before it begins",
    ),
    (
        published("cc0", agreements=given_away(end=date(2026, 11, 22))),
        "2026-11-22 23:59",
        SHUT,
        "on its last day",
    ),
    (
        published("cc0", agreements=given_away(end=date(2026, 11, 22))),
        "2026-11-23 00:00",
        FREE,
        "it is everybody's again",
    ),
    (
        published("InC", agreements=(*covering(), *given_away())),
        NOW,
        SHUT,
        "deny wins over what we were given",
    ),
    # releases
    (published("cc0", releases=(CONSENT,)), NOW, FREE, "the person agreed"),
    (published("cc0", releases=(WITHDRAWN_CONSENT,)), NOW, SHUT, "the ground was taken away"),
    (
        published("cc0", releases=(replace(WITHDRAWN_CONSENT, is_ground=False),)),
        NOW,
        FREE,
        "another ground stands: a review",
    ),
    (
        published("cc0", releases=(replace(CONSENT, until=date(2026, 11, 22)),)),
        "2026-11-22 23:59",
        FREE,
        "the last day of a consent",
    ),
    (
        published("cc0", releases=(replace(CONSENT, until=date(2026, 11, 22)),)),
        "2026-11-23 00:00",
        SHUT,
        "a consent for some time",
    ),
    (published("cc0", people_shown=True), NOW, FREE, "a missing release hides nothing"),
    (
        published("cc0", releases=(replace(CONSENT, minor=True),)),
        NOW,
        SHUT,
        "a child waits for a person",
    ),
    (
        published(
            "cc0",
            releases=(replace(CONSENT, minor=True),),
            sensitivity=replace(REVIEWED, terms=("minor",)),
        ),
        NOW,
        FREE,
        "a person has looked",
    ),
    # restrictions
    (restricted(), NOW, SHUT, "a court's order outlives its date"),
    (restricted(kind=RestrictionKind.DONOR), NOW, SHUT, "so does a donor's wish"),
    (restricted(kind=RestrictionKind.CULTURAL), NOW, SHUT, "so does a protocol"),
    (restricted(kind=RestrictionKind.SENSITIVITY), NOW, SHUT, "so does a sensitivity"),
    (restricted(kind=RestrictionKind.EMBARGO), NOW, FREE, "a plain embargo does not"),
    (restricted(effect=Step.HIDDEN), NOW, "hhddmm", "it may hide"),
    (restricted(effect=Step.THUMBNAIL), NOW, "ttddmm", "it may leave a thumbnail"),
    (restricted(effect=Step.CAPPED), NOW, "ccddmm", "it may cap"),
    (restricted(binds=Audience.PUBLIC), NOW, "rdddmm", "researchers may"),
    (restricted(binds=Audience.EDITOR), NOW, "rrrrmm", "only who clears rights"),
    (restricted(binds=Audience.ADMINISTRATOR), NOW, "rrrrrr", "nobody at all"),
    (
        published("cc0", restrictions=(EMBARGOED,)),
        "2025-12-31 23:59",
        FREE,
        "before it begins",
    ),
    (published("cc0", restrictions=(EMBARGOED,)), "2026-01-01 00:00", SHUT, "from its first day"),
    (published("cc0", restrictions=(EMBARGOED,)), "2027-02-28 23:59", SHUT, "on its last day"),
    (published("cc0", restrictions=(EMBARGOED,)), "2027-03-01 00:00", FREE, "it opens by itself"),
    (
        published("cc0", restrictions=(EMBARGOED, replace(COURT_ORDER, effect=Step.THUMBNAIL))),
        NOW,
        SHUT,
        "the lower of two",
    ),
    (
        published("cc0", restrictions=(replace(COURT_ORDER, effect=Step.MASTER),)),
        NOW,
        FREE,
        "it is about words",
    ),
    # all together
    (
        published("cc0", withdrawal=WITHDRAWAL, agreements=covering(scope=EVERYTHING)),
        NOW,
        "hhrrrr",
        "no grant brings back what was withdrawn",
    ),
    (
        published("InC", sensitivity=UNREVIEWED, agreements=covering()),
        NOW,
        SHUT,
        "a grant is no review",
    ),
    (
        published("InC", sensitivity=REVIEWED, agreements=covering()),
        NOW,
        "zzddmm",
        "granted and reviewed",
    ),
]


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_there_are_sixty_cases_and_each_is_another():
    assert len(CASES) >= 60
    assert len({reason for *_, reason in CASES}) > 60


@pytest.mark.parametrize(("known", "moment", "steps", "reason"), CASES)
def test_each_audience_gets_what_the_table_says_at_that_moment(known, moment, steps, reason):
    found = [decide(known, who, Purpose.VIEW, at(moment), POLICY) for who in Audience]
    assert [one.step.word for one in found] == [LETTERS[one].word for one in steps], reason
    for decision in found:
        assert decision.reasons and all(one.bound is decision.step for one in decision.reasons)


@pytest.mark.parametrize(("known", "moment", "steps", "reason"), CASES)
def test_reading_room_lifts_grounds_and_caps_and_no_restriction(known, moment, steps, reason):
    public = decide(known, Audience.PUBLIC, Purpose.VIEW, at(moment), READING_ROOM)
    reader = decide(known, Audience.RESEARCHER, Purpose.VIEW, at(moment), READING_ROOM)
    assert public.step is LETTERS[steps[0]], reason
    assert reader.step >= public.step
    if any(
        one.binds >= Audience.RESEARCHER
        and one.effect <= Step.RECORD
        and one.holds(Audience.RESEARCHER, at(moment), UTC)
        for one in known.restrictions
    ):
        assert reader.step <= Step.RECORD


@given(moments, policies, purposes, st.lists(coverings, max_size=3).map(tuple))
def test_without_a_ground_of_each_layer_no_pixel_leaves(moment, policy, purpose, agreements):
    """Agreements of any kind, and nothing else: a pixel needs one that covers showing to all."""
    known = published("InC", work=work("InC"), agreements=agreements)
    decision = decide(known, Audience.PUBLIC, purpose, moment, policy)
    if decision.pack is not None:
        granted = {
            layer
            for one in agreements
            for layer in one.layers
            if one.agreement.direction is Direction.IN
            and one.agreement.binds
            and one.agreement.covers_showing_to_all
        }
        assert granted == {PHOTOGRAPH, WORK}


ADDED = (
    st.tuples(st.just("restrictions"), restrictions)
    | st.tuples(st.just("releases"), releases)
    | st.tuples(
        st.just("agreements"),
        coverings.map(
            lambda one: Covering(replace(one.agreement, direction=Direction.OUT), one.layers)
        ),
    )
)


@given(facts, st.sampled_from(list(Audience)), moments, policies, ADDED)
def test_adding_an_entry_that_binds_never_raises_the_step(known, audience, moment, policy, added):
    name, entry = added
    more = replace(known, **{name: (*getattr(known, name), entry)})
    before = decide(known, audience, Purpose.VIEW, moment, policy)
    assert decide(more, audience, Purpose.VIEW, moment, policy).step <= before.step


@given(facts, st.sampled_from(list(Audience)), moments, policies, works)
def test_a_work_in_the_photograph_never_raises_the_step(known, audience, moment, policy, shown):
    alone = decide(replace(known, work=None), audience, Purpose.VIEW, moment, policy)
    with_work = decide(replace(known, work=shown), audience, Purpose.VIEW, moment, policy)
    assert with_work.step <= alone.step


@given(facts, purposes, moments, policies)
def test_who_comes_later_reads_every_word_that_the_one_before_reads(known, purpose, moment, policy):
    seen = [decide(known, audience, purpose, moment, policy) for audience in Audience]
    for lower, higher in pairwise(seen):
        assert set(higher.withheld) <= set(lower.withheld)
        assert set(higher.protected) <= set(lower.protected)


@given(facts, moments, policies, st.dates(date(1991, 1, 1), date(2037, 1, 1)), st.data())
def test_a_later_until_never_outlives_an_earlier_one(known, moment, policy, day, data):
    """Whatever ends sooner bounds the answer: of two days of an embargo, also the caches."""
    later = day + timedelta(days=data.draw(st.integers(1, 400)))
    opens = [
        replace(known, restrictions=(replace(EMBARGOED, start=None, end=end),))
        for end in (day, later)
    ]
    early, late = (decide(one, Audience.PUBLIC, Purpose.VIEW, moment, policy) for one in opens)
    assert late.step <= early.step
    both = replace(known, restrictions=(*opens[0].restrictions, *opens[1].restrictions))
    together = decide(both, Audience.PUBLIC, Purpose.VIEW, moment, policy)
    if together.until is not None:
        alone = [one.until for one in (early, late) if one.until is not None]
        assert alone and together.until >= min(alone)
        assert life(together, both).seconds_at(moment) <= (together.until - moment).total_seconds()


def test_an_agreement_names_itself_in_the_answer():
    known = published("InC", agreements=(Covering(agreement()),))
    (reason,) = decide(known, Audience.PUBLIC, Purpose.VIEW, at(NOW), POLICY).reasons
    assert reason.words == "An agreement lets everybody see it (A-12)."
    assert reason.detail == (
        "Licence of Studio Aliyev for The archive; non-exclusive; the world; online, embedding in "
        "other sites; showing the collection; signed 1 March 2025, without an end."
    )


@pytest.mark.parametrize(
    ("agreements", "moment", "words"),
    [
        (ENDING, "2027-06-01 12:00", "The agreement to show it ended on 31 December 2026 (A-12)."),
        (ENDING, "2025-06-01 12:00", "The agreement to show it begins on 1 January 2026 (A-12)."),
        (covering(signed=None), NOW, "The agreement about it is not signed (A-12)."),
        (
            covering(scope=JAPAN),
            NOW,
            "An agreement covers less than showing it to everybody; ask the archive (A-12).",
        ),
    ],
)
def test_an_agreement_that_does_not_do_says_why(agreements, moment, words):
    known = published("InC", agreements=agreements)
    (reason,) = decide(known, Audience.PUBLIC, Purpose.VIEW, at(moment), POLICY).reasons
    assert reason.words == words
