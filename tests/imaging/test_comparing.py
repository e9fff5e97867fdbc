"""Pictures are judged beside a reference that owes nothing to tiles."""

import io
from math import inf, log10

import pytest
import pyvips
from made_pictures import coordinates, save
from PIL import Image

from dam.iiif.geometry import Box
from dam.imaging.comparing import NotThePicture, Original, cut_bare, laid_on_its_side, psnr
from dam.imaging.packs import index_members


def flat(value: int, size: tuple[int, int] = (4, 4)) -> pyvips.Image:
    return (pyvips.Image.black(*size, bands=3) + value).cast("uchar").copy(interpretation="srgb")


@pytest.mark.parametrize(
    ("one", "other", "decibels", "reason"),
    [
        (100, 100, inf, "the same picture"),
        (100, 101, 20 * log10(255), "one step everywhere: 48.13 dB"),
        (0, 255, 0.0, "black and white"),
        (10, 0, 20 * log10(255 / 10), "it is the same both ways"),
    ],
)
def test_psnr_is_that_of_the_mean_squared_error(one, other, decibels, reason):
    assert psnr(flat(one), flat(other)) == pytest.approx(decibels), reason
    assert psnr(flat(other), flat(one)) == pytest.approx(decibels), reason


def test_pictures_of_two_sizes_are_not_compared():
    with pytest.raises(NotThePicture):
        psnr(flat(1), flat(1, (4, 5)))


def as_png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def test_a_true_region_is_judged_better_than_one_a_pixel_beside(tmp_path):
    whole = Image.effect_noise((200, 160), 60).convert("RGB")
    original = Original(save(whole, tmp_path / "master.png"))
    true = as_png(whole.crop((20, 30, 120, 110)))
    beside = as_png(whole.crop((21, 30, 121, 110)))
    exact, shifted = original.decibels(Box(20, 30, 100, 80), [true, beside])
    assert exact == inf
    assert shifted < 20


def test_a_smaller_picture_is_judged_at_its_own_size_and_lanczos_beats_the_nearest(tmp_path):
    whole = coordinates(400, 300)
    whole.paste(Image.effect_noise((200, 300), 40).convert("RGB"), (0, 0))
    original = Original(save(whole, tmp_path / "master.png"))
    lanczos, nearest = (
        as_png(whole.resize((100, 75), how))
        for how in (Image.Resampling.LANCZOS, Image.Resampling.NEAREST)
    )
    good, bad = original.decibels(None, [lanczos, nearest])
    assert good > 45
    assert bad < 30


def test_what_is_no_picture_is_not_judged(tmp_path):
    original = Original(save(coordinates(20, 20), tmp_path / "master.png"))
    with pytest.raises(NotThePicture):
        original.decibels(None, [b"no picture"])


def test_a_picture_on_its_side_is_cut_upright(tmp_path):
    lying = laid_on_its_side(flat(90, (600, 300)))
    assert (lying.width, lying.height, lying.get("orientation")) == (300, 600, 6)
    lying.write_to_file(str(tmp_path / "side.jpg"))
    cut_bare(tmp_path / "side.jpg", tmp_path / "out.zip", tile_size=512)
    names = {member.name for member in index_members(tmp_path / "out.zip")}
    assert "512,0,88,300/88,300/0/default.jpg" in names
