"""/metrics: who may read it, and that it counts what was answered."""

import re

import pytest
from browsers import KEY, Browser, new_photograph, published, signed_in, work

from dam.rights.facts import Audience
from dam.web.application import create_service
from dam.web.meter import KINDS, kind_of
from dam.workflows import clear

TOKEN = "of-a-monitor-" + "0" * 8


NEAR = {"REMOTE_ADDR": "127.0.0.1"}


def read(browser: Browser, **headers: str) -> dict[str, float]:
    """The samples of a scrape, by name and labels."""
    answer = browser.get("/metrics", headers=headers, environ_overrides=NEAR)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = answer.text.splitlines()
    assert answer.text.endswith("\n")
    samples = [line for line in lines if not line.startswith("#")]
    told = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    for line in samples:
        assert re.fullmatch(r'[a-z0-9_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+', line)
        assert re.sub(r"_(bucket|sum|count)$", "", line.partition("{")[0].split()[0]) in told
    pairs = (line.rpartition(" ") for line in samples)
    return {name: float(value) for name, _, value in pairs}


@pytest.fixture
def one(archive) -> str:
    made = new_photograph(archive, 7)
    clear.record(archive, made, published(), "tests")
    work(archive)
    return made


def test_requests_are_counted_by_kind_and_class(archive, one):
    browser = Browser(create_service(archive, KEY))
    tile = browser.get(f"/iiif/3/{one}/full/max/0/default.jpg")
    again = {"If-None-Match": tile.headers["ETag"]}
    assert browser.get(f"/iiif/3/{one}/full/max/0/default.jpg", headers=again).status_code == 304
    drawn = browser.get(f"/iiif/3/{one}/full/50,/90/default.png", buffered=True)
    for path in (f"/iiif/3/{one}/info.json", f"/manifests/3/{one}/manifest.json", f"/p/{one}"):
        assert browser.get(path, buffered=True).status_code == 200
    assert browser.get(f"/p/{one}/download", buffered=True).status_code == 200
    missing = browser.get("/iiif/3/nope/full/max/0/default.jpg", buffered=True)
    assert missing.status_code == 404
    found = read(browser)

    def requests(kind: str, status: str) -> float:
        return found[f'dam_requests_total{{kind="{kind}",status="{status}"}}']

    assert requests("tile", "2xx") == requests("tile", "3xx") == 1
    assert found['dam_response_bytes_total{kind="tile"}'] == len(tile.data)
    assert found['dam_response_bytes_total{kind="drawn"}'] == len(drawn.data)
    for kind in ("drawn", "info", "manifest", "page", "download"):
        assert requests(kind, "2xx") == 1, kind
    assert requests("image", "4xx") == 1
    assert found['dam_request_seconds_count{kind="tile"}'] == 2
    assert found['dam_request_seconds_bucket{kind="tile",le="+Inf"}'] == 2
    assert found["dam_drawing_drawn_total"] >= 1
    assert found["dam_jobs_waiting"] == 0
    assert found["dam_rights_epoch"] >= 1


def test_workers_are_added_up_and_no_photograph_is_named(archive, one):
    workers = [Browser(create_service(archive, KEY)) for _ in range(2)]
    for worker in workers:
        worker.get(f"/iiif/3/{one}/full/max/0/default.jpg")
    assert read(workers[0])['dam_requests_total{kind="tile",status="2xx"}'] == 2
    assert one not in workers[1].get("/metrics", environ_overrides=NEAR).text


def test_a_photograph_s_absence_is_counted_and_not_named(archive):
    browser = Browser(create_service(archive, KEY))
    browser.get("/p/somebody")
    assert "somebody" not in browser.get("/metrics", environ_overrides=NEAR).text


ASKERS = (
    (None, None, "127.0.0.1", 200, "without a public address there is this machine only"),
    (None, None, "192.0.2.7", 403, "somebody else, whom such a service does not serve"),
    ("https://p.example", None, "127.0.0.1", 403, "everybody comes from the front server"),
    ("https://p.example", TOKEN, "192.0.2.7", 200, "the token"),
    ("https://p.example", TOKEN + "x", "192.0.2.7", 403, "another token"),
    ("https://p.example", "", "192.0.2.7", 403, "an empty token"),
    ("https://p.example", "é", "192.0.2.7", 403, "no token of ours"),
)


@pytest.mark.parametrize("case", ASKERS, ids=[case[4] for case in ASKERS])
def test_who_may_read_the_metrics(open_archive, case):
    public_url, token, address, status, reason = case
    settings = {"public_url": public_url} if public_url else {}
    archive = open_archive(metrics_token=TOKEN, **settings)
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    answer = Browser(create_service(archive, KEY)).get(
        "/metrics", headers=headers, environ_overrides={"REMOTE_ADDR": address}
    )
    assert answer.status_code == status, reason


def test_without_a_token_set_none_is_accepted(open_archive):
    archive = open_archive(public_url="http://localhost")
    browser = Browser(create_service(archive, KEY))
    for sent in ("Bearer ", "Bearer x", "Bearer"):
        assert browser.get("/metrics", headers={"Authorization": sent}).status_code == 403


@pytest.mark.parametrize(
    ("role", "status"), [(Audience.EDITOR, 403), (Audience.ADMINISTRATOR, 200)]
)
def test_administrators_may_read_the_metrics_from_anywhere(open_archive, role, status):
    archive = open_archive(public_url="http://localhost")
    browser = signed_in(archive, create_service(archive, KEY), role)
    assert browser.get("/metrics").status_code == status


@pytest.mark.parametrize(
    ("path", "answered_by", "kind"),
    [
        ("/iiif/3/a/full/max/0/default.jpg", "stored", "tile"),
        ("/iiif/3/a/full/max/0/default.jpg", "drawn", "drawn"),
        ("/iiif/3/a/full/max/0/default.jpg", "", "image"),
        ("/iiif/2/a/info.json", "", "info"),
        ("/iiif", "", "image"),
        ("/p/a", "", "page"),
        ("/p/a/master", "master", "download"),
        ("/p/a/download", "drawn", "download"),
        ("/", "", "page"),
        ("/rights/p/a", "", "desk"),
        ("/api/v1/photographs/a.json", "", "record"),
        ("/healthz", "", "other"),
        ("", "", "other"),
        ("*", "", "other"),
    ],
)
def test_each_address_is_of_one_kind(path, answered_by, kind):
    assert kind_of(path, answered_by) == kind
    assert kind in KINDS
