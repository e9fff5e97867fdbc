"""Served pictures carry credit and rights; tiles do where the archive says so."""

import io
import os
from dataclasses import replace

import numpy as np
import pytest
from browsers import CC_BY, KEY, Browser, describe_as, published, work
from PIL import Image

from dam.catalogue.text import Text, TextField
from dam.metadata.containers import raw_blocks
from dam.metadata.xmp import read_xmp
from dam.records import catalogue
from dam.records.register import NewRecord, RecordKind
from dam.web.application import create_app, create_service
from dam.workflows import clear, deliver

WHOLE = "full/max/0/default.jpg"


@pytest.fixture
def one(archive, darkroom) -> str:
    """A public photograph of two tiles, and a level above them."""
    made = darkroom.photograph((700, 300))
    clear.record(archive, made, published(CC_BY), "tests")
    describe_as(archive, made, Text(TextField.CREDIT, "en", "Photo: Anna"))
    work(archive)
    return made


def said(data: bytes):
    block = raw_blocks(data).xmp
    return None if block is None else read_xmp(block)


CARRIES = (
    (WHOLE, True, "the whole picture"),
    ("full/350,150/0/default.jpg", True, "the whole picture, stored"),
    ("full/200,/0/default.jpg", True, "a thumbnail, drawn"),
    ("full/200,/90/gray.jpg", True, "a turned one"),
    ("10,10,99,99/max/0/default.jpg", True, "a detail that is drawn"),
    ("0,0,512,300/512,300/0/default.jpg", False, "a stored tile"),
    ("full/200,/0/default.png", False, "another format"),
)


@pytest.mark.parametrize("server", ["service", "app"])
@pytest.mark.parametrize("case", CARRIES, ids=[case[2] for case in CARRIES])
def test_whole_and_drawn_pictures_carry_credit_and_rights(service, app, one, server, case):
    tail, carries, reason = case
    browser = Browser(service if server == "service" else app)
    for _ in range(2):
        answer = browser.get(f"/iiif/3/{one}/{tail}")
        assert answer.status_code == 200
        assert answer.headers["Content-Length"] == str(len(answer.data))
        found = said(answer.data)
        assert (found is not None) is carries, reason
        if found is not None:
            assert (found.credit, found.web_statement) == ("Photo: Anna", CC_BY)
            assert f'cc:attributionURL rdf:resource="http://localhost/p/{one}"' in str(answer.data)


def test_tiles_carry_them_where_the_archive_says_so_and_the_pixels_are_the_same(archive, one):
    settings = replace(archive.settings, attribution_in_tiles=True)
    path = f"/iiif/3/{one}/0,0,512,300/512,300/0/default.jpg"
    plain = Browser(create_service(archive, KEY)).get(path)
    marked = Browser(create_service(replace(archive, settings=settings), KEY)).get(path)
    assert said(plain.data) is None
    assert said(marked.data).credit == "Photo: Anna"
    with Image.open(io.BytesIO(plain.data)) as a, Image.open(io.BytesIO(marked.data)) as b:
        assert np.array_equal(np.asarray(a), np.asarray(b))
    assert plain.headers["ETag"] != marked.headers["ETag"]


def test_a_new_credit_is_in_the_next_picture_under_a_new_tag(archive, service, one):
    browser, path = Browser(service), f"/iiif/3/{one}/full/350,150/0/default.jpg"
    before = browser.get(path)
    tag = before.headers["ETag"]
    assert browser.get(path, headers={"If-None-Match": tag}).status_code == 304
    describe_as(archive, one, Text(TextField.CREDIT, "en", "Photo: Anna and Rana"))
    after = browser.get(path, headers={"If-None-Match": tag})
    assert after.status_code == 200
    assert said(after.data).credit == "Photo: Anna and Rana"
    assert after.headers["ETag"] != tag


