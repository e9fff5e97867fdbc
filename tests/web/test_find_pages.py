"""The pages of finding, at the desk and for the public."""

import pytest

from dam.records.register import NewRecord, RecordKind
from dam.workflows import clear, saved_searches

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"


@pytest.fixture
def mill(darkroom):
    """A published photograph, by its file's name and a byline."""
    return darkroom.photograph((40, 30), rights=CC0, public=True)


def described(archive, one, title):
    from dam.catalogue.changes import Description
    from dam.catalogue.text import Text, TextField
    from dam.records import catalogue

    with archive.writing.begin() as db:
        catalogue.describe(db, one, Description(texts=(Text(TextField.TITLE, "en", title),)))


def test_public_finds_a_photograph_and_its_facets(archive, browser, mill):
    described(archive, mill, "The mill at Łódź")
    page = browser.get("/search?q=lodz").text
    assert f'href="/p/{mill}"' in page
    assert "Usable now" in page
    assert "No alternative text" not in page
    assert "Nothing was found" in browser.get("/search?q=lodz&decade=1930").text


def test_withdrawn_photograph_is_found_by_staff_alone(archive, browser, staff, mill):
    described(archive, mill, "The mill at Łódź")
    clear.withdraw(archive, mill, "by request", "rita")
    assert mill not in browser.get("/search?q=lodz").text
    assert f"/desk/p/{mill}" in staff.get("/desk/find?q=lodz").text


def test_slip_is_said_with_a_way_to_the_letter(archive, browser, mill):
    described(archive, mill, "The weavers")
    page = browser.get("/search?q=weevers").text
    assert "Shown for <strong>weavers</strong>" in page
    assert 'href="/search?q=weevers&amp;exact=1"' in page
    assert mill not in browser.get("/search?q=weevers&exact=1").text


def test_search_is_kept_shared_and_removed(archive, staff, mill):
    asked = {"name": "Mills", "asked": "q=mill&gap=alt&page=7&evil=1", "shared": "1"}
    answer = staff.post("/desk/find/searches", asked)
    assert answer.location == "/desk/find?q=mill&gap=alt"
    assert "Mills" in staff.get("/desk/find").text
    [kept] = saved_searches.seen_by(archive, "somebody else")
    assert kept.shared
    staff.post(f"/desk/find/searches/{kept.id}/remove")
    assert "Mills" not in staff.get("/desk/find").text


def test_search_without_a_name_is_not_kept(staff):
    assert staff.post("/desk/find/searches", {"name": " ", "asked": "q=a"}).status_code == 400


def test_every_work_list_is_one_click(archive, staff, mill):
    clear.record(archive, mill, [NewRecord(RecordKind.PUBLICATION, "draft")], "rita")
    page = staff.get("/desk/find").text
    for name in ("caption", "alt", "damaged", "place", "date", "comment"):
        assert f'href="/desk/find?gap={name}"' in page
        assert staff.get(f"/desk/find?gap={name}").status_code == 200
    assert 'href="/desk/find?state=inreview"' in page
    assert mill in staff.get("/desk/find?gap=caption").text


@pytest.mark.parametrize(
    "query", ["gap=%F0", "decade=' OR 1", "order=worst", "page=-5", "state=" + "a" * 999]
)
def test_no_address_of_a_search_fails(staff, browser, query):
    assert staff.get(f"/desk/find?{query}").status_code == 200
    assert browser.get(f"/search?{query}").status_code == 200
