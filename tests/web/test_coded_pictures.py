"""The public route gives the right tile and the right level: packs code where they are."""

import io
import random

import numpy as np
import pytest
import pyvips
from browsers import KEY
from PIL import Image
from werkzeug.test import Client

from dam.iiif.geometry import Extent
from dam.iiif.image_request import ApiVersion
from dam.iiif.tiles import Pyramid, spellings
from dam.imaging.runtime import start_libvips
from dam.records import catalogue
from dam.storage import keys
from dam.storage.packs import Slice, index_bytes
from dam.web.application import create_service

BY = "http://creativecommons.org/licenses/by/4.0/"
SIZE = (2000, 1500)
PYRAMID = Pyramid(Extent(*SIZE))


def code(scale: int, column: int, row: int) -> tuple[int, int, int]:
    """The one colour of a tile: its level, its column and its row."""
    return 40 + 60 * (scale.bit_length() - 1), 40 + 50 * column, 40 + 50 * row


def put_codes_in_the_place_of(archive, one: str) -> None:
    """Write a pack of the same names, in which each tile is of its own colour."""
    members, content = {}, b""
    for scale in PYRAMID.scale_factors:
        columns, rows = PYRAMID.grid(scale)
        for row in range(rows):
            for column in range(columns):
                name = PYRAMID.tile_name(scale, column, row)
                size = tuple(map(int, name.split("/")[1].split(",")))
                file = io.BytesIO()
                Image.new("RGB", size, code(scale, column, row)).save(file, "JPEG", quality=95)
                members[name] = Slice(len(content), file.tell())
                content += file.getvalue()
    with archive.reading() as db:
        [pack] = catalogue.packs(db, one)
    for key, written in ((pack.key, content), (keys.pack_index(pack.key), index_bytes(members))):
        path = archive.store.path(key)
        path.chmod(0o644)
        path.write_bytes(written)


@pytest.fixture
def one(archive, darkroom) -> str:
    identifier = darkroom.photograph(SIZE, public=True, rights=BY)
    put_codes_in_the_place_of(archive, identifier)
    return identifier


@pytest.fixture
def client(archive) -> Client:
    return Client(create_service(archive, KEY))


def seen(client, path: str) -> np.ndarray:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.data)
    return np.asarray(Image.open(io.BytesIO(answer.data)).convert("RGB")).astype(int)


@pytest.mark.parametrize("version", list(ApiVersion))
def test_every_spelling_of_every_tile_gives_that_tile(client, one, version):
    for scale in PYRAMID.scale_factors:
        columns, rows = PYRAMID.grid(scale)
        for row in range(rows):
            for column in range(columns):
                name = PYRAMID.tile_name(scale, column, row)
                for tail in (name, *spellings(name, PYRAMID, version)):
                    pixels = seen(client, f"/iiif/{version}/{one}/{tail}")
                    assert np.abs(pixels - code(scale, column, row)).max() <= 3, tail


@pytest.mark.parametrize("format_", ["jpg", "png", "webp", "gif"])
def test_drawings_come_from_the_smallest_level_that_is_enough(client, one, format_):
    """Within one tile, at every size: its level is that of the next power of two below."""
    chance = random.Random(7)  # noqa: S311
    for _ in range(20):
        scale = chance.choice(PYRAMID.scale_factors)
        columns, rows = PYRAMID.grid(scale)
        column, row = chance.randrange(columns), chance.randrange(rows)
        tile = PYRAMID.tile_region(scale, column, row)
        # Whole pixels of the level, so that "enough" is plain.
        width = max(scale, chance.randint(1, tile.width // scale) * scale)
        height = max(scale, chance.randint(1, tile.height // scale) * scale)
        if width > tile.width or height > tile.height:
            continue
        size = f"{width // scale},{height // scale}"
        path = f"{tile.x},{tile.y},{width},{height}/{size}/0/default.{format_}"
        pixels = seen(client, f"/iiif/3/{one}/{path}")
        expected = code(scale, column, row)
        if width // scale <= 2 or height // scale <= 2:
            continue  # so few pixels suit several levels
        assert np.abs(pixels - expected).max() <= 8, path


def test_a_size_between_levels_comes_from_the_larger(client, one):
    for width, scale in ((1999, 1), (1001, 1), (1000, 2), (999, 2), (501, 2), (500, 4), (40, 4)):
        pixels = seen(client, f"/iiif/3/{one}/full/{width},/0/default.png")
        assert abs(pixels[2, 2, 0] - code(scale, 0, 0)[0]) <= 3, width


PANORAMA = (200_000, 300)


@pytest.fixture
def panorama(darkroom) -> str:
    """Red grows across, green is a wave across, blue grows down."""
    start_libvips()
    place = pyvips.Image.xyz(*PANORAMA)
    across = place[0]
    wave = (across % 254 - 127).abs() * 2
    picture = (across * (255 / (PANORAMA[0] - 1))).bandjoin([wave, place[1] * (255 / 299)])
    path = darkroom.directory / "panorama.png"
    picture.rint().cast("uchar").copy(interpretation="srgb").pngsave(str(path), compression=1)
    [outcome] = darkroom.take(path, public=True, rights=BY)
    darkroom.work()
    return outcome.id


def test_a_panorama_of_200_000_pixels_is_served_to_its_last_one(client, panorama):
    described = client.get(f"/iiif/3/{panorama}/info.json").json
    assert (described["width"], described["height"]) == PANORAMA
    last = seen(client, f"/iiif/3/{panorama}/199680,0,320,300/320,300/0/default.jpg")
    assert last.shape == (300, 320, 3)
    assert last[..., 0].min() >= 248 and np.abs(last[150, :, 2].mean() - 128) <= 3
    middle = seen(client, f"/iiif/3/{panorama}/100001,7,600,200/max/0/default.png")
    assert middle.shape == (200, 600, 3)
    wave = 2 * np.abs(np.arange(100_001, 100_601) % 254 - 127)
    assert np.abs(middle[100, :, 1] - wave).max() <= 16
    assert np.abs(middle[..., 0] - 127.5).max() <= 6
    assert np.abs(middle[:, 300, 2] - np.arange(7, 207) * 255 / 299).max() <= 8
    thumbnail = seen(client, f"/iiif/3/{panorama}/full/400,/0/default.jpg")
    assert thumbnail.shape == (1, 400, 3)
    # It is drawn from a level two rows high, whose rows share their chroma at quality 85: all of it
    # is up to nine levels too dark, evenly, so that nothing is moved along.
    moved = thumbnail[0, :, 0] - (np.arange(400) + 0.5) * 255 / 400
    fifths = [part.mean() for part in np.array_split(moved, 5)]
    assert np.abs(moved).max() <= 16
    assert max(fifths) - min(fifths) <= 2
    for listed in described["sizes"]:
        if listed["width"] < 20_000:
            tail = f"full/{listed['width']},{listed['height']}/0/default.jpg"
            assert seen(client, f"/iiif/3/{panorama}/{tail}").shape[1] == listed["width"]
    for tail in ("full/max/0/default.jpg", "full/max/0/default.webp", "full/65501,/0/default.jpg"):
        answer = client.get(f"/iiif/3/{panorama}/{tail}", headers={"Accept": "application/json"})
        assert answer.status_code == 413, tail
        assert "ask for a smaller" in answer.text, "of the format, or of the memory to draw it"
