"""What is answered when a request does not succeed: the status, one sentence, and nothing else."""

import json
import logging
import re

import pytest
from browsers import KEY, PROGRAM, STATES, Browser, signed_in
from werkzeug.test import Client

from dam.errors import Unavailable
from dam.rights.facts import Audience
from dam.web.application import create_app, create_service
from dam.workflows import browse, collect, deliver, jobs, manifests

IMAGE_ERRORS = [
    ("0,0,0,10/max/0/default.jpg", 400, "a region without width"),
    ("0,0,10,0/max/0/default.jpg", 400, "a region without height"),
    ("96,0,10,10/max/0/default.jpg", 400, "a region wholly outside"),
    ("90,60,50,50/max/0/default.jpg", 200, "a region partly outside is cropped"),
    ("full/97,/0/default.jpg", 400, "wider than the region without ^"),
    ("full/,65/0/default.jpg", 400, "higher than the region without ^"),
    ("full/97,65/0/default.jpg", 400, "larger than the region without ^"),
    ("full/pct:101/0/default.jpg", 400, "more than all of it without ^"),
    ("full/!200,200/0/default.jpg", 200, "a box larger than the region is no error"),
    ("full/^200,/0/default.jpg", 200, "enlarged, since it was asked for"),
    ("full/^2000,2000/0/default.jpg", 400, "above the limits of the server"),
    ("full/^max/0/default.jpg", 200, "max scales down to the limits"),
    ("full/large/0/default.jpg", 400, "no form of a size"),
    ("full/-5,/0/default.jpg", 400, "a sign"),
    ("full/1e2,/0/default.jpg", 400, "an exponent"),
    ("full/,/0/default.jpg", 400, "no number"),
    ("full/0,0/0/default.jpg", 400, "less than a pixel"),
    ("full/pct:0.1/0/default.jpg", 200, "a strip of a pixel still has to be drawn"),
    ("full/max/361/default.jpg", 400, "more than a turn"),
    ("full/max/-90/default.jpg", 400, "a sign"),
    ("full/max/north/default.jpg", 400, "no number"),
    ("full/max/0/sepia.jpg", 400, "an unknown quality"),
    ("full/max/0/default.pdf", 400, "an unknown format"),
    ("full/max/0/default", 400, "no format"),
    ("[frob]/max/0/default.jpg", 400, "no form of a region"),
    ("0,0,1,1/max/0/default.jpg", 200, "max looks at the region, not at the whole"),
]


@pytest.fixture(scope="module")
def public(exhibition) -> Client:
    return Client(create_service(exhibition.archive, KEY))


@pytest.mark.parametrize(("tail", "status", "reason"), IMAGE_ERRORS)
def test_each_kind_of_bad_image_request(exhibition, public, tail, status, reason):
    answer = public.get(f"/iiif/3/{exhibition.ids['public']}/{tail}")
    assert answer.status_code == status, reason
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    if status == 400:
        body = json.loads(answer.data)
        assert body.keys() == {"status", "detail"}
        assert body["status"] == 400
        assert body["detail"].endswith(".")
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/iiif/3/nope/full/max/0/default.jpg", 404),
        ("/iiif/2/nope/info.json", 404),
        ("/iiif/3/a/b/full/max/0/default.jpg", 404),
        ("/iiif/3/a%2Fb/info.json", 404),
        ("/iiif/3/nope", 404),
        ("/iiif/9/nope/info.json", 404),
        ("/iiif/", 404),
        ("/manifests/3/nope/manifest.json", 404),
        ("/manifests/3/collections/page-2.json", 404),
        ("/manifests/3/collections/page-0.json", 404),
        ("/manifests/3/collections/page-x.json", 404),
        (f"/manifests/3/collections/page-{'9' * 5000}.json", 404),
        ("/manifests/nothing", 404),
        ("/api/v1/photographs/nope.json", 404),
        ("/photographs?page=2", 404),
        (f"/photographs?page={'9' * 300}", 404),
        ("/photographs?page=-1", 404),
        ("/photographs?page=x", 200),
        ("/p/nope", 404),
        ("/embed/nope", 404),
        ("/nothing/at/all", 404),
        ("/static/dist/../../application.py", 404),
        ("/static/dist/%2e%2e/%2e%2e/application.py", 404),
    ],
)
def test_what_is_not_there_is_404(public, path, status):
    answer = public.get(path)
    assert answer.status_code == status
    if path.startswith(("/iiif/", "/manifests/", "/api/v1/photographs/")):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        program = path.startswith("/api/")
        assert answer.mimetype == f"application/{'problem+' if program else ''}json"


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_every_refusal_can_be_read_by_pages_of_other_sites(exhibition, public, state):
    one = exhibition.ids[state.name]
    for path in (
        f"/iiif/3/{one}/info.json",
        f"/iiif/2/{one}/full/full/0/default.jpg",
        f"/manifests/3/{one}/manifest.json",
        f"/api/v1/photographs/{one}.json",
    ):
        for method in ("GET", "HEAD", "OPTIONS"):
            answer = public.open(path, method=method)
            assert answer.headers["Access-Control-Allow-Origin"] == "*", (method, path)
            assert answer.headers["X-Content-Type-Options"] == "nosniff", (method, path)


def test_a_preflight_allows_what_viewers_send(exhibition, public):
    answer = public.options(f"/iiif/3/{exhibition.ids['public']}/info.json")
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]


