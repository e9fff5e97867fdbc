"""The rules of the audit: each speaks where it should, and is silent beside it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from rights_examples import (
    CONSENT,
    COURT_ORDER,
    EMBARGO,
    NOON,
    POLICY,
    REVIEWED,
    SHOWING,
    UNREVIEWED,
    WITHDRAWAL,
    WORLD_ONLINE,
    agreement,
    covering,
    given_away,
    moments,
    policies,
    published,
    recorded,
    work,
)
from rights_examples import (
    facts as all_facts,
)

from dam.rights.agreements import Covering, Direction, Medium, UsePurpose
from dam.rights.audit import Audited, Printed, audit
from dam.rights.audit_findings import AuditRule, Severity
from dam.rights.decision import decide
from dam.rights.facts import (
    Audience,
    Facts,
    Hold,
    Layer,
    LegalException,
    OrphanSearch,
    Publication,
    Purpose,
    RecordedStatement,
    Sensitivity,
    Step,
)
from dam.rights.releases import ReleaseState
from dam.rights.restrictions import RestrictionKind
from dam.rights.rules import Rule

TODAY = NOON.date()
DRAFT = Facts(Publication.DRAFT)
ARTICLE = LegalException("UrhG § 59", Layer.PHOTOGRAPH, "R-14")
ENDED = covering(end=TODAY - timedelta(days=1))
OTHERS = Covering(agreement(32, direction=Direction.OUT, licensee="Publisher", exclusive=True))
CREDITED = Printed(names_somebody=True)
SIGNED = Printed(says_copyright=True, names_somebody=True)
MINOR = replace(CONSENT, minor=True)
GONE = replace(CONSENT, state=ReleaseState.WITHDRAWN, is_ground=False)
LOOKED_AT = Sensitivity(("minor",), "Leyla Aliyeva", "R-5")


def ends_in(days: int, **more):
    return published("InC", agreements=covering(end=TODAY + timedelta(days=days), **more))


def exclusive(**more):
    """Two exclusive agreements, the second to a publisher; *more* is what the second says."""
    said = {"direction": Direction.OUT, "licensee": "Publisher", "exclusive": True, **more}
    second = Covering(agreement(32, **said))
    return published("cc0", agreements=(*given_away(), second))


CASES = [
    ("no-rights", published(), None, True, "nothing is recorded"),
    ("no-rights", published("CNE"), None, False, "a statement says at least that"),
    ("no-rights", published(exceptions=(ARTICLE,)), None, False, "an exception is something"),
    ("no-rights", published("cc0", work=work()), "R-11", True, "of the work that it shows"),
    ("unknown-rights", published(statement=RecordedStatement("x:y", "R-1")), "R-1", True, "what?"),
    ("unknown-rights", published("InC"), "R-1", False, "In Copyright is understood"),
    ("no-ground", published("InC"), "R-1", True, "published for nobody"),
    ("no-ground", published("InC", agreements=ENDED), "A-12", True, "the ground has ended"),
    ("no-ground", published("cc0"), "R-1", False, "CC0 is a ground"),
    ("no-ground", replace(DRAFT, statement=recorded("InC")), "R-1", False, "a draft waits"),
    ("no-ground", published("cc0", work=work("InC")), "R-11", True, "the work has none"),
    ("without-evidence", published("CNE", showing=SHOWING), "R-4", True, "--public"),
    ("without-evidence", published("CNE", showing=replace(SHOWING, by=" ")), "R-4", False, "who?"),
    ("without-evidence", published("cc0"), "R-1", False, "a licence is evidence"),
    ("agreement-unsigned", published("InC", agreements=covering(signed=None)), "A-12", True, "no"),
    ("agreement-unsigned", published("InC", agreements=covering()), "A-12", False, "signed"),
    ("expires-in-30-days", ends_in(0), "A-12", True, "today is the last day"),
    ("expires-in-30-days", ends_in(30), "A-12", True, "the thirtieth day counts"),
    ("expires-in-30-days", ends_in(31), "A-12", False, "later"),
    ("expires-in-30-days", ends_in(-1), "A-12", False, "it has ended"),
    ("expires-in-30-days", ends_in(5, void=True), "A-12", False, "it never was"),
    ("expires-in-60-days", ends_in(31), "A-12", True, "in the second month"),
    ("expires-in-60-days", ends_in(30), "A-12", False, "told once, as the nearer"),
    ("expires-in-90-days", ends_in(90), "A-12", True, "in the third month"),
    ("expires-in-90-days", ends_in(91), "A-12", False, "later than that"),
    ("shown-after-expiry", published("InC", agreements=ENDED, showing=SHOWING), "A-12", True, "on"),
    ("shown-after-expiry", published("InC", agreements=ENDED), "A-12", False, "nothing leaves"),
    ("shown-after-expiry", published("cc0", agreements=ENDED), "A-12", False, "it is free"),
    (
        "shown-after-expiry",
        published("InC", agreements=(*ENDED, Covering(agreement(13))), showing=SHOWING),
        "A-12",
        False,
        "another agreement took its place",
    ),
    ("exclusive-overlap", exclusive(), "A-31", True, "the same, twice"),
    ("exclusive-overlap", exclusive(exclusive=False), "A-31", False, "one is not exclusive"),
    (
        "exclusive-overlap",
        exclusive(scope=replace(WORLD_ONLINE, media=(Medium.PRINT,))),
        "A-31",
        False,
        "another medium",
    ),
    (
        "exclusive-overlap",
        exclusive(scope=replace(WORLD_ONLINE, territories=("JP",))),
        "A-31",
        True,
        "Japan lies in the world",
    ),
    (
        "exclusive-overlap",
        exclusive(scope=replace(WORLD_ONLINE, purposes=(UsePurpose.COMMERCIAL,))),
        "A-31",
        False,
        "another purpose",
    ),
    ("exclusive-overlap", exclusive(scope=replace(WORLD_ONLINE, media=())), "A-31", True, "silent"),
    (
        "exclusive-overlap",
        published(
            "cc0",
            agreements=(
                *given_away(end=date(2027, 1, 31)),
                replace(OTHERS, agreement=replace(OTHERS.agreement, start=date(2027, 2, 1))),
            ),
        ),
        "A-31",
        False,
        "one after the other",
    ),
    (
        "exclusive-overlap",
        published(
            "cc0", agreements=(*given_away(), replace(OTHERS, layers=(Layer.WORK,)))
        ),
        "A-31",
        True,
        "one gives both layers away",
    ),
    ("review-due", published("CNE", showing=replace(SHOWING, review_on=TODAY)), "R-4", True, "now"),
    ("review-due", published("CNE", showing=SHOWING), "R-4", False, "next year"),
    (
        "restriction-past-its-date",
        published("cc0", restrictions=(COURT_ORDER,)),
        "R-16",
        True,
        "a court's order holds until a person reviews it",
    ),
    (
        "restriction-past-its-date",
        published("cc0", restrictions=(replace(COURT_ORDER, kind=RestrictionKind.EMBARGO),)),
        "R-16",
        False,
        "an embargo opens by itself",
    ),
    (
        "restriction-past-its-date",
        published("cc0", embargo=replace(EMBARGO, until=TODAY, hold=Hold.DONOR)),
        "R-7",
        True,
        "a donor's embargo does not",
    ),
    (
        "restriction-past-its-date",
        published("cc0", embargo=replace(EMBARGO, hold=Hold.DONOR)),
        "R-7",
        False,
        "it is not over yet",
    ),
    ("no-release", published("cc0", people_shown=True), None, True, "people, and no paper"),
    ("no-release", published("cc0", people_shown=True, releases=(CONSENT,)), None, False, "signed"),
    ("no-release", published("cc0"), None, False, "nobody is shown"),
    (
        "consent-gone",
        published("cc0", releases=(GONE,)),
        "R-15",
        True,
        "withdrawn while another ground stands",
    ),
    (
        "consent-gone",
        published("cc0", releases=(replace(CONSENT, until=TODAY - timedelta(days=1)),)),
        "R-15",
        True,
        "it has ended",
    ),
    (
        "consent-gone",
        published("cc0", releases=(replace(CONSENT, until=TODAY),)),
        "R-15",
        False,
        "today is its last day",
    ),
    ("sensitive-unreviewed", published("cc0", sensitivity=UNREVIEWED), "R-5", True, "unseen"),
    ("sensitive-unreviewed", published("cc0", sensitivity=REVIEWED), "R-5", False, "seen"),
    ("minor-unreviewed", published("cc0", releases=(MINOR,)), "R-15", True, "a child"),
    (
        "minor-unreviewed",
        published("cc0", releases=(MINOR,), sensitivity=LOOKED_AT),
        "R-15",
        False,
        "somebody has looked",
    ),
    ("no-orphan-search", published("InC-OW-EU"), "R-1", True, "where was it searched for?"),
    (
        "no-orphan-search",
        published("InC-OW-EU", searches=(OrphanSearch(Layer.PHOTOGRAPH, "R-2", "EUIPO-7"),)),
        "R-1",
        False,
        "it was",
    ),
]  # fmt: skip
PRINTED_CASES = [
    ("false-copyright", published("pdm"), SIGNED, True, "a false claim"),
    ("false-copyright", published("pdm"), CREDITED, False, "no claim"),
    ("false-copyright", published("CC BY 4.0"), SIGNED, False, "a true claim"),
    ("false-copyright", published("pdm", work=work("InC")), SIGNED, False, "of the work shown"),
    ("no-credit", published("CC BY 4.0"), Printed(), True, "whom?"),
    ("no-credit", published("CC BY 4.0"), CREDITED, False, "somebody"),
    ("no-credit", published("cc0"), Printed(), False, "it is no duty"),
    ("no-credit", published("CC BY 4.0", agreements=covering(credit="A")), Printed(), False, "A"),
]


def of_rule(rule, facts, printed=CREDITED, moment=NOON):
    return [one for one in audit(Audited(facts, printed), moment, POLICY) if one.rule == rule]


@pytest.mark.parametrize(("rule", "facts", "record", "found", "why"), CASES)
def test_a_rule_speaks_of_its_record_or_is_silent(rule, facts, record, found, why):
    assert [one.record for one in of_rule(rule, facts)] == [record] * found, why


@pytest.mark.parametrize(("rule", "facts", "printed", "found", "why"), PRINTED_CASES)
def test_what_is_printed_is_held_against_the_statement(rule, facts, printed, found, why):
    assert [one.record for one in of_rule(rule, facts, printed)] == ["R-1"] * found, why


def test_every_rule_has_cases_both_ways():
    both = {(rule, found) for rule, _, _, found, _ in (*CASES, *PRINTED_CASES)}
    assert both == {(rule.value, found) for rule in AuditRule for found in (True, False)}


@pytest.mark.parametrize("case", CASES)
def test_of_what_was_withdrawn_nothing_is_found(case):
    assert audit(Audited(replace(case[1], withdrawal=WITHDRAWAL)), NOON, POLICY) == ()


def test_severity_says_what_comes_first():
    near, far = ends_in(10), ends_in(80)
    assert [of_rule(f"expires-in-{days}-days", facts)[0].severity for days, facts in (
        (30, near), (90, far))] == [Severity.HIGH, Severity.LOW]  # fmt: skip


def test_days_are_counted_where_the_archive_is():
    last = ends_in(0)
    assert of_rule("expires-in-30-days", last, moment=datetime(2026, 11, 22, 23, 59, tzinfo=UTC))
    assert not of_rule("expires-in-30-days", last, moment=datetime(2026, 11, 23, tzinfo=UTC))


@given(all_facts, moments, policies)
def test_findings_say_what_the_decision_says(facts, moment, policy):
    """Where the audit says that there is no ground, nothing leaves; and the other way round."""
    found = audit(Audited(facts, CREDITED), moment, policy)
    rules = {one.rule for one in found}
    decision = decide(facts, Audience.PUBLIC, Purpose.VIEW, moment, policy)
    bound = {reason.rule for reason in decision.findings if reason.bound is Step.RECORD}
    if facts.withdrawn:
        assert not rules
        return
    wanting = AuditRule.NO_GROUND in rules or (
        AuditRule.NO_RIGHTS in rules and facts.publication is Publication.PUBLISHED
    )
    published_without = facts.publication is Publication.PUBLISHED and bool(
        bound & {Rule.GROUND, Rule.WORK_GROUND}
    )
    assert wanting == published_without
    assert (AuditRule.MINOR_UNREVIEWED in rules) == (Rule.MINOR in bound)
    assert (AuditRule.SENSITIVE_UNREVIEWED in rules) == (Rule.SENSITIVITY in bound)
    if AuditRule.SHOWN_AFTER_EXPIRY in rules:
        assert decision.step > Step.RECORD
