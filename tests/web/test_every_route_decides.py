"""Every route asks the rights decision before any cache, and answers as RIGHTS.md says."""

import json
import re

import pytest
from browsers import KEY, NAAN, PROGRAM, STATES, Browser, caption_of, signed_in, title_of
from werkzeug.test import Client

from dam.rights import decision as rights
from dam.rights.facts import Audience
from dam.web.application import create_app, create_service
from dam.workflows import ask

DECIDES = {
    "/": "the front page",
    "/photographs": "the list",
    "/sitemaps/series.xml": "series of which a frame may be indexed",
    "/sitemaps/photographs-<int:number>.xml": "photographs that may be indexed",
    "/feed.atom": "the newest photographs",
    "/series": "series, each by a frame that may be told",
    "/p/<identifier>": "the page of a photograph or a series",
    "/p/<identifier>/download": "the largest JPEG, as a file",
    "/p/<identifier>/master": "the original file",
    "/p/<identifier>/master-with-words": "the original file with today's words",
    "/p/<identifier>/sidecar.xmp": "the words as XMP",
    "/p/<identifier>/share": "what can be copied of a photograph or a series",
    "/oembed": "what other systems are told of a page",
    "/embed/<identifier>": "the frame in other people's sites",
    "/api/v1/photographs/<identifier>.json": "the record for programs",
    "/api/v1/photographs": "the list for programs",
    "/api/v1/photographs/<photograph_id>": "one photograph for programs",
    "/api/v1/photographs/<photograph_id>/words": "its words, for staff",
    "/api/v1/photographs/<photograph_id>/events": "what was done, for staff",
    "/api/v1/photographs/<photograph_id>/work": "its stage, for staff",
    "/api/v1/photographs/<photograph_id>/explanation": "the decision itself, for staff",
    "/api/v1/photographs/<photograph_id>/rights": "its records, for rights managers",
    "/api/v1/search": "hits for programs",
    "/api/v1/series": "series with the frames that may be told",
    "/api/v1/photographs/<identifier>/dublin-core.xml": "the record in Dublin Core",
    "/api/v1/photographs/<identifier>/iptc.json": "the record by the names of IPTC",
    "/iiif/<any('2', '3'):version>/<path:rest>": "info.json and pictures",
    "/manifests/<any('3', '2'):version>/<identifier>/manifest.json": "of one",
    "/manifests/<any('3', '2'):version>/collection.json": "the top collection",
    "/manifests/<any('3', '2'):version>/collections/page-<int:page>.json": "a page of it",
    "/search/<any('3', '2'):version>/<identifier>": "captions within one manifest",
    "/search/<any('3', '2'):version>/<identifier>/complete": "words of its captions",
    "/ark:/<naan>/<path:name>": "a photograph by its ARK",
    "/ark:<naan>/<path:name>": "the same in the newer spelling",
    "/activity/page-<int:page>.json": "the stream for harvesters",
    "/desk/": "the list of the desk",
    "/desk/find": "what staff find",
    "/search": "what the public finds",
    "/desk/p/<photograph_id>": "the captioning desk",
    "/desk/p/<photograph_id>/events": "what was done",
    "/desk/batches/new": "the list of the desk, to mark photographs in",
    "/auth/probe/<service_id>": "what an image would answer",
    "/rights/": "the table of rights",
    "/rights/p/<photograph_id>": "the rights desk",
}
SERVES_NO_PHOTOGRAPH = {
    **{
        f"/{way}{tail}": "each name by a photograph that may be told; see test_browsing.py"
        for way in ("creators", "people", "places", "decades")
        for tail in ("", "/<value>")
    },
    "/sign-in": "accounts",
    "/sign-in/<token>": "accounts",
    "/sign-out": "accounts",
    "/auth/access": "a window that asks whether a site may show pictures",
    "/auth/token": "a message for the page around a frame; it holds a token",
    "/auth/1/token": "the same by Authentication 1.0",
    "/auth/logout": "says that pictures are closed",
    "/desk/find/searches": "answers with a redirect",
    "/desk/find/searches/<search_id>/remove": "answers with a redirect",
    "/desk/upload": "bytes come in, and what became of them is answered",
    "/desk/uploads": "bytes come in; what is listed is whoever asks's own",
    "/desk/uploads/<upload_id>": "bytes come in, and what became of them is answered",
    "/desk/refused/<refused_id>/retry": "a file that is no photograph yet",
    "/desk/codes.json": "codes and the names that they stand for, behind a role",
    "/desk/suggest": "names of the authorities and keywords, behind a role",
    "/desk/dateline": "answers with what was asked, as it is understood",
    "/desk/p/<photograph_id>/turn": "answers with a redirect",
    "/desk/p/<photograph_id>/mark": "answers with a redirect",
    "/desk/p/<photograph_id>/verso": "answers with a redirect",
    "/desk/p/<photograph_id>/template": "answers with a redirect",
    "/desk/series/<series_id>/fields": "answers with a redirect",
    "/desk/apply": "answers with the identifiers that were sent",
    "/desk/apply/undo": "answers with the identifiers of what was undone, behind a role",
    "/desk/p/<photograph_id>/undo": "answers with the words of a form behind a role, or a redirect",
    "/desk/p/<photograph_id>/repairs/<int:number>": "answers with a redirect",
    "/desk/p/<photograph_id>/names": "answers with names that have no record, or a redirect",
    "/desk/p/<photograph_id>/captions": "answers with a redirect",
    "/desk/p/<photograph_id>/publish": "answers with a redirect",
    "/desk/import": "without a text a form; a preview asks the desk's decision of each frame",
    "/desk/names": "records of names; no photograph is among them",
    "/desk/names/<authority_id>": "photographs that name it, as the desk's decision shows them",
    "/desk/names/<authority_id>/undo": "answers with a redirect",
    "/desk/names/<authority_id>/merge": "two records of names",
    "/desk/names/<authority_id>/separate": "answers with a redirect",
    "/desk/series": "titles of series, for staff",
    "/desk/series/<series_id>": "its frames, as the desk's decision shows them",
    "/desk/series/<series_id>/frames": "answers with a redirect, or the page of the series",
    "/desk/series/<series_id>/undo": "answers with a redirect",
    "/desk/codes": "code replacements",
    "/desk/codes/remove": "answers with a redirect",
    "/desk/codes/file": "code replacements",
    "/desk/codes/codes.txt": "code replacements",
    "/desk/import/undo": "answers with a redirect",
    "/desk/templates": "names of templates and of fields",
    "/desk/templates/one": "words of a template, for those whose role writes them",
    "/desk/templates/rename": "answers with a redirect",
    "/desk/templates/remove": "answers with a redirect",
    "/desk/p/<photograph_id>/review": "answers with a redirect",
    "/desk/p/<photograph_id>/comments": "answers with a redirect",
    "/desk/p/<photograph_id>/comments/<int:number>/settle": "answers with a redirect",
    "/desk/p/<photograph_id>/sensitivity": "answers with a redirect",
    "/desk/alike": "pairs as the desk's decision shows them; see test_alike_on_the_desk.py",
    "/desk/alike/<newer_id>/<older_id>": "both as the desk's decision shows them",
    "/desk/alike/<newer_id>/<older_id>/undo": "answers with a redirect",
    "/desk/batches": "who edited how many, and when; no photograph is named",
    "/desk/batches/<batch_id>": "words before and after, for those whose role writes them",
    "/desk/sheets": "names no photograph, or reads a sheet",
    "/desk/sheets/xlsx": "words alone, for those whose role writes them",
    "/desk/sheets/csv": "words alone, for those whose role writes them",
    "/desk/batches/<batch_id>/apply": "answers with a redirect",
    "/desk/batches/<batch_id>/discard": "answers with a redirect",
    "/desk/batches/<batch_id>/undo": "answers with a redirect",
    "/desk/p/<photograph_id>/edits/<group_id>/undo": "answers with a redirect",
    "/rights/p/<photograph_id>/withdraw": "answers with a redirect",
    "/rights/p/<photograph_id>/reinstate": "answers with a redirect",
    "/rights/agreements": "agreements and numbers",
    "/rights/agreements/new": "a form",
    "/rights/agreements/<int:number>": "what it covers, as the desk's decision shows it",
    "/rights/agreements/<int:number>/edit": "a form",
    "/rights/agreements/<int:number>/undo": "answers with a redirect",
    "/rights/agreements/<int:number>/cover": "what it would cover, as the desk's decision shows it",
    "/rights/agreements/<int:number>/end": "answers with a redirect",
    "/rights/p/<photograph_id>/entries/<kind>": "a form, under the title that staff see",
    "/rights/papers/<digest>": "papers of the register, for rights managers alone",
    "/rights/uses": "questions that were asked, for rights managers",
    "/rights/uses/<int:number>": "titles, as the desk's decision shows them",
    "/admin/": "accounts",
    "/admin/users": "accounts",
    "/admin/users/<path:name>/role": "accounts",
    "/api/v1/": "a list of operations",
    "/api/v1/openapi.json": "a description of operations",
    "/api/v1/series/<series_id>": "frames decided one by one; see test_api.py",
    "/api/v1/series/<series_id>/words": "identifiers alone, for staff",
    "/api/v1/series/<series_id>/undo": "identifiers alone, for staff",
    "/api/v1/searches": "words that were looked for",
    "/api/v1/searches/<search_id>": "words that were looked for",
    "/api/v1/searches/<search_id>/photographs": "hits decided one by one; see test_api_finding.py",
    "/api/v1/alike": "pairs as the decision shows them; see test_alike_on_the_desk.py",
    "/api/v1/alike/<newer_id>/<older_id>": "both as the decision shows them; see the same tests",
    "/api/v1/alike/<newer_id>/<older_id>/undo": "both as the decision shows them",
    "/api/v1/work-lists": "numbers",
    "/api/v1/batches": "what was done, for staff",
    "/api/v1/batches/<batch_id>": "numbers, for staff",
    "/api/v1/batches/<batch_id>/photographs": "words that staff may read, before and after",
    "/api/v1/batches/<batch_id>/apply": "numbers, for staff",
    "/api/v1/batches/<batch_id>/discard": "numbers, for staff",
    "/api/v1/batches/<batch_id>/undo": "numbers, for staff",
    "/api/v1/photographs/<photograph_id>/edits/<edit_id>/undo": "changes it; behind a role",
    "/api/v1/sheets": "a batch, for staff",
    "/api/v1/sheets/csv": "words that staff may read, of what the search lets them find",
    "/api/v1/sheets/xlsx": "words that staff may read, of what the search lets them find",
    "/api/v1/authorities": "names",
    "/api/v1/authorities/<authority_id>": "names",
    "/api/v1/authorities/<authority_id>/names": "names",
    "/api/v1/authorities/<authority_id>/merge": "a number",
    "/api/v1/authorities/<authority_id>/undo-merge": "a number",
    "/api/v1/authorities/<authority_id>/undo": "names",
    "/api/v1/authorities/<authority_id>/photographs": "decided one by one; see test_api.py",
    "/api/v1/codes": "codes",
    "/api/v1/codes/<code>": "codes",
    "/api/v1/codes/import": "codes",
    "/api/v1/templates": "templates",
    "/api/v1/templates/<name>": "templates",
    "/api/v1/templates/<name>/rename": "templates",
    "/api/v1/refused": "files that are no photographs yet",
    "/api/v1/refused/<refused_id>/retry": "what became of a file",
    "/api/v1/jobs": "jobs",
    "/api/v1/jobs/<int(max=2147483647):number>": "a job",
    "/api/v1/users": "accounts",
    "/api/v1/users/<name>/role": "accounts",
    "/api/v1/users/<name>/tokens": "accounts",
    "/api/v1/users/<name>/tokens/<token_id>": "accounts",
    **{
        f"/api/v1/photographs/<photograph_id>/{tail}": "changes it, after asking; behind a role"
        for tail in (
            "turn",
            "mark",
            "recto",
            "fill",
            "undo",
            "repairs/<int(max=2147483647):number>",
            "captions",
            "captions/<int(max=2147483647):number>",
            "captions/<int(max=2147483647):number>/prefer",
            "comments",
            "comments/<int(max=2147483647):number>/settle",
            "review",
            "draft",
            "publish",
            "withdraw",
            "reinstate",
        )
    },
    "/activity/collection.json": "how many pages the stream has",
    "/healthz": "says that the process lives",
    "/metrics": "numbers without names",
    "/readyz": "says that the database answers",
    "/robots.txt": "a fixed text",
    "/sitemap.xml": "how many parts the sitemap has",
    "/view": "answers with a redirect to a page, which decides",
    "/manifests/not-shown.svg": "a fixed picture that shows none",
    "/static/dist/<path:name>": "scripts, styles and fonts",
}


