import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_pictures import (
    ORIENTATION,
    built_in_profile,
    coordinates,
    corners,
    png_that_declares,
    psd,
    save,
    with_profile,
)
from PIL import Image

from dam.errors import DamError
from dam.iiif.geometry import Extent
from dam.imaging.opening import Decoder
from dam.imaging.probe import MasterLimits, probe
from dam.imaging.refusals import (
    DamagedMaster,
    EmptyFile,
    MasterTooLarge,
    NotAPicture,
    UnsupportedMaster,
)
from dam.imaging.signatures import MasterFormat
from dam.imaging.wholeness import is_whole

SMALL = coordinates(60, 40)
KINDS = [
    # file name, mode, saving options, (format, bits, gray, alpha, colour)
    ("a.jpg", "RGB", {}, ("JPEG", 8, False, False, "RGB")),
    ("gray.jpg", "L", {}, ("JPEG", 8, True, False, "gray")),
    ("cmyk.jpg", "CMYK", {}, ("JPEG", 8, False, False, "CMYK")),
    ("progressive.jpg", "RGB", {"progressive": True}, ("JPEG", 8, False, False, "RGB")),
    ("a.tif", "RGB", {}, ("TIFF", 8, False, False, "RGB")),
    ("lzw.tif", "RGB", {"compression": "tiff_lzw"}, ("TIFF", 8, False, False, "RGB")),
    ("deflate.tif", "RGB", {"compression": "tiff_deflate"}, ("TIFF", 8, False, False, "RGB")),
    ("zstd.tif", "RGB", {"compression": "zstd"}, ("TIFF", 8, False, False, "RGB")),
    ("lzma.tif", "RGB", {"compression": "lzma"}, ("TIFF", 8, False, False, "RGB")),
    ("jpeg.tif", "RGB", {"compression": "jpeg"}, ("TIFF", 8, False, False, "RGB")),
    ("cmyk.tif", "CMYK", {}, ("TIFF", 8, False, False, "CMYK")),
    ("lab.tif", "LAB", {}, ("TIFF", 8, False, False, "Lab")),
    ("gray16.tif", "I;16", {}, ("TIFF", 16, True, False, "gray")),
    ("line.tif", "1", {"compression": "group4"}, ("TIFF", 1, True, False, "gray")),
    ("alpha.tif", "RGBA", {}, ("TIFF", 8, False, True, "RGB")),
    ("a.png", "RGB", {}, ("PNG", 8, False, False, "RGB")),
    ("alpha.png", "RGBA", {}, ("PNG", 8, False, True, "RGB")),
    ("grayalpha.png", "LA", {}, ("PNG", 8, True, True, "gray")),
    ("gray16.png", "I;16", {}, ("PNG", 16, True, False, "gray")),
    ("line.png", "1", {}, ("PNG", 1, True, False, "gray")),
    ("palette.png", "P", {}, ("PNG", 8, False, False, "RGB")),
    ("a.webp", "RGB", {}, ("WebP", 8, False, False, "RGB")),
    ("alpha.webp", "RGBA", {}, ("WebP", 8, False, True, "RGB")),
    ("a.avif", "RGB", {}, ("AVIF", 8, False, False, "RGB")),
    ("a.gif", "P", {}, ("GIF", 8, False, False, "RGB")),
    ("a.jp2", "RGB", {}, ("JPEG 2000", 8, False, False, "RGB")),
    ("gray.jp2", "L", {}, ("JPEG 2000", 8, True, False, "gray")),
    ("a.j2k", "RGB", {}, ("JPEG 2000", 8, False, False, "RGB")),
]


def in_mode(mode):
    if mode == "I;16":
        wide = b"".join(struct.pack("<H", 257 * light) for light in SMALL.convert("L").tobytes())
        return Image.frombytes("I;16", SMALL.size, wide)
    if mode == "LAB":
        return Image.new("LAB", SMALL.size, (128, 128, 128))
    picture = SMALL.convert(mode)
    if mode in {"RGBA", "LA"}:
        picture.putalpha(128)
    return picture


@pytest.mark.parametrize(("name", "mode", "options", "expected"), KINDS)
def test_every_kind_of_master_is_described(tmp_path, name, mode, options, expected):
    found = probe(save(in_mode(mode), tmp_path / name, **options))
    facts = (found.format, found.bits, found.grayscale, found.has_alpha, found.colour)
    assert facts == expected
    assert found.extent == Extent(60, 40)


def test_photoshop_documents_are_read_as_their_merged_picture(tmp_path):
    path = tmp_path / "a.psd"
    path.write_bytes(psd(SMALL))
    found = probe(path)
    assert (found.format, found.extent, found.decoder) == (
        MasterFormat.PSD,
        Extent(60, 40),
        Decoder.PILLOW,
    )


