"""The API: who may do what, how words are edited from a revision, and what each refusal says."""

import re

import pytest
from browsers import KEY, STATES, Browser, new_photograph, signed_in, title_of, work
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from programs import Program, a_file, program
from werkzeug.test import Client

from dam.rights.facts import Audience
from dam.web.api.operation import PREFIX, Body
from dam.web.api.operations import OPERATIONS
from dam.web.application import create_app
from dam.workflows import accounts, tokens

ROLES = tuple(Audience)


# ---- the document and the table of roles


def test_the_document_is_valid_openapi_3_1(app):
    answer = Client(app).get(f"{PREFIX}/openapi.json")
    assert answer.status_code == 200
    assert answer.json["openapi"].startswith("3.1")
    validate(answer.json, cls=OpenAPIV31SpecValidator)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_document_and_the_routes_are_the_same(app):
    document = Client(app).get(f"{PREFIX}/openapi.json").json
    told = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    routed = {
        (method, re.sub(r"<(?:[^:>]*:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and rule.endpoint not in {"api.openapi", "api.overview"}
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert told == routed
    assert len(told) == len(OPERATIONS) == len({one.name for one in OPERATIONS})


def test_every_operation_meets_every_role(exhibition):
    """Below its role 401 or 403, before anything is read; from its role on neither."""
    application = create_app(exhibition.archive, KEY)
    programs = {role: program(exhibition.archive, application, role) for role in ROLES}
    for one in OPERATIONS:
        path = re.sub(r"\{number\}", "1", one.path)
        path = re.sub(r"\{\w+\}", "nope", path)
        for role, asker in programs.items():
            status = asker.ask(one.method, path).status_code
            if role >= one.needs:
                assert status not in {401, 403}, (one.name, role, status)
            else:
                expected = 401 if role is Audience.PUBLIC else 403
                assert status == expected, (one.name, role, status)


def test_every_operation_is_on_the_page_for_people(app):
    page = Client(app).get(f"{PREFIX}/").text
    for one in OPERATIONS:
        assert f"{one.method} {PREFIX}{one.path}" in page
        assert one.summary in page


# ---- what the public may see


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_one_photograph_answers_as_its_page_does(exhibition, state):
    public = Program(create_app(exhibition.archive, KEY))
    one = exhibition.ids[state.name]
    answer = public.get(f"/photographs/{one}")
    assert answer.status_code == state.words, state.reason
    if state.words == 200:
        assert answer.json["title"] == [{"language": "en", "text": title_of(state.name)}]
        assert bool(answer.json["image_service"]) is (state.pixels == 200)
        assert bool(answer.json["access"]["withheld"]) is (state.pixels != 200)
    else:
        assert answer.mimetype == "application/problem+json"
        assert title_of(state.name) not in answer.text
        assert set(answer.json) == {"title", "status", "detail"}
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_list_names_what_the_public_may_know_page_by_page(exhibition):
    public = Program(create_app(exhibition.archive, KEY))
    found, path = [], "/photographs?limit=1"
    while path:
        answer = public.get(path)
        assert answer.status_code == 200
        assert len(answer.json["photographs"]) <= 1
        found += [one["id"] for one in answer.json["photographs"]]
        path = (answer.json["next"] or "").partition(PREFIX)[2]
    assert sorted(found) == sorted(exhibition.ids[one.name] for one in STATES if one.listed)


def test_staff_list_everything(exhibition):
    staff = program(exhibition.archive, create_app(exhibition.archive, KEY), Audience.STAFF)
    answer = staff.get("/photographs?show=all")
    assert {one["id"] for one in answer.json["photographs"]} == set(exhibition.ids.values())
    withdrawn = next(
        one for one in answer.json["photographs"] if one["id"] == exhibition.ids["withdrawn"]
    )
    assert withdrawn["image_service"] is None
    assert withdrawn["downloads"] == {}


@pytest.mark.parametrize("query", ["show=all", "show=draft", "show=no+caption"])
def test_filters_that_would_tell_more_are_refused_to_the_public(exhibition, query):
    answer = Program(create_app(exhibition.archive, KEY)).get(f"/photographs?{query}")
    assert answer.status_code == 403


def test_the_frames_of_a_series_are_decided_one_by_one(exhibition):
    public = Program(create_app(exhibition.archive, KEY))
    wanted = [exhibition.ids[one.name] for one in STATES if one.listed]
    assert public.get(f"/series/{exhibition.series_id}").json["frames"] == wanted
    [listed] = public.get("/series").json["series"]
    assert listed["frames"] == wanted


def test_the_uses_of_a_record_show_no_picture_of_what_is_withdrawn(archive, app, worker, clearer):
    one = new_photograph(archive, 1)
    words = worker.get(f"/photographs/{one}/words")
    made = worker.ask(
        "POST", "/authorities", {"kind": "person", "names": [{"name": "Leyla"}]}
    ).json["id"]
    people = {"people": [{"words": "Leyla", "agent_id": made}]}
    path = f"/photographs/{one}/words"
    assert worker.ask("PATCH", path, people, If_Match=words.headers["ETag"]).status_code == 200
    work(archive)
    uses = f"/authorities/{made}/photographs"
    assert worker.get(uses).json["photographs"][0]["image_service"]
    clearer.ask("POST", f"/photographs/{one}/withdraw", {"reason": "asked"})
    [told] = worker.get(uses).json["photographs"]
    assert told["id"] == one
    assert told["image_service"] is None


# ---- words and revisions


def test_words_are_edited_from_the_revision_that_was_read(archive, worker):
    one = new_photograph(archive, 1)
    path = f"/photographs/{one}/words"
    first = worker.get(path).headers["ETag"]
    change = {"title": {"en": "Bridge", "az": "Körpü"}, "date": "February 1992"}
    saved = worker.ask("PATCH", path, change, If_Match=first)
    assert saved.status_code == 200
    assert saved.json["words"]["title"] == {"az": "Körpü", "en": "Bridge"}
    late = worker.ask("PATCH", path, {"title": {"en": "Late"}}, If_Match=first)
    assert late.status_code == 412
    assert late.mimetype == "application/problem+json"
    assert worker.get(path).json["words"]["title"]["en"] == "Bridge"
    second = worker.ask("PATCH", path, {"title": {"az": None}}, If_Match=saved.headers["ETag"])
    assert second.json["words"]["title"] == {"en": "Bridge"}
    assert second.json["words"]["date"] == "February 1992"
    undone = worker.ask("POST", f"/photographs/{one}/undo")
    assert undone.json["words"]["title"] == {"az": "Körpü", "en": "Bridge"}


def test_all_that_can_be_written_is_read_back_the_same(archive, worker):
    one = new_photograph(archive, 1)
    path = f"/photographs/{one}/words"
    given = {
        "caption": {"en": "A bridge.\nAt dawn."},
        "contributors": [{"byline": "Ann", "role": "photographer", "agent_id": ""}],
        "keywords": ["bridge"],
        "keywords_in": {"de": ["Brücke"]},
        "accession": "A 1",
        "negative": "N 2",
        "people": [
            {
                "words": "unidentified man, left",
                "agent_id": "",
                "region": {"x": 0.25, "y": 0.5, "width": 0.25, "height": 0.5},
            }
        ],
        "places": [
            {
                "path": [{"words": "Azerbaijan", "place_id": ""}],
                "relation": {
                    "kind": "road",
                    "places": [
                        {"words": "Khojaly", "place_id": ""},
                        {"words": "Agdam", "place_id": ""},
                    ],
                },
                "role": "taken",
            }
        ],
        "other_captions": [
            {"language": "en", "text": "B", "author": "C", "source": "D", "date_text": "1990"}
        ],
        "caption_sources": {"en": {"author": "E", "source": "", "date_text": ""}},
        "notices": [{"kind": "credit", "language": "en", "text": "By courtesy."}],
    }
    saved = worker.ask("PATCH", path, given, If_Match=worker.get(path).headers["ETag"])
    assert saved.status_code == 200, saved.text
    words = worker.get(path).json["words"]
    assert {name: words[name] for name in given} == given


def test_a_line_of_place_is_read_again_unless_it_is_read_for_us(archive, worker):
    one = new_photograph(archive, 1)
    path = f"/photographs/{one}/words"
    change = {"place": {"en": "Azerbaijan, Karabakh, Aghdam"}}
    saved = worker.ask("PATCH", path, change, If_Match=worker.get(path).headers["ETag"])
    names = [name["words"] for name in saved.json["words"]["places"][0]["path"]]
    assert names == ["Azerbaijan", "Karabakh", "Aghdam"]


@pytest.mark.parametrize(
    ("sent", "status", "reason"),
    [
        (None, 428, "no revision is named"),
        ("*", 428, "any revision is none"),
        ('"1"', 200, "the revision alone will do"),
        ('"2"', 412, "another revision"),
        ('W/"1"', 412, "weak tags do not name a revision (RFC 9110 §13.1.1)"),
        ("1", 400, "no tag"),
        ('"99999999999999999999"', 412, "no number of ours"),
    ],
)
def test_which_tags_an_edit_may_begin_from(archive, worker, sent, status, reason):
    one = new_photograph(archive, 1)
    headers = {} if sent is None else {"If_Match": sent}
    answer = worker.ask("PATCH", f"/photographs/{one}/words", {"title": {"en": "x"}}, **headers)
    assert answer.status_code == status, reason


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"titel": {"en": "x"}}, "titel"),
        ({"contributors": [{"byline": "A", "rol": "x"}]}, "contributors.0.rol"),
        ({"title": "x"}, "title"),
        ({"date": 1936}, "date"),
        ({"keywords": ["a", 2]}, "keywords.1"),
        ({"title": {"no language": "x"}}, "no language"),
        ({"title": {"jp": "x"}}, "jp"),
        ({"people": [{"words": "A", "agent_id": "nobody"}]}, "nobody"),
        ({"people": [{"words": " "}]}, "people.0.words"),
        ([], "The body"),
    ],
)
def test_what_cannot_be_kept_is_named_and_nothing_is_written(archive, worker, change, named):
    one = new_photograph(archive, 1)
    path = f"/photographs/{one}/words"
    before = worker.get(path)
    answer = worker.ask("PATCH", path, change, If_Match=before.headers["ETag"])
    assert answer.status_code == 400
    assert named in answer.json["detail"]
    assert worker.get(path).json == before.json


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=x", "limit"),
        ("page=2", "page"),
        ("limit=1&limit=2", "limit"),
        ("after=x", "after"),
        ("show=hidden", "show"),
    ],
)
def test_a_parameter_that_means_nothing_is_named(app, query, named):
    answer = Program(app).get(f"/photographs?{query}")
    assert answer.status_code == 400
    assert named in answer.json["detail"]


