"""Authorization Flow 2.0 and Authentication 1.0: documents, states, tokens, and what they open."""

import html
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from browsers import (
    CNE,
    KEY,
    Browser,
    describe_as,
    hang,
    new_photograph,
    published,
    signed_in,
    work,
)

from dam import wiring
from dam.catalogue.text import Text, TextField
from dam.config import read_settings
from dam.records import log
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience
from dam.web.application import create_service
from dam.workflows import accounts, clear

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
MUSEUM = "https://museum.example"
AUTH_2 = "http://iiif.io/api/auth/2/context.json"
IMAGE_3 = "http://iiif.io/api/image/3/context.json"
TILE = "full/max/0/default.jpg"


@pytest.fixture(scope="module")
def reading_room(tmp_path_factory):
    """One photograph in each state of rights, where researchers see all but what is held back."""
    home = tmp_path_factory.mktemp("reading-room")
    settings = {"DAM_HOME": str(home / "home"), "DAM_RESEARCHER_STEP": "zoom"}
    place = wiring.open_place(read_settings(settings))
    wiring.prepare(place)
    yield hang(replace(wiring.build_archive(place), now=lambda: NOON))
    place.engine.dispose()


@pytest.fixture
def nobody(reading_room) -> Browser:
    return Browser(create_service(reading_room.archive, KEY))


@pytest.fixture
def archive(open_archive):
    return open_archive(researcher_step="zoom")


@pytest.fixture
def service(archive):
    return create_service(archive, KEY)


@pytest.fixture
def one(archive) -> str:
    """A photograph without a ground: the public has the record, researchers the picture."""
    identifier = new_photograph(archive, 1)
    clear.record(archive, identifier, published(CNE), "tests")
    work(archive)
    return identifier


@pytest.fixture
def researcher(archive, service) -> Browser:
    return signed_in(archive, service, Audience.RESEARCHER)


def open_for(browser: Browser, origin: str = MUSEUM):
    """Go through the window of the access service."""
    page = browser.get(f"/auth/access?origin={quote(origin, safe='')}")
    assert page.status_code == 200
    fields = dict(re.findall(r'name="(csrf_token|origin)" value="([^"]+)"', page.text))
    answer = browser.client.post("/auth/access", data=fields)
    assert answer.status_code == 200
    return answer


def message(browser: Browser, path: str = "/auth/token", origin: str = MUSEUM, **more: str) -> dict:
    """What the frame of the token service posts, and to whom."""
    query = {"messageId": "m-1", "origin": origin, **more}
    written = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
    answer = browser.get(f"{path}?{written}")
    assert answer.status_code == 200, "so that the body is received"
    body = re.search(r'<body data-origin="([^"]+)" data-message="([^"]+)">', answer.text)
    assert body, answer.text
    assert body[1] == origin.rstrip("/"), "the message goes to the site that asked, and no other"
    return json.loads(html.unescape(body[2]))


def probe(browser: Browser, service_id: str, token: str = "", origin: str = MUSEUM) -> dict:
    headers = {"Origin": origin} if origin else {}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    answer = browser.get(f"/auth/probe/{service_id}", headers=headers)
    assert answer.status_code == 200, "whatever it says of the image"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert {"Authorization", "Origin"} <= {*answer.headers["Vary"].split(", ")}
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return answer.json


# What each address answers to nobody in particular


@pytest.mark.parametrize(
    ("state", "expected", "reason"),
    [
        # state, ({id}, {id}_full, the probe's status, whether it has a substitute), reason
        ("public", (200, 200, 200, False), "everybody has all of it"),
        ("record", (401, 401, 401, False), "signing in helps"),
        ("capped", (200, 302, 401, True), "everybody has less of it"),
        ("embargo", (403, 403, 403, False), "signing in does not help"),
        ("unreviewed", (403, 403, 403, False), "signing in does not help"),
        ("draft", (404, 404, 404, False), "as if it were not there"),
        ("hidden", (404, 404, 404, False), "as if it were not there"),
        ("withdrawn", (410, 410, 410, False), "for everybody"),
    ],
)
@pytest.mark.parametrize("version", "23")
def test_what_the_addresses_of_an_image_answer_in_each_state(
    reading_room, nobody, state, expected, reason, version
):
    own, full, probed, substitute = expected
    one = reading_room.ids[state]
    for service_id, status in ((one, own), (f"{one}_full", full)):
        answer = nobody.get(f"/iiif/{version}/{service_id}/info.json")
        assert answer.status_code == status, reason
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert (status == 200) is answer.headers["Cache-Control"].startswith("public") or (
            service_id != one
        ), reason
    size = "max" if version == "3" else "full"
    picture = nobody.get(f"/iiif/{version}/{one}_full/full/{size}/0/default.jpg")
    assert picture.status_code == (401 if full == 302 else full), reason
    found = probe(nobody, f"{one}_full")
    assert (found["status"], "substitute" in found) == (probed, substitute), reason
    assert found["@context"] == AUTH_2 and found["type"] == "AuthProbeResult2"
    assert ("heading" in found and "note" in found) is (probed != 200)


