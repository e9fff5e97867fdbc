"""Templates of descriptions: made, edited, renamed and removed by forms, in one way."""

import re

import pytest
from browsers import new_photograph, work

from dam.catalogue.changes import Description
from dam.catalogue.text import Text, TextField
from dam.records import log
from dam.workflows import describe, frames, template_list

ONE = "/desk/templates/one"


def revision(staff, name):
    page = staff.get(f"{ONE}?name={name}").text
    return re.search(r'name="revision" value="(\d+)"', page)[1]


def save(staff, name, seen=None, **fields):
    sent = {key.replace("__", "@"): value for key, value in fields.items()}
    return staff.post(ONE, {"name": name, "revision": seen or revision(staff, name), **sent})


def kept(archive):
    return {one.template.name: one.template.words for one in template_list.all_templates(archive)}


def test_a_template_is_made_filled_in_renamed_and_removed_and_each_step_is_told(archive, staff):
    answer = staff.post("/desk/templates", {"name": "Aghdam 1992"})
    assert answer.headers["Location"].endswith("/desk/templates/one?name=Aghdam+1992")
    sent = {"caption__en": "{people}, {date}", "credit": "Photo: {photographer}", "people": "Reza"}
    assert save(staff, "Aghdam 1992", **sent).status_code == 303
    page = staff.get("/desk/templates").text
    assert "caption (en), credit (en), people" in page
    page = staff.get(f"{ONE}?name=Aghdam 1992").text
    assert "{people}, {date}</textarea>" in page
    assert 'name="accession"' not in page
    save(staff, "Aghdam 1992", people="", title__az="Ağdam")
    named = {"name": "Aghdam 1992", "revision": revision(staff, "Aghdam 1992")}
    answer = staff.post("/desk/templates/rename", named | {"new_name": "Road"})
    assert answer.headers["Location"].endswith("?name=Road&done=renamed")
    assert [text.value for text in kept(archive)["Road"].texts] == [
        "{people}, {date}",
        "Photo: {photographer}",
        "Ağdam",
    ]
    removed = {"name": "Road", "revision": revision(staff, "Road")}
    assert staff.post("/desk/templates/remove", removed).status_code == 303
    assert kept(archive) == {}
    with archive.reading() as db:
        told = [*log.of_subject(db, "template", "Road")]
        told += log.of_subject(db, "template", "Aghdam 1992")
    verbs = list(dict.fromkeys(event.verb for event in told))
    assert verbs == ["removed", "renamed", "edited", "added"]
    assert {event.field for event in told if event.verb == "removed"} == {
        "caption",
        "credit",
        "title",
    }


def test_a_frame_becomes_a_template_by_the_same_way_and_overwrites_none(archive, staff):
    one, other = new_photograph(archive, 1), new_photograph(archive, 2)
    work(archive)
    words = Description((Text(TextField.CREDIT, "en", "C"),), accession="1990.1", date_text="1990")
    describe.change(archive, one, lambda _: words, "Rana")
    keep = {"answer": "keep", "name": "Press"}
    assert staff.post(f"/desk/p/{one}/template", keep).status_code == 303
    found = kept(archive)["Press"]
    assert (found.texts, found.date_text, found.accession) == (words.texts, "1990", None)
    answer = staff.post(f"/desk/p/{other}/template", keep)
    assert answer.status_code == 409
    assert "There is a template “Press” already" in answer.text
    with archive.reading() as db:
        events = log.of_subject(db, "template", "Press")
    assert {(event.verb, event.field) for event in events} == {
        ("added", "credit"),
        ("added", "date"),
    }
    frames.fill_from_template(archive, other, "Press", "Rana")
    assert staff.get("/desk/templates").text.count("/desk/templates/one?name=Press") == 1


def test_a_second_editor_of_a_template_sees_both_texts_and_nothing_is_lost(archive, staff):
    staff.post("/desk/templates", {"name": "Press"})
    seen = revision(staff, "Press")
    save(staff, "Press", seen, credit="Theirs")
    answer = save(staff, "Press", seen, credit="Mine & ours", title__az="Körpü")
    assert answer.status_code == 409
    assert "</span>Mine &amp; ours</div>" in answer.text
    assert "</span>Theirs</div>" in answer.text
    assert 'name="title@az" value="Körpü"' in answer.text
    again = re.search(r'name="revision" value="(\d+)"', answer.text)[1]
    assert save(staff, "Press", again, credit="Mine & ours").status_code == 303
    stale = {"name": "Press", "revision": seen}
    answer = staff.post("/desk/templates/remove", stale)
    assert answer.status_code == 409
    assert "It was not removed." in answer.text
    answer = staff.post("/desk/templates/rename", stale | {"new_name": "Wire"})
    assert answer.status_code == 409
    assert 'name="new_name" value="Wire"' in answer.text
    assert kept(archive)["Press"].texts[0].value == "Mine & ours"


@pytest.mark.parametrize("name", ["", " ", "a/b", "x" * 101])
def test_what_is_no_name_of_a_template_is_refused_alike_everywhere(archive, staff, worker, name):
    one = new_photograph(archive, 1)
    keep = {"answer": "keep", "name": name}
    answers = [
        staff.post("/desk/templates", {"name": name}),
        staff.post(f"/desk/p/{one}/template", keep),
    ]
    if name.strip() and "/" not in name:
        answers.append(worker.ask("PUT", f"/templates/{name}", {}))
    for answer in answers:
        assert answer.status_code == 400
        assert "The name of a template has 1 to 100 characters and no slash" in answer.text
    assert kept(archive) == {}


def test_a_date_that_is_not_understood_is_said_beside_its_field(archive, staff):
    staff.post("/desk/templates", {"name": "Press"})
    answer = save(staff, "Press", date="the spring of ninety", credit="C")
    assert answer.status_code == 422
    assert "not understood as a date" in answer.text
    assert kept(archive)["Press"].date_text == "the spring of ninety"
