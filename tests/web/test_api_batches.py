"""Batches and sheets by programs: previewed, applied by jobs, undone, and told cell by cell."""

import io

import pytest
from openpyxl import load_workbook
from programs import Program, program

from dam.records import catalogue
from dam.rights.facts import Audience
from dam.web.api.operation import PREFIX


@pytest.fixture
def worker(archive, app) -> Program:
    return program(archive, app, Audience.STAFF)


@pytest.fixture
def frames(darkroom) -> list[str]:
    return [darkroom.photograph(credit=credit) for credit in ("Reza", "Ali")]


def path_of(address: str) -> str:
    return address.partition(PREFIX)[2]


def credit(archive, photograph_id: str) -> list[str]:
    with archive.reading() as db:
        words = catalogue.photograph(db, photograph_id).description
    return [text.value for text in words.texts if text.field == "credit"]


def test_a_batch_is_previewed_applied_and_undone(archive, darkroom, worker, frames):
    new = {"photographs": frames, "action": "append", "field": "credit", "words": "for the archive"}
    made = worker.ask("POST", "/batches", new)
    assert made.status_code == 201, made.text
    assert (made.json["state"], made.json["counts"]["planned"]) == ("proposed", 2)
    assert path_of(made.headers["Location"]) == f"/batches/{made.json['id']}"
    [first, second] = worker.get(path_of(made.json["photographs"])).json["photographs"]
    assert [first["photograph"], second["photograph"]] == frames
    assert [(one["before"], one["after"]) for one in first["changes"]] == [
        ("Reza", "Reza for the archive")
    ]
    assert credit(archive, frames[0]) == ["Reza"], "nothing is changed by looking"
    applied = worker.ask("POST", f"/batches/{made.json['id']}/apply")
    assert (applied.status_code, applied.json["state"]) == (202, "being applied")
    darkroom.work()
    assert credit(archive, frames[1]) == ["Ali for the archive"]
    back = worker.ask("POST", f"/batches/{made.json['id']}/undo")
    assert (back.status_code, back.json["reverses"]) == (202, made.json["id"])
    darkroom.work()
    assert [credit(archive, one) for one in frames] == [["Reza"], ["Ali"]]
    listed = worker.get("/batches").json["batches"]
    undone = {one["id"]: one["undone"] for one in listed}
    assert undone == {back.json["id"]: False, made.json["id"]: True}


def test_a_batch_may_be_of_what_a_search_finds(worker, frames):
    new = {"search": {"q": "Reza"}, "action": "set", "field": "title@az", "words": "Yol"}
    made = worker.ask("POST", "/batches", new)
    assert made.json["counts"]["planned"] == 1
    [one] = worker.get(path_of(made.json["photographs"])).json["photographs"]
    assert one["photograph"] == frames[0]
    assert one["changes"][0]["language"] == "az"


def test_one_that_was_laid_aside_is_not_applied(worker, frames):
    new = {"photographs": frames, "action": "empty", "field": "credit"}
    one = worker.ask("POST", "/batches", new).json["id"]
    assert worker.ask("POST", f"/batches/{one}/discard").json["state"] == "discarded"
    assert worker.ask("POST", f"/batches/{one}/apply").status_code == 409


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"photographs": None}, "either “photographs” or “search”"),
        ({"search": {"q": "x"}}, "either “photographs” or “search”"),
        ({"field": "rights"}, "no field “rights”"),
        ({"words": ""}, "Write the words first"),
        ({"action": "copy"}, "Choose another field"),
        ({"photographs": []}, "cannot be what was sent"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(worker, frames, changed, sentence):
    new = {"photographs": frames, "action": "set", "field": "credit", "words": "x"} | changed
    answer = worker.ask("POST", "/batches", new)
    assert answer.status_code == 400
    assert sentence in answer.json["detail"]


def test_any_one_edit_of_a_photograph_is_taken_back(archive, darkroom, worker, frames):
    new = {"photographs": frames, "action": "set", "field": "credit", "words": "Sara"}
    batch = worker.ask("POST", "/batches", new).json["id"]
    worker.ask("POST", f"/batches/{batch}/apply")
    darkroom.work()
    undo = f"/photographs/{frames[0]}/edits/{batch}/undo"
    assert worker.ask("POST", undo).status_code == 204
    assert [credit(archive, one) for one in frames] == [["Reza"], ["Sara"]]
    assert worker.ask("POST", undo).status_code == 409


def test_a_sheet_goes_out_and_comes_back(archive, darkroom, worker, frames):
    out = worker.get("/sheets/csv?q=Reza", Accept="text/csv")
    assert out.status_code == 200
    assert "photographs.csv" in out.headers["Content-Disposition"]
    assert "no-store" in out.headers["Cache-Control"]
    text = out.data.decode("utf-8-sig")
    assert frames[0] in text and frames[1] not in text
    sheet = f"id,title,accession\n{frames[0]},Bridge,1.23E+11\n"
    sent = worker.client.post(
        f"{PREFIX}/sheets?name=a.csv",
        data=sheet,
        headers=worker.headers | {"Content-Type": "application/octet-stream"},
    )
    assert (sent.status_code, sent.json["refused_rows"]) == (201, 1)
    [row] = worker.get(path_of(sent.json["photographs"])).json["photographs"]
    assert [one["column"] for one in row["refusals"]] == ["accession"]
    assert row["refusals"][0]["value"] == "1.23E+11"
    assert [one["after"] for one in row["changes"]] == ["Bridge"]


def test_a_workbook_goes_out_with_all(worker, frames):
    out = worker.get("/sheets/xlsx")
    rows = list(load_workbook(io.BytesIO(out.data), read_only=True).active.values)
    assert {row[0] for row in rows[1:]} == set(frames)


@pytest.mark.parametrize("path", ["/batches", "/sheets/csv", "/sheets/xlsx"])
def test_the_public_has_no_part_in_it(app, path):
    assert Program(app).get(path).status_code == 401


def test_a_sheet_is_not_given_to_who_wants_json_alone(worker, frames):
    assert worker.get("/sheets/csv", Accept="application/json").status_code == 406