def test_a_description_that_signing_in_opens_is_whole_and_says_how(reading_room, nobody):
    """1.0 §3: the body MUST be a valid description; 2.0 §2.1: its context MUST come first."""
    one = reading_room.ids["record"]
    answer = nobody.get(f"/iiif/3/{one}/info.json")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    info = answer.json
    assert info["@context"] == [AUTH_2, IMAGE_3]
    assert info["id"] == f"http://localhost/iiif/3/{one}_full", "each tier has its own address"
    assert (info["width"], info["height"]) == (96, 64)
    two, login = info["service"]
    check_probe_service(two, one)
    check_login(login)
    older = nobody.get(f"/iiif/2/{one}/info.json").json
    assert older["@context"] == "http://iiif.io/api/image/2/context.json"
    [service] = older["service"]
    assert service["@context"] == "http://iiif.io/api/auth/1/context.json"
    check_login(service)


def check_probe_service(two: dict, one: str) -> None:
    assert two["id"] == f"http://localhost/auth/probe/{one}_full"
    assert two["type"] == "AuthProbeService2"
    external, active = two["service"]
    for each in (external, active):
        assert each["type"] == "AuthAccessService2"
        types = [inner["type"] for inner in each["service"]]
        assert types.count("AuthAccessTokenService2") == 1
        assert all("id" in inner for inner in each["service"])
    assert external["profile"] == "external" and "id" not in external
    assert active["profile"] == "active"
    assert active["id"] == "http://localhost/auth/access"
    for name in ("label", "heading", "note", "confirmLabel"):
        assert active[name]["en"][0]
    assert "Photograph Archive" in active["label"]["en"][0], "the institution is named"
    logout = active["service"][1]
    assert logout["type"] == "AuthLogoutService2"
    assert "Photograph Archive" in logout["label"]["en"][0]


def check_login(login: dict) -> None:
    assert login["profile"] == "http://iiif.io/api/auth/1/login"
    assert login["@id"] == "http://localhost/auth/access"
    assert "Photograph Archive" in login["label"]
    token, logout = login["service"]
    assert (token["@id"], token["profile"]) == (
        "http://localhost/auth/1/token",
        "http://iiif.io/api/auth/1/token",
    )
    assert logout["profile"] == "http://iiif.io/api/auth/1/logout"


def test_the_lower_tier_is_everybodys_and_leads_clients_of_1_0_to_the_sign_in(reading_room, nobody):
    """1.0 §3.2: 302 to the description of the lower tier, under another address."""
    one = reading_room.ids["capped"]
    answer = nobody.get(f"/iiif/3/{one}_full/info.json")
    assert answer.headers["Location"] == f"http://localhost/iiif/3/{one}/info.json"
    assert answer.headers["Cache-Control"] == "private, no-store"
    lower = nobody.get(f"/iiif/3/{one}/info.json").json
    assert (lower["id"], lower["width"]) == (f"http://localhost/iiif/3/{one}", 40)
    [login] = lower["service"]
    check_login(login)
    [substitute] = probe(nobody, f"{one}_full")["substitute"]
    assert substitute["service"][0]["id"] == lower["id"]
    assert nobody.get(substitute["id"]).status_code == 200, "it is open to whoever asks"


