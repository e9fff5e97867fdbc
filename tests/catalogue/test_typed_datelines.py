"""A line of place and date as it is typed: split where a date is understood, else kept whole."""

import pytest

from dam.catalogue.frames import Turn, people_turned, turned_by
from dam.catalogue.people import PersonShown, Region
from dam.catalogue.typed_datelines import split_dateline, typed_dateline


@pytest.mark.parametrize(
    ("line", "place", "date", "reason"),
    [
        ("Azerbaijan, Aghdam, February 1992", "Azerbaijan, Aghdam", "February 1992", "as printed"),
        ("aghdam, 1992", "aghdam", "1992", "whoever types here says that it is a place"),
        ("Baku, December 27, 2019", "Baku", "December 27, 2019", "a date with a comma"),
        ("February 1992", "", "February 1992", "a date alone"),
        ("Azerbaijan, Aghdam", "Azerbaijan, Aghdam", None, "no date"),
        ("Aghdam, the spring of ninety", "Aghdam, the spring of ninety", None, "not guessed"),
        ("Aghdam, February 19", "Aghdam, February 19", None, "still being typed"),
        ("  ", "", "", "nothing"),
    ],
)
def test_a_line_is_split_where_a_date_is_understood(line, place, date, reason):
    assert split_dateline(line) == (place, date), reason


@pytest.mark.parametrize(
    ("place", "date", "line"),
    [
        ("Aghdam", "February 1992", "Aghdam, February 1992"),
        ("Aghdam", "", "Aghdam"),
        ("", "1992", "1992"),
        ("Aghdam", "one spring", "Aghdam"),
        ("", "", ""),
    ],
)
def test_a_line_is_shown_only_where_it_reads_back_as_what_is_stored(place, date, line):
    assert typed_dateline(place, date) == line


def test_four_quarters_are_no_turn_and_regions_come_along():
    turn = None
    for _ in range(3):
        turn = turned_by(turn, 1)
    assert turn is Turn.LEFT
    assert turned_by(turn, 1) is None
    [one] = people_turned((PersonShown("Sara", region=Region(0, 0, 0.25, 0.5)),), 1)
    assert one.region == Region(0.5, 0, 0.5, 0.25), "upper left goes to the upper right"
