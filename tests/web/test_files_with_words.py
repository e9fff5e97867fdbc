"""The original with words in it, and the words alone, over HTTP: as the decision says."""

import pytest
from browsers import KEY, STATES, Browser, signed_in

from dam.metadata.containers import raw_blocks
from dam.metadata.packet import read_packet
from dam.records import catalogue
from dam.rights.facts import Audience
from dam.web.application import create_app


def get(browser, path, **headers):
    return browser.get(path, headers=headers, buffered=True)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_the_public_has_the_words_of_what_it_may_read_and_never_the_original(exhibition, state):
    browser = Browser(create_app(exhibition.archive, KEY))
    one = exhibition.ids[state.name]
    answer = get(browser, f"/p/{one}/sidecar.xmp")
    assert answer.status_code == state.words, state.reason
    if state.words == 200:
        found, notes = read_packet(answer.data)
        assert found and notes == ()
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert get(browser, f"/p/{one}/master-with-words").status_code in {403, 404, 410}


@pytest.mark.parametrize(
    ("role", "status"),
    [(Audience.RESEARCHER, 403), (Audience.STAFF, 403), (Audience.RIGHTS_MANAGER, 200)],
)
def test_the_original_with_words_leaves_for_rights_managers(exhibition, role, status):
    browser = signed_in(exhibition.archive, create_app(exhibition.archive, KEY), role)
    one = exhibition.ids["public"]
    path = f"/p/{one}/master-with-words"
    answer = get(browser, path)
    assert answer.status_code == status
    if status != 200:
        return
    with exhibition.archive.reading() as db:
        master = catalogue.photograph(db, one).master
    original = exhibition.archive.store.path(master.key).read_bytes()
    assert answer.data != original and answer.mimetype == master.media_type
    assert raw_blocks(answer.data).xmp
    assert len(answer.data) == int(answer.headers["Content-Length"])
    part = get(browser, path, Range="bytes=10-99")
    assert (part.status_code, part.data) == (206, answer.data[10:100])
    same = get(browser, path, **{"If-None-Match": answer.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")


@pytest.mark.parametrize(
    ("role", "whole"), [(Audience.STAFF, False), (Audience.RIGHTS_MANAGER, True)]
)
def test_the_desk_links_what_this_person_may_have(exhibition, role, whole):
    browser = signed_in(exhibition.archive, create_app(exhibition.archive, KEY), role)
    one = exhibition.ids["public"]
    text = browser.get(f"/desk/p/{one}").text
    assert f"/p/{one}/sidecar.xmp" in text
    assert (f"/p/{one}/master-with-words" in text) is whole
