import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_pictures import (
    LEVEL_COLOURS,
    LevelCodedPack,
    coordinates,
    corners,
    opened,
    pack_of,
    plan,
    quarters,
)
from PIL import Image, ImageChops, ImageStat

from dam.iiif.geometry import Extent
from dam.iiif.image_request import Format, Quality
from dam.iiif.tiles import Pyramid
from dam.imaging.encoding import TooLargeForFormat
from dam.imaging.packs import DamagedPack
from dam.imaging.render import peak_bytes, render, touched, turned_size
from dam.imaging.resampling import Window, resample

WIDTH, HEIGHT = 1501, 1103


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    return pack_of(coordinates(WIDTH, HEIGHT), tmp_path_factory.mktemp("pack"))


def place(colour):
    """Where in the picture of coordinates a colour belongs, in pixels."""
    return colour[0] * (WIDTH - 1) / 255, colour[1] * (HEIGHT - 1) / 255


@st.composite
def plans(draw):
    x, y = draw(st.integers(0, WIDTH - 1)), draw(st.integers(0, HEIGHT - 1))
    width, height = draw(st.integers(1, WIDTH - x)), draw(st.integers(1, HEIGHT - y))
    size = draw(st.integers(1, 400)), draw(st.integers(1, 400))
    return plan((x, y, width, height), size)


