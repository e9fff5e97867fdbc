"""Manifests and their published copies: what each audience is told, and that it is valid."""

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from dam.catalogue.changes import Description
from dam.catalogue.sheet import read_sheet
from dam.catalogue.text import Text, TextField
from dam.errors import NotFound
from dam.iiif.presentation import fill_origin
from dam.iiif.presentation_lint import findings
from dam.records import canvases, catalogue
from dam.records import series as series_rows
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience
from dam.workflows import clear, collect, manifests, publish
from dam.workflows.ask import Unknown, Withdrawn

BY = "http://creativecommons.org/licenses/by/4.0/"
BY_SA = "http://creativecommons.org/licenses/by-sa/4.0/"
PDM = "http://creativecommons.org/publicdomain/mark/1.0/"
INC = "http://rightsstatements.org/vocab/InC/1.0/"
ORIGIN = "https://photographs.example.org"
K = RecordKind


def record(archive, photograph_id, kind, text="", **value):
    clear.record(archive, photograph_id, [NewRecord(kind, text, **value)], "Rana")


def told(archive, identifier, audience=Audience.PUBLIC):
    """The manifest as it is served."""
    return json.loads(fill_origin(manifests.manifest(archive, identifier, audience).text, ORIGIN))


def collection(archive, page=None):
    return json.loads(fill_origin(collect.collection(archive, page).text, ORIGIN))


def words(labelled):
    return [text for texts in labelled["value"].values() for text in texts]


def row(document, label):
    return next(
        (words(each) for each in document["metadata"] if each["label"]["en"] == [label]), []
    )


def services(document):
    return [
        page["items"][0]["body"]["service"][0]["id"].removeprefix(f"{ORIGIN}/iiif/3/")
        for canvas in document["items"]
        for page in canvas["items"]
    ]


def series_id(archive, title="Aghdam"):
    with archive.reading() as db:
        return series_rows.series_titled(db, title)


@pytest.fixture
def one(darkroom):
    """A published photograph with words and a licence."""
    path = darkroom.picture("one.png", (600, 400))
    sheet = read_sheet(
        ["filename", "title", "caption", "caption@az", "creator", "credit", "date", "place"],
        [["one.png", "Aghdam", "A <b> & “c”.", "Ağdam.", "Reza", "Photo: Reza", "1992-02", "Baku"]],
    )
    [outcome] = darkroom.take(path, sheet=sheet, public=True, rights=BY)
    darkroom.work()
    return outcome.id


@pytest.fixture
def three(archive, darkroom):
    """Three frames of one series, under three licences."""
    rights = (BY, BY_SA, PDM)
    paths = [darkroom.picture(f"{number}.png", (600, 400)) for number in range(3)]
    rows = [
        [path.name, uri, f"Photo: {number}"]
        for number, (path, uri) in enumerate(zip(paths, rights, strict=True), 1)
    ]
    sheet = read_sheet(["filename", "rights", "credit"], rows)
    outcomes = darkroom.take(*paths, sheet=sheet, public=True, series="Aghdam")
    darkroom.work()
    return [outcome.id for outcome in outcomes]


def test_rights_credit_and_provider_stand_on_manifest_and_canvas(archive, one):
    document = told(archive, one)
    for each in (document, *document["items"]):
        assert each["rights"] == BY
        assert "Photo: Reza" in words(each["requiredStatement"])
        assert each["provider"][0]["label"] == {"en": [archive.settings.archive_name]}


def test_words_are_those_of_the_photograph_in_their_languages(archive, one):
    document = told(archive, one)
    assert document["label"] == {"en": ["Aghdam"]}
    assert document["summary"] == {"en": ["A <b> & “c”."], "az": ["Ağdam."]}
    assert row(document, "Creator") == ["Reza"]
    assert row(document, "Place") == ["Baku"]
    assert "February 1992" in row(document, "Date")


def test_photograph_without_a_title_is_not_named_by_its_file(archive, darkroom):
    photograph_id = darkroom.photograph(public=True)
    text = manifests.manifest(archive, photograph_id, Audience.PUBLIC).text
    assert json.loads(text)["label"] == {"en": ["Untitled photograph"]}
    assert ".png" not in text


def test_canvas_has_the_extent_of_the_master_and_the_body_that_of_the_pack(archive, darkroom, one):
    record(archive, one, K.CAP, number=300)
    darkroom.work()
    [canvas] = told(archive, one)["items"]
    body = canvas["items"][0]["items"][0]["body"]
    assert (canvas["width"], canvas["height"]) == (600, 400)
    assert (body["width"], body["height"]) == (300, 200)
    assert (body["service"][0]["width"], body["service"][0]["height"]) == (300, 200)


