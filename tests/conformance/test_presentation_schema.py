"""The official JSON Schema of Presentation API 3.0, and HTTP, over what is really served."""

import gzip
import io
import json
from collections.abc import Iterator

import jsonschema
import pytest
from PIL import Image
from served import Served, credits_sheet, photograph_files, serve

from dam.iiif.presentation_lint import findings
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Step
from dam.workflows import clear

PRESENTATION = "http://iiif.io/api/presentation/3/context.json"
IMAGE = "http://iiif.io/api/image/3/context.json"

pytestmark = [pytest.mark.shared, pytest.mark.xdist_group("photographs")]

_LINKS = ("thumbnail", "service", "homepage", "seeAlso", "partOf", "logo", "rendering")


@pytest.fixture(scope="module")
def schema(shared) -> jsonschema.Draft7Validator:
    path = shared / "fixtures/iiif/presentation-schema-v3/iiif_3_0.json"
    return jsonschema.Draft7Validator(json.loads(path.read_text("utf-8")))


def document(served: Served, path: str) -> dict[str, object]:
    answer = served.ask(path)
    assert answer.status == 200, path
    found: dict[str, object] = json.loads(answer.body)
    return found


def manifest_path(identifier: str) -> str:
    return f"/manifests/3/{identifier}/manifest.json"


@pytest.fixture(scope="module")
def documents(photographs: Served) -> dict[str, dict[str, object]]:
    """Every manifest and collection that is served, by its path."""
    top = "/manifests/3/collection.json"
    found = {top: document(photographs, top)}
    waiting = list(nodes(found[top], {"Manifest", "Collection"}))
    while waiting:
        path = str(waiting.pop()["id"]).removeprefix(photographs.origin)
        if path in found:
            continue
        found[path] = document(photographs, path)
        if found[path]["type"] == "Collection":
            waiting.extend(nodes(found[path], {"Manifest", "Collection"}))
    return found


def nodes(value: object, kinds: set[str]) -> Iterator[dict[str, object]]:
    """Yield every object of these types in a document."""
    if isinstance(value, list):
        for each in value:
            yield from nodes(each, kinds)
    elif isinstance(value, dict):
        if value.get("type") in kinds:
            yield value
        for each in value.values():
            yield from nodes(each, kinds)


def links(value: object, held_by: str = "") -> Iterator[str]:
    """Yield every address that a document sends its reader to."""
    if isinstance(value, list):
        for each in value:
            yield from links(each, held_by)
    elif isinstance(value, dict):
        address = value.get("id")
        if isinstance(address, str) and (held_by in _LINKS or value.get("type") == "Image"):
            is_service = str(value.get("type")).startswith("ImageService")
            yield f"{address}/info.json" if is_service else address
        for name, each in value.items():
            yield from links(each, name)


def test_all_fifteen_photographs_are_published_with_creator_and_rights(photographs, shared):
    rows = {row.filename: row for row in credits_sheet(shared).rows}
    assert len(photographs.ids) == 15 == len(photograph_files(shared)) == len(rows)
    for name, identifier in photographs.ids.items():
        manifest = document(photographs, manifest_path(identifier))
        rights, creators = rows[name].rights, rows[name].creators
        [canvas] = nodes(manifest, {"Canvas"})
        assert manifest["rights"] == canvas["rights"] == rights
        text = json.dumps(canvas["metadata"], ensure_ascii=False)
        assert all(json.dumps(creator, ensure_ascii=False)[1:-1] in text for creator in creators)


def test_the_collection_leads_to_every_photograph_and_the_series(photographs, documents):
    manifests = {path for path, one in documents.items() if one["type"] == "Manifest"}
    assert {manifest_path(identifier) for identifier in photographs.ids.values()} < manifests
    assert len(manifests) == 16
    sizes = sorted(len(list(nodes(documents[path], {"Canvas"}))) for path in manifests)
    assert sizes == [1] * 15 + [15]


def test_every_document_passes_the_official_schema(documents, schema):
    for path, one in documents.items():
        assert not [error.message for error in schema.iter_errors(one)], path


def test_the_schema_refuses_what_it_should(documents, schema):
    """Else the test above would prove nothing."""
    broken = dict(documents["/manifests/3/collection.json"])
    del broken["label"]
    assert list(schema.iter_errors(broken))


def test_every_document_passes_our_own_lint(documents):
    for path, one in documents.items():
        assert findings(one) == (), path


def test_every_document_says_the_address_at_which_it_is_served(photographs, documents):
    for path, one in documents.items():
        assert one["id"] == photographs.origin + path


