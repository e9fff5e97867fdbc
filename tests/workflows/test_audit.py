"""The audit over an archive: on any day as the decision, whole, in order, and as files."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stored_rows import add_photograph

from dam.catalogue.changes import Description
from dam.catalogue.people import Contributor, PersonShown
from dam.catalogue.text import Text, TextField
from dam.errors import TooLarge
from dam.records import audited, register
from dam.records.register import NewRecord, RecordKind
from dam.rights.agreements import Agreement, AgreementKind, Direction, Medium, Scope, UsePurpose
from dam.rights.audit import audit as judge
from dam.rights.audit_findings import AuditRule, Severity
from dam.rights.entries import RestrictionSet
from dam.rights.facts import Audience, Purpose, Step
from dam.rights.restrictions import RestrictionKind
from dam.rights.rules import Rule
from dam.workflows import agree, ask, audit, audit_files, clear
from dam.workflows.ask import When
from dam.workflows.audit import Scope as Asked
from dam.workflows.audit import Tally
from dam.workflows.audit_files import AuditFormat

IN_COPYRIGHT = "http://rightsstatements.org/vocab/InC/1.0/"
CC_BY = "http://creativecommons.org/licenses/by/4.0/"
PUBLISHED = NewRecord(RecordKind.PUBLICATION, "published")
FORMULA = '=HYPERLINK("http://evil.example")'


def licence(**more) -> Agreement:
    said = {
        "number": 0,
        "direction": Direction.IN,
        "kind": AgreementKind.LICENCE,
        "licensor": "Studio Aliyev",
        "licensee": "The archive",
        "scope": Scope(("world",), (Medium.ONLINE, Medium.EMBEDDING), (UsePurpose.DISPLAY,)),
        "signed": date(2027, 3, 1),
        "end": date(2027, 5, 31),
    }
    return Agreement(**(said | more))


@pytest.fixture
def few(archive, clock):
    """Five photographs whose rights change on 1 March, 1 April and 1 May 2027."""
    with archive.writing.begin() as db:
        for name in "abcde":
            add_photograph(db, f"photo{name}", now=clock())
    for name in "abcd":
        clear.record(archive, f"photo{name}", [PUBLISHED], "Rana")
    clear.record(archive, "photoa", [NewRecord(RecordKind.STATEMENT, IN_COPYRIGHT)], "Rana")
    clear.record(archive, "photob", [NewRecord(RecordKind.STATEMENT, IN_COPYRIGHT)], "Rana")
    clear.record(archive, "photoc", [NewRecord(RecordKind.STATEMENT, CC_BY)], "Rana")
    clock.moment = datetime(2027, 4, 1, 12, tzinfo=UTC)
    number = agree.conclude(archive, licence(), "Rana")
    agree.cover(archive, number, ["photoa", "photob"], "Rana")
    order = RestrictionSet(kind=RestrictionKind.COURT)
    held = NewRecord(RecordKind.RESTRICTION, "court order", day=date(2027, 4, 15), detail=order)
    clear.record(archive, "photoc", [held], "Rana")
    clock.moment = datetime(2027, 5, 1, 12, tzinfo=UTC)
    clear.withdraw(archive, "photoa", "The family asked.", "Rana")
    agree.supersede(archive, number, licence(end=date(2027, 7, 31)), "Rana")
    return archive


def run(archive, **asked):
    return list(audit.run(archive, Asked(**asked), Tally()))


def told(archive, **asked):
    return [
        (one.photograph_id, one.finding.rule.value, one.finding.record)
        for one in run(archive, **asked)
    ]


def test_the_audit_of_a_day_is_by_what_was_known_then(few):
    assert told(few, as_of=date(2027, 3, 15)) == [
        ("photoa", "no-ground", "R-5"),
        ("photob", "no-ground", "R-6"),
        ("photoc", "no-credit", "R-7"),
        ("photod", "no-rights", None),
        ("photoe", "no-rights", None),
    ]
    assert told(few, as_of=date(2027, 4, 16))[:3] == [
        ("photoa", "expires-in-60-days", "A-1"),
        ("photob", "expires-in-60-days", "A-1"),
        ("photoc", "restriction-past-its-date", "R-8"),
    ]
    now = told(few)
    assert ("photob", "expires-in-90-days", "A-1") not in now  # 91 days are left
    assert not [one for one in now if one[0] == "photoa"]
    assert ("photob", "expires-in-30-days", "A-1") in told(few, on=date(2027, 7, 31))
    assert ("photob", "no-ground", "A-1") in told(few, on=date(2027, 8, 1))


def test_findings_at_a_date_are_the_decisions_at_that_date(few):
    """The audit reads rows of its own; what it says must be what ``explain`` would say."""
    for known in (None, date(2027, 3, 15), date(2027, 4, 1), date(2027, 5, 1)):
        for day in (date(2027, 3, 15), date(2027, 4, 16), date(2027, 6, 1), date(2027, 8, 1)):
            hold_against_the_decision(few, day, known)


def hold_against_the_decision(few, day, known):
    zone = few.settings.timezone
    when = When(
        on=datetime.combine(day, datetime.min.time().replace(hour=12), zone),
        as_of=known and datetime.combine(known, datetime.max.time(), zone),
    )
    names = [f"photo{name}" for name in "abcde"]
    with few.reading() as db:
        asked = ask.ask_in(db, few, names, Audience.PUBLIC, Purpose.VIEW, when)
    shut = {
        one
        for one, answer in asked.items()
        if not answer.decision.withdrawn
        and any(
            reason.rule is Rule.GROUND and reason.bound is Step.RECORD
            for reason in answer.decision.findings
        )
        and answer.facts.publication == "published"
    }
    found = run(few, on=day, as_of=known)
    wanting = {AuditRule.NO_GROUND, AuditRule.NO_RIGHTS}
    published = {one for one, answer in asked.items() if answer.facts.publication == "published"}
    assert {o.photograph_id for o in found if o.finding.rule in wanting} & published == shut
    whole = [
        (one, finding.rule, finding.record, finding.words, finding.day)
        for one in names
        for finding in judge(
            audited.Audited(asked[one].facts, audited.Printed()), when.on, few.policy
        )
    ]
    assert [
        (o.photograph_id, o.finding.rule, o.finding.record, o.finding.words, o.finding.day)
        for o in found
    ] == whole


words = st.sampled_from(["", IN_COPYRIGHT, CC_BY, "what?"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    photographs=st.lists(st.tuples(words, st.booleans(), st.booleans()), max_size=12),
    at_once=st.integers(1, 5),
)
def test_no_page_loses_or_repeats_a_photograph(archive, photographs, at_once):
    with archive.writing() as db:
        for number, (uri, published, superseded) in enumerate(photographs):
            one = add_photograph(db, f"p{number:03d}")
            records = [NewRecord(RecordKind.STATEMENT, uri)] + [PUBLISHED] * published
            for new in records * (1 + superseded):
                register.add(db, one, new, "Rana", archive.now())
        db.flush()
        rows = [row for page in audited.pages(db, at_once=at_once) for row in page]
        names = [f"p{number:03d}" for number in range(len(photographs))]
        assert [row.photograph_id for row in rows] == names
        facts = register.facts(db, names)
        for row in rows:
            expected = facts[row.photograph_id]
            found = audited.audited(row.combination, {}).facts
            named = f"R-{row.numbers[int(found.statement.record[2:])]}" if found.statement else None
            assert named == (expected.statement and expected.statement.record)
            assert found.publication is expected.publication
        some = len(names) // 2
        rest = audited.pages(db, after=names[some], at_once=at_once) if names else ()
        assert [row.photograph_id for page in rest for row in page] == names[some + 1 :]
        db.rollback()


def test_what_is_printed_and_who_is_shown_is_read(archive):
    said = Description(
        texts=(
            Text(TextField.TITLE, "az", "Xocalı"),
            Text(TextField.TITLE, "en", "Khojaly"),
            Text(TextField.COPYRIGHT, "en", "© 1992"),
        ),
        contributors=(Contributor("A. Printer", role="printer"),),
        people=(PersonShown("Nino Beridze"),),
    )
    with archive.writing.begin() as db:
        add_photograph(db, "one", said, now=archive.now())
    mark = "http://creativecommons.org/publicdomain/mark/1.0/"
    clear.record(archive, "one", [PUBLISHED, NewRecord(RecordKind.STATEMENT, mark)], "Rana")
    found = run(archive)
    assert [(one.finding.rule.value, one.title) for one in found] == [
        ("no-release", "Khojaly"),
        ("false-copyright", "Khojaly"),
    ]


def test_only_what_is_wanted_is_told_and_all_of_it_is_counted(few):
    tally = Tally()
    asked = Asked(as_of=date(2027, 3, 15), severities=frozenset({Severity.HIGH}))
    found = list(audit.run(few, asked, tally))
    assert [one.finding.rule for one in found] == [AuditRule.NO_CREDIT]
    assert (tally.photographs, tally.findings) == (5, 1)
    assert tally.of_severity(Severity.HIGH) == 1


@pytest.fixture
def found(few):
    first, *rest = run(few, as_of=date(2027, 3, 15))
    return [replace(first, title=FORMULA), *rest]


def written(found, kind) -> bytes:
    file = io.BytesIO()
    audit_files.write(found, kind, "https://photos.example", file)
    return file.getvalue()


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(found):
    rows = list(csv.DictReader(io.StringIO(written(found, AuditFormat.CSV).decode("utf-8-sig"))))
    assert [row["photograph"] for row in rows] == [f"photo{name}" for name in "abcde"]
    assert rows[0]["title"] == f"'{FORMULA}"
    assert rows[0]["page"] == "https://photos.example/p/photoa"
    assert rows[0]["finding"].startswith("“In Copyright” does not allow")


def test_a_workbook_holds_texts_alone(found):
    sheet = openpyxl.load_workbook(io.BytesIO(written(found, AuditFormat.XLSX)))["Findings"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0] == list(audit_files.HEADINGS)
    assert cells[1][1] == f"'{FORMULA}"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"inlineStr", "n", "s"}
    assert len(cells) == 6


def test_json_says_the_same_whole_and_line_by_line(found):
    whole = json.loads(written(found, AuditFormat.JSON))
    lines = [json.loads(line) for line in written(found, AuditFormat.JSON_LINES).splitlines()]
    assert whole == lines
    assert whole[0]["title"] == FORMULA
    assert (whole[2]["rule"], whole[2]["severity"], whole[3]["record"]) == (
        "no-credit", "high", None,
    )  # fmt: skip
    assert json.loads(written([], AuditFormat.JSON)) == []


def test_what_no_workbook_holds_is_refused_in_a_sentence(found, monkeypatch):
    monkeypatch.setattr(audit_files, "_MOST_ROWS_OF_A_WORKBOOK", 4)
    with pytest.raises(TooLarge, match="take CSV"):
        written(found, AuditFormat.XLSX)
    assert written(found[:4], AuditFormat.XLSX)
