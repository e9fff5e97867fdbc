"""What the headers promise: to browsers about safety, to caches about time."""

import gzip
import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from browsers import (
    CC_BY,
    CC_ZERO,
    KEY,
    STATES,
    Browser,
    describe_as,
    new_photograph,
    published,
    signed_in,
    work,
)
from werkzeug.test import Client

from dam.catalogue.text import Text, TextField
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience
from dam.web.application import create_app, create_service
from dam.workflows import clear

PAGES = ("/", "/p/{one}", "/p/{series}", "/sign-in", "/sign-in/token", "/p/nope")
DESKS = (
    "/desk/",
    "/desk/p/{one}",
    "/desk/p/{one}/events",
    "/rights/",
    "/rights/p/{one}",
    "/admin/",
)
EMBEDS = ("/embed/{one}", "/embed/{withdrawn}", "/embed/nope")


@pytest.fixture(scope="module")
def reader(exhibition) -> Browser:
    return signed_in(
        exhibition.archive, create_service(exhibition.archive, KEY), Audience.ADMINISTRATOR
    )


def fill(exhibition, path: str) -> str:
    ids = exhibition.ids
    return path.format(one=ids["public"], withdrawn=ids["withdrawn"], series=exhibition.series_id)


def policy(answer) -> dict[str, str]:
    parts = answer.headers["Content-Security-Policy"].split(";")
    return dict(part.strip().partition(" ")[::2] for part in parts)


@pytest.mark.parametrize("path", [*PAGES, *DESKS, *EMBEDS])
def test_a_page_runs_nothing_but_the_archive_s_own_scripts(exhibition, reader, path):
    answer = reader.get(fill(exhibition, path))
    assert answer.mimetype == "text/html"
    found = policy(answer)
    assert found["default-src"] == "'none'"
    assert found["script-src"] == "'self'"
    assert found["style-src"] == "'self'"
    assert found["base-uri"] == "'none'"
    assert found["form-action"] == "'self'"
    assert "unsafe" not in str(found)
    assert "*" not in found["img-src"]
    text = answer.text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "no script in the page"
    assert not re.search(r"\son\w+=", text), "no handler in an attribute"
    shown = re.sub(r"<(textarea|input)\b[^>]*>", "", text)  # the code to copy has a style in it
    assert not re.search(r"\sstyle=", shown), "no style that the policy would refuse"


@pytest.mark.parametrize("path", [*PAGES, *DESKS])
def test_a_page_is_framed_by_nobody_and_kept_by_nobody(exhibition, reader, path):
    answer = reader.get(fill(exhibition, path))
    assert policy(answer)["frame-ancestors"] == "'none'"
    assert answer.headers["Cache-Control"] in {"private, no-store", "no-store"}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("path", EMBEDS)
def test_an_embed_is_framed_by_anybody_and_holds_nothing_to_press(exhibition, reader, path):
    answer = reader.get(fill(exhibition, path))
    assert policy(answer)["frame-ancestors"] == "*"
    if answer.status_code == 200:
        assert "<form" not in answer.text
        assert "csrf_token" not in answer.text
        assert "Administrator" not in answer.text


def test_an_embed_that_is_refused_shows_nobody_s_name_in_the_frame_of_another_site(
    exhibition, reader
):
    for path in EMBEDS[1:]:
        text = reader.get(fill(exhibition, path)).text
        assert "Administrator" not in text, path
        assert "csrf_token" not in text, path


FOR_PROGRAMS = (
    "/iiif/3/{one}/info.json",
    "/iiif/3/{one}/full/max/0/default.jpg",
    "/iiif/2/{one}/full/50,/90/gray.png",
    "/manifests/3/{one}/manifest.json",
    "/manifests/3/{series}/manifest.json",
    "/manifests/3/collection.json",
    "/api/v1/photographs/{one}.json",
)


