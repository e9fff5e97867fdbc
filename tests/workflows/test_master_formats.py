"""Every format of a master goes in, and comes out as info.json and tiles that show the picture."""

import io
import json

import pytest
import pyvips
from imaging.made_pictures import corners, opened, psd, quarters
from PIL import Image
from werkzeug.test import Client

from dam.imaging.runtime import start_libvips
from dam.web.application import create_service
from dam.workflows import ingest
from dam.workflows.ingest import State

BY = "http://creativecommons.org/licenses/by/4.0/"
WIDE, HIGH = 640, 520  # two tiles across and two down, and one level above


def saved(picture: Image.Image, name: str, **options: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, Image.registered_extensions()["." + name.rpartition(".")[2]], **options)
    return written.getvalue()


def by_libvips(suffix: str, *, space: str | None = None, bits: int = 8, **options: object) -> bytes:
    """The corners in another colour space or depth, as libvips writes them."""
    start_libvips()
    picture = corners(WIDE, HIGH)
    image = pyvips.Image.new_from_memory(picture.tobytes(), WIDE, HIGH, 3, "uchar")
    image = image.copy(interpretation="srgb")
    if bits == 16:
        image = (image.cast("ushort") * 257).cast("ushort").copy(interpretation="rgb16")
    if space is not None:
        image = image.colourspace(space)
    return image.write_to_buffer(suffix, **options)


def tiff(**options: object) -> bytes:
    return by_libvips(".tif", **options)


def saved_lab() -> bytes:
    """Eight bits of CIELAB, as Photoshop and libtiff write it."""
    start_libvips()
    picture = corners(WIDE, HIGH)
    image = pyvips.Image.new_from_memory(picture.tobytes(), WIDE, HIGH, 3, "uchar")
    return image.copy(interpretation="srgb").colourspace("lab").write_to_buffer(".tif", bitdepth=8)


