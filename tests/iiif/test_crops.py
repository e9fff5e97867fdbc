"""Crops: the shape that was asked for, from the middle, and never a pixel more than there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.iiif.crops import middle, piece, whole
from dam.iiif.extents import UNLIMITED, Box, Extent
from dam.iiif.geometry import resolve
from dam.iiif.image_request import ApiVersion, parse

SIDES = st.integers(1, 60_000)


@pytest.mark.parametrize(
    ("full", "across", "down", "expected"),
    [
        ((3000, 2000), 16, 9, "0,156,3000,1687/1600,900/0/default.jpg"),
        ((3000, 2000), 1, 1, "500,0,2000,2000/1600,1600/0/default.jpg"),
        ((1000, 667), 16, 9, "0,52,1000,562/1000,562/0/default.jpg"),
        ((900, 900), 1, 1, "full/900,900/0/default.jpg"),
        ((1, 900), 16, 9, "0,449,1,1/1,1/0/default.jpg"),
    ],
)
def test_the_middle_is_cut_out(full, across, down, expected):
    assert middle(Extent(*full), across, down, 1600).path == expected


def test_the_whole_is_made_smaller_and_never_larger():
    assert whole(Extent(3000, 2000), 1600).path == "full/1600,1067/0/default.jpg"
    assert whole(Extent(30, 20), 1600).path == "full/30,20/0/default.jpg"


def test_a_piece_has_all_its_pixels():
    assert piece(Extent(30, 20), Box(5, 6, 7, 8)).path == "5,6,7,8/7,8/0/default.jpg"
    assert piece(Extent(30, 20), Box(0, 0, 30, 20)).path == "full/30,20/0/default.jpg"


@given(SIDES, SIDES, st.sampled_from([(16, 9), (1, 1), (9, 16)]), st.integers(1, 4000))
def test_every_crop_lies_within_the_picture_and_is_answered_without_upscaling(
    width, height, shape, long_side
):
    full = Extent(width, height)
    for crop in (middle(full, *shape, long_side), whole(full, long_side)):
        box = crop.region
        assert box.x >= 0 and box.x + box.width <= width
        assert box.y >= 0 and box.y + box.height <= height
        assert crop.size.width <= box.width and crop.size.height <= box.height
        assert max(crop.size.width, crop.size.height) <= long_side
        request = parse(crop.path, ApiVersion.V3)
        assert resolve(request, full, UNLIMITED, version=ApiVersion.V3)
