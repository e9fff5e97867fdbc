"""What manifests offer beside pictures, and that all they name of ours answers."""

import json
import xml.etree.ElementTree as ET
from urllib.parse import urlsplit

import pytest
from browsers import CC_BY, CNE
from jsonschema import Draft7Validator

from dam.catalogue.authorities import Authority, AuthorityKind, AuthorityName, Coordinates
from dam.catalogue.changes import Description
from dam.catalogue.places import Locality, PlaceName
from dam.catalogue.sheet import read_sheet
from dam.catalogue.text import Text, TextField
from dam.iiif.presentation_lint import findings
from dam.iiif.presentation_source import NAV_PLACE_CONTEXT
from dam.records import authorities, catalogue
from dam.records import series as series_rows
from dam.records.register import NewRecord, RecordKind
from dam.workflows import clear, collect, manifests, publish

DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture
def frames(archive, darkroom):
    """Four frames of a series under two datelines, the last without pixels for the public."""
    paths = [darkroom.picture(f"{number}.png", (600, 400)) for number in range(4)]
    rows = [
        ["0.png", CC_BY, "Baku", "1992-02-03", "First", "Birinci"],
        ["1.png", CC_BY, "Baku", "1992-02-03", "Second", ""],
        ["2.png", CC_BY, "Ağdam", "1992-02", "Third", ""],
        ["3.png", CNE, "Ağdam", "1992-02", "Fourth", ""],
    ]
    header = ["filename", "rights", "place", "date", "caption", "caption@az"]
    found = darkroom.take(*paths, sheet=read_sheet(header, rows), public=True, series="Essay")
    darkroom.work()
    clear.record(archive, found[3].id, [NewRecord(RecordKind.SHOWING)], "Rana")
    clear.record(archive, found[0].id, [NewRecord(RecordKind.CEILING, "zoom")], "Rana")
    darkroom.work()
    return [one.id for one in found]


@pytest.fixture
def series(archive, frames):
    with archive.reading() as db:
        return series_rows.series_titled(db, "Essay")


def placed(archive, *photographs):
    """Say that photographs were taken at a place whose coordinates are known."""
    with archive.writing.begin() as db:
        names = (AuthorityName("Baku", "en"), AuthorityName("Bakı", "az"))
        at = Coordinates(40.4, 49.9)
        baku = Authority("pbaku", AuthorityKind.PLACE, names, coordinates=at)
        authorities.add(db, baku, archive.now())
        for one in photographs:
            place = Locality((PlaceName("Baku", "pbaku"),))
            words = Text(TextField.CAPTION, "en", "At the shore")
            catalogue.describe(db, one, Description(texts=(words,), places=(place,)))


def manifest_of(browser, identifier):
    answer = browser.get(f"/manifests/3/{identifier}/manifest.json")
    assert answer.status_code == 200, answer.text
    return json.loads(answer.data)