def test_those_who_work_here_are_told_of_the_full_image(archive, darkroom, one):
    record(archive, one, K.CAP, number=300)
    darkroom.work()
    assert services(told(archive, one)) == [one]
    assert services(told(archive, one, Audience.STAFF)) == [f"{one}_full"]
    assert manifests.manifest(archive, one, Audience.STAFF).life.seconds == 0


def test_record_without_pixels_says_why_and_names_no_service(archive, darkroom):
    photograph_id = darkroom.photograph(rights=INC)
    record(archive, photograph_id, K.PUBLICATION, "published")
    document = told(archive, photograph_id)
    assert document["items"][0]["items"] == []
    assert "does not allow" in document["summary"]["en"][0]
    assert "/iiif/3/" not in json.dumps(document)


def test_picture_that_is_not_cut_yet_is_being_prepared(archive, darkroom):
    [outcome] = darkroom.take(darkroom.picture("a.png"), public=True, rights=BY)
    document = told(archive, outcome.id)
    assert document["items"][0]["items"] == []
    assert document["summary"] == {"en": ["This picture is being prepared."]}


def test_draft_is_unknown_outside_and_told_to_those_who_work_here(archive, darkroom):
    draft = darkroom.photograph()
    with pytest.raises(Unknown):
        manifests.manifest(archive, draft, Audience.PUBLIC)
    assert services(told(archive, draft, Audience.STAFF)) == [f"{draft}_full"]


@pytest.mark.parametrize("audience", Audience)
def test_unknown_manifest_is_not_found_for_anybody(archive, audience):
    with pytest.raises(NotFound):
        manifests.manifest(archive, "nobody", audience)


def test_manifest_of_a_withdrawn_photograph_is_gone(archive, one):
    clear.withdraw(archive, one, "A family asked.", "Rana")
    with pytest.raises(Withdrawn):
        manifests.manifest(archive, one, Audience.PUBLIC)


def test_series_of_several_licences_has_no_rights_of_its_own_and_credits_each_frame(archive, three):
    document = told(archive, series_id(archive))
    assert "rights" not in document
    assert [canvas["rights"] for canvas in document["items"]] == [BY, BY_SA, PDM]
    owed = " ".join(words(document["requiredStatement"]))
    assert "1: Photo: 1" in owed and "2: Photo: 2" in owed
    assert "CC BY 4.0" in owed and "CC BY-SA 4.0" in owed


def test_series_of_one_licence_has_it_too(archive, darkroom):
    paths = [darkroom.picture(f"{number}.png") for number in range(2)]
    darkroom.take(*paths, public=True, rights=BY, credit="The Fund", series="Aghdam")
    darkroom.work()
    document = told(archive, series_id(archive))
    assert document["rights"] == BY
    assert "The Fund" in words(document["requiredStatement"])


def test_photograph_and_its_series_name_each_other(archive, three):
    wholes = {each["id"] for each in told(archive, three[0])["partOf"]}
    assert wholes == {
        f"{ORIGIN}/manifests/3/{series_id(archive)}/manifest.json",
        f"{ORIGIN}/manifests/3/collection.json",
    }
    assert services(told(archive, series_id(archive))) == three


def test_withdrawn_frame_leaves_its_series(archive, three):
    clear.withdraw(archive, three[1], "A family asked.", "Rana")
    text = manifests.manifest(archive, series_id(archive), Audience.PUBLIC).text
    assert three[1] not in text and "Photo: 2" not in text
    assert services(told(archive, series_id(archive))) == [three[0], three[2]]


def test_draft_frame_is_in_the_series_of_those_who_work_here_only(archive, three):
    clear.unpublish(archive, three[0], "Rana")
    document = told(archive, series_id(archive))
    assert len(document["items"]) == 2
    assert len(told(archive, series_id(archive), Audience.STAFF)["items"]) == 3


def test_series_without_a_frame_that_may_be_told_of_is_unknown(archive, three):
    for photograph_id in three:
        clear.withdraw(archive, photograph_id, "A family asked.", "Rana")
    with pytest.raises(Unknown):
        manifests.manifest(archive, series_id(archive), Audience.PUBLIC)


def stored(archive, manifest_id):
    with archive.reading() as db:
        return canvases.of_manifest(db, manifest_id)


def describe(archive, photograph_id, caption):
    with archive.writing.begin() as db:
        catalogue.describe(
            db, photograph_id, Description(texts=(Text(TextField.CAPTION, "en", caption),))
        )


def test_stored_canvas_is_used_where_it_was_built_from_the_same(archive, one):
    [canvas] = stored(archive, one).values()
    marked = replace(canvas, text=canvas.text.replace("Aghdam", "As stored"))
    with archive.writing.begin() as db:
        canvases.store(db, one, [marked])
    assert told(archive, one)["items"][0]["label"] == {"en": ["As stored"]}