FIRE = "the disk /var/secret/photographs is on fire: SELECT password"
FAULTS = [
    (browse, "public_list", "/photographs"),
    (browse, "photograph", "/p/{one}"),
    (browse, "photograph", "/embed/{one}"),
    (browse, "photograph", "/api/v1/photographs/{one}.json"),
    (deliver, "open_image", "/iiif/3/{one}/info.json"),
    (deliver, "open_image", "/iiif/3/{one}/full/max/0/default.jpg"),
    (deliver, "find", "/iiif/3/{one}/full/max/0/default.jpg"),
    (manifests, "manifest", "/manifests/3/{one}/manifest.json"),
    (collect, "collection", "/manifests/3/collection.json"),
]


def failing(error: Exception):
    def fail(*_arguments, **_options):
        raise error

    return fail


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: "{1} {2}".format(*fault))
@pytest.mark.parametrize("error", [RuntimeError(FIRE), OSError(2, FIRE, "/var/secret")])
def test_a_fault_of_ours_is_500_with_a_reference_and_no_word_of_it(
    exhibition, monkeypatch, caplog, fault, error
):
    module, name, path = fault
    application = create_service(exhibition.archive, KEY)
    monkeypatch.setattr(module, name, failing(error))
    with caplog.at_level(logging.ERROR, "dam.web"):
        answer = Client(application).get(path.format(one=exhibition.ids["public"]))
    assert answer.status_code == 500
    for word in ("secret", "Traceback", "RuntimeError", "OSError", "SELECT", ".py"):
        assert word not in answer.text
    if answer.is_json:
        reference = json.loads(answer.data)["reference"]
    else:
        reference = re.search(r">([0-9a-f]{8})<", answer.text)[1]
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert reference in record.getMessage(), "who reads the log finds the fault by the reference"
    assert record.exc_info[1] is error
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/photographs", "/manifests/3/collection.json"])
def test_503_says_when_to_come_back(exhibition, monkeypatch, path):
    error = Unavailable("The media store cannot be reached.")
    monkeypatch.setattr(browse, "public_list", failing(error))
    monkeypatch.setattr(collect, "collection", failing(error))
    answer = Client(create_app(exhibition.archive, KEY)).get(path)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "The media store cannot be reached." in answer.text


def test_readiness_is_503_while_the_database_does_not_answer(exhibition, monkeypatch):
    application = create_app(exhibition.archive, KEY)
    assert Client(application).get("/readyz").status_code == 200
    monkeypatch.setattr(jobs, "unfinished", failing(RuntimeError(FIRE)))
    answer = Client(application).get("/readyz")
    assert answer.status_code == 503
    assert json.loads(answer.data) == {"status": "not ready"}
    assert answer.headers["Retry-After"]
    assert Client(application).get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [
        ("/", "POST", {"GET", "HEAD", "OPTIONS"}),
        ("/desk/upload", "GET", {"POST", "OPTIONS"}),
        ("/iiif/3/x/info.json", "PUT", {"GET", "HEAD", "OPTIONS"}),
        ("/p/x", "DELETE", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_method_that_is_not_taken_is_405_and_names_those_that_are(
    exhibition, path, method, allowed
):
    answer = Client(create_app(exhibition.archive, KEY)).open(path, method=method)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize(
    ("accept", "mimetype", "reason"),
    [
        ("", "text/html", "nothing said"),
        ("*/*", "text/html", "anything"),
        ("text/html,application/json;q=0.9", "text/html", "a browser"),
        ("application/json", "application/json", "a program"),
        ("application/json, text/html;q=0.5", "application/json", "a program, rather"),
        ("image/avif,*/*;q=0.1", "text/html", "an image element"),
        ("application/json;q=x, ;;;, /", "text/html", "rubbish"),
    ],
)
def test_a_person_gets_a_page_and_a_program_json(exhibition, accept, mimetype, reason):
    client = Client(create_app(exhibition.archive, KEY))
    answer = client.get("/p/nope", headers={"Accept": accept})
    assert answer.status_code == 404
    assert answer.mimetype == mimetype, reason


def test_a_page_of_a_problem_says_what_happened_and_what_to_do(exhibition):
    text = Client(create_app(exhibition.archive, KEY)).get("/p/nope").text
    assert "There is no photograph at this address." in text
    assert "start from the list of photographs" in text


def test_whoever_is_signed_in_gets_pages_of_problems_too(exhibition):
    application = create_app(exhibition.archive, KEY)
    browser = signed_in(exhibition.archive, application, Audience.STAFF)
    answer = browser.get("/desk/p/nope")
    assert answer.status_code == 404
    assert "There is no photograph of that identifier." in answer.text
    assert "Staff" in answer.text


def test_a_form_that_cannot_be_read_is_400_without_the_words_of_a_library(exhibition):
    browser = Browser(create_app(exhibition.archive, KEY))
    for body, kind in ((b"\xff" * 50, "multipart/form-data"), (b"--x\r\nrubbish", "text/html")):
        answer = browser.client.post(
            "/sign-in", data=body, content_type=f"{kind}; boundary=x", headers=PROGRAM
        )
        assert answer.status_code == 400
        assert answer.json["detail"].endswith(".")
        assert "CSRF" not in answer.text
        assert "werkzeug" not in answer.text
