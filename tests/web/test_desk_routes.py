"""The desk: files come in one by one, words are kept or refused in words, nothing is lost."""

import html
import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from browsers import CC_BY, CNE, PROGRAM, Browser, new_photograph, published, signed_in, work
from PIL import Image
from werkzeug.test import EnvironBuilder, run_wsgi_app

from dam.catalogue.authorities import (
    Authority,
    AuthorityKind,
    AuthorityName,
    Identifier,
    Scheme,
    new_authority,
)
from dam.catalogue.text import TextField
from dam.records import catalogue, log, refused, register
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience
from dam.workflows import authorities, clear
from dam.workflows.ingest import Outcome

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}'&amp;\u2028</textarea>"


def png(number: int = 1, size: tuple[int, int] = (20, 10)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, (number % 256, number // 256, 7)).save(written, "PNG")
    return written.getvalue()


def upload(browser: Browser, *files: tuple[bytes, str], headers=PROGRAM, **fields: str):
    sent = {"files": [(io.BytesIO(data), name) for data, name in files], **fields}
    return browser.post("/desk/upload", sent, headers=headers)


def all_ids(archive) -> tuple[str, ...]:
    with archive.reading() as db:
        return catalogue.all_ids(db)


def stored(archive, one: str):
    with archive.reading() as db:
        return catalogue.photograph(db, one)


def texts(archive, one: str) -> dict[tuple[str, str], str]:
    found = stored(archive, one).description.texts
    return {(str(text.field), text.language): text.value for text in found}


def events(archive, one: str):
    with archive.reading() as db:
        return [e for e in log.of_subject(db, "photograph", one) if e.verb in {"edited", "undone"}]


def save(browser: Browser, one: str, revision: int, headers=PROGRAM, **fields: str):
    """Send the caption form; ``caption__en`` is the field ``caption@en``."""
    named = {name.replace("__", "@"): value for name, value in fields.items()}
    return browser.post(f"/desk/p/{one}", {"revision": str(revision), **named}, headers=headers)


@pytest.fixture
def one(archive) -> str:
    """A photograph that nobody has described."""
    return new_photograph(archive, 1)


# Upload


def test_a_file_becomes_a_photograph_and_a_program_is_told_which(archive, staff):
    [outcome] = upload(staff, (png(), "first.png"), path="trip/day 1/first.png").json
    assert outcome["state"] == "taken in"
    assert outcome["path"] == "trip/day 1/first.png"
    assert stored(archive, outcome["id"]).original_name == "trip/day 1/first.png"
    with archive.reading() as db:
        [event] = log.of_subject(db, "photograph", outcome["id"])[-1:]
    assert (event.actor, event.verb, event.at) == ("Staff", "taken in", archive.now())


def test_many_files_keep_their_own_names(archive, staff):
    files = [(png(n), f"{n}.png") for n in range(3)]
    outcomes = upload(staff, *files, path="one/path.png").json
    assert [outcome["path"] for outcome in outcomes] == ["0.png", "1.png", "2.png"]
    assert len(all_ids(archive)) == 3


def test_one_bad_file_stops_none_of_the_others(archive, staff):
    outcomes = upload(
        staff,
        (png(1), "good.png"),
        (b"", "empty.jpg"),
        (b"<html><script>alert(1)</script></html>", "page.jpg"),
        (png(2)[:40], "half.png"),
        (b"GIF89a" + b"\0" * 20, "x.gif"),
        (png(3), "also good.png"),
        (png(1), "again.png"),
    ).json
    assert [outcome["state"] for outcome in outcomes] == [
        "taken in",
        *["refused"] * 4,
        "taken in",
        "duplicate",
    ]
    for outcome in outcomes[1:5]:
        assert outcome["reason"].endswith(".")
        assert "/" not in outcome["reason"]
        assert outcome["id"] is None
    assert outcomes[6]["duplicate_of"] == outcomes[0]["id"]
    assert len(all_ids(archive)) == 2


def test_a_refused_file_is_kept_aside_and_shown_with_its_reason(archive, staff):
    name = "<img src=x onerror=alert(1)>.jpg"
    upload(staff, (b"no picture", name))
    with archive.reading() as db:
        [kept] = refused.newest(db)
    page = staff.get("/desk/").text
    assert html.escape(kept.reason, quote=False) in html.unescape(page) or kept.reason in page
    assert "<img src=x" not in page
    answer = staff.post(f"/desk/refused/{kept.id}/retry", headers=PROGRAM)
    assert answer.json["state"] == "refused"


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "/etc/passwd",
        "..\\..\\windows\\win.ini",
        "a" * 5000 + ".png",
        "nul\x00byte.png",
        "line\nend.png",
        "\u202egnp.exe",
        "Ağdam, fevral 1992 — сёла.png",
        "photo.png; rm -rf .png",
        "%2e%2e%2fx.png",
    ],
)
def test_a_file_is_never_kept_under_the_name_it_came_with(archive, staff, name):
    before = {path for path in archive.settings.home.parent.rglob("*") if path.is_dir()}
    [outcome] = upload(staff, (png(), "x.png"), path=name).json
    assert outcome["state"] == "taken in"
    kept = stored(archive, outcome["id"])
    assert len(kept.original_name) <= 400
    assert kept.original_name.isprintable() or "\u202e" in kept.original_name
    assert kept.master.sha256 in archive.store.path(kept.master.key).name
    assert archive.store.path(kept.master.key).is_relative_to(archive.settings.media)
    after = {path for path in archive.settings.home.parent.rglob("*") if path.is_dir()}
    assert all(path.is_relative_to(archive.settings.media) for path in after - before)
    assert staff.get(f"/desk/p/{outcome['id']}").status_code == 200


