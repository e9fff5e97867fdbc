"""Each rule by its name, alone."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from rights_examples import (
    CONSENT,
    COURT_ORDER,
    EMBARGO,
    NOON,
    POLICY,
    READING_ROOM,
    REVIEWED,
    SHOWING,
    UNREVIEWED,
    WITHDRAWAL,
    covering,
    given_away,
    published,
    work,
)

from dam.rights.agreements import Medium, Scope, UsePurpose
from dam.rights.facts import (
    Aside,
    Audience,
    Cap,
    Ceiling,
    Embargo,
    Facts,
    Hold,
    Layer,
    LegalException,
    Publication,
    Restriction,
    Sensitivity,
    Step,
)
from dam.rights.policy import Question
from dam.rights.releases import ReleaseState
from dam.rights.restrictions import RestrictionKind
from dam.rights.rules import (
    MANIFOLD_RULES,
    RULES,
    aside_rule,
    audience_rule,
    cap_rule,
    ceiling_rule,
    embargo_rule,
    exclusive_rules,
    findings,
    ground_rule,
    minor_rule,
    publication_rule,
    release_rules,
    restriction_rules,
    sensitivity_rule,
    turning_points,
    withdrawal_rule,
    work_ground_rule,
)

PUBLIC = Question(Audience.PUBLIC, NOON, POLICY)
RESEARCHER = Question(Audience.RESEARCHER, NOON, READING_ROOM)
STAFF = Question(Audience.STAFF, NOON, POLICY)
MANAGER = Question(Audience.RIGHTS_MANAGER, NOON, POLICY)
HIDDEN, RECORD, CAPPED, ZOOM = Step.HIDDEN, Step.RECORD, Step.CAPPED, Step.ZOOM
COURT = replace(EMBARGO, hold=Hold.COURT)
ANY = published("cc0")
CHILD = replace(CONSENT, is_ground=False, minor=True)
ARTICLE = LegalException("UrhG § 59", Layer.WORK, "R-14")
EMBARGOED = Restriction(RestrictionKind.EMBARGO, Step.THUMBNAIL, "R-16", end=date(2027, 3, 1))
PRINT = Scope(("world",), (Medium.PRINT,), (UsePurpose.ANY,))
DOWNLOADS = Scope(("world",), (Medium.DOWNLOAD,), (UsePurpose.ANY,))


def children(terms, reviewed_by="Leyla"):
    return published("cc0", releases=(CHILD,), sensitivity=Sensitivity(terms, reviewed_by, "R-5"))


TABLE = [
    (audience_rule, ANY, PUBLIC, Step.DOWNLOAD, None, "the public has no masters"),
    (audience_rule, ANY, STAFF, Step.DOWNLOAD, None, "nor has staff"),
    (audience_rule, ANY, MANAGER, Step.MASTER, None, "rights managers have"),
    (publication_rule, Facts(Publication.DRAFT), PUBLIC, HIDDEN, None, "a draft"),
    (publication_rule, ANY, PUBLIC, None, None, "published"),
    (publication_rule, Facts(Publication.DRAFT), STAFF, None, None, "staff see drafts"),
    (
        aside_rule,
        published(aside=Aside("another", earlier_version=False)),
        PUBLIC,
        HIDDEN,
        None,
        "",
    ),
    (aside_rule, published(aside=Aside("another", earlier_version=True)), STAFF, RECORD, None, ""),
    (aside_rule, published(aside=Aside("another", earlier_version=True)), MANAGER, None, None, ""),
    (aside_rule, ANY, PUBLIC, None, None, "nothing stands for it"),
    (withdrawal_rule, published(withdrawal=WITHDRAWAL), PUBLIC, HIDDEN, "R-9", "no pixel"),
    (withdrawal_rule, published(withdrawal=WITHDRAWAL), MANAGER, RECORD, "R-9", "no pixel"),
    (withdrawal_rule, Facts(Publication.WITHDRAWN), PUBLIC, HIDDEN, None, "no record known"),
    (withdrawal_rule, ANY, PUBLIC, None, None, "not withdrawn"),
    (embargo_rule, published(embargo=EMBARGO), PUBLIC, RECORD, "R-7", "before the day"),
    (embargo_rule, published(embargo=EMBARGO), RESEARCHER, RECORD, "R-7", "for researchers too"),
    (embargo_rule, published(embargo=EMBARGO), STAFF, None, None, "not for staff"),
    (embargo_rule, published(embargo=COURT), PUBLIC, RECORD, "R-7", "a court's"),
    (embargo_rule, ANY, PUBLIC, None, None, "no embargo"),
    (ground_rule, ANY, PUBLIC, Step.DOWNLOAD, "R-1", "a licence"),
    (ground_rule, published("InC"), PUBLIC, RECORD, "R-1", "no permission"),
    (ground_rule, published(), PUBLIC, RECORD, None, "silence"),
    (ground_rule, published("InC"), RESEARCHER, ZOOM, "R-1", "a reading room"),
    (ground_rule, published("InC"), STAFF, None, None, "staff need none"),
    (ground_rule, published("CNE", showing=SHOWING), PUBLIC, ZOOM, "R-4", "a person"),
    (ground_rule, published(agreements=covering()), PUBLIC, ZOOM, "A-12", "a grant"),
    (work_ground_rule, ANY, PUBLIC, None, None, "it shows no work"),
    (work_ground_rule, published(work=work("InC")), PUBLIC, RECORD, "R-11", "the work's own"),
    (work_ground_rule, published(work=work()), PUBLIC, RECORD, "R-11", "silence about the work"),
    (work_ground_rule, published(work=work("PDM")), PUBLIC, Step.DOWNLOAD, "R-11", "an old work"),
    (work_ground_rule, published(work=work("InC")), STAFF, None, None, "staff need none"),
    (
        work_ground_rule,
        published(work=work("InC"), exceptions=(ARTICLE,)),
        PUBLIC,
        ZOOM,
        "R-14",
        "a law allows it",
    ),
    (minor_rule, published(releases=(CHILD,)), PUBLIC, RECORD, "R-15", "a child"),
    (minor_rule, published(releases=(CHILD,)), STAFF, None, None, "reviewers see it"),
    (minor_rule, published(releases=(CONSENT,)), PUBLIC, None, None, "no child"),
    (minor_rule, children(("minor",)), PUBLIC, None, None, "reviewed as one"),
    (minor_rule, children(("grief",)), PUBLIC, RECORD, "R-15", "reviewed for another reason"),
    (minor_rule, children(("minor",), None), PUBLIC, RECORD, "R-15", "not reviewed"),
    (ceiling_rule, published(ceiling=Ceiling(CAPPED, "R-2")), PUBLIC, CAPPED, "R-2", "a ceiling"),
    (ceiling_rule, published(ceiling=Ceiling(CAPPED, "R-2")), RESEARCHER, ZOOM, "R-2", "lifted"),
    (ceiling_rule, published(ceiling=Ceiling(HIDDEN, "R-2")), RESEARCHER, HIDDEN, "R-2", "hidden"),
    (ceiling_rule, published(ceiling=Ceiling(HIDDEN, "R-2")), STAFF, None, None, "not for staff"),
    (ceiling_rule, ANY, PUBLIC, None, None, "no ceiling"),
    (cap_rule, published(cap=Cap(800, "R-3")), PUBLIC, CAPPED, "R-3", "a cap"),
    (cap_rule, published(cap=Cap(800, "R-3")), RESEARCHER, ZOOM, "R-3", "lifted"),
    (cap_rule, published(cap=Cap(800, "R-3")), STAFF, None, None, "not for staff"),
    (cap_rule, ANY, PUBLIC, None, None, "no cap"),
    (sensitivity_rule, published(sensitivity=UNREVIEWED), PUBLIC, RECORD, "R-5", "unreviewed"),
    (
        sensitivity_rule,
        published(sensitivity=UNREVIEWED),
        RESEARCHER,
        RECORD,
        "R-5",
        "for them too",
    ),
    (sensitivity_rule, published(sensitivity=REVIEWED), PUBLIC, None, None, "reviewed"),
    (sensitivity_rule, published(sensitivity=UNREVIEWED), STAFF, None, None, "not for staff"),
    (sensitivity_rule, ANY, PUBLIC, None, None, "nothing sensitive"),
]


@pytest.mark.parametrize(("rule", "known", "question", "bound", "record", "reason"), TABLE)
def test_rule_bounds_what_it_is_about_and_names_its_record(
    rule, known, question, bound, record, reason
):
    found = rule(known, question)
    assert (found.bound if found else None) == bound, reason
    assert (found.record if found else None) == record, reason
    if found and record:
        assert record in found.words


MANIFOLD = [
    (exclusive_rules, published(agreements=given_away()), PUBLIC, [(RECORD, "A-31")], "online"),
    (exclusive_rules, published(agreements=given_away()), STAFF, [], "we work with it"),
    (exclusive_rules, published(agreements=given_away(scope=PRINT)), PUBLIC, [], "print alone"),
    (
        exclusive_rules,
        published(agreements=given_away(scope=DOWNLOADS)),
        PUBLIC,
        [(ZOOM, "A-31")],
        "files alone",
    ),
    (
        exclusive_rules,
        published(agreements=given_away(scope=Scope())),
        PUBLIC,
        [(RECORD, "A-31")],
        "what it does not say it takes",
    ),
    (
        exclusive_rules,
        published(agreements=given_away(exclusive=False)),
        PUBLIC,
        [],
        "others may have it too",
    ),
    (
        exclusive_rules,
        published(agreements=given_away(end=date(2026, 11, 21))),
        PUBLIC,
        [],
        "it has ended",
    ),
    (exclusive_rules, published(agreements=covering(exclusive=True)), PUBLIC, [], "we have it"),
    (release_rules, published(releases=(CONSENT,)), PUBLIC, [], "consent stands"),
    (
        release_rules,
        published(releases=(replace(CONSENT, state=ReleaseState.WITHDRAWN),)),
        PUBLIC,
        [(RECORD, "R-15")],
        "withdrawn, and it was the ground",
    ),
    (
        release_rules,
        published(releases=(replace(CONSENT, state=ReleaseState.REFUSED),)),
        PUBLIC,
        [(RECORD, "R-15")],
        "never given",
    ),
    (
        release_rules,
        published(releases=(replace(CONSENT, until=date(2026, 11, 21)),)),
        PUBLIC,
        [(RECORD, "R-15")],
        "for some time, which is over",
    ),
    (
        release_rules,
        published(releases=(replace(CONSENT, state=ReleaseState.WITHDRAWN, is_ground=False),)),
        PUBLIC,
        [],
        "another ground stands",
    ),
    (
        release_rules,
        published(releases=(replace(CONSENT, state=ReleaseState.WITHDRAWN),)),
        STAFF,
        [],
        "not for staff",
    ),
    (restriction_rules, published(restrictions=(COURT_ORDER,)), PUBLIC, [(RECORD, "R-16")], "it"),
    (restriction_rules, published(restrictions=(COURT_ORDER,)), STAFF, [], "binds outsiders"),
    (
        restriction_rules,
        published(restrictions=(replace(COURT_ORDER, binds=Audience.EDITOR),)),
        STAFF,
        [(RECORD, "R-16")],
        "a court may bind staff",
    ),
    (
        restriction_rules,
        published(restrictions=(replace(COURT_ORDER, binds=Audience.EDITOR),)),
        MANAGER,
        [],
        "and leave who clears rights",
    ),
    (
        restriction_rules,
        published(restrictions=(EMBARGOED, COURT_ORDER)),
        PUBLIC,
        [(Step.THUMBNAIL, "R-16"), (RECORD, "R-16")],
        "each says its own",
    ),
    (
        restriction_rules,
        published(restrictions=(replace(COURT_ORDER, start=date(2027, 1, 1)),)),
        PUBLIC,
        [],
        "not begun",
    ),
    (
        restriction_rules,
        published(restrictions=(replace(COURT_ORDER, effect=Step.MASTER),)),
        PUBLIC,
        [],
        "about words alone",
    ),
]


@pytest.mark.parametrize(("rule", "known", "question", "said", "reason"), MANIFOLD)
def test_rule_of_several_entries_says_what_each_that_binds_allows(
    rule, known, question, said, reason
):
    found = list(rule(known, question))
    assert [(one.bound, one.record) for one in found] == said, reason
    assert all(one.record in one.words for one in found)


def test_every_rule_is_in_the_table_and_asked():
    assert {rule for rule, *_ in TABLE} == set(RULES)
    assert {rule for rule, *_ in MANIFOLD} == set(MANIFOLD_RULES)


def test_what_the_public_reads_holds_no_names_and_no_terms():
    known = published(
        "CNE",
        showing=SHOWING,
        sensitivity=UNREVIEWED,
        withdrawal=WITHDRAWAL,
        embargo=COURT,
        releases=(replace(CONSENT, state=ReleaseState.WITHDRAWN), CHILD),
        restrictions=(COURT_ORDER,),
        agreements=(*covering(end=date(2026, 1, 1)), *given_away()),
    )
    read = " ".join(reason.words for reason in findings(known, PUBLIC))
    for secret in ("Leyla", "family", "minor", "grief", "court", "Beridze", "Baku", "City Museum"):
        assert secret not in read
        assert any(secret in reason.detail for reason in findings(known, PUBLIC))


def test_words_name_the_day_in_the_time_zone_of_the_archive():
    assert embargo_rule(published(embargo=EMBARGO), PUBLIC).words == (
        "An embargo holds it until 1 March 2027 (R-7)."
    )


@pytest.mark.parametrize("at", [NOON, NOON.replace(tzinfo=None)])
def test_withdrawal_is_explained_with_or_without_a_zone(at: datetime):
    known = published(withdrawal=replace(WITHDRAWAL, at=at))
    assert withdrawal_rule(known, PUBLIC).words == "It was withdrawn on 22 November 2026 (R-9)."


def test_only_a_plain_embargo_is_a_turning_point():
    plain = published(embargo=Embargo(date(2027, 3, 1), "R-7"))
    assert len(list(turning_points(plain, POLICY))) == 1
    assert not list(turning_points(published(embargo=COURT), POLICY))


def test_days_of_agreements_releases_and_restrictions_are_turning_points():
    known = published(
        agreements=covering(start=date(2027, 1, 1), end=date(2027, 12, 31)),
        releases=(replace(CONSENT, until=date(2027, 6, 30)),),
        restrictions=(EMBARGOED,),
    )
    days = sorted(point.date().isoformat() for point in turning_points(known, POLICY))
    assert days == ["2027-01-01", "2027-03-01", "2027-07-01", "2028-01-01"]
