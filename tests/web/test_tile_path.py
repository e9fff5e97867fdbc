"""The tile path answers as the Flask route does, to the letter, and forgets in time."""

import io
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from browsers import CC_BY, CC_ZERO, KEY, STATES, describe_as, new_photograph, published, work
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from werkzeug.test import Client
from wsgi_environ import environ_of

from dam.catalogue.text import Text, TextField
from dam.iiif.image_request import ApiVersion
from dam.iiif.tiles import Pyramid, spellings
from dam.records import catalogue, epochs, register
from dam.records.register import NewRecord, RecordKind
from dam.rights import decision as rights
from dam.storage import keys
from dam.web.application import create_app, create_service
from dam.web.tile_path import TilePath
from dam.workflows import ask as asking
from dam.workflows import clear, deliver, derive


@dataclass(frozen=True)
class Answer:
    """A whole answer of a WSGI application."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def code(self) -> int:
        return int(self.status.split()[0])

    def header(self, name: str) -> str:
        return next(value for key, value in self.headers if key.lower() == name.lower())


def ask(application, target: str, method: str = "GET", **extra: str | None) -> Answer:
    """Send a request as a server hands it over: the path decoded, as Latin-1."""
    environ = environ_of(target, method, **extra)
    seen: list = []
    chunks = application(environ, lambda status, headers, *_: seen.append((status, headers)))
    body = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    [(status, headers)] = seen
    return Answer(status, tuple(sorted(headers)), body)


class Both:
    """The tile path, and the Flask application alone, over one archive."""

    def __init__(self, archive) -> None:
        self.fell_through = 0
        self.flask = create_app(archive, KEY).wsgi_app
        self.tile_path = TilePath(archive, self._count)

    def _count(self, environ, start_response):
        self.fell_through += 1
        return self.flask(environ, start_response)

    def same(self, target: str, method: str = "GET", **extra: str | None) -> Answer:
        """The answer, after making sure that both give it: at the first request and the second."""
        expected = ask(self.flask, target, method, **extra)
        for _ in range(2):
            found = ask(self.tile_path, target, method, **extra)
            assert found.code == expected.code, target
            assert found.headers == expected.headers, target
            assert found.body == expected.body, target
        return expected


@pytest.fixture(scope="module")
def both(exhibition) -> Both:
    return Both(exhibition.archive)


def stored_names(exhibition) -> Iterator[tuple[Pyramid, str]]:
    image = deliver.open_image(exhibition.archive, exhibition.ids["public"], 0)
    for name in image.pyramid.tile_names():
        yield image.pyramid, name


def test_every_spelling_of_every_stored_tile_is_answered_alike_and_without_flask(exhibition, both):
    one = exhibition.ids["public"]
    for version in ApiVersion:
        for pyramid, name in stored_names(exhibition):
            for tail in (name, *spellings(name, pyramid, version)):
                before = both.fell_through
                assert both.same(f"/iiif/{version}/{one}/{tail}").code == 200, tail
                assert both.fell_through == before, f"{tail} went through Flask"


TAILS = (
    "full/max/0/default.jpg",
    "full/96,64/0/default.jpg",
    "full/96,/0/default.jpg",
    "full/,64/0/default.jpg",
    "full/full/0/default.jpg",
    "full/%5Emax/0/default.jpg",
    "full/^max/0/default.jpg",
    "full/%5E96,64/0/default.jpg",
    "full/%5E!96,64/0/default.jpg",
    "full/%215,5/0/default.jpg",
    "full/!96,64/0/default.jpg",
    "full/!500,500/0/default.jpg",
    "full/500,/0/default.jpg",
    "full/%5E500,/0/default.jpg",
    "full/50,/0/default.jpg",
    "full/pct:50/0/default.jpg",
    "full/pct%3A100/0/default.jpg",
    "pct:0,0,100,100/max/0/default.jpg",
    "0,0,96,64/max/0/default.jpg",
    "0,0,96,64/96,64/0/default.jpg",
    "0000,0,096,64/96,64/0/default.jpg",
    "0,0,999,999/max/0/default.jpg",
    "square/max/0/default.jpg",
    "full/max/00.0/default.jpg",
    "full/max/360/default.jpg",
    "full/max/!0/default.jpg",
    "full/max/90/default.jpg",
    "full/max/0/color.jpg",
    "full/max/0/gray.jpg",
    "full/max/0/default.png",
    "full/max/0/default.jpg/",
    "full/max/0/default.jpg?download=1",
    "full/max/0/default.jpg?",
    "/full/max/0/default.jpg",
    "full//max/0/default.jpg",
    "full%2Fmax/0/default.jpg",
    "full/max/0/default.jpg%00",
    "full/max/0/default.jpg%0d%0aSet-Cookie:%20a=b",
    "full/max/0/d%C3%A9faut.jpg",
    "full/max/0/default.pdf",
    "full/max/0/default",
    "full/max/361/default.jpg",
    "full/0,/0/default.jpg",
    "100,100,5,5/max/0/default.jpg",
    "0,0,0,0/max/0/default.jpg",
    "full/99999999999,/0/default.jpg",
    "\u0660,0,96,64/max/0/default.jpg",
    "info.json",
    "",
)


@pytest.mark.parametrize("version", ["2", "3", "1", "4"])
@pytest.mark.parametrize("tail", TAILS)
def test_a_spelling_right_or_wrong_is_answered_alike(exhibition, both, version, tail):
    both.same(f"/iiif/{version}/{exhibition.ids['public']}/{tail}")


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("tail", ["full/max/0/default.jpg", "full/50,/0/default.png", "info.json"])
def test_a_method_is_answered_alike(exhibition, both, method, tail):
    answer = both.same(f"/iiif/3/{exhibition.ids['public']}/{tail}", method)
    known = {"GET": 200, "HEAD": 200, "OPTIONS": 204}
    assert answer.code == known.get(method, 405)
    assert answer.header("Access-Control-Allow-Origin") == "*"
    if answer.code == 405:
        assert answer.header("Allow") == "GET, HEAD, OPTIONS"
    if method == "HEAD":
        assert answer.body == b""


def conditions(tag: str) -> list[tuple[str, int, str]]:
    return [
        (f'"{tag}"', 304, "the tag"),
        (f'W/"{tag}"', 304, "a proxy made it weak"),
        (f'"other", "{tag}"', 304, "one of several"),
        (f'"other",W/"{tag}" , "third"', 304, "one of several, weak"),
        ("*", 304, "any"),
        ('"other"', 200, "another"),
        (f'"{tag}x"', 200, "begins alike"),
        (f'"x{tag}"', 200, "ends alike"),
        (f"'{tag}'", 200, "quoted otherwise"),
        ("", 200, "empty"),
        ('"', 200, "a quote alone"),
        ('"*"', 200, "a tag that is a star"),
    ]


@pytest.mark.parametrize("case", range(12))
@pytest.mark.parametrize("tail", ["full/max/0/default.jpg", "0,0,20,20/5,/0/gray.png", "info.json"])
def test_a_condition_is_answered_alike(exhibition, both, tail, case):
    target = f"/iiif/3/{exhibition.ids['public']}/{tail}"
    tag = ask(both.flask, target).header("ETag").strip('"')
    wanted, status, reason = conditions(tag)[case]
    answer = both.same(target, HTTP_IF_NONE_MATCH=wanted)
    assert answer.code == status, reason
    if status == 304:
        assert answer.body == b""
        assert answer.header("ETag") == f'"{tag}"'
        assert answer.header("Cache-Control")


HOSTS = (
    ("photographs.example.org", 200, "a name"),
    ("photographs.example.org:80", 200, "the usual port goes"),
    ("photographs.example.org:8443", 200, "another port stays"),
    ("127.0.0.1:8000", 200, "an address"),
    ("[::1]:8000", 200, "an address of version 6"),
    (None, 200, "HTTP/1.0 names none, and the server knows its own"),
    ("", 400, "an empty name is none"),
    ('a"b', 400, "a quote is in no name"),
    ("a>;rel=x,<b", 400, "it would write into the header Link"),
    ("evil.example/iiif", 400, "a name has no path"),
    ("evil.example?x", 400, "a name has no query"),
    ("user@evil.example", 400, "a name has no user"),
    ("a b", 400, "a name has no space"),
    ("a\\b", 400, "a name has no backslash"),
    ("a:99999", 400, "there is no such port"),
)


@pytest.mark.parametrize(("host", "status", "reason"), HOSTS)
@pytest.mark.parametrize("tail", ["full/max/0/default.jpg", "full/50,/0/default.jpg", "info.json"])
def test_a_host_is_answered_alike_and_never_written_back_when_it_is_none(
    exhibition, both, tail, host, status, reason
):
    answer = both.same(f"/iiif/3/{exhibition.ids['public']}/{tail}", HTTP_HOST=host)
    assert answer.code == status, reason
    if host and status == 400:
        assert host not in str(answer.headers)
        assert host.encode() not in answer.body


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
@pytest.mark.parametrize("suffix", ["", "_full"])
def test_each_state_is_answered_alike(exhibition, both, state, suffix):
    for version in "23":
        for tail in ("full/max/0/default.jpg", "full/40,/0/default.jpg", "info.json"):
            both.same(f"/iiif/{version}/{exhibition.ids[state.name]}{suffix}/{tail}")


@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(
                ["full", "max", "0", "default.jpg", "96,64", "0,0,96,64", "^", "!", ",", "pct:"]
            ),
            max_size=6,
        ).map("/".join),
    )
)
def test_whatever_is_asked_is_answered_alike(exhibition, both, tail):
    quoted = tail.encode("utf-8", "replace").hex()
    quoted = "".join(f"%{quoted[n : n + 2]}" for n in range(0, len(quoted), 2))
    answer = both.same(f"/iiif/3/{exhibition.ids['public']}/{quoted}")
    assert answer.code < 500


@pytest.mark.parametrize(
    ("version", "tail", "canonical"),
    [
        ("3", "full/96,/0/color.jpg", "full/max/0/default.jpg"),
        ("2", "full/96,64/0/color.jpg", "full/full/0/default.jpg"),
        ("3", "full/48,/90/default.png", "full/48,32/90/default.png"),
        ("2", "full/!48,48/90/default.png", "full/48,/90/default.png"),
    ],
)
def test_each_version_names_its_own_canonical_address(exhibition, both, version, tail, canonical):
    """Image API 3.0 §4.7 and 2.1.1 §4.7 spell the same request differently."""
    service = f"/iiif/{version}/{exhibition.ids['public']}"
    link = both.same(f"{service}/{tail}").header("Link")
    assert f'<http://photographs.example.org{service}/{canonical}>;rel="canonical"' in link


def test_a_public_address_that_was_set_is_used_whatever_host_is_named(open_archive):
    archive = open_archive(public_url="https://photographs.example.org/archive")
    one = new_photograph(archive, 1)
    clear.record(archive, one, published(), "tests")
    work(archive)
    two = Both(archive)
    for host in ("evil.example", 'a"b', "", None):
        answer = two.same(f"/iiif/3/{one}/full/max/0/default.jpg", HTTP_HOST=host)
        assert answer.code == 200
        assert "<https://photographs.example.org/archive/iiif/3/" in answer.header("Link")
        assert "evil" not in str(answer.headers)


@pytest.fixture
def one(archive) -> str:
    """A public photograph of the fixture ``archive``."""
    made = new_photograph(archive, 7)
    clear.record(archive, made, published(CC_ZERO), "tests")
    work(archive)
    return made


def tile(one: str) -> str:
    return f"/iiif/3/{one}/full/max/0/default.jpg"


def test_a_withdrawal_is_seen_by_the_next_request(archive, service, one):
    assert ask(service, tile(one)).code == 200
    clear.withdraw(archive, one, "the donor asked", "tests")
    assert ask(service, tile(one)).code == 410
    clear.reinstate(archive, one, "the donor came back", "tests")
    assert ask(service, tile(one)).code == 200


IN_ANOTHER_PROCESS = """
import sys
from dam import wiring
from dam.workflows import clear
clear.withdraw(wiring.build_archive(wiring.open_place()), sys.argv[1], "asked", "another")
"""


def test_a_withdrawal_by_another_process_is_seen_by_the_next_request(archive, service, one):
    tails = ("/iiif/3/{}/info.json", "/p/{}", "/embed/{}", "/manifests/3/{}/manifest.json")
    paths = (tile(one), *(tail.format(one) for tail in tails))
    assert {ask(service, path).code for path in paths} == {200}
    subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS, one],
        env={"DAM_HOME": str(archive.settings.home), "PATH": "/usr/bin"},
        check=True,
        timeout=60,
    )
    # The clock of the service has not moved: nothing has expired, the epoch was raised.
    assert {ask(service, path).code for path in paths} == {410}


def withdraw_and_die(archive, one: str) -> None:
    """Commit a withdrawal as a process does that dies before it can raise the mapped epoch."""
    with archive.writing.begin() as db:
        new = NewRecord(RecordKind.WITHDRAWAL, "asked")
        register.add(db, one, new, "tests", archive.now())
        epochs.advance(db)


def test_a_change_that_only_the_database_knows_is_seen_within_a_second(
    archive, service, ticks, one
):
    paths = (tile(one), f"/manifests/3/{one}/manifest.json", "/manifests/3/collection.json")
    assert {ask(service, path).code for path in paths} == {200}
    withdraw_and_die(archive, one)
    ticks.seconds += 1.0
    assert ask(service, paths[0]).code == 410
    assert ask(service, paths[1]).code == 410
    assert one.encode() not in ask(service, paths[2]).body


def test_an_image_that_is_opened_later_does_not_hide_a_change_of_the_database(
    archive, service, ticks, one
):
    other = new_photograph(archive, 8)
    clear.record(archive, other, published(), "tests")
    work(archive)
    assert ask(service, tile(one)).code == 200
    withdraw_and_die(archive, one)
    ticks.seconds += 0.5
    assert ask(service, tile(other)).code == 200
    ticks.seconds += 0.5
    assert ask(service, tile(one)).code == 410


def test_an_embargo_opens_by_itself_at_its_moment(archive, service, clock, one):
    day = date(2027, 3, 2)
    clear.record(archive, one, [NewRecord(RecordKind.EMBARGO, "plain", day=day)], "tests")
    clock.moment = datetime(2027, 3, 1, 23, 59, 59, tzinfo=UTC)
    assert ask(service, tile(one)).code == 403
    clock.moment = datetime(2027, 3, 2, tzinfo=UTC)
    assert ask(service, tile(one)).code == 200


def test_no_copy_lives_longer_than_the_answer_does(archive, clock, ticks, one, monkeypatch):
    """A decision that ends in ten days is kept, and its last day is counted down."""
    end = clock.moment + timedelta(days=10)
    original = deliver.open_image

    def ends(*arguments):
        opened = original(*arguments)
        decision = replace(opened.asked.decision, until=end)
        return replace(opened, asked=replace(opened.asked, decision=decision))

    monkeypatch.setattr(deliver, "open_image", ends)
    both = Both(replace(archive, ticks=ticks))
    for moment in (
        clock.moment,
        end - timedelta(days=2),
        end - timedelta(days=1),
        end - timedelta(hours=7),
        end - timedelta(seconds=100),
        end - timedelta(seconds=1),
    ):
        clock.moment = moment
        answer = both.same(tile(one))
        life = int(answer.header("Cache-Control").rpartition("=")[2])
        assert moment + timedelta(seconds=life) <= end
    assert both.fell_through == 8, "only before its last day was it answered ahead of Flask"


def test_a_cap_takes_effect_at_once_and_the_smaller_image_follows(archive, service, one):
    assert ask(service, tile(one)).code == 200
    clear.record(archive, one, [NewRecord(RecordKind.CAP, number=30)], "tests")
    assert ask(service, tile(one)).code == 403, "until the smaller pack is made"
    work(archive)
    small = ask(service, tile(one))
    assert small.code == 200
    with Image.open(io.BytesIO(small.body)) as picture:
        assert picture.size == (30, 20)


def test_a_rebuilt_pack_has_another_tag(archive, service, one):
    before = ask(service, tile(one))
    assert ask(service, tile(one)) == before
    worse = replace(archive, settings=replace(archive.settings, jpeg_quality=40))
    derive.derive(worse, one, rebuild=True)
    after = ask(service, tile(one))
    assert after.code == 200
    assert after.header("ETag") != before.header("ETag")
    assert after.body != before.body


def test_a_damaged_pack_is_503_and_never_half_a_tile(archive, service, one):
    assert ask(service, tile(one)).code == 200
    with archive.reading() as db:
        [pack] = catalogue.packs(db, one)
    path = archive.store.path(pack.key)
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.truncate(100)
    answer = ask(service, tile(one))
    assert answer.code == 503
    assert answer.header("Retry-After")
    assert str(archive.settings.home).encode() not in answer.body


def test_a_fault_on_the_tile_path_is_answered_by_flask(archive, service, one, monkeypatch):
    def broken(_):
        raise RuntimeError("disk on fire at /secret")

    monkeypatch.setattr(deliver, "database_epoch", broken)
    assert ask(service, tile(one)).code == 200


def kept_by(service: TilePath) -> dict:
    """What it keeps; nothing outside can tell, and that is the point."""
    return service._images  # noqa: SLF001 (bounds of memory are seen from inside only)


def test_spellings_without_end_fill_no_memory(archive, service, one):
    for zeros in range(10):
        for fraction in range(1, 11):
            region = f"{'0' * zeros}0,0,96,64"
            path = f"/iiif/3/{one}/{region}/max/0.{'0' * fraction}/default.jpg"
            assert ask(service, path).code == 200
    [image] = kept_by(service).values()
    assert len(image.tiles) <= 4 * len(image.image.tiles.members)


def test_hosts_without_end_fill_no_memory(archive, service, one):
    for number in range(600):
        assert ask(service, tile(one), HTTP_HOST=f"h{number}.example").code == 200
    assert len(kept_by(service)) <= 256


def test_words_that_change_do_not_change_the_tile(archive, service, one):
    before = ask(service, tile(one))
    describe_as(archive, one, Text(TextField.TITLE, "en", "New words"))
    assert ask(service, tile(one)) == before


def test_the_index_of_a_pack_may_be_missing_and_is_503(archive, clock, one):
    with archive.reading() as db:
        [pack] = catalogue.packs(db, one)
    index = archive.store.path(keys.pack_index(pack.key))
    index.parent.chmod(0o700)
    index.unlink()
    fresh = create_service(archive, KEY)
    assert ask(fresh, tile(one)).code in {404, 503}


def test_a_drawn_picture_is_decided_once_until_the_epoch_moves(
    archive, darkroom, service, monkeypatch
):
    one = darkroom.photograph((900, 700), public=True, rights=CC_BY)
    seen = []

    def decide(*given):
        seen.append(given[1])
        return rights.decide(*given)

    monkeypatch.setattr(asking, "decide", decide)
    client = Client(service)
    paths = [f"/iiif/3/{one}/{left},7,300,200/150,100/0/default.jpg" for left in (3, 5, 9)]
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]
    assert len(seen) == 1
    clear.withdraw(archive, one, "a reason", "Rana")
    seen.clear()
    assert [client.get(path).status_code for path in paths] == [410, 410, 410]
    assert seen
