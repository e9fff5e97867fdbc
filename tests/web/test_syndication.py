"""Search engines, readers of feeds and previews are told what may be indexed, and no more."""

import re
from xml.etree.ElementTree import Element

import pytest
from browsers import STATES, Browser, behind_an_advisory, describe_as, new_photograph, work
from defusedxml.ElementTree import fromstring

from dam.catalogue.text import Text, TextField
from dam.web.application import create_app
from dam.workflows import clear, indexing

KEY = b"k" * 32
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
ATOM = "{http://www.w3.org/2005/Atom}"
INDEXED = {"public", "record", "embargo", "capped"}  # and not what nobody has reviewed yet


@pytest.fixture(scope="module")
def public(exhibition) -> Browser:
    return Browser(create_app(exhibition.archive, KEY))


def xml(browser: Browser, path: str, media_type: str = "application/xml") -> Element:
    answer = browser.get(path)
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    return fromstring(answer.data)


def ids(addresses) -> list[str]:
    return [address.rsplit("/", 1)[-1] for address in addresses]


def test_the_sitemap_has_what_may_be_indexed_with_its_pictures(exhibition, public):
    index = xml(public, "/sitemap.xml")
    parts = [one.text.removeprefix("http://localhost") for one in index.iter(f"{MAP}loc")]
    assert parts == ["/sitemaps/series.xml", "/sitemaps/photographs-1.xml"]
    assert ids(one.text for one in xml(public, parts[0]).iter(f"{MAP}loc")) == [
        exhibition.series_id
    ]
    found = {}
    for url in xml(public, parts[1]):
        pictures = [one.text for one in url.iter(f"{IMAGE}loc")]
        found[url.find(f"{MAP}loc").text.rsplit("/", 1)[-1]] = pictures
    assert found.keys() == {exhibition.ids[state] for state in INDEXED}
    for state in STATES:
        if state.name in INDEXED:
            one = exhibition.ids[state.name]
            assert bool(found[one]) is (state.pixels == 200), state.name
            for address in found[one]:
                assert public.get(address.removeprefix("http://localhost")).status_code == 200
    assert public.get("/sitemaps/photographs-2.xml").status_code == 404


def test_robots_are_told_where_the_sitemap_is_and_where_they_have_no_business(public):
    text = public.get("/robots.txt").text
    assert "Sitemap: http://localhost/sitemap.xml" in text
    for path in ("/desk/", "/rights/", "/search"):
        assert f"Disallow: {path}\n" in text


@pytest.mark.parametrize("state", [one for one in STATES if one.listed], ids=lambda one: one.name)
def test_the_page_of_what_is_not_to_be_indexed_says_so(exhibition, public, state):
    page = public.get(f"/p/{exhibition.ids[state.name]}").text
    assert ('<meta name="robots" content="noindex">' in page) is (state.name not in INDEXED)
    picture = re.search(r'property="og:image" content="([^"]+)"', page)
    assert bool(picture) is (state.pixels == 200)


def test_the_feed_has_the_newest_with_credit_and_picture(exhibition, public):
    feed = xml(public, "/feed.atom", "application/atom+xml")
    assert feed.find(f"{ATOM}updated").text == "2027-03-01T12:00:00Z"
    entries = {
        entry.find(f"{ATOM}id").text.rsplit("/", 1)[-1]: entry
        for entry in feed.iter(f"{ATOM}entry")
    }
    assert entries.keys() == {exhibition.ids[state] for state in INDEXED}
    links = {
        name: {link.get("rel") for link in entries[exhibition.ids[name]].iter(f"{ATOM}link")}
        for name in INDEXED
    }
    assert links["capped"] == {"alternate", "enclosure"}
    assert links["embargo"] == {"alternate"}


def test_what_is_hard_to_see_is_told_of_without_its_picture(archive, browser, monkeypatch):
    shown = []
    for number, records in enumerate((behind_an_advisory(), behind_an_advisory()[:2])):
        one = new_photograph(archive, number, series="Both")
        words = Text(TextField.CAPTION, "en", f"Words <&> of “{number}” " + "word " * 99)
        describe_as(archive, one, words, Text(TextField.CREDIT, "en", "Photo: R & K"))
        clear.record(archive, one, records, "tests")
        shown.append(one)
    work(archive)
    hard, open_ = shown
    for path in ("/sitemaps/photographs-1.xml", "/feed.atom"):
        text = browser.get(path).text
        assert f"/p/{hard}" in text
        assert f"/iiif/3/{hard}" not in text
        assert f"/iiif/3/{open_}" in text
        fromstring(text.encode())
    page = browser.get(f"/p/{hard}").text
    assert "og:image" not in page
    page = browser.get(f"/p/{open_}").text
    description = re.search(r'og:description" content="([^"]+)"', page)[1]
    assert description.endswith("… · Photo: R &amp; K")
    assert len(description) < 300
    clear.withdraw(archive, open_, "by request", "rita")
    assert open_ not in browser.get("/feed.atom").text
    monkeypatch.setattr(indexing, "PART", 1)
    assert "photographs-1.xml" in browser.get("/sitemap.xml").text
