"""What a hostile visitor tries: nothing leaks, nothing falls over, nothing is believed."""

import json
import re
import string
from dataclasses import replace

import pytest
from browsers import (
    KEY,
    PROGRAM,
    STATES,
    Browser,
    new_photograph,
    published,
    signed_in,
    title_of,
    work,
)
from hypothesis import given
from hypothesis import strategies as st
from test_tile_path import ask

from dam.records import catalogue
from dam.rights.facts import Audience
from dam.web.application import create_app, create_service
from dam.workflows import accounts, clear


@pytest.fixture(scope="module")
def service_of_exhibition(exhibition):
    return create_service(exhibition.archive, KEY)


@pytest.fixture(scope="module")
def insider(exhibition, service_of_exhibition) -> Browser:
    return signed_in(exhibition.archive, service_of_exhibition, Audience.ADMINISTRATOR)


KINDS = (
    "/p/{}",
    "/embed/{}",
    "/iiif/3/{}/info.json",
    "/iiif/2/{}/full/full/0/default.jpg",
    "/manifests/3/{}/manifest.json",
    "/api/v1/photographs/{}.json",
)
ODD = (
    "%2e%2e",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%5c..%5cwin.ini",
    "%00",
    "{}%00",
    "%0d%0aSet-Cookie:%20a=b",
    "{}%0d%0aX:%20y",
    "{}%20",
    "%20{}",
    "{}/",
    "{}%2f",
    "%ff%fe",
    "%ed%a0%80",
    "%F0%9F%93%B7",
    "%E2%80%AE",
    "' OR 1=1 --",
    "%25",
    "_",
    "{}_full_full",
    "_full",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "x" * 60_000,
    "%D0%B0",
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:24])
def test_an_odd_identifier_is_no_identifier(exhibition, service_of_exhibition, insider, kind, odd):
    name = odd.replace("{}", exhibition.ids["public"])
    for reader in (Browser(service_of_exhibition), insider):
        answer = reader.get(kind.format(name))
        assert answer.status_code in {404, 400, 308}, name
        assert "Set-Cookie" not in answer.headers or "a=b" not in answer.headers["Set-Cookie"]
        assert "X" not in answer.headers
        assert "<script>alert" not in answer.text
        assert "root:" not in answer.text


def test_the_case_of_an_identifier_counts(exhibition, service_of_exhibition):
    upper = exhibition.ids["public"].upper()
    assert Browser(service_of_exhibition).get(f"/p/{upper}").status_code == 404


@pytest.mark.parametrize("state", [s for s in STATES if not s.listed], ids=lambda s: s.name)
def test_an_unlisted_photograph_cannot_be_told_from_none(exhibition, service_of_exhibition, state):
    """Status, sentence and headers are those of an identifier that was never given."""
    if state.words == 410:
        return
    reader = Browser(service_of_exhibition)
    for kind in KINDS:
        found = reader.get(kind.format(exhibition.ids[state.name]))
        never = reader.get(kind.format("zzzzzzzzzzzz"))
        assert found.status_code == never.status_code == 404
        assert found.text == never.text
        assert dict(found.headers) == dict(never.headers)


@given(
    path=st.text(alphabet=string.printable + "é\u202e😀", max_size=60),
    method=st.sampled_from(["GET", "HEAD", "POST", "OPTIONS", "PUT", "TRACE", "FOO"]),
    host=st.sampled_from(["h", "h:1", "", "a b", 'x"y', "[::1", "é", "h\r\nX: y", None]),
)
def test_no_request_is_a_fault_of_ours(service_of_exhibition, path, method, host):
    quoted = "".join(f"%{byte:02x}" for byte in path.encode("utf-8", "replace"))
    for prefix in ("/", "/iiif/3/", "/manifests/3/", "/p/", "/desk/p/", "/static/dist/"):
        answer = ask(service_of_exhibition, prefix + quoted, method, HTTP_HOST=host)
        assert answer.code < 500, (prefix, path)
        for name, value in answer.headers:
            assert "\r" not in value and "\n" not in value, name


HEADERS = {
    "Accept": ["*/*;q=" + "9" * 5000, "\x00", "application/json," * 2000, ";;;", "a/b/c"],
    "Accept-Language": ["x" * 10_000, "en;q=nan", "*", "<script>", "--", ";q=,"],
    "If-None-Match": ['"' * 9999, "W/" * 999, '"a' + ", " * 5000, "\xff"],
    "If-Modified-Since": ["yesterday", "Fri, 99 Foo 99999"],
    "Range": ["bytes=0-0", "bytes=-1", "bytes=" + "0-0," * 999, "lines=1"],
    "Cookie": ["dam=x", "dam=" + "a" * 9000, "dam=.eJw.x.y", "dam=e30.aaaa.bbbb", "=;=;="],
    "X-Forwarded-Host": ["evil.example"],
    "X-Forwarded-Proto": ["javascript"],
    "X-Original-Url": ["/admin/"],
    "X-Rewrite-Url": ["/admin/"],
    "X-Http-Method-Override": ["DELETE"],
    "Content-Type": ["multipart/form-data", "multipart/form-data; boundary=", "x" * 5000],
    "Content-Length": ["-1", "x", "9" * 30],
    "Transfer-Encoding": ["chunked"],
}


