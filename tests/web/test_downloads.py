"""Files to keep: only as the decision says, in ranges, with the credit inside."""

import hashlib
import io
from urllib.parse import unquote

import pytest
from browsers import (
    CC_BY,
    KEY,
    STATES,
    Browser,
    describe_as,
    new_photograph,
    published,
    signed_in,
    work,
)
from PIL import Image
from werkzeug.test import TestResponse

from dam.catalogue.text import Text, TextField
from dam.metadata.containers import raw_blocks
from dam.metadata.xmp import read_xmp
from dam.records import catalogue
from dam.rights.facts import Audience
from dam.web.application import create_app
from dam.workflows import clear
from dam.workflows.batch import Options, make_batch
from dam.workflows.ingest import take_in

CREDIT = "Photo: Anna <Archive> & Co"


def fetch(browser: Browser, path: str, **headers: str) -> TestResponse:
    """Get *path* as a client that reads to the end and closes."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return browser.get(path, headers=given, buffered=True)


@pytest.fixture
def one(archive) -> str:
    made = new_photograph(archive, 7)
    clear.record(archive, made, published(CC_BY), "tests")
    describe_as(archive, made, Text(TextField.CREDIT, "en", CREDIT))
    work(archive)
    return made


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_the_public_downloads_what_the_decision_lets_it_have(exhibition, state):
    browser = Browser(create_app(exhibition.archive, KEY))
    expected = state.pixels if state.name != "capped" else 401
    answer = fetch(browser, f"/p/{exhibition.ids[state.name]}/download")
    assert (answer.status_code == 200) is (state.name == "public")
    assert answer.status_code in {expected, 403}, state.reason
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    master = fetch(browser, f"/p/{exhibition.ids[state.name]}/master")
    assert master.status_code in {403, 404, 410}, "the master leaves for rights managers only"


@pytest.mark.parametrize(
    ("role", "status"),
    [(Audience.RESEARCHER, 403), (Audience.STAFF, 403), (Audience.RIGHTS_MANAGER, 200)],
)
def test_the_master_leaves_for_rights_managers_under_its_own_name_untouched(
    exhibition, role, status
):
    browser = signed_in(exhibition.archive, create_app(exhibition.archive, KEY), role)
    answer = fetch(browser, f"/p/{exhibition.ids['public']}/master")
    assert answer.status_code == status
    if status == 200:
        with exhibition.archive.reading() as db:
            kept = catalogue.photograph(db, exhibition.ids["public"])
        assert hashlib.sha256(answer.data).hexdigest() == kept.master.sha256
        assert answer.headers["Content-Disposition"] == 'attachment; filename="0.png"'
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["ETag"] == f'"{kept.master.sha256}"'
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_download_is_the_whole_picture_with_credit_and_a_neutral_name(browser, one):
    answer = fetch(browser, f"/p/{one}/download")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{one}.jpg"'
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert answer.headers["Timing-Allow-Origin"] == "*"
    assert "Vary" not in answer.headers
    with Image.open(io.BytesIO(answer.data)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (96, 64))
    said = read_xmp(raw_blocks(answer.data).xmp)
    assert (said.credit, said.licences) == (CREDIT, (CC_BY,))
    assert f"/p/{one}" in answer.headers["Link"]


def test_what_everybody_may_have_is_the_same_for_somebody_signed_in(archive, app, one):
    manager = signed_in(archive, app, Audience.RIGHTS_MANAGER)
    theirs, ours = fetch(manager, f"/p/{one}/download"), Browser(app).get(f"/p/{one}/download")
    assert theirs.data == ours.data
    assert theirs.headers["Cache-Control"] == ours.headers["Cache-Control"]
    assert "Cookie" not in theirs.headers.get("Vary", "")


def test_a_panorama_too_long_for_a_jpeg_is_made_smaller(archive, browser, darkroom):
    made = darkroom.photograph((70_000, 20))
    clear.record(archive, made, published(CC_BY), "tests")
    work(archive)
    with Image.open(io.BytesIO(fetch(browser, f"/p/{made}/download").data)) as picture:
        assert picture.size[0] == 65_500


RANGES = (
    ("bytes=0-9", 206, slice(0, 10), "the first bytes"),
    ("bytes=10-", 206, slice(10, None), "the rest of one that broke off"),
    ("bytes=-5", 206, slice(-5, None), "the last bytes"),
    ("bytes=5-999999", 206, slice(5, None), "the end is cut to what there is"),
    ("bytes=0-1,4-5", 200, slice(None), "several parts are answered with the whole"),
    ("bytes=9-2", 200, slice(None), "backwards is no range"),
    ("pages=1-2", 200, slice(None), "another unit is no range"),
    ("nonsense", 200, slice(None), "what cannot be read is no range"),
    ("bytes=99999999-", 416, None, "beyond the end"),
)


@pytest.mark.parametrize("case", RANGES, ids=[case[3] for case in RANGES])
@pytest.mark.parametrize("kind", ["download", "master"])
def test_a_range_is_answered(archive, app, one, kind, case):
    wanted, status, part, reason = case
    manager = signed_in(archive, app, Audience.RIGHTS_MANAGER)
    whole = fetch(manager, f"/p/{one}/{kind}").data
    answer = fetch(manager, f"/p/{one}/{kind}", Range=wanted)
    body = answer.data
    assert answer.status_code == status, reason
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    if part is None:
        assert answer.headers["Content-Range"] == f"bytes */{len(whole)}"
        return
    assert body == whole[part], reason
    assert answer.headers["Content-Length"] == str(len(body))
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert ("Content-Range" in answer.headers) is (status == 206)


@pytest.mark.parametrize("kind", ["download", "master"])
def test_a_part_is_given_only_of_the_file_that_was_begun(archive, app, one, kind):
    manager = signed_in(archive, app, Audience.RIGHTS_MANAGER)
    first = fetch(manager, f"/p/{one}/{kind}")
    tag, size = first.headers["ETag"], len(first.data)
    for given, status in ((tag, 206), ('"another"', 200), (f"W/{tag}", 200)):
        answer = fetch(manager, f"/p/{one}/{kind}", Range="bytes=3-", If_Range=given)
        assert (answer.status_code, len(answer.data)) == (
            status,
            size - 3 if status == 206 else size,
        ), given
    for wanted in (tag, f'"x", {tag}', "*"):
        assert fetch(manager, f"/p/{one}/{kind}", If_None_Match=wanted).status_code == 304


@pytest.mark.parametrize("kind", ["download", "master"])
def test_asking_about_a_file_neither_reads_nor_draws_it(archive, app, one, kind):
    manager = signed_in(archive, app, Audience.RIGHTS_MANAGER)
    tag = fetch(manager, f"/p/{one}/{kind}").headers["ETag"]
    emptied(archive, one)
    answer = manager.client.head(f"/p/{one}/{kind}")
    assert (answer.status_code, answer.data) == (200, b"")
    assert ("Content-Length" in answer.headers) is (kind == "master"), "drawn, it is not known yet"
    assert fetch(manager, f"/p/{one}/{kind}", If_None_Match=tag).status_code == 304
    assert manager.client.options(f"/p/{one}/{kind}").status_code == 204


def emptied(archive, one: str) -> None:
    """Cut the pack of *one*, whose file is open by now, down to nothing: any read of it fails."""
    with archive.reading() as db:
        photograph = catalogue.photograph(db, one)
    for key in [pack.key for pack in photograph.packs]:
        path = archive.store.path(key)
        path.chmod(0o600)
        with path.open("r+b") as file:
            file.truncate(0)


NAMES = (
    ('a"b\r\nX-Evil: 1.png', 'filename="a_b X-Evil_ 1.png"', "no quote and no line end"),
    ("../../etc/passwd", 'filename="passwd"', "no folders"),
    ("rəsm.png", "filename*=UTF-8''r%C9%99sm.png", "another alphabet"),
    ("...", 'filename="original"', "nothing is left"),
)


@pytest.mark.parametrize(("name", "expected", "reason"), NAMES)
def test_a_master_s_name_cannot_write_a_header(archive, app, name, expected, reason):
    written = io.BytesIO()
    Image.new("RGB", (9, 9), (len(name), 1, 2)).save(written, "PNG")
    batch = make_batch(Options(by="tests"), [name], None, None)
    made = take_in(archive, name, [written.getvalue()], batch).id
    work(archive)
    manager = signed_in(archive, app, Audience.RIGHTS_MANAGER)
    answer = fetch(manager, f"/p/{made}/master")
    assert expected in answer.headers["Content-Disposition"], reason
    assert "\n" not in unquote(answer.headers["Content-Disposition"])


def test_a_front_server_is_told_where_the_master_lies(open_archive):
    archive = open_archive(accel_redirect="/kept/")
    made = new_photograph(archive, 1)
    work(archive)
    manager = signed_in(archive, create_app(archive, KEY), Audience.RIGHTS_MANAGER)
    answer = fetch(manager, f"/p/{made}/master")
    with archive.reading() as db:
        key = catalogue.photograph(db, made).master.key
    assert (answer.data, answer.headers["X-Accel-Redirect"]) == (b"", f"/kept/{key}")


def test_a_master_that_is_lost_is_said_to_be(archive, app, one):
    with archive.reading() as db:
        key = catalogue.photograph(db, one).master.key
    path = archive.store.path(key)
    path.parent.chmod(0o700)
    path.unlink()
    manager = signed_in(archive, app, Audience.RIGHTS_MANAGER)
    answer = fetch(manager, f"/p/{one}/master")
    assert answer.status_code == 404
    assert "missing from the media store" in answer.text


def test_pages_offer_what_their_reader_may_have(archive, app, one):
    links = {"download": f'href="/p/{one}/download"', "master": f'href="/p/{one}/master"'}
    public = Browser(app).get(f"/p/{one}").text
    assert links["download"] in public
    assert links["master"] not in public
    for role, has_master in ((Audience.STAFF, False), (Audience.RIGHTS_MANAGER, True)):
        reader = signed_in(archive, app, role)
        for path in (f"/p/{one}", f"/desk/p/{one}"):
            text = reader.get(path).text
            assert links["download"] in text
            assert (links["master"] in text) is has_master, (role, path)


@pytest.mark.parametrize("state", ["embargo", "record", "unreviewed", "capped"])
def test_a_page_offers_no_download_where_the_decision_gives_less(exhibition, state):
    browser = Browser(create_app(exhibition.archive, KEY))
    text = browser.get(f"/p/{exhibition.ids[state]}").text
    assert "/download" not in text
    assert "/master" not in text
