"""The tile pyramid, the names of its members, and every other spelling of them."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.iiif.geometry import UNLIMITED, Extent, Limits, resolve
from dam.iiif.image_request import ApiVersion, BadImageRequest, Format, Quality, parse
from dam.iiif.tiles import TILE_SIZE, Pyramid, member, spellings, thumbnail_sizes

V2, V3 = ApiVersion.V2, ApiVersion.V3

AWKWARD = [
    (1001, 777),
    (3073, 3073),
    (8193, 1),
    (100, 80),
    (6001, 4003),
    (1, 1),
    (512, 512),
    (513, 512),
    (30000, 1),
    (1, 8193),
]
awkward = pytest.mark.parametrize(
    "pyramid", [pytest.param(Pyramid(Extent(*full)), id=f"{full}") for full in AWKWARD]
)
sides = st.one_of(st.integers(1, 9), st.integers(1, 3000))
pyramids = st.builds(Pyramid, st.builds(Extent, sides, sides), st.sampled_from([64, 256, 512]))


def plan(tail, pyramid, version=V3, limits=UNLIMITED):
    request = parse(tail, version)
    return resolve(request, pyramid.full, limits, version=version, tile_size=pyramid.tile_size)


def tiles_of_the_implementation_notes(full, tile_size, scale_factors):
    """Image API 3.0 implementation notes §3, word for word, for all tiles of all scale factors."""
    for s in scale_factors:
        for m in range(ceil(full.height / (tile_size * s))):
            for n in range(ceil(full.width / (tile_size * s))):
                xr, yr = n * tile_size * s, m * tile_size * s
                wr = min(tile_size * s, full.width - xr)
                hr = min(tile_size * s, full.height - yr)
                ws = hs = tile_size
                if xr + tile_size * s > full.width:
                    ws = (full.width - xr + s - 1) // s
                if yr + tile_size * s > full.height:
                    hs = (full.height - yr + s - 1) // s
                yield (xr, yr, wr, hr), (ws, hs)


@awkward
def test_every_tile_of_the_implementation_notes_is_a_member_of_exactly_that_size(pyramid):
    names = set(pyramid.tile_names())
    found = set()
    for region, size in tiles_of_the_implementation_notes(
        pyramid.full, pyramid.tile_size, pyramid.scale_factors
    ):
        for version in ApiVersion:
            tail = f"{','.join(map(str, region))}/{size[0]},{size[1]}/0/default.jpg"
            asked = plan(tail, pyramid, version)
            assert (asked.size.width, asked.size.height) == size
            found.add(member(asked, pyramid))
    assert found == names


@awkward
def test_every_name_is_unique_and_names_itself(pyramid):
    names = list(pyramid.tile_names())
    assert len(names) == len(set(names))
    for name in names:
        assert member(plan(name, pyramid), pyramid) == name


@given(pyramids)
def test_levels_halve_upwards_until_one_tile_is_enough(pyramid):
    factors, levels = pyramid.scale_factors, pyramid.sizes
    assert factors == tuple(2**level for level in range(len(factors)))
    assert len(levels) == len(factors)
    assert levels[-1] == pyramid.full
    assert max(levels[0].width, levels[0].height) <= pyramid.tile_size
    for smaller, larger in pairwise(levels):
        assert smaller == Extent(ceil(larger.width / 2), ceil(larger.height / 2))
        assert max(larger.width, larger.height) > pyramid.tile_size
        assert smaller != larger


@given(pyramids)
def test_tiles_of_a_level_cover_the_image_without_overlap(pyramid):
    for scale in pyramid.scale_factors:
        columns, rows = pyramid.grid(scale)
        across = [pyramid.tile_region(scale, column, 0) for column in range(columns)]
        down = [pyramid.tile_region(scale, 0, row) for row in range(rows)]
        assert [box.x for box in across[1:]] == [box.x + box.width for box in across[:-1]]
        assert [box.y for box in down[1:]] == [box.y + box.height for box in down[:-1]]
        assert across[-1].x + across[-1].width == pyramid.full.width
        assert down[-1].y + down[-1].height == pyramid.full.height


@pytest.mark.parametrize(("column", "row"), [(-1, 0), (0, -1), (2, 0), (0, 2)])
def test_tile_outside_the_grid_does_not_exist(column, row):
    with pytest.raises(IndexError):
        Pyramid(Extent(1001, 777)).tile_region(1, column, row)


def test_names_are_those_of_a_pack():
    assert list(Pyramid(Extent(1001, 777)).tile_names()) == [
        "0,0,512,512/512,512/0/default.jpg",
        "512,0,489,512/489,512/0/default.jpg",
        "0,512,512,265/512,265/0/default.jpg",
        "512,512,489,265/489,265/0/default.jpg",
        "full/501,389/0/default.jpg",
    ]
    assert list(Pyramid(Extent(100, 80)).tile_names()) == ["full/100,80/0/default.jpg"]


def test_corner_of_one_pixel_is_named_once_for_two_levels():
    pyramid = Pyramid(Extent(3073, 3073))
    assert pyramid.tile_name(1, 6, 6) == pyramid.tile_name(2, 3, 3)
    assert list(pyramid.tile_names()).count("3072,3072,1,1/1,1/0/default.jpg") == 1


@given(pyramids, st.sampled_from(ApiVersion))
def test_every_spelling_resolves_to_its_name_and_to_no_other(pyramid, version):
    owners = {}
    for name in pyramid.tile_names():
        for tail in (name, *spellings(name, pyramid, version)):
            assert owners.setdefault(tail, name) == name
            assert member(plan(tail, pyramid, version), pyramid) == name


@awkward
@pytest.mark.parametrize("version", ApiVersion)
def test_every_spelling_of_awkward_images_resolves_to_its_name(pyramid, version):
    for name in pyramid.tile_names():
        others = spellings(name, pyramid, version)
        assert len(set(others)) == len(others) and name not in others
        for tail in others:
            assert member(plan(tail, pyramid, version), pyramid) == name


@given(pyramids, st.data())
def test_stored_tile_asked_for_by_width_is_found_unless_another_level_owns_it(pyramid, data):
    names = list(pyramid.tile_names())
    name = data.draw(st.sampled_from(names))
    region, size, *_ = name.split("/")
    width, _, height = size.partition(",")
    tail = f"{region}/{width},/0/default.jpg"
    assert (tail in spellings(name, pyramid, V2)) == (
        plan(tail, pyramid, V2).size == Extent(int(width), int(height))
    )


@pytest.mark.parametrize(
    ("full", "name", "version", "others"),
    [
        (
            (1001, 777),
            "512,0,489,512/489,512/0/default.jpg",
            V3,
            {"512,0,489,512/489,/0/default.jpg", "512,0,489,512/max/0/default.jpg"},
        ),
        (
            (1001, 777),
            "512,0,489,512/489,512/0/default.jpg",
            V2,
            {
                "512,0,489,512/489,/0/default.jpg",
                "512,0,489,512/max/0/default.jpg",
                "512,0,489,512/full/0/default.jpg",
            },
        ),
        (
            (1001, 777),
            "full/501,389/0/default.jpg",
            V3,
            {
                "full/501,/0/default.jpg",
                "0,0,1001,777/501,/0/default.jpg",
                "0,0,1001,777/501,389/0/default.jpg",
            },
        ),
        (
            (100, 80),
            "full/100,80/0/default.jpg",
            V2,
            {
                "full/100,/0/default.jpg",
                "full/max/0/default.jpg",
                "full/full/0/default.jpg",
                "0,0,100,80/100,80/0/default.jpg",
                "0,0,100,80/100,/0/default.jpg",
                "0,0,100,80/max/0/default.jpg",
                "0,0,100,80/full/0/default.jpg",
            },
        ),
    ],
)
def test_spellings_are_those_of_the_viewers(full, name, version, others):
    assert set(spellings(name, Pyramid(Extent(*full)), version)) == others


@pytest.mark.parametrize(
    "name",
    [
        "info.json",
        "full/1001,777/0/default.jpg",
        "0,0,512,512/511,511/0/default.jpg",
        "full/501,/0/default.jpg",
        "full/501,389/0/default.png",
    ],
)
def test_spellings_of_what_is_not_stored_are_refused(name):
    with pytest.raises(BadImageRequest):
        spellings(name, Pyramid(Extent(1001, 777)), V3)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"mirror": True}, "mirrored"),
        ({"degrees": Decimal(90)}, "turned"),
        ({"quality": Quality.GRAY}, "gray"),
        ({"quality": Quality.BITONAL}, "bitonal"),
        ({"format": Format.PNG}, "another format"),
        ({"size": Extent(500, 389)}, "another size"),
    ],
)
def test_what_differs_from_the_stored_tile_is_drawn(change, reason):
    pyramid = Pyramid(Extent(1001, 777))
    stored = plan("full/501,389/0/default.jpg", pyramid)
    assert member(replace(stored, quality=Quality.COLOR), pyramid) is not None
    assert member(replace(stored, **change), pyramid) is None


def test_level_of_more_than_one_tile_is_drawn():
    pyramid = Pyramid(Extent(6001, 4003))
    for level in pyramid.sizes[1:]:
        tail = f"full/{level.width},{level.height}/0/default.jpg"
        assert member(plan(tail, pyramid), pyramid) is None
    assert member(plan("full/376,251/0/default.jpg", pyramid), pyramid) is not None


def test_limits_do_not_hide_a_stored_tile():
    pyramid = Pyramid(Extent(6001, 4003))
    name = "5632,3584,369,419/369,419/0/default.jpg"
    assert member(plan(name, pyramid, limits=Limits(512)), pyramid) == name


def test_tile_size_is_512_unless_said_otherwise():
    assert Pyramid(Extent(1, 1)).tile_size == TILE_SIZE == 512


def test_pyramid_of_a_gigapixel_has_eight_levels():
    pyramid = Pyramid(Extent(40_000, 30_000))
    assert pyramid.scale_factors == (1, 2, 4, 8, 16, 32, 64, 128)
    assert pyramid.sizes[0] == Extent(313, 235)


@pytest.mark.parametrize("full", [Extent(200_000, 300), Extent(300, 200_000), Extent(2_000_000, 9)])
def test_no_thumbnail_of_a_panorama_is_longer_than_a_screen_is_wide(full):
    """Of 200 000 by 300 pixels a height of 150 would be 100 000 wide, which no JPEG can hold."""
    sizes = thumbnail_sizes(Pyramid(full))
    assert sizes
    assert max(max(size.width, size.height) for size in sizes) <= 4096