@pytest.mark.parametrize("name", HEADERS)
def test_an_odd_header_is_ignored_or_refused(exhibition, service_of_exhibition, name):
    one = exhibition.ids["public"]
    key = name.upper().replace("-", "_")
    key = key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
    for value in HEADERS[name]:
        for path in ("/", f"/p/{one}", f"/iiif/3/{one}/full/max/0/default.jpg", "/desk/"):
            answer = ask(service_of_exhibition, path, **{key: value})
            assert answer.code in {200, 302, 304, 401}, (path, value[:40])
            assert "evil.example" not in str(answer.headers)
            assert b"evil.example" not in answer.body


def test_a_poisoned_host_stays_with_whoever_sent_it(exhibition, service_of_exhibition):
    """The documents that are kept hold no origin; each answer gets the one of its request."""
    one = exhibition.ids["public"]
    paths = (
        f"/manifests/3/{one}/manifest.json",
        f"/manifests/3/{exhibition.series_id}/manifest.json",
        "/manifests/3/collection.json",
        f"/iiif/3/{one}/info.json",
        f"/iiif/3/{one}/full/max/0/default.jpg",
        f"/p/{one}",
        f"/api/v1/photographs/{one}.json",
    )
    for path in paths:
        ask(service_of_exhibition, path, HTTP_HOST="evil.example")
        answer = ask(service_of_exhibition, path)
        assert b"evil.example" not in answer.body, path
        assert "evil.example" not in str(answer.headers), path


@pytest.mark.parametrize(
    "host", ['h","x":"y', "h</script>", "h\\u0022", "h#", "h?x=", "h/..", "@h"]
)
def test_a_host_cannot_write_into_a_document(exhibition, service_of_exhibition, host):
    for path in ("/manifests/3/collection.json", f"/p/{exhibition.ids['public']}", "/"):
        answer = ask(service_of_exhibition, path, HTTP_HOST=host)
        assert answer.code == 400, path
        assert host.encode() not in answer.body


def test_no_word_of_a_host_is_kept_when_a_public_address_is_set(exhibition):
    settings = replace(exhibition.archive.settings, public_url="https://photographs.example.org")
    archive = replace(exhibition.archive, settings=settings)
    application = create_service(archive, KEY)
    for path in ("/", "/manifests/3/collection.json", f"/p/{exhibition.ids['public']}"):
        answer = ask(application, path, HTTP_HOST="evil.example")
        assert answer.code == 200
        assert b"evil.example" not in answer.body
        assert b"https://photographs.example.org" in answer.body


def test_the_preflight_of_another_site_gives_it_no_credentials(exhibition, service_of_exhibition):
    for path in ("/desk/upload", "/sign-in", "/admin/users", "/p/x"):
        answer = ask(
            service_of_exhibition,
            path,
            "OPTIONS",
            HTTP_ORIGIN="https://evil.example",
            HTTP_ACCESS_CONTROL_REQUEST_METHOD="POST",
        )
        names = {name.lower() for name, _ in answer.headers}
        assert "access-control-allow-origin" not in names, path


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/desk/p/x", "/desk/upload"])
def test_a_giant_form_of_a_stranger_is_refused(app, path):
    answer = Browser(app).client.post(path, data={"csrf_token": "x" * 3_000_000}, headers=PROGRAM)
    assert answer.status_code in {401, 413}


@pytest.mark.parametrize(
    ("count", "statuses"), [(900, {200}), (5000, {200, 413}), (200_000, {413})]
)
def test_a_form_of_very_many_fields_is_read_or_refused(archive, staff, count, statuses):
    one = new_photograph(archive, 1)
    fields = {"revision": "1"} | {f"x{number}@zz": "y" for number in range(count)}
    answer = staff.post(f"/desk/p/{one}", fields, headers=PROGRAM)
    assert answer.status_code in statuses
    with archive.reading() as db:
        assert catalogue.photograph(db, one).revision == 1