# ---- files, work, series, authorities, shorthand, jobs, users


def test_a_file_that_is_sent_twice_is_one_photograph_and_not_public(archive, app, worker):
    headers = worker.headers | {"Content-Type": "image/png"}
    send = f"{PREFIX}/photographs?name=bridge.png&series=Bridges"
    sent = worker.client.post(send, data=a_file(), headers=headers)
    assert sent.status_code == 201, sent.text
    one = sent.json["photograph"]
    assert sent.headers["Location"].endswith(f"{PREFIX}/photographs/{one}")
    again = worker.client.post(send, data=a_file(), headers=headers)
    assert (again.status_code, again.json["photograph"]) == (200, one)
    work(archive)
    assert Program(app).get(f"/photographs/{one}").status_code == 404


def test_a_photograph_is_reviewed_published_withdrawn_and_reinstated(archive, app, worker, clearer):
    one, public = new_photograph(archive, 1), Program(app)
    assert public.get(f"/photographs/{one}").status_code == 404
    assert worker.ask("POST", f"/photographs/{one}/review").json["stage"] == "in review"
    assert worker.ask("POST", f"/photographs/{one}/draft").json["stage"] == "draft"
    early = worker.ask("POST", f"/photographs/{one}/publish", {})
    assert early.status_code == 409
    assert "Not published." in early.json["detail"]
    why = {"all_the_same": "the exhibition opens today"}
    assert worker.ask("POST", f"/photographs/{one}/publish", why).json["stage"] == "published"
    assert public.get(f"/photographs/{one}").status_code == 200
    assert worker.ask("POST", f"/photographs/{one}/review").status_code == 409
    reason = {"reason": "the donor asked"}
    assert worker.ask("POST", f"/photographs/{one}/withdraw", reason).status_code == 403
    assert clearer.ask("POST", f"/photographs/{one}/withdraw", reason).status_code == 200
    assert public.get(f"/photographs/{one}").status_code == 410
    assert clearer.ask("POST", f"/photographs/{one}/withdraw", reason).status_code == 409
    assert clearer.ask("POST", f"/photographs/{one}/reinstate", reason).status_code == 200
    assert public.get(f"/photographs/{one}").status_code == 200
    kinds = [one["kind"] for one in clearer.get(f"/photographs/{one}/rights").json["records"]]
    assert kinds[:2] == ["reinstatement", "withdrawal"]