def rules(app) -> set[str]:
    return {rule.rule for rule in app.url_map.iter_rules()}


def addresses(rule: str, one: str) -> list[str]:
    """The addresses of a rule for the photograph *one*."""
    if rule.startswith("/iiif/"):
        tails = ("info.json", "full/max/0/default.jpg", "0,0,24,16/12,/90/gray.png", "")
        return [f"/iiif/{v}/{one}/{tail}".rstrip("/") for v in "23" for tail in tails]
    if rule.startswith("/search/"):
        tail = "/complete" if rule.endswith("/complete") else ""
        return [f"/search/{v}/{one}{tail}?q=caption" for v in "23"]
    if rule.startswith("/ark:"):
        return [rule.replace("<naan>", NAAN).replace("<path:name>", one)]
    if rule.startswith("/manifests/"):
        rules_ = [rule.replace("<any('3', '2'):version>", version) for version in "32"]
        return [each.replace("<identifier>", one).replace("<int:page>", "1") for each in rules_]
    if rule == "/oembed":
        return [f"/oembed?url=http://localhost/p/{one}"]
    filled = re.sub(r"<(identifier|photograph_id|service_id)>", one, rule)
    return [filled.replace("<int:page>", "1").replace("<int:number>", "1")]


@pytest.fixture
def asked(monkeypatch) -> list:
    """What the decision was asked; it decides as always."""
    seen: list = []

    def decide(facts, audience, *more):
        seen.append(audience)
        return rights.decide(facts, audience, *more)

    monkeypatch.setattr(ask, "decide", decide)
    return seen


