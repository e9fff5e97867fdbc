"""Thumbnails in a pack: those that viewers ask for, drawn as a request would draw them."""

import shutil
import zipfile

import pytest
from made_pictures import coordinates, opened, pack_on_disk, plan, save
from PIL import Image, ImageChops, ImageStat

from dam.iiif.geometry import UNLIMITED, Extent, resolve
from dam.iiif.image_request import ApiVersion, Format, parse
from dam.iiif.info import InfoFacts, info_3
from dam.iiif.tiles import Pyramid, member, thumbnail_member, thumbnail_sizes
from dam.imaging.packs import content_digest, index_members, make_pack
from dam.imaging.probe import probe
from dam.imaging.render import render
from dam.imaging.thumbnails import add_thumbnails

ASKED = (
    ("full/90,/0/default.jpg", "Universal Viewer"),
    ("full/125,/0/default.jpg", "Universal Viewer, a panel"),
    ("full/,120/0/default.jpg", "Mirador"),
    ("full/!120,120/0/default.jpg", "Mirador, without sizes"),
    ("full/!200,200/0/default.jpg", "lists"),
    ("full/200,/0/default.jpg", "lists"),
    ("full/!400,400/0/default.jpg", "lists"),
    ("full/1501,1103/0/default.jpg", "the body in our manifests"),
    ("full/751,552/0/default.jpg", "a level of more than one tile"),
)
WIDTH, HEIGHT = 1501, 1103


def made_with_thumbnails(directory, size=(WIDTH, HEIGHT), number=0):
    master = directory / "master.png"
    if not master.exists():
        save(coordinates(*size), master, compress_level=1)
    out = directory / f"{number}.zip"
    made = make_pack(master, probe(master), out, long_side=None)
    return out, add_thumbnails(out, made)


@pytest.fixture(scope="module")
def thumbnailed(tmp_path_factory):
    out, made = made_with_thumbnails(tmp_path_factory.mktemp("thumbnails"))
    return pack_on_disk(out, made)


@pytest.mark.parametrize(("tail", "reason"), ASKED)
def test_what_viewers_ask_for_is_stored(thumbnailed, tail, reason):
    full = thumbnailed.pyramid.full
    asked = resolve(parse(tail, ApiVersion.V3), full, UNLIMITED, version=ApiVersion.V3)
    name = thumbnail_member(asked, thumbnailed.pyramid)
    assert name in thumbnailed.members, reason
    picture = opened(thumbnailed.read(name))
    assert picture.size == (asked.size.width, asked.size.height)
    assert thumbnailed.read(name) == render(asked, thumbnailed)


def test_pack_holds_its_tiles_and_its_thumbnails_and_nothing_else(thumbnailed):
    pyramid = thumbnailed.pyramid
    whole = plan((0, 0, WIDTH, HEIGHT), (1, 1)).region
    thumbnails = {pyramid.name(whole, size) for size in thumbnail_sizes(pyramid)}
    assert set(thumbnailed.members) == {*pyramid.tile_names()} | thumbnails
    assert len(thumbnails) == len(ASKED) - 1, "one of them is asked for in two ways"
    with zipfile.ZipFile(thumbnailed.path) as archive:
        assert archive.testzip() is None


def test_info_json_names_the_levels_alone():
    pyramid = Pyramid(Extent(WIDTH, HEIGHT))
    sizes = info_3(InfoFacts("https://example.org/iiif/3/a", pyramid))["sizes"]
    assert sizes == [{"width": each.width, "height": each.height} for each in pyramid.sizes]


@pytest.mark.parametrize("size", [(1, 1), (90, 60), (100, 80), (512, 512), (30000, 1), (1, 3000)])
def test_thumbnails_never_enlarge_and_never_repeat_a_tile(size):
    pyramid = Pyramid(Extent(*size))
    for each in thumbnail_sizes(pyramid):
        assert each.width <= size[0] and each.height <= size[1]
        asked = plan((0, 0, *size), (each.width, each.height), format=Format.JPG)
        assert member(asked, pyramid) is None


def test_digest_is_that_of_the_pictures_and_not_of_the_zip_around_them(tmp_path):
    digests, dates = set(), set()
    for number in range(3):
        out, made = made_with_thumbnails(tmp_path, (3000, 2100), number)
        digests.add(content_digest(out, made.members))
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        for info in reversed(old.infolist()):
            again = zipfile.ZipInfo(info.filename, (2020, 2, 2, 2, 2, 2))
            other.writestr(again, old.read(info))
            dates.add(again.date_time)
    digests.add(content_digest(tmp_path / "other.zip", index_members(tmp_path / "other.zip")))
    assert len(digests) == 1 and dates == {(2020, 2, 2, 2, 2, 2)}


def test_digest_is_another_when_one_picture_is(tmp_path):
    out, made = made_with_thumbnails(tmp_path)
    before = content_digest(out, made.members)
    copy = tmp_path / "copy.zip"
    shutil.copy(out, copy)
    content = bytearray(copy.read_bytes())
    content[made.members[0].offset + 700] ^= 1
    copy.write_bytes(content)
    assert content_digest(copy, made.members) != before


def test_strips_show_what_is_drawn_at_once_but_for_rounding(tmp_path):
    """4001 by 3001 is above 8 megapixels: drawn in strips, with every row of tiles decoded once."""
    master = save(coordinates(4001, 3001), tmp_path / "a.png", compress_level=1)
    out = tmp_path / "a.zip"
    pack = pack_on_disk(out, make_pack(master, probe(master), out, long_side=None))
    for region, size in (
        ((0, 0, 4001, 3001), (3000, 2250)),
        ((7, 11, 3800, 2900), (2111, 1999)),
        ((0, 300, 4001, 2701), (2500, 2600)),
    ):
        pack.taken.clear()
        drawn = opened(render(plan(region, size), pack))
        assert len(pack.taken) == len(set(pack.taken))
        whole = opened(render(plan(region, region[2:]), pack))
        at_once = whole.resize(size, Image.Resampling.LANCZOS)
        difference = ImageChops.difference(drawn, at_once)
        assert max(high for _, high in difference.getextrema()) <= 1
        assert max(ImageStat.Stat(difference).mean) < 0.001
