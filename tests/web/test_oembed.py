"""oEmbed 1.0: what consumers get, in both forms, as large as they have room for."""

import re
from urllib.parse import quote

import pytest
from browsers import CC_BY, KEY, STATES, Browser, behind_an_advisory, describe_as, published
from defusedxml.ElementTree import fromstring

from dam.catalogue.text import Text, TextField
from dam.records.register import NewRecord, RecordKind
from dam.web.application import create_service
from dam.workflows import clear, merge


@pytest.fixture
def one(archive, darkroom):
    """A published photograph of 600 by 400 pixels, with title and credit."""
    found = darkroom.photograph((600, 400), public=True, rights=CC_BY)
    describe_as(
        archive,
        found,
        Text(TextField.TITLE, "en", 'Bridge <b>&"'),
        Text(TextField.CREDIT, "en", "Photo: Rana, CC BY 4.0"),
    )
    return found


def oembed(browser, address: str, **query):
    return browser.get("/oembed", query_string={"url": address, **query})


def page(identifier: str) -> str:
    return f"http://localhost/p/{identifier}"


def test_a_page_is_told_of_as_a_rich_embed_with_credit_and_licence(browser, one):
    answer = oembed(browser, page(one))
    assert answer.mimetype == "application/json"
    said = answer.json
    assert said["version"] == "1.0" and said["type"] == "rich"
    assert said["title"] == 'Bridge <b>&"'
    assert (said["width"], said["height"]) == (800, 600)
    assert f'<iframe src="http://localhost/embed/{one}"' in said["html"]
    assert "Bridge &lt;b&gt;&amp;&quot;. Photo: Rana" in said["html"]
    assert said["provider_url"] == "http://localhost/"
    assert said["credit"] == "Photo: Rana, CC BY 4.0"
    assert said["license_url"] == CC_BY
    assert browser.get(said["thumbnail_url"]).status_code == 200
    assert (said["thumbnail_width"], said["thumbnail_height"]) == (400, 267)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == f"public, max-age={said['cache_age']}"


def test_xml_says_the_same(browser, one):
    said = oembed(browser, page(one)).json
    answer = oembed(browser, page(one), format="xml")
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = fromstring(answer.data)
    assert root.tag == "oembed"
    assert {child.tag: child.text for child in root} == {k: str(v) for k, v in said.items()}


def test_the_page_names_both_forms_and_they_answer(browser, one):
    head = browser.get(f"/p/{one}").text
    links = re.findall(r'<link rel="alternate" type="([^"]+\+oembed)"[^>]+href="([^"]+)"', head)
    assert [kind for kind, _ in links] == ["application/json+oembed", "text/xml+oembed"]
    for kind, address in links:
        answer = browser.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert kind.split("+", maxsplit=1)[0] == answer.mimetype


@pytest.mark.parametrize(
    ("wide", "high", "size", "thumbnail"),
    [
        ("300", "200", (300, 200), (300, 200)),
        ("90", "", (90, 600), (90, 60)),
        ("", "30", (800, 30), (45, 30)),
        ("5000", "5000", (800, 600), (400, 267)),
        ("0", "-1", (800, 600), (400, 267)),
        ("x", "9e9", (800, 600), (400, 267)),
    ],
)
def test_nothing_is_larger_than_the_consumer_has_room_for(
    browser, one, wide, high, size, thumbnail
):
    said = oembed(browser, page(one), maxwidth=wide, maxheight=high).json
    assert (said["width"], said["height"]) == size
    assert f'width="{size[0]}" height="{size[1]}"' in said["html"]
    assert (said["thumbnail_width"], said["thumbnail_height"]) == thumbnail
    assert browser.get(said["thumbnail_url"]).status_code == 200


def test_no_thumbnail_has_more_pixels_than_the_public_may_see(archive, browser, darkroom, one):
    clear.record(archive, one, [NewRecord(RecordKind.CAP, number=60)], "Rana")
    darkroom.work()
    said = oembed(browser, page(one)).json
    assert (said["thumbnail_width"], said["thumbnail_height"]) == (60, 40)


