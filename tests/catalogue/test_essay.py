"""Essays: frames, captions, and what belongs to the page only."""

# ruff: noqa: RUF001 (other alphabets and typographic signs are what is tested)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.catalogue.essay import Essay, read_essay
from dam.catalogue.names import spelling_key


@pytest.fixture
def essay(shared):
    text = (shared / "fixtures" / "essay" / "photo-essay.txt").read_text(encoding="utf-8")
    return read_essay(text)


@pytest.mark.shared
def test_the_essay_has_twenty_frames_in_order(essay):
    assert [frame.position for frame in essay.frames] == list(range(1, 21))
    assert essay.frames[0].caption.startswith("The woman standing among the men")
    assert essay.frames[-1].caption.endswith("held captive by Armenian armed forces.")


@pytest.mark.shared
def test_two_frames_of_the_essay_have_no_caption(essay):
    assert [frame.position for frame in essay.frames if frame.caption is None] == [3, 8]


@pytest.mark.shared
def test_fourteen_frames_of_the_essay_share_one_dateline(essay):
    sources = [frame.dateline.source for frame in essay.frames]
    assert sources.count("Azerbaijan, Karabakh, Aghdam, February 1992") == 14
    dates = [frame.dateline.date.edtf for frame in essay.frames]
    assert {edtf: dates.count(edtf) for edtf in set(dates)} == {
        "1992-02": 15,
        "1992-03": 3,
        "1992": 2,
    }


@pytest.mark.shared
def test_roads_of_the_essay_lead_between_the_same_places_however_spelt(essay):
    roads = [frame.dateline.relation for frame in essay.frames if frame.dateline.relation]
    assert len(roads) == 3
    assert {tuple(map(spelling_key, road.between)) for road in roads} == {("xocali", "agdam")}


@pytest.mark.shared
def test_the_essay_has_three_proposals_and_they_fit_their_captions(essay):
    found = [(frame, one) for frame in essay.frames for one in frame.proposals]
    assert [one.found for _, one in found] == ["brotherís", "memberís", "Azerbaijanís"]
    for frame, one in found:
        assert frame.caption[one.start : one.end] == one.found


@pytest.mark.shared
def test_the_essay_keeps_its_introduction_and_shows_what_it_left_out(essay):
    assert len(essay.introduction) == 5
    assert essay.introduction[0].startswith("Famous Azerbaijani photographer")
    assert essay.chrome == ("date 2017-02-25 + ↺ − 16 px",)


@pytest.mark.shared
def test_a_page_without_datelines_has_no_frame(shared):
    text = (shared / "fixtures" / "essay" / "film-page.txt").read_text(encoding="utf-8")
    essay = read_essay(text)
    assert essay.frames == ()
    assert any("financial support" in paragraph for paragraph in essay.introduction)
    assert any("44-day war" in paragraph for paragraph in essay.introduction)
    assert "messenger vk-black email copy print" in essay.chrome
    assert "Sex-tourism in Azerbaijan: an Arabian summer" in essay.chrome


def test_paragraphs_and_broken_lines_of_a_caption_stay():
    essay = read_essay("Intro\r\n\r\nParis, 1992\r\nOne\r\ntwo.\r\n\r\nThree.\r\nParis, 1993")
    assert essay.introduction == ("Intro",)
    assert [frame.caption for frame in essay.frames] == ["One\ntwo.\n\nThree.", None]


def test_two_frames_may_share_a_caption():
    essay = read_essay("Paris, 1992\n\nA man mourns\n\nParis, 1992\n\nA man mourns")
    assert [frame.caption for frame in essay.frames] == ["A man mourns", "A man mourns"]
    assert essay.chrome == ()


def test_the_list_of_other_pages_after_the_last_caption_is_no_caption():
    essay = read_essay(
        "Paris, 1992\n\nA man.\n\nMost read\n\n1\n\nAnother page\n\nRome, 1993\n\nB."
    )
    assert [frame.caption for frame in essay.frames] == ["A man.", "B."]
    assert essay.chrome == ("Most read", "1", "Another page")


def test_a_caption_with_an_arrow_stays_when_it_is_a_sentence():
    essay = read_essay("Paris, 1992\n\n← Reza with his brother.")
    assert essay.frames[0].caption == "← Reza with his brother."


def test_repairs_are_proposed_in_english_alone():
    text = "Paris, 1992\n\nthe photographerís"
    assert len(read_essay(text, "en").frames[0].proposals) == 1
    assert read_essay(text, "es").frames[0].proposals == ()


def test_nothing_is_an_essay_of_nothing():
    assert read_essay("") == Essay((), (), ())


@given(st.lists(st.sampled_from(["", "Paris, 1992", "A man.", "1", "Most read", "Share", "x"])))
def test_no_line_is_lost(lines):
    essay = read_essay("\n".join(lines))
    kept = [line for paragraph in essay.introduction for line in paragraph.split("\n")]
    for frame in essay.frames:
        kept.append(frame.dateline.source)
        kept += (frame.caption or "").split("\n")
    assert sorted(filter(None, [*kept, *essay.chrome])) == sorted(filter(None, lines))
