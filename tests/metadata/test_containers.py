"""The walk through files to their metadata blocks."""

import hashlib
import mmap

import pytest
from handmade_blocks import (
    JPEG_EXTENDED_XMP,
    JPEG_XMP,
    PHOTOSHOP,
    ascii_entry,
    chunk,
    dataset,
    jpeg,
    png,
    png_xmp,
    psd,
    resource,
    segment,
    short_entry,
    tiff,
    webp,
    xmp,
)
from hypothesis import given
from hypothesis import strategies as st

from dam.metadata.blocks import MAX_BLOCK_BYTES
from dam.metadata.containers import RawBlocks, raw_blocks
from dam.metadata.exif import read_exif

EXIF = tiff([ascii_entry(0x013B, b"Reza")])
IIM = dataset(5, b"Title")
XMP = xmp("<dc:creator>Reza</dc:creator>")
IRB = resource(0x0404, IIM)


@pytest.mark.parametrize(
    ("data", "blocks", "reason"),
    [
        (jpeg(segment(0xE1, b"Exif\0\0" + EXIF)), RawBlocks(exif=EXIF), "JPEG, APP1 Exif"),
        (jpeg(segment(0xE1, JPEG_XMP + XMP)), RawBlocks(xmp=XMP), "JPEG, APP1 XMP"),
        (jpeg(segment(0xED, PHOTOSHOP + IRB)), RawBlocks(iim=IIM), "JPEG, APP13"),
        (
            jpeg(b"\xff\xff", b"\xff\x01", segment(0xED, PHOTOSHOP + IRB)),
            RawBlocks(iim=IIM),
            "fill bytes and a marker without length are stepped over",
        ),
        (
            jpeg(segment(0xED, PHOTOSHOP + IRB[:15]), segment(0xED, PHOTOSHOP + IRB[15:])),
            RawBlocks(iim=IIM),
            "resources run on in the next segment",
        ),
        (
            jpeg(segment(0xED, PHOTOSHOP + resource(0x03ED, b"odd", b"name") + IRB)),
            RawBlocks(iim=IIM),
            "names and contents of resources are padded to even",
        ),
        (png(chunk(b"eXIf", EXIF)), RawBlocks(exif=EXIF), "PNG, eXIf"),
        (png(png_xmp(XMP)), RawBlocks(xmp=XMP), "PNG, iTXt"),
        (png(png_xmp(XMP, deflated=True)), RawBlocks(xmp=XMP), "PNG, deflated iTXt"),
        (
            webp((b"VP8 ", b"odd"), (b"EXIF", EXIF), (b"XMP ", XMP)),
            RawBlocks(exif=EXIF, xmp=XMP),
            "WebP, padded chunks",
        ),
        (
            psd(IRB, resource(0x0422, EXIF), resource(0x0424, XMP)),
            RawBlocks(EXIF, XMP, IIM),
            "PSD",
        ),
        (psd(IRB, version=2), RawBlocks(iim=IIM), "PSB"),
        (
            jpeg(segment(0xED, PHOTOSHOP + IRB + b"trailing junk" + IRB)),
            RawBlocks(iim=IIM),
            "what is no resource ends the resources",
        ),
        (b"", RawBlocks(), "no bytes"),
        (b"GIF89a" + bytes(7) + b";", RawBlocks(), "a GIF without words"),
        (b"II*\0", RawBlocks(), "a TIFF of four bytes"),
        (b"8BPS\0\1", RawBlocks(), "a PSD of six bytes"),
    ],
)
def test_blocks_are_found_where_the_format_keeps_them(data, blocks, reason):
    assert raw_blocks(data) == blocks, reason


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("order", ["<", ">"])
def test_tiff_gives_xmp_and_iim_and_an_excerpt_of_its_own_tags(order, big):
    entries = [
        ascii_entry(0x010E, "Ağdam".encode()),
        short_entry(0x0112, 6, order),
        (0x02BC, 1, len(XMP), XMP),
        (0x83BB, 7, len(IIM), IIM),
    ]
    photo = [ascii_entry(0x9003, b"1992:02:25 14:30:00")]
    blocks = raw_blocks(tiff(entries, photo, order=order, big=big))
    assert (blocks.xmp, blocks.iim) == (XMP, IIM)
    fields = read_exif(blocks.exif)
    assert (fields.description, fields.orientation) == ("Ağdam", 6)
    assert fields.date_original == "1992-02-25T14:30:00"


def test_iim_of_a_tiff_is_found_in_its_photoshop_resources():
    assert raw_blocks(tiff([(0x8649, 7, len(IRB), IRB)])).iim == IIM