def test_other_words_change_neither_bytes_nor_tag(archive, service, one):
    browser, path = Browser(service), f"/iiif/3/{one}/full/350,150/0/default.jpg"
    before = browser.get(path)
    texts = (Text(TextField.TITLE, "en", "New"), Text(TextField.CREDIT, "en", "Photo: Anna"))
    describe_as(archive, one, *texts)
    after = browser.get(path)
    assert (after.data, after.headers) == (before.data, before.headers)


def test_a_new_licence_is_in_the_next_picture(archive, service, one):
    browser, path = Browser(service), f"/iiif/3/{one}/full/350,150/0/default.jpg"
    assert said(browser.get(path).data).licences == (CC_BY,)
    other = "http://creativecommons.org/licenses/by-nc/4.0/"
    clear.record(archive, one, [NewRecord(RecordKind.STATEMENT, other)], "tests")
    assert said(browser.get(path).data).licences == (other,)


def counted(monkeypatch, name: str) -> list:
    """Count the calls of a function of ``deliver``; it does what it always does."""
    calls: list = []
    original = getattr(deliver, name)

    def call(*arguments):
        calls.append(arguments[1:])
        return original(*arguments)

    monkeypatch.setattr(deliver, name, call)
    return calls


def test_edits_cost_stored_tiles_nothing(archive, service, one, monkeypatch):
    browser, path = Browser(service), f"/iiif/3/{one}/0,0,512,300/512,300/0/default.jpg"
    browser.get(path)
    opened, found = counted(monkeypatch, "open_image"), counted(monkeypatch, "find")
    epochs = counted(monkeypatch, "database_epoch")
    for number in range(20):
        describe_as(archive, one, Text(TextField.CAPTION, "en", f"Words {number}"))
        assert browser.get(path).status_code == 200
    assert (opened, found, epochs) == ([], [], [])


def test_after_a_change_of_rights_only_what_is_asked_for_is_decided_again(
    archive, darkroom, service, one, monkeypatch
):
    other = darkroom.photograph((600, 200))
    clear.record(archive, other, published(CC_BY), "tests")
    work(archive)
    paths = [f"/iiif/3/{name}/{WHOLE}" for name in (one, other)]
    tile = f"/iiif/3/{one}/0,0,512,300/512,300/0/default.jpg"
    browser = Browser(service)
    assert [browser.get(path).status_code for path in (*paths, tile)] == [200, 200, 200]
    opened, found = counted(monkeypatch, "open_image"), counted(monkeypatch, "find")
    clear.record(archive, other, [NewRecord(RecordKind.SENSITIVITY, "minor")], "tests")
    for _ in range(3):
        assert browser.get(tile).status_code == 200
    assert [arguments[0] for arguments in opened] == [one], "once, and not the other"
    assert found == [], "its tiles stayed ready"
    assert browser.get(f"/iiif/3/{other}/full/300,100/0/default.jpg").status_code == 403


@pytest.mark.parametrize("tail", ["full/350,150/0/default.jpg", "full/211,/90/default.png"])
def test_asking_about_a_picture_neither_reads_nor_draws_it(archive, app, service, one, tail):
    path = f"/iiif/3/{one}/{tail}"
    tags = {Browser(each).client.head(path).headers["ETag"] for each in (app, service)}
    with archive.reading() as db:
        [pack] = catalogue.packs(db, one)
    file = archive.store.path(pack.key)
    file.chmod(0o600)
    os.truncate(file, 0)  # it is open by now, and any read of it fails
    for browser in map(Browser, (app, service)):
        assert {browser.client.head(path).headers["ETag"]} == tags
        for wanted in (*tags, f'"x", W/{min(tags)}', "*"):
            again = browser.get(path, headers={"If-None-Match": wanted})
            assert (again.status_code, again.data) == (304, b"")
        assert browser.get(path).status_code == 503


def test_a_withheld_picture_leaves_no_credit_by_any_answer(archive, service, one):
    clear.record(archive, one, [NewRecord(RecordKind.SENSITIVITY, "minor")], "tests")
    answer = create_app(archive, KEY).test_client().get(f"/iiif/3/{one}/{WHOLE}")
    assert answer.status_code == 403
    assert "Anna" not in answer.text + str(answer.headers)
