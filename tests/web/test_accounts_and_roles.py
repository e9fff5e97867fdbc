"""Who may do what, and how a browser becomes somebody's."""

import re
from datetime import timedelta

import pytest
from browsers import KEY, PROGRAM, Browser, new_photograph, signed_in, work
from werkzeug.test import Client

from dam.records import catalogue, log, register
from dam.rights.facts import Audience
from dam.web.application import create_app
from dam.workflows import accounts

PASSWORD = "correct horse battery"  # noqa: S105 (of the accounts that these tests make)
ROLES = (
    Audience.PUBLIC,
    Audience.RESEARCHER,
    Audience.STAFF,
    Audience.EDITOR,
    Audience.RIGHTS_MANAGER,
    Audience.ADMINISTRATOR,
)
ROUTES = [
    ("GET", "/desk/", Audience.STAFF, 200),
    ("GET", "/desk/find", Audience.STAFF, 200),
    ("POST", "/desk/find/searches", Audience.STAFF, 400),
    ("GET", "/desk/alike", Audience.STAFF, 200),
    ("GET", "/desk/alike/{one}/nope", Audience.STAFF, 404),
    ("POST", "/desk/alike/{one}/nope", Audience.STAFF, 400),
    ("POST", "/desk/alike/{one}/nope/undo", Audience.STAFF, 404),
    ("POST", "/desk/find/searches/nope/remove", Audience.STAFF, 404),
    ("GET", "/desk/p/{one}", Audience.STAFF, 200),
    ("GET", "/desk/p/{one}/events", Audience.STAFF, 200),
    ("GET", "/desk/batches", Audience.STAFF, 200),
    ("POST", "/desk/batches", Audience.STAFF, 400),
    ("GET", "/desk/batches/new", Audience.STAFF, 200),
    ("GET", "/desk/batches/nope", Audience.STAFF, 404),
    ("GET", "/desk/sheets", Audience.STAFF, 200),
    ("POST", "/desk/sheets", Audience.STAFF, 400),
    ("GET", "/desk/sheets/xlsx", Audience.STAFF, 200),
    ("GET", "/desk/sheets/csv", Audience.STAFF, 200),
    ("POST", "/desk/batches/nope/apply", Audience.STAFF, 404),
    ("POST", "/desk/batches/nope/discard", Audience.STAFF, 404),
    ("POST", "/desk/batches/nope/undo", Audience.STAFF, 404),
    ("POST", "/desk/p/nope/edits/nope/undo", Audience.STAFF, 404),
    ("POST", "/desk/upload", Audience.STAFF, 400),
    ("GET", "/desk/uploads", Audience.STAFF, 200),
    ("POST", "/desk/uploads", Audience.STAFF, 400),
    ("GET", "/desk/uploads/nope", Audience.STAFF, 404),
    ("POST", "/desk/p/{one}", Audience.STAFF, 409),
    ("GET", "/desk/codes.json", Audience.STAFF, 200),
    ("GET", "/desk/suggest", Audience.STAFF, 200),
    ("GET", "/desk/dateline", Audience.STAFF, 200),
    ("POST", "/desk/p/nope/turn", Audience.STAFF, 400),
    ("POST", "/desk/p/nope/mark", Audience.STAFF, 404),
    ("POST", "/desk/p/nope/verso", Audience.STAFF, 404),
    ("POST", "/desk/p/nope/template", Audience.STAFF, 404),
    ("POST", "/desk/series/nope/fields", Audience.STAFF, 404),
    ("POST", "/desk/apply", Audience.STAFF, 200),
    ("POST", "/desk/apply/undo", Audience.STAFF, 404),
    ("POST", "/desk/p/nope/undo", Audience.STAFF, 404),
    ("POST", "/desk/p/nope/names", Audience.STAFF, 404),
    ("POST", "/desk/p/nope/captions", Audience.STAFF, 404),
    ("POST", "/desk/p/nope/repairs/1", Audience.STAFF, 404),
    ("POST", "/desk/p/nope/publish", Audience.STAFF, 404),
    ("GET", "/desk/names", Audience.STAFF, 200),
    ("POST", "/desk/names", Audience.STAFF, 400),
    ("GET", "/desk/names/nope", Audience.STAFF, 404),
    ("POST", "/desk/names/nope", Audience.STAFF, 404),
    ("POST", "/desk/names/nope/undo", Audience.STAFF, 404),
    ("GET", "/desk/names/nope/merge", Audience.STAFF, 404),
    ("POST", "/desk/names/nope/merge", Audience.STAFF, 404),
    ("POST", "/desk/names/nope/separate", Audience.STAFF, 404),
    ("GET", "/desk/series", Audience.STAFF, 200),
    ("POST", "/desk/series", Audience.STAFF, 400),
    ("GET", "/desk/series/nope", Audience.STAFF, 404),
    ("POST", "/desk/series/nope", Audience.STAFF, 404),
    ("POST", "/desk/series/nope/frames", Audience.STAFF, 404),
    ("POST", "/desk/series/nope/undo", Audience.STAFF, 404),
    ("GET", "/desk/codes", Audience.STAFF, 200),
    ("POST", "/desk/codes", Audience.STAFF, 400),
    ("POST", "/desk/codes/remove", Audience.STAFF, 303),
    ("POST", "/desk/codes/file", Audience.STAFF, 400),
    ("GET", "/desk/codes/codes.txt", Audience.STAFF, 200),
    ("GET", "/desk/import", Audience.STAFF, 200),
    ("GET", "/desk/templates", Audience.STAFF, 200),
    ("POST", "/desk/templates", Audience.STAFF, 400),
    ("GET", "/desk/templates/one", Audience.STAFF, 404),
    ("POST", "/desk/templates/one", Audience.STAFF, 404),
    ("POST", "/desk/templates/rename", Audience.STAFF, 404),
    ("POST", "/desk/templates/remove", Audience.STAFF, 404),
    ("POST", "/desk/import", Audience.STAFF, 400),
    ("POST", "/desk/import/undo", Audience.STAFF, 404),
    ("POST", "/desk/p/nope/review", Audience.STAFF, 404),
    ("POST", "/desk/p/nope/comments", Audience.STAFF, 400),
    ("POST", "/desk/p/nope/comments/1/settle", Audience.STAFF, 404),
    ("POST", "/desk/p/nope/sensitivity", Audience.STAFF, 400),
    ("POST", "/desk/refused/nope/retry", Audience.STAFF, 404),
    ("GET", "/rights/", Audience.RIGHTS_MANAGER, 200),
    ("GET", "/rights/p/{one}", Audience.RIGHTS_MANAGER, 200),
    ("POST", "/rights/p/{one}", Audience.RIGHTS_MANAGER, 409),
    ("POST", "/rights/p/{one}/withdraw", Audience.RIGHTS_MANAGER, 400),
    ("POST", "/rights/p/{one}/reinstate", Audience.RIGHTS_MANAGER, 400),
    ("GET", "/rights/agreements", Audience.RIGHTS_MANAGER, 200),
    ("POST", "/rights/agreements", Audience.RIGHTS_MANAGER, 400),
    ("GET", "/rights/agreements/new", Audience.RIGHTS_MANAGER, 200),
    ("GET", "/rights/agreements/1", Audience.RIGHTS_MANAGER, 404),
    ("POST", "/rights/agreements/1", Audience.RIGHTS_MANAGER, 404),
    ("GET", "/rights/agreements/1/edit", Audience.RIGHTS_MANAGER, 404),
    ("POST", "/rights/agreements/1/undo", Audience.RIGHTS_MANAGER, 404),
    ("POST", "/rights/agreements/1/cover", Audience.RIGHTS_MANAGER, 404),
    ("POST", "/rights/agreements/1/end", Audience.RIGHTS_MANAGER, 404),
    ("GET", "/rights/p/nope/entries/nope", Audience.RIGHTS_MANAGER, 404),
    ("POST", "/rights/p/nope/entries/nope", Audience.RIGHTS_MANAGER, 404),
    ("GET", "/rights/papers/nope", Audience.RIGHTS_MANAGER, 404),
    ("GET", "/rights/uses", Audience.RIGHTS_MANAGER, 200),
    ("POST", "/rights/uses", Audience.RIGHTS_MANAGER, 400),
    ("GET", "/rights/uses/1", Audience.RIGHTS_MANAGER, 404),
    ("GET", "/admin/", Audience.ADMINISTRATOR, 200),
    ("POST", "/admin/users", Audience.ADMINISTRATOR, 400),
    ("POST", "/admin/users/nope/role", Audience.ADMINISTRATOR, 400),
]