def test_a_file_that_is_no_picture_is_kept_aside_and_can_be_tried_again(worker):
    headers = worker.headers | {"Content-Type": "application/octet-stream"}
    sent = worker.client.post(f"{PREFIX}/photographs?name=a.jpg", data=b"text", headers=headers)
    assert sent.status_code == 415
    [kept] = worker.get("/refused").json["refused"]
    assert kept["name"] == "a.jpg"
    assert kept["reason"] == sent.json["detail"]
    assert worker.ask("POST", f"/refused/{kept['id']}/retry").status_code == 415
    assert worker.get("/refused").json["refused"][0]["tries"] == 2


@pytest.mark.parametrize("length", [2_000_001, 3_000_000])
def test_a_body_of_words_is_bounded(worker, length):
    answer = worker.client.put(
        f"{PREFIX}/codes/a",
        data=b"{" + b" " * length,
        headers=worker.headers | {"Content-Type": "application/json"},
    )
    assert answer.status_code == 413


def test_a_file_beyond_the_limit_is_refused(open_archive):
    archive = open_archive(max_upload_bytes="1000")
    asker = program(archive, create_app(archive, KEY), Audience.STAFF)
    headers = asker.headers | {"Content-Type": "image/png"}
    sent = asker.client.post(f"{PREFIX}/photographs", data=b"x" * 1001, headers=headers)
    assert sent.status_code == 413


