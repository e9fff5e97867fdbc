"""Batches at the desk: chosen, previewed, applied, undone; any edit undone from its page."""

import re

import pytest


@pytest.fixture
def frames(darkroom):
    return [darkroom.photograph(credit=credit) for credit in ("Reza", "Ali")]


FORM = {"action": "set", "field": "caption", "language": "az", "words": "Yol.", "which": "list"}


def batch_of(answer):
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_a_list_is_previewed_applied_and_undone_without_script(staff, darkroom, frames):
    address = batch_of(staff.post("/desk/batches", FORM))
    preview = staff.get(address).text
    assert "2 photographs would change" in preview and preview.count("Yol.") > 2
    assert "Yol." not in staff.get(f"/desk/p/{frames[0]}").text
    assert "Change 2 photographs" in preview
    batch_of(staff.post(f"{address}/apply", {}))
    assert "0 of 2 done" in staff.get(address).text
    darkroom.work()
    assert "2 photographs changed." in staff.get(address).text
    assert "Yol." in staff.get(f"/desk/p/{frames[0]}").text
    assert "applied" in staff.get("/desk/batches").text
    back = batch_of(staff.post(f"{address}/undo", {}))
    darkroom.work()
    assert "2 photographs changed." in staff.get(back).text
    assert "Yol." not in staff.get(f"/desk/p/{frames[0]}").text
    assert "undone" in staff.get("/desk/batches").text


def test_only_those_that_are_marked_are_meant(staff, frames):
    address = batch_of(staff.post("/desk/batches", {**FORM, "which": "marked", "id": frames[0]}))
    page = staff.get(address).text
    assert "1 photograph would change" in page
    assert frames[0] in page and frames[1] not in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"words": " "}, "Write the words first"),
        ({"action": "replace"}, "Write the words that are to be found"),
        ({"which": "marked"}, "No photograph is chosen"),
        ({"language": "xx-!"}, "is not a language tag"),
        ({"action": "explode"}, "Choose what is to be done"),
        ({"field": "rights"}, "There is no field"),
    ],
)
def test_a_form_that_says_too_little_comes_back_with_what_was_typed(
    staff, frames, changed, sentence
):
    answer = staff.post("/desk/batches", {**FORM, **changed})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert changed.get("words", "Yol.") in answer.text
    assert frames[0] in answer.text


def test_any_edit_is_undone_from_the_page_of_what_was_done(staff, darkroom, frames):
    for words in ("Yol.", "Yol və körpü."):
        address = batch_of(staff.post("/desk/batches", {**FORM, "words": words}))
        staff.post(f"{address}/apply", {})
        darkroom.work()
    page = staff.get(f"/desk/p/{frames[0]}/events").text
    newest, oldest = re.findall(r'action="(/desk/p/\w+/edits/\w+/undo)"', page)[:2]
    refused = staff.post(oldest, {})
    assert refused.status_code == 409 and "edited since" in refused.text
    batch_of(staff.post(newest, {}))
    assert "Yol və körpü." not in staff.get(f"/desk/p/{frames[0]}").text
    batch_of(staff.post(oldest, {}))
    assert staff.post(oldest, {}).status_code == 409