def test_every_role_meets_every_route(exhibition):
    application = create_app(exhibition.archive, KEY)
    browsers = {role: signed_in(exhibition.archive, application, role) for role in ROLES[1:]}
    browsers[Audience.PUBLIC] = Browser(application)
    fields = {"name": "", "role": "nonsense"}
    for method, path, least, status in ROUTES:
        target = path.format(one=exhibition.ids["public"])
        for role, browser in browsers.items():
            answer = browser.get(target) if method == "GET" else browser.post(target, fields)
            expected = status if role >= least else 403
            if role is Audience.PUBLIC:
                expected = 302 if method == "GET" else 401
            assert answer.status_code == expected, (role, method, target)


def test_the_matrix_knows_every_route_that_needs_somebody(exhibition):
    application = create_app(exhibition.archive, KEY)
    found = {
        (method, re.sub(r"<[^>]*>", "<>", rule.rule))
        for rule in application.url_map.iter_rules()
        if rule.rule.startswith(("/desk/", "/rights/", "/admin/"))
        for method in rule.methods & {"GET", "POST"}
    }
    known = {
        (method, re.sub(r"\{one\}|nope|(?<=/)1(?=/|$)", "<>", path)) for method, path, *_ in ROUTES
    }
    assert found == known


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(app, browser):
    answer = browser.get("/desk/p/abc")
    assert answer.headers["Location"] == "/sign-in?next=/desk/p/abc"
    page = browser.get(answer.headers["Location"])
    assert 'name="next" value="/desk/p/abc"' in page.text