def test_stored_canvas_is_not_used_when_a_caption_changed(archive, one):
    before = stored(archive, one)[one]
    describe(archive, one, "Another caption.")
    assert told(archive, one)["items"][0]["summary"] == {"en": ["Another caption."]}
    assert stored(archive, one)[one] == before
    publish.publish_photograph(archive, one)
    assert stored(archive, one)[one] != before


CHANGES = (
    (NewRecord(K.CAP, number=300), "fewer pixels"),
    (NewRecord(K.STATEMENT, BY_SA), "another licence"),
    (NewRecord(K.EMBARGO, "plain", day=date(2030, 1, 1)), "no pixel"),
)


@pytest.mark.parametrize(("new", "reason"), CHANGES)
def test_stored_canvas_is_not_used_when_rights_changed(archive, one, new, reason):
    before = told(archive, one)["items"]
    clear.record(archive, one, [new], "Rana")
    assert told(archive, one)["items"] != before, reason


def test_only_changed_frames_of_a_series_are_built_again(archive, three):
    before = stored(archive, series_id(archive))
    describe(archive, three[1], "Another caption.")
    with archive.reading() as db:
        _, fresh = manifests.public(db, archive, series_id(archive))
    assert [canvas.photograph_id for canvas in fresh] == [three[1]]
    assert set(before) == set(three)


def test_manifest_of_unread_frames_is_that_of_read_ones(archive, three):
    """Whether frames are taken from what is stored or built anew, the document is the same."""
    one = series_id(archive)
    stored_text = manifests.manifest(archive, one, Audience.PUBLIC).text
    with archive.writing.begin() as db:
        canvases.forget(db, one)
    assert manifests.manifest(archive, one, Audience.PUBLIC).text == stored_text
    assert '"rights"' in stored_text and "Credits and licences" in stored_text


def test_series_reads_the_words_of_changed_frames_alone(archive, three, monkeypatch):
    read = []
    photographs = catalogue.photographs
    monkeypatch.setattr(
        catalogue, "photographs", lambda db, ids: read.extend(ids) or photographs(db, ids)
    )
    describe(archive, three[1], "Another caption.")
    read.clear()
    publish.publish_series(archive, series_id(archive))
    assert read == [three[1]]
    read.clear()
    publish.publish_series(archive, series_id(archive))
    assert read == []


def test_stored_canvas_is_the_publics_and_not_given_to_others(archive, darkroom, one):
    record(archive, one, K.CAP, number=300)
    darkroom.work()
    assert services(told(archive, one, Audience.STAFF)) == [f"{one}_full"]
    assert "_full" not in "".join(canvas.text for canvas in stored(archive, one).values())


def test_no_copy_of_words_is_kept_for_long(archive, one, three):
    for identifier in (one, series_id(archive)):
        assert manifests.manifest(archive, identifier, Audience.PUBLIC).life.seconds == 300


def test_collection_lists_series_then_photographs_newest_first(archive, clock, darkroom, three):
    clock.advance(hours=1)
    newest = darkroom.photograph(public=True)
    listed = [item["id"].split("/")[-2] for item in collection(archive)["items"]]
    assert listed[:2] == [series_id(archive), newest]
    assert sorted(listed[2:]) == sorted(three)


def test_collection_names_nothing_that_the_public_is_not_told_of(archive, darkroom, three):
    draft = darkroom.photograph()
    hidden = darkroom.photograph(public=True)
    record(archive, hidden, K.CEILING, "hidden")
    clear.withdraw(archive, three[0], "A family asked.", "Rana")
    text = collect.collection(archive).text
    assert not any(one in text for one in (draft, hidden, three[0]))


def test_empty_archive_has_an_empty_collection(archive):
    assert collection(archive)["items"] == []
    with pytest.raises(Unknown):
        collect.collection(archive, 1)


@pytest.fixture
def short_pages(monkeypatch):
    """Pages of two, since nobody waits for five hundred photographs."""
    monkeypatch.setattr(collect, "PAGE_OF_COLLECTION", 2)


def test_long_collection_lists_its_pages(archive, short_pages, three):
    top = collection(archive)
    assert [item["type"] for item in top["items"]] == ["Collection", "Collection"]
    pages = [collection(archive, number) for number in (1, 2)]
    assert [item["id"] for item in top["items"]] == [page["id"] for page in pages]
    assert [len(page["items"]) for page in pages] == [2, 2]
    for number in (0, 3):
        with pytest.raises(Unknown):
            collect.collection(archive, number)


# --- published copies


def published(archive):
    """The files of the published copy, by their paths."""
    root = archive.settings.manifests
    return {
        path.relative_to(root).as_posix(): json.loads(path.read_text(encoding="utf-8"))
        for path in root.rglob("*")
        if path.is_file()
    }