def test_comments_are_written_and_settled(archive, worker):
    one = new_photograph(archive, 1)
    said = worker.ask("POST", f"/photographs/{one}/comments", {"words": "Which year?"})
    assert said.status_code == 201
    [comment] = said.json["comments"]
    path = f"/photographs/{one}/comments/{comment['number']}/settle"
    assert worker.ask("POST", path).json["comments"][0]["settled_by"] == "program staff"
    assert worker.ask("POST", path).status_code == 404


def test_captions_are_kept_preferred_and_removed(archive, worker):
    one = new_photograph(archive, 1)
    for text in ("First.", "Second."):
        kept = worker.ask("POST", f"/photographs/{one}/captions", {"language": "en", "text": text})
        assert kept.status_code == 200
    path = f"/photographs/{one}/captions/0"
    assert worker.ask("POST", f"{path}/prefer").status_code == 428
    preferred = worker.ask("POST", f"{path}/prefer", If_Match=kept.headers["ETag"])
    assert preferred.json["words"]["caption"] == {"en": "Second."}
    removed = worker.ask("DELETE", path, If_Match=preferred.headers["ETag"])
    assert removed.json["words"]["other_captions"] == []
    assert worker.ask("DELETE", path, If_Match=removed.headers["ETag"]).status_code == 404