def test_a_program_that_is_not_signed_in_is_told_so(app, browser):
    answer = browser.get("/desk/", headers=PROGRAM)
    assert answer.status_code == 401
    assert answer.json["detail"].startswith("Sign in first")


def test_a_form_of_somebody_whose_sign_in_ended_is_answered_by_a_page(archive, app, clock, staff):
    clock.advance(hours=13)
    answer = staff.post("/desk/p/abc", {"title@en": "words"})
    assert answer.status_code == 401
    assert answer.mimetype == "text/html"
    assert "Sign in first" in answer.text


STATE_CHANGING = [
    ("/desk/upload", {}),
    ("/desk/find/searches", {"name": "Forged", "asked": "q=forged"}),
    ("/desk/uploads", {}),
    ("/desk/alike/{one}/nope", {"choice": "skip"}),
    ("/desk/alike/{one}/nope/undo", {}),
    ("/desk/p/{one}", {"revision": "1", "title@en": "Forged"}),
    ("/desk/p/{one}/undo", {}),
    ("/desk/p/{one}/publish", {}),
    ("/desk/p/{one}/publish", {"all_the_same": "forged"}),
    ("/desk/p/{one}/review", {"answer": "review"}),
    ("/desk/import", {"do": "import", "text": "A film.", "titles": "Forged"}),
    ("/desk/import/undo", {"group": "forged"}),
    ("/desk/names", {"name": "Forged"}),
    ("/desk/series", {"title": "Forged"}),
    ("/desk/codes", {"code": "f", "stands_for": "Forged"}),
    ("/desk/p/{one}/comments", {"words": "forged"}),
    ("/desk/p/{one}/sensitivity", {"term": "minor"}),
    ("/rights/p/{one}", {"revision": "0", "access": "download"}),
    ("/rights/p/{one}/withdraw", {"reason": "forged"}),
    ("/rights/p/{one}/reinstate", {"reason": "forged"}),
    ("/admin/users", {"name": "Mallory", "role": "administrator"}),
    ("/admin/users/Staff/role", {"role": "administrator"}),
    ("/auth/access", {"origin": "https://evil.example"}),
    ("/sign-out", {}),
    ("/sign-in", {"name": "Anna", "password": PASSWORD}),
]


