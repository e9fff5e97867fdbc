"""Tiles and drawings of pictures that code their coordinates: the right pixels, to their edges.

Red is a wave across, green a wave down, two levels a pixel, so that a shift of one pixel shows;
blue grows over the whole picture, so that a wrong tile shows.
"""

import random

import numpy as np
import pytest
from made_pictures import opened, pack_of, plan
from PIL import Image

from dam.iiif.image_request import Format
from dam.imaging.render import render

SIZES = [
    (1001, 777), (4097, 2049), (513, 512), (512, 512), (511, 1), (1, 511), (513, 513), (1025, 3),
    (3, 1025), (1, 1), (2, 2), (511, 511), (100, 30), (1537, 1), (1, 1537), (30_001, 2),
]  # fmt: skip
_PERIOD = 254


def coded(width: int, height: int) -> np.ndarray:
    """The picture as levels, height by width by three."""
    down, across = np.mgrid[0:height, 0:width]
    waves = [127 - np.abs(127 - axis % _PERIOD) for axis in (across, down)]
    slow = (across / max(1, width - 1) + down / max(1, height - 1)) * 127
    return np.stack([2 * waves[0], 2 * waves[1], np.rint(slow)], axis=-1).astype("uint8")


def halved(level: np.ndarray) -> np.ndarray:
    """The next level: means of two by two, the last row and column repeated where one is over."""
    height, width = level.shape[:2]
    even = np.pad(level, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    return even.reshape(even.shape[0] // 2, 2, even.shape[1] // 2, 2, 3).mean(axis=(1, 3))


def levels(content: bytes) -> np.ndarray:
    return np.asarray(opened(content).convert("RGB")).astype(float)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_tile_of_every_level_shows_its_own_pixels(tmp_path, size):
    """JPEG of quality 95 moves a pixel by at most 9 levels here, and a tile by less than one.

    The waves turn at their crests, where JPEG rounds them; each halving rounds once more.
    """
    picture = coded(*size)
    pack = pack_of(Image.fromarray(picture), tmp_path)
    pyramid, level, seen = pack.pyramid, picture.astype(float), 0
    for scale in pyramid.scale_factors:
        columns, rows = pyramid.grid(scale)
        for row in range(rows):
            for column in range(columns):
                x, y = 512 * column, 512 * row
                expected = level[y : y + 512, x : x + 512]
                found = levels(pack.read(pyramid.tile_name(scale, column, row)))
                assert found.shape == expected.shape
                difference = found - expected
                assert np.abs(difference).max() <= 12, (scale, column, row)
                assert np.abs(difference.mean(axis=(0, 1))).max() <= 1.5, (scale, column, row)
                seen += 1
        level = halved(level)
    assert seen >= len(set(pyramid.tile_names()))


@pytest.mark.parametrize("size", [(1001, 777), (2049, 1025), (513, 512), (1537, 1)])
def test_drawn_regions_show_what_they_are_named_for(tmp_path, size):
    """Against Pillow's own scaling of the master, at random places, sizes and shapes."""
    picture = Image.fromarray(coded(*size))
    pack = pack_of(picture, tmp_path)
    chance = random.Random(20270301)  # noqa: S311
    for _ in range(25):
        left, top = chance.randrange(size[0]), chance.randrange(size[1])
        width, height = chance.randint(1, size[0] - left), chance.randint(1, size[1] - top)
        shrink = chance.choice([1, 1, 1.5, 2, 2.7, 4])
        drawn = max(1, round(width / shrink)), max(1, round(height / shrink))
        found = levels(render(plan((left, top, width, height), drawn), pack))
        box = (left, top, left + width, top + height)
        exact = picture.resize(drawn, Image.Resampling.LANCZOS, box=box)
        difference = np.abs(found - np.asarray(exact).astype(float))
        # The kernel looks over the border of a region in one and not in the other: see the seams.
        assert difference.mean() <= 2.5, (box, drawn)
        inner = difference[3:-3, 3:-3]
        assert not inner.size or inner.max() <= 16, (box, drawn)


@pytest.mark.parametrize("side", [512, 400, 200, 128, 90])
def test_neighbours_meet_without_a_seam(tmp_path, side):
    """Each half, drawn for itself, is at the border what the whole has there, within six levels.

    They differ by what the kernel cannot see beyond the border: of a slope of two levels a pixel,
    shrunk up to six times, half a drawn pixel.
    """
    pack = pack_of(Image.fromarray(coded(1024, 512)), tmp_path)
    whole = levels(render(plan((0, 0, 1024, 512), (2 * side, side)), pack))
    halves = [levels(render(plan((x, 0, 512, 512), (side, side)), pack)) for x in (0, 512)]
    joined = np.concatenate(halves, axis=1)
    assert joined.shape == whole.shape
    steps = np.abs(joined[:, side - 1] - joined[:, side])
    honest = np.abs(whole[:, side - 1] - whole[:, side])
    assert np.abs(steps - honest).max() <= 8 * 512 / side / 2 + 6
    assert np.abs(joined - whole).mean() <= 1


def test_drawing_at_full_scale_is_the_stored_tile(tmp_path):
    pack = pack_of(Image.fromarray(coded(1001, 777)), tmp_path)
    for column, row in [(0, 0), (1, 0), (0, 1), (1, 1)]:
        stored = levels(pack.read(pack.pyramid.tile_name(1, column, row)))
        region = pack.pyramid.tile_region(1, column, row)
        box = region.x, region.y, region.width, region.height
        size = region.width, region.height
        assert (levels(render(plan(box, size), pack)) == stored).all()
        again = levels(render(plan(box, size, format=Format.JPG), pack))
        assert np.abs(again - stored).mean() <= 1.5