@pytest.mark.parametrize("files", [[], [(b"", "")], [(png(), "")]])
def test_a_form_without_a_file_says_so(archive, staff, files):
    answer = upload(staff, *files)
    assert answer.status_code == 400
    assert answer.json["detail"] == "Choose one or more photographs first."
    assert all_ids(archive) == ()


def test_a_browser_without_scripts_is_led_back_to_the_desk(archive, staff):
    answer = upload(staff, (png(), "a.png"), headers={})
    assert answer.status_code == 303
    assert "Taken in." in staff.get(answer.headers["Location"]).text
    answer = upload(staff, (b"rubbish", "b.png"), headers={})
    assert "Some files were not taken in" in staff.get(answer.headers["Location"]).text


def test_a_file_above_the_limit_is_refused_and_leaves_nothing(open_archive):
    from dam.web.application import create_app

    archive = open_archive(max_upload_bytes="3000")
    browser = signed_in(archive, create_app(archive, b"k"), Audience.STAFF)
    noise = bytes(range(256)) * 20
    small, large = upload(browser, (png(), "small.png"), (noise, "large.png")).json
    assert small["state"] == "taken in"
    assert large["state"] == "refused"
    assert list((archive.settings.media / "incoming").rglob("*.*")) == []
    answer = browser.client.post(
        "/desk/upload",
        data=b"x" * 2_100_000,
        content_type="multipart/form-data; boundary=y",
        headers=PROGRAM,
    )
    assert answer.status_code == 413
    assert answer.json["detail"] == "What was sent is larger than this archive takes in."


def test_a_stranger_s_upload_is_refused_before_it_is_read(app):
    class Untouchable(io.RawIOBase):
        def read(self, *_):
            raise AssertionError("the body was read")

        readinto = read

    kind = "multipart/form-data; boundary=x"
    built = EnvironBuilder("/desk/upload", method="POST", content_type=kind, headers=PROGRAM)
    environ = {
        **built.get_environ(),
        "wsgi.input": Untouchable(),
        "CONTENT_LENGTH": "1000000000",
    }
    built.close()
    _, status, _ = run_wsgi_app(app, environ)
    assert status.startswith("401")


def test_a_large_form_is_refused_where_no_file_is_expected(archive, staff, one):
    answer = save(staff, one, 1, caption__en="x" * 2_100_000)
    assert answer.status_code == 413
    assert stored(archive, one).revision == 1


def test_what_goes_wrong_with_one_file_is_told_of_that_file(archive, staff, monkeypatch):
    from dam.workflows import ingest

    def broken(_archive, name, *_more, **_options):
        return Outcome(name, ingest.State.FAILED, "The disk is full; make room.")

    monkeypatch.setattr(ingest, "take_in", broken)
    assert upload(staff, (png(), "a.png")).json[0]["reason"] == "The disk is full; make room."