def test_the_time_of_a_sign_in_does_not_tell_who_has_an_account(archive, app, monkeypatch):
    """As many hashes are computed for a name that exists as for one that does not."""
    accounts.add_user(archive, "Anna", Audience.STAFF, "correct horse battery", "tests")
    accounts.add_user(archive, "Guest", Audience.STAFF, None, "tests")
    hashed: list[str] = []
    matches = accounts._matches  # noqa: SLF001 (the one place where time is spent)

    def counting(password_hash: str, password: str) -> bool:
        hashed.append(password_hash)
        return matches(password_hash, password)

    monkeypatch.setattr(accounts, "_matches", counting)
    browser = Browser(app)
    for name in ("Anna", "Guest", "Nobody", ""):
        hashed.clear()
        answer = browser.post("/sign-in", {"name": name, "password": "wrong wrong wrong"})
        assert answer.status_code == 403
        [used] = hashed
        assert used.startswith("$argon2id$")


def test_nothing_that_is_guessed_about_links_helps(app):
    browser = Browser(app)
    for token in ("", "a", "../../desk/", "%00", "x" * 10_000, "%0d%0aX:y"):
        assert browser.get(f"/sign-in/{token}").status_code in {200, 404, 308}
        if "/" not in token and token:
            answer = browser.post(f"/sign-in/{token}")
            assert answer.status_code in {403, 404}
    assert browser.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/desk/p/%0d%0aSet-Cookie:%20a=b", "a line end in the address that is remembered"),
        ("/desk/p/x%26next=evil.example", "a second next"),
        ("/desk/p/%23x%3fy", "marks of an address"),
        ("/desk/p/%e2%80%ae", "a mark of direction"),
    ],
)
def test_the_way_back_after_signing_in_is_one_address_of_this_site(app, path, reason):
    answer = Browser(app).get(path)
    assert answer.status_code == 302
    location = answer.headers["Location"]
    assert re.fullmatch(r"/sign-in\?next=/desk/p/[\w%.:=/-]+", location), reason
    assert "a=b" not in answer.headers.get("Set-Cookie", "")


def test_a_double_slash_leads_to_no_other_site(app):
    for path in ("//evil.example/desk/", "/\\evil.example", "//evil.example/%2e%2e"):
        answer = ask(app.wsgi_app, path)
        location = dict(answer.headers).get("Location", "/")
        assert location.startswith(("/", "http://photographs.example.org/"))
        assert not location.startswith("//")


def test_an_address_writes_no_line_of_the_log(archive, caplog, monkeypatch):
    from dam.workflows import browse

    def broken(*_):
        raise RuntimeError("fault")

    monkeypatch.setattr(browse, "photograph", broken)
    ask(create_app(archive, KEY).wsgi_app, "/p/x%0aERROR%20forged")
    for record in caplog.records:
        assert "\n" not in record.getMessage()


def test_a_query_cannot_change_who_is_asked_for(exhibition, service_of_exhibition):
    reader = Browser(service_of_exhibition)
    for state in ("draft", "embargo", "capped"):
        one = exhibition.ids[state]
        plain = reader.get(f"/manifests/3/{one}/manifest.json")
        for query in ("full", "full=1", "as=staff", "audience=5", "on=2030-01-01", "show=1"):
            assert reader.get(f"/manifests/3/{one}/manifest.json?{query}").data == plain.data
        page = reader.get(f"/p/{one}").text
        for query in ("as=staff", "on=2030-01-01", "full", "show=1"):
            assert reader.get(f"/p/{one}?{query}").text == page, query


def test_what_was_published_is_not_read_through_another_name(archive, service):
    """The published copies lie beside the database; no address leads to the files."""
    one = new_photograph(archive, 1)
    clear.record(archive, one, published(), "tests")
    work(archive)
    for path in (
        "/dam.sqlite3",
        "/secret.key",
        "/media/epoch",
        "/manifests/../dam.sqlite3",
        "/manifests/3/%2e%2e/%2e%2e/dam.sqlite3/manifest.json",
        "/static/dist/%2e%2e/%2e%2e/%2e%2e/%2e%2e/dam.sqlite3",
        "/static/dist//etc/passwd",
        "/static/dist/%00",
        "/static/dist/meta.json%00.css",
    ):
        answer = ask(service, path)
        assert answer.code in {400, 404, 308}, path
        assert b"SQLite format" not in answer.body


def test_json_of_the_service_is_json_whatever_was_written(exhibition, service_of_exhibition):
    reader = Browser(service_of_exhibition)
    for state in STATES:
        for kind in KINDS[2:]:
            answer = reader.get(kind.format(exhibition.ids[state.name]))
            if "json" in answer.mimetype:
                json.loads(answer.data)
                if not state.listed:
                    assert title_of(state.name) not in answer.text