@pytest.mark.parametrize(("path", "fields"), STATE_CHANGING)
def test_a_form_without_the_token_of_this_browser_changes_nothing(
    archive, app, administrator, path, fields
):
    accounts.add_user(archive, "Staff", Audience.STAFF, None, "tests")
    one = new_photograph(archive, 1)
    before = everything(archive, one)
    for token in ({}, {"csrf_token": ""}, {"csrf_token": "x"}, {"csrf_token": anothers(app)}):
        sent = {**fields, **token}
        answer = administrator.client.post(path.format(one=one), data=sent, headers=PROGRAM)
        assert answer.status_code == 400, token
        assert "nothing was changed" in answer.json["detail"]
        assert "CSRF" not in answer.text
    assert everything(archive, one) == before
    assert administrator.get("/admin/").status_code == 200, "still signed in"


def anothers(app) -> str:
    return Browser(app).read_token()


def everything(archive, one: str) -> tuple:
    with archive.reading() as db:
        return (
            catalogue.photograph(db, one),
            register.history(db, one),
            log.of_subject(db, "photograph", one),
            accounts.all_users(archive),
        )


def test_a_token_is_taken_from_the_header_too(archive, app, staff):
    one = new_photograph(archive, 1)
    fields = {"revision": "1", "title@en": "By a program"}
    headers = {**PROGRAM, "X-CSRFToken": staff.token}
    answer = staff.client.post(f"/desk/p/{one}", data=fields, headers=headers)
    assert answer.status_code == 200


def sign_in(browser: Browser, name: str = "Anna", password: str = PASSWORD, after: str = ""):
    return browser.post("/sign-in", {"name": name, "password": password, "next": after})


@pytest.fixture
def anna(archive):
    return accounts.add_user(archive, "Anna", Audience.ADMINISTRATOR, PASSWORD, "tests")


