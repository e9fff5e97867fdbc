import struct

import pytest
import pyvips
from made_pictures import (
    ORIENTATION,
    built_in_profile,
    coordinates,
    corners,
    from_libvips,
    psd,
    quarters,
    save,
    with_profile,
)
from PIL import Image, ImageCms

from dam.imaging.masters import open_master
from dam.imaging.opening import Strictness
from dam.imaging.probe import probe
from dam.imaging.refusals import DamagedMaster

GRAY = (120, 120, 120)


def pixels(path):
    return from_libvips(open_master(path, probe(path)))


def middle(picture):
    return picture.getpixel((picture.width // 2, picture.height // 2))


def near(colour, expected, tolerance=2):
    return all(abs(a - b) <= tolerance for a, b in zip(colour, expected, strict=True))


@pytest.mark.parametrize("name", ["a.jpg", "a.tif", "a.png", "a.webp"])
@pytest.mark.parametrize(
    ("orientation", "stored"),
    [
        (1, "RGBW"),
        (2, "GRWB"),
        (3, "BWRG"),
        (4, "WBGR"),
        (5, "RWBG"),
        (6, "GBWR"),
        (7, "BGRW"),
        (8, "WRGB"),
    ],
)
def test_every_orientation_comes_out_upright(tmp_path, name, orientation, stored):
    """The stored corners are those that a camera held that way writes (EXIF 3.0, 0x0112)."""
    turned = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    picture = corners(64, 48) if turned is None else corners(64, 48).transpose(turned)
    assert quarters(picture) == stored
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    upright = pixels(save(picture, tmp_path / name, exif=exif))
    assert upright.size == (64, 48)
    assert quarters(upright) == "RGBW"


def test_orientation_of_avif_is_applied_once(tmp_path):
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    turned = corners(64, 48).transpose(Image.Transpose.ROTATE_90)
    assert quarters(pixels(save(turned, tmp_path / "a.avif", exif=exif))) == "RGBW"


@pytest.mark.parametrize(
    ("name", "colour", "mode", "expected", "reason"),
    [
        ("a.jpg", GRAY, "RGB", GRAY, "nothing to convert"),
        ("a.tif", 120, "L", (120,), "gray stays one band"),
        ("a.png", (10, 20, 30, 0), "RGBA", (255, 255, 255), "what is transparent is white"),
        ("a.png", (0, 0, 0, 128), "RGBA", (127, 127, 127), "half transparent black"),
        ("a.webp", (0, 0, 0, 0), "RGBA", (255, 255, 255), "what is transparent is white"),
        ("a.png", (0, 128), "LA", (127,), "gray with alpha stays one band"),
        ("a.tif", (0, 0, 0, 0), "CMYK", (255, 255, 255), "no ink is white"),
        ("a.jpg", (0, 0, 0, 0), "CMYK", (255, 255, 255), "Adobe's inversion is undone"),
        ("a.png", 1, "1", (255,), "one bit becomes eight"),
        ("a.tif", 0, "1", (0,), "one bit becomes eight"),
        ("a.png", 120 * 257, "I;16", (120,), "16 bits become eight"),
        ("a.tif", 120 * 257, "I;16", (120,), "16 bits become eight"),
        ("a.jp2", GRAY, "RGB", GRAY, "Pillow reads it"),
        ("a.jp2", 120, "L", (120,), "Pillow reads it"),
        ("a.avif", GRAY, "RGB", GRAY, "libvips reads it"),
    ],
)
def test_every_kind_comes_out_as_eight_bits_of_srgb_or_gray(
    tmp_path, name, colour, mode, expected, reason
):
    seen = pixels(save(Image.new(mode, (64, 48), colour), tmp_path / name))
    found = middle(seen)
    found = found if isinstance(found, tuple) else (found,)
    assert near(found, expected), reason


def test_palette_is_expanded(tmp_path):
    seen = pixels(save(corners().quantize(4), tmp_path / "a.png"))
    assert (seen.mode, quarters(seen)) == ("RGB", "RGBW")


def test_photoshop_document_comes_out_as_its_merged_picture(tmp_path):
    (tmp_path / "a.psd").write_bytes(psd(corners()))
    assert quarters(pixels(tmp_path / "a.psd")) == "RGBW"


def test_only_the_first_page_comes_out(tmp_path):
    pages = {"save_all": True, "append_images": [Image.new("RGB", (64, 48))]}
    for name in ("a.tif", "a.gif"):
        assert quarters(pixels(save(corners(), tmp_path / name, **pages))) == "RGBW"


def test_sixteen_bit_colour_with_alpha_is_flattened(tmp_path):
    image = pyvips.Image.black(64, 48).cast("ushort").bandjoin([0, 0, 257 * 128])
    image.copy(interpretation="rgb16").pngsave(str(tmp_path / "a.png"))
    assert near(middle(pixels(tmp_path / "a.png")), (127, 127, 127))


@pytest.mark.parametrize("bits", [8, 16])
def test_lab_comes_out_in_its_colours(tmp_path, bits):
    path = tmp_path / "lab.tif"
    red = Image.new("RGB", (64, 48), (200, 40, 50))
    if bits == 8:
        to_lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        ImageCms.profileToProfile(red, *to_lab, outputMode="LAB").save(path)
        tolerance = 4  # a step of 8 bits of a or b is up to three levels
    else:
        under_d50 = with_profile(red, "srgb").icc_import(embedded=True, intent="relative")
        under_d50.colourspace("labs").tiffsave(str(path))
        tolerance = 2
    assert near(middle(pixels(path)), (200, 40, 50), tolerance)


def test_wide_colours_are_brought_into_srgb(tmp_path):
    with_profile(Image.new("RGB", (64, 48), (120, 200, 80)), "p3").pngsave(str(tmp_path / "a.png"))
    red, green, blue = middle(pixels(tmp_path / "a.png"))
    assert red < 110 and green > 200 and blue < 75  # P3's green lies outside


def test_profile_that_means_srgb_changes_no_number(tmp_path):
    picture = coordinates(64, 48)
    path = save(picture, tmp_path / "a.png", icc_profile=built_in_profile("srgb"))
    assert pixels(path).tobytes() == picture.tobytes()


def test_profile_of_cmyk_is_used(tmp_path):
    red = with_profile(Image.new("RGB", (64, 48), (200, 40, 50)), "srgb")
    inks = red.icc_transform("cmyk", embedded=True, black_point_compensation=True)
    inks.tiffsave(str(tmp_path / "a.tif"))
    assert near(middle(pixels(tmp_path / "a.tif")), (200, 40, 50), 12)


@pytest.mark.parametrize(
    ("mode", "colour", "profile"),
    [
        ("RGB", GRAY, b"no profile" * 30),
        ("RGB", GRAY, bytes(16) + b"CMYK" + bytes(200)),
        ("L", 120, bytes(16) + b"RGB " + bytes(200)),
    ],
)
def test_profile_that_cannot_be_used_is_passed_over(tmp_path, mode, colour, profile):
    path = save(Image.new(mode, (64, 48), colour), tmp_path / "a.tif", icc_profile=profile)
    found = middle(pixels(path))
    assert near(found if mode == "RGB" else (found,), GRAY[: len(mode)], 1)


def test_gray_with_a_profile_stays_one_band(tmp_path):
    curve = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = save(Image.new("L", (64, 48), 120), tmp_path / "a.jpg", icc_profile=curve)
    assert pixels(path).mode == "L"


def test_spot_channels_are_left_out(tmp_path):
    image = with_profile(corners(), "srgb")
    image.bandjoin([image[0], image[1]]).tiffsave(str(tmp_path / "a.tif"))
    assert quarters(pixels(tmp_path / "a.tif")) == "RGBW"


@pytest.mark.parametrize(
    "size", [(1, 1), (3000, 1), (1, 3000)], ids=lambda size: f"{size[0]}x{size[1]}"
)
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif"])
def test_thin_pictures_come_out_whole(tmp_path, name, size):
    assert pixels(save(coordinates(*size), tmp_path / name)).size == size


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "lzw.tif", "a.jp2"])
def test_truncated_master_is_an_error_and_never_gray(tmp_path, name):
    """Probe refuses these; here they are opened with the probe of the whole file."""
    options = {"compression": "tiff_lzw"} if name.startswith("lzw") else {}
    path = save(coordinates(400, 300), tmp_path / name, **options)
    found = probe(path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises((DamagedMaster, pyvips.Error)):
        open_master(path, found).avg()


def test_decoder_that_complains_can_be_believed_or_not(tmp_path):
    path = save(coordinates(64, 48), tmp_path / "a.jpg", progressive=True)
    found = probe(path)
    content = path.read_bytes()
    scan = content.rindex(b"\xff\xda")
    path.write_bytes(content[: scan + 12] + struct.pack(">8B", *range(8)) + content[scan + 12 :])
    assert open_master(path, found, Strictness.DAMAGED).avg() > 0
    with pytest.raises(pyvips.Error):
        open_master(path, found, Strictness.SUSPICIOUS).avg()