@pytest.mark.parametrize("path", FOR_PROGRAMS)
def test_what_other_sites_may_read_says_so_and_is_never_sniffed(exhibition, reader, path):
    answer = reader.get(fill(exhibition, path), headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert re.fullmatch(r'"[\w-]+"', answer.headers["ETag"])
    assert re.fullmatch(r"public, max-age=\d+", answer.headers["Cache-Control"])


@pytest.mark.parametrize("path", FOR_PROGRAMS)
def test_what_is_unchanged_is_304_with_what_caches_need(exhibition, reader, path):
    target = fill(exhibition, path)
    first = reader.get(target)
    again = reader.get(target, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    for name in ("ETag", "Access-Control-Allow-Origin", "Vary"):
        assert again.headers.get(name) == first.headers.get(name), name
    assert life(first) - 1 <= life(again) <= life(first)
    weak = reader.get(target, headers={"If-None-Match": f"W/{first.headers['ETag']}"})
    assert weak.status_code == 304, "a proxy that zips makes the tag weak"


def test_a_zipped_answer_is_the_same_under_a_tag_of_its_own(exhibition, reader):
    target = fill(exhibition, "/manifests/3/{series}/manifest.json")
    plain = reader.get(target)
    zipped = reader.get(target, headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in zipped.headers["Vary"]
    refused = reader.get(target, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


@pytest.mark.parametrize(
    ("path", "accept", "media_type"),
    [
        (
            "/iiif/3/{one}/info.json",
            "",
            'application/ld+json;profile="http://iiif.io/api/image/3/context.json"',
        ),
        ("/iiif/3/{one}/info.json", "application/json", "application/json"),
        ("/iiif/2/{one}/info.json", "", "application/json"),
        ("/iiif/2/{one}/info.json", "application/ld+json", "application/ld+json"),
        (
            "/manifests/3/{one}/manifest.json",
            "*/*",
            'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"',
        ),
        ("/manifests/3/{one}/manifest.json", "application/json;q=0.9", "application/json"),
    ],
)
def test_a_document_comes_in_the_media_type_that_was_asked_for(
    exhibition, reader, path, accept, media_type
):
    answer = reader.get(fill(exhibition, path), headers={"Accept": accept})
    assert answer.headers["Content-Type"] == media_type
    assert "Accept" in answer.headers["Vary"]


def life(answer) -> int:
    found = re.fullmatch(r"public, max-age=(\d+)", answer.headers["Cache-Control"])
    assert found, answer.headers["Cache-Control"]
    return int(found[1])


@pytest.mark.parametrize(
    ("more", "seconds", "reason"),
    [
        ([], 86_400, "a licence cannot be taken back"),
        ([NewRecord(RecordKind.CAP, number=30)], 300, "a cap may change"),
        ([NewRecord(RecordKind.SENSITIVITY, "grief"), NewRecord(RecordKind.REVIEW, "x")], 300, ""),
        (
            [
                NewRecord(RecordKind.STATEMENT, ""),
                NewRecord(RecordKind.SHOWING, "no evidence", day=date(2028, 1, 1)),
            ],
            300,
            "a person's decision may be taken back",
        ),
    ],
)
def test_caches_keep_a_picture_as_long_as_it_cannot_be_taken_back(
    archive, service, more, seconds, reason
):
    one = new_photograph(archive, 1)
    clear.record(archive, one, [*published(CC_ZERO), *more], "tests")
    work(archive)
    for path in (f"/iiif/3/{one}/full/max/0/default.jpg", f"/iiif/3/{one}/info.json"):
        answer = Browser(service).get(path)
        assert life(answer) == seconds, reason
        assert "immutable" not in answer.headers["Cache-Control"]


def test_no_cache_keeps_an_answer_beyond_its_end(archive, service, clock, ticks):
    """The record of a photograph under embargo is public words, which change when it opens."""
    one = new_photograph(archive, 1)
    embargo = NewRecord(RecordKind.EMBARGO, "plain", day=date(2027, 3, 2))
    clear.record(archive, one, [*published(), embargo], "tests")
    end = datetime(2027, 3, 2, tzinfo=UTC)
    paths = (
        f"/manifests/3/{one}/manifest.json",
        "/manifests/3/collection.json",
        f"/api/v1/photographs/{one}.json",
    )
    reader = Browser(service)
    clock.moment = end - timedelta(seconds=305)
    while clock.moment < end:
        for path in paths:
            assert clock.moment + timedelta(seconds=life(reader.get(path))) <= end, path
        clock.moment += timedelta(seconds=0.7)
        ticks.seconds += 0.7
    manifest = json.loads(reader.get(paths[0]).data)
    assert "An embargo" not in json.dumps(manifest)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_refusal_is_kept_by_no_cache(exhibition, reader, state):
    if state.pixels == 200:
        return
    for tail in ("info.json", "full/max/0/default.jpg"):
        answer = reader.get(f"/iiif/3/{exhibition.ids[state.name]}/{tail}")
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


def test_what_is_for_one_person_is_kept_by_no_cache(exhibition, reader):
    one = exhibition.ids["draft"]
    for path in (
        f"/iiif/3/{one}_full/info.json",
        f"/iiif/3/{one}_full/full/max/0/default.jpg",
        f"/iiif/3/{one}_full/full/20,/0/gray.png",
        f"/manifests/3/{one}/manifest.json?full",
    ):
        answer = reader.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["Cache-Control"] == "private, no-store"
        again = reader.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.headers["Cache-Control"] == "private, no-store"


def test_the_tag_of_a_manifest_follows_its_words(archive, service):
    one = new_photograph(archive, 1)
    clear.record(archive, one, published(CC_BY), "tests")
    work(archive)
    reader, path = Browser(service), f"/manifests/3/{one}/manifest.json"
    before = reader.get(path).headers["ETag"]
    assert reader.get(path).headers["ETag"] == before
    describe_as(archive, one, Text(TextField.TITLE, "en", "Other words"))
    assert reader.get(path).headers["ETag"] != before


def test_a_built_file_never_changes_and_says_so(exhibition):
    application = create_app(exhibition.archive, KEY)
    page = Client(application).get("/").text
    found = re.search(r"/static/dist/[\w.-]+\.css", page)
    if found is None:
        pytest.skip("the front end was not built")
    with Client(application).get(found[0]) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_robots_are_kept_from_the_desks(reader):
    text = reader.get("/robots.txt").text
    for path in ("/desk/", "/rights/", "/admin/"):
        assert f"Disallow: {path}" in text