def test_manifests_name_what_signing_in_opens(reading_room, nobody):
    ids = reading_room.ids
    manifest = nobody.get(f"/manifests/3/{reading_room.series_id}/manifest.json").json
    assert manifest["@context"][0] == AUTH_2
    canvases = {each["id"].rsplit("/", 1)[-1]: each for each in manifest["items"]}
    bodies = {
        state: canvases[ids[state]]["items"][0]["items"][0]["body"]
        for state in ("public", "record", "capped")
    }
    for state in ("record", "capped"):
        [service] = bodies[state]["service"]
        assert service["id"].endswith(f"/iiif/3/{ids[state]}_full")
        check_probe_service(service["service"][0], ids[state])
        check_login(service["service"][1])
    assert "service" not in bodies["public"]["service"][0]
    assert nobody.get(bodies["capped"]["id"]).status_code == 200, "readers without a service"
    assert "thumbnail" not in canvases[ids["record"]]
    assert canvases[ids["record"]]["placeholderCanvas"]
    assert canvases[ids["embargo"]]["items"] == [], "where signing in does not help"
    older = nobody.get(f"/manifests/2/{reading_room.series_id}/manifest.json").json
    found = {
        each["@id"].rsplit("/", 1)[-1]: each["images"][0]["resource"]
        for each in older["sequences"][0]["canvases"]
    }
    login = found[ids["record"]]["service"]["service"]
    assert login["@context"] == "http://iiif.io/api/auth/1/context.json"
    check_login(login)


def test_a_private_manifest_leaks_nothing(reading_room, nobody):
    """dlp-curate#1068: what the public is not told stands in no manifest, list or description."""
    for state in ("draft", "hidden", "withdrawn draft"):
        one = reading_room.ids[state]
        for path in (
            f"/manifests/3/{reading_room.series_id}/manifest.json",
            f"/manifests/2/{reading_room.series_id}/manifest.json",
            "/manifests/3/collection.json",
            "/activity/page-0.json",
            f"/manifests/3/{one}/manifest.json",
            f"/manifests/3/{one}/manifest.json?full",
            f"/auth/probe/{one}_full",
            f"/iiif/3/{one}_full/info.json",
        ):
            answer = nobody.get(path)
            told = answer.text.replace(f"/auth/probe/{one}", "")
            assert one not in told, path
            assert f"Titled {state.replace(' ', '')}ly" not in told, path


def test_a_restricted_manifest_says_why_and_is_not_blank(reading_room, nobody):
    """sul-embed#464: whoever may not see it reads the reason."""
    for state in ("record", "embargo", "unreviewed"):
        manifest = nobody.get(f"/manifests/3/{reading_room.ids[state]}/manifest.json").json
        labels = [row["label"]["en"][0] for row in manifest["metadata"]]
        assert "No picture" in labels, state
        assert nobody.get(f"/p/{reading_room.ids[state]}").status_code == 200


# The way in


def test_an_authorised_viewer_gets_pixels(archive, service, one, researcher):
    """dspace-angular#1435: the whole flow, as a viewer on another site goes it."""
    viewer = f"{one}_full"
    assert probe(researcher, viewer)["status"] == 401, "the probe knows no cookie"
    assert message(researcher)["profile"] == "invalidOrigin", "not opened for that site yet"
    open_for(researcher)
    told = message(researcher)
    assert told == {
        "@context": AUTH_2,
        "type": "AuthAccessToken2",
        "accessToken": told["accessToken"],
        "expiresIn": 300,
        "messageId": "m-1",
    }
    token = told["accessToken"]
    assert probe(researcher, viewer, token) == {
        "@context": AUTH_2,
        "type": "AuthProbeResult2",
        "status": 200,
    }
    elsewhere = Browser(service)  # the browser of a viewer sends no cookie with fetch()
    headers = {"Authorization": f"Bearer {token}", "Origin": MUSEUM}
    info = elsewhere.get(f"/iiif/3/{viewer}/info.json", headers=headers)
    assert info.status_code == 200
    assert info.headers["Cache-Control"] == "private, no-store"
    assert {"Authorization", "Cookie", "Origin"} <= {*info.headers["Vary"].split(", ")}
    picture = researcher.get(f"/iiif/3/{viewer}/{TILE}")
    assert picture.status_code == 200 and picture.data.startswith(b"\xff\xd8")
    assert picture.headers["Cache-Control"] == "private, no-store"


def test_a_token_opens_no_picture(archive, service, one, researcher):
    """2.0 §2: knowledge of the token is of no value; the cookie is the credential."""
    open_for(researcher)
    token = message(researcher)["accessToken"]
    headers = {"Authorization": f"Bearer {token}", "Origin": MUSEUM}
    for path in (f"/iiif/3/{one}_full/{TILE}", f"/iiif/3/{one}/{TILE}", f"/p/{one}/master"):
        assert Browser(service).get(path, headers=headers).status_code in {401, 403}


