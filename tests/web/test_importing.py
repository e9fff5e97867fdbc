"""The text of an essay and of a film through the import screen."""

import io
import re

import pytest
from browsers import new_photograph
from hypothesis import given
from hypothesis import strategies as st

from dam.catalogue.essay import read_essay
from dam.catalogue.essay_plan import matched, owed, titles
from dam.catalogue.fields import SeriesField
from dam.catalogue.notices import NoticeKind
from dam.catalogue.page_text import MOST_CHARACTERS, NotText, TooLong, page_text
from dam.catalogue.text import TextField
from dam.records import authorities, catalogue, log, proposals
from dam.records import series as series_rows

SMALL = """Bridges
By somebody.

France, Paris, May 1968

A bridge.

France, Road between Paris and Lille, 1969
"""


def series_of(archive, count):
    ids = [new_photograph(archive, number, series="Frames") for number in range(count)]
    with archive.reading() as db:
        (found,) = series_rows.all_series(db)
    assert list(found.frames) == ids
    return found.id, ids


def stored(archive, identifiers):
    with archive.reading() as db:
        return catalogue.photographs(db, identifiers)


def fields_of(page):
    """What a browser would send of the form of a preview."""
    sent = dict(
        re.findall(r'<textarea id="[^"]*" name="([^"]*)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    )
    for name, options in re.findall(r'<select [^>]*name="([^"]*)">(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    sent["shift"] = re.search(r'name="shift" value="(-?\d+)"', page)[1]
    sent["language"] = re.search(r'name="language" value="([^"]+)"', page)[1]
    return {
        name: value.replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")
        for name, value in sent.items()
    }


def preview(staff, text, series_id="", **more):
    answer = staff.post(
        "/desk/import", {"text": text, "series": series_id, "do": "preview", **more}
    )
    assert answer.status_code == 200, answer.text
    return answer.text


def imported(staff, page):
    answer = staff.post("/desk/import", {**fields_of(page), "do": "import"})
    assert answer.status_code == 303, answer.text
    return dict(re.findall(r"(series|group)=(\w+)", answer.headers["Location"]))


@pytest.mark.shared
def test_the_essay_of_twenty_frames_comes_in_is_linked_and_is_undone(archive, staff, shared):
    text = (shared / "fixtures" / "essay" / "photo-essay.txt").read_text("utf-8")
    series_id, ids = series_of(archive, 20)
    before = stored(archive, ids)
    page = preview(staff, text, series_id)
    assert "20 frames. 3 repairs are proposed; nothing is changed by itself." in page
    done = imported(staff, page)
    assert_captions(stored(archive, ids))
    assert_places(archive, ids)
    with archive.reading() as db:
        assert sum(len(proposals.open_proposals(db, one)) for one in ids) == 3
        assert len(log.of_group(db, done["group"])) > 40
    assert staff.post("/desk/import/undo", {"group": done["group"]}).status_code == 303
    assert [one.description for one in stored(archive, ids)] == [one.description for one in before]
    assert staff.post("/desk/import/undo", {"group": done["group"]}).status_code == 409


def assert_captions(found):
    captions = [
        [text.value for text in one.description.texts if text.field is TextField.CAPTION]
        for one in found
    ]
    assert [n for n, one in enumerate(captions, 1) if not one] == [3, 8]
    assert captions[0][0].startswith("The woman standing among the men")
    assert any("brotherís" in one[0] for one in captions if one), "nothing changed by itself"
    assert {one.description.date_text for one in found} == {"February 1992", "March 1992", "1992"}


def assert_places(archive, ids):
    found = stored(archive, ids)
    with archive.reading() as db:
        (agdam,) = authorities.named(db, authorities.PLACES, "Ağdam")
        assert {name.name for name in agdam.names} >= {"Aghdam", "Agdam"}
    roads = [place for one in found for place in one.description.places if place.relation]
    assert len(roads) == 3
    assert all(road.relation.places[1].place_id == agdam.id for road in roads)
    towns = [one.description.places[0].path[-1] for one in found]
    assert sum(town.place_id == agdam.id for town in towns) == 14


@pytest.mark.shared
def test_the_film_keeps_both_titles_and_owes_its_disclaimer(archive, staff, shared):
    text = (shared / "fixtures" / "essay" / "film-page.txt").read_text("utf-8")
    page = preview(staff, text)
    assert "0 frames." in page
    done = imported(staff, page)
    with archive.reading() as db:
        words = series_rows.series(db, done["series"]).description
    assert words.in_main_language(SeriesField.SERIES_TITLE) == "What Remains in Memory"
    assert words.in_main_language(SeriesField.OTHER_TITLES) == "All That Remains in Memory"
    owed_texts = {notice.kind: notice.text for notice in words.notices}
    assert owed_texts[NoticeKind.DISCLAIMER].startswith("The opinions, assumptions")
    assert "Department of Public Diplomacy" in owed_texts[NoticeKind.FUNDING]
    assert "Public Journalism Club" in owed_texts[NoticeKind.CREDIT]
    introduction = words.in_main_language(SeriesField.INTRODUCTION)
    assert "44-day war" in introduction
    assert "vk-black" not in introduction
    assert words.frames == ()


def test_photographs_can_be_moved_against_the_frames_and_chosen(archive, staff):
    series_id, ids = series_of(archive, 3)
    page = preview(staff, SMALL, series_id)
    assert fields_of(page)["frame-1"] == ids[0]
    page = staff.post("/desk/import", {**fields_of(page), "do": "up"}).text
    assert [fields_of(page)[f"frame-{n}"] for n in (1, 2)] == ids[1:]
    twice = {**fields_of(page), "do": "import", "frame-1": ids[2]}
    answer = staff.post("/desk/import", twice)
    assert answer.status_code == 400
    assert "One photograph stands beside two frames" in answer.text
    staff.post("/desk/import", {**twice, "frame-2": ""})
    dates = [one.description.date_text for one in stored(archive, ids)]
    assert dates == [None, None, "May 1968"]


def test_what_is_written_already_stays(archive, staff):
    series_id, ids = series_of(archive, 1)
    text = "France, Paris, May 1968\n\nA bridge.\n"
    imported(staff, preview(staff, text, series_id))
    imported(staff, preview(staff, text.replace("bridge", "river"), series_id))
    (one,) = stored(archive, ids)
    words = one.description
    assert [t.value for t in words.texts if t.field is TextField.CAPTION] == ["A bridge."]
    assert [caption.text for caption in words.other_captions] == ["A river."]
    imported(staff, preview(staff, text, series_id))
    assert stored(archive, ids)[0].revision == one.revision, "nothing new is no edit"


def test_a_page_saved_from_a_browser_is_read_as_its_text(archive, staff):
    page = (
        "<!doctype html><html><head><title>x</title><script>alert(1)</script></head><body>"
        "<nav>Home</nav><p>France, Paris,\nMay 1968</p><p>A &lt;b&gt; &amp; é.</p></body></html>"
    )
    file = (io.BytesIO(page.encode("cp1252")), "essay.html")
    answer = staff.post("/desk/import", {"file": file, "do": "preview"})
    assert "A &lt;b&gt; &amp; é." in answer.text
    assert "1 frame." in answer.text
    assert "alert(1)" not in answer.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [("\x00\x01", NotText), ("x" * (MOST_CHARACTERS + 1), TooLong)],
    ids=["bytes of a picture", "a book"],
)
def test_what_is_no_essay_is_refused(text, kind):
    with pytest.raises(kind):
        page_text(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>" * 50_000 + "deep</p>", "deep"),
        ("<p>a</p><script>while(1);</script>b", "a\n\nb"),
        ("<p>&#0;&bogus;&lt;</p>", "\ufffd&bogus;<"),
        ("2 < 3 and 5 > 4", "2 < 3 and 5 > 4"),
    ],
)
def test_hostile_pages_are_text(text, words):
    assert page_text(text) == words


def test_ten_megabytes_are_refused_with_a_sentence(staff):
    answer = staff.post("/desk/import", {"text": "x" * 10_000_000, "do": "preview"})
    assert answer.status_code == 413
    assert "larger than this archive takes in" in answer.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " "}, "Paste a text or choose a file first."),
        ({"text": "A", "language": "qq"}, "language"),
        ({"text": "A", "do": "import"}, "Give the new series a title"),
        ({"text": "A", "do": "import", "notices": "no kind"}, "does not begin with a kind"),
    ],
)
def test_what_cannot_be_imported_is_said(staff, fields, sentence):
    given = {"titles": "", "introduction": "", "notices": "", **fields}
    answer = staff.post("/desk/import", given)
    assert answer.status_code == 400
    assert sentence in answer.text


@given(st.integers(0, 30), st.lists(st.uuids().map(str), unique=True), st.integers(-40, 40))
def test_no_photograph_is_given_to_two_frames(count, photographs, shift):
    found = matched(count, photographs, shift)
    assert len(found) == count
    given_out = [one for one in found if one]
    assert len(set(given_out)) == len(given_out)
    assert given_out == [one for one in photographs if one in given_out], "in their order"


def test_titles_and_what_is_owed_are_told_by_their_words():
    essay = read_essay("Bridges\n\nBridges is one of a series of two. It is long.")
    assert titles(essay) == ("Bridges",)
    assert [one.kind for one in owed(["Funded by a fund. A sentence."], "en")] == [
        NoticeKind.FUNDING
    ]
    assert owed(["A sentence."], "en") == ()