def test_what_is_published_is_what_is_served(open_archive, darkroom):
    darkroom.archive = archive = open_archive(public_url=f"{ORIGIN}/")
    photograph_id = darkroom.photograph(public=True, rights=BY, series="Aghdam")
    assert published(archive) == {
        f"3/{photograph_id}/manifest.json": told(archive, photograph_id),
        f"3/{series_id(archive)}/manifest.json": told(archive, series_id(archive)),
        "3/collection.json": collection(archive),
        "3/collections/page-1.json": collection(archive, 1),
    }


def test_published_files_lint_clean(archive, darkroom, one, three):
    withheld = darkroom.photograph(rights=INC)
    record(archive, withheld, K.PUBLICATION, "published")
    darkroom.work()
    files = published(archive)
    assert len(files) == 8
    for name, document in files.items():
        assert findings(document) == (), name


@pytest.mark.shared
def test_published_files_pass_the_official_schema(archive, darkroom, one, three, shared):
    path = shared / "fixtures/iiif/presentation-schema-v3/iiif_3_0.json"
    schema = Draft7Validator(json.loads(path.read_text(encoding="utf-8")))
    withheld = darkroom.photograph(rights=INC)
    record(archive, withheld, K.PUBLICATION, "published")
    darkroom.work()
    for name, document in published(archive).items():
        assert [error.message[:200] for error in schema.iter_errors(document)] == [], name


def test_without_a_public_address_the_copies_are_under_loopback(archive, one):
    document = published(archive)[f"3/{one}/manifest.json"]
    assert document["id"] == f"http://127.0.0.1:8000/manifests/3/{one}/manifest.json"


def test_drafts_are_not_published(archive, darkroom):
    draft = darkroom.photograph()
    assert f"3/{draft}/manifest.json" not in published(archive)


def test_withdrawn_photograph_is_in_no_published_file_when_the_command_returns(archive, three):
    clear.withdraw(archive, three[1], "A family asked.", "Rana")
    assert f"3/{three[1]}/manifest.json" not in published(archive)
    assert three[1] not in json.dumps(published(archive))


def test_unpublished_photograph_is_in_no_published_file_when_the_command_returns(archive, three):
    clear.unpublish(archive, three[1], "Rana")
    assert three[1] not in json.dumps(published(archive))


def test_series_whose_frames_are_all_gone_is_no_longer_published(archive, three):
    series = series_id(archive)
    for photograph_id in three:
        clear.withdraw(archive, photograph_id, "A family asked.", "Rana")
    files = published(archive)
    assert f"3/{series}/manifest.json" not in files
    assert files["3/collection.json"]["items"] == []


def test_reinstated_photograph_is_published_again(archive, one):
    clear.withdraw(archive, one, "By mistake.", "Rana")
    clear.reinstate(archive, one, "It was a mistake.", "Rana")
    assert f"3/{one}/manifest.json" in published(archive)


def test_every_page_of_the_collection_is_published(archive, darkroom, short_pages):
    """Two photographs and their series are three items: two pages."""
    darkroom.take(darkroom.picture("a.png"), darkroom.picture("b.png"), public=True, series="S")
    darkroom.work()
    files = published(archive)
    pages = sorted(name for name in files if "collections/" in name)
    assert pages == ["3/collections/page-1.json", "3/collections/page-2.json"]
    assert [len(files[name]["items"]) for name in pages] == [2, 1]


def test_page_that_is_no_longer_there_is_removed(archive, short_pages, three):
    publish.publish_collection(archive)
    assert "3/collections/page-2.json" in published(archive)
    clear.unpublish(archive, three[0], "Rana")
    clear.unpublish(archive, three[1], "Rana")
    assert "3/collections/page-2.json" not in published(archive)
    assert three[0] not in json.dumps(published(archive))


def test_everything_can_be_published_anew(archive, one, three):
    before = published(archive)
    for path in archive.settings.manifests.rglob("*.json"):
        path.unlink()
    assert publish.publish_all(archive) == 4
    assert published(archive) == before


def test_publishing_leaves_no_file_beside_the_published_ones(archive, one):
    names = {name for _, _, files in os.walk(archive.settings.manifests) for name in files}
    assert names == {"manifest.json", "collection.json", "page-1.json"}


def test_copy_that_cannot_be_written_does_not_harm_the_one_that_is_there(archive, one):
    before = published(archive)
    target = archive.settings.manifests / f"3/{one}/manifest.json"
    target.unlink()
    target.mkdir()  # a directory in the way fails for every user, root too
    with pytest.raises(OSError, match=r"."):
        publish.publish_photograph(archive, one)
    assert [path.name for path in Path(target.parent).iterdir()] == ["manifest.json"]
    target.rmdir()
    publish.publish_photograph(archive, one)
    assert published(archive) == before
