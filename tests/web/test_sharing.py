"""The share sheet: everything on it works for everybody, and gives no more than the decision."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from browsers import CC_BY, CNE, STATES, behind_an_advisory, describe_as, published

from dam.catalogue.text import Text, TextField
from dam.records.register import NewRecord, RecordKind
from dam.workflows import clear

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
ND = "http://creativecommons.org/licenses/by-nd/4.0/"
HOSTILE = '"><script>alert(1)</script>'
TITLE = Text(TextField.TITLE, "en", "A bridge")


@pytest.fixture
def one(archive, darkroom):
    """A published photograph of 600 by 400 pixels with a title."""
    found = darkroom.photograph((600, 400), public=True, rights=CC0)
    describe_as(archive, found, TITLE)
    return found


def fields(text: str) -> dict[str, str]:
    """What the fields of a sheet hold, by their ids."""
    lines = re.findall(r'<input id="(share-[\w-]+)" type="text" readonly value="([^"]*)"', text)
    areas = re.findall(r'<textarea id="(share-[\w-]+)"[^>]*>([^<]*)</textarea>', text)
    return {name: unescape(value) for name, value in [*lines, *areas]}


def sheet(browser, identifier: str, **query) -> dict[str, str]:
    return fields(browser.get(f"/p/{identifier}/share", query_string=query).text)


def jpegs(browser, identifier: str) -> list[str]:
    text = browser.get(f"/p/{identifier}/share").text
    return re.findall(r'<a href="(http://localhost/iiif/[^"]+)" download', text)


def test_the_page_leads_to_its_sheet_with_language_and_region(browser, one):
    page = browser.get(f"/p/{one}?lang=az&xywh=1,2,3,4&show=1").text
    [link] = re.findall(r'data-share href="([^"]+)"', page)
    assert unescape(link) == f"/p/{one}/share?lang=az&xywh=1%2C2%2C3%2C4"


def test_the_iframe_needs_no_script_and_says_what_it_shows(archive, browser, one):
    describe_as(archive, one, TITLE, Text(TextField.CREDIT, "en", "Photo: A & B / CC0 & more"))
    code = sheet(browser, one)["share-iframe"]
    assert f'src="http://localhost/embed/{one}"' in code
    assert 'title="A bridge. Photo: A &amp; B / CC0 &amp; more"' in code
    assert 'loading="lazy"' in code and "allowfullscreen" in code
    assert "<script" not in code
    inside = browser.get(f"/embed/{one}").text
    assert "Photo: A &amp; B" in inside, "the credit is in what the iframe shows"


def test_the_figure_has_picture_caption_and_credit_with_its_licence(archive, browser, darkroom):
    one = darkroom.photograph((60, 40), public=True, rights=CC_BY)
    describe_as(
        archive,
        one,
        TITLE,
        Text(TextField.CAPTION, "en", "First <line>.\nSecond."),
        Text(TextField.ALT, "en", 'A "bridge"'),
        Text(TextField.CREDIT, "en", "Photo: Rana, CC BY 4.0"),
    )
    code = sheet(browser, one)["share-figure"]
    assert f'<a href="http://localhost/p/{one}">' in code
    assert f'src="http://localhost/iiif/3/{one}/full/60,40/0/default.jpg"' in code
    assert 'width="60" height="40" alt="A &quot;bridge&quot;"' in code
    assert "First &lt;line&gt;.<br>" in code and "Second.<br>" in code
    licence = "https://creativecommons.org/licenses/by/4.0/"
    assert f'Photo: Rana, <a rel="license" href="{licence}">CC BY 4.0</a>' in code


def test_hostile_words_stay_words_in_everything_to_copy(archive, browser, one):
    texts = [Text(field, "en", HOSTILE) for field in (TextField.TITLE, TextField.CAPTION)]
    describe_as(archive, one, *texts, Text(TextField.CREDIT, "en", HOSTILE))
    page = browser.get(f"/p/{one}/share").text
    assert "<script>alert" not in page
    found = fields(page)
    for name in ("share-iframe", "share-figure"):
        assert "<script" not in found[name], name
    assert found["share-caption"] == HOSTILE, "to print it is copied as it is written"


def test_jpegs_are_pictures_of_the_pack_that_the_public_has(archive, browser, darkroom, one):
    assert [urlsplit(url).path.partition(one)[2] for url in jpegs(browser, one)] == [
        "/full/600,400/0/default.jpg",
        "/0,31,600,337/600,337/0/default.jpg",
        "/100,0,400,400/400,400/0/default.jpg",
    ]
    clear.record(archive, one, [NewRecord(RecordKind.CAP, number=90)], "Rana")
    darkroom.work()
    capped = jpegs(browser, one)
    assert [urlsplit(url).path.partition(one)[2] for url in capped] == [
        "/full/90,60/0/default.jpg",
        "/0,5,90,50/90,50/0/default.jpg",
        "/15,0,60,60/60,60/0/default.jpg",
    ]
    for url in capped:
        assert browser.get(url).status_code == 200, url


def test_a_licence_without_changes_offers_only_the_whole(archive, browser, darkroom):
    one = darkroom.photograph((60, 40), public=True, rights=ND)
    assert len(jpegs(browser, one)) == 1
    assert "allows no changed copies" in browser.get(f"/p/{one}/share").text


def test_the_words_beside_a_jpeg_can_be_copied(archive, browser, one):
    describe_as(
        archive,
        one,
        Text(TextField.ALT, "en", "Two piers in fog."),
        Text(TextField.CAPTION, "en", "The bridge."),
        Text(TextField.CREDIT, "en", "Photo: Rana"),
    )
    found = sheet(browser, one)
    assert found["share-alt"] == "Two piers in fog."
    assert found["share-caption"] == "The bridge."
    assert found["share-credit"] == found["share-credit-line"] == "Photo: Rana"


@pytest.mark.parametrize(
    "query", [{"xywh": "60,40,300,200"}, {"x": "60", "y": "40", "w": "300", "h": "200"}]
)
def test_a_detail_has_links_of_its_own_by_rectangle_or_by_numbers(
    archive, browser, darkroom, query
):
    one = darkroom.photograph((600, 400), public=True, rights=CC0)
    clear.record(archive, one, [NewRecord(RecordKind.CAP, number=300)], "Rana")
    darkroom.work()
    found = sheet(browser, one, **query)
    assert found["share-detail"] == f"http://localhost/p/{one}?xywh=60,40,300,200"
    assert f"/embed/{one}?xywh=60,40,300,200" in found["share-detail-iframe"]
    picture = found["share-detail-picture"]
    assert picture == f"http://localhost/iiif/3/{one}/30,20,150,100/150,100/0/default.jpg"
    assert browser.get(picture).status_code == 200
    leads_to = browser.get(found["share-detail-state"].removeprefix("http://localhost"))
    assert leads_to.location == f"/p/{one}?xywh=60,40,300,200"
    assert found["share-link"] == f"http://localhost/p/{one}", "the page stays the whole page"


@pytest.mark.parametrize("wrong", ["", "1,2,3", "9999,0,5,5", "0,0,0,0"])
def test_a_detail_that_is_none_has_no_links(browser, one, wrong):
    assert "share-detail" not in sheet(browser, one, xywh=wrong)


def test_the_citation_of_a_body_is_not_turned_around_and_hostile_titles_are_escaped(
    archive, browser, one
):
    describe_as(archive, one, Text(TextField.TITLE, "en", "50% {of} \\it"))
    found = sheet(browser, one)
    assert "50\\% \\textbraceleft{}of\\textbraceright{}" in found["share-cite-bibtex"]
    assert f"http://localhost/p/{one}" in found["share-cite-chicago"]


def test_the_iiif_icon_carries_manifest_and_canvas(browser, one):
    page = browser.get(f"/p/{one}/share").text
    [address] = re.findall(r'href="([^"]+)" data-drag', page)
    carried = parse_qs(urlsplit(unescape(address)).query)
    [manifest], [canvas] = carried["manifest"], carried["canvas"]
    document = browser.get(unescape(address)).get_json(force=True)
    assert document["id"] == manifest and document["items"][0]["id"] == canvas
    assert sheet(browser, one)["share-manifest"] == manifest


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_no_sheet_has_more_than_the_public_may_have(exhibition, app_of, state):
    one = exhibition.ids[state.name]
    for browser in (app_of(None), app_of("editor")):
        text = browser.get(f"/p/{one}/share").text
        if state.pixels != 200:
            assert "/iiif/3/" not in text and "<iframe" not in unescape(text), state.reason
        found = fields(text)
        assert bool(found) is (state.words == 200), state.reason
        if state.words == 200:
            assert found["share-link"] == f"http://localhost/p/{one}"


@pytest.fixture
def app_of(exhibition):
    """Browsers over the exhibition: somebody of the public, or an account of a role."""
    from browsers import KEY, Browser, signed_in

    from dam.rights.facts import Audience
    from dam.web.application import create_service

    def browser(role):
        service = create_service(exhibition.archive, KEY)
        if role is None:
            return Browser(service)
        return signed_in(exhibition.archive, service, Audience.EDITOR)

    return browser


def test_staff_are_told_why_a_draft_has_nothing_to_share(exhibition, app_of):
    answer = app_of("editor").get(f"/p/{exhibition.ids['draft']}/share")
    assert answer.status_code == 200 and "Publish it first" in answer.text
    assert app_of(None).get(f"/p/{exhibition.ids['draft']}/share").status_code == 404


def test_why_there_is_nothing_to_embed_is_said(exhibition, app_of):
    text = app_of(None).get(f"/p/{exhibition.ids['embargo']}/share").text
    assert "There is no picture to embed." in text and "1 April 2027" in text


def test_what_needs_an_advisory_has_no_file_that_goes_round_it(archive, browser, darkroom):
    one = darkroom.photograph((60, 40))
    clear.record(archive, one, behind_an_advisory(), "Rana")
    darkroom.work()
    text = browser.get(f"/p/{one}/share?xywh=1,2,10,10").text
    found = fields(text)
    assert "share-iframe" in found and "share-figure" not in found
    assert "/full/" not in text and "share-detail" not in found
    assert "Before you look" in browser.get(f"/embed/{one}").text


def test_a_series_is_shared_as_a_whole(exhibition, app_of):
    series = exhibition.series_id
    browser = app_of(None)
    found = fields(browser.get(f"/p/{series}/share").text)
    assert f'src="http://localhost/embed/{series}"' in found["share-iframe"]
    assert found["share-manifest"] == f"http://localhost/manifests/3/{series}/manifest.json"
    assert "[Photographs]" in found["share-cite-apa"]


def test_an_embedded_series_goes_from_frame_to_frame_and_names_only_the_told(exhibition, app_of):
    browser, address = app_of(None), f"/embed/{exhibition.series_id}"
    titles = []
    while address:
        page = browser.get(address)
        assert page.status_code == 200
        titles += re.findall(r"<h1[^>]*>([^<]+)</h1>", page.text)
        onward = re.findall(r'<a rel="next" href="([^"]+)"', page.text)
        address = unescape(onward[0]) if onward else ""
    told = [state.name for state in STATES if state.listed]
    assert len(titles) == len(told) and all("Titled" in title for title in titles)


@pytest.mark.parametrize(("number", "shown"), [("0", 1), ("99", 5), ("-4", 1), ("x", 1)])
def test_a_frame_that_is_not_there_is_the_nearest_one(exhibition, app_of, number, shown):
    page = app_of(None).get(f"/embed/{exhibition.series_id}?frame={number}")
    assert page.status_code == 200 and f"{shown} of 5" in page.text


def test_an_embedded_series_warns_before_the_frame_that_needs_it(archive, browser, darkroom):
    one = darkroom.photograph((60, 40), series="Hard")
    clear.record(archive, one, behind_an_advisory(), "Rana")
    darkroom.work()
    from dam.records import series

    with archive.reading() as db:
        whole = series.all_series(db)[0].id
    before = browser.get(f"/embed/{whole}").text
    assert "Before you look" in before and "/iiif/" not in before
    [show] = re.findall(r'rel="nofollow" href="([^"]+)"', before)
    assert f"/iiif/3/{one}" in browser.get(unescape(show)).text


def test_a_photograph_without_a_ground_has_words_to_share_and_no_picture(
    archive, browser, darkroom
):
    one = darkroom.photograph((60, 40))
    clear.record(archive, one, published(CNE), "Rana")
    found = sheet(browser, one)
    assert "share-cite-mla" in found and "share-iframe" not in found