# Words


def test_words_are_saved_with_who_when_before_and_after(archive, staff, one, clock):
    assert save(staff, one, 1, title__en="First", caption__az="Birinci").json["revision"] == 2
    clock.advance(minutes=5)
    answer = save(staff, one, 2, title__en="Second")
    assert answer.json["revision"] == 3
    assert answer.json["saved_at"] == "12:05"
    assert answer.json["errors"] == {}
    newest = events(archive, one)[0]
    assert (newest.actor, newest.at) == ("Staff", archive.now())
    assert (newest.field, newest.language) == ("title", "en")
    assert (newest.before, newest.after) == ("First", "Second")


def test_fields_that_the_form_does_not_show_are_kept(archive, staff, one):
    save(staff, one, 1, title__en="T", caption__hy="Հ", credit="C", keywords="a; b", date="1992")
    save(staff, one, 2, caption__en="Only this")
    description = stored(archive, one).description
    assert texts(archive, one) == {
        ("title", "en"): "T",
        ("caption", "hy"): "Հ",
        ("caption", "en"): "Only this",
        ("credit", "en"): "C",
    }
    assert description.keywords == ("a", "b")
    assert description.date_text == "1992"


def test_saving_what_is_there_already_writes_nothing(archive, staff, one):
    save(staff, one, 1, title__en="Same")
    answer = save(staff, one, 2, title__en=" Same\r\n")
    assert answer.json["revision"] == 2
    assert len(events(archive, one)) == 1


def test_emptying_a_field_removes_it(archive, staff, one):
    save(staff, one, 1, title__en="Gone soon", keywords="a")
    save(staff, one, 2, title__en="  ", keywords=" ; ")
    assert texts(archive, one) == {}
    assert stored(archive, one).description.keywords == ()


def test_language_tags_are_written_one_way(archive, staff, one):
    save(staff, one, 1, caption__AZ_cyrl="Бир", title__eng="One")
    assert texts(archive, one) == {("caption", "az-Cyrl"): "Бир", ("title", "en"): "One"}


def test_the_parser_says_what_it_understood(archive, staff, one):
    answer = save(staff, one, 1, date="February 1992", place="Azerbaijan, Karabakh, Aghdam")
    assert answer.json["understood"]["date"] == ["1992-02"]
    assert answer.json["understood"]["place"] == ["Azerbaijan › Karabakh › Aghdam"]  # noqa: RUF001
    answer = save(staff, one, 2, date="when it snowed")
    assert "not understood as a date" in answer.json["errors"]["date"]
    assert stored(archive, one).description.date_text == "when it snowed"


TOO_LONG = [
    ("caption__en", 20_001),
    ("title__en", 20_001),
    ("credit", 20_001),
    ("keywords", 20_001),
    ("creator", 20_001),
    ("date", 201),
    ("accession", 201),
]


@pytest.mark.parametrize(("name", "length"), TOO_LONG)
def test_what_is_too_long_is_never_cut_in_silence(archive, staff, one, name, length):
    field = name.replace("__", "@")
    answer = save(staff, one, 1, **{name: "x" * length, "alt__en": "kept"})
    assert "it was not saved" in answer.json["errors"][field]
    assert texts(archive, one) == {("alt", "en"): "kept"}
    answer = save(staff, one, answer.json["revision"], headers={}, **{name: "y" * length})
    assert answer.status_code == 422
    assert "it was not saved" in answer.text
    assert "y" * length in answer.text, "what was typed is still in the form"


def test_words_in_no_language_are_named_and_not_saved(archive, staff, one):
    answer = save(staff, one, 1, **{"caption__no such": "words", "title__en": "kept"})
    assert "is not a language tag" in answer.json["errors"]["caption@no such"]
    assert texts(archive, one) == {("title", "en"): "kept"}


def test_a_field_that_does_not_exist_is_not_stored(archive, staff, one):
    answer = save(staff, one, 1, revision__en="9", id="x", publication="published", __class__="x")
    assert answer.status_code == 200
    assert stored(archive, one).revision == 1