def test_the_cookie_of_pictures_opens_pictures_and_nothing_else(service, one, staff_member):
    open_for(staff_member)
    cookie = staff_member.client.get_cookie("dam-pictures")
    frame = Browser(service)
    frame.client.set_cookie("dam-pictures", cookie.value)
    assert frame.get(f"/iiif/3/{one}_full/{TILE}").status_code == 200
    assert message(frame)["type"] == "AuthAccessToken2"
    for path in ("/desk/", f"/desk/p/{one}", f"/p/{one}/master", "/api/v1/jobs"):
        assert frame.get(path).status_code in {302, 401, 403}, path
    assert "Sign out" not in frame.get("/").text


@pytest.fixture
def opened(archive, service, one, researcher):
    """The archive after the researcher has opened pictures for the museum."""
    open_for(researcher)
    return archive, service, one


@pytest.fixture
def staff_member(archive, service) -> Browser:
    return signed_in(archive, service, Audience.STAFF)


def sign_out(browser, archive, clock):
    browser.post("/sign-out")


def close_pictures(browser, archive, clock):
    assert browser.get("/auth/logout").status_code == 200


def wait(browser, archive, clock):
    clock.advance(seconds=300)


def change_the_role(browser, archive, clock):
    accounts.change_role(archive, "Researcher", Audience.STAFF, "tests")


def end_the_session(browser, archive, clock):
    clock.advance(hours=12)


@pytest.mark.parametrize(
    ("ended_by", "pixels", "problem"),
    [
        (sign_out, 401, "invalidAspect"),
        (close_pictures, 401, "invalidAspect"),
        (wait, 200, ""),
        (change_the_role, 401, "invalidAspect"),
        (end_the_session, 401, "expiredAspect"),
    ],
)
def test_a_token_is_worth_nothing_any_more(opened, researcher, clock, ended_by, pixels, problem):
    archive, service, one = opened
    cookie = researcher.client.get_cookie("dam-pictures").value
    token = message(researcher)["accessToken"]
    assert probe(researcher, f"{one}_full", token)["status"] == 200
    ended_by(researcher, archive, clock)
    assert probe(researcher, f"{one}_full", token)["status"] == 401
    headers = {"Authorization": f"Bearer {token}", "Origin": MUSEUM}
    info = Browser(service).get(f"/iiif/3/{one}_full/info.json", headers=headers)
    assert info.status_code == 401
    thief = Browser(service)
    thief.client.set_cookie("dam-pictures", cookie)
    assert thief.get(f"/iiif/3/{one}_full/{TILE}").status_code == pixels
    assert message(thief).get("profile", "") == problem


@pytest.mark.parametrize(
    ("records", "withdrawn", "status"),
    [
        ([NewRecord(RecordKind.SENSITIVITY, "minor")], False, 403),
        ([NewRecord(RecordKind.CEILING, "hidden")], False, 404),
        ([], True, 410),
    ],
)
def test_no_pixel_for_a_token_whose_decision_ended(opened, researcher, records, withdrawn, status):
    archive, service, one = opened
    token = message(researcher)["accessToken"]
    if withdrawn:
        clear.withdraw(archive, one, "The family asked.", "tests")
    else:
        clear.record(archive, one, records, "tests")
    found = probe(researcher, f"{one}_full", token)
    assert found["status"] == status
    assert found["note"]["en"][0]
    headers = {"Authorization": f"Bearer {token}", "Origin": MUSEUM}
    assert Browser(service).get(f"/iiif/3/{one}_full/info.json", headers=headers).status_code == (
        status
    )
    for tail in (TILE, "info.json", "full/48,32/0/default.webp"):
        assert researcher.get(f"/iiif/3/{one}_full/{tail}").status_code == status


@pytest.mark.parametrize(
    ("origin", "status", "reason"),
    [
        (MUSEUM, 200, "the site that it was made for"),
        ("https://museum.example:443", 200, "the same, its port said"),
        ("https://evil.example", 401, "another site"),
        ("http://museum.example", 401, "the same name without TLS"),
        ("https://museum.example:8443", 401, "another port"),
        ("null", 401, "a frame without an origin"),
        ("", 401, "our own pages, where the browser says none"),
    ],
)
def test_a_token_is_bound_to_its_site(one, researcher, origin, status, reason):
    open_for(researcher)
    token = message(researcher)["accessToken"]
    assert probe(researcher, f"{one}_full", token, origin)["status"] == status, reason


