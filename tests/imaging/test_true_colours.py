"""Colours of masters against arithmetic of our own: profiles made by their bytes, Lab by CIE.

Tolerances are in levels of 255. One level is the rounding on both sides; where a second one is
allowed, a reason stands beside it.
"""

import io
import struct

import numpy as np
import pytest
import pyvips
from made_pictures import built_in_profile, opened, pack_of, plan, save
from made_profiles import (
    ADOBE_RGB,
    DISPLAY_P3,
    PROPHOTO,
    SPACES,
    SRGB,
    gray_profile,
    gray_profile_of,
    in_srgb,
    lab_in_srgb,
    rgb_profile,
    srgb_levels,
)
from PIL import Image, ImageCms, TiffImagePlugin

from dam.iiif.image_request import Format, Quality
from dam.imaging.gray_profiles import screen_levels
from dam.imaging.masters import open_master
from dam.imaging.probe import probe
from dam.imaging.render import render
from dam.imaging.runtime import start_libvips

GRID = 17


@pytest.fixture(autouse=True)
def _libvips():
    start_libvips()


def cube(most: int = 255) -> np.ndarray:
    """Every mixture of 17 levels of red, green and blue, as a picture of 289 by 17."""
    steps = np.rint(np.linspace(0, most, GRID)).astype("uint16" if most > 255 else "uint8")
    red, green, blue = np.meshgrid(steps, steps, steps, indexing="ij")
    return np.stack([red, green, blue], axis=-1).reshape(GRID, GRID * GRID, 3)


def write(levels: np.ndarray, path, interpretation: str, profile: bytes | None = None, **options):
    """Write an array as a master, by libvips, since Pillow has no 16 bits of colour."""
    height, width, bands = levels.shape
    kind = {"uint8": "uchar", "uint16": "ushort", "float32": "float"}[str(levels.dtype)]
    image = pyvips.Image.new_from_memory(levels.tobytes(), width, height, bands, kind)
    image = image.copy(interpretation=interpretation)
    if profile is not None:
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    image.write_to_file(str(path), **options)
    return path


def screen(path) -> np.ndarray:
    image = open_master(path, probe(path))
    assert (image.format, image.bands) in {("uchar", 1), ("uchar", 3)}
    return image.numpy().reshape(image.height, image.width, image.bands).astype(int)


@pytest.mark.parametrize("space", SPACES, ids=lambda space: space.name)
@pytest.mark.parametrize("ending", ["png", "tif"])
@pytest.mark.parametrize("bits", [8, 16])
def test_matrix_profiles_come_out_by_their_matrices(tmp_path, space, ending, bits):
    """Inside sRGB within two levels: one of rounding, one of the 16-bit tables of lcms.

    What lies outside is clipped to its surface, each channel for itself.
    """
    most = 2**bits - 1
    levels = cube(most)
    interpretation = "rgb16" if bits == 16 else "srgb"
    path = write(levels, tmp_path / f"a.{ending}", interpretation, rgb_profile(space))
    assert space.name in probe(path).colour
    expected, inside = in_srgb(levels.astype(float), space, most)
    difference = np.abs(screen(path) - expected)
    assert inside.sum() > 500
    assert difference[inside].max() <= 2
    assert difference[inside].mean() <= 0.5
    outside = difference[~inside]
    assert not outside.size or outside.max() <= 3


@pytest.mark.parametrize("space", [DISPLAY_P3, ADOBE_RGB, PROPHOTO], ids=lambda space: space.name)
def test_a_profile_that_is_passed_over_would_be_noticed(space):
    """The proofs above can fail: numbers taken for sRGB are far off in every wide space."""
    expected, inside = in_srgb(cube().astype(float), space)
    assert np.abs(cube() - expected)[inside].max() > 20


def test_matrix_profiles_agree_with_little_cms_on_its_own(tmp_path):
    """Pillow's lcms, another build than that of libvips, with the profiles that this test made."""
    picture = Image.fromarray(cube())
    for space in (DISPLAY_P3, ADOBE_RGB, PROPHOTO):
        profile = rgb_profile(space)
        path = save(picture, tmp_path / f"{space.gamma}.png", icc_profile=profile)
        theirs = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        )
        assert np.abs(screen(path) - np.asarray(theirs).astype(int)).max() <= 2


def test_every_profile_keeps_gray_gray_and_white_white(tmp_path):
    """Equal parts of red, green and blue have no colour in any of these spaces."""
    ramp = np.repeat(np.arange(256, dtype="uint8")[None, :, None], 3, axis=2)
    for space in SPACES:
        name = f"{space.name}.png"
        seen = screen(write(ramp, tmp_path / name, "srgb", rgb_profile(space)))[0]
        assert (seen.max(axis=1) - seen.min(axis=1)).max() <= 1
        assert tuple(seen[255]) == (255, 255, 255) and tuple(seen[0]) == (0, 0, 0)
        assert (np.diff(seen[:, 1]) >= 0).all()