def test_name_and_password_open_the_desk(archive, browser, anna):
    answer = sign_in(browser)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/desk/"
    assert browser.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Anna", "wrong"),
        ("Nobody", PASSWORD),
        ("anna", PASSWORD),
        ("", ""),
        ("Anna", ""),
        ("Anna\x00", PASSWORD),
        ("Anna", PASSWORD + "\x00"),
        ("A" * 100_000, "p" * 100_000),
        ("\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "x"),
    ],
)
def test_a_wrong_name_or_password_is_refused_in_the_same_words(browser, anna, name, password):
    answer = sign_in(browser, name, password)
    assert answer.status_code == 403
    assert "Name and password do not belong together." in answer.text
    assert browser.get("/desk/").status_code == 302


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser, anna):
    cookie = sign_in(browser).headers["Set-Cookie"]
    assert cookie.startswith("dam=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Domain" not in cookie


def test_the_cookie_of_a_service_over_https_travels_only_there(open_archive):
    archive = open_archive(public_url="https://photographs.example.org")
    accounts.add_user(archive, "Anna", Audience.STAFF, PASSWORD, "tests")
    client = Client(create_app(archive, KEY))
    page = client.get("/sign-in", base_url="https://photographs.example.org")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    answer = client.post(
        "/sign-in",
        base_url="https://photographs.example.org",
        headers={"Referer": "https://photographs.example.org/sign-in"},
        data={"name": "Anna", "password": PASSWORD, "csrf_token": token},
    )
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-dam=")
    assert "Secure" in cookie
    assert "Path=/" in cookie


def test_a_cookie_signed_by_another_key_is_nobodys(archive, app, staff):
    stranger = create_app(archive, b"another key, of another archive!")
    cookie = staff.client.get_cookie("dam")
    other = Client(stranger)
    other.set_cookie("dam", cookie.value)
    assert other.get("/desk/").status_code == 302


def test_signing_out_revokes_the_cookie_and_not_only_forgets_it(staff, app):
    stolen = staff.client.get_cookie("dam").value
    answer = staff.post("/sign-out")
    assert answer.status_code == 302
    thief = Client(app)
    thief.set_cookie("dam", stolen)
    assert thief.get("/desk/").status_code == 302


def test_a_sign_in_ends_by_itself(staff, clock):
    clock.advance(hours=11, minutes=59)
    assert staff.get("/desk/").status_code == 200
    clock.advance(minutes=1)
    assert staff.get("/desk/").status_code == 302


def test_a_link_signs_in_once(archive, app):
    accounts.add_user(archive, "Rana", Audience.STAFF, None, "tests")
    token = accounts.make_link(archive, "Rana")
    first, second = Browser(app), Browser(app)
    first.get(f"/sign-in/{token}")
    first.get(f"/sign-in/{token}")
    assert first.get("/desk/").status_code == 302, "looking at a link does not use it up"
    assert first.enter(token).status_code == 302
    assert first.get("/desk/").status_code == 200
    answer = second.enter(token)
    assert answer.status_code == 403
    assert "This link is used or too old" in answer.text


def test_a_link_lasts_an_hour(archive, app, clock):
    accounts.add_user(archive, "Rana", Audience.STAFF, None, "tests")
    token = accounts.make_link(archive, "Rana")
    clock.advance(hours=1)
    assert Browser(app).enter(token).status_code == 403


@pytest.mark.parametrize(
    ("after", "target", "reason"),
    [
        ("/desk/p/abc", "/desk/p/abc", "here"),
        ("/rights/?page=2", "/rights/?page=2", "here, with a query"),
        ("", "/desk/", "nowhere"),
        ("https://evil.example/", "/desk/", "another site"),
        ("//evil.example/", "/desk/", "another site without a scheme"),
        ("/\\evil.example/", "/desk/", "browsers take it for two slashes"),
        ("\\\\evil.example", "/desk/", "backslashes"),
        ("/\t/evil.example", "/desk/", "browsers drop the tab"),
        ("/\n/evil.example", "/desk/", "browsers drop the line end"),
        ("/ok\r\nSet-Cookie: a=b", "/desk/", "a header in the middle"),
        ("javascript:alert(1)", "/desk/", "a script"),
        (" //evil.example", "/desk/", "a space before"),
        ("desk", "/desk/", "relative"),
    ],
)
def test_signing_in_leads_to_no_other_site(browser, anna, after, target, reason):
    answer = sign_in(browser, after=after)
    assert answer.status_code == 302
    assert answer.headers["Location"] == target, reason
    assert "a=b" not in answer.headers.get("Set-Cookie", "")


def test_the_cookie_before_signing_in_is_worth_nothing_after_it(app, browser, anna):
    browser.read_token()
    before = browser.client.get_cookie("dam").value
    sign_in(browser)
    assert browser.client.get_cookie("dam").value != before
    fixed = Client(app)
    fixed.set_cookie("dam", before)
    assert fixed.get("/desk/").status_code == 302


def test_the_form_token_from_before_signing_in_is_refused_after_it(archive, browser, anna):
    browser.read_token()
    old = browser.token
    sign_in(browser)
    one = new_photograph(archive, 1)
    answer = browser.client.post(
        f"/desk/p/{one}", data={"csrf_token": old, "revision": "1", "title@en": "x"}
    )
    assert answer.status_code == 400


def test_guessing_is_slowed_down_and_says_when_to_come_back(browser, anna, clock):
    for _ in range(10):
        assert sign_in(browser, "Anna", "guess guess guess").status_code == 403
    answer = sign_in(browser)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "wait a quarter of an hour" in answer.text
    clock.advance(minutes=15, seconds=1)
    assert sign_in(browser).status_code == 302


def test_an_account_that_does_not_exist_is_slowed_down_alike(browser, anna):
    statuses = [sign_in(browser, "Nobody", "guess guess").status_code for _ in range(11)]
    assert statuses == [403] * 10 + [429]


def test_another_role_signs_out_and_counts_at_once(archive, app, staff, administrator):
    assert staff.get("/desk/").status_code == 200
    answer = administrator.post("/admin/users/Staff/role", {"role": "rights manager"})
    assert answer.status_code == 303
    assert staff.get("/desk/").status_code == 302
    staff.enter(accounts.make_link(archive, "Staff"))
    assert staff.get("/rights/").status_code == 200


def test_nobody_changes_their_own_role(archive, administrator):
    answer = administrator.post("/admin/users/Administrator/role", {"role": "staff"})
    assert answer.status_code == 400
    assert administrator.get("/admin/").status_code == 200


@pytest.mark.parametrize("role", ["", "public", "researcher", "god", "Administrator ", "5"])
def test_an_unknown_role_is_refused(archive, administrator, role):
    before = accounts.all_users(archive)
    answer = administrator.post("/admin/users", {"name": "Rana", "role": role})
    assert answer.status_code == 400
    assert "Choose one of the roles" in answer.text
    assert accounts.all_users(archive) == before


@pytest.mark.parametrize("name", ["Rana", "Rəna Əliyeva", "a/b", "x?y#z", "<b>&\"'", "100%", "."])
def test_an_account_of_any_printable_name_is_made_invited_and_changed(
    archive, app, administrator, name
):
    answer = administrator.post("/admin/users", {"name": name, "role": "staff"})
    assert answer.status_code == 200
    link = re.search(r"http://localhost/sign-in/([\w-]+)", answer.text)
    assert link, "the link is shown once"
    assert "<b>&" not in answer.text
    guest = Browser(app)
    assert guest.enter(link[1]).status_code == 302
    page = administrator.get("/admin/")
    assert link[1] not in page.text
    action = [
        found
        for found in re.findall(r'action="(/admin/users/[^"]+/role)"', page.text)
        if "Administrator" not in found
    ]
    if name != ".":  # browsers take it for the directory; the command line changes it
        changed = administrator.post(action[0].replace("&amp;", "&"), {"role": "editor"})
        assert changed.status_code == 303
        roles = {user.name: user.role for user in accounts.all_users(archive)}
        assert roles[name] is Audience.EDITOR


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "a" * 101, "\u202eabc", "Administrator"])
def test_a_name_that_cannot_be_used_is_refused_in_words(archive, administrator, name):
    before = accounts.all_users(archive)
    answer = administrator.post("/admin/users", {"name": name, "role": "staff"})
    assert answer.status_code in {400, 409}
    assert 'role="alert"' in answer.text
    assert accounts.all_users(archive) == before


