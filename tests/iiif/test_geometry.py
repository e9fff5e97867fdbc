"""From request to plan: what is drawn, within which limits, and how a plan is spelled."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from dam.iiif.geometry import (
    UNLIMITED,
    Box,
    ConfinedOversize,
    Extent,
    Limits,
    canonical,
    resolve,
    resolve_region,
)
from dam.iiif.image_request import (
    ApiVersion,
    BadImageRequest,
    PixelSize,
    Quality,
    parse,
    parse_region,
)

V2, V3 = ApiVersion.V2, ApiVersion.V3


def plan(tail, full, limits=UNLIMITED, version=V3, **options):
    return resolve(parse(tail, version), Extent(*full), limits, version=version, **options)


def drawn(region, size, full, limits=UNLIMITED, version=V3, **options):
    """Width and height of what a request for region and size gives."""
    size = plan(f"{region}/{size}/0/default.jpg", full, limits, version, **options).size
    return size.width, size.height


sides = st.one_of(st.integers(1, 40), st.integers(1, 70_000))
extents = st.builds(Extent, sides, sides)
numbers = st.decimals(0, 130, places=2)
carets = st.sampled_from(["", "^"])
region_texts = st.one_of(
    st.sampled_from(["full", "square", "0,0,512,512", "512,0,512,512", "0,1024,1024,1024"]),
    st.builds("{},{},{},{}".format, sides, sides, sides, sides),
    st.builds("pct:{},{},{},{}".format, numbers, numbers, numbers, numbers),
)
size_texts = st.one_of(
    st.just("max"),
    st.builds("{},".format, sides),
    st.builds(",{}".format, sides),
    st.builds("{},{}".format, sides, sides),
    st.builds("!{},{}".format, sides, sides),
    st.builds("pct:{}".format, numbers),
)
endings = st.sampled_from(
    ["0/default.jpg", "0/color.jpg", "!360/gray.png", "22.50/bitonal.tif", "90.0/default.webp"]
)
tails = st.builds("{}/{}{}/{}".format, region_texts, carets, size_texts, endings)
bounds = st.one_of(st.none(), st.integers(1, 5000))
limits_of_any_kind = st.one_of(
    st.builds(Limits, max_area=bounds),
    st.builds(Limits, max_width=st.integers(1, 5000), max_height=bounds, max_area=bounds),
)
versions = st.sampled_from(ApiVersion)


@given(tails, extents, limits_of_any_kind, versions, st.sampled_from(ConfinedOversize))
def test_plan_lies_inside_image_and_limits_or_is_refused(tail, full, limits, version, oversize):
    try:
        request = parse(tail, version)
        got = resolve(request, full, limits, version=version, confined_oversize=oversize)
    except BadImageRequest:
        return
    assert 0 <= got.region.x and got.region.x + got.region.width <= full.width
    assert 0 <= got.region.y and got.region.y + got.region.height <= full.height
    assert got.region.width >= 1 and got.region.height >= 1
    assert got.size.width >= 1 and got.size.height >= 1
    assert limits.allow(got.size)
    assert 0 <= got.degrees < 360
    if version is V3 and not request.upscale:
        assert got.size.width <= got.region.width
        assert got.size.height <= got.region.height


@given(tails, extents, limits_of_any_kind, versions, versions)
@example("3072,0,1,1024/1,1024/0/default.jpg", Extent(3073, 3073), Limits(), V2, V2)
@example("3072,0,1,1024/1,512/0/default.jpg", Extent(3073, 3073), Limits(), V2, V2)
def test_canonical_is_a_fixed_point(tail, full, limits, asked, spelled):
    try:
        got = resolve(parse(tail, asked), full, limits, version=asked)
    except BadImageRequest:
        return
    short = canonical(got, full, spelled, limits=limits)
    again = resolve(parse(short, spelled), full, limits, version=spelled)
    assert again == got
    assert canonical(again, full, spelled, limits=limits) == short


@given(region_texts, extents, limits_of_any_kind, versions)
def test_max_never_fails_inside_the_image(region, full, limits, version):
    try:
        box = resolve_region(parse_region(region), full)
    except BadImageRequest:
        return
    got = plan(f"{region}/max/0/default.jpg", (full.width, full.height), limits, version).size
    assert got == box.extent or not limits.allow(box.extent)


@given(extents, sides, sides)
def test_confined_size_touches_one_bound(full, width, height):
    got = drawn("full", f"^!{width},{height}", (full.width, full.height))
    assert got[0] <= width and got[1] <= height
    assert got[0] == width or got[1] == height


@pytest.mark.parametrize(
    ("region", "box", "reason"),
    [
        ("full", (0, 0, 300, 200), "all of it"),
        ("square", (50, 0, 200, 200), "centred"),
        ("125,15,200,200", (125, 15, 175, 185), "cut at the edge"),
        ("299,199,1,1", (299, 199, 1, 1), "the last pixel"),
        ("0,0,9999999999,9999999999", (0, 0, 300, 200), "cut at both edges"),
        ("pct:0,0,100,100", (0, 0, 300, 200), "all of it"),
        ("pct:0,0,200,200", (0, 0, 300, 200), "cut at both edges"),
        ("pct:50,50,50,50", (150, 100, 150, 100), "a quarter"),
        ("pct:0,0,0.01,0.01", (0, 0, 1, 1), "never less than a pixel"),
        ("pct:99.99,99.99,1,1", (299, 199, 1, 1), "begins inside, so it shows something"),
    ],
)
def test_region_is_cut_to_the_image(region, box, reason):
    assert resolve_region(parse_region(region), Extent(300, 200)) == Box(*box)


def test_square_of_a_portrait_is_centred_too():
    assert resolve_region(parse_region("square"), Extent(200, 301)) == Box(0, 50, 200, 200)


def test_neighbouring_percent_regions_meet_without_gap():
    third = [
        resolve_region(parse_region(f"pct:{start},0,33.5,100"), Extent(101, 1))
        for start in ("0", "33.5", "67")
    ]
    assert [box.x + box.width for box in third] == [third[1].x, third[2].x, 101]


@pytest.mark.parametrize(
    "region", ["300,0,1,1", "0,200,1,1", "9999999999,0,1,1", "pct:100,0,1,1", "pct:0,200,1,1"]
)
def test_region_outside_the_image_is_refused(region):
    with pytest.raises(BadImageRequest, match="outside"):
        resolve_region(parse_region(region), Extent(300, 200))


@pytest.mark.parametrize(
    ("region", "size", "full", "native", "reason"),
    [
        ("1024,0,489,1024", "245,", (1513, 1030), (245, 512), "plain rounding says 513"),
        ("full", "501,", (1001, 777), (501, 389), "level of the whole image"),
        ("full", ",389", (1001, 777), (501, 389), "by its height"),
        ("full", "!501,389", (1001, 777), (501, 389), "the exact box of a level"),
        ("full", "!1024,1025", (4096, 4097), (1024, 1025), "plain fitting says 1024,1024"),
        ("full", "pct:50", (1001, 777), (501, 389), "half"),
        ("full", "pct:25", (2003, 2001), (501, 501), "a quarter; plain rounding says 500"),
        ("3072,0,1,1024", "1,", (3073, 3073), (1, 512), "an edge of one pixel"),
        ("3072,0,1,1024", "max", (3073, 3073), (1, 1024), "max is never a level"),
    ],
)
@pytest.mark.parametrize("version", ApiVersion)
def test_native_tile_keeps_its_native_size(region, size, full, native, reason, version):
    assert drawn(region, size, full, version=version) == native


def test_tile_of_openseadragon_issue_2701_is_1024_high_and_not_1027():
    assert drawn("2048,0,363,2048", "182,", (2411, 4096), tile_size=1024) == (182, 1024)
    assert drawn("2048,0,363,2048", "182,", (2411, 4096), tile_size=256) == (182, 1027)


def test_levels_end_with_the_first_that_fits_into_one_tile():
    assert drawn("full", "256,", (511, 512)) == (256, 257)
    assert drawn("full", ",256", (512, 511)) == (257, 256)


def test_another_tile_size_has_other_native_tiles():
    region, full = "512,0,489,512", (1001, 777)
    assert drawn(region, "245,", full, tile_size=256) == (245, 256)
    assert drawn(region, "245,", full, tile_size=512) == (245, 257)


@pytest.mark.parametrize(
    ("size", "limits", "expected", "reason"),
    [
        ("max", Limits(), (3000, 2000), "nothing limits"),
        ("max", Limits(3000), (3000, 2000), "just within"),
        ("max", Limits(1500), (1500, 1000), "a width limits the height too"),
        ("max", Limits(3000, 1000), (1500, 1000), "height decides"),
        ("max", Limits(max_area=1_500_000), (1500, 1000), "area decides"),
        ("max", Limits(1), (1, 1), "never less than a pixel"),
        ("^max", Limits(), (3000, 2000), "no limit to grow to"),
        ("^max", Limits(6000), (6000, 4000), "grows to the limit"),
        ("^max", Limits(6000, 2000), (3000, 2000), "height decides"),
        ("^max", Limits(max_area=24_000_000), (6000, 4000), "grows to the area"),
        ("^max", Limits(1500), (1500, 1000), "shrinks to the limit"),
        ("!1000,1000", Limits(300), (300, 200), "a confined size shrinks to the limit"),
        ("^!9000,9000", Limits(6000), (6000, 4000), "a confined size grows to the limit"),
        ("^!9000,9000", Limits(9000, max_area=6_000_000), (3000, 2000), "and to the area"),
    ],
)
def test_limits_shape_what_has_no_exact_size(size, limits, expected, reason):
    assert drawn("full", size, (3000, 2000), limits) == expected


@pytest.mark.parametrize(
    "size", ["1501,", ",1001", "1501,10", "10,1501", "pct:51", "^1501,", "^6000,4000"]
)
def test_exact_size_above_the_limits_is_refused(size):
    with pytest.raises(BadImageRequest):
        drawn("full", size, (3000, 2000), Limits(1500, max_area=1_500_000))


def test_area_limit_holds_for_strips():
    assert drawn("full", "max", (30_000, 1), Limits(max_area=100)) == (100, 1)
    assert drawn("full", "max", (1, 30_000), Limits(max_area=100)) == (1, 100)
    assert drawn("full", "max", (2, 60_000), Limits(max_area=100)) == (1, 100)


def test_area_limit_holds_after_rounding():
    for area in range(1, 400):
        width, height = drawn("full", "max", (20, 33), Limits(max_area=area))
        assert width * height <= area


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"max_height": 5}, "a height needs a width"),
        ({"max_width": 0}, "below one pixel"),
        ({"max_area": -1}, "below one pixel"),
    ],
)
def test_limits_that_cannot_be_declared_are_refused(limits, reason):
    with pytest.raises(ValueError, match=r"pixel|maxWidth"):
        Limits(**limits)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("600,", (600, 400)),
        (",400", (600, 400)),
        ("600,10", (600, 10)),
        ("pct:200", (600, 400)),
        ("max", (300, 200)),
        ("full", (300, 200)),
        ("!600,600", (300, 200)),
    ],
)
def test_version_2_enlarges_what_names_its_size(size, expected):
    assert drawn("full", size, (300, 200), Limits(1000), V2) == expected


def test_version_2_enlarges_within_the_limits():
    with pytest.raises(BadImageRequest, match="limits"):
        drawn("full", "1001,", (300, 200), Limits(1000), V2)


@pytest.mark.parametrize(
    ("size", "refused", "reason"),
    [
        ("!301,201", True, "larger on both sides"),
        ("!300,201", False, "fits one side exactly"),
        ("!301,200", False, "fits the other side exactly"),
        ("!100,9000", False, "smaller than the region"),
        ("^!301,201", False, "asks for it"),
        ("max", False, "no confined size"),
    ],
)
def test_confined_oversize_can_please_the_validator(size, refused, reason):
    drawn("full", size, (300, 200), confined_oversize=ConfinedOversize.SPEC)
    try:
        drawn("full", size, (300, 200), confined_oversize=ConfinedOversize.VALIDATOR)
    except BadImageRequest:
        assert refused
    else:
        assert not refused


def test_confined_oversize_is_never_refused_in_version_2():
    option = {"confined_oversize": ConfinedOversize.VALIDATOR}
    assert drawn("full", "!999,999", (300, 200), version=V2, **option) == (300, 200)


def test_size_without_sides_is_refused():
    asked = replace(parse("full/max/0/default.jpg", V3), size=PixelSize(None, None))
    with pytest.raises(BadImageRequest):
        resolve(asked, Extent(1, 1), UNLIMITED, version=V3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("full/max/0/default.jpg", "full/max/360/color.jpg"),
        ("full/max/90/gray.png", "0,0,300,200/300,/90.0/gray.png"),
        ("square/100,/0/default.jpg", "50,0,200,200/pct:50/0/default.jpg"),
    ],
)
def test_equal_pictures_have_equal_plans(one, other):
    assert plan(one, (300, 200)) == plan(other, (300, 200))
    assert hash(plan(one, (300, 200))) == hash(plan(other, (300, 200)))


@pytest.mark.parametrize(
    ("asked", "version_3", "version_2", "reason"),
    [
        ("full/max/0/default.jpg", "full/max", "full/full", "all of it"),
        ("full/300,200/0/default.jpg", "full/max", "full/full", "the same by numbers"),
        ("0,0,300,200/150,/0/default.jpg", "full/150,100", "full/150,", "the whole is full"),
        ("full/150,10/0/default.jpg", "full/150,10", "full/150,10", "distorted"),
        ("full/^max/0/default.jpg", "full/^max", "full/600,", "enlarged to the limit"),
        ("full/^450,/0/default.jpg", "full/^450,300", "full/450,", "enlarged"),
        ("full/^30,201/0/default.jpg", "full/^30,201", "full/30,201", "enlarged on one side"),
        ("square/max/0/default.jpg", "50,0,200,200/max", "50,0,200,200/full", "square"),
        ("pct:0,0,50,50/max/0/default.jpg", "0,0,150,100/max", "0,0,150,100/full", "percent"),
    ],
)
def test_canonical_spells_region_and_size(asked, version_3, version_2, reason):
    limits = Limits(600)
    got = plan(asked, (300, 200), limits)
    full = Extent(300, 200)
    assert canonical(got, full, V3, limits=limits) == f"{version_3}/0/default.jpg"
    assert canonical(got, full, V2, limits=limits) == f"{version_2}/0/default.jpg"


def test_canonical_max_is_what_the_limits_leave():
    got = plan("full/!900,900/0/default.jpg", (3000, 2000), Limits(300))
    assert canonical(got, Extent(3000, 2000), V3, limits=Limits(300)) == "full/max/0/default.jpg"
    assert canonical(got, Extent(3000, 2000), V3) == "full/300,200/0/default.jpg"


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("!360.0/color.png", "!0/default.png"),
        ("22.50/gray.tif", "22.5/gray.tif"),
        (".5/bitonal.gif", "0.5/bitonal.gif"),
        ("090/default.webp", "90/default.webp"),
    ],
)
def test_canonical_spells_rotation_quality_and_format(ending, expected):
    got = plan(f"full/max/{ending}", (300, 200))
    for version, size in ((V3, "max"), (V2, "full")):
        assert canonical(got, Extent(300, 200), version) == f"full/{size}/{expected}"


def test_plan_made_by_hand_with_color_is_spelled_default():
    got = replace(plan("full/max/0/default.jpg", (9, 9)), quality=Quality.COLOR)
    assert canonical(got, Extent(9, 9), V3) == "full/max/0/default.jpg"


def test_huge_numbers_are_exact():
    nines = 9_999_999_999
    assert drawn("full", f"^{nines},", (nines, 1)) == (nines, 1)
    with pytest.raises(BadImageRequest):
        drawn("full", f"^pct:{nines}.{nines}", (nines, nines), Limits(10_000))
    assert plan("full/max/359.9999999999/default.jpg", (1, 1)).degrees == Decimal("359.9999999999")


@pytest.mark.parametrize(
    ("size", "degrees", "drawn", "reason"),
    [
        ("^40000,1", "45", False, "40 000 pixels of strip would make 800 million of canvas"),
        ("^1,40000", "0.5", False, "a little turn of a long strip is wide as well"),
        ("^40000,1", "0", True, "not turned"),
        ("^40000,1", "270", True, "a quarter turn covers no more"),
        ("^200,200", "45", True, "a square of the largest area covers twice as much"),
        ("^244,163", "45", True, "and a picture of 3 to 2 a little more"),
        ("^400,1", "45", True, "a strip that is short enough"),
    ],
)
def test_what_a_turned_picture_covers_is_limited(size, degrees, drawn, reason):
    tail = f"full/{size}/{degrees}/default.jpg"
    limits = Limits(max_area=40_000)
    if not drawn:
        with pytest.raises(BadImageRequest, match="Turned by"):
            plan(tail, (300, 200), limits)
        return
    got = plan(tail, (300, 200), limits)
    assert got.canvas.width * got.canvas.height <= 3 * 40_000, reason


@pytest.mark.parametrize("degrees", ["0", "90", "180", "270", "360", "45", "22.5", "359.9"])
def test_canvas_is_what_pillow_draws(degrees):
    got = plan(f"full/max/{degrees}/default.jpg", (300, 200))
    turned = Image.new("L", (300, 200)).rotate(-float(degrees), expand=True)
    assert 0 <= got.canvas.width - turned.width <= 2
    assert 0 <= got.canvas.height - turned.height <= 2
    if got.degrees % 90 == 0:
        assert turned.size == (got.canvas.width, got.canvas.height)
