"""HEIF, AVIF, GIF, JPEG 2000, JPEG XL and raw files: their blocks, and hostile ones."""

import shutil
import subprocess

import pytest
from handmade_blocks import ascii_entry, chunk, dataset, jpeg, png, resource, segment, tiff, xmp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dam.metadata.blocks import MAX_BLOCK_BYTES
from dam.metadata.containers import RawBlocks, raw_blocks
from dam.metadata.exif import read_exif
from dam.metadata.exif_values import exif_values
from dam.metadata.reconcile import read_embedded

EXIF = tiff([ascii_entry(0x013B, b"Reza")])
XMP = xmp("<dc:creator>Reza</dc:creator>")
IIM = dataset(5, b"Title")
HEIC = b"heic\0\0\0\0heicmif1"
XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
GIF_HEAD = b"GIF89a\1\0\1\0\0\0\0"
GIF_PICTURE = b",\0\0\0\0\1\0\1\0\0\x02\x02\x44\x01\0"
TRAILER = b"\1" + bytes(range(255, -1, -1)) + b"\0"


def box(kind, content=b""):
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def full(kind, content, version=0):
    return box(kind, bytes((version, 0, 0, 0)) + content)


def entry(number, kind, rest=b""):
    return full(b"infe", number.to_bytes(2, "big") + b"\0\0" + kind + rest, 2)


def heif(items, *, iloc=None, method=1, more=b"", primary=9):
    """A HEIF of metadata alone: (number, type and names, bytes, what it describes) in its idat."""
    infos = b"".join(entry(number, kind[:4], kind[4:]) for number, kind, _, _ in items)
    idat, places = b"", b""
    for number, _, content, _ in items:
        place = len(idat).to_bytes(4, "big") + len(content).to_bytes(4, "big")
        head = number.to_bytes(2, "big") + method.to_bytes(2, "big") + b"\0\0"
        places += head + b"\0\1" + place
        idat += content
    references = b"".join(
        box(b"cdsc", number.to_bytes(2, "big") + b"\0\1" + one.to_bytes(2, "big"))
        for number, *_, one in items
        if one
    )
    count = len(items).to_bytes(2, "big")
    meta = (
        full(b"pitm", primary.to_bytes(2, "big"))
        + full(b"iinf", count + infos)
        + full(b"iloc", b"\x44\0" + count + places if iloc is None else iloc, 1)
        + full(b"iref", references)
        + box(b"idat", idat)
    )
    return box(b"ftyp", HEIC) + full(b"meta", meta) + more


EXIF_ITEM = (1, b"Exif\0", b"\0\0\0\x06Exif\0\0" + EXIF, 9)
XMP_ITEM = (2, b"mime\0application/rdf+xml\0", XMP, 9)
JP2 = b"\0\0\0\x0cjP  \r\n\x87\n" + box(b"ftyp", b"jp2 ")
JXL = b"\0\0\0\x0cJXL \r\n\x87\n" + box(b"ftyp", b"jxl ")


