"""What pictures look like: near for one photograph however it was saved, far for any two."""

import io
from itertools import combinations

import pytest
from PIL import Image, ImageOps

from dam.catalogue.likeness import FARTHEST, FARTHEST_TURNED, WAYS, back, distance, lying
from dam.iiif.geometry import Extent
from dam.imaging.likeness import pack_hash, perceptual_hash

PHOTOGRAPHS = (
    "Bridge_by_Sander_Klootwijk", "Dragonfly_by_Bolly", "Picture_0B_by_freespace",
    "Picture_1A_by_freespace", "Wine_by_Jakkub_Mede", "aitzgorri_by_Aitzol_Berasategi",
    "analogpattern_by_Peter_Nerlich", "free_by_Peter_Nerlich", "friends_by_Aitzol_Berasategi",
    "greentock_by_Peter_Nerlich", "life_by_Aitzol_Berasategi", "picosdeeuropa_by_Aitzol_Berasategi",
    "seeding_by_Clements_Engelhardt", "sunset_by_Aitzol_Berasategi", "umang_by_Abhishek_Mudgal",
)  # fmt: skip
STRANGERS = 16  # no two of them are as near as this


@pytest.fixture(scope="module")
def photographs(shared):
    """The photographs, read at a quarter of their size or so, for time."""
    found = {path.stem: path for path in (shared / "fixtures").rglob("photos/*.jpg")}
    pictures = []
    for name in PHOTOGRAPHS:
        with Image.open(found[name]) as opened:
            opened.draft("RGB", (800, 800))
            pictures.append(opened.convert("RGB"))
    return pictures


def saved(picture, **options):
    stream = io.BytesIO()
    picture.save(stream, **{"format": "JPEG", "quality": 90, **options})
    return stream.getvalue()


def cut(picture, part):
    width, height = picture.size
    return picture.crop(
        (int(width * part), int(height * part), int(width * (1 - part)), int(height * (1 - part)))
    )


CHANGES = {
    "compressed until it shows": lambda one: saved(one, quality=20),
    "a third of the size": lambda one: saved(one.reduce(3)),
    "a thumbnail of 125 pixels": lambda one: saved(ImageOps.contain(one, (125, 125))),
    "in gray": lambda one: saved(one.convert("L")),
    "with other metadata": lambda one: saved(one, comment=b"from the book", dpi=(300, 300)),
    "without loss": lambda one: saved(one, format="PNG", compress_level=1),
    "a hundredth cut off at each side": lambda one: saved(cut(one, 0.01)),
}


@pytest.mark.shared
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_photograph_is_known_again(photographs, change):
    far = [
        distance(perceptual_hash(saved(one)), perceptual_hash(change(one))) for one in photographs
    ]
    assert max(far) <= FARTHEST, far


@pytest.mark.shared
def test_different_photographs_are_far_from_each_other_however_they_lie(photographs):
    hashes = [perceptual_hash(saved(one)) for one in photographs]
    for one, other in combinations(hashes, 2):
        assert min(distance(lying(one, way), other) for way in WAYS) > FARTHEST_TURNED
        assert distance(one, other) > STRANGERS > FARTHEST


@pytest.mark.shared
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_photograph_is_known_again_turned_and_mirrored(photographs, way):
    for picture in photographs[:4]:
        lies = ImageOps.mirror(picture) if way.mirrored else picture
        lies = lies.rotate(-way.degrees, expand=True)
        known = perceptual_hash(saved(lies))
        assert distance(lying(perceptual_hash(saved(picture)), way), known) <= FARTHEST_TURNED
        assert distance(lying(known, back(way)), perceptual_hash(saved(picture))) <= FARTHEST_TURNED


EMPTY = {
    "one tone": Image.new("RGB", (300, 200), (90, 90, 90)),
    "a slow gradient": Image.linear_gradient("L").resize((300, 200)),
}


@pytest.mark.parametrize("picture", EMPTY.values(), ids=EMPTY)
def test_a_picture_with_nothing_in_it_is_like_no_other(picture):
    assert perceptual_hash(saved(picture)) is None


def test_of_a_pack_the_smallest_picture_is_read_that_is_large_enough():
    noise = Image.effect_noise((12, 8), 90).resize((900, 600))
    asked = []

    def read(name):
        asked.append(name)
        width, height = map(int, name.split("/")[1].split(","))
        return saved(noise.resize((width, height)))

    extent = Extent(900, 600)
    held = {"full/90,60/0/default.jpg", "full/125,83/0/default.jpg", "full/450,300/0/default.jpg"}
    assert pack_hash(extent, 512, held.__contains__, read) is not None
    assert asked == ["full/125,83/0/default.jpg"]
    pack_hash(Extent(50, 40), 512, {"full/50,40/0/default.jpg"}.__contains__, read)
    assert asked[-1] == "full/50,40/0/default.jpg"