def addresses(value, found):
    """All addresses of ours that stand in a document."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name in {"id", "@id"} and isinstance(each, str):
                found.append((value, each))
            else:
                addresses(each, found)
    elif isinstance(value, list):
        for each in value:
            addresses(each, found)
    return found


INFORMATION = {"Text", "Dataset", "Image", "Manifest", "Collection"}


def test_all_that_a_manifest_names_of_ours_answers(browser, series, frames):
    asked = 0
    for identifier in (series, *frames):
        for holder, address in addresses(manifest_of(browser, identifier), []):
            if not address.startswith("http://localhost/"):
                continue
            path = urlsplit(address).path
            if holder.get("type") == "ImageService3":
                path = f"{path}/info.json"
            elif holder.get("type") not in INFORMATION:
                continue
            answer = browser.get(path)
            answer.close()
            assert answer.status_code == 200, path
            asked += 1
            if holder.get("format") and holder["type"] != "Text":
                assert answer.mimetype == holder["format"], path
    assert asked > 60


def test_series_has_a_range_for_each_dateline(browser, series, frames):
    document = manifest_of(browser, series)
    assert [one["label"]["en"][0] for one in document["structures"]] == [
        "Baku, 3 February 1992",
        "Ağdam, February 1992",
    ]
    canvases = [[each["id"].split("/")[-1] for each in one["items"]] for one in (
        document["structures"]
    )]  # fmt: skip
    assert canvases == [frames[:2], frames[2:]]
    assert findings(document) == ()


def test_series_under_one_dateline_has_no_ranges(archive, browser, series, frames):
    for one in frames[2:]:
        clear.withdraw(archive, one, "Asked.", "Rana")
    assert "structures" not in manifest_of(browser, series)


def test_files_are_offered_as_the_decision_gives_them(browser, frames):
    assert "rendering" not in manifest_of(browser, frames[0]), "no file above the view"
    document = manifest_of(browser, frames[1])
    offered = [urlsplit(one["id"]).path for one in document["rendering"]]
    assert offered[0] == f"/p/{frames[1]}/download"
    assert document["items"][0]["rendering"] == document["rendering"]
    assert "rendering" not in manifest_of(browser, frames[3])


def test_withheld_picture_has_a_placeholder_that_says_so(browser, series, frames):
    [canvas] = manifest_of(browser, frames[3])["items"]
    assert canvas["items"] == []
    instead = canvas["placeholderCanvas"]["items"][0]["items"][0]["body"]
    picture = browser.get(urlsplit(instead["id"]).path)
    assert picture.mimetype == "image/svg+xml" and "Not shown" in picture.text
    shown = manifest_of(browser, series)["items"][0]
    assert "placeholderCanvas" not in shown


def test_known_place_of_a_shown_picture_is_on_the_map(archive, browser, series, frames):
    placed(archive, frames[1], frames[3])
    for identifier in (frames[1], series):
        document = manifest_of(browser, identifier)
        assert document["@context"][0] == NAV_PLACE_CONTEXT
        assert findings(document) == ()
    [canvas] = manifest_of(browser, frames[1])["items"]
    [feature] = canvas["navPlace"]["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [49.9, 40.4]}
    assert feature["properties"]["label"] == {"en": ["Baku"], "az": ["Bakı"]}
    assert "navPlace" not in json.dumps(manifest_of(browser, frames[3])), "nor is its place shown"


def test_day_that_is_known_is_the_navdate(browser, frames):
    assert manifest_of(browser, frames[0])["items"][0]["navDate"] == "1992-02-03T00:00:00Z"


def linked(browser, identifier, label):
    [link] = [
        one for one in manifest_of(browser, identifier)["seeAlso"] if one["label"]["en"] == [label]
    ]
    return browser.get(urlsplit(link["id"]).path)


def test_record_is_there_in_dublin_core(browser, frames):
    root = ET.fromstring(linked(browser, frames[0], "Dublin Core").data)  # noqa: S314
    said = {}
    for element in root:
        language = element.get("{http://www.w3.org/XML/1998/namespace}lang")
        said.setdefault(element.tag.removeprefix(DC), []).append((language, element.text))
    assert said["description"] == [("en", "First"), ("az", "Birinci")]
    assert said["date"] == [(None, "1992-02-03")]
    assert (None, CC_BY) in said["rights"]
    assert said["identifier"] == [(None, f"http://localhost/p/{frames[0]}")]


def test_words_of_any_kind_are_good_xml(archive, browser, frames):
    words = Text(TextField.CAPTION, "en", "a < b & c \x07 ]]> \ufffe")
    with archive.writing.begin() as db:
        catalogue.describe(db, frames[0], Description(texts=(words,)))
    root = ET.fromstring(linked(browser, frames[0], "Dublin Core").data)  # noqa: S314
    assert root.find(f"{DC}description").text.startswith("a < b & c ")


def test_record_is_there_by_the_names_of_iptc(browser, frames):
    said = json.loads(linked(browser, frames[0], "IPTC Photo Metadata").data)
    assert said["description"] == {"en": "First", "az": "Birinci"}
    assert said["webStatementRights"] == CC_BY
    assert said["dateCreated"] == "1992-02-03"


@pytest.mark.shared
def test_all_of_it_passes_the_official_schema(archive, browser, series, frames, shared):
    placed(archive, frames[1])
    path = shared / "fixtures/iiif/presentation-schema-v3/iiif_3_0.json"
    schema = Draft7Validator(json.loads(path.read_text(encoding="utf-8")))
    for identifier in (series, *frames):
        document = manifest_of(browser, identifier)
        assert [error.message[:300] for error in schema.iter_errors(document)] == []


def test_page_of_a_collection_reads_only_what_stands_on_it(archive, series, frames, monkeypatch):
    read = []
    told_all = collect.told_all

    def counted(db, archive, photographs, asked):
        found = tuple(photographs)
        read.append(len(found))
        return told_all(db, archive, found, asked)

    monkeypatch.setattr(collect, "PAGE_OF_COLLECTION", 2)
    for module in (collect, manifests):
        monkeypatch.setattr(module, "told_all", counted)
    collect.collection(archive)
    assert read == [], "the top lists pages"
    collect.collection(archive, 3)
    assert read == [1]


def test_what_is_published_is_whole_too(archive, series, frames):
    publish.publish_all(archive)
    text = (archive.settings.manifests / f"3/{series}/manifest.json").read_text(encoding="utf-8")
    for part in ("structures", "placeholderCanvas", "rendering", "SearchService2", "captions"):
        assert part in text, part
