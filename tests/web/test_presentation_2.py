"""Presentation API 2.1, for viewers that read nothing newer."""

import json
from urllib.parse import urlsplit

import pytest
from browsers import CC_BY, CNE, KEY, Browser

from dam.catalogue.sheet import read_sheet
from dam.iiif.presentation_2 import CONTEXT, collection_2
from dam.records import series as series_rows
from dam.web.application import create_app
from dam.workflows import collect


@pytest.fixture
def series(archive, darkroom):
    """Two frames of a series, the second without pixels for the public."""
    paths = [darkroom.picture(f"{number}.png", (600, 400)) for number in range(2)]
    rows = [["0.png", CC_BY, "Łódź", "The mill", "Dəyirman"], ["1.png", CNE, "Baku", "A yard", ""]]
    sheet = read_sheet(["filename", "rights", "title", "caption", "caption@az"], rows)
    found = darkroom.take(*paths, sheet=sheet, series="Weavers", public=True)
    darkroom.work()
    with archive.reading() as db:
        return series_rows.series_titled(db, "Weavers"), [one.id for one in found]


def read(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200 and answer.mimetype == "application/json"
    return json.loads(answer.data)


def nodes(value):
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from nodes(each)
    elif isinstance(value, list):
        for each in value:
            yield from nodes(each)


def test_manifest_has_the_shape_of_2_1(browser, series):
    series_id, (first, _) = series
    document = read(browser, f"/manifests/2/{series_id}/manifest.json")
    assert document["@context"] == CONTEXT and document["@type"] == "sc:Manifest"
    assert document["@id"].endswith(f"/manifests/2/{series_id}/manifest.json")
    [sequence] = document["sequences"]
    canvas = sequence["canvases"][0]
    assert (canvas["@type"], canvas["width"], canvas["height"]) == ("sc:Canvas", 600, 400)
    [image] = canvas["images"]
    assert (image["motivation"], image["on"]) == ("sc:painting", canvas["@id"])
    service = image["resource"]["service"]
    assert service["@id"].endswith(f"/iiif/2/{first}")
    assert service["profile"] == "http://iiif.io/api/image/2/level2.json"
    assert canvas["license"] == CC_BY and canvas["attribution"]
    assert canvas["description"] == [
        {"@value": "The mill", "@language": "en"}, {"@value": "Dəyirman", "@language": "az"},
    ]  # fmt: skip
    for node in nodes(document):
        assert not {"id", "type", "items", "summary", "rights"} & node.keys()


def test_all_that_a_manifest_names_of_ours_answers(browser, series):
    series_id, ids = series
    for one in (series_id, *ids):
        document = read(browser, f"/manifests/2/{one}/manifest.json")
        images = [n["resource"]["@id"] for n in nodes(document) if "resource" in n]
        services = [
            f"{n['@id']}/info.json"
            for n in nodes(document)
            if "/image/2/" in str(n.get("@context"))
        ]
        for address in (*images, *services, *wholes(document)):
            assert browser.get(urlsplit(address).path).status_code == 200, address


def wholes(document):
    within = document["within"]
    return within if isinstance(within, list) else [within]


def test_both_versions_have_the_same_canvases_and_credits(browser, series):
    series_id, _ = series
    two = read(browser, f"/manifests/2/{series_id}/manifest.json")
    three = json.loads(browser.get(f"/manifests/3/{series_id}/manifest.json").data)
    canvases = two["sequences"][0]["canvases"]
    assert [one["@id"] for one in canvases] == [one["id"] for one in three["items"]]
    owed = {text for texts in three["requiredStatement"]["value"].values() for text in texts}
    assert owed == {each["@value"] if isinstance(each, dict) else each for each in listed(two)}


def listed(document):
    said = document["attribution"]
    return said if isinstance(said, list) else [said]


def test_search_is_declared_with_its_context(browser, series):
    series_id, _ = series
    service = read(browser, f"/manifests/2/{series_id}/manifest.json")["service"]
    assert service["@context"] == "http://iiif.io/api/search/1/context.json"
    assert service["profile"] == "http://iiif.io/api/search/1/search"
    found = read(browser, f"{urlsplit(service['@id']).path}?q=yard")
    canvases = read(browser, f"/manifests/2/{series_id}/manifest.json")["sequences"][0]["canvases"]
    assert found["resources"][0]["on"] == canvases[1]["@id"]


def test_collection_lists_manifests_of_2_1(browser, series):
    series_id, _ = series
    document = read(browser, "/manifests/2/collection.json")
    assert document["@type"] == "sc:Collection"
    assert document["manifests"][0]["@id"].split("/")[-2] == series_id
    assert all("/manifests/2/" in one["@id"] for one in document["manifests"])


def test_long_collection_lists_its_pages(archive, series, monkeypatch):
    monkeypatch.setattr(collect, "PAGE_OF_COLLECTION", 2)
    browser = Browser(create_app(archive, KEY))
    document = read(browser, "/manifests/2/collection.json")
    for one in document["collections"]:
        assert one["@type"] == "sc:Collection"
        page = read(browser, urlsplit(one["@id"]).path)
        assert page["@id"] == one["@id"] and page["within"] == document["@id"]


def test_words_without_a_language_are_plain():
    document = {"id": "https://a.example/c", "type": "Collection", "label": {"none": ["A"]}}
    assert collection_2({**document, "items": []})["label"] == "A"
