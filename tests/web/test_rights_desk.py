"""The rights desk: each field is a record, what is wrong records nothing, withdrawal is at once."""

import re
from datetime import date

import pytest
from browsers import (
    CC_BY,
    CC_ZERO,
    CNE,
    PROGRAM,
    describe_as,
    new_photograph,
    published,
    signed_in,
    work,
)

from dam.catalogue.text import Text, TextField
from dam.records import log, register
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience, Hold
from dam.web.application import create_app
from dam.workflows import clear


@pytest.fixture
def one(archive) -> str:
    made = new_photograph(archive, 1)
    describe_as(archive, made, Text(TextField.TITLE, "en", "Titled"))
    clear.record(archive, made, published(), "tests")
    work(archive)
    return made


def history(archive, one: str):
    with archive.reading() as db:
        return register.history(db, one)


def facts(archive, one: str):
    with archive.reading() as db:
        return register.facts(db, [one])[one]


def revision(archive, one: str) -> str:
    found = history(archive, one)
    return str(found[0].id if found else 0)


def record(manager, archive, one: str, **fields: str):
    """Send one or more fields of the form as they hold now."""
    return manager.post(
        f"/rights/p/{one}", {"revision": revision(archive, one), **fields}, follow_redirects=False
    )


def whole_form(manager, one: str) -> dict[str, str]:
    """The form as a browser sends it when nothing was touched."""
    page = manager.get(f"/rights/p/{one}").text
    form = page[page.index('class="grid-form"') : page.index("Record this decision")]
    fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*?value="([^"]*)"', form))
    for name, options in re.findall(
        r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.findall(r'<option value="([^"]*)" selected', options)
        first = re.findall(r'<option value="([^"]*)"', options)[0]
        fields[name] = chosen[0] if chosen else first
    if not re.search(r'name="show_without_evidence"[^>]* checked', form):
        fields.pop("show_without_evidence", None)
    fields.pop("confirmed", None)
    return fields


FIELDS = [
    ({"rights": CC_ZERO}, RecordKind.STATEMENT, CC_ZERO),
    ({"rights_other": "https://creativecommons.org/licenses/by-nc/3.0/de/deed.en"}, None, None),
    ({"rights": ""}, RecordKind.STATEMENT, ""),
    ({"access": "record"}, RecordKind.CEILING, "record"),
    ({"cap": " 800 "}, RecordKind.CAP, 800),
    ({"embargo": "2027-04-01"}, RecordKind.EMBARGO, date(2027, 4, 1)),
    ({"sensitivity": "minor"}, RecordKind.SENSITIVITY, "minor"),
]


@pytest.mark.parametrize(("fields", "kind", "value"), FIELDS)
def test_each_field_becomes_one_record_with_its_author_and_event(
    archive, manager, one, fields, kind, value
):
    before = history(archive, one)
    answer = record(manager, archive, one, **fields)
    assert answer.status_code == 303
    newest, *rest = history(archive, one)
    assert tuple(rest) == before, "nothing that was recorded before is changed"
    assert newest.recorded_by == "Rights_Manager"
    assert newest.recorded_at == archive.now()
    if kind is not None:
        new = newest.value
        assert new.kind is kind
        assert value in {new.text, new.number, new.day}
    with archive.reading() as db:
        event = log.of_subject(db, "photograph", one)[0]
    assert (event.actor, event.verb, event.field) == (
        "Rights_Manager",
        "recorded",
        newest.value.kind,
    )


def test_a_form_that_was_not_touched_records_nothing(archive, manager, one):
    states = [
        [],
        [NewRecord(RecordKind.CAP, number=40), NewRecord(RecordKind.CEILING, "zoom")],
        [NewRecord(RecordKind.EMBARGO, "plain", day=date(2027, 5, 1))],
        [NewRecord(RecordKind.SENSITIVITY, "minor; grief")],
        [NewRecord(RecordKind.REVIEW, "reviewed")],
        [NewRecord(RecordKind.SHOWING, "no evidence", day=date(2028, 1, 1))],
        [NewRecord(RecordKind.STATEMENT, "http://creativecommons.org/licenses/by-nc/3.0/de/")],
        [NewRecord(RecordKind.STATEMENT)],
    ]
    for records in states:
        if records:
            clear.record(archive, one, records, "tests")
        before = history(archive, one)
        answer = manager.post(f"/rights/p/{one}", whole_form(manager, one))
        assert answer.status_code == 303
        assert history(archive, one) == before, records


def test_fields_that_are_not_sent_end_nothing(archive, manager, one):
    restrictions = [
        NewRecord(RecordKind.CAP, number=40),
        NewRecord(RecordKind.EMBARGO, "plain", day=date(2027, 5, 1)),
        NewRecord(RecordKind.SENSITIVITY, "minor"),
        NewRecord(RecordKind.CEILING, "record"),
        NewRecord(RecordKind.SHOWING, "no evidence", day=date(2028, 1, 1)),
    ]
    clear.record(archive, one, restrictions, "tests")
    before = history(archive, one)
    assert record(manager, archive, one).status_code == 303
    assert history(archive, one) == before


def test_another_day_leaves_a_court_s_restriction_with_the_court(archive, manager, one):
    held = [NewRecord(RecordKind.EMBARGO, Hold.COURT, day=date(2027, 5, 1))]
    clear.record(archive, one, held, "tests")
    record(manager, archive, one, embargo="2027-02-01")
    assert facts(archive, one).embargo.hold is Hold.COURT
    assert manager.get(f"/iiif/3/{one}/info.json").status_code == 403


SHOW = {"show_without_evidence": "1", "review": "2027-09-01"}


def test_showing_without_evidence_is_confirmed_first_and_the_form_is_kept(archive, manager, one):
    before = history(archive, one)
    answer = record(manager, archive, one, rights=CNE, cap="700", access="zoom", **SHOW)
    assert answer.status_code == 422
    assert "without evidence of rights, in your name" in answer.text
    assert history(archive, one) == before
    page = answer.text
    assert 'name="cap" inputmode="numeric" value="700"' in page
    assert re.search(rf'value="{re.escape(CNE)}" selected', page)
    assert re.search(r'name="show_without_evidence" value="1" checked', page)
    assert 'name="review" type="date" value="2027-09-01"' in page
    answer = record(manager, archive, one, rights=CNE, cap="700", confirmed="1", **SHOW)
    assert answer.status_code == 303
    showing = facts(archive, one).showing
    assert (showing.by, showing.review_on) == ("Rights_Manager", date(2027, 9, 1))
    assert facts(archive, one).cap.long_side_pixels == 700


def test_showing_ends_when_the_box_is_no_longer_ticked(archive, manager, one):
    record(manager, archive, one, confirmed="1", **SHOW)
    assert facts(archive, one).showing is not None
    record(manager, archive, one, review="2027-09-01")
    assert facts(archive, one).showing is None


def test_a_review_is_of_what_was_marked_and_another_mark_needs_another(archive, manager, one):
    answer = record(manager, archive, one, sensitivity="reviewed")
    assert answer.status_code == 422
    assert "nothing to be reviewed" in answer.text
    record(manager, archive, one, sensitivity="grief")
    assert manager.get(f"/iiif/3/{one}/info.json").status_code == 403
    record(manager, archive, one, sensitivity="reviewed")
    assert facts(archive, one).sensitivity.reviewed_by == "Rights_Manager"
    assert manager.get(f"/iiif/3/{one}/info.json").status_code == 200
    record(manager, archive, one, sensitivity="minor")
    assert manager.get(f"/iiif/3/{one}/info.json").status_code == 403


BAD = [
    ("rights", "mine", "no statement"),
    ("rights", "javascript:alert(1)", "no statement"),
    ("rights_other", "http://creativecommons.org/licenses/by/9.9/", "no such licence"),
    ("rights_other", "<script>alert(1)</script>", "no statement"),
    ("access", "everything", "no step"),
    ("access", "\uff3aoom", "a letter that only looks like one"),
    ("cap", "0", "no picture"),
    ("cap", "-5", "a sign"),
    ("cap", "1e3", "an exponent"),
    ("cap", "100001", "too large"),
    ("cap", "9" * 5000, "beyond any number"),
    ("cap", "१०", "digits of another script"),
    ("cap", "ten", "a word"),
    ("embargo", "2027-13-01", "no month"),
    ("embargo", "01.03.2027", "another way to write a day"),
    ("embargo", "0001-01-01", "before any photograph"),
    ("embargo", "9999-12-31", "beyond the calendar"),
    ("embargo", "soon", "a word"),
    ("sensitivity", "<script>alert(1)</script>", "no word"),
    ("sensitivity", "x" * 500, "no word"),
    ("sensitivity", "Robert'); DROP TABLE", "no word"),
]


@pytest.mark.parametrize(("name", "value", "reason"), BAD)
def test_a_bad_value_is_named_in_a_sentence_and_records_nothing(
    archive, manager, one, name, value, reason
):
    before = history(archive, one)
    # The other field is good, and is not recorded either: the form is one decision.
    other = {"cap": "500"} if name != "cap" else {"access": "record"}
    answer = record(manager, archive, one, **{name: value}, **other)
    assert answer.status_code == 422, reason
    assert re.search(r'role="alert"><li>[^<]{10,}\.</li>', answer.text), "a sentence"
    assert "<script>alert" not in answer.text
    assert history(archive, one) == before
    if name in {"cap", "embargo", "rights_other"}:
        assert value.replace("<", "&lt;").replace(">", "&gt;") in answer.text, "to be mended"


def test_a_bad_day_of_review_records_no_showing(archive, manager, one):
    answer = record(
        manager, archive, one, show_without_evidence="1", review="someday", confirmed="1"
    )
    assert answer.status_code == 422
    assert facts(archive, one).showing is None


@pytest.mark.parametrize("stale", ["0", "", "x", "9" * 40, "9" * 5000])
def test_a_stale_form_is_409_and_records_nothing(archive, manager, one, stale):
    before = history(archive, one)
    answer = manager.post(f"/rights/p/{one}", {"revision": stale, "access": "download"})
    assert answer.status_code == 409
    assert "nothing of yours was recorded" in answer.text
    assert history(archive, one) == before


ADDRESSES = (
    "/p/{}",
    "/embed/{}",
    "/iiif/3/{}/info.json",
    "/iiif/2/{}/info.json",
    "/iiif/3/{}",
    "/iiif/3/{}/full/max/0/default.jpg",
    "/iiif/3/{}/full/50,/90/gray.png",
    "/iiif/3/{}_full/full/max/0/default.jpg",
    "/manifests/3/{}/manifest.json",
    "/manifests/3/{}/manifest.json?full",
    "/api/v1/photographs/{}.json",
)


def test_withdrawing_is_410_everywhere_when_the_form_is_answered(
    archive, app, service, browser, manager, one
):
    from browsers import Browser

    readers = (browser, Browser(service), manager)
    paths = [path.format(one) for path in ADDRESSES]
    for reader in readers:
        assert {reader.get(path).status_code for path in paths} <= {200, 303}
        assert one in reader.get("/").text
    answer = manager.post(f"/rights/p/{one}/withdraw", {"reason": "The donor's widow asked"})
    assert answer.status_code == 303
    for reader in readers:
        for path in paths:
            found = reader.get(path)
            assert found.status_code == 410, path
            assert "Titled" not in found.text, path
            assert "widow" not in found.text, path
        assert one not in reader.get("/").text
        assert one not in reader.get("/manifests/3/collection.json").text
    published_copy = archive.settings.manifests / "3" / one / "manifest.json"
    assert not published_copy.exists()


def test_the_rights_desk_of_what_was_withdrawn_says_so_and_can_reinstate(
    archive, browser, manager, one
):
    manager.post(f"/rights/p/{one}/withdraw", {"reason": "asked"})
    page = manager.get(f"/rights/p/{one}")
    assert page.status_code == 200
    assert "Withdrawn: asked." in page.text
    assert "Reinstate this photograph" in page.text
    assert f"/iiif/3/{one}" not in page.text
    assert "withdrawn" in manager.get("/rights/").text
    answer = manager.post(f"/rights/p/{one}/reinstate", {"reason": "she changed her mind"})
    assert answer.status_code == 303
    for path in ADDRESSES:
        if "_full" not in path:
            assert browser.get(path.format(one)).status_code in {200, 303}, path


def test_withdrawing_needs_a_reason_and_happens_once(archive, manager, one):
    before = history(archive, one)
    answer = manager.post(f"/rights/p/{one}/withdraw", {"reason": "  "}, headers=PROGRAM)
    assert answer.status_code == 400
    assert "Say why" in answer.json["detail"]
    assert history(archive, one) == before
    manager.post(f"/rights/p/{one}/withdraw", {"reason": "asked"})
    answer = manager.post(f"/rights/p/{one}/withdraw", {"reason": "again"}, headers=PROGRAM)
    assert answer.status_code == 409
    assert len(history(archive, one)) == len(before) + 1


def test_a_restriction_counts_for_the_very_next_request(archive, service, manager, one):
    from browsers import Browser

    public = Browser(service)
    path = f"/iiif/3/{one}/full/max/0/default.jpg"
    assert public.get(path).status_code == 200
    record(manager, archive, one, access="record")
    assert public.get(path).status_code == 403
    record(manager, archive, one, access="hidden")
    assert public.get(path).status_code == 404
    record(manager, archive, one, access="")
    assert public.get(path).status_code == 200


def test_the_desk_explains_another_day(archive, manager, one):
    record(manager, archive, one, embargo="2027-04-01")
    assert "the words, no picture" in manager.get(f"/rights/p/{one}").text
    assert "zoom and download" in manager.get(f"/rights/p/{one}?on=2027-04-01").text
    for strange in ("never", "0001-01-01", "9999-12-31", "2027-02-30", "%00", "9" * 5000):
        assert manager.get(f"/rights/p/{one}?on={strange}").status_code == 200
        assert manager.get(f"/p/{one}?on={strange}&as=nobody").status_code == 200


@pytest.mark.parametrize("zone", ["Asia/Baku", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_days_are_days_where_the_archive_is(open_archive, zone):
    archive = open_archive(timezone=zone)
    manager = signed_in(archive, create_app(archive, b"k"), Audience.RIGHTS_MANAGER)
    one = new_photograph(archive, 1)
    clear.record(archive, one, published(), "tests")
    record(manager, archive, one, embargo="2027-04-01")
    assert "until 1 April 2027" in manager.get(f"/rights/p/{one}").text
    assert "1 April 2027" in manager.get("/rights/").text
    for strange in ("1800-01-01", "9000-12-31"):
        assert manager.get(f"/rights/p/{one}?on={strange}").status_code == 200


def test_a_search_goes_along_from_page_to_page(archive, manager, one, monkeypatch):
    from dam.workflows import find

    monkeypatch.setattr(find, "PAGE", 1)
    second = new_photograph(archive, 2)
    describe_as(archive, second, Text(TextField.TITLE, "en", "Titled & co #2?"))
    page = manager.get("/rights/", query_string={"q": "titled"}).text
    assert 'href="/rights/?page=2&amp;q=titled"' in page
    page = manager.get("/rights/", query_string={"q": "t&page=9#"}).text
    assert "t&amp;page=9#" in page


def test_the_history_tells_what_holds_no_longer(archive, manager, one):
    record(manager, archive, one, cap="500")
    record(manager, archive, one, cap="")
    page = manager.get(f"/rights/p/{one}").text
    assert "The cap that was recorded before no longer holds." in page
    assert f"Rights statement: CC BY 4.0 ({CC_BY.rstrip('.')})" in page or CC_BY in page