@pytest.mark.parametrize("gamma", [1.0, 1.8, 2.2])
@pytest.mark.parametrize("bits", [8, 16])
def test_gray_profiles_come_out_by_their_gamma(tmp_path, gamma, bits):
    most = 2**bits - 1
    ramp = np.rint(np.linspace(0, most, 256)).astype(f"uint{bits}")[None, :, None]
    space = "grey16" if bits == 16 else "b-w"
    seen = screen(write(ramp, tmp_path / "a.tif", space, gray_profile(gamma)))
    expected = srgb_levels((ramp / most) ** (round(gamma * 256) / 256))
    assert seen.shape == (1, 256, 1)
    assert np.abs(seen - expected).max() <= 1


CURVES = [
    (struct.pack(">4sLL", b"curv", 0, 0), lambda x: x, "no entry: the number is the light"),
    (struct.pack(">4sLL3H", b"curv", 0, 3, 0, 16384, 65535),
     lambda x: np.where(x < 0.5, x / 2, 0.25 + (x - 0.5) * 1.5), "points, with lines between"),
    (struct.pack(">4sLHHl", b"para", 0, 0, 0, 2 * 65536), lambda x: x**2, "a power"),
    (struct.pack(">4sLHHlll", b"para", 0, 1, 0, 2 * 65536, 2 * 65536, -65536),
     lambda x: np.maximum(0, 2 * x - 1) ** 2, "nothing below the border"),
    (struct.pack(">4sLHH5l", b"para", 0, 3, 0, 157286, 62119, 3417, 5072, 2651),
     SRGB.linear, "the curve of sRGB"),
]  # fmt: skip


@pytest.mark.parametrize(("curve", "light", "reason"), CURVES)
def test_curves_of_gray_profiles_are_read_as_icc_writes_them(curve, light, reason):
    found = np.frombuffer(screen_levels(gray_profile_of(curve), 256), "uint8").astype(int)
    assert np.abs(found - srgb_levels(light(np.arange(256) / 255))).max() <= 0.55, reason


def test_gray_profile_of_lightness_is_read_as_lightness():
    """Connection space Lab: the curve gives L*."""
    levels = screen_levels(gray_profile_of(CURVES[0][0], b"Lab "), 101)
    expected, _ = lab_in_srgb(np.array([[lightness, 0, 0] for lightness in range(101)]))
    assert np.abs(np.frombuffer(levels, "uint8") - expected[:, 1]).max() <= 0.55


@pytest.mark.parametrize("curve", [b"", b"curv", b"mpet" + bytes(20), b"para\0\0\0\0\0\x09"])
def test_curve_that_is_not_understood_is_left_to_others(curve):
    assert screen_levels(gray_profile_of(curve), 256) is None


@pytest.mark.parametrize("bits", [8, 16])
def test_lab_comes_out_by_the_formulas_of_cie(tmp_path, bits):
    """Within two levels of 16 bits, four of 8: a step of 8-bit a or b is up to three levels."""
    lights, others = np.linspace(5, 95, 19), np.linspace(-60, 60, 13)
    lab = np.stack(np.meshgrid(lights, others, others, indexing="ij"), axis=-1)
    lab = lab.reshape(19, 169, 3)
    path = tmp_path / "lab.tif"
    if bits == 16:
        write(lab.astype("float32"), path, "lab", bitdepth=16)
    else:
        coded = np.rint(lab * [255 / 100, 1, 1]).astype("int16").astype("uint8")
        Image.frombytes("LAB", (169, 19), coded.tobytes()).save(path)
        signed = coded[..., 1:].astype("int8")
        lab = np.concatenate([coded[..., :1] / 2.55, signed], axis=-1)
    expected, inside = lab_in_srgb(lab)
    assert inside.sum() > 500
    difference = np.abs(screen(path) - expected)[inside]
    assert difference.max() <= (2 if bits == 16 else 4)
    assert difference.mean() <= 1


def test_cmyk_with_a_profile_comes_out_as_lab_of_its_inks_says(tmp_path):
    """Inks to Lab by the profile's own table, Lab to sRGB by formula: not the way that we take.

    Relative intent scales black, so the darkest inks (below L* 25) are left out; lookup tables of
    17 steps leave three levels.
    """
    profile = built_in_profile("cmyk")
    steps = np.rint(np.linspace(0, 200, 6)).astype("uint8")
    inks = np.stack(np.meshgrid(steps, steps, steps, steps[:2], indexing="ij"), axis=-1)
    inks = inks.reshape(12, 36, 4)
    path = write(inks, tmp_path / "a.tif", "cmyk", profile)
    to_lab = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("LAB"),
        "CMYK",
        "LAB",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    coded = np.asarray(
        ImageCms.applyTransform(Image.frombytes("CMYK", (36, 12), inks.tobytes()), to_lab)
    )
    lab = np.concatenate([coded[..., :1] / 2.55, coded[..., 1:].astype("int8")], axis=-1)
    expected, inside = lab_in_srgb(lab)
    light = inside & (lab[..., 0] > 25)
    assert light.sum() > 100
    difference = np.abs(screen(path) - expected)[light]
    assert np.percentile(difference, 99) <= 6 and difference.mean() <= 2


