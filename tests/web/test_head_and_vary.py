"""HEAD says what GET would say and draws nothing; Vary names what an answer depends on, no more."""

from dataclasses import replace

import pytest
from browsers import KEY, STATES, Browser, new_photograph, published, signed_in, work
from test_tile_path import ask
from walking import addresses, readable

from dam.rights.facts import Audience
from dam.web.application import create_app, create_service
from dam.workflows import clear

# What is not known before a picture is drawn, or words are written into it.
_OF_THE_BODY = {"content-length"}
_FOR_STAFF = ("/desk", "/rights", "/admin", "/sign-", "/static")


@pytest.fixture(scope="module")
def service(exhibition):
    return create_service(exhibition.archive, KEY)


def heads(answer) -> dict[str, str]:
    """Headers of an answer, without the cookie of a form, which is new each time."""
    return {name.lower(): value for name, value in answer.headers if name.lower() != "set-cookie"}


def check_head(service, archive, path: str, **extra: str) -> int:
    """Ask HEAD, then GET: the same status and headers, and nothing was drawn for HEAD."""
    before = archive.drawing.snapshot()
    head = ask(service, path, "HEAD", **extra)
    assert archive.drawing.snapshot() == before, path
    got = ask(service, path, "GET", **extra)
    assert head.body == b"", path
    assert head.status == got.status, path
    told, meant = heads(head), heads(got)
    if "content-length" not in told:
        meant = {name: value for name, value in meant.items() if name not in _OF_THE_BODY}
    assert told == meant, path
    return got.code


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_head_is_get_without_a_body_in_every_state_of_rights(exhibition, service, state):
    app = create_app(exhibition.archive, KEY)
    seen = set()
    for rule in readable(app):
        if state.name != "public" and rule.startswith(_FOR_STAFF):
            continue  # to nobody they say that he has to sign in
        for path in addresses(rule, exhibition, state.name):
            seen.add(check_head(service, exhibition.archive, path))
    assert {200, state.pixels, state.words} <= seen


@pytest.mark.parametrize(
    ("tail", "status", "reason"),
    [
        ("full/max/0/default.jpg", 200, "a stored tile"),
        ("full/48,/0/default.jpg", 200, "a picture that has to be drawn"),
        ("full/48,/0/default.jpg", 200, "and is kept now, so that HEAD knows its length"),
        ("full/max/0/default.bmp", 400, "a format that there is not"),
        ("500,500,5,5/max/0/default.jpg", 400, "a region outside"),
        ("full/^16384,60/0/default.webp", 413, "WebP has no such width"),
        ("full/^65501,15/0/default.jpg", 413, "nor has JPEG"),
        ("full/^65536,15/90/default.gif", 413, "nor has GIF such a height"),
        ("full/^16300,20/0.1/default.webp", 200, "turned a little it has just room"),
        ("full/^16383,20/0.1/default.webp", 413, "turned a little it has none"),
    ],
)
def test_head_of_a_picture_is_what_get_is(exhibition, service, tail, status, reason):
    path = f"/iiif/3/{exhibition.ids['public']}/{tail}"
    assert check_head(service, exhibition.archive, path) == status, reason


def test_head_of_a_kept_picture_knows_how_long_it_is(exhibition, service):
    path = f"/iiif/3/{exhibition.ids['public']}/full/47,/0/default.jpg"
    assert "content-length" not in heads(ask(service, path, "HEAD"))
    length = len(ask(service, path).body)
    assert heads(ask(service, path, "HEAD"))["content-length"] == str(length)


def test_head_of_what_never_fits_is_413_too(open_archive):
    archive = open_archive(drawing_memory_bytes="400000000")
    one = new_photograph(archive, 5)
    clear.record(archive, one, published(), "tests")
    work(archive)
    service = create_service(archive, KEY)
    path = f"/iiif/3/{one}/full/^8000,7900/45/default.tif"
    assert check_head(service, archive, path) == 413


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_answer_that_nothing_changed_costs_no_drawing(exhibition, service, method):
    path = f"/iiif/3/{exhibition.ids['public']}/full/46,/0/default.jpg"
    tag = dict(ask(service, path, "HEAD").headers)["ETag"]
    before = exhibition.archive.drawing.snapshot()
    answer = ask(service, path, method, HTTP_IF_NONE_MATCH=tag)
    assert (answer.code, answer.body) == (304, b"")
    assert exhibition.archive.drawing.snapshot() == before


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_person_who_is_signed_in_is_answered_alike_by_head(exhibition, service, method):
    """What staff see is drawn for them alone; HEAD tells the same of it."""
    staff = signed_in(exhibition.archive, service, Audience.STAFF)
    path = f"/iiif/3/{exhibition.ids['draft']}_full/full/45,/0/default.jpg"
    answer = staff.client.open(path, method=method)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"