def test_a_proposed_repair_is_accepted(archive, worker):
    one = new_photograph(archive, 1)
    path = f"/photographs/{one}/words"
    change = {"caption": {"en": "My brotherís house."}}
    saved = worker.ask("PATCH", path, change, If_Match=worker.get(path).headers["ETag"])
    [repair] = saved.json["repairs"]
    mended = worker.ask("POST", f"/photographs/{one}/repairs/{repair['number']}", {"accept": True})
    assert mended.json["words"]["caption"]["en"] == f"My {repair['proposed']} house."
    assert mended.json["repairs"] == []


def test_a_series_is_begun_arranged_and_undone(archive, worker):
    frames = [new_photograph(archive, number) for number in (1, 2)]
    made = worker.ask("POST", "/series", {"title": "Bridges", "language": "en"})
    assert made.status_code == 201
    path = f"/series/{made.json['id']}/words"
    read = worker.get(path)
    words = read.json["words"] | {"frames": frames, "title": {"en": "Bridges", "az": "Körpülər"}}
    written = worker.ask("PUT", path, words, If_Match=read.headers["ETag"])
    assert written.json["words"]["frames"] == frames
    assert worker.ask("PUT", path, words, If_Match=read.headers["ETag"]).status_code == 412
    listed = worker.get(f"/photographs?show=all&series={made.json['id']}").json["photographs"]
    assert {one["id"] for one in listed} == set(frames)
    undone = worker.ask("POST", f"/series/{made.json['id']}/undo")
    assert undone.json["words"]["frames"] == []
    unknown = words | {"frames": ["nope"]}
    refused = worker.ask("PUT", path, unknown, If_Match=undone.headers["ETag"])
    assert refused.status_code == 404


def test_an_authority_is_made_named_merged_and_parted(worker):
    person = {"kind": "person", "names": [{"name": "Leyla Əliyeva", "language": "az"}]}
    first = worker.ask("POST", "/authorities", person)
    assert first.status_code == 201
    other = {"kind": "person", "names": [{"name": "Leila Alieva"}]}
    second = worker.ask("POST", "/authorities", other)
    found = worker.get("/authorities?q=Leyla").json["authorities"]
    assert [one["id"] for one in found] == [first.json["id"]]
    one = f"/authorities/{first.json['id']}"
    named = worker.ask("POST", f"{one}/names", {"name": "Leyla", "language": "az"})
    assert [name["name"] for name in named.json["words"]["names"]] == ["Leyla Əliyeva", "Leyla"]
    stale = worker.ask("PUT", one, person, If_Match=first.headers["ETag"])
    assert stale.status_code == 412
    fresh = worker.ask("PUT", one, person, If_Match=named.headers["ETag"])
    assert len(fresh.json["words"]["names"]) == 1
    assert len(worker.ask("POST", f"{one}/undo").json["words"]["names"]) == 2
    gone = f"/authorities/{second.json['id']}"
    assert worker.ask("POST", f"{gone}/merge", {"into": first.json["id"]}).status_code == 200
    assert worker.get(gone).json["merged_into"] == first.json["id"]
    assert worker.ask("PUT", gone, other, If_Match='"2"').status_code in {409, 412}
    assert worker.ask("POST", f"{gone}/undo-merge").status_code == 200
    assert worker.get(gone).json["merged_into"] == ""


def test_a_larger_place_must_be_there(worker):
    place = {"kind": "place", "names": [{"name": "Aghdam"}], "parent_id": "nope"}
    assert worker.ask("POST", "/authorities", place).status_code == 404