@pytest.mark.parametrize("revision", ["", "x", "-1", "1.0", "9" * 30, "9" * 5000])
def test_a_revision_that_is_none_is_a_conflict_and_writes_nothing(archive, staff, one, revision):
    answer = staff.post(f"/desk/p/{one}", {"revision": revision, "title@en": "x"}, headers=PROGRAM)
    assert answer.status_code == 409
    assert stored(archive, one).revision == 1


def test_done_leads_to_the_next_without_a_caption(archive, staff, one, clock):
    clock.advance(seconds=1)
    second = new_photograph(archive, 2)
    clock.advance(seconds=1)
    third = new_photograph(archive, 3)
    save(staff, second, 1, caption__en="Has one")
    answer = save(staff, one, 1, headers={}, caption__en="Done", done="1")
    assert answer.headers["Location"] == f"/desk/p/{third}?done=saved"
    assert "Saved." in staff.get(answer.headers["Location"]).text


# Two people


def test_a_conflict_overwrites_nothing_and_gives_a_program_both(archive, staff, manager, one):
    save(manager, one, 1, title__en="Theirs", caption__en="Their caption")
    answer = save(staff, one, 1, title__en="Mine")
    assert answer.status_code == 409
    assert answer.json["theirs"]["title@en"] == "Theirs"
    assert answer.json["editor"] == "Rights_Manager"
    assert answer.json["revision"] == 2
    assert answer.json["detail"].endswith(".")
    assert texts(archive, one)["title", "en"] == "Theirs"
    assert save(staff, one, answer.json["revision"], title__en="Mine").status_code == 200


def test_a_conflict_without_scripts_shows_both_and_keeps_mine_in_the_form(
    archive, staff, manager, one
):
    save(manager, one, 1, title__en="Theirs & co")
    answer = save(
        staff, one, 1, headers={}, title__en="Mine & co", caption__ka="ჩემი", credit="My credit"
    )
    assert answer.status_code == 409
    page = answer.text
    assert "Theirs &amp; co" in page
    assert 'name="title@en" value="Mine &amp; co"' in page
    assert "ჩემი" in page.partition("<form")[2], "in a language that is not stored yet"
    assert 'name="credit" value="My credit"' in page
    assert 'name="revision" value="2"' in page


def test_of_two_who_save_at_once_exactly_one_wins(archive, app, one):
    browsers = [signed_in(archive, app, Audience.STAFF, name) for name in ("Ani", "Rana")]
    for turn in range(4):
        start = Barrier(2)

        def send(browser: Browser, start=start, turn=turn) -> int:
            start.wait(timeout=30)
            return save(browser, one, 1 + turn, title__en=f"{browser.token} {turn}").status_code

        with ThreadPoolExecutor(2) as pool:
            statuses = sorted(pool.map(send, browsers))
        assert statuses == [200, 409]
    assert stored(archive, one).revision == 5
    assert len(events(archive, one)) == 4


# Undo


def test_undo_writes_the_reversed_edit_and_can_be_repeated(archive, staff, one, clock):
    save(staff, one, 1, title__en="First", keywords="a; b")
    clock.advance(minutes=1)
    save(staff, one, 2, title__en="Second", keywords="c")
    assert staff.post(f"/desk/p/{one}/undo").status_code == 303
    assert texts(archive, one) == {("title", "en"): "First"}
    assert stored(archive, one).description.keywords == ("a", "b")
    newest = events(archive, one)[:2]
    assert {(e.verb, e.actor) for e in newest} == {("undone", "Staff")}
    assert {(e.field, e.before, e.after) for e in newest} == {
        ("title", "Second", "First"),
        ("keywords", '["c"]', '["a", "b"]'),
    }
    staff.post(f"/desk/p/{one}/undo")
    assert texts(archive, one) == {}
    answer = staff.post(f"/desk/p/{one}/undo", headers=PROGRAM)
    assert answer.status_code == 404
    assert answer.json["detail"] == "There is no edit left to undo."