def test_photoshop_document_without_merged_picture_is_refused(tmp_path):
    path = tmp_path / "a.psd"
    path.write_bytes(psd(SMALL, merged=False))
    with pytest.raises(UnsupportedMaster, match="Maximize compatibility"):
        probe(path)


def test_numbers_that_no_camera_writes_are_refused(tmp_path):
    image = with_profile(SMALL, "srgb").cast("uint")
    image.tiffsave(str(tmp_path / "a.tif"))
    with pytest.raises(UnsupportedMaster, match="8 or 16 bits"):
        probe(tmp_path / "a.tif")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_extent_is_what_people_see_and_stored_extent_is_not_turned(tmp_path, orientation):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    found = probe(save(corners(64, 48), tmp_path / "a.jpg", exif=exif))
    assert found.orientation == orientation
    assert found.stored_extent == Extent(64, 48)
    assert found.extent == (Extent(64, 48) if orientation < 5 else Extent(48, 64))


@pytest.mark.parametrize("orientation", [0, 9, 200])
def test_orientation_that_means_nothing_is_upright(tmp_path, orientation):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    assert probe(save(corners(), tmp_path / "a.jpg", exif=exif)).orientation == 1


def test_profile_is_named(tmp_path):
    with_profile(SMALL, "p3").jpegsave(str(tmp_path / "a.jpg"))
    found = probe(tmp_path / "a.jpg")
    assert (found.colour, found.notes) == ("RGB (sP3C)", ())


@pytest.mark.parametrize(
    ("profile", "reason"),
    [
        (b"no profile at all" * 20, "it is no profile"),
        (b"\0" * 16 + b"CMYK" + b"\0" * 200, "it is for other colours"),
    ],
)
def test_profile_that_cannot_be_used_is_noted(tmp_path, profile, reason):
    found = probe(save(SMALL, tmp_path / "a.jpg", icc_profile=profile))
    assert found.colour == "RGB", reason
    assert found.notes == ("The colour profile cannot be used; RGB was assumed.",)


def test_cmyk_without_profile_is_noted(tmp_path):
    (note,) = probe(save(in_mode("CMYK"), tmp_path / "a.jpg")).notes
    assert note == "CMYK without a colour profile; its colours are approximate."


@pytest.mark.parametrize("name", ["pages.tif", "frames.gif"])
def test_first_of_several_pictures_is_used_with_a_note(tmp_path, name):
    others = [coordinates(60, 40), corners(60, 40)]
    found = probe(save(SMALL, tmp_path / name, save_all=True, append_images=others))
    assert found.pages >= 2
    assert any("the first is used" in note for note in found.notes)


@pytest.mark.parametrize(
    ("name", "notes", "reason"),
    [
        ("portrait.png", ("Named .png, is a JPEG.",), "the extension promises a PNG"),
        ("portrait.JPEG", (), "a spelling of its own format"),
        ("portrait", (), "no extension promises nothing"),
        ("portrait.part", (), "not the extension of a picture"),
    ],
)
def test_wrong_extension_is_a_note_and_no_obstacle(tmp_path, name, notes, reason):
    path = save(SMALL, tmp_path / "incoming", format="JPEG")
    found = probe(path, name=name)
    assert found.format is MasterFormat.JPEG
    assert found.notes == notes, reason