@given(asked=plans())
def test_any_region_at_any_size_has_that_size_and_shows_that_place(pack, asked):
    drawn = opened(render(asked, pack))
    assert drawn.size == (asked.size.width, asked.size.height)
    region = asked.region
    across, down = region.width / drawn.width, region.height / drawn.height
    for x, y in [
        (0, 0),
        (drawn.width // 2, drawn.height // 2),
        (drawn.width - 1, drawn.height - 1),
    ]:
        seen = place(drawn.getpixel((x, y)))
        expected = region.x + (x + 0.5) * across - 0.5, region.y + (y + 0.5) * down - 0.5
        assert abs(seen[0] - expected[0]) <= 20 + across, "three levels of 255, and half a pixel"
        assert abs(seen[1] - expected[1]) <= 17 + down


@pytest.mark.parametrize(
    ("region", "size", "scale", "reason"),
    [
        ((0, 0, 1000, 800), (1000, 800), 1, "nothing is scaled"),
        ((0, 0, 1000, 800), (501, 401), 1, "half would be too small"),
        ((0, 0, 1000, 800), (500, 400), 2, "half is just enough"),
        ((0, 0, 1000, 800), (400, 320), 2, "between half and a quarter"),
        ((0, 0, 1000, 800), (250, 200), 4, "exactly a quarter"),
        ((0, 0, 1000, 800), (64, 51), 8, "between levels"),
        ((0, 0, 1000, 800), (10, 8), 16, "the smallest level there is"),
        ((0, 0, 1000, 800), (1, 1), 16, "the smallest level there is"),
        ((0, 0, 1000, 800), (500, 100), 2, "the wider need decides"),
        ((100, 100, 100, 100), (200, 200), 1, "enlarged from full size"),
        ((640, 512, 360, 288), (45, 36), 8, "a region counts, not the whole"),
    ],
)
def test_smallest_level_that_is_not_too_small_is_drawn_from(region, size, scale, reason):
    source = LevelCodedPack(1000, 800)
    drawn = opened(render(plan(region, size), source))
    expected = LEVEL_COLOURS[scale.bit_length() - 1]
    middle = drawn.getpixel((drawn.width // 2, drawn.height // 2))
    assert all(abs(a - b) < 4 for a, b in zip(middle, expected, strict=True)), reason
    assert touched(plan(region, size), source.pyramid).scale == scale


def test_level_sizes_that_were_rounded_up_are_drawn_from_their_level():
    pyramid = Pyramid(Extent(6001, 4003))
    for level in pyramid.sizes:
        patch = touched(plan((0, 0, 6001, 4003), (level.width, level.height)), pyramid)
        assert pyramid.level(patch.scale) == level


def test_only_the_tiles_that_are_touched_are_read(pack):
    pack.taken.clear()
    render(plan((500, 500, 20, 20), (20, 20)), pack)
    assert sorted(pack.taken) == sorted(
        pack.pyramid.tile_name(1, column, row) for column in (0, 1) for row in (0, 1)
    )
    pack.taken.clear()
    render(plan((0, 0, WIDTH, HEIGHT), (300, 220)), pack)
    assert pack.taken == [pack.pyramid.tile_name(4, 0, 0)]


def test_squeezed_pictures_do_not_decode_the_full_size():
    """30000 by 1 of a square of 900 megapixels is drawn from a level of 16 megapixels at most."""
    pyramid = Pyramid(Extent(30_000, 30_000))
    squeezed = plan((0, 0, 30_000, 30_000), (30_000, 1))
    assert touched(squeezed, pyramid).tiles * 512**2 <= 16_000_000
    assert peak_bytes(squeezed, pyramid) < 200_000_000


@given(
    st.integers(1, 60_000), st.integers(1, 60_000), st.integers(1, 60_000), st.integers(1, 60_000)
)
def test_work_is_in_proportion_to_what_is_drawn(width, height, wide, high):
    pyramid = Pyramid(Extent(width, height))
    asked = plan((0, 0, width, height), (min(wide, width), min(high, height)))
    decoded = touched(asked, pyramid).tiles * 512**2
    assert decoded <= max(16_000_000, 8 * asked.size.width * asked.size.height)


def test_native_tile_in_another_format_has_the_pixels_of_the_tile(pack):
    """The last column of a level was rounded up, and is drawn as it is stored."""
    pyramid = pack.pyramid
    for scale in (1, 2):
        columns, rows = pyramid.grid(scale)
        region = pyramid.tile_region(scale, columns - 1, rows - 1)
        stored = opened(pack.read(pyramid.tile_name(scale, columns - 1, rows - 1)))
        asked = plan((region.x, region.y, region.width, region.height), stored.size)
        assert opened(render(asked, pack)).tobytes() == stored.tobytes()


@pytest.mark.parametrize(
    ("options", "expected", "reason"),
    [
        ({}, "RGBW", "as it is"),
        ({"mirror": True}, "GRWB", "mirrored left to right"),
        ({"degrees": "90"}, "WRGB", "clockwise"),
        ({"degrees": "180"}, "BWRG", "upside down"),
        ({"degrees": "270"}, "GBWR", "anticlockwise"),
        ({"degrees": "90.0"}, "WRGB", "the same number"),
        ({"degrees": "360"}, "RGBW", "a full turn"),
        ({"mirror": True, "degrees": "90"}, "BGRW", "mirror first"),
    ],
)
def test_mirror_comes_before_rotation_and_rotation_is_clockwise(
    tmp_path, options, expected, reason
):
    source = pack_of(corners(), tmp_path)
    drawn = opened(render(plan((0, 0, 64, 48), (64, 48), **options), source))
    turned = Decimal(options.get("degrees", "0")) % 180 == 90
    assert drawn.size == ((48, 64) if turned else (64, 48))
    assert quarters(drawn) == expected, reason


@pytest.mark.parametrize("format_", list(Format))
def test_other_angles_enlarge_the_canvas_and_are_transparent_where_they_can_be(tmp_path, format_):
    source = pack_of(Image.new("RGB", (200, 100), (200, 30, 40)), tmp_path)
    drawn = opened(render(plan((0, 0, 200, 100), (200, 100), degrees="45", format=format_), source))
    assert all(abs(side - 300 / 2**0.5) <= 3 for side in drawn.size)
    corner = drawn.convert("RGBA").getpixel((2, 2))
    if format_ in {Format.JPG, Format.GIF}:
        assert min(corner) > 245
    else:
        assert corner[3] == 0
    middle = drawn.convert("RGB").getpixel((drawn.width // 2, drawn.height // 2))
    assert all(abs(a - b) < 12 for a, b in zip(middle, (200, 30, 40), strict=True))


@pytest.mark.parametrize("format_", list(Format))
@pytest.mark.parametrize("quality", list(Quality))
def test_every_quality_in_every_format_has_its_kind_of_pixels(pack, format_, quality):
    asked = plan((100, 100, 600, 400), (150, 100), quality=quality, format=format_)
    content = render(asked, pack)
    drawn = opened(content)
    pillow_name = {"jpg": "JPEG", "tif": "TIFF"}.get(format_, format_.upper())
    assert (drawn.format, drawn.size) == (pillow_name, (150, 100))
    if quality is Quality.BITONAL and format_ in {Format.PNG, Format.TIF}:
        assert drawn.mode == "1"
    if quality is Quality.BITONAL and format_ in {Format.PNG, Format.TIF, Format.GIF}:
        assert {colour for _, colour in drawn.convert("L").getcolors()} <= {0, 255}
    if quality in {Quality.GRAY, Quality.BITONAL}:
        red, green, blue = drawn.convert("RGB").split()
        assert ImageStat.Stat(ImageChops.difference(red, green)).mean[0] < 0.1
        assert ImageStat.Stat(ImageChops.difference(red, blue)).mean[0] < 0.1
        assert drawn.mode in {"1", "L", "P"} or format_ in {Format.WEBP, Format.AVIF}
    else:
        assert drawn.convert("RGB").getpixel((0, 0)) != drawn.convert("RGB").getpixel((149, 99))


def test_gray_packs_are_drawn_in_gray(tmp_path):
    source = pack_of(coordinates(700, 500).convert("L"), tmp_path)
    assert source.grayscale
    for format_ in (Format.JPG, Format.PNG, Format.TIF):
        asked = plan((0, 0, 700, 500), (70, 50), quality=Quality.COLOR, format=format_)
        assert opened(render(asked, source)).mode == "L"


def test_equal_plans_give_equal_bytes(pack):
    asked = plan((13, 17, 1000, 900), (333, 301), format=Format.JPG)
    assert render(asked, pack) == render(asked, pack)


def test_quality_of_jpeg_is_a_choice(pack):
    asked = plan((13, 17, 1000, 900), (333, 301), format=Format.JPG)
    assert len(render(asked, pack, jpeg_quality=40)) < len(render(asked, pack))


@pytest.mark.parametrize(
    ("format_", "width"), [(Format.WEBP, 16_384), (Format.JPG, 65_501), (Format.GIF, 65_536)]
)
def test_size_that_a_format_cannot_hold_is_refused(tmp_path, format_, width):
    source = pack_of(Image.new("L", (100, 1), 9), tmp_path)
    with pytest.raises(TooLargeForFormat, match="pixels a side"):
        render(plan((0, 0, 100, 1), (width, 1), format=format_), source)


def test_size_that_a_format_cannot_hold_is_refused_before_any_tile_is_read(tmp_path):
    source = pack_of(Image.new("L", (100, 1), 9), tmp_path)
    with pytest.raises(TooLargeForFormat):
        render(plan((0, 0, 100, 1), (65_501, 1), format=Format.JPG), source)
    assert source.taken == []


@given(
    size=st.tuples(st.integers(1, 60), st.integers(1, 60)),
    degrees=st.sampled_from(["0", "90", "180", "270", "360"])
    | st.decimals(0, 360, places=3).map(str),
)
def test_size_after_a_turn_is_known_before_anything_is_drawn(pack, size, degrees):
    asked = plan((0, 0, 60, 60), size, degrees=degrees, format=Format.PNG)
    assert turned_size(asked) == opened(render(asked, pack)).size


def test_picture_that_its_turn_makes_too_large_is_refused_before_any_tile_is_read(tmp_path):
    source = pack_of(Image.new("L", (100, 1), 9), tmp_path)
    with pytest.raises(TooLargeForFormat):
        render(plan((0, 0, 100, 1), (16_383, 40), degrees="0.1", format=Format.WEBP), source)
    assert source.taken == []


def test_tile_that_cannot_be_decoded_is_the_fault_of_the_pack(pack):
    class Broken:
        pyramid = pack.pyramid
        grayscale = False

        def read(self, name):
            return pack.read(name)[:300]

    with pytest.raises(DamagedPack):
        render(plan((0, 0, 100, 100), (50, 50)), Broken())


@given(
    left=st.integers(0, 400),
    top=st.integers(0, 400),
    eighths=st.tuples(st.integers(0, 7), st.integers(0, 7)),
    size=st.tuples(st.integers(20, 260), st.integers(20, 260)),
    shrink=st.tuples(st.floats(0.7, 3), st.floats(0.7, 3)),
)
def test_windows_between_pixels_are_drawn_where_they_are(left, top, eighths, size, shrink):
    """Ramps show a shift: libvips and Pillow agree within a tenth of a drawn pixel."""
    window = Window(
        left + eighths[0] / 8, top + eighths[1] / 8, size[0] * shrink[0], size[1] * shrink[1]
    )
    ramp = Image.merge("RGB", [steps(0, 1), steps(1, 0), Image.new("L", (1200, 1200))])
    drawn = resample(ramp, window, Extent(*size))
    exact = ramp.resize(size, Image.Resampling.LANCZOS, box=box(window))
    inner = (4, 4, size[0] - 4, size[1] - 4)
    difference = ImageChops.difference(drawn.crop(inner), exact.crop(inner))
    mean = ImageStat.Stat(difference).mean
    assert mean[0] < 0.1 * 0.2 * shrink[0] + 0.6 and mean[1] < 0.1 * 0.2 * shrink[1] + 0.6


def steps(down, across):
    row = bytes(min(255, place * 255 // 1199) for place in range(1200))
    picture = Image.frombytes("L", (1200, 1), row).resize((1200, 1200), Image.Resampling.NEAREST)
    return picture.transpose(Image.Transpose.TRANSPOSE) if down else picture


def box(window):
    return window.left, window.top, window.left + window.width, window.top + window.height


VALIDATED = [
    ((100, 200, 100, 100), (100, 100)),
    ((100, 200, 100, 100), (37, 37)),
    ((100, 200, 100, 100), (250, 250)),
    ((100, 200, 300, 200), (150, 100)),
    ((0, 0, 1000, 1000), (500, 500)),
    ((0, 0, 1000, 1000), (300, 450)),
    ((0, 0, 1000, 1000), (350, 750)),
    ((150, 250, 700, 500), (350, 250)),
    ((33, 47, 901, 803), (450, 401)),
]


@pytest.mark.shared
@pytest.mark.parametrize("format_", list(Format))
@pytest.mark.parametrize(("region", "size"), VALIDATED)
def test_colours_stay_within_what_the_validator_allows(shared, tmp_path, region, size, format_):
    """The picture of the IIIF validator has ten by ten squares; it allows ±5 for each colour."""
    (path,) = (shared / "fixtures" / "iiif" / "image-validator").glob("67352*.png")
    picture = Image.open(path).convert("RGB")
    source = pack_of(picture, tmp_path, jpeg_quality=85)
    drawn = opened(render(plan(region, size, format=format_), source)).convert("RGB")
    for column in range(10):
        for row in range(10):
            x, y = column * 100 + 50, row * 100 + 50
            inside = region[0] <= x - 20 and x + 20 < region[0] + region[2]
            if inside and region[1] <= y - 20 and y + 20 < region[1] + region[3]:
                at = (
                    int((x - region[0]) * size[0] / region[2]),
                    int((y - region[1]) * size[1] / region[3]),
                )
                seen, expected = drawn.getpixel(at), picture.getpixel((x, y))
                assert all(abs(a - b) <= 5 for a, b in zip(seen, expected, strict=True)), (x, y)


def test_pictures_are_close_to_what_pillow_makes_of_the_master(tmp_path):
    master = coordinates(900, 700)
    for x in range(0, 900, 30):
        master.paste((x % 256, 30, 200), (x, x * 7 // 9, x + 12, x * 7 // 9 + 40))
    source = pack_of(master, tmp_path)
    drawn = opened(render(plan((0, 0, 900, 700), (201, 157)), source))
    exact = master.resize((201, 157), Image.Resampling.LANCZOS)
    rms = ImageStat.Stat(ImageChops.difference(drawn, exact)).rms
    assert max(rms) < 6  # 32 dB


def test_drawings_carry_no_metadata(pack):
    for format_ in Format:
        content = render(plan((0, 0, 200, 200), (100, 100), format=format_), pack)
        assert not Image.open(io.BytesIO(content)).getexif() or format_ is Format.TIF
