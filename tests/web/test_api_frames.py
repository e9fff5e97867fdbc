"""Frames by programs: turned, marked, linked, filled; and edits of words that leave all that."""

import pytest
from browsers import new_photograph


@pytest.fixture
def two(archive) -> list[str]:
    return [new_photograph(archive, number) for number in (1, 2)]


def test_a_frame_is_turned_marked_and_linked_to_its_face(worker, two):
    back, face = two
    asked = f"/photographs/{back}"
    assert worker.ask("POST", f"{asked}/turn", {"quarters": 3}).json["turn"] == 270
    assert worker.ask("POST", f"{asked}/turn", {"quarters": 2}).json["turn"] == 90
    assert worker.ask("PUT", f"{asked}/mark", {"mark": "pick"}).json["mark"] == "pick"
    linked = worker.ask("PUT", f"{asked}/recto", {"recto": face}).json
    assert (linked["turn"], linked["mark"], linked["recto"]) == (90, "pick", face)
    none = worker.ask("PUT", f"{asked}/mark", {"mark": None}).json
    assert (none["mark"], none["recto"]) == (None, face)
    assert worker.ask("PUT", f"{asked}/recto", {"recto": None}).json["recto"] is None


@pytest.mark.parametrize(
    ("tail", "body", "status", "reason"),
    [
        ("turn", {"quarters": 4}, 400, "that is no turn"),
        ("mark", {"mark": "love"}, 400, "there is no such mark"),
        ("recto", {"recto": "nope"}, 404, "there is no such photograph"),
        ("fill", {"template": "Nope"}, 404, "there is no such template"),
    ],
)
def test_what_cannot_be_done_to_a_frame_is_refused(worker, two, tail, body, status, reason):
    method = "POST" if tail in {"turn", "fill"} else "PUT"
    before = worker.get(f"/photographs/{two[0]}/words").headers["ETag"]
    assert worker.ask(method, f"/photographs/{two[0]}/{tail}", body).status_code == status, reason
    assert worker.get(f"/photographs/{two[0]}/words").headers["ETag"] == before


def test_a_photograph_is_not_its_own_back(worker, two):
    answer = worker.ask("PUT", f"/photographs/{two[0]}/recto", {"recto": two[0]})
    assert answer.status_code == 400


def test_an_edit_of_words_leaves_the_frame_as_it_stands(worker, two):
    back, face = two
    worker.ask("POST", f"/photographs/{back}/turn", {"quarters": 1})
    worker.ask("PUT", f"/photographs/{back}/mark", {"mark": "pick"})
    tag = worker.ask("PUT", f"/photographs/{back}/recto", {"recto": face}).headers["ETag"]
    title = {"title": {"en": "Written on the back"}}
    edited = worker.ask("PATCH", f"/photographs/{back}/words", title, If_Match=tag).json
    assert (edited["turn"], edited["mark"], edited["recto"]) == (90, "pick", face)


def test_a_template_fills_what_is_empty(worker, two):
    words = f"/photographs/{two[0]}/words"
    tag = worker.get(words).headers["ETag"]
    worker.ask("PATCH", words, {"title": {"en": "Mine"}}, If_Match=tag)
    template = {"title": {"en": "Theirs"}, "credit": {"en": "The museum"}}
    worker.ask("PUT", "/templates/Press", template)
    filled = worker.ask("POST", f"/photographs/{two[0]}/fill", {"template": "Press"}).json
    assert filled["words"]["title"] == {"en": "Mine"}
    assert filled["words"]["credit"] == {"en": "The museum"}
