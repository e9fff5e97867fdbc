"""Series are arranged by forms, codes are written one by one and by file."""

import io
import re

import pytest
from browsers import CC_BY, new_photograph, work

from dam.catalogue.authorities import AuthorityKind, new_authority
from dam.catalogue.codes import CodeKind
from dam.catalogue.fields import SeriesField
from dam.records import series as series_rows
from dam.workflows import authorities, code_list


@pytest.fixture
def series(archive):
    """A public series of three, as (series, frames)."""
    ids = [
        new_photograph(archive, n, series="Bridges", rights=CC_BY, public=True) for n in range(3)
    ]
    work(archive)
    with archive.reading() as db:
        return series_rows.all_series(db)[0].id, ids


def stored(archive, series_id):
    with archive.reading() as db:
        return series_rows.series(db, series_id)


def press(archive, staff, series_id, do, photograph, **more):
    revision = stored(archive, series_id).revision
    fields = {"do": do, "photograph": photograph, "revision": revision, **more}
    return staff.post(f"/desk/series/{series_id}/frames", fields)


def test_words_of_a_series_are_saved_shown_everywhere_and_undone(archive, staff, browser, series):
    series_id, ids = series
    before = stored(archive, series_id).description
    answer = staff.post(
        f"/desk/series/{series_id}",
        {
            "revision": stored(archive, series_id).revision,
            "title@en": "Bridges",
            "title@az": "Körpülər",
            "other@en": "Spans\nArches",
            "introduction@en": "All of\nthem.",
            "notices": "disclaimer en: The views are those of the author.",
        },
    )
    assert answer.status_code == 303, answer.text
    words = stored(archive, series_id).description
    assert words.words(SeriesField.SERIES_TITLE) == (("en", "Bridges"), ("az", "Körpülər"))
    assert words.in_main_language(SeriesField.OTHER_TITLES) == "Spans\nArches"
    work(archive)
    for path in (
        f"/p/{series_id}",
        f"/p/{ids[0]}",
        f"/manifests/3/{series_id}/manifest.json",
        f"/manifests/3/{ids[0]}/manifest.json",
    ):
        assert "The views are those of the author." in browser.get(path).text, path
    page = browser.get(f"/p/{series_id}").text
    assert '<cite lang="en" dir="ltr">Spans</cite>' in page
    assert '<cite lang="en" dir="ltr">Arches</cite>' in page
    page = staff.get(f"/desk/p/{ids[1]}").text
    link = f'<a href="/desk/series/{series_id}">Bridges</a> <span class="quiet small">series, frame'
    assert f"{link} 2<" in page
    page = staff.get(f"/desk/series/{series_id}").text
    assert "disclaimer (en): The views are those of the author." in page
    staff.post(f"/desk/series/{series_id}/undo")
    assert stored(archive, series_id).description == before


def test_frames_are_moved_taken_out_and_added_by_forms_alone(archive, staff, series):
    series_id, (one, two, three) = series

    def frames():
        return list(stored(archive, series_id).frames)

    press(archive, staff, series_id, "up", three, here=3)
    assert frames() == [one, three, two]
    press(archive, staff, series_id, "down", one, here=1)
    assert frames() == [three, one, two]
    press(archive, staff, series_id, "to", two, position=1)
    assert frames() == [two, three, one]
    press(archive, staff, series_id, "remove", three)
    assert frames() == [two, one]
    press(archive, staff, series_id, "add", f"http://localhost/p/{three}")
    assert frames() == [two, one, three]
    page = staff.get(f"/desk/series/{series_id}").text
    assert re.search(r"1\. [^<]+\n2\. [^<]+\n3\. ", page), "the order is told by titles"
    staff.post(f"/desk/series/{series_id}/undo")
    assert frames() == [two, one]


def test_what_cannot_be_arranged_is_said_and_nothing_is_saved(archive, staff, series):
    series_id, ids = series
    before = stored(archive, series_id)
    for answer, status, sentence in (
        (press(archive, staff, series_id, "add", "nobody"), 404, "no photograph"),
        (press(archive, staff, series_id, "up", ids[2], here=3, revision=0), 409, "Somebody else"),
        (
            staff.post(
                f"/desk/series/{series_id}", {"revision": before.revision, "notices": "no kind"}
            ),
            400,
            "does not begin with a kind",
        ),
        (
            staff.post(f"/desk/series/{series_id}", {"revision": before.revision, "title@en": ""}),
            400,
            "Give the series a title",
        ),
        (staff.post("/desk/series", {"title": " "}), 400, "Give the series a title first."),
    ):
        assert answer.status_code == status, answer.text
        assert sentence in answer.text
    assert stored(archive, series_id) == before


