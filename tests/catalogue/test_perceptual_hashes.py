"""Hashes of what pictures look like: bands that find what is near, and hashes of what is turned."""

from hypothesis import given
from hypothesis import strategies as st

from dam.catalogue.likeness import (
    BITS,
    FARTHEST,
    FARTHEST_TURNED,
    WAYS,
    Way,
    back,
    bands,
    distance,
    lying,
    near_bands,
)

HASHES = st.integers(0, (1 << BITS) - 1)


@given(HASHES, st.sets(st.integers(0, BITS - 1), max_size=FARTHEST))
def test_whatever_lies_within_the_farthest_distance_shares_a_band(perceptual, flipped):
    other = perceptual ^ sum(1 << bit for bit in flipped)
    assert distance(perceptual, other) == len(flipped)
    reaches = [FARTHEST] + [FARTHEST_TURNED] * (len(flipped) <= FARTHEST_TURNED)
    for farthest in reaches:
        near = zip(near_bands(perceptual, farthest), bands(other), strict=True)
        assert any(band in values for values, band in near)


@given(HASHES, st.sampled_from(WAYS))
def test_turning_back_gives_the_hash_again(perceptual, way):
    assert lying(lying(perceptual, way), back(way)) == perceptual


@given(HASHES)
def test_the_eight_ways_to_lie_are_eight(perceptual):
    assert lying(perceptual, Way(180)) == lying(lying(perceptual, Way(90)), Way(90))
    assert len(set(WAYS)) == 8
    assert all(0 <= lying(perceptual, way) < 1 << BITS for way in WAYS)