@pytest.mark.parametrize(
    ("content", "refusal", "words"),
    [
        (b"", EmptyFile, "empty"),
        (b"Dear all, the pictures follow.", NotAPicture, "a text file"),
        (b"<!DOCTYPE html><title>404</title>", NotAPicture, "a web page"),
        (b"PK\x03\x04" + bytes(40), NotAPicture, "a ZIP archive"),
        (b"%PDF-1.7\n" + bytes(40), UnsupportedMaster, "a PDF document"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", DamagedMaster, "a HEIC picture"),
        (b"\xff\xd8\xff\xe0", DamagedMaster, "a JPEG"),
        (b"II*\0\xff\xff\xff\x00", DamagedMaster, "a TIFF"),
        (b"GIF89a", DamagedMaster, "a GIF"),
        (b"8BPS\0\x01" + bytes(20), DamagedMaster, "a Photoshop document"),
        (b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(30), DamagedMaster, "a JPEG 2000 picture"),
    ],
)
def test_what_cannot_be_taken_in_is_named_in_one_sentence(tmp_path, content, refusal, words):
    path = tmp_path / "portrait.jpg"
    path.write_bytes(content)
    with pytest.raises(refusal) as caught:
        probe(path)
    message = str(caught.value)
    assert words in message and message.endswith(".") and "\n" not in message
    assert str(tmp_path) not in message


def test_declared_pixels_are_checked_before_anything_is_decoded(tmp_path):
    path = tmp_path / "bomb.png"
    path.write_bytes(png_that_declares(60_000, 60_000))
    with pytest.raises(MasterTooLarge, match="3,600,000,000 pixels"):
        probe(path)


@pytest.mark.parametrize(
    ("name", "options", "reason"),
    [
        ("a.webp", {}, "decoded whole"),
        ("a.avif", {}, "decoded whole"),
        ("a.jp2", {}, "decoded whole"),
        ("a.jpg", {"progressive": True}, "its coefficients are held in memory"),
    ],
)
def test_what_is_held_in_memory_whole_has_a_limit_of_its_own(tmp_path, name, options, reason):
    path = save(SMALL, tmp_path / name, **options)
    with pytest.raises(MasterTooLarge):
        probe(path, MasterLimits(max_pillow_pixels=2399))
    assert probe(path, MasterLimits(max_pillow_pixels=2400)), reason
    assert probe(save(SMALL, tmp_path / "b.jpg"), MasterLimits(max_pillow_pixels=1))


def test_bytes_have_a_limit(tmp_path):
    path = save(SMALL, tmp_path / "a.jpg")
    with pytest.raises(MasterTooLarge, match="bytes"):
        probe(path, MasterLimits(max_bytes=100))


TRUNCATED = ["a.jpg", "a.png", "a.tif", "lzw.tif", "a.webp", "a.avif", "a.gif", "a.jp2", "a.j2k"]


@pytest.mark.parametrize("name", TRUNCATED)
@pytest.mark.parametrize("part", [0.5, 0.9, 0.99])
def test_file_whose_end_is_missing_is_refused(tmp_path, name, part):
    options = {"compression": "tiff_lzw"} if name.startswith("lzw") else {}
    path = save(corners(300, 200), tmp_path / name, **options)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(DamagedMaster):
        probe(path)


def test_end_of_an_embedded_thumbnail_is_not_the_end_of_the_picture(tmp_path):
    thumbnail = io.BytesIO()
    corners(40, 30).save(thumbnail, "JPEG")
    path = save(corners(300, 200), tmp_path / "a.jpg", comment=thumbnail.getvalue())
    content = path.read_bytes()
    path.write_bytes(content[:-200])
    assert not is_whole(path, MasterFormat.JPEG)


def test_bytes_after_the_end_are_no_damage(tmp_path):
    for name in ("a.jpg", "a.png", "a.webp"):
        path = save(SMALL, tmp_path / name)
        path.write_bytes(path.read_bytes() + bytes(500))
        assert probe(path).extent == Extent(60, 40)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # Pillow's remarks on broken tags
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "lzw.tif", "a.webp", "a.gif", "a.jp2"])
def test_any_bytes_are_described_or_refused_in_our_words(tmp_path_factory, name):
    directory = tmp_path_factory.mktemp("fuzz")
    options = {"compression": "tiff_lzw"} if name.startswith("lzw") else {}
    whole = save(corners(24, 16), directory / name, **options).read_bytes()

    @given(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=12))
    def described_or_refused(changes):
        content = bytearray(whole)
        for place, byte in changes:
            content[place] = byte
        path = directory / "changed"
        path.write_bytes(content)
        try:
            probe(path)
        except DamError:
            pass

    described_or_refused()


@pytest.mark.shared
def test_every_file_of_the_corpus_is_described_or_refused_in_one_sentence(shared):
    refused = {}
    for path in sorted((shared / "fixtures" / "metadata").rglob("*.*")):
        try:
            probe(path)
        except DamError as error:
            refused[path.name] = str(error)
    assert all(words.endswith(".") and "\n" not in words for words in refused.values())
    assert "camera raw" in refused["DNG.dng"] and "end is missing" in refused["DNG.dng"]
    assert not any(name.endswith((".tif", ".tiff", ".png", ".webp")) for name in refused)


def test_profile_of_jpeg_2000_is_found(tmp_path):
    path = save(SMALL, tmp_path / "a.jp2")
    content = path.read_bytes()
    at = content.index(b"colr") - 4
    length = int.from_bytes(content[at : at + 4], "big")
    box = b"colr\x02\0\0" + built_in_profile("p3")
    header = content.index(b"jp2h") - 4
    grown = int.from_bytes(content[header : header + 4], "big") + len(box) + 4 - length
    head = content[:header] + grown.to_bytes(4, "big") + content[header + 4 : at]
    path.write_bytes(head + (len(box) + 4).to_bytes(4, "big") + box + content[at + length :])
    assert probe(path).colour == "RGB (sP3C)"
