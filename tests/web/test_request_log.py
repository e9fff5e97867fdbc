"""The request log: a line for each request, and nobody's name in it."""

import json
import time

import pytest
from browsers import KEY, Browser, new_photograph, published, work
from served import serve

from dam.web.application import create_service
from dam.web.request_log import RequestLog
from dam.workflows import clear


def lines(path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def log(tmp_path, clock):
    """A log over a file, with the clock of the test; closed in the end."""
    made = RequestLog(str(tmp_path / "log.json"), clock, lambda: 100.0)
    yield made
    made.close()


def line(**given) -> tuple:
    fields = {
        "began": 98.5,
        "seconds": 0.01234,
        "method": "GET",
        "path": "/p/a",
        "status": 200,
        "size_bytes": 7,
        "answered_by": "page",
        "address": "",
    }
    return tuple({**fields, **given}.values())


def test_a_line_says_what_was_asked_and_answered(log, tmp_path):
    log.take(line())
    log.close()
    assert lines(tmp_path / "log.json") == [
        {
            "at": "2027-03-01T11:59:58.500+00:00",
            "method": "GET",
            "path": "/p/a",
            "status": 200,
            "bytes": 7,
            "ms": 12.34,
            "by": "page",
        }
    ]


SHOWN = (
    ("/iiif/3/a/full/max/0/default.jpg", None, "a public address"),
    ("/", None, "the list"),
    ("/metrics", None, "an address without more"),
    ("/sign-in/secret-token", "/sign-in/-", "the secret of a sign-in"),
    ("/admin/users/Anna/role", "/admin/-", "the name of an account"),
    ("/desk/p/a", "/desk/-", "the desk"),
    ('/p/"},\n{"x', None, "what would end the line"),
    ("/p/\ud800\x00é", None, "odd characters"),
    ("/p/" + "a" * 9000, "/p/" + "a" * 397, "an endless one"),
)


@pytest.mark.parametrize(("path", "shown", "reason"), SHOWN)
def test_a_path_is_kept_as_far_as_it_names_nobody(log, tmp_path, path, shown, reason):
    log.take(line(path=path, method='G"T'))
    log.close()
    [found] = lines(tmp_path / "log.json")
    assert (found["path"], found["method"]) == (shown or path, 'G"T'), reason


def test_a_file_that_was_moved_away_is_made_anew(log, tmp_path):
    log.take(line())
    log.flush()
    (tmp_path / "log.json").rename(tmp_path / "log.json.1")
    log.take(line())
    log.flush()
    assert len(lines(tmp_path / "log.json")) == len(lines(tmp_path / "log.json.1")) == 1


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path, clock, capsys):
    log = RequestLog(str(tmp_path / "missing" / "log.json"), clock, lambda: 100.0)
    log.take(line())
    log.close()
    assert capsys.readouterr().err == (
        "The request log cannot be written: No such file or directory.\n"
    )


def test_lines_without_room_are_counted(log, tmp_path):
    for _ in range(100_003):
        log.take(line())
    log.close()
    found = lines(tmp_path / "log.json")
    dropped = sum(each.get("dropped", 0) for each in found)
    assert len([each for each in found if "path" in each]) + dropped == 100_003


@pytest.mark.parametrize(("setting", "address"), [("no", None), ("yes", "127.0.0.1")])
def test_who_asked_is_written_only_where_the_archive_says_so(
    open_archive, tmp_path, setting, address
):
    archive = open_archive(request_log=str(tmp_path / "log"), request_log_addresses=setting)
    one = new_photograph(archive, 1)
    clear.record(archive, one, published(), "tests")
    work(archive)
    browser = Browser(create_service(archive, KEY))
    asked = (
        (f"/iiif/3/{one}/full/max/0/default.jpg", "tile"),
        (f"/iiif/3/{one}/full/50,/90/default.png", "drawn"),
        (f"/p/{one}?lang=en", "page"),
    )
    near = {"REMOTE_ADDR": "127.0.0.1"}
    sizes = [
        len(browser.get(path, buffered=True, environ_overrides=near).data) for path, _ in asked
    ]
    deadline = time.monotonic() + 20
    while not (tmp_path / "log").exists() or len(lines(tmp_path / "log")) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    found = lines(tmp_path / "log")
    assert [each["by"] for each in found] == [by for _, by in asked]
    assert [each["bytes"] for each in found] == sizes
    assert [each["path"] for each in found] == [path.partition("?")[0] for path, _ in asked]
    assert {each.get("address") for each in found} == {address}


def test_a_service_writes_its_last_lines_when_it_ends(tmp_path):
    log = tmp_path / "log.json"
    with serve(tmp_path, request_log=str(log)) as served:
        for _ in range(3):
            assert served.ask("/").status == 200
        counted = served.ask("/metrics").body.decode()
    assert 'dam_requests_total{kind="page",status="2xx"} 3' in counted
    assert [each["path"] for each in lines(log)].count("/") == 3
    assert lines(log)[-1]["path"] == "/metrics"
