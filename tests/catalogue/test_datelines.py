"""Datelines: what is one, and what is only a line with a date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.catalogue.datelines import Dateline, PlaceRelation, RelationKind, parse_dateline
from dam.catalogue.dates import parse_date

DATELINES = [
    (
        "Azerbaijan, Karabakh, Aghdam, February 1992",
        ("Azerbaijan", "Karabakh", "Aghdam"),
        "1992-02",
    ),
    ("  Azerbaijan,  Karabakh, 1992 ", ("Azerbaijan", "Karabakh"), "1992"),
    ("Tabriz, May 8, 1992", ("Tabriz",), "1992-05-08"),
    ("Tabriz, Iran, c. 1936", ("Tabriz", "Iran"), "1936~"),
    ("Paris, September 27 \u2013 November 10, 2020", ("Paris",), "2020-09-27/2020-11-10"),
    (
        "Paris, December 27, 2019 \u2013 January 3, 2020",
        ("Paris",),
        "2019-12-27/2020-01-03",
    ),
    ("St. Petersburg, Russia, 1992?", ("St. Petersburg", "Russia"), "1992?"),
    ("Rio de Janeiro, 1930s", ("Rio de Janeiro",), "193X"),
    ("Bakı, fevral 1992", ("Bakı",), "1992-02"),
    ("東京, 日本, 1992", ("東京", "日本"), "1992"),
    ("Georgia, a village near Gori, 2008", None, "a small first word is no name"),
    ("Karabakh, Southern village, 1992", ("Karabakh", "Southern village"), "1992"),
]


@pytest.mark.parametrize(("line", "path", "edtf"), DATELINES)
def test_a_dateline_is_places_and_then_a_date(line, path, edtf):
    found = parse_dateline(line)
    if path is None:
        assert found is None, edtf
        return
    assert found == Dateline(" ".join(line.split()), path, None, parse_date(edtf))


def test_a_road_between_two_places_is_a_relation_and_no_name():
    found = parse_dateline("Azerbaijan, Road between Khojaly and Agdam, March 1992")
    assert found.place_path == ("Azerbaijan",)
    assert found.relation == PlaceRelation(RelationKind.ROAD, ("Khojaly", "Agdam"))
    assert found.source == "Azerbaijan, Road between Khojaly and Agdam, March 1992"


def test_a_way_from_a_to_b_is_a_relation_too():
    found = parse_dateline("The railway from Baku to Tbilisi, 1905")
    assert found.relation == PlaceRelation(RelationKind.RAILWAY, ("Baku", "Tbilisi"))
    assert found.place_path == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "empty"),
        ("Aghdam", "no date"),
        ("February 1992", "no place"),
        ("May 8, 1992", "no place"),
        ("Aghdam, n.d.", "no date that is understood"),
        ("Aghdam, spring 1992", "no date that is understood"),
        ("On May 8, 1992", "a word before the date"),
        ("The Khojaly massacre, February 1992", "a title"),
        ("A woman mourns, Aghdam, February 1992", "a caption"),
        ("Born in Tabriz, 1952", "a caption"),
        ("He came, he saw, 1992", "a caption"),
        ("© Reza, 1992", "a copyright notice"),
        ("Aghdam, , 1992", "an empty part"),
        ("1, 2, 1992", "numbers"),
        ("Aghdam, Karabakh, February 1992.", "a full stop"),
        ("A, B, C, D, E, F, G, 1992", "a list"),
        ("Aghdam" + ", Aghdam" * 40 + ", 1992", "too long"),
    ],
)
def test_a_line_that_is_no_dateline_is_never_forced_into_one(line, reason):
    assert parse_dateline(line) is None, reason


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Tabriz, Iran, May 8, 1992", "Tabriz, Iran"),
        ("Iran, Road between A and B, 1992", "Iran, Road between A and B"),
    ],
)
def test_the_place_is_given_as_it_was_printed(line, place):
    found = parse_dateline(line)
    assert found.place_text == place


def test_a_dateline_made_without_its_source_gives_all_of_it_as_the_place():
    made = Dateline("Tabriz, long ago", ("Tabriz",), None, parse_date("1992"))
    assert made.place_text == "Tabriz, long ago"


@given(st.text(max_size=130))
def test_any_line_is_a_dateline_or_none(line):
    found = parse_dateline(line)
    assert found is None or found.place_path or found.relation


@given(
    st.lists(st.sampled_from(["Paris", "Road between A and B", "1992", "May 12", "a"]), max_size=9)
)
def test_lines_with_commas_are_read_without_failing(parts):
    found = parse_dateline(", ".join(parts))
    assert found is None or found.source == ", ".join(parts)