def test_a_region_of_the_address_is_the_region_of_the_embed(browser, one):
    said = oembed(browser, f"{page(one)}?xywh=1,2,30,40").json
    assert f"/embed/{one}?xywh=1,2,30,40" in said["html"]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_what_is_answered_in_each_state_of_rights(exhibition, state):
    """§2.3.3: 401 where a link may stand and an embed may not, 404 where there is no response."""
    browser = Browser(create_service(exhibition.archive, KEY))
    answer = oembed(browser, page(exhibition.ids[state.name]))
    expected = {200: 200, 403: 401, 404: 404, 410: 404}[state.pixels]
    assert answer.status_code == expected, state.reason
    if expected != 200:
        assert set(answer.json) == {"status", "detail"}
        assert "Titled" not in answer.text and "/iiif/" not in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
    if expected == 401:
        assert answer.json["detail"]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://localhost/p/{one}?utm_source=x#part", "a query and a fragment change nothing"),
        ("https://localhost/p/{one}", "a page that is https by now"),
        ("HTTP://LOCALHOST/p/{one}", "names of hosts know no case"),
        ("http://localhost/embed/{one}", "the embed itself"),
        ("http://localhost/p/{one}/share", "the page of the sheet"),
        ("http://localhost/p/{one}/", "a slash too many"),
        ("http://localhost/manifests/3/{one}/manifest.json", "the manifest"),
        ("http://localhost/ark:/12345/{one}", "its ARK"),
    ],
)
def test_addresses_that_lead_to_the_photograph(browser, one, address, reason):
    answer = oembed(browser, address.format(one=one))
    assert answer.status_code == 200, reason
    assert f"/embed/{one}" in answer.json["html"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://evil.example/p/{one}",
        "http://localhost.evil.example/p/{one}",
        "http://localhost@evil.example/p/{one}",
        "javascript://localhost/p/{one}",
        "//localhost/p/{one}",
        "/p/{one}",
        "http://localhost/",
        "http://localhost/p/nope",
        "http://localhost/desk/p/{one}",
        "http://localhost/p/../p/{one}",
        "http://[::1/p/{one}",
    ],
)
def test_addresses_that_are_not_ours(browser, one, address):
    answer = oembed(browser, address.format(one=one))
    assert answer.status_code == 404, address
    assert "evil" not in answer.text


@pytest.mark.parametrize("form", ["yaml", "JSON", "json,xml", ""])
def test_a_form_that_there_is_not_is_501(browser, one, form):
    answer = oembed(browser, page(one), format=form)
    assert answer.status_code == 501 and "json or xml" in answer.json["detail"]


def test_a_public_address_with_a_path_is_ours(open_archive, browser, one, archive):
    from dataclasses import replace

    settings = replace(archive.settings, public_url="https://museum.example/photos")
    elsewhere = Browser(create_service(replace(archive, settings=settings), KEY))
    assert oembed(elsewhere, f"https://museum.example/photos/p/{one}").status_code == 200
    assert oembed(elsewhere, f"https://museum.example/p/{one}").status_code == 404


def test_the_address_of_a_merged_photograph_answers_for_its_successor(
    archive, browser, darkroom, one
):
    old = darkroom.photograph((60, 40), public=True, rights=CC_BY)
    merge.merge(archive, old, one, "Rana")
    assert f"/embed/{one}" in oembed(browser, page(old)).json["html"]


def test_what_needs_an_advisory_is_embedded_behind_it_without_a_thumbnail(
    archive, browser, darkroom
):
    one = darkroom.photograph((60, 40))
    clear.record(archive, one, behind_an_advisory(), "Rana")
    darkroom.work()
    said = oembed(browser, page(one)).json
    assert "html" in said and "thumbnail_url" not in said


def test_a_series_is_embedded_with_a_thumbnail_that_the_public_may_see(exhibition):
    browser = Browser(create_service(exhibition.archive, KEY))
    said = oembed(browser, page(exhibition.series_id)).json
    assert said["title"] == "A series of all states"
    assert f"/embed/{exhibition.series_id}" in said["html"]
    assert browser.get(said["thumbnail_url"]).status_code == 200


def test_a_series_of_which_no_picture_may_be_shown_is_not_embedded(archive, browser, darkroom):
    one = darkroom.photograph((60, 40), series="Closed")
    clear.record(archive, one, published("http://rightsstatements.org/vocab/CNE/1.0/"), "Rana")
    from dam.records import series

    with archive.reading() as db:
        whole = series.all_series(db)[0].id
    assert oembed(browser, page(whole)).status_code == 401


def test_an_address_with_odd_signs_is_no_fault(browser):
    for odd in ("\x00", "%", "http://localhost/p/" + "x" * 9000, "http://local\nhost/p/x", "é"):
        assert browser.get(f"/oembed?url={quote(odd)}").status_code == 404