def test_what_looks_like_a_token_is_none(one, researcher):
    open_for(researcher)
    token = message(researcher)["accessToken"]
    for false in (token[:-1], token + "x", "x", "é", token.swapcase(), "a.b.c", "W10." + token):
        assert probe(researcher, f"{one}_full", false)["status"] == 401


def test_a_signed_text_of_the_session_is_no_token(one, researcher):
    session = researcher.client.get_cookie("dam").value
    assert probe(researcher, f"{one}_full", session)["status"] == 401


@pytest.mark.parametrize(
    ("known", "query", "two", "one_point_zero"),
    [
        (False, {}, "missingAspect", "missingCredentials"),
        (True, {"origin": "https://other.example"}, "invalidOrigin", "invalidOrigin"),
        (True, {"messageId": ""}, "invalidRequest", None),
        (True, {"messageId": "m" * 201}, "invalidRequest", None),
    ],
)
def test_why_there_is_no_token(service, researcher, known, query, two, one_point_zero):
    """2.0 §4.5 and 1.0 §2.2.6: the kinds of error, in the words of each version."""
    open_for(researcher)
    browser = researcher if known else Browser(service)
    told = message(browser, **query)
    assert (told["type"], told["profile"]) == ("AuthAccessTokenError2", two)
    assert told["heading"]["en"] and told["note"]["en"]
    if one_point_zero is not None:
        older = message(browser, "/auth/1/token", **query)
        assert older["error"] == one_point_zero
        assert older["messageId"] == "m-1"


def test_the_token_service_of_1_0_in_a_frame_and_for_programs(archive, service, one, researcher):
    open_for(researcher, MUSEUM + "/")  # as the examples of 1.0 write it
    told = message(researcher, "/auth/1/token", MUSEUM + "/")
    assert set(told) == {"accessToken", "expiresIn", "messageId"}
    headers = {"Authorization": f"Bearer {told['accessToken']}", "Origin": MUSEUM}
    answer = Browser(service).get(f"/iiif/2/{one}_full/info.json", headers=headers)
    assert answer.status_code == 200
    assert answer.json["@id"] == f"http://localhost/iiif/2/{one}_full"
    open_for(researcher, "http://localhost")
    plain = researcher.get("/auth/1/token")
    assert plain.mimetype == "application/json" and set(plain.json) == {"accessToken", "expiresIn"}
    assert probe(researcher, f"{one}_full", plain.json["accessToken"], "")["status"] == 200
    refused = Browser(service).get("/auth/1/token")
    assert (refused.status_code, refused.json["error"]) == (401, "missingCredentials")


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "javascript:alert(1)",
        "https://museum.example/viewer",
        "https://a@museum.example",
        "https://museum.example?x",
        "//museum.example",
        "https://",
        "https://museum.example:99999",
        "https://muse\num.example",
        '"><script>alert(1)</script>',
    ],
)
def test_what_is_no_origin_gets_no_window_and_no_message(researcher, origin):
    for path in ("/auth/access", "/auth/token", "/auth/1/token"):
        answer = researcher.get(f"{path}?messageId=1&origin={quote(origin, safe='')}")
        assert answer.status_code == 400, path
        assert "<script>alert" not in answer.text


def test_hostile_message_ids_stay_words(researcher):
    open_for(researcher)
    hostile = "\"><img src=x onerror=alert(1)>'&</script>"
    assert message(researcher, messageId=hostile)["messageId"] == hostile


def test_the_window_asks_first_and_looking_at_it_opens_nothing(archive, service, one, researcher):
    stranger = Browser(service)
    answer = stranger.get(f"/auth/access?origin={quote(MUSEUM, safe='')}")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in?next=%2Fauth%2Faccess%3Forigin%3D")
    page = researcher.get(f"/auth/access?origin={quote(MUSEUM, safe='')}")
    assert MUSEUM in page.text and "Researcher" in page.text
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert "dam-pictures" not in str(page.headers)
    assert message(researcher)["type"] == "AuthAccessTokenError2"
    with archive.reading() as db:
        before = log.of_subject(db, "user", "Researcher")
    open_for(researcher)
    with archive.reading() as db:
        event = log.of_subject(db, "user", "Researcher")[0]
    assert len(before) and (event.verb, event.field, event.after) == ("opened", "pictures", MUSEUM)


