"""What is transparent is white in JPEG and stays transparent in formats that can say so."""

import numpy as np
import pytest
import pyvips
from made_pictures import PackOnDisk, opened, plan, save
from PIL import Image

from dam.iiif.geometry import Extent
from dam.iiif.image_request import Format, Quality
from dam.iiif.tiles import Pyramid
from dam.imaging.packs import PackNotWritten, make_pack
from dam.imaging.probe import probe
from dam.imaging.refusals import DamagedMaster
from dam.imaging.render import render
from dam.imaging.runtime import start_libvips
from dam.imaging.transparency import make_transparent_pack

SIZE = (1001, 777)


def veil(size=SIZE) -> Image.Image:
    """Red left and green right of the middle; alpha grows from 0 at the top to 255 at the foot."""
    width, height = size
    picture = Image.new("RGB", size, (255, 0, 0))
    picture.paste((0, 255, 0), (width // 2, 0, width, height))
    rows = np.rint(np.linspace(0, 255, height)).astype("uint8")
    picture.putalpha(Image.fromarray(np.repeat(rows[:, None], width, axis=1)))
    return picture


def companion(picture, directory, *, name="a.png", long_side=None, **options) -> PackOnDisk | None:
    master = save(picture, directory / name, **options)
    return companion_of(master, directory, long_side)


def companion_of(master, directory, long_side=None) -> PackOnDisk | None:
    out = directory / "clear.zip"
    made = make_transparent_pack(master, probe(master), out, long_side=long_side)
    if made is None:
        assert not out.exists()
        return None
    members = {member.name: member for member in made.members}
    pyramid = Pyramid(made.extent, made.tile_size, Format.PNG)
    return PackOnDisk(out, pyramid, made.grayscale, members)


def levels(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture).astype(int)


def test_companion_holds_the_tiles_of_its_pyramid_in_png(tmp_path):
    pack = companion(veil(), tmp_path)
    names = list(Pyramid(Extent(*SIZE), 512, Format.PNG).tile_names())
    assert sorted(pack.members) == sorted(names)
    assert all(name.endswith("/0/default.png") for name in names)
    for name in names:
        tile = opened(pack.read(name))
        assert (tile.format, tile.mode) == ("PNG", "RGBA")
        assert tile.size == tuple(map(int, name.split("/")[1].split(",")))


@pytest.mark.parametrize(
    ("name", "options"),
    [("a.png", {}), ("a.tif", {}), ("a.webp", {"lossless": True, "exact": True})],
)
def test_full_size_tiles_are_the_master_to_the_level(tmp_path, name, options):
    """Nothing is lost in PNG but the colour of what cannot be seen at all."""
    picture = veil()
    pack = companion(picture, tmp_path, name=name, **options)
    expected = levels(picture)
    expected[expected[..., 3] == 0] = 0
    drawn = opened(render(plan((0, 0, *SIZE), SIZE), pack))
    # A colour weighed by an alpha of 1 comes back within rounding, and its alpha exactly.
    assert np.abs(levels(drawn) - expected).max() <= 1
    assert (levels(drawn)[..., 3] == expected[..., 3]).all()


MASTERS = [
    ("RGB", "a.png", "no channel for it"),
    ("L", "a.jpg", "no channel for it"),
    ("RGBA", "a.png", "a channel that is opaque throughout"),
    ("LA", "a.png", "a channel that is opaque throughout"),
    ("RGBA", "a.tif", "a channel that is opaque throughout"),
    ("P", "a.gif", "a palette without a transparent entry"),
]


@pytest.mark.parametrize(("mode", "name", "reason"), MASTERS)
def test_opaque_master_has_no_companion(tmp_path, mode, name, reason):
    picture = Image.linear_gradient("L").convert("RGB").convert(mode)
    assert companion(picture, tmp_path, name=name) is None, reason


def test_one_transparent_pixel_is_reason_enough(tmp_path):
    picture = Image.new("RGBA", (600, 400), (9, 9, 9, 255))
    picture.putpixel((599, 399), (9, 9, 9, 254))
    assert companion(picture, tmp_path) is not None


def test_colour_below_what_is_wholly_transparent_does_not_leave(tmp_path):
    """A person who was masked out was hidden on purpose; white has no trace of her either."""
    picture = Image.new("RGBA", (600, 400), (200, 40, 50, 255))
    picture.paste((1, 2, 3, 0), (100, 100, 300, 300))
    pack = companion(picture, tmp_path)
    for name in pack.members:
        tile = levels(opened(pack.read(name)))
        assert (tile[tile[..., 3] == 0] == 0).all()
        assert (tile[tile[..., 3] == 255][:, :3] == (200, 40, 50)).all()


@pytest.mark.parametrize("long_side", [None, 300])
def test_hidden_colours_do_not_bleed_when_it_is_made_smaller(tmp_path, long_side):
    """Stripes of one pixel, opaque red and hidden green: every mixture is red, half opaque."""
    picture = Image.new("RGBA", (1024, 1024), (0, 255, 0, 0))
    for x in range(0, 1024, 2):
        picture.paste((255, 0, 0, 255), (x, 0, x + 1, 1024))
    pack = companion(picture, tmp_path, long_side=long_side)
    smaller = pack.read(pack.pyramid.tile_name(pack.pyramid.scale_factors[-1], 0, 0))
    inner = levels(opened(smaller))[8:-8, 8:-8]
    seen = inner[inner[..., 3] > 0]
    assert (seen[:, 1] == 0).all() and (seen[:, 0] >= 254).all()
    # Lanczos at 3.4 pixels to one leaves a beat of these stripes; the mean is the half.
    assert abs(inner[..., 3].mean() - 127.5) <= 1


def test_every_level_is_the_mean_of_the_one_below_weighed_by_alpha(tmp_path):
    """An independent sum: two by two pixels, colours times alpha over the sum of alphas."""
    picture = veil((1024, 1024))
    pack = companion(picture, tmp_path)
    tile = levels(opened(pack.read("full/512,512/0/default.png")))
    full = levels(picture).reshape(512, 2, 512, 2, 4).astype(float)
    alpha = full[..., 3].sum(axis=(1, 3))
    colour = (full[..., :3] * full[..., 3:]).sum(axis=(1, 3)) / np.maximum(alpha, 1)[..., None]
    seen = alpha >= 64  # below, the rounding of alpha itself moves colours
    assert np.abs(tile[..., 3] - alpha / 4).max() <= 1
    assert np.abs(tile[..., :3] - colour)[seen].max() <= 2


def test_capped_companion_has_the_extent_of_the_capped_pack(tmp_path):
    master = save(veil(), tmp_path / "a.png")
    found = probe(master)
    white = make_pack(master, found, tmp_path / "white.zip", long_side=300)
    clear = make_transparent_pack(master, found, tmp_path / "clear.zip", long_side=300)
    assert white.extent == clear.extent == Extent(300, 233)
    assert max(max(map(int, m.name.split("/")[1].split(","))) for m in clear.members) == 300


@pytest.mark.parametrize("orientation", range(1, 9))
def test_companion_is_as_upright_as_the_pack(tmp_path, orientation):
    turns = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    picture = veil((64, 48))
    turn = turns[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    pack = companion(picture.transpose(turn) if turn is not None else picture, tmp_path, exif=exif)
    drawn = levels(opened(render(plan((0, 0, 64, 48), (64, 48)), pack)))
    assert np.abs(drawn[..., 3] - levels(picture)[..., 3]).max() == 0
    assert drawn[40, 10, 0] == 255 and drawn[40, 50, 1] == 255


@pytest.mark.parametrize("bands", [2, 4])
def test_sixteen_bits_of_alpha_become_eight(tmp_path, bands):
    start_libvips()
    ramp = (pyvips.Image.xyz(256, 64)[0] * 257).cast("ushort")
    colours = [20_000] * (bands - 1)
    image = pyvips.Image.black(256, 64).cast("ushort")
    image = (image + colours).cast("ushort").bandjoin(ramp)
    image = image.copy(interpretation="grey16" if bands == 2 else "rgb16")
    image.pngsave(str(tmp_path / "a.png"))
    drawn = opened(
        render(plan((0, 0, 256, 64), (256, 64)), companion_of(tmp_path / "a.png", tmp_path))
    )
    assert drawn.mode == ("LA" if bands == 2 else "RGBA")
    alpha = levels(drawn.getchannel("A"))
    assert np.abs(alpha - np.arange(256)).max() <= 1
    assert np.abs(levels(drawn)[:, 2:, 0] - 20_000 / 257).max() <= 1


@pytest.mark.parametrize("name", ["p3", "srgb"])
def test_alpha_survives_the_change_of_colours(tmp_path, name):
    """The profile moves colours; alpha is no colour."""
    profile = pyvips.Operation.call("profile_load", name)
    picture = veil((256, 256))
    content = profile if isinstance(profile, bytes) else profile.get()
    pack = companion(picture, tmp_path, icc_profile=content)
    drawn = levels(opened(render(plan((0, 0, 256, 256), (256, 256)), pack)))
    assert (drawn[..., 3] == levels(picture)[..., 3]).all()


KEPT = [(Format.PNG, 0), (Format.TIF, 0), (Format.WEBP, 0), (Format.AVIF, 4)]


@pytest.mark.parametrize(("format_", "tolerance"), KEPT)
@pytest.mark.parametrize("quality", [Quality.DEFAULT, Quality.GRAY])
def test_formats_that_can_keep_transparency(tmp_path, format_, tolerance, quality):
    """AVIF codes alpha with loss at quality 60: four levels; the others keep it exactly."""
    picture = veil((512, 400))
    pack = companion(picture, tmp_path)
    content = render(plan((0, 0, 512, 400), (512, 400), format=format_, quality=quality), pack)
    drawn = levels(opened(content).convert("RGBA"))
    assert np.abs(drawn[..., 3] - levels(picture)[..., 3]).max() <= tolerance
    if quality is Quality.GRAY:
        seen = drawn[drawn[..., 3] > 64][:, :3]
        assert (seen.max(axis=1) - seen.min(axis=1)).max() <= tolerance


def test_gray_companion_has_one_channel_and_alpha(tmp_path):
    pack = companion(veil().convert("LA"), tmp_path)
    assert pack.grayscale
    assert {opened(pack.read(name)).mode for name in pack.members} == {"LA"}
    assert opened(render(plan((0, 0, 900, 700), (90, 70)), pack)).mode == "LA"


@pytest.mark.parametrize("degrees", ["90", "30"])
def test_turned_pictures_keep_their_transparency(tmp_path, degrees):
    pack = companion(veil((400, 400)), tmp_path)
    drawn = opened(render(plan((0, 0, 400, 400), (200, 200), degrees=degrees), pack))
    assert drawn.mode == "RGBA"
    middle = drawn.getpixel((drawn.width // 2, drawn.height // 2))
    assert abs(middle[3] - 128) <= 2
    if degrees == "30":
        assert drawn.getpixel((0, 0)) == (0, 0, 0, 0)


def test_master_cut_short_leaves_no_file(tmp_path):
    master = save(veil(), tmp_path / "a.png")
    found = probe(master)
    content = master.read_bytes()
    master.write_bytes(content[: len(content) // 2])
    with pytest.raises(DamagedMaster):
        make_transparent_pack(master, found, tmp_path / "clear.zip", long_side=None)
    assert not (tmp_path / "clear.zip").exists()


def test_directory_that_is_missing_is_no_fault_of_the_master(tmp_path):
    master = save(veil(), tmp_path / "a.png")
    with pytest.raises(PackNotWritten):
        make_transparent_pack(master, probe(master), tmp_path / "no/a.zip", long_side=None)
