"""HEIC, camera raw, JPEG XL and HTJ2K: described from the header, opened upright, true colours."""

import io
import subprocess
import sys
from contextlib import suppress

import numpy as np
import pytest
from made_masters import (
    TURNED_BY_LIBRAW,
    dng,
    htj2k,
    jpeg_xl,
    jph,
    samples,
    turned_jpeg_xl,
)
from made_pictures import ORIENTATION, coordinates, corners, from_libvips, quarters
from PIL import Image

from dam.errors import DamError
from dam.iiif.geometry import Extent
from dam.imaging.jpeg_xl import parse
from dam.imaging.masters import open_master
from dam.imaging.opening import Decoder
from dam.imaging.probe import MasterLimits, probe
from dam.imaging.refusals import DamagedMaster, MasterTooLarge
from dam.imaging.signatures import MasterFormat

WIDE, HIGH = 64, 48
HEIC = "exif-samples/heic_IMG_5195.HEIC"


def written(tmp_path, name: str, content: bytes):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def opened(path) -> Image.Image:
    return from_libvips(open_master(path, probe(path)))


def turned_jpeg(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    file = io.BytesIO()
    corners(WIDE, HIGH).save(file, "JPEG", exif=exif, quality=95)
    return file.getvalue()


def translucent() -> Image.Image:
    picture = corners(WIDE, HIGH).convert("RGBA")
    alpha = Image.new("L", picture.size, 255)
    alpha.paste(0, (0, HIGH // 2, WIDE // 2, HIGH))
    picture.putalpha(alpha)
    return picture


COLOURS = corners(WIDE, HIGH)
GRAY = COLOURS.convert("L")
DESCRIBED = [
    # name and bytes; then format, decoder, bits, bands, alpha, gray, colour
    ("a.jxl", lambda: jpeg_xl(COLOURS), ("JPEG XL", "imagecodecs", 8, 3, False, False, "RGB")),
    ("lossy.jxl", lambda: jpeg_xl(COLOURS, lossless=False, distance=0.5),
     ("JPEG XL", "imagecodecs", 8, 3, False, False, "RGB")),
    ("boxed.jxl", lambda: jpeg_xl(COLOURS, usecontainer=True),
     ("JPEG XL", "imagecodecs", 8, 3, False, False, "RGB")),
    ("gray.jxl", lambda: jpeg_xl(GRAY), ("JPEG XL", "imagecodecs", 8, 1, False, True, "gray")),
    ("alpha.jxl", lambda: jpeg_xl(translucent()),
     ("JPEG XL", "imagecodecs", 8, 4, True, False, "RGB")),
    ("a.jph", lambda: jph(COLOURS), ("JPEG 2000", "imagecodecs", 8, 3, False, False, "RGB")),
    ("p3.jph", lambda: jph(COLOURS, "p3"),
     ("JPEG 2000", "imagecodecs", 8, 3, False, False, "RGB (sP3C)")),
    ("a.jhc", lambda: htj2k(COLOURS), ("JPEG 2000", "imagecodecs", 8, 3, False, False, "RGB")),
    ("gray.jhc", lambda: htj2k(GRAY), ("JPEG 2000", "imagecodecs", 8, 1, False, True, "gray")),
    ("16.jhc", lambda: htj2k(COLOURS, 16),
     ("JPEG 2000", "imagecodecs", 16, 3, False, False, "RGB")),
    ("a.dng", lambda: dng(COLOURS), ("camera raw", "rawpy", 16, 3, False, False, "RGB")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "facts"), DESCRIBED, ids=[row[0] for row in DESCRIBED])
def test_a_master_of_an_extra_is_described_and_opened(tmp_path, name, make, facts):
    path = written(tmp_path, name, make())
    found = probe(path)
    assert found.extent == found.stored_extent == Extent(WIDE, HIGH)
    assert (found.format, found.decoder, found.bits, found.bands) == facts[:4]
    assert (found.has_alpha, found.grayscale, found.colour) == facts[4:]
    picture = opened(path)
    assert picture.size == (WIDE, HIGH)
    assert picture.mode == ("L" if found.grayscale else "RGB")
    assert found.grayscale or quarters(picture) == "RGBW"


@pytest.mark.parametrize("bits", [10, 12])
def test_deep_jpeg_xl_keeps_its_bits_and_its_light(tmp_path, bits):
    """Its encoder calls deep samples linear light, so a half is shown as 188 of 255."""
    half = Image.new("RGB", (WIDE, HIGH), (128, 128, 128))
    path = written(tmp_path, "deep.jxl", jpeg_xl(half, bits))
    assert probe(path).bits == bits
    assert opened(path).getpixel((9, 9)) == (188, 188, 188)


def test_deep_htj2k_is_read_with_all_its_bits(tmp_path):
    """Two values that are one in eight bits differ in the decoded picture."""
    wide = samples(coordinates(WIDE, HIGH), 16)
    path = written(tmp_path, "deep.jhc", htj2k(coordinates(WIDE, HIGH), 16))
    shown = np.asarray(opened(path)).astype(int)
    assert np.abs(shown - (wide.astype(int) + 128) // 257).max() <= 1


@pytest.mark.parametrize(
    "sides", [(1, 1), (8, 8), (256, 256), (257, 300), (3000, 7), (40_001, 2), (640, 480)]
)
def test_header_of_jpeg_xl_says_the_size_that_is_decoded(sides):
    found = parse(jpeg_xl(Image.new("RGB", sides)))
    assert (found.width, found.height) == sides


@pytest.mark.parametrize("orientation", range(1, 9))
def test_jpeg_xl_is_turned_once(tmp_path, orientation):
    path = written(tmp_path, "turned.jxl", turned_jpeg_xl(turned_jpeg(orientation)))
    upright = {
        1: "RGBW",
        2: "GRWB",
        3: "BWRG",
        4: "WBGR",
        5: "RWBG",
        6: "WRGB",
        7: "BGRW",
        8: "GBWR",
    }
    assert probe(path).extent == (Extent(WIDE, HIGH) if orientation < 5 else Extent(HIGH, WIDE))
    assert quarters(opened(path)) == upright[orientation]


@pytest.mark.parametrize("orientation", TURNED_BY_LIBRAW)
def test_camera_raw_is_turned_once(tmp_path, orientation):
    path = written(tmp_path, "turned.dng", dng(COLOURS, orientation))
    found = probe(path)
    assert found.format is MasterFormat.CAMERA_RAW
    assert found.extent == (Extent(WIDE, HIGH) if orientation < 5 else Extent(HIGH, WIDE))
    assert quarters(opened(path)) == TURNED_BY_LIBRAW[orientation]


@pytest.mark.shared
@pytest.mark.parametrize("quarter", range(4))
def test_heic_is_turned_as_its_box_says_whatever_its_exif_says(shared, tmp_path, quarter):
    """ISO 23008-12 §6.5.10: irot turns to the left; EXIF says 1 here, and would not be asked."""
    content = bytearray((shared / "fixtures" / "metadata" / HEIC).read_bytes())
    content[content.index(b"irot") + 4] = quarter
    path = written(tmp_path, "a.heic", bytes(content))
    content[content.index(b"irot") + 4] = 0
    straight = written(tmp_path, "straight.heic", bytes(content))
    plain, turned = opened(straight), opened(path)
    assert probe(path).extent == Extent(*turned.size)
    expected = plain.rotate(90 * quarter, expand=True)
    assert turned.size == expected.size
    small = [np.asarray(each.resize((40, 40))).astype(int) for each in (turned, expected)]
    assert np.abs(small[0] - small[1]).max() <= 3


@pytest.mark.shared
def test_heic_of_a_phone_is_described(shared):
    found = probe(shared / "fixtures" / "metadata" / HEIC)
    assert (found.format, found.decoder) == (MasterFormat.HEIC, Decoder.PI_HEIF)
    assert (found.bits, found.bands, found.colour) == (8, 3, "RGB (Display P3)")


DECLARING = [("a.jxl", lambda: jpeg_xl(COLOURS)), ("a.jhc", lambda: htj2k(COLOURS)),
             ("a.jph", lambda: jph(COLOURS)), ("a.dng", lambda: dng(COLOURS))]  # fmt: skip


@pytest.mark.parametrize(("name", "make"), DECLARING, ids=[row[0] for row in DECLARING])
def test_too_large_is_said_from_the_header(tmp_path, name, make):
    """Cut to its head, the file has nothing that could be decoded."""
    path = written(tmp_path, name, make())
    with pytest.raises(MasterTooLarge):
        probe(path, MasterLimits(max_pillow_pixels=WIDE * HIGH - 1))


CUT = [("a.jxl", 30), ("boxed.jxl", 60), ("a.jph", 90), ("a.jhc", 60), ("a.dng", 400)]


@pytest.mark.parametrize(("name", "left"), CUT, ids=[row[0] for row in CUT])
def test_a_cut_off_file_is_never_a_picture(tmp_path, name, left):
    makers = {row[0]: row[1] for row in DESCRIBED}
    path = written(tmp_path, name, makers[name]()[:left])
    with pytest.raises(DamagedMaster):
        opened(path)


WITHOUT = """
import sys
sys.modules[sys.argv[1]] = None  # what is not installed cannot be imported
from pathlib import Path
from dam.errors import DamError
from dam.imaging.probe import probe
try:
    print(probe(Path(sys.argv[2])).decoder)
except DamError as error:
    print(f"{type(error).__name__}: {error}")
"""
MISSING = [
    ("imagecodecs", "a.jxl", "a JPEG XL picture", "dam[jp2]"),
    ("rawpy", "a.dng", "a camera raw file", "dam[raw]"),
    ("pi_heif", "a.heic", "a HEIC picture", "dam[heic]"),
]


def without(module: str, path) -> str:
    run = [sys.executable, "-c", WITHOUT, module, path]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(("module", "name", "words", "extra"), MISSING)
def test_a_missing_extra_is_named_to_whoever_can_install_it(tmp_path, module, name, words, extra):
    made = {row[0]: row[1] for row in DESCRIBED}
    content = made[name]() if name in made else b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    assert without(module, written(tmp_path, name, content)) == (
        f"MissingDecoder: This is {words}, and its decoder is missing here; send a JPEG or TIFF,"
        f" or have the operator install {extra} and try again."
    )


def test_htj2k_goes_in_without_the_extra_too(tmp_path):
    path = written(tmp_path, "a.jph", jph(COLOURS))
    assert without("imagecodecs", path) == Decoder.PILLOW
    assert probe(path).decoder is Decoder.IMAGECODECS


@pytest.mark.parametrize("name", ["a.jxl", "boxed.jxl", "a.jph", "a.jhc", "a.dng"])
def test_changed_bytes_are_described_or_refused(tmp_path, name):
    whole = {row[0]: row[1] for row in DESCRIBED}[name]()
    for place in range(min(len(whole), 300)):
        changed = bytearray(whole)
        changed[place] ^= 0xFF
        path = written(tmp_path, name, bytes(changed))
        with suppress(DamError):
            assert probe(path).extent.width > 0