@pytest.mark.parametrize(
    ("data", "blocks", "reason"),
    [
        (heif([EXIF_ITEM, XMP_ITEM]), RawBlocks(exif=EXIF, xmp=XMP), "HEIF, items in idat"),
        (
            heif([(3, b"Exif\0", b"\0\0\0\0" + EXIF, 8), EXIF_ITEM]),
            RawBlocks(exif=EXIF),
            "an item of another picture is not the photograph's",
        ),
        (
            JP2 + box(b"uuid", XMP_UUID + XMP) + box(b"uuid", b"JpgTiffExif->JP2" + EXIF),
            RawBlocks(exif=EXIF, xmp=XMP),
            "JPEG 2000, uuid boxes",
        ),
        (
            JP2 + box(b"uuid", bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38") + IIM),
            RawBlocks(iim=IIM),
            "JPEG 2000, IPTC-IIM",
        ),
        (
            JXL + box(b"Exif", bytes(4) + EXIF) + box(b"xml ", XMP),
            RawBlocks(exif=EXIF, xmp=XMP),
            "JPEG XL",
        ),
        (JXL + box(b"xml ", b"<gml/>"), RawBlocks(), "an XML that is no XMP"),
        (
            JXL + box(b"brob", b"Exif packed"),
            RawBlocks(
                notes=("The EXIF of the file is packed with Brotli, which is not read here.",)
            ),
            "JPEG XL, packed",
        ),
        (
            GIF_HEAD + b"!\xff\x0bXMP DataXMP" + XMP + TRAILER + GIF_PICTURE + b";",
            RawBlocks(xmp=XMP),
            "GIF, the packet as it is and a trailer",
        ),
        (
            GIF_HEAD + GIF_PICTURE + b"!\xff\x0bXMP DataXMP\x05<a/>\n\0;",
            RawBlocks(xmp=b"<a/>\n"),
            "GIF, the packet in pieces, behind the picture",
        ),
        (
            b"FUJIFILMCCD-RAW".ljust(84, b"\0")
            + (92).to_bytes(4, "big")
            + len(preview := jpeg(segment(0xE1, b"Exif\0\0" + EXIF))).to_bytes(4, "big")
            + preview,
            RawBlocks(exif=EXIF),
            "a raw file of Fujifilm, in its preview",
        ),
        (
            png(
                chunk(
                    b"tEXt",
                    b"Raw profile type iptc\0\niptc\n  1\n" + resource(0x0404, IIM).hex().encode(),
                )
            ),
            RawBlocks(iim=IIM),
            "PNG, resources in hexadecimal",
        ),
    ],
)
def test_blocks_of_a_format_of_boxes_are_found(data, blocks, reason):
    assert raw_blocks(data) == blocks, reason


@pytest.mark.parametrize("mark", [b"IIU\0", b"IIRO", b"IIRS"])
def test_raw_files_with_a_mark_of_their_own_are_read_as_tiff(mark):
    raw = mark + tiff([ascii_entry(0x013B, b"Reza")])[4:]
    assert read_exif(raw_blocks(raw).exif).artist == ("Reza",)


def test_cr3_has_a_tiff_for_each_directory_and_they_become_one_block():
    image = box(b"CMT1", tiff([ascii_entry(0x013B, b"Reza")]))
    photo = box(b"CMT2", tiff([ascii_entry(0x9003, b"1992:02:25 14:30:00")]))
    uuid = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
    data = box(b"ftyp", b"crx \0\0\0\1") + box(b"moov", box(b"uuid", uuid + image + photo))
    fields = read_exif(raw_blocks(data).exif)
    assert (fields.artist, fields.date_original) == (("Reza",), "1992-02-25T14:30:00")


def test_tags_of_a_tiff_are_kept_beside_those_that_are_resolved():
    told = dict(exif_values(raw_blocks(tiff([ascii_entry(0x010F, b"Leica Camera")])).exif))
    assert told == {"Image.Make": "Leica Camera"}


BIG = (MAX_BLOCK_BYTES + 1).to_bytes(4, "big")


@pytest.mark.parametrize(
    ("data", "noted", "reason"),
    [
        (
            heif([EXIF_ITEM], iloc=b"\x44\0\0\1\0\1\0\1\0\0\0\1" + b"\0\0\xff\xff\0\0\0\1"),
            "cut off",
            "an offset beyond the end",
        ),
        (heif([EXIF_ITEM], method=2), "not where it should be", "within another item"),
        (heif([EXIF_ITEM], iloc=b"\0\0\xff\xff" + b"\0\1\0\1\0\0\xff\xff"), "not where", "65535"),
        (
            heif([(2, b"mime\0application/rdf+xml\0deflate\0", XMP, 9)]),
            "packed in a way",
            "a packed packet",
        ),
        (box(b"ftyp", HEIC) + b"\0\xff\xff\xffmeta", "damaged or cut off", "a box that is cut"),
        (JXL + b"\0\xff\xff\xffExif", "damaged or cut off", "a box that is cut"),
        (GIF_HEAD + GIF_PICTURE, "damaged or cut off", "a GIF without its end"),
    ],
)
def test_a_hostile_or_damaged_file_leaves_a_note(data, noted, reason):
    blocks = raw_blocks(data)
    assert blocks.exif is None, reason
    assert noted in blocks.notes[0], reason


WHOLE = [
    heif([EXIF_ITEM, XMP_ITEM]),
    JP2 + box(b"uuid", XMP_UUID + XMP),
    JXL + box(b"Exif", bytes(4) + EXIF) + box(b"brob", b"xml "),
    GIF_HEAD + b"!\xff\x0bXMP DataXMP" + XMP + TRAILER + GIF_PICTURE + b";",
    png(chunk(b"tEXt", b"Raw profile type exif\0\nexif\n 9\n" + EXIF.hex().encode())),
    tiff([ascii_entry(0x010F, b"Leica")], [ascii_entry(0x9003, b"1992:02:25")]),
]


@given(st.sampled_from(WHOLE), st.data())
def test_damaged_files_are_walked_without_an_exception(whole, data):
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at] = data.draw(st.integers(0, 255))
    kept = data.draw(st.integers(0, len(damaged)))
    assert isinstance(read_embedded(raw_blocks(bytes(damaged[:kept]))).notes, tuple)


@pytest.mark.parametrize(
    ("ending", "has_exif"),
    [("avif", True), ("jp2", True), ("gif", False), ("png", True), ("tif", True)],
)
def test_what_exiftool_writes_is_read(tmp_path, ending, has_exif):
    program = shutil.which("exiftool")
    if program is None:
        pytest.skip("ExifTool is not installed (Debian: libimage-exiftool-perl)")
    path = tmp_path / f"a.{ending}"
    Image.new("RGB", (64, 48)).save(path)
    said = ["-XMP-dc:Title=Ağdam", "-XMP-dc:Creator=Réza"]
    said += ["-EXIF:Artist=Reza", "-EXIF:Make=Leica"] if has_exif else []
    subprocess.run([program, "-q", "-overwrite_original", *said, path], check=True)
    blocks = raw_blocks(path.read_bytes())
    answer = read_embedded(blocks)
    assert answer.titles == (("en", "Ağdam"),)
    assert answer.creators == ("Réza",)
    assert (blocks.exif is not None) is has_exif
    if has_exif:
        assert ("Image.Make", "Leica") in exif_values(blocks.exif)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("exif-samples/heic_IMG_5195.HEIC", "Image.Make"),
        ("metadata-extractor/heic_exif-at-eof.heic", "Image.Make"),
        ("exiftool/DNG.dng", "Image.Make"),
    ],
)
def test_real_files_say_which_camera_took_them(shared, name, tag):
    data = (shared / "fixtures/metadata" / name).read_bytes()
    assert tag in dict(exif_values(raw_blocks(data).exif)), name


@pytest.mark.shared
def test_real_jpeg_2000_gives_its_blocks(shared):
    blocks = raw_blocks((shared / "fixtures/metadata/exiftool/Jpeg2000.jp2").read_bytes())
    assert blocks.xmp or blocks.iim or blocks.exif
