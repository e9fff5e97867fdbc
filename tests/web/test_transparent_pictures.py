"""A companion follows its pack everywhere: the same recipe, the same decision, its own tags."""

import io

import numpy as np
import pytest
from browsers import KEY
from PIL import Image
from test_tile_path import ask
from werkzeug.test import Client

from dam.errors import Forbidden, Gone
from dam.iiif.geometry import Extent
from dam.iiif.image_request import ApiVersion
from dam.records import catalogue
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience
from dam.storage import keys
from dam.web.application import create_app, create_service
from dam.workflows import clear, deliver, derive

BY = "http://creativecommons.org/licenses/by/4.0/"

K = RecordKind
KEEPING = ("png", "webp", "avif", "tif")


def veil(size: tuple[int, int] = (600, 400)) -> Image.Image:
    """Blue, transparent in its left half."""
    picture = Image.new("RGBA", size, (20, 40, 200, 255))
    picture.paste((20, 40, 200, 0), (0, 0, size[0] // 2, size[1]))
    return picture


def take_in(darkroom, picture: Image.Image, name: str = "a.png") -> str:
    path = darkroom.directory / name
    picture.save(path)
    [outcome] = darkroom.take(path, rights=BY, public=True)
    darkroom.work()
    return outcome.id


@pytest.fixture
def veiled(darkroom) -> str:
    return take_in(darkroom, veil())


@pytest.fixture
def client(archive) -> Client:
    return Client(create_service(archive, KEY))


def packs(archive, one):
    with archive.reading() as db:
        return {pack.recipe: pack for pack in catalogue.packs(db, one)}


def files(archive):
    root = archive.settings.media / "packs"
    return sorted(path.relative_to(root.parent).as_posix() for path in root.rglob("*.*"))


def picture(client, one, tail, version=3) -> Image.Image:
    answer = client.get(f"/iiif/{version}/{one}/{tail}")
    assert answer.status_code == 200, answer.data
    opened = Image.open(io.BytesIO(answer.data))
    opened.load()
    return opened


def record(archive, one, kind, text="", **value):
    clear.record(archive, one, [NewRecord(kind, text, **value)], "Rana")


@pytest.mark.parametrize("format_", KEEPING)
@pytest.mark.parametrize("tail", ["full/max", "full/300,", "250,0,100,400/50,", "0,0,512,400/max"])
def test_transparency_is_kept_where_the_format_can(client, veiled, format_, tail):
    drawn = picture(client, veiled, f"{tail}/0/default.{format_}").convert("RGBA")
    assert drawn.getpixel((2, 2))[3] == 0
    right = drawn.getpixel((drawn.width - 3, drawn.height - 3))
    assert right[3] == 255 or tail.startswith("0,0,512")
    assert drawn.getpixel((drawn.width - 3, 3))[2] > 190


@pytest.mark.parametrize("tail", ["full/max/0/default.jpg", "full/300,/0/default.jpg",
                                  "full/300,/0/default.gif", "full/max/0/bitonal.png",
                                  "full/max/0/bitonal.tif", "full/max/0/bitonal.webp"])  # fmt: skip
def test_what_is_transparent_is_white_elsewhere(client, veiled, tail):
    drawn = picture(client, veiled, tail)
    assert "A" not in drawn.convert("RGB" if drawn.mode == "P" else drawn.mode).getbands()
    assert min(drawn.convert("RGB").getpixel((5, 5))) >= 252
    assert drawn.convert("RGB").getpixel((drawn.width - 5, 5))[0] < 30


def test_opaque_photograph_has_one_pack_and_is_drawn_from_it(archive, client, darkroom):
    one = take_in(darkroom, Image.new("RGBA", (600, 400), (9, 99, 199, 255)))
    assert packs(archive, one)["full"].transparent is None
    assert picture(client, one, "full/max/0/default.png").mode == "RGB"
    assert len(files(archive)) == 2


def test_tags_of_both_packs_differ_and_are_told_apart(client, veiled):
    tags = {
        client.get(f"/iiif/3/{veiled}/full/max/0/default.{ending}").headers["ETag"]
        for ending in ("jpg", "png", "webp", "gif", "tif")
    }
    assert len(tags) == 5
    tag = client.get(f"/iiif/3/{veiled}/full/300,/0/default.png").headers["ETag"]
    again = client.get(f"/iiif/3/{veiled}/full/300,/0/default.png", headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["ETag"]) == (304, tag)


def test_tile_path_and_flask_answer_the_same_for_tiles_of_either_pack(archive, veiled):
    """A tile of the companion lies in another file at another place than one of the pack."""
    service, flask = create_service(archive, KEY), create_app(archive, KEY).wsgi_app
    for ending in ("jpg", "png"):
        for tail in ("full/max", "full/300,200", "0,0,512,400/512,400", "512,0,88,400/88,400"):
            for version in (3, 2):
                size = tail.replace("max", "full") if version == 2 else tail
                target = f"/iiif/{version}/{veiled}/{size}/0/default.{ending}"
                twice = [ask(service, target), ask(service, target)]
                assert twice == [ask(flask, target)] * 2
                found = Image.open(io.BytesIO(twice[0].body))
                assert found.format == {"jpg": "JPEG", "png": "PNG"}[ending]


def test_stored_tile_of_the_companion_is_sliced_and_not_drawn(archive, veiled):
    image = deliver.open_image(archive, veiled, Audience.PUBLIC)
    found = deliver.find(archive, image, ApiVersion.V3, "0,0,512,400/512,400/0/default.png")
    assert found.stored is not None
    stored = image.transparent.read("0,0,512,400/512,400/0/default.png")
    assert deliver.body(archive, found) == stored


def test_capped_companion_has_no_more_pixels_than_the_cap(archive, darkroom, client, veiled):
    record(archive, veiled, K.CAP, number=300)
    darkroom.work()
    assert set(packs(archive, veiled)) == {"full", "capped-300"}
    image = deliver.open_image(archive, veiled, Audience.PUBLIC)
    assert image.pack.extent == Extent(300, 200)
    sizes = [name.split("/")[1] for name in image.transparent.members]
    assert {tuple(map(int, size.split(","))) for size in sizes} == {(300, 200)}
    assert picture(client, veiled, "full/max/0/default.png").size == (300, 200)
    refused = client.get(f"/iiif/3/{veiled}/0,0,512,400/512,400/0/default.png")
    assert refused.status_code == 400
    assert client.get(f"/iiif/3/{veiled}_full/full/max/0/default.png").status_code in {401, 403}


@pytest.mark.parametrize("format_", ["jpg", "png", "webp"])
def test_withdrawn_is_withdrawn_in_every_format(archive, client, veiled, format_):
    tail = f"/iiif/3/{veiled}/full/max/0/default.{format_}"
    assert client.get(tail).status_code == 200
    clear.withdraw(archive, veiled, "A family asked.", "Rana")
    assert client.get(tail).status_code == 410
    with pytest.raises(Gone):
        deliver.open_image(archive, veiled, Audience.PUBLIC)


def test_nothing_of_the_full_companion_leaves_before_the_capped_pack_exists(
    archive, client, veiled
):
    assert client.get(f"/iiif/3/{veiled}/full/max/0/default.png").status_code == 200
    record(archive, veiled, K.CAP, number=300)
    assert client.get(f"/iiif/3/{veiled}/full/max/0/default.png").status_code == 403
    with pytest.raises(Forbidden):
        deliver.open_image(archive, veiled, Audience.PUBLIC)


def test_photograph_from_before_companions_works_and_gets_one_by_rebuilding(
    archive, client, veiled
):
    """Its row says nothing of a companion, as after the migration."""
    with archive.writing.begin() as db:
        row = db.connection()
        row.exec_driver_sql("UPDATE pack SET transparent_key = NULL, transparent_digest = NULL")
    archive.epoch.advance()
    assert picture(client, veiled, "full/max/0/default.png").mode == "RGB"
    assert derive.derive(archive, veiled).made == ()
    derive.derive(archive, veiled, rebuild=True)
    assert packs(archive, veiled)["full"].transparent is not None
    assert picture(client, veiled, "full/max/0/default.png").mode == "RGBA"


def test_rebuilding_replaces_both_objects_and_leaves_nothing_behind(archive, veiled):
    before = packs(archive, veiled)["full"]
    path = archive.store.path(before.transparent.key)
    path.chmod(0o644)
    path.write_bytes(b"")
    derive.derive(archive, veiled, rebuild=True)
    after = packs(archive, veiled)["full"]
    assert archive.packs.take(after.transparent.key).read("full/300,200/0/default.png")
    expected = sorted(name for key in after.keys for name in (key, keys.pack_index(key)))
    assert files(archive) == expected
    assert list((archive.settings.media / "incoming").iterdir()) == []


def test_gray_photograph_keeps_its_transparency_without_colour(client, darkroom):
    one = take_in(darkroom, veil().convert("LA"))
    drawn = picture(client, one, "full/max/0/default.png")
    assert drawn.mode == "LA"
    assert set(np.unique(np.asarray(drawn.getchannel("A")))) == {0, 255}