def test_undo_refuses_where_the_words_are_others_by_now(archive, staff, one):
    from browsers import describe_as

    from dam.catalogue.text import Text

    save(staff, one, 1, title__en="First")
    with archive.writing.begin() as db:  # a change that no event tells of, as of a repair by hand
        description = catalogue.photograph(db, one).description
        changed = tuple(Text(t.field, t.language, "By hand") for t in description.texts)
        catalogue.describe(db, one, type(description)(changed))
    answer = staff.post(f"/desk/p/{one}/undo", headers=PROGRAM)
    assert answer.status_code == 409
    assert "has been edited since" in answer.json["detail"]
    assert texts(archive, one) == {("title", "en"): "By hand"}
    describe_as(archive, one, Text(TextField.TITLE, "en", "Then"))
    staff.post(f"/desk/p/{one}/undo")
    assert texts(archive, one) == {("title", "en"): "By hand"}


# Repairs


def test_a_repair_is_accepted_once_and_its_number_belongs_to_its_photograph(archive, staff, one):
    save(staff, one, 1, caption__en="It\u00e2\u20ac\u2122s here")
    [number] = set(re.findall(rf"/desk/p/{one}/repairs/(\d+)", staff.get(f"/desk/p/{one}").text))
    other = new_photograph(archive, 2)
    path = f"repairs/{number}"
    fields = {"answer": "accept"}
    assert staff.post(f"/desk/p/{other}/{path}", fields, headers=PROGRAM).status_code == 404
    assert staff.post(f"/desk/p/{one}/{path}", fields).status_code == 303
    assert texts(archive, one) == {("caption", "en"): "It\u2019s here"}
    assert staff.post(f"/desk/p/{one}/{path}", fields, headers=PROGRAM).status_code == 404


@pytest.mark.parametrize("number", ["0", "9" * 30, "9" * 5000, "x", "-1"])
def test_a_repair_that_is_none_is_404(staff, one, number):
    answer = staff.post(f"/desk/p/{one}/repairs/{number}", {"answer": "accept"}, headers=PROGRAM)
    assert answer.status_code == 404


# What leaves


def test_an_edit_shows_at_once_on_the_page_and_in_the_manifest(archive, staff, one):
    clear.record(archive, one, published(), "tests")
    work(archive)
    paths = (f"/p/{one}", f"/manifests/3/{one}/manifest.json", "/manifests/3/collection.json")
    for title in ("First title", "Second title"):
        revision = stored(archive, one).revision
        save(staff, one, revision, title__en=title)
        for path in paths:
            assert title in staff.get(path).text, path


def test_hostile_words_are_words_everywhere(archive, staff, one):
    clear.record(archive, one, published(), "tests")
    work(archive)
    names = ("title__en", "caption__en", "alt__en", "credit", "source", "copyright", "place")
    more = ("creator", "keywords", "date", "accession", "title__az", "caption__az")
    save(staff, one, 1, **dict.fromkeys((*names, *more), HOSTILE))
    assert texts(archive, one)["title", "en"].startswith('"><script>')
    for path in (
        f"/p/{one}",
        f"/p/{one}?lang=az",
        f"/embed/{one}",
        f"/desk/p/{one}",
        f"/desk/p/{one}/events",
        "/desk/",
        "/",
    ):
        page = staff.get(path).text
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path
        assert "{{ 7*7 }}" in html.unescape(page), path
        assert page.count("</textarea>") == page.count("<textarea"), path
    for path in (f"/manifests/3/{one}/manifest.json", f"/api/v1/photographs/{one}.json"):
        answer = staff.get(path)
        json.loads(answer.data)
        assert answer.mimetype in {"application/ld+json", "application/json"}
    link = staff.get(f"/iiif/3/{one}/info.json").headers["Link"]
    assert "script" not in link


def test_a_search_of_the_desk_takes_any_words(archive, staff, one):
    save(staff, one, 1, title__en="100% of it_all \\ here")
    for search, found in (
        ("100%", True),
        ("it_all", True),
        ("\\", False),
        ("%", False),
        ("1_0", False),
        ("'; DROP TABLE photograph; --", False),
        ("<script>", False),
        ("x" * 10_000, False),
    ):
        asked = {"q": search, "page": "9" * 40, "state": "?"}
        assert staff.get("/desk/", query_string=asked).location.startswith("/desk/find?q=")
        page = staff.get("/desk/find", query_string=asked | {"state": ""}).text
        assert (f"/desk/p/{one}" in page) is found, search
        assert "<script>alert" not in page


