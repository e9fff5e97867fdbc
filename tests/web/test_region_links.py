"""Links that open a photograph, or a region of it, on its page."""

import re
from urllib.parse import urlsplit

import pytest

from dam.records.register import NewRecord, RecordKind
from dam.workflows import clear

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"


@pytest.fixture
def one(darkroom):
    """A published photograph of 600 by 400 pixels."""
    return darkroom.photograph((600, 400), public=True, rights=CC0)


def region_on(text):
    found = re.search(r'data-region="([^"]*)"', text)
    return found and found[1]


def test_address_names_the_region_on_which_the_viewer_opens(browser, one):
    assert region_on(browser.get(f"/p/{one}").text) is None
    assert region_on(browser.get(f"/p/{one}?xywh=10,20,300,200").text) == "10,20,300,200"
    assert region_on(browser.get(f"/embed/{one}?xywh=10,20,300,200").text) == "10,20,300,200"


@pytest.mark.parametrize(
    ("asked", "opened", "reason"),
    [
        ("500,300,300,300", "500,300,100,100", "what lies beyond the edge is cut"),
        ("600,0,10,10", None, "beyond the picture"),
        ("0,0,0,10", None, "nothing"),
        ("10,20", None, "no region"),
        ('"><script>', None, "no region at all"),
    ],
)
def test_regions_that_are_not_as_asked(browser, one, asked, opened, reason):
    page = browser.get(f"/p/{one}", query_string={"xywh": asked})
    assert page.status_code == 200 and region_on(page.text) == opened, reason


def test_region_is_of_the_pixels_that_may_be_seen(archive, browser, darkroom, one):
    clear.record(archive, one, [NewRecord(RecordKind.CAP, number=300)], "Rana")
    darkroom.work()
    assert region_on(browser.get(f"/p/{one}?xywh=200,100,300,200").text) == "100,50,150,100"


def test_shared_link_opens_the_same_region_again(browser, one):
    page = browser.get(f"/p/{one}/share?xywh=10,20,300,200").text
    [link] = set(re.findall(r"http://localhost(/view\?iiif-content=[\w-]+)", page))
    answer = browser.get(link)
    assert answer.status_code == 302
    assert answer.location == f"/p/{one}?xywh=10,20,300,200"


def test_plain_addresses_are_content_states_too(browser, one):
    manifest = f"http://localhost/manifests/3/{one}/manifest.json"
    answer = browser.get("/view", query_string={"iiif-content": manifest})
    assert urlsplit(answer.location).path == f"/p/{one}"


def test_state_of_somebody_else_is_refused_in_words(browser):
    state = "https://other.example.org/manifests/3/a/manifest.json"
    answer = browser.get("/view", query_string={"iiif-content": state})
    assert answer.status_code == 400 and "names no photograph of this archive" in answer.text
    assert "Location" not in answer.headers