def test_what_administrators_do_is_in_the_log(archive, administrator):
    administrator.post("/admin/users", {"name": "Rana", "role": "staff"})
    administrator.post("/admin/users/Rana/role", {"role": "editor"})
    with archive.reading() as db:
        events = log.of_subject(db, "user", "Rana")
    assert [(event.actor, event.verb, event.before, event.after) for event in events] == [
        ("Administrator", "changed", "staff", "editor"),
        ("Administrator", "invited", "", ""),
        ("Administrator", "added", "", "staff"),
    ]


def test_what_is_public_neither_reads_nor_writes_the_cookie(archive, app, staff):
    """Else a shared cache would keep one person's cookie and hand it to the next."""
    one = new_photograph(archive, 1)
    staff.post(f"/desk/p/{one}/publish", {"all_the_same": "a test"})
    work(archive)
    for path in (
        f"/iiif/3/{one}/info.json",
        f"/iiif/3/{one}/full/max/0/default.jpg",
        f"/iiif/2/{one}/full/50,/0/gray.png",
        f"/manifests/3/{one}/manifest.json",
        "/manifests/3/collection.json",
        f"/api/v1/photographs/{one}.json",
    ):
        answer = staff.get(path)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"].startswith("public")
        assert "Set-Cookie" not in answer.headers, path
        assert "Cookie" not in answer.headers.get("Vary", ""), path


def test_no_answer_renews_the_cookie(staff):
    assert "Set-Cookie" not in staff.get("/desk/").headers


def test_time_is_only_what_the_archive_says(staff, clock):
    clock.moment -= timedelta(days=3)
    assert staff.get("/desk/").status_code == 200