def test_each_rule_is_known_to_decide_or_to_serve_no_photograph(exhibition):
    found = rules(create_app(exhibition.archive, KEY))
    assert found == DECIDES.keys() | SERVES_NO_PHOTOGRAPH.keys()
    assert not DECIDES.keys() & SERVES_NO_PHOTOGRAPH.keys()


@pytest.mark.parametrize("rule", DECIDES)
def test_a_route_that_serves_photographs_asks_the_decision(exhibition, asked, rule):
    application = create_service(exhibition.archive, KEY)
    browser = signed_in(exhibition.archive, application, Audience.RIGHTS_MANAGER)
    for path in addresses(rule, exhibition.ids["public"]):
        # A process that has just begun: nothing is kept from before.
        browser.client.application = create_service(exhibition.archive, KEY)
        asked.clear()
        answer = browser.get(path)
        answer.close()
        assert answer.status_code in {200, 302, 303}, path
        assert asked, f"{path} answered {answer.status_code} without asking"


@pytest.mark.parametrize("rule", DECIDES)
def test_a_route_asks_before_it_refuses(exhibition, asked, rule):
    for path in addresses(rule, exhibition.ids["withdrawn"]):
        application = create_service(exhibition.archive, KEY)
        browser = Browser(application)
        if rule.startswith(("/desk/", "/rights/", "/api/v1/")):
            browser = signed_in(exhibition.archive, application, Audience.RIGHTS_MANAGER)
        asked.clear()
        browser.get(path)
        assert asked, path