def test_codes_and_templates_are_written_imported_and_removed(worker):
    code = {"replacements": ["Aghdam", "Ağdam"], "kind": "text"}
    assert worker.ask("PUT", "/codes/ag", code).status_code == 204
    linked = code | {"authority_id": "nope"}
    assert worker.ask("PUT", "/codes/ag", linked).status_code == 404
    assert worker.ask("PUT", "/codes/a=b", code).status_code == 400
    lines = "mt\tMountain\nbad\n"
    imported = worker.client.post(
        f"{PREFIX}/codes/import",
        data=lines.encode(),
        headers=worker.headers | {"Content-Type": "text/tab-separated-values"},
    )
    assert imported.json["added"] == 1
    assert imported.json["left_out"][0]["line"] == 2
    assert {one["code"] for one in worker.get("/codes").json["codes"]} == {"ag", "mt"}
    assert worker.ask("DELETE", "/codes/AG").status_code == 204
    assert worker.ask("DELETE", "/codes/ag").status_code == 204, "it is removed already"


def test_templates_are_written_from_what_was_read_renamed_and_removed(worker):
    words = {"credit": {"en": "C"}}
    assert worker.ask("PUT", "/templates/Press", words).status_code == 204
    assert worker.ask("PUT", "/templates/Press", words).status_code == 409, "nobody read it"
    read = worker.get("/templates/Press")
    assert read.json == worker.get("/templates").json["templates"][0]
    tag = read.headers["ETag"]
    words = {"credit": {"en": "D"}, "accession": "1990.1"}
    assert worker.ask("PUT", "/templates/Press", words, If_Match=tag).status_code == 204
    assert worker.ask("PUT", "/templates/Press", words, If_Match=tag).status_code == 412
    assert worker.ask("DELETE", "/templates/Press", If_Match=tag).status_code == 412
    found = worker.get("/templates/Press").json
    assert (found["revision"], found["words"]["credit"]) == (2, {"en": "D"})
    assert not found["words"]["accession"], "a number is that of one photograph"
    renamed = worker.ask("POST", "/templates/Press/rename", {"name": "Wire copy"})
    assert renamed.headers["Location"].endswith("/templates/Wire%20copy")
    assert worker.get("/templates/Press").status_code == 404
    assert worker.get("/templates/Wire%20copy").json["words"] == found["words"]
    assert worker.ask("DELETE", "/templates/Wire%20copy").status_code == 204
    assert worker.ask("DELETE", "/templates/Wire%20copy").status_code == 404


def test_jobs_are_listed_page_by_page(archive, worker):
    new_photograph(archive, 1)
    whole = worker.get("/jobs").json["jobs"]
    found, path = [], "/jobs?limit=1"
    while path:
        page = worker.get(path).json
        found += page["jobs"]
        path = (page["next"] or "").partition(PREFIX)[2]
    assert found == whole
    assert worker.get(f"/jobs/{whole[0]['id']}").json == whole[0]
    assert worker.get("/jobs/2147483647").status_code == 404


def test_administrators_add_people_and_tokens(app, keeper):
    invited = keeper.ask("POST", "/users", {"name": "Rana", "role": "staff"})
    assert invited.status_code == 201
    assert "/sign-in/" in invited.json["sign_in"]
    made = keeper.ask("POST", "/users/Rana/tokens", {"label": "sheets", "days": 30})
    rana = Program(app, made.json["secret"])
    assert rana.get("/photographs?show=all").status_code == 200
    assert rana.get("/users").status_code == 403
    listed = keeper.get("/users/Rana/tokens")
    assert made.json["secret"] not in listed.text
    assert listed.json["tokens"][0]["last_used_at"]
    path = f"/users/Rana/tokens/{made.json['token']['id']}"
    assert keeper.ask("DELETE", path).status_code == 204
    refused = rana.get("/photographs?show=all")
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    own = keeper.ask("PUT", "/users/program administrator/role", {"role": "staff"})
    assert own.status_code == 400


# ---- tokens, cookies, forms of answers