def test_a_second_editor_of_a_series_sees_both_texts_and_nothing_typed_is_lost(
    archive, staff, series
):
    series_id, _ = series
    path, seen = f"/desk/series/{series_id}", stored(archive, series_id).revision
    staff.post(path, {"revision": seen, "title@en": "Bridges", "introduction@en": "Theirs."})
    mine = {
        "revision": seen,
        "title@en": "Bridges",
        "title@az": "Körpülər",
        "introduction@en": "Mine & others'.",
        "notices": "no kind",
    }
    answer = staff.post(path, mine)
    assert answer.status_code == 400
    assert "no kind</textarea>" in answer.text
    assert f'name="revision" value="{seen}"' in answer.text, "the other's words are not seen yet"
    answer = staff.post(path, mine | {"notices": ""})
    assert answer.status_code == 409
    assert "</span>Mine &amp; others&#39;.</div>" in answer.text
    assert "</span>Theirs.</div>" in answer.text
    assert "Mine &amp; others&#39;.</textarea>" in answer.text
    assert 'name="title@az" value="Körpülər"' in answer.text
    assert "<strong>Title (English)</strong>" not in answer.text, "what is the same is not shown"
    revision = re.search(r'name="revision" value="(\d+)"', answer.text)[1]
    staff.post(path, mine | {"notices": "", "revision": revision})
    words = stored(archive, series_id).description
    assert words.in_main_language(SeriesField.INTRODUCTION) == "Mine & others'."
    answer = press(archive, staff, series_id, "add", "nobody")
    assert 'name="photograph" value="nobody"' in answer.text


def test_a_code_that_stands_for_something_else_is_not_overwritten_unseen(archive, staff):
    staff.post("/desk/codes", {"code": "mt", "stands_for": "Margaret"})
    mine = {"code": "mt", "stands_for": "Mount Tauri\r\nTauri"}
    answer = staff.post("/desk/codes", mine)
    assert answer.status_code == 409
    assert "</span>Margaret</div>" in answer.text
    assert "\nMount Tauri\r\nTauri</textarea>" in answer.text
    seen = re.search(r'name="seen" value="([^"]*)"', answer.text)[1]
    assert staff.post("/desk/codes", mine | {"seen": seen}).status_code == 303
    assert code_list.all_codes(archive)[0].replacements == ("Mount Tauri", "Tauri")
    answer = staff.post("/desk/codes", {"code": "a b", "stands_for": "kept"})
    assert "\nkept</textarea>" in answer.text


def test_a_file_of_codes_is_not_written_over_what_changed_since_it_was_read(archive, staff):
    answer = staff.post("/desk/codes/file", {"text": "mt\tMargaret\n", "do": "try"})
    check = re.search(r'name="check" value="(\w+)"', answer.text)[1]
    staff.post("/desk/codes", {"code": "mt", "stands_for": "Tauri"})
    sent = {"text": "mt\tMargaret\n", "do": "read", "check": check}
    answer = staff.post("/desk/codes/file", sent)
    assert answer.status_code == 409
    assert "were changed meanwhile" in answer.text
    assert code_list.all_codes(archive)[0].replacements == ("Tauri",)
    check = re.search(r'name="check" value="(\w+)"', answer.text)[1]
    assert staff.post("/desk/codes/file", sent | {"check": check}).status_code == 303
    assert code_list.all_codes(archive)[0].replacements == ("Margaret",)


def test_codes_are_added_linked_exported_and_removed(archive, staff):
    authorities.create(archive, new_authority("", AuthorityKind.PERSON, "Reza Deghati"), "Rana")
    staff.post("/desk/codes", {"code": "RD", "stands_for": "Reza Deghati\nReza"})
    (code,) = code_list.all_codes(archive)
    assert (code.kind, code.replacements) == (CodeKind.AGENT, ("Reza Deghati", "Reza"))
    assert f"/desk/names/{code.authority_id}" in staff.get("/desk/codes").text
    assert staff.get("/desk/codes/codes.txt").text == "RD\tReza Deghati\tReza\r\n"
    answer = staff.post("/desk/codes", {"code": "a b", "stands_for": "x"})
    assert answer.status_code == 400
    assert "is no code" in answer.text
    staff.post("/desk/codes/remove", {"code": "rd"})
    assert code_list.all_codes(archive) == ()


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_of_codes_is_tried_first_and_then_written(archive, staff, charset):
    staff.post("/desk/codes", {"code": "old", "stands_for": "Before"})
    content = "mt\tRéza de la Vallée\nold\tAfter\na b\tno\nempty\n".encode(charset)
    answer = staff.post(
        "/desk/codes/file", {"file": (io.BytesIO(content), "codes.txt"), "do": "try"}
    )
    assert "2 codes to write, 0 as they are, 2 lines left out." in answer.text
    assert "Line 3: “a b” is no code" in answer.text
    assert "Line 4: “empty” stands for nothing" in answer.text
    assert [one.code for one in code_list.all_codes(archive)] == ["old"]
    text = re.search(r'name="text" value="([^"]*)"', answer.text, re.DOTALL)[1]
    assert staff.post("/desk/codes/file", {"text": text, "do": "read"}).status_code == 303
    found = {one.code: one.replacements for one in code_list.all_codes(archive)}
    assert found == {"mt": ("Réza de la Vallée",), "old": ("After",)}
    again = code_list.try_file(archive, code_list.as_file(archive))
    assert (again.added, again.changed, again.same, again.bad) == ((), (), 2, ())