# Publish


def test_publishing_under_a_licence_records_the_publication_alone(archive, staff, one):
    clear.record(archive, one, [NewRecord(RecordKind.STATEMENT, CC_BY)], "tests")
    assert staff.post(f"/desk/p/{one}/publish", {"all_the_same": "a test"}).status_code == 303
    with archive.reading() as db:
        newest, *_ = register.history(db, one)
        facts = register.facts(db, [one])[one]
    assert newest.value.kind is RecordKind.PUBLICATION
    assert newest.recorded_by == "Staff"
    assert facts.showing is None


def test_publishing_without_rights_records_cne_and_the_person_s_decision(
    archive, staff, browser, one
):
    page = staff.get(f"/desk/p/{one}").text
    assert "Publish, and answer for it" in page
    work(archive)
    staff.post(f"/desk/p/{one}/publish", {"all_the_same": "a test"})
    with archive.reading() as db:
        facts = register.facts(db, [one])[one]
        recorded = [e for e in log.of_subject(db, "photograph", one) if e.verb == "recorded"]
    assert facts.statement.uri == CNE
    assert facts.showing.by == "Staff"
    assert facts.showing.review_on.isoformat() == "2028-03-01"
    assert {event.field for event in recorded} == {"statement", "showing", "publication"}
    assert {event.actor for event in recorded} == {"Staff"}
    assert browser.get(f"/iiif/3/{one}/full/max/0/default.jpg").status_code == 200


def test_publishing_twice_records_nothing_twice(archive, staff, one):
    staff.post(f"/desk/p/{one}/publish", {"all_the_same": "a test"})
    with archive.reading() as db:
        before = register.history(db, one)
    staff.post(f"/desk/p/{one}/publish", {"all_the_same": "a test"})
    with archive.reading() as db:
        assert register.history(db, one) == before


def test_publishing_does_not_bring_back_what_was_withdrawn(archive, staff, browser, one):
    work(archive)
    clear.record(archive, one, published(), "tests")
    clear.withdraw(archive, one, "the donor asked", "tests")
    staff.post(f"/desk/p/{one}/publish", {"all_the_same": "a test"})
    assert browser.get(f"/iiif/3/{one}/full/max/0/default.jpg").status_code == 410


def test_what_was_done_lists_every_change_with_both_texts(archive, staff, one):
    save(staff, one, 1, title__en="First")
    save(staff, one, 2, title__en="Second")
    page = staff.get(f"/desk/p/{one}/events").text
    for word in ("Staff", "Edited", "Title (en)", "First", "Second", "Taken in"):
        assert word in page


def test_the_desk_shows_what_the_file_says_and_never_as_markup(archive, staff):
    exif = Image.Exif()
    exif[0x010E] = HOSTILE.encode()
    exif[0x010F] = "Kodak"
    file = io.BytesIO()
    Image.new("RGB", (20, 10)).save(file, "JPEG", exif=exif)
    [outcome] = upload(staff, (file.getvalue(), "x.jpg")).json
    page = staff.get(f"/desk/p/{outcome['id']}").text
    assert "What the file says" in page
    assert "Image.Make" in page
    assert "Kodak" in page
    assert "<img src=x" not in page
    assert "<script>alert" not in page


# The catalogue


def test_everything_that_is_described_can_be_written_in_the_form(archive, staff, one):
    answer = save(
        staff,
        one,
        1,
        headline__en="War comes near",
        keywords__az="müharibə; yol",
        negative="12a",
        people="Anna; unidentified man, left",
        creator="Reza",
        contributors="printer: Anna\ncaption writer: Ali",
        notices="funding en: Supported by the fund.",
        place="Azerbaijan, near Aghdam",
    )
    assert answer.json["errors"] == {}
    found = stored(archive, one).description
    assert ("headline", "en") in texts(archive, one)
    assert [(each.byline, each.role.value) for each in found.contributors] == [
        ("Reza", "photographer"),
        ("Anna", "printer"),
        ("Ali", "caption writer"),
    ]
    assert [person.words for person in found.people] == ["Anna", "unidentified man, left"]
    assert (found.negative, found.keywords_in[0].words) == ("12a", ("müharibə", "yol"))
    assert found.notices[0].text == "Supported by the fund."
    assert found.places[0].relation.places[0].words == "Aghdam"
    page = staff.get(f"/desk/p/{one}").text
    for shown in ("War comes near", "müharibə; yol", "12a", "printer: Anna", "Supported by"):
        assert shown in page