def test_every_canvas_carries_rights_and_credit_and_provider(documents):
    canvases = [canvas for one in documents.values() for canvas in nodes(one, {"Canvas"})]
    assert len(canvases) == 30
    for canvas in canvases:
        rows = {row["label"]["en"][0]: row["value"] for row in canvas["metadata"]}
        assert canvas["rights"].startswith("http://creativecommons.org/")
        assert rows["Rights"]
        assert canvas["provider"]
        [credit] = rows["Credit"]["none"]
        assert credit.startswith("Photo: ")
        if "publicdomain" not in canvas["rights"]:
            assert credit in json.dumps(canvas["requiredStatement"], ensure_ascii=False).replace(
                '\\"', '"'
            )


def test_every_address_in_every_document_answers(photographs, documents):
    addresses = sorted({address for one in documents.values() for address in links(one)})
    assert len(addresses) > 60
    for address in addresses:
        assert address.startswith(f"{photographs.origin}/"), address
        assert photographs.ask(address).status == 200, address


def test_every_canvas_body_and_service_agree_on_the_size(photographs, documents):
    for one in documents.values():
        for canvas in nodes(one, {"Canvas"}):
            [image] = nodes(canvas["items"], {"Image"})
            [service] = image["service"]
            info = json.loads(photographs.ask(f"{service['id']}/info.json").body)
            assert info["id"] == service["id"]
            assert (info["width"], info["height"]) == (canvas["width"], canvas["height"])
            assert info["rights"] == canvas["rights"]
            shown = Image.open(io.BytesIO(photographs.ask(image["id"]).body))
            assert shown.size == (image["width"], image["height"])


def paths_of(served: Served) -> dict[str, str]:
    """Return an address of each kind, of one photograph."""
    identifier = next(iter(served.ids.values()))
    return {
        "manifest": manifest_path(identifier),
        "collection": "/manifests/3/collection.json",
        "info": f"/iiif/3/{identifier}/info.json",
        "info 2": f"/iiif/2/{identifier}/info.json",
        "tile": f"/iiif/3/{identifier}/0,0,512,512/512,512/0/default.jpg",
        "drawn": f"/iiif/3/{identifier}/square/90,/0/gray.png",
    }


KINDS = ("manifest", "collection", "info", "info 2", "tile", "drawn")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_unchanged_is_answered_304_with_the_same_tag(photographs, kind):
    path = paths_of(photographs)[kind]
    first = photographs.ask(path)
    tag = first.headers["ETag"]
    again = photographs.ask(path, if_none_match=tag)
    assert (first.status, again.status) == (200, 304)
    assert again.body == b""
    assert again.headers["ETag"] == tag
    # The seconds are counted down to the moment at which the decision may change.
    assert again.headers["Cache-Control"].startswith("public, max-age=")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert photographs.ask(path, if_none_match='"another"').status == 200


@pytest.mark.parametrize("kind", KINDS)
def test_head_says_what_get_says_without_the_body(photographs, kind):
    """Image API 3.0 §2: HEAD is recommended. A drawn picture's length is not known before."""
    path = paths_of(photographs)[kind]
    got, head = photographs.ask(path), photographs.ask(path, "HEAD")
    assert (head.status, head.body) == (200, b"")
    names = {"ETag", "Content-Type", "Link", "Access-Control-Allow-Origin", "Vary"}
    assert {n: head.headers[n] for n in names} == {n: got.headers[n] for n in names}
    if kind != "drawn":
        assert head.headers["Content-Length"] == str(len(got.body))


@pytest.mark.parametrize("kind", KINDS)
def test_a_preflight_is_answered(photographs, kind):
    """Image API 3.0 §2: OPTIONS, for a browser that asks before it sends Accept or more."""
    answer = photographs.ask(
        paths_of(photographs)[kind],
        "OPTIONS",
        origin="https://museum.example",
        access_control_request_method="GET",
        access_control_request_headers="accept",
    )
    assert answer.status == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    allowed = answer.headers["Access-Control-Allow-Headers"].lower()
    assert all(name in allowed for name in ("authorization", "accept", "content-type"))


@pytest.mark.parametrize("kind", ["manifest", "collection", "info", "info 2"])
def test_json_is_zipped_for_whoever_takes_it_and_says_what_it_varies_by(photographs, kind):
    path = paths_of(photographs)[kind]
    plain, zipped = photographs.ask(path), photographs.ask(path, accept_encoding="gzip")
    assert "Content-Encoding" not in plain.headers
    if len(plain.body) >= 600:
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(zipped.body) == plain.body
        assert zipped.headers["ETag"] != plain.headers["ETag"]
    for answer in (plain, zipped):
        vary = {name.strip().lower() for name in answer.headers["Vary"].split(",")}
        assert {"accept", "accept-encoding"} <= vary