def test_inks_of_a_jpeg_are_those_of_a_tiff(tmp_path):
    """Adobe writes JPEG inks inverted; the same inks are the same colours in both files."""
    inks = Image.new("CMYK", (64, 48), (30, 200, 120, 10))
    jpeg = screen(save(inks, tmp_path / "a.jpg", quality=100, subsampling=0))
    tiff = screen(save(inks, tmp_path / "a.tif"))
    assert np.abs(jpeg - tiff).max() <= 2


def test_min_is_white_is_turned_round(tmp_path):
    """PhotometricInterpretation 0 (TIFF 6.0 §4): 0 is white, for gray, deep gray and one bit."""
    ramp = np.repeat(np.arange(256, dtype="uint8")[None], 4, axis=0)
    for name, picture in (
        ("gray.tif", Image.fromarray(255 - ramp)),
        ("bits.tif", Image.fromarray(255 - ramp).convert("1", dither=Image.Dither.NONE)),
    ):
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        tags[262] = 0
        path = save(picture, tmp_path / name, tiffinfo=tags)
        with Image.open(path) as written:
            assert written.tag_v2[262] == 0, "Pillow wrote it so"
        seen = screen(path)[..., 0]
        pillow = np.asarray(Image.open(path).convert("L")).astype(int)
        assert (seen == pillow).all()


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_gray_of_few_bits_spreads_over_all_levels(tmp_path, bits):
    values = np.arange(2**bits, dtype="uint8")[None].repeat(3, axis=0)
    spread = np.rint(values * (255 / (2**bits - 1))).astype("uint8")[..., None]
    path = write(spread, tmp_path / "a.png", "b-w", bitdepth=bits)
    assert (screen(path) == spread).all()


def test_planes_of_a_tiff_are_its_channels(tmp_path):
    """PlanarConfiguration 2 (TIFF 6.0 §4): each channel in a strip of its own."""
    levels = cube()
    height, width, _ = levels.shape
    planes = [levels[..., band].tobytes() for band in range(3)]
    path = tmp_path / "planar.tif"
    path.write_bytes(planar_tiff(width, height, planes))
    assert (screen(path) == levels).all()


def planar_tiff(width: int, height: int, planes: list[bytes]) -> bytes:
    """A TIFF whose channels stand one after the other, written by its bytes."""
    content = b"".join(planes)
    entries = 11
    after = 8 + len(content) + len(content) % 2
    extra = after + 2 + 12 * entries + 4
    offsets = [8 + len(planes[0]) * band for band in range(3)]
    arrays = [(8, 8, 8), offsets, [len(plane) for plane in planes]]
    tags = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, extra), (259, 3, 1, 1),
        (262, 3, 1, 2), (273, 4, 3, extra + 8), (277, 3, 1, 3), (278, 4, 1, height),
        (279, 4, 3, extra + 20), (284, 3, 1, 2), (296, 3, 1, 1),
    ]  # fmt: skip
    written = b"II*\0" + after.to_bytes(4, "little") + content + b"\0" * (len(content) % 2)
    written += entries.to_bytes(2, "little")
    for tag, kind, count, value in tags:
        written += tag.to_bytes(2, "little") + kind.to_bytes(2, "little")
        written += count.to_bytes(4, "little") + value.to_bytes(4, "little")
    written += bytes(4) + b"".join(n.to_bytes(2, "little") for n in arrays[0]) + bytes(2)
    return written + b"".join(n.to_bytes(4, "little") for n in (*arrays[1], *arrays[2]))


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.gif"])
def test_palettes_come_out_as_their_entries(tmp_path, name):
    picture = Image.fromarray(cube()).quantize(200)
    seen = screen(save(picture, tmp_path / name))
    assert (seen == np.asarray(picture.convert("RGB"))).all()