ASKED = {
    "Accept": ("application/json", "application/ld+json", "text/html", "image/webp"),
    "Accept-Encoding": ("gzip", "identity"),
    "Accept-Language": ("az", "en"),
    "Origin": ("https://elsewhere.example", "null"),
    "User-Agent": ("Mozilla/5.0", "curl/8"),
    "Authorization": ("Basic eDp5",),
}
# What the public's answers depend on, by what their addresses begin and end with. Documents come
# in two media types, and zipped where they are long. A picture is what its address says.
VARIES = (
    ("/iiif/", "info.json", {"Accept", "Accept-Encoding"}),
    ("/iiif/", "", set()),
    ("/manifests/", ".json", {"Accept", "Accept-Encoding"}),
    ("/search/", "", {"Accept", "Accept-Encoding"}),
    ("/activity/", ".json", {"Accept", "Accept-Encoding"}),
    ("/api/v1/photographs/", "iptc.json", {"Accept-Encoding"}),
    ("/api/v1/photographs/", ".xml", {"Accept-Encoding"}),
    ("/api/v1/photographs/", ".json", {"Accept", "Accept-Encoding"}),
    ("/api/v1/openapi.json", "", {"Accept-Encoding"}),
    ("/sitemap", ".xml", {"Accept-Encoding"}),
    ("/feed.atom", "", {"Accept-Encoding"}),
    ("/oembed", "", {"Accept-Encoding"}),
    ("", "", set()),
)
_WORTH_ZIPPING = 600


def wanted(path: str, answer) -> set[str]:
    """What the table says of an address."""
    bare = path.partition("?")[0]
    found = next(
        names
        for beginning, ending, names in VARIES
        if bare.startswith(beginning) and bare.endswith(ending)
    )
    short = len(answer.data) < _WORTH_ZIPPING
    return found - {"Accept-Encoding"} if short else found


def kept_by_caches(answer) -> bool:
    return "public" in answer.headers.get("Cache-Control", "")


def varies(answer) -> set[str]:
    return {name.strip() for name in answer.headers.get("Vary", "").split(",") if name.strip()}


def said(answer) -> tuple:
    """All that a cache keeps of an answer, but for when it was made."""
    passing = {"Cache-Control", "Date"}
    return (
        answer.status_code,
        sorted((name, value) for name, value in answer.headers if name not in passing),
        answer.data,
    )


def test_vary_names_what_the_public_s_answers_depend_on_and_nothing_else(exhibition, ticks):
    """Each is asked with other headers, and by somebody who is signed in: what differs is named."""
    archive = replace(exhibition.archive, ticks=ticks)
    service = create_service(archive, KEY)
    nobody = Browser(service)
    manager = signed_in(archive, service, Audience.ADMINISTRATOR)
    asked = 0
    for rule in readable(create_app(archive, KEY)):
        for path in addresses(rule, exhibition):
            answer = nobody.get(path)
            if not kept_by_caches(answer):
                continue
            asked += 1
            named = varies(answer)
            depends = {
                header
                for header, values in ASKED.items()
                for value in values
                if said(nobody.get(path, headers={header: value})) != said(answer)
            }
            assert said(manager.get(path)) == said(answer), f"{path} is not the same for everybody"
            assert named == depends, path
            assert "Set-Cookie" not in answer.headers, path
            assert named == wanted(path, answer), path
    assert asked > 30


@pytest.mark.parametrize("tail", ["full/max/0/default.jpg", "full/40,/0/default.webp"])
def test_a_picture_is_in_the_format_of_its_address_whatever_a_browser_would_rather_have(
    exhibition, service, tail
):
    """Negotiation by Accept would poison shared caches: the ending of the address decides."""
    path = f"/iiif/3/{exhibition.ids['public']}/{tail}"
    plain = ask(service, path)
    wishing = ask(service, path, HTTP_ACCEPT="image/avif,image/webp,*/*;q=0.1")
    assert wishing == plain
    assert "vary" not in heads(wishing)