@pytest.mark.parametrize(
    ("accept", "manifest", "info_3", "info_2", "reason"),
    [
        ("", "linked", "linked", "json", "no wish: linked, but 2.1.1 §5 wants plain JSON"),
        ("*/*", "linked", "linked", "json", "a browser's fetch"),
        ("application/json", "json", "json", "json", "asked for plain"),
        ("application/ld+json", "linked", "linked", "bare", "asked for linked"),
        ("application/json;q=0.5, application/ld+json", "linked", "linked", "bare", "prefers it"),
        ("text/html", "json", "json", "json", "a reader follows the link: never 406"),
    ],
)
def test_the_media_type_is_the_one_that_was_asked_for(
    photographs, accept, manifest, info_3, info_2, reason
):
    wanted = {"manifest": manifest, "info": info_3, "info 2": info_2}
    for kind, word in wanted.items():
        context = PRESENTATION if kind == "manifest" else IMAGE
        types = {
            "json": "application/json",
            "bare": "application/ld+json",
            "linked": f'application/ld+json;profile="{context}"',
        }
        headers = {"accept": accept} if accept else {}
        answer = photographs.ask(paths_of(photographs)[kind], **headers)
        assert (answer.status, answer.headers["Content-Type"]) == (200, types[word]), (kind, reason)


@pytest.mark.parametrize("version", ["2", "3"])
def test_the_base_uri_sends_to_its_description(photographs, version):
    """Image API 3.0 §2.1: 303 is recommended."""
    identifier = next(iter(photographs.ids.values()))
    answer = photographs.ask(f"/iiif/{version}/{identifier}")
    assert answer.status == 303
    assert answer.headers["Location"].endswith(f"/iiif/{version}/{identifier}/info.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.fixture(scope="module")
def mixed(tmp_path_factory) -> Iterator[Served]:
    """A photograph in each state that a decision can leave it in, by its name."""
    directory = tmp_path_factory.mktemp("mixed-pictures")
    names = ("public", "withdrawn", "capped", "record", "draft")
    paths = [directory / f"{name}.png" for name in names]
    for shade, path in enumerate(paths):
        Image.new("RGB", (600, 400), (40 * shade, 90, 120)).save(path)
    with serve(tmp_path_factory.mktemp("mixed")) as served:
        served.take_in(*paths[:4])
        served.take_in(paths[4], public=False)
        clear.withdraw(served.archive, served.ids["withdrawn.png"], "asked to", "Rana")
        for name, record in (
            ("capped", NewRecord(RecordKind.CAP, number=200)),
            ("record", NewRecord(RecordKind.CEILING, Step.RECORD.word)),
        ):
            clear.record(served.archive, served.ids[f"{name}.png"], [record], "Rana")
        served.work()
        yield served


@pytest.mark.parametrize(
    ("name", "tail", "status", "reason"),
    [
        ("public", "/full/max/0/default.jpg", 200, "it is public"),
        ("public", "/full/0,/0/default.jpg", 400, "no pixels at all"),
        ("public", "/0,0,10,10/max/0/blue.jpg", 400, "no such quality"),
        ("capped", "/full/max/0/default.jpg", 200, "the small one is public"),
        ("capped", "_full/info.json", 401, "signing in would give more"),
        ("capped", "_full/full/max/0/default.jpg", 401, "and so would it with its pixels"),
        ("record", "/info.json", 403, "the public gets the words only"),
        ("record", "/full/max/0/default.jpg", 403, "and no pixels"),
        ("nobody", "/info.json", 404, "no such photograph"),
        ("draft", "/info.json", 404, "a draft is as if it were not there"),
        ("draft", "/full/max/0/default.jpg", 404, "nor are its pixels"),
        ("withdrawn", "/info.json", 410, "it was there"),
        ("withdrawn", "/0,0,512,400/512,400/0/default.jpg", 410, "no tile of it leaves"),
    ],
)
def test_every_status_can_be_read_by_pages_of_other_sites(mixed, name, tail, status, reason):
    identifier = mixed.ids.get(f"{name}.png", "nobody")
    answer = mixed.ask(f"/iiif/3/{identifier}{tail}", origin="https://museum.example")
    assert answer.status == status, reason
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    if status != 200:
        assert "image" not in answer.headers["Content-Type"]
        assert json.loads(answer.body)["detail"]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("public", 200),
        ("capped", 200),
        ("record", 200),
        ("nobody", 404),
        ("draft", 404),
        ("withdrawn", 410),
    ],
)
def test_manifests_answer_by_the_same_decision(mixed, name, status):
    answer = mixed.ask(manifest_path(mixed.ids.get(f"{name}.png", "nobody")))
    assert answer.status == status
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(("name", "images"), [("public", 1), ("capped", 1), ("record", 0)])
def test_a_manifest_with_fewer_pixels_or_none_passes_schema_and_lint(mixed, schema, name, images):
    manifest = document(mixed, manifest_path(mixed.ids[f"{name}.png"]))
    assert not [error.message for error in schema.iter_errors(manifest)]
    assert findings(manifest) == ()
    [canvas] = manifest["items"]
    assert (canvas["width"], canvas["height"]) == (600, 400)
    assert len(list(nodes(canvas["items"], {"Image"}))) == images