def test_sixteen_bits_are_brought_to_the_nearest_level_or_the_one_below(tmp_path):
    """All 65 536 levels: monotone, 256 of them come out, each of 256 neighbours."""
    ramp = np.arange(65_536, dtype="uint16").reshape(256, 256)[..., None]
    for name, levels, space in (
        ("gray.png", ramp, "grey16"),
        ("gray.tif", ramp, "grey16"),
        ("colour.tif", ramp.repeat(3, axis=2), "rgb16"),
    ):
        seen = screen(write(levels, tmp_path / name, space))
        assert seen.shape[2] == levels.shape[2]
        for band in range(seen.shape[2]):
            line = seen[..., band].ravel()
            assert set(np.unique(np.diff(line))) == {0, 1}
            assert np.abs(line - np.arange(65_536) / 257).max() <= 1
            assert set(np.unique(np.bincount(line))) == {256}


def test_flattening_is_the_mean_of_colour_and_white_weighed_by_alpha(tmp_path):
    alpha, level = np.meshgrid(np.arange(256), np.arange(256))
    picture = np.stack([level, level, 255 - level, alpha], axis=-1).astype("uint8")
    seen = screen(save(Image.fromarray(picture), tmp_path / "a.png"))
    weight = alpha[..., None] / 255
    expected = picture[..., :3] * weight + 255 * (1 - weight)
    assert np.abs(seen - expected).max() <= 1


def test_a_wide_gradient_has_no_bands(tmp_path):
    """Adobe RGB in 16 bits: no step of the result is larger than two levels, none goes back."""
    ramp = np.rint(np.linspace(0, 65_535, 4096)).astype("uint16")[None, :, None].repeat(3, axis=2)
    path = write(ramp, tmp_path / "a.tif", "rgb16", rgb_profile(ADOBE_RGB))
    steps = np.diff(screen(path)[0], axis=0)
    assert steps.min() >= 0 and steps.max() <= 1


@pytest.mark.parametrize("format_", [*Format])
@pytest.mark.parametrize("quality", [Quality.DEFAULT, Quality.GRAY])
def test_gray_stays_gray_in_every_format(tmp_path, format_, quality):
    """Red, green and blue of every pixel are equal to the last bit, but for WebP."""
    ramp = np.repeat(np.arange(256, dtype="uint8")[None], 96, axis=0)
    source = pack_of(Image.fromarray(ramp), tmp_path)
    content = render(plan((0, 0, 256, 96), (200, 75), format=format_, quality=quality), source)
    seen = np.asarray(opened(content).convert("RGB")).astype(int)
    # libwebp's decoder rounds green down by a sixty-fourth: the chroma of the file is neutral.
    most = 1 if format_ is Format.WEBP else 0
    assert (seen.max(axis=2) - seen.min(axis=2)).max() <= most
    line = seen[40, 8:-8, 0]
    wave = 8 if format_ in {Format.WEBP, Format.AVIF, Format.JPG, Format.GIF} else 3
    expected = (np.arange(8, 192) + 0.5) * 256 / 200 - 0.5
    assert np.abs(line - expected).max() <= wave


@pytest.mark.parametrize("degrees", ["0", "90"])
def test_gray_quality_is_the_luma_of_the_picture(tmp_path, degrees):
    """ITU-R BT.601 weights, which JPEG's own luma has; patches of 32 pixels, so JPEG is exact."""
    colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (200, 40, 50), (10, 200, 180), (90, 90, 90)]
    picture = Image.new("RGB", (32 * len(colours), 32))
    for place, part in enumerate(colours):
        picture.paste(part, (32 * place, 0, 32 * place + 32, 32))
    source = pack_of(picture, tmp_path)
    size = (picture.width, 32)
    asked = plan((0, 0, *size), size, quality=Quality.GRAY, degrees=degrees)
    seen = opened(render(asked, source))
    assert seen.mode == "L"
    seen = seen if degrees == "0" else seen.transpose(Image.Transpose.ROTATE_90)
    for place, (red, green, blue) in enumerate(colours):
        expected = 0.299 * red + 0.587 * green + 0.114 * blue
        assert abs(seen.getpixel((32 * place + 16, 16)) - expected) <= 2


@pytest.mark.parametrize("format_", [*Format])
def test_bitonal_is_the_luma_against_the_middle(tmp_path, format_):
    """Black below 128, white from there on; only within JPEG's error of it is there any doubt."""
    ramp = np.repeat(np.arange(256, dtype="uint8")[None], 64, axis=0)
    source = pack_of(Image.fromarray(ramp), tmp_path)
    asked = plan((0, 0, 256, 64), (256, 64), quality=Quality.BITONAL, format=format_)
    seen = np.asarray(opened(render(asked, source)).convert("L")).astype(int)
    lossy = {Format.JPG: 12, Format.WEBP: 12, Format.AVIF: 24}.get(format_, 0)
    assert (seen[:, :122] <= lossy).all() and (seen[:, 134:] >= 255 - lossy).all()


def test_profile_of_srgb_made_by_its_bytes_changes_no_number(tmp_path):
    path = write(cube(), tmp_path / "a.png", "srgb", rgb_profile(SRGB))
    assert (screen(path) == cube()).all()