def test_the_public_image_is_decided_for_the_public_whoever_asks(exhibition, asked):
    application = create_service(exhibition.archive, KEY)
    browser = signed_in(exhibition.archive, application, Audience.ADMINISTRATOR)
    one = exhibition.ids["capped"]
    for path in (f"/iiif/3/{one}/info.json", f"/manifests/3/{one}/manifest.json", f"/embed/{one}"):
        asked.clear()
        assert browser.get(path).status_code == 200
        assert set(asked) == {Audience.PUBLIC}, path


PIXELS = (
    "/iiif/3/{one}/info.json",
    "/iiif/2/{one}/info.json",
    "/iiif/3/{one}",
    "/iiif/3/{one}/full/max/0/default.jpg",
    "/iiif/3/{one}/full/40,/0/default.jpg",
    "/iiif/3/{one}/0,0,10,10/5,5/90/gray.png",
    "/iiif/2/{one}/full/full/0/default.jpg",
    "/iiif/2/{one}/full/full/0/native.jpg",
)
WORDS = (
    "/p/{one}",
    "/p/{one}/share",
    "/embed/{one}",
    "/manifests/3/{one}/manifest.json",
    "/manifests/2/{one}/manifest.json",
    "/api/v1/photographs/{one}.json",
    "/api/v1/photographs/{one}/dublin-core.xml",
    "/api/v1/photographs/{one}/iptc.json",
)
CAPTIONS = ("/search/3/{one}?q=caption", "/search/2/{one}?q=caption")
LISTS = (
    "/photographs",
    "/p/{series}",
    "/manifests/3/{series}/manifest.json",
    "/manifests/2/{series}/manifest.json",
    "/manifests/3/collection.json",
    "/manifests/2/collection.json",
)


