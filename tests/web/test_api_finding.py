"""Finding by programs: the same hits as the pages have, each decided, and searches kept."""

import pytest
from programs import Program, program

from dam.catalogue.changes import Description
from dam.catalogue.text import Text, TextField
from dam.records import catalogue
from dam.rights.facts import Audience
from dam.web.api.operation import PREFIX
from dam.workflows import accounts, clear, find, saved_searches, tokens

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"


def titled(archive, darkroom, title: str) -> str:
    one = darkroom.photograph((40, 30), rights=CC0, public=True)
    with archive.writing.begin() as db:
        catalogue.describe(db, one, Description(texts=(Text(TextField.TITLE, "en", title),)))
    return one


@pytest.fixture
def mill(archive, darkroom) -> str:
    return titled(archive, darkroom, "The mill at Łódź")


@pytest.fixture
def public(app) -> Program:
    return Program(app)


def hits(asker: Program, path: str) -> list[str]:
    answer = asker.get(path)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json["photographs"]]


def test_what_is_found_comes_with_its_facets(public, mill):
    found = public.get("/search?q=lodz").json
    assert [one["id"] for one in found["photographs"]] == [mill]
    assert (found["count"], found["more"], found["next"]) == (1, False, None)
    facets = {one["name"]: one["values"] for one in found["facets"]}
    assert facets["usable"] == [{"value": "now", "label": "now", "count": 1, "chosen": False}]
    assert "gap" not in facets
    assert hits(public, "/search?q=lodz&usable=now") == [mill]
    assert hits(public, "/search?q=lodz&decade=1930") == []


def test_a_slip_is_forgiven_unless_the_letter_is_asked_for(public, mill):
    found = public.get("/search?q=mlil").json
    assert found["shown_for"] == "mill"
    assert hits(public, "/search?q=mlil&spelling=exact") == []


def test_a_withdrawn_photograph_is_found_by_staff_alone_and_without_a_picture(
    archive, public, worker, mill
):
    clear.withdraw(archive, mill, "by request", "rita")
    assert hits(public, "/search?q=lodz") == []
    [told] = worker.get("/search?q=lodz").json["photographs"]
    assert told["id"] == mill
    assert told["image_service"] is None


@pytest.mark.parametrize("narrowed", ["state=draft", "gap=caption"])
def test_the_public_does_not_narrow_by_what_is_for_staff(public, worker, mill, narrowed):
    assert public.get(f"/search?{narrowed}").status_code == 403
    assert worker.get(f"/search?{narrowed}").status_code == 200


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("order=loudest", "no such order"),
        ("page=0", "pages count from 1"),
        ("usable=soon", "only now is decided"),
        ("decade=1930&decade=1940", "sent twice"),
        ("colour=red", "no such facet"),
    ],
)
def test_what_cannot_be_asked_is_named(public, query, reason):
    answer = public.get(f"/search?{query}")
    assert answer.status_code == 400, reason
    assert query.partition("=")[0] in answer.json["detail"]


def test_hits_go_on_page_by_page(archive, darkroom, public, monkeypatch):
    wanted = {titled(archive, darkroom, f"Bridge {number}") for number in range(3)}
    monkeypatch.setattr(find, "PAGE", 1)
    seen, path = [], "/search?q=bridge&order=newest"
    while path:
        answer = public.get(path)
        seen += [one["id"] for one in answer.json["photographs"]]
        path = (answer.json["next"] or "").partition(PREFIX)[2]
    assert len(seen) == 3
    assert set(seen) == wanted


def test_the_work_lists_lead_to_what_waits(worker, mill):
    lists = worker.get("/work-lists").json["work_lists"]
    waiting = next(one for one in lists if (one["facet"], one["value"]) == ("gap", "caption"))
    assert (waiting["count"], waiting["more"]) == (1, False)
    assert hits(worker, waiting["photographs"].partition(PREFIX)[2]) == [mill]


def test_a_search_is_kept_run_shared_and_removed(archive, app, worker, mill):
    accounts.add_user(archive, "Rana", Audience.STAFF, None, "tests")
    other = Program(app, tokens.make(archive, "Rana", "tests", None, None, "tests")[0])
    asked = {"q": "mill", "gap": "caption"}
    kept = worker.ask("POST", "/searches", {"name": "Mills", "asked": asked})
    assert kept.status_code == 201
    assert kept.json["page"].endswith("/desk/find?q=mill&gap=caption")
    run = kept.json["photographs"].partition(PREFIX)[2]
    assert hits(worker, run) == [mill]
    assert other.get(run).status_code == 404, "it is not shared"
    again = {"name": "Mills", "asked": asked, "shared": True}
    [one] = [worker.ask("POST", "/searches", again).json["id"]]
    assert [each["id"] for each in other.get("/searches").json["searches"]] == [one]
    assert hits(other, f"/searches/{one}/photographs") == [mill]
    assert other.ask("DELETE", f"/searches/{one}").status_code == 404, "it is another's"
    assert worker.ask("DELETE", f"/searches/{one}").status_code == 204
    assert worker.get("/searches").json["searches"] == []


def test_a_search_of_the_desk_with_two_values_of_a_facet_runs(archive, app, mill):
    worker = program(archive, app, Audience.STAFF)
    name = "program " + Audience.STAFF.word
    asked = "state=draft&state=published"
    one = saved_searches.keep(archive, "Either", asked, name, shared=False)
    assert hits(worker, f"/searches/{one}/photographs") == [mill]
