"""Content Search 2.0 and 1.0: captions found within a manifest, on its canvases."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from dam.catalogue.sheet import read_sheet
from dam.iiif import content_search as iiif
from dam.iiif.presentation_lint import findings
from dam.records import series as series_rows
from dam.workflows import clear

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"


@pytest.fixture
def weavers(darkroom):
    """A series of three frames, with captions in two languages."""
    paths = [darkroom.picture(f"{number}.png") for number in range(3)]
    rows = [
        ["0.png", "The mill at Łódź, seen from the yard.", "Łódź dəyirmanı."],
        ["1.png", "A weaver of the mill. The mill is closed.", ""],
        ["2.png", "The yard.", ""],
    ]
    sheet = read_sheet(["filename", "caption", "caption@az"], rows)
    found = darkroom.take(*paths, sheet=sheet, public=True, rights=CC0, series="Weavers")
    darkroom.work()
    return [outcome.id for outcome in found]


@pytest.fixture
def series(archive, weavers):
    with archive.reading() as db:
        return series_rows.series_titled(db, "Weavers")


def asked(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return json.loads(answer.data)


def manifest_of(browser, identifier):
    return asked(browser, f"/manifests/3/{identifier}/manifest.json")


def test_manifest_declares_both_versions_of_search(browser, series, weavers):
    for identifier in (series, weavers[0]):
        two, one = manifest_of(browser, identifier)["service"]
        assert two["type"] == "SearchService2" and two["service"][0]["type"] == (
            "AutoCompleteService2"
        )
        assert one["profile"] == "http://iiif.io/api/search/1/search"
        for address in (two["id"], one["@id"], two["service"][0]["id"]):
            assert browser.get(f"{urlsplit(address).path}?q=mill").status_code == 200


def test_manifest_without_a_caption_declares_no_search(browser, darkroom):
    one = darkroom.photograph(public=True, rights=CC0)
    document = manifest_of(browser, one)
    assert "service" not in document and "annotations" not in document["items"][0]


def test_captions_are_annotations_of_their_canvas_in_every_language(browser, series):
    document = manifest_of(browser, series)
    assert findings(document) == ()
    first = document["items"][0]
    notes = first["annotations"][0]["items"]
    assert {note["body"]["language"]: note["body"]["value"] for note in notes} == {
        "en": "The mill at Łódź, seen from the yard.",
        "az": "Łódź dəyirmanı.",
    }
    assert {note["target"] for note in notes} == {first["id"]}


def test_what_is_found_are_annotations_of_the_manifest_with_their_passages(browser, series):
    canvases = manifest_of(browser, series)["items"]
    known = {note["id"]: note for each in canvases for note in each["annotations"][0]["items"]}
    found = asked(browser, f"/search/3/{series}?q=lodz")
    assert found["@context"] == iiif.CONTEXT_2 and found["type"] == "AnnotationPage"
    assert [known[item["id"]] for item in found["items"]] == found["items"]
    assert len(found["items"]) == 2, "in both languages"
    hits = found["annotations"][0]["items"]
    selectors = [hit["target"]["selector"][0] for hit in hits]
    assert selectors[0] == {
        "type": "TextQuoteSelector",
        "prefix": "The mill at ",
        "exact": "Łódź",
        "suffix": ", seen from the yard.",
    }
    assert {hit["target"]["source"] for hit in hits} <= known.keys()
    assert len({hit["id"] for hit in hits}) == len(hits)


def test_version_1_says_the_same(browser, series):
    two = asked(browser, f"/search/3/{series}?q=mill")
    one = asked(browser, f"/search/2/{series}?q=mill")
    assert one["@context"] == [iiif.PRESENTATION_2_CONTEXT, iiif.CONTEXT_1]
    assert [each["@id"] for each in one["resources"]] == [each["id"] for each in two["items"]]
    assert [each["on"] for each in one["resources"]] == [each["target"] for each in two["items"]]
    assert [(hit["before"], hit["match"], hit["after"]) for hit in one["hits"]] == [
        ("The ", "mill", " at Łódź, seen from the yard."),
        ("A weaver of the ", "mill", ". The mill is closed."),
        ("A weaver of the mill. The ", "mill", " is closed."),
    ]
    assert one["within"]["total"] == 2


@pytest.mark.parametrize(
    ("query", "found", "reason"),
    [
        ("q=yard", 2, "two frames"),
        ("q=yard -mill", 1, "without a word"),
        ("q=nobody", 0, "nothing"),
        ("", 0, "nothing asked"),
        ("q=%22", 0, "no word in it"),
        ("q=yard&motivation=painting", 0, "captions are comments"),
        ("q=yard&motivation=tagging commenting", 2, "one of the motivations"),
    ],
)
def test_how_much_is_found(browser, series, query, found, reason):
    for version, name in ((3, "items"), (2, "resources")):
        assert len(asked(browser, f"/search/{version}/{series}?{query}")[name]) == found, reason


def test_parameters_that_are_not_looked_at_are_named(browser, series):
    found = asked(browser, f"/search/3/{series}?q=yard&user=me&date=1992")
    assert found["ignored"] == ["date", "user"]
    assert asked(browser, f"/search/2/{series}?q=yard&user=me")["within"]["ignored"] == ["user"]


def test_photograph_is_searched_alone(browser, weavers):
    found = asked(browser, f"/search/3/{weavers[1]}?q=mill")
    assert [item["target"].split("/")[-2] for item in found["items"]] == [weavers[1]]
    assert asked(browser, f"/search/3/{weavers[2]}?q=mill")["items"] == []


def test_withdrawn_frame_is_not_found(archive, browser, series, weavers):
    clear.withdraw(archive, weavers[0], "A family asked.", "Rana")
    for version in (2, 3):
        text = browser.get(f"/search/{version}/{series}?q=yard").text
        assert weavers[0] not in text and "Łódź" not in text and weavers[2] in text
        assert asked(browser, f"/search/{version}/{series}/complete?q=lo").get("items", []) == []
        assert browser.get(f"/search/{version}/{weavers[0]}?q=mill").status_code == 410


def test_words_are_completed_while_one_types(browser, series):
    found = asked(browser, f"/search/3/{series}/complete?q=WE")
    assert found["items"] == [{"value": "weaver"}]
    [term] = asked(browser, f"/search/2/{series}/complete?q=we")["terms"]
    assert term["match"] == "weaver"
    assert parse_qs(urlsplit(term["url"]).query) == {"q": ["weaver"]}
    assert asked(browser, f"/search/3/{series}/complete?q=")["items"] == []


def test_long_answers_come_in_pages(browser, series, monkeypatch):
    monkeypatch.setattr(iiif, "PAGE", 1)
    monkeypatch.setattr("dam.web.content_search.PAGE", 1)
    page, seen = f"/search/3/{series}?q=mill", []
    while page:
        found = asked(browser, page)
        assert found["startIndex"] == len(seen) and found["partOf"]["total"] == 2
        seen += [item["id"] for item in found["items"]]
        page = found.get("next", {}).get("id", "").removeprefix("http://localhost")
    assert len(set(seen)) == 2
    one = asked(browser, f"/search/2/{series}?q=mill&page=2")
    assert one["startIndex"] == 1 and "next" not in one and one["prev"].endswith("?q=mill")


def test_unknown_manifest_has_no_search(browser):
    assert browser.get("/search/3/nobody?q=mill").status_code == 404