def test_names_become_records_when_the_button_is_pressed(archive, staff, one):
    save(staff, one, 1, creator="Reza", people="Anna")
    assert "Names without a record" in staff.get(f"/desk/p/{one}").text
    assert staff.post(f"/desk/p/{one}/names").status_code == 303
    found = stored(archive, one).description
    assert found.contributors[0].agent_id and found.people[0].agent_id
    assert "Names without a record" not in staff.get(f"/desk/p/{one}").text


def test_second_caption_is_kept_preferred_and_removed(archive, staff, one):
    save(staff, one, 1, caption__en="First")

    def post(**form):
        revision = stored(archive, one).revision
        fields = {name.replace("_", "-"): value for name, value in form.items()}
        answer = staff.post(f"/desk/p/{one}/captions", {"revision": revision, **fields})
        assert answer.status_code == 303

    post(answer="keep", caption_language="en", caption_text="Second", caption_author="Anna")
    assert "Second" in staff.get(f"/desk/p/{one}").text
    post(answer="prefer", number="0")
    found = stored(archive, one).description
    assert texts(archive, one)["caption", "en"] == "Second"
    assert found.caption_sources[0].author == "Anna"
    assert found.other_captions[0].text == "First"
    post(answer="remove", number="0")
    assert stored(archive, one).description.other_captions == ()
    stale = {"answer": "prefer", "number": "0", "revision": "1"}
    assert staff.post(f"/desk/p/{one}/captions", stale).status_code == 409
    refused = {"answer": "keep", "caption-language": "qq", "caption-text": "Typed <long>"}
    answer = staff.post(f"/desk/p/{one}/captions", refused)
    assert answer.status_code == 400
    assert "“qq” is not a language tag" in answer.text
    assert "\nTyped &lt;long&gt;</textarea>" in answer.text


def test_public_record_says_who_had_which_part_and_names_the_registers(archive, staff, one):
    reza = authorities.create(
        archive,
        Authority(
            "",
            AuthorityKind.ORGANISATION,
            (AuthorityName("Reza", "en"),),
            (Identifier(Scheme.VIAF, "1"),),
        ),
        "Rana",
    )
    baku = authorities.create(archive, new_authority("", AuthorityKind.PLACE, "Baku"), "Rana")
    authorities.add_variant(archive, baku, AuthorityName("Bakı", "az"), "Rana")
    authorities.add_variant(archive, baku, AuthorityName("Bakou"), "Rana")
    save(
        staff,
        one,
        1,
        headline__en="H",
        creator="Reza",
        contributors="printer: Anna",
        people="Ali",
        place="Baku",
        notices="funding en: Funded.",
    )
    address = f"/api/v1/photographs/{one}.json"
    assert staff.get(address).status_code == 404, "people are named where words may be read"
    staff.post(f"/desk/p/{one}/publish", {"all_the_same": "a test"})
    record = staff.get(address).json
    assert stored(archive, one).description.contributors[0].agent_id == reza
    viaf = ["http://viaf.org/viaf/1"]
    assert record["creator"] == [{"@type": "Organization", "name": "Reza", "sameAs": viaf}]
    assert record["contributor"][0]["roleName"] == "printer"
    assert record["about"] == [{"@type": "Person", "name": "Ali"}]
    assert record["headline"] == [{"@value": "H", "@language": "en"}]
    assert record["usageInfo"] == [{"@value": "Funded.", "@language": "en"}]
    names = [{"@value": "Baku"}, {"@value": "Bakı", "@language": "az"}]
    place = {"@type": "Place", "name": names, "alternateName": ["Bakou"]}
    assert record["contentLocation"] == [place]
    page = staff.get(f"/p/{one}").text
    for shown in ("Funded.", "Anna", "People shown"):
        assert shown in page