def test_iim_that_was_byte_swapped_as_numbers_is_put_upright():
    upright = dataset(5, b"Title!!")
    swapped = b"".join(upright[at : at + 4][::-1] for at in range(0, len(upright), 4))
    assert raw_blocks(tiff([(0x83BB, 4, len(swapped) // 4, swapped)])).iim == upright


def test_second_exif_segment_is_ignored_with_a_note():
    other = tiff([ascii_entry(0x013B, b"Another")])
    blocks = raw_blocks(jpeg(segment(0xE1, b"Exif\0\0" + EXIF), segment(0xE1, b"Exif\0\0" + other)))
    assert blocks.exif == EXIF
    assert blocks.notes == ("The file has more than one EXIF block; only the first was read.",)


def _extended(parts, whole, guid):
    main = xmp("", f'xmlns:n="http://ns.adobe.com/xmp/note/" n:HasExtendedXMP="{guid.decode()}"')
    portions = [
        segment(
            0xE1,
            JPEG_EXTENDED_XMP
            + guid
            + len(whole).to_bytes(4, "big")
            + offset.to_bytes(4, "big")
            + part,
        )
        for offset, part in parts
    ]
    return jpeg(segment(0xE1, JPEG_XMP + main), *portions)


def test_extended_xmp_is_joined_by_offset_and_only_when_whole():
    guid = hashlib.md5(XMP, usedforsecurity=False).hexdigest().upper().encode()
    parts = [(100, XMP[100:]), (0, XMP[:100])]
    assert raw_blocks(_extended(parts, XMP, guid)).extended_xmp == XMP
    stray = segment(0xE1, JPEG_EXTENDED_XMP + b"another packet's GUID".ljust(40) + b"x")
    with_stray = _extended(parts, XMP, guid)[:-12] + stray + b"\xff\xd9"
    assert raw_blocks(with_stray).extended_xmp == XMP
    for damaged in (parts[:1], [(0, XMP[:100]), (0, XMP[100:])]):
        blocks = raw_blocks(_extended(damaged, XMP, guid))
        assert blocks.extended_xmp is None
        assert "incomplete" in blocks.notes[0]


def test_xmp_that_inflates_beyond_the_bound_is_dropped_with_a_note():
    blocks = raw_blocks(png(png_xmp(bytes(MAX_BLOCK_BYTES + 1), deflated=True)))
    assert blocks == RawBlocks(notes=("The XMP block is larger than 16 MB and was not read.",))


def test_block_above_16_mb_is_dropped_with_a_note_and_the_others_are_kept():
    blocks = raw_blocks(webp((b"EXIF", bytes(MAX_BLOCK_BYTES + 1)), (b"XMP ", XMP)))
    assert blocks.exif is None
    assert blocks.xmp == XMP
    assert blocks.notes == ("The EXIF block is larger than 16 MB and was not read.",)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\1\0\0\0 no deflate", "not deflated"), (b"\0\0 no labels", "labels without an end")],
)
def test_damaged_xmp_of_a_png_leaves_a_note(content, reason):
    blocks = raw_blocks(png(chunk(b"iTXt", b"XML:com.adobe.xmp\0" + content)))
    assert blocks == RawBlocks(notes=("The XMP of the PNG is damaged and was not read.",)), reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (jpeg(segment(0xE0, b"JFIF"))[:10], "JPEG"),
        (png(chunk(b"IDAT", bytes(50)))[:40], "PNG"),
        (webp((b"VP8 ", bytes(50)))[:40], "WebP"),
        (b"\xff\xd8\xff\xe0\0\1", "a JPEG segment shorter than its own length"),
    ],
)
def test_file_that_is_cut_off_leaves_a_note(data, reason):
    assert "damaged or cut off" in raw_blocks(data).notes[0], reason


def test_mapped_file_can_be_closed_when_its_blocks_are_read(tmp_path):
    path = tmp_path / "mapped.jpg"
    path.write_bytes(jpeg(segment(0xE1, b"Exif\0\0" + EXIF), segment(0xED, PHOTOSHOP + IRB)))
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        blocks = raw_blocks(mapped)
        mapped.close()
    assert blocks == RawBlocks(exif=EXIF, iim=IIM)


def test_memoryview_is_read_like_the_bytes_it_shows():
    assert raw_blocks(memoryview(png(chunk(b"eXIf", EXIF)))).exif == EXIF


STARTS = [b"\xff\xd8\xff\xe1", b"\xff\xd8\xff\xed", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP"]
STARTS += [b"II*\0", b"MM\0*", b"II+\0\x08\0\0\0", b"MM\0+\0\x08\0\0", b"8BPS\0\1" + bytes(20), b""]


@given(st.sampled_from(STARTS), st.binary(max_size=400))
def test_arbitrary_bytes_are_walked_without_an_exception(start, rest):
    assert isinstance(raw_blocks(start + rest), RawBlocks)


WHOLE = [
    jpeg(segment(0xE1, b"Exif\0\0" + EXIF), segment(0xED, PHOTOSHOP + IRB)),
    png(chunk(b"eXIf", EXIF), png_xmp(XMP, deflated=True)),
    webp((b"EXIF", EXIF), (b"XMP ", XMP)),
    psd(IRB, resource(0x0424, XMP)),
    tiff([ascii_entry(0x010E, b"caption")], [ascii_entry(0x9003, b"1992:02:25")], big=True),
]


@given(st.sampled_from(WHOLE), st.data())
def test_damaged_files_are_walked_without_an_exception(whole, data):
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at] = data.draw(st.integers(0, 255))
    kept = data.draw(st.integers(0, len(damaged)))
    assert isinstance(raw_blocks(bytes(damaged[:kept])), RawBlocks)
