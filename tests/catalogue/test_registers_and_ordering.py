"""Numbers of registers are checked by their form; moving a frame is a permutation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.catalogue.authorities import Identifier, Scheme
from dam.catalogue.ordering import moved
from dam.catalogue.registers import BadIdentifier, read_identifiers

READ = [
    (Scheme.WIKIDATA, "q9248", ("Q9248",), "in small letters"),
    (Scheme.WIKIDATA, "https://www.wikidata.org/wiki/Q9248#x", ("Q9248",), "an address"),
    (Scheme.VIAF, "https://viaf.org/viaf/24604287/", ("24604287",), "a slash at its end"),
    (Scheme.GEONAMES, "https://www.geonames.org/587084/baku.html", ("587084",), "a name after it"),
    (Scheme.ISNI, "0000 0001 2103 2683", ("0000000121032683",), "spaces"),
    (Scheme.VIAF, "1; 2", ("1", "2"), "two"),
    (Scheme.VIAF, "", (), "none"),
]


@pytest.mark.parametrize(("scheme", "text", "values", "reason"), READ)
def test_a_number_is_read_as_it_is_pasted(scheme, text, values, reason):
    assert read_identifiers(scheme, text) == tuple(Identifier(scheme, v) for v in values), reason


@pytest.mark.parametrize(
    ("scheme", "text", "reason"),
    [
        (Scheme.WIKIDATA, "9248", "no Q"),
        (Scheme.ISNI, "0000 0001 2103 2684", "the check digit"),
        (Scheme.VIAF, "Q1", "of another register"),
        (Scheme.GEONAMES, "https://evil.example/", "an address without a number"),
        (Scheme.TGN, "12", "too short"),
    ],
)
def test_what_is_no_number_is_refused_with_an_example(scheme, text, reason):
    with pytest.raises(BadIdentifier, match=f"is no number of {scheme.label}; they look like"):
        read_identifiers(scheme, text)
    assert reason


@given(st.lists(st.text(min_size=1), unique=True), st.text(), st.integers(-5, 50))
def test_moving_a_frame_keeps_every_frame_once(frames, one, position):
    before = tuple(frames)
    for each in (one, *before[:3]):
        after = moved(before, each, position)
        assert sorted(after) == sorted(before)
        others = tuple(frame for frame in after if frame != each)
        assert others == tuple(frame for frame in before if frame != each)
        if each in before:
            assert after.index(each) == min(max(1, position), len(before)) - 1
