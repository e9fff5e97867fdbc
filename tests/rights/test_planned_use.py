"""Planned uses: yes only when all covers it, no when one forbids, ask where all is silent."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rights_examples import (
    CONSENT,
    COURT_ORDER,
    EMBARGO,
    REVIEWED,
    UNREVIEWED,
    WITHDRAWAL,
    covering,
    facts,
    given_away,
    published,
    work,
)

from dam.rights.agreements import Medium, Scope, UsePurpose
from dam.rights.answering import answer
from dam.rights.facts import Cap, Ceiling, Layer, Step
from dam.rights.planned_use import UnusablePlan, Use, Verdict, lowest
from dam.rights.releases import ReleaseKind, ReleaseState

YES, ASK, NO = Verdict.YES, Verdict.ASK, Verdict.NO
# "May Mori & Co. use this on a tote bag in Japan until 2028?"
TOTE_BAG = Use(
    "Mori & Co.",
    Medium.MERCHANDISE,
    UsePurpose.COMMERCIAL,
    date(2026, 12, 1),
    ("JP",),
    date(2028, 12, 31),
    pixels=3000,
    copies=500,
)
LESSON = replace(TOTE_BAG, medium=Medium.PRINT, purpose=UsePurpose.EDUCATION)
ON_A_SITE = replace(TOTE_BAG, medium=Medium.ONLINE, purpose=UsePurpose.EDITORIAL)
JAPAN = Scope(("JP", "KR"), (Medium.MERCHANDISE, Medium.PRINT), (UsePurpose.COMMERCIAL,))


def licensed(**more):
    """Facts with an agreement that covers the tote bag, changed by *more*."""
    said = {"scope": JAPAN, "sublicensing": True, "end": date(2029, 1, 1), "perpetual": False}
    return published("InC", agreements=covering(**(said | more)))


ANY = Scope(("world",), (Medium.ANY,), (UsePurpose.ANY,))
CASES = (
    # facts, use, verdict, words of the deciding clause, why
    (published(), TOTE_BAG, ASK, "Nothing on record", "silence is ask"),
    (published("CC0"), TOTE_BAG, YES, "anything", "CC0 holds nothing back"),
    (published("PDM"), replace(TOTE_BAG, last=None), YES, "anything", "for ever too"),
    (published("CC BY 4.0"), TOTE_BAG, YES, "with credit", "BY allows selling"),
    (published("CC BY-SA 4.0"), TOTE_BAG, YES, "same licence", "share alike is told"),
    (published("CC BY-NC 4.0"), TOTE_BAG, NO, "forbids uses by which", "NC forbids selling"),
    (published("CC BY-NC 4.0"), LESSON, YES, "with credit", "teaching is not selling"),
    (published("CC BY-ND 4.0"), replace(LESSON, changed=True), NO, "changed copies", "ND"),
    (published("CC BY-ND 4.0"), LESSON, YES, "with credit", "ND unchanged"),
    (published("InC"), TOTE_BAG, ASK, "does not say", "in copyright: ask"),
    (published("InC-EDU"), LESSON, YES, "teaching", "InC-EDU for teaching"),
    (published("InC-EDU"), TOTE_BAG, ASK, "does not say", "InC-EDU for nothing else"),
    (published("InC-NC"), LESSON, YES, "nobody earns", "InC-NC where nobody earns"),
    (published("InC-NC"), TOTE_BAG, ASK, "nobody earns", "the holder can be asked"),
    (published("NoC-NC"), TOTE_BAG, NO, "nobody earns", "a contract forbids"),
    (published("NoC-US"), TOTE_BAG, ASK, "does not say", "Japan is not the United States"),
    (published("NoC-US"), replace(TOTE_BAG, territories=("US",)), YES, "United States", "there"),
    (published("CNE"), LESSON, ASK, "does not say", "not evaluated"),
    (published("UND"), LESSON, ASK, "does not say", "undetermined"),
    (published("CC0", work=work()), TOTE_BAG, ASK, "Nothing on record", "the work is silent"),
    (published("CC0", work=work("InC")), TOTE_BAG, ASK, "does not say", "the lower layer counts"),
    (published("CC0", work=work("CC BY 4.0")), TOTE_BAG, YES, "anything", "both cover it"),
    (licensed(), TOTE_BAG, YES, "covers the use", "an agreement covers all of it"),
    (licensed(scope=ANY), TOTE_BAG, YES, "covers the use", "the world covers Japan"),
    (licensed(end=date(2028, 12, 31)), TOTE_BAG, YES, "covers the use", "the last day is covered"),
    (licensed(end=date(2028, 12, 30)), TOTE_BAG, ASK, "ends on 30", "it ends a day before"),
    (licensed(), replace(TOTE_BAG, last=None), ASK, "ends on", "the use has no end"),
    (licensed(start=date(2026, 12, 2)), TOTE_BAG, ASK, "begins on 2", "it begins a day late"),
    (licensed(signed=None), TOTE_BAG, ASK, "not signed", "a draft covers nothing"),
    (licensed(void=True), TOTE_BAG, ASK, "does not say", "what is void is not there"),
    (licensed(), replace(TOTE_BAG, territories=("JP", "DE")), ASK, "Germany", "one is missing"),
    (licensed(), replace(TOTE_BAG, territories=("world",)), ASK, "the world", "two are not all"),
    (licensed(), ON_A_SITE, ASK, "not for online", "another medium"),
    (licensed(), replace(TOTE_BAG, purpose=UsePurpose.EDITORIAL), ASK, "news", "purpose"),
    (licensed(largest_pixels=2999), TOTE_BAG, NO, "2999 pixels", "larger than it allows"),
    (licensed(largest_pixels=3000), TOTE_BAG, YES, "covers the use", "just as large"),
    (licensed(largest_pixels=9), replace(TOTE_BAG, pixels=None), ASK, "how many", "no size"),
    (licensed(print_run=499), TOTE_BAG, NO, "499 copies", "one copy too many"),
    (licensed(alterations=False), replace(TOTE_BAG, changed=True), NO, "changed", "forbidden"),
    (licensed(), replace(TOTE_BAG, changed=True), ASK, "changed copies", "it does not say"),
    (licensed(mining=False), replace(TOTE_BAG, mining=True), NO, "mining", "forbidden"),
    (licensed(sublicensing=None), TOTE_BAG, ASK, "others than", "may it be passed on?"),
    (licensed(sublicensing=False), TOTE_BAG, NO, "others than", "it may not"),
    (licensed(sublicensing=False), replace(TOTE_BAG, for_others=False), YES, "covers", "we do"),
    (published("CC0", agreements=given_away(scope=ANY)), TOTE_BAG, NO, "alone", "exclusive out"),
    (published("CC0", agreements=given_away(scope=JAPAN)), LESSON, YES, "anything", "outside it"),
    (
        published("CC0", agreements=given_away(scope=Scope())),
        TOTE_BAG,
        NO,
        "alone",
        "silence takes",
    ),
    (
        published("CC0", agreements=given_away(scope=Scope(("DE",)))),
        TOTE_BAG,
        YES,
        "anything",
        "in Germany alone",
    ),
    (
        published("CC0", agreements=given_away(scope=ANY, end=date(2026, 11, 30))),
        TOTE_BAG,
        YES,
        "anything",
        "it ended the day before",
    ),
    (
        published("CC0", agreements=given_away(scope=ANY, licensee="mori & co. ")),
        TOTE_BAG,
        YES,
        "anything",
        "it is theirs",
    ),
    (published("CC0", withdrawal=WITHDRAWAL), LESSON, NO, "withdrawn", "withdrawn"),
    (published("CC0", embargo=EMBARGO), LESSON, NO, "until 1 March 2027", "an embargo"),
    (
        published("CC0", embargo=EMBARGO),
        replace(LESSON, first=EMBARGO.until),
        YES,
        "anything",
        "the first visible day",
    ),
    (published("CC0", ceiling=Ceiling(Step.ZOOM, "R-2")), LESSON, NO, "zoom (R-2)", "no file"),
    (published("CC0", ceiling=Ceiling(Step.ZOOM, "R-2")), ON_A_SITE, YES, "anything", "zoom does"),
    (published("CC0", cap=Cap(2000, "R-3")), LESSON, NO, "2000 pixels", "capped below"),
    (published("CC0", cap=Cap(2000, "R-3")), replace(LESSON, pixels=2000), YES, "any", "within"),
    (published("CC0", sensitivity=UNREVIEWED), LESSON, ASK, "nobody has reviewed", "care"),
    (published("CC0", sensitivity=REVIEWED), LESSON, YES, "anything", "somebody has looked"),
    (published("CC0", restrictions=(COURT_ORDER,)), LESSON, NO, "Baku City Court", "held on"),
    (published("CC0", people_shown=True), TOTE_BAG, ASK, "no release", "selling a likeness"),
    (published("CC0", people_shown=True), LESSON, YES, "anything", "documentary work goes on"),
    (published("CC0", releases=(CONSENT,)), TOTE_BAG, YES, "anything", "any purpose"),
    (
        published("CC0", releases=(replace(CONSENT, purposes=(UsePurpose.DISPLAY,)),)),
        TOTE_BAG,
        ASK,
        "does not name",
        "consent to showing is none to selling",
    ),
    (
        published("CC0", releases=(replace(CONSENT, until=date(2028, 12, 30)),)),
        TOTE_BAG,
        ASK,
        "ends before",
        "consent ends before the use",
    ),
    (
        published("CC0", releases=(replace(CONSENT, state=ReleaseState.WITHDRAWN),)),
        LESSON,
        NO,
        "withdrawn by Nino",
        "consent was the ground",
    ),
    (
        published(
            "CC0", releases=(replace(CONSENT, state=ReleaseState.WITHDRAWN, is_ground=False),)
        ),
        LESSON,
        ASK,
        "withdrawn by Nino",
        "another ground stands, somebody looks",
    ),
    (published("CC0", releases=(replace(CONSENT, minor=True),)), TOTE_BAG, ASK, "child", "minor"),
    (
        published("CC0", releases=(replace(CONSENT, minor=True, kind=ReleaseKind.GUARDIAN),)),
        TOTE_BAG,
        YES,
        "anything",
        "a guardian signed",
    ),
)


@pytest.mark.parametrize(("known", "use", "verdict", "words", "why"), CASES)
def test_a_planned_use_is_answered_with_its_clause(known, use, verdict, words, why):
    found = answer(known, use)
    assert found.verdict is verdict, (why, found)
    assert words in found.clauses[0].words, (why, found.clauses[0].words)
    assert all(one.words.endswith(".") for one in found.clauses)


def test_the_answer_names_the_record_of_each_clause():
    found = answer(published("InC", agreements=covering(scope=JAPAN), cap=Cap(10, "R-3")), TOTE_BAG)
    assert [(one.verdict, one.record) for one in found.clauses] == [(NO, "R-3"), (ASK, "A-12")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"medium": Medium.ANY},
        {"purpose": UsePurpose.ANY},
        {"territories": ()},
        {"last": date(2026, 11, 30)},
        {"pixels": 0},
        {"copies": 0},
    ],
)
def test_a_use_that_cannot_be_is_refused(wrong):
    with pytest.raises(UnusablePlan):
        replace(TOTE_BAG, **wrong)


def test_of_several_photographs_the_lowest_answer_counts():
    assert lowest([YES, ASK, NO]) is NO
    assert lowest([YES, ASK]) is ASK
    assert lowest([YES, YES]) is YES
    assert lowest([]) is ASK


uses = st.builds(
    Use,
    st.sampled_from(["Mori & Co.", "City Museum"]),
    st.sampled_from([one for one in Medium if one is not Medium.ANY]),
    st.sampled_from([one for one in UsePurpose if one is not UsePurpose.ANY]),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    st.sampled_from([("JP",), ("world",), ("JP", "DE")]),
    st.none() | st.dates(date(2031, 1, 1), date(2040, 1, 1)),
    st.none() | st.integers(1, 9000),
    st.none() | st.integers(1, 9000),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(facts, uses)
def test_yes_needs_every_clause_and_no_needs_one(known, use):
    found = answer(known, use)
    verdicts = [one.verdict for one in found.clauses]
    assert len(verdicts) >= len(known.layers)
    assert (found.verdict is NO) == (NO in verdicts)
    assert (found.verdict is YES) == (set(verdicts) == {YES})


@given(facts, uses)
def test_a_shorter_smaller_narrower_use_is_never_answered_worse(known, use):
    narrower = replace(
        use,
        last=use.last or use.first + timedelta(days=30_000),
        territories=use.territories[:1],
        pixels=1,
        copies=1,
        changed=False,
        mining=False,
        for_others=False,
    )
    order = [NO, ASK, YES]
    assert order.index(answer(known, narrower).verdict) >= order.index(answer(known, use).verdict)


def test_the_work_and_the_photograph_are_named_apart():
    found = answer(published("InC", work=work("InC")), TOTE_BAG)
    said = " ".join(one.words for one in found.clauses)
    assert all(layer.words in said for layer in Layer)