def test_a_token_does_no_more_than_its_role_and_its_account(archive, app, clock):
    accounts.add_user(archive, "Rana", Audience.RIGHTS_MANAGER, None, "tests")
    secret, _ = tokens.make(archive, "Rana", "captions", Audience.STAFF, 1, "tests")
    one, asker = new_photograph(archive, 1), Program(app, secret)
    assert asker.get(f"/photographs/{one}/words").status_code == 200
    assert asker.get(f"/photographs/{one}/rights").status_code == 403
    accounts.change_role(archive, "Rana", Audience.RESEARCHER, "tests")
    assert asker.get(f"/photographs/{one}/words").status_code == 403
    clock.advance(days=1, seconds=1)
    assert asker.get("/photographs").status_code == 401


def test_a_token_for_more_than_the_account_is_refused(archive):
    accounts.add_user(archive, "Rana", Audience.STAFF, None, "tests")
    with pytest.raises(tokens.BadToken):
        tokens.make(archive, "Rana", "x", Audience.ADMINISTRATOR, None, "tests")


def test_a_token_opens_nothing_but_the_api(app, worker):
    assert worker.client.get("/desk/", headers=worker.headers).status_code == 302
    assert worker.client.post("/desk/upload", headers=worker.headers).status_code == 401


def test_a_wrong_token_is_refused_even_where_none_is_needed(app):
    assert Program(app, "dam_wrong").get("/photographs").status_code == 401


def test_a_browser_sends_the_token_of_its_pages(archive, app):
    browser = signed_in(archive, app, Audience.STAFF)
    path, body = f"{PREFIX}/series", {"title": "A", "language": "en"}
    forged = browser.client.post(path, json=body)
    assert forged.status_code == 400
    assert "nothing was changed" in forged.json["detail"]
    told = browser.client.post(path, json=body, headers={"X-CSRFToken": browser.token})
    assert told.status_code == 201


def test_other_sites_read_what_is_public_and_write_nothing(archive, app, worker):
    assert Program(app).get("/photographs").headers["Access-Control-Allow-Origin"] == "*"
    for method, path in (("GET", "/jobs"), ("POST", "/series")):
        answer = worker.ask(method, path)
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("DELETE", "/photographs", {}, 405),
        ("PUT", "/jobs", {}, 405),
        ("GET", "/photographs", {"Accept": "text/html"}, 406),
        ("GET", "/photographs", {"Accept": "text/html, */*;q=0.1"}, 200),
        ("GET", "/photographs", {"Accept": "application/*"}, 200),
        ("POST", "/series", {"Content_Type": "text/plain"}, 415),
        ("POST", "/series", {}, 415),
        ("GET", "/nope", {}, 404),
        ("GET", "/photographs/a-b", {}, 404),
    ],
)
def test_how_http_is_spoken(worker, method, path, headers, status):
    answer = worker.ask(method, path, **headers)
    assert answer.status_code == status
    if status >= 400:
        assert answer.mimetype == "application/problem+json"
        assert answer.json["status"] == status
    if status == 405:
        assert "GET" in answer.headers["Allow"]


def test_options_and_head_say_what_get_would(archive, worker):
    options = worker.ask("OPTIONS", "/photographs")
    assert {"GET", "HEAD", "POST", "OPTIONS"} <= set(options.headers["Allow"].split(", "))
    head, get = worker.ask("HEAD", "/photographs"), worker.get("/photographs")
    assert head.data == b""
    assert head.headers["ETag"] == get.headers["ETag"]
    assert head.headers["Content-Length"] == get.headers["Content-Length"]


def test_what_is_unchanged_is_304(archive, worker):
    one = new_photograph(archive, 1)
    for path in ("/photographs?show=all", f"/photographs/{one}/words"):
        tag = worker.get(path).headers["ETag"]
        again = worker.get(path, If_None_Match=tag)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag


def test_every_body_is_declared_with_what_it_is():
    for one in OPERATIONS:
        assert (one.takes is not None) is (one.body in {Body.JSON, Body.MERGE}), one.name
        assert one.method != "GET" or one.body is Body.NONE, one.name


def test_a_browser_that_is_nobody_reads_what_is_public(app):
    assert Browser(app).get(f"{PREFIX}/photographs").status_code == 200