def test_signing_in_leads_back_to_the_window(archive, service):
    accounts.add_user(archive, "Anna", Audience.RESEARCHER, "a long enough password", "tests")
    browser = Browser(service)
    asked = browser.get(f"/auth/access?origin={quote(MUSEUM, safe='')}")
    form = browser.get(asked.headers["Location"])
    after = html.unescape(re.search(r'name="next" value="([^"]+)"', form.text)[1])
    fields = {"name": "Anna", "password": "a long enough password", "next": after}
    answer = browser.post("/sign-in", fields)
    assert browser.get(answer.headers["Location"]).status_code == 200
    assert answer.headers["Location"] == f"/auth/access?origin={quote(MUSEUM, safe='')}"


def test_only_the_frame_of_the_token_may_be_framed(researcher):
    for path in ("/auth/token", "/auth/1/token"):
        answer = researcher.get(f"{path}?messageId=1&origin={quote(MUSEUM, safe='')}")
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors *" in policy and "script-src 'self'" in policy
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert (
        "frame-ancestors 'none'"
        in researcher.get("/auth/logout").headers["Content-Security-Policy"]
    )


def test_over_https_the_cookie_goes_along_to_other_sites_and_no_script_reads_it(open_archive):
    archive = open_archive(
        home="https", researcher_step="zoom", public_url="https://photographs.example.org"
    )
    service = create_service(archive, KEY)
    accounts.add_user(archive, "Anna", Audience.RESEARCHER, None, "tests")
    browser, base = Browser(service), {"base_url": "https://photographs.example.org"}
    link = f"/sign-in/{accounts.make_link(archive, 'Anna')}"
    same = {"headers": {"Referer": "https://photographs.example.org/"}, **base}

    def token_of(path: str) -> str:
        return re.search(r'name="csrf_token" value="([^"]+)"', browser.get(path, **base).text)[1]

    browser.client.post(link, data={"csrf_token": token_of(link)}, **same)
    window = f"/auth/access?origin={quote(MUSEUM, safe='')}"
    fields = {"csrf_token": token_of(window), "origin": MUSEUM}
    answer = browser.client.post("/auth/access", data=fields, **same)
    [cookie] = [c for c in answer.headers.getlist("Set-Cookie") if "pictures" in c]
    assert cookie.startswith("__Host-dam-pictures=")
    for flag in ("Secure", "HttpOnly", "SameSite=None", "Path=/"):
        assert flag in cookie, cookie
    assert "Domain" not in cookie


def test_a_page_of_another_site_cannot_close_pictures_by_a_picture(one, researcher):
    open_for(researcher)
    for dest in ("image", "iframe", "empty"):
        researcher.get("/auth/logout", headers={"Sec-Fetch-Dest": dest})
    assert message(researcher)["type"] == "AuthAccessToken2"
    researcher.get("/auth/logout", headers={"Sec-Fetch-Dest": "document"})
    assert message(researcher)["type"] == "AuthAccessTokenError2"


def test_browsers_may_send_a_token_to_the_probe_from_anywhere(reading_room, nobody):
    answer = nobody.client.options(f"/auth/probe/{reading_room.ids['record']}_full")
    assert answer.status_code == 204
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_public_s_answers_are_the_same_for_whoever_has_opened_pictures(archive, service, one):
    """No shared cache may keep a private answer, or a private cookie."""
    public = new_photograph(archive, 2)
    clear.record(archive, public, published(), "tests")
    describe_as(archive, public, Text(TextField.TITLE, "en", "Public"))
    work(archive)
    browser = signed_in(archive, service, Audience.RESEARCHER)
    open_for(browser)
    token = message(browser)["accessToken"]
    for path in (
        f"/iiif/3/{public}/info.json",
        f"/iiif/3/{public}/{TILE}",
        f"/manifests/3/{public}/manifest.json",
        f"/manifests/3/{one}/manifest.json",
    ):
        mine = browser.get(path, headers={"Authorization": f"Bearer {token}", "Origin": MUSEUM})
        everybodys = Browser(service).get(path)
        assert mine.data == everybodys.data
        assert mine.headers["Cache-Control"] == everybodys.headers["Cache-Control"]
        assert mine.headers["Cache-Control"].startswith("public")
        assert "Set-Cookie" not in mine.headers