@pytest.fixture(scope="module")
def public(exhibition) -> Client:
    return Client(create_service(exhibition.archive, KEY))


@pytest.mark.parametrize("path", PIXELS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_what_an_address_of_pixels_answers(exhibition, public, state, path):
    answer = public.get(path.format(one=exhibition.ids[state.name]))
    expected = state.pixels
    if expected == 200:
        expected = 400 if "native" in path else 303 if path.count("/") == 3 else 200
        # "native" is of Image API 1.
    assert answer.status_code == expected, state.reason
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    if state.pixels != 200:
        assert answer.mimetype == "application/json"
        assert title_of(state.name) not in answer.text
        assert set(json.loads(answer.data)) == {"status", "detail"}


@pytest.mark.parametrize("path", WORDS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_what_an_address_of_words_answers(exhibition, public, state, path):
    one = exhibition.ids[state.name]
    answer = public.get(path.format(one=one))
    assert answer.status_code == state.words, state.reason
    told = state.words == 200
    assert (title_of(state.name) in answer.text) is told
    if not told:
        assert caption_of(state.name) not in answer.text
    if state.pixels != 200:
        assert f"/iiif/3/{one}/" not in answer.text
        assert f"/iiif/2/{one}/" not in answer.text


@pytest.mark.parametrize("path", CAPTIONS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_what_a_search_within_a_manifest_answers(exhibition, public, state, path):
    answer = public.get(path.format(one=exhibition.ids[state.name]))
    assert answer.status_code == state.words, state.reason
    assert (caption_of(state.name) in answer.text) is (state.words == 200)
    in_series = public.get(path.format(one=exhibition.series_id))
    assert (caption_of(state.name) in in_series.text) is state.listed, state.reason


def test_the_stream_for_harvesters_has_the_listed_and_deletes_the_rest(exhibition, public):
    page = json.loads(public.get("/activity/page-1.json").data)
    newest = {item["object"]["id"].split("/")[-2]: item["type"] for item in page["orderedItems"]}
    for state in STATES:
        kind = newest.get(exhibition.ids[state.name], "Delete")
        assert (kind != "Delete") is state.listed, (state.name, state.reason)
        assert title_of(state.name) not in json.dumps(page)
    assert newest[exhibition.series_id] != "Delete"


@pytest.mark.parametrize("path", LISTS)
def test_a_list_names_what_is_listed_and_nothing_else(exhibition, public, path):
    text = public.get(path.format(series=exhibition.series_id)).text
    for state in STATES:
        one = exhibition.ids[state.name]
        assert (one in text) is state.listed, (state.name, state.reason)
        assert (title_of(state.name) in text) is state.listed, (state.name, state.reason)
        if state.pixels != 200:
            assert f"/iiif/3/{one}/" not in text, state.name


def test_neighbours_in_a_series_are_decided_one_by_one(exhibition, public):
    text = public.get(f"/p/{exhibition.ids['public']}").text
    for state in STATES:
        assert (f"/p/{exhibition.ids[state.name]}" in text) is state.listed, state.name
        if state.pixels != 200:
            assert f"/iiif/3/{exhibition.ids[state.name]}/" not in text


def test_a_refusal_names_its_record_in_one_sentence(exhibition, public):
    answer = public.get(f"/iiif/3/{exhibition.ids['embargo']}/full/max/0/default.jpg")
    assert re.search(r"An embargo holds it until 1 April 2027 \(R-\d+\)\.", answer.text)


def test_the_words_of_a_withheld_photograph_say_why_there_is_no_picture(exhibition, public):
    one = exhibition.ids["embargo"]
    for path in WORDS[:4]:
        assert "An embargo holds it until 1 April 2027" in public.get(path.format(one=one)).text


def test_the_capped_image_has_no_more_pixels_than_the_cap(exhibition, public):
    one = exhibition.ids["capped"]
    info = json.loads(public.get(f"/iiif/3/{one}/info.json").data)
    assert (info["width"], info["height"]) == (40, 27)
    canvas = json.loads(public.get(f"/manifests/3/{one}/manifest.json").data)["items"][0]
    assert (canvas["width"], canvas["height"]) == (96, 64)
    body = canvas["items"][0]["items"][0]["body"]
    assert (body["width"], body["height"]) == (40, 27)


@pytest.mark.parametrize(
    ("state", "status", "reason"),
    [
        ("public", 200, "the public has all of it anyway"),
        ("capped", 401, "signing in helps"),
        ("embargo", 403, "the decision refuses, and signing in as a researcher would not help"),
        ("draft", 404, "as if it were not there"),
        ("hidden", 404, "as if it were not there"),
        ("withdrawn", 410, "for everybody"),
    ],
)
def test_the_full_image_for_whoever_is_not_signed_in(exhibition, public, state, status, reason):
    for tail in ("info.json", "full/max/0/default.jpg"):
        path = f"/iiif/3/{exhibition.ids[state]}_full/{tail}"
        assert public.get(path).status_code == status, reason


@pytest.mark.parametrize(
    ("state", "status"),
    [
        *((name, 200) for name in ("public", "capped", "embargo", "unreviewed", "draft", "hidden")),
        ("withdrawn", 410),
    ],
)
def test_the_full_image_for_staff(exhibition, state, status):
    application = create_service(exhibition.archive, KEY)
    browser = signed_in(exhibition.archive, application, Audience.STAFF)
    answer = browser.get(f"/iiif/3/{exhibition.ids[state]}_full/full/max/0/default.jpg")
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.data.startswith(b"\xff\xd8")


def test_staff_see_the_public_image_as_the_public_sees_it(exhibition):
    application = create_service(exhibition.archive, KEY)
    browser = signed_in(exhibition.archive, application, Audience.STAFF)
    path = f"/iiif/3/{exhibition.ids['embargo']}/full/max/0/default.jpg"
    assert browser.get(path).status_code == 403


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_who_works_here_can_open_every_photograph_on_both_desks(exhibition, state):
    application = create_app(exhibition.archive, KEY)
    browser = signed_in(exhibition.archive, application, Audience.RIGHTS_MANAGER)
    one = exhibition.ids[state.name]
    for path in (f"/desk/p/{one}", f"/desk/p/{one}/events", f"/rights/p/{one}"):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        if state.withdrawn:
            assert f"/iiif/3/{one}" not in answer.text, "no pixel of it, for anybody"
    assert one in browser.get("/desk/").text
    assert one in browser.get("/rights/").text


@pytest.mark.parametrize("kind", ["/p/", "/iiif/3/", "/manifests/3/", "/desk/p/", "/rights/p/"])
@pytest.mark.parametrize("name", ["nope", "x_full", "..", "%00", "%F0%9F%93%B7", "a" * 3000, "-"])
def test_an_unknown_identifier_is_404_for_everybody(exhibition, kind, name):
    application = create_service(exhibition.archive, KEY)
    tail = {"/iiif/3/": "/info.json", "/manifests/3/": "/manifest.json"}.get(kind, "")
    browsers = [signed_in(exhibition.archive, application, Audience.ADMINISTRATOR)]
    if kind not in {"/desk/p/", "/rights/p/"}:
        browsers.append(Browser(application))
    for browser in browsers:
        assert browser.get(f"{kind}{name}{tail}", headers=PROGRAM).status_code == 404
