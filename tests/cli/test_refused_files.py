"""What cannot be taken in is refused in a sentence and kept aside; the rest of a batch goes in."""

import io
import struct
import zlib

import pytest
from conftest import draw
from PIL import Image
from web.browsers import PROGRAM, signed_in

from dam.records import catalogue, refused
from dam.rights.facts import Audience
from dam.web.application import create_app

FORMATS = ("jpg", "png", "tif", "webp", "avif", "gif", "jp2")


def whole(ending: str, size: tuple[int, int] = (320, 240), **options: object) -> bytes:
    written = io.BytesIO()
    noise = Image.effect_noise(size, 90).convert("RGB")
    noise.save(written, Image.registered_extensions()[f".{ending}"], **options)
    return written.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">L", len(content))
        + kind
        + content
        + struct.pack(">L", zlib.crc32(kind + content))
    )


def png(width: int, height: int, bits: int = 8) -> bytes:
    """A PNG of a few bytes that claims to be that large."""
    header = chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, bits, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + body


def declaring(content: bytes, place: int, form: str, *numbers: int) -> bytes:
    changed = bytearray(content)
    struct.pack_into(form, changed, place, *numbers)
    return bytes(changed)


def jpeg(side: int) -> bytes:
    content = whole("jpg")
    return declaring(content, content.index(b"\xff\xc0") + 5, ">HH", side, side)


def tiff(width: int, height: int) -> bytes:
    content = whole("tif")
    (directory,) = struct.unpack_from("<L", content, 4)
    (entries,) = struct.unpack_from("<H", content, directory)
    for number in range(entries):
        at = directory + 2 + 12 * number
        (tag,) = struct.unpack_from("<H", content, at)
        if tag in {256, 257}:
            side = width if tag == 256 else height
            content = declaring(content, at + 2, "<HLL", 4, 1, side)
    return content


def gif(side: int) -> bytes:
    content = whole("gif")
    at = content.index(b"\x2c", 13 + 3 * 256) + 5
    return declaring(declaring(content, 6, "<HH", side, side), at, "<HH", side, side)


def jp2(side: int) -> bytes:
    content = whole("jp2")
    codestream = content.index(b"\xff\x4f\xff\x51") + 8
    content = declaring(content, content.index(b"ihdr") + 4, ">LL", side, side)
    return declaring(content, codestream, ">LLLLLL", side, side, 0, 0, side, side)


def psd(side: int) -> bytes:
    return b"8BPS" + struct.pack(">H6xHLLHH", 1, 3, side, side, 8, 3) + bytes(12) + bytes(2000)


BAD = [
    # file name, bytes, a part of the sentence
    *((f"half.{ending}", whole(ending)[: len(whole(ending)) // 2], ".") for ending in FORMATS),
    *((f"head.{ending}", whole(ending)[:40], ".") for ending in FORMATS),
    ("empty.jpg", b"", "empty"),
    ("zeros.jpg", bytes(5000), "unknown kind"),
    ("words.jpg", b"Only words." * 50, "text file"),
    ("page.png", b"<!doctype html><p>Not found", "web page"),
    ("archive.tif", b"PK\x03\x04" + bytes(99), "ZIP archive"),
    ("document.jpg", b"%PDF-1.7" + bytes(99), "PDF"),
    ("phone.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
    ("program.gif", b"\x7fELF" + bytes(99), "program"),
    ("bomb.png", png(90_000, 90_000), "at most"),
    ("deep bomb.png", png(2**31 - 1, 2**31 - 1, 16), "."),
    ("bomb.jpg", jpeg(65_500), "at most"),
    ("bomb.tif", tiff(400_000, 400_000), "at most"),
    ("bomb.gif", gif(65_000), "."),
    ("bomb.jp2", jp2(200_000), "."),
    ("bomb.psd", psd(29_000), "at most"),
]
NAMES = [row[0] for row in BAD]


@pytest.fixture
def batch(folder):
    """Every bad file between two good ones."""
    for name, content, _ in BAD:
        (folder / name).write_bytes(content)
    good = [draw(folder / "0 first.jpg", 1), draw(folder / "z last.jpg", 2)]
    return [good[0], *(folder / name for name in NAMES), good[1]]


def kept_aside(archive):
    with archive.reading() as db:
        return {file.name: file for file in refused.newest(db)}


def test_bad_files_are_refused_in_sentences_and_the_rest_goes_in(dam, home, batch, archive):
    answer = dam("ingest", *batch, "--json")
    assert answer.code == 0
    told = {str(one["path"]): one for one in answer.objects}
    assert told["0 first.jpg"]["state"] == told["z last.jpg"]["state"] == "ready"
    aside = kept_aside(archive)
    for name, content, words in BAD:
        reason = str(told[name]["reason"])
        assert told[name]["state"] == "refused", (name, told[name])
        assert words in reason and reason.endswith(".") and len(reason) < 200, name
        assert "/" not in reason and "vips" not in reason.lower(), name
        assert aside[name].reason == reason
        assert archive.store.path(aside[name].key).read_bytes() == content
    assert list((home / "media" / "incoming").iterdir()) == []
    with archive.reading() as db:
        assert catalogue.count_all(db) == 2
    assert "Traceback" not in answer.err


def test_refused_files_are_tried_again_by_naming_them_again(dam, home, batch, archive):
    dam("ingest", *batch)
    again = dam("ingest", *batch, "--json")
    states = [one["state"] for one in again.objects]
    assert states == ["duplicate", *["refused"] * len(BAD), "duplicate"]
    assert {file.tries for file in kept_aside(archive).values()} == {2}
    assert len(kept_aside(archive)) == len(BAD)


def test_on_the_desk_each_is_refused_in_the_same_words_and_can_be_tried_again(
    dam, home, batch, archive
):
    told = {str(one["path"]): one["reason"] for one in dam("ingest", *batch, "--json").objects}
    staff = signed_in(archive, create_app(archive, b"k" * 32), Audience.STAFF)
    outcomes = []
    for path in batch:
        sent = {"files": [(io.BytesIO(path.read_bytes()), path.name)]}
        outcomes += staff.post("/desk/upload", sent, headers=PROGRAM).json
    assert [one["state"] for one in outcomes if one["path"] not in NAMES] == ["duplicate"] * 2
    assert {one["path"]: one["reason"] for one in outcomes if one["path"] in NAMES} == {
        name: told[name] for name in NAMES
    }
    page = staff.get("/desk/").text
    for name, file in kept_aside(archive).items():
        assert f"/desk/refused/{file.id}/retry" in page, name
        answer = staff.post(f"/desk/refused/{file.id}/retry", headers=PROGRAM)
        assert (answer.status_code, answer.json["state"]) == (200, "refused"), name


@pytest.mark.parametrize(
    ("name", "ending", "noted"),
    [
        ("a.jpg", "png", True),
        ("a.tif", "jpg", True),
        ("a.txt", "jpg", False),
        ("without an ending", "tif", False),
        ("A.JPEG", "jpg", False),
    ],
)
def test_a_good_picture_under_a_wrong_name_goes_in(dam, home, folder, name, ending, noted):
    (folder / name).write_bytes(whole(ending))
    answer = dam("ingest", folder / name, "--json")
    assert answer.one(name)["state"] == "ready"
    assert ("Named ." in answer.err) == noted