def with_alpha(name: str, mode: str = "RGBA", **options: object) -> bytes:
    """Opaque but for its lower left quarter, which is red and not to be seen."""
    picture = corners(WIDE, HIGH)
    picture.paste((255, 0, 0), (0, HIGH // 2, WIDE // 2, HIGH))
    alpha = Image.new("L", picture.size, 255)
    alpha.paste(0, (0, HIGH // 2, WIDE // 2, HIGH))
    picture = picture.convert(mode)
    picture.putalpha(alpha)
    return saved(picture, name, **options)


def pages(name: str, **options: object) -> bytes:
    others = [Image.new("RGB", (WIDE, HIGH), (9, 9, 9))]
    return saved(corners(WIDE, HIGH), name, save_all=True, append_images=others, **options)


def colours(picture: Image.Image) -> str:
    """Name the quarters, on white, clockwise from the upper left; inks are duller than light."""
    width, height = picture.size
    page = Image.new("RGBA", picture.size, "white")
    picture = Image.alpha_composite(page, picture.convert("RGBA"))
    found = ""
    for x, y in ((1, 1), (3, 1), (3, 3), (1, 3)):
        light = picture.convert("RGB").getpixel((width * x // 4, height * y // 4))
        found += "W" if min(light) > 200 else "RGB"[light.index(max(light))]
    return found


COLOUR, GRAY = "RGBW", "gray"
MASTERS = [
    # name, bytes, what the quarters show
    ("striped.tif", tiff, COLOUR),
    ("tiled.tif", lambda: tiff(tile=True), COLOUR),
    ("lzw.tif", lambda: tiff(compression="lzw"), COLOUR),
    ("lzw tiled predictor.tif", lambda: tiff(compression="lzw", predictor="horizontal", tile=True),
     COLOUR),
    ("deflate.tif", lambda: tiff(compression="deflate"), COLOUR),
    ("deflate tiled.tif", lambda: tiff(compression="deflate", tile=True), COLOUR),
    ("jpeg.tif", lambda: tiff(compression="jpeg", Q=90), COLOUR),
    ("jpeg tiled.tif", lambda: tiff(compression="jpeg", Q=90, tile=True), COLOUR),
    ("packbits.tif", lambda: tiff(compression="packbits"), COLOUR),
    ("pyramid.tif", lambda: tiff(tile=True, pyramid=True), COLOUR),
    ("big.tif", lambda: tiff(bigtiff=True, tile=True), COLOUR),
    ("16 striped.tif", lambda: tiff(bits=16), COLOUR),
    ("16 tiled.tif", lambda: tiff(bits=16, tile=True), COLOUR),
    ("16 lzw.tif", lambda: tiff(bits=16, compression="lzw", predictor="horizontal"), COLOUR),
    ("16 deflate tiled.tif", lambda: tiff(bits=16, compression="deflate", tile=True), COLOUR),
    ("cmyk.tif", lambda: tiff(space="cmyk"), COLOUR),
    ("cmyk lzw tiled.tif", lambda: tiff(space="cmyk", compression="lzw", tile=True), COLOUR),
    ("lab.tif", lambda: tiff(space="labs"), COLOUR),
    ("lab 8.tif", saved_lab, COLOUR),
    ("gray.tif", lambda: tiff(space="b-w"), GRAY),
    ("gray 16.tif", lambda: tiff(bits=16, space="grey16", tile=True), GRAY),
    ("alpha.tif", lambda: with_alpha("a.tif"), COLOUR),
    ("alpha lzw.tif", lambda: with_alpha("a.tif", compression="tiff_lzw"), COLOUR),
    ("pages.tif", lambda: pages("a.tif"), COLOUR),
    ("rgb.jpg", lambda: saved(corners(WIDE, HIGH), "a.jpg", quality=95), COLOUR),
    ("progressive.jpg", lambda: saved(corners(WIDE, HIGH), "a.jpg", progressive=True), COLOUR),
    ("cmyk.jpg", lambda: saved(corners(WIDE, HIGH).convert("CMYK"), "a.jpg"), COLOUR),
    ("gray.jpg", lambda: saved(corners(WIDE, HIGH).convert("L"), "a.jpg"), GRAY),
    ("rgb.png", lambda: saved(corners(WIDE, HIGH), "a.png"), COLOUR),
    ("16.png", lambda: by_libvips(".png", bits=16), COLOUR),
    ("interlaced.png", lambda: by_libvips(".png", interlace=True), COLOUR),
    ("alpha.png", lambda: with_alpha("a.png"), COLOUR),
    ("palette.png", lambda: saved(corners(WIDE, HIGH).convert("P"), "a.png"), COLOUR),
    ("lossy.webp", lambda: saved(corners(WIDE, HIGH), "a.webp"), COLOUR),
    ("lossless.webp", lambda: saved(corners(WIDE, HIGH), "a.webp", lossless=True), COLOUR),
    ("alpha.webp", lambda: with_alpha("a.webp", lossless=True), COLOUR),
    ("moving.webp", lambda: pages("a.webp", lossless=True), COLOUR),
    ("rgb.avif", lambda: saved(corners(WIDE, HIGH), "a.avif"), COLOUR),
    ("alpha.avif", lambda: with_alpha("a.avif"), COLOUR),
    ("still.gif", lambda: saved(corners(WIDE, HIGH).convert("P"), "a.gif"), COLOUR),
    ("moving.gif", lambda: pages("a.gif"), COLOUR),
    ("rgb.jp2", lambda: saved(corners(WIDE, HIGH), "a.jp2"), COLOUR),
    ("tiled.jp2", lambda: saved(corners(WIDE, HIGH), "a.jp2", tile_size=(256, 256)), COLOUR),
    ("gray.jp2", lambda: saved(corners(WIDE, HIGH).convert("L"), "a.jp2"), GRAY),
    ("codestream.j2k", lambda: saved(corners(WIDE, HIGH), "a.j2k"), COLOUR),
    ("merged.psd", lambda: psd(corners(WIDE, HIGH)), COLOUR),
]  # fmt: skip
SEVERAL = {"pages.tif", "moving.webp", "moving.gif"}


def take_in(archive, darkroom, name: str, content: bytes):
    path = darkroom.directory / name
    path.write_bytes(content)
    [outcome] = darkroom.take(path, rights=BY, public=True)
    assert outcome.state is State.TAKEN_IN, outcome
    darkroom.work()
    assert ingest.settled(archive, outcome).state is State.READY
    return outcome


@pytest.fixture
def client(archive) -> Client:
    return Client(create_service(archive, b"k" * 32))


def info(client: Client, one: str, version: int = 3) -> dict:
    answer = client.get(f"/iiif/{version}/{one}/info.json")
    assert answer.status_code == 200
    return json.loads(answer.data)


def picture(client: Client, one: str, tail: str, version: int = 3) -> Image.Image:
    answer = client.get(f"/iiif/{version}/{one}/{tail}")
    assert answer.status_code == 200, (tail, answer.data)
    return opened(answer.data)


@pytest.mark.parametrize(("name", "make", "shows"), MASTERS, ids=[row[0] for row in MASTERS])
def test_a_master_is_served_as_what_it_shows(archive, darkroom, client, name, make, shows):
    outcome = take_in(archive, darkroom, name, make())
    for version in (2, 3):
        described = info(client, outcome.id, version)
        assert (described["width"], described["height"]) == (WIDE, HIGH)
        [level] = [each for each in described["sizes"] if each["width"] == WIDE // 2]
        assert level["height"] == HIGH // 2
    whole = picture(client, outcome.id, f"full/{WIDE // 2},{HIGH // 2}/0/default.jpg")
    corner = picture(client, outcome.id, f"512,512,{WIDE - 512},{HIGH - 512}/128,8/0/default.jpg")
    assert whole.size == (WIDE // 2, HIGH // 2) and corner.size == (128, 8)
    drawn = picture(client, outcome.id, "full/!90,90/0/default.png")
    if shows == GRAY:
        assert whole.mode == corner.mode == "L"
        lights = [drawn.convert("L").getpixel(place) for place in ((20, 20), (60, 20), (60, 50))]
        assert lights[1] > lights[0] > lights[2], "green, red and blue differ in lightness"
    else:
        assert colours(whole) == colours(drawn) == COLOUR
        assert colours(corner) == "BBBB", "the last tile is within the blue quarter"
    several = [note for note in outcome.notes if "first" in note]
    assert bool(several) == (name in SEVERAL)


TURNED = [(".jpg", {"quality": 95}), (".tif", {}), (".png", {}), (".webp", {"lossless": True})]
# How the corners R G B W stand, clockwise from the upper left, once the picture is upright.
UPRIGHT = {1: "RGBW", 2: "GRWB", 3: "BWRG", 4: "WBGR", 5: "RWBG", 6: "WRGB", 7: "BGRW", 8: "GBWR"}


@pytest.mark.parametrize("orientation", UPRIGHT)
@pytest.mark.parametrize(("ending", "options"), TURNED, ids=[ending for ending, _ in TURNED])
def test_a_turned_master_is_served_upright(archive, darkroom, client, ending, options, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = saved(corners(64, 48), f"a{ending}", exif=exif, **options)
    one = take_in(archive, darkroom, f"turned{ending}", content).id
    described = info(client, one)
    size = (64, 48) if orientation < 5 else (48, 64)
    assert (described["width"], described["height"]) == size
    tile = picture(client, one, "full/max/0/default.jpg")
    assert tile.size == size
    assert quarters(tile) == UPRIGHT[orientation]


THIN = [(1, 1), (30_000, 1), (1, 30_000)]


@pytest.mark.parametrize("ending", [".jpg", ".png", ".tif"])
@pytest.mark.parametrize("size", THIN)
def test_the_smallest_and_the_thinnest_are_served(archive, darkroom, client, size, ending):
    one = take_in(
        archive, darkroom, f"thin{ending}", saved(Image.new("RGB", size), "a" + ending)
    ).id
    for version in (2, 3):
        described = info(client, one, version)
        assert (described["width"], described["height"]) == size
        for listed in described["sizes"]:
            tail = f"full/{listed['width']},{listed['height']}/0/default.jpg"
            found = picture(client, one, tail, version)
            assert found.size == (listed["width"], listed["height"])
    last = tuple(side - (side - 1) // 512 * 512 for side in size)
    start = tuple(side - kept for side, kept in zip(size, last, strict=True))
    region = f"{start[0]},{start[1]},{last[0]},{last[1]}"
    assert picture(client, one, f"{region}/max/0/default.jpg").size == last
    assert max(picture(client, one, "full/!100,100/0/default.jpg").size) == min(100, max(size))
    assert client.get(f"/p/{one}").status_code == 200
    assert client.get(f"/manifests/3/{one}/manifest.json").status_code == 200
