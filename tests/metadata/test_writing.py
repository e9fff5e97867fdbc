"""Words are written into files: nothing of the picture changes, and what was written is read."""

import hashlib
import io
import struct

import pytest
from handmade_blocks import (
    PHOTOSHOP,
    UTF8_DECLARED,
    ascii_entry,
    dataset,
    jpeg,
    resource,
    segment,
    short_entry,
    tiff,
)
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dam.metadata.containers import raw_blocks
from dam.metadata.exif_values import exif_values
from dam.metadata.file_claims import file_claims
from dam.metadata.file_words import FileAgent, FilePlace, FileWords, Licensor, properties
from dam.metadata.ifd import directories
from dam.metadata.iim_writing import write_iim
from dam.metadata.iptc import read_iim
from dam.metadata.new_blocks import new_blocks, sidecar
from dam.metadata.packet import read_packet
from dam.metadata.packet_writing import (
    MAX_JPEG_PACKET_BYTES,
    writable,
    write_for_jpeg,
    write_packet,
)
from dam.metadata.pieces import CannotWrite, Span, edited
from dam.metadata.precedence import Precedence
from dam.metadata.reconcile import read_embedded
from dam.metadata.values import Alternatives, Items, Structure
from dam.metadata.writing import has_room, write_into

WORDS = FileWords(
    titles=(("en", "The road"), ("az", "Yol"), ("hy", "Ճանապարհ"), ("ar", "الطريق")),
    headline="On the road",
    captions=(("en", "A man\u2019s coat & <hat> 🧥."), ("ru", "Человек")),
    alts=(("en", "A man"),),
    creators=("Réza Deghati", "Foto; Haus"),
    contributors=(FileAgent("A Fund", "http://id.loc.gov/vocabulary/relators/fnd"),),
    credit="Photo: Réza",
    source="Archive",
    copyright=(("en", "© Réza"),),
    usage_terms=(("en", "Ask first"), ("fr", "Demandez")),
    web_statement="http://rightsstatements.org/vocab/InC/1.0/",
    licence="http://creativecommons.org/licenses/by/4.0/",
    marked=True,
    licensors=(Licensor("Archive", "https://archive.example/ask", "ask@archive.example"),),
    data_mining="DMI-PROHIBITED",
    keywords=("fog", "river"),
    date="1992-02",
    created=(
        FilePlace(
            "Azerbaijan", "AZE", "Karabakh", "Aghdam",
            names=(("en", "Aghdam"),), latitude=-39.991, longitude=46.93,
        ),
    ),
    persons=("Unidentified man",),
    instructions="Do not crop",
)  # fmt: skip
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "TIFF": "image/tiff"}


def picture(form, mode="RGB", **options):
    file = io.BytesIO()
    Image.linear_gradient("L").resize((40, 30)).convert(mode).save(file, form, **options)
    return file.getvalue()


def written(data, media_type, words=WORDS, **options):
    made = write_into(data, media_type, new_blocks(words, media_type, **options))
    new = made.joined(data)
    assert len(new) == made.size_bytes
    return new


def pixels(data):
    with Image.open(io.BytesIO(data)) as image:
        return image.mode, image.size, image.tobytes()


@pytest.mark.parametrize("iim", [False, True])
@pytest.mark.parametrize(
    ("form", "options", "reason"),
    [
        ("JPEG", {}, "without EXIF"),
        ("JPEG", {"progressive": True, "comment": b"made"}, "progressive"),
        ("PNG", {}, "plain"),
        ("PNG", {"mode": "RGBA"}, "with alpha"),
        ("WEBP", {}, "simple lossy"),
        ("WEBP", {"mode": "RGBA", "lossless": True}, "simple lossless with alpha"),
        ("TIFF", {}, "plain"),
        ("TIFF", {"compression": "tiff_lzw"}, "compressed"),
    ],
)
def test_words_are_read_back_and_no_pixel_changes(form, options, iim, reason):
    old = picture(form, **options)
    new = written(old, TYPES[form], iim=iim)
    assert pixels(new) == pixels(old), reason
    answer = read_embedded(raw_blocks(new))
    assert answer.titles == WORDS.titles
    assert answer.captions == WORDS.captions
    assert answer.creators == WORDS.creators
    assert answer.usage_terms == WORDS.usage_terms
    assert answer.rights_uris == (WORDS.licence, WORDS.web_statement)
    assert answer.date_text == "1992-02"
    assert answer.notes == ()
    again = written(new, TYPES[form], iim=iim)
    assert read_embedded(raw_blocks(again)) == answer


def test_compressed_picture_of_a_jpeg_is_the_same_byte_for_byte():
    old = picture("JPEG")
    assert written(old, "image/jpeg").endswith(old[old.index(b"\xff\xdb") :])


def test_iim_has_its_digest_and_the_working_group_finds_it_current():
    for form in ("JPEG", "TIFF"):
        blocks = raw_blocks(written(picture(form), TYPES[form], iim=True))
        assert blocks.iim_digest == hashlib.md5(blocks.iim).digest()  # noqa: S324
        answer = read_embedded(blocks, by=Precedence.MWG)
        assert answer.keywords == WORDS.keywords
        assert answer.titles == WORDS.titles


def test_old_words_of_every_block_are_gone():
    old = jpeg(
        segment(0xE1, b"Exif\0\0" + tiff([ascii_entry(0x010E, b"OLD"), ascii_entry(0x9C9B, b"O")])),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<OLD/>"),
        segment(0xED, PHOTOSHOP + resource(0x0404, UTF8_DECLARED + dataset(120, b"OLD"))),
    )
    new = written(old, "image/jpeg", FileWords(credit="New"))
    assert all(claim.value != "OLD" for claim in file_claims(raw_blocks(new)))
    assert raw_blocks(new).iim is None
    assert read_embedded(raw_blocks(new)).credit == "New"


def test_other_photoshop_resources_stay_and_go_only_where_the_file_is_for_outside():
    kept = resource(0x03F3, b"print flags", b"name")
    old = jpeg(segment(0xED, PHOTOSHOP + kept), segment(0xFE, b"a comment"))
    assert kept in written(old, "image/jpeg")
    outside = written(old, "image/jpeg", private=True)
    assert b"print flags" not in outside
    assert b"a comment" not in outside


def test_maker_notes_stay_at_their_place_byte_for_byte():
    note = bytes(range(256)) * 8
    block = tiff(
        [ascii_entry(0x010E, b"OLYMPUS DIGITAL CAMERA"), ascii_entry(0x010F, b"Maker")],
        [(0x927C, 7, len(note), note), ascii_entry(0x9003, b"2020:01:01 10:00:00")],
    )
    new = raw_blocks(written(jpeg(segment(0xE1, b"Exif\0\0" + block)), "image/jpeg")).exif
    _, named = directories(memoryview(new))
    assert bytes(named["Photo"][0x927C].content) == note
    assert new.index(note) == block.index(note)
    values = dict(exif_values(new))
    assert values["Image.Make"] == "Maker"
    assert "Photo.DateTimeOriginal" not in values  # the catalogue knows another date


def test_position_of_the_camera_goes_where_the_file_is_for_outside():
    block = tiff([ascii_entry(0x010F, b"Maker"), (0x8825, 4, 1, struct.pack("<L", 8))])
    old = jpeg(segment(0xE1, b"Exif\0\0" + block))
    inside, outside = (
        directories(memoryview(raw_blocks(written(old, "image/jpeg", private=private)).exif))[1]
        for private in (False, True)
    )
    assert "GPSInfo" in inside
    assert "GPSInfo" not in outside


def test_exif_without_room_keeps_the_description_in_xmp_alone():
    block = tiff([(0x927C, 7, 64_000, bytes(64_000)), short_entry(0x0112, 6)])
    new = written(jpeg(segment(0xE1, b"Exif\0\0" + block)), "image/jpeg", FileWords(
        captions=(("en", "long " * 1000),), credit="C"))  # fmt: skip
    answer = read_embedded(raw_blocks(new))
    assert answer.captions[0][1].startswith("long long")
    assert answer.orientation == 6
    assert "Image.ImageDescription" not in dict(exif_values(raw_blocks(new).exif))


def test_long_texts_go_into_extended_xmp_and_come_back():
    huge = FileWords(captions=(("en", "long " * 14_000),), titles=(("en", "T"),))
    packets = write_for_jpeg(properties(huge))
    assert len(packets.main) <= MAX_JPEG_PACKET_BYTES < len(packets.extension)
    new = written(picture("JPEG"), "image/jpeg", huge)
    found, notes = read_packet(raw_blocks(new).xmp, raw_blocks(new).extended_xmp)
    assert notes == ()
    assert found == properties(huge)


@pytest.mark.parametrize(
    ("data", "media_type", "reason"),
    [
        (b"\xff\xd8\xff\xe1\xff\xff", "image/jpeg", "a segment that is cut off"),
        (b"\x89PNG\r\n\x1a\n", "image/png", "no chunk"),
        (b"RIFF\4\0\0\0WEBP", "image/webp", "no picture"),
        (b"II*\0\xff\xff\xff\x7f", "image/tiff", "a directory outside the file"),
        (b"8BPS", "image/vnd.adobe.photoshop", "a format without a safe place"),
    ],
)
def test_what_cannot_be_written_is_refused_in_a_sentence(data, media_type, reason):
    with pytest.raises(CannotWrite, match="XMP file beside it"):
        write_into(data, media_type, new_blocks(WORDS, media_type))
    assert has_room(media_type) == (media_type in TYPES.values()), reason


def test_a_range_of_a_changed_file_is_the_same_as_the_part_of_the_whole():
    old = bytes(range(100))
    made = edited([b"new", Span(10, 20), b"", b"mid", Span(50, 60), Span(60, 70)])
    whole = made.joined(old)
    assert whole == b"new" + old[10:20] + b"mid" + old[50:70]
    for start in range(len(whole)):
        for stop in range(start, len(whole) + 2):
            part = b"".join(made.chunks(lambda a, b: old[a:b], start, stop))
            assert part == whole[start:stop]


words = st.text(max_size=40) | st.sampled_from(
    ["Ճանապարհ", "الطريق", "🧥\u200d", "\x00\x0b\r", "a" * 65_536]
)
by_language = st.lists(
    st.tuples(st.sampled_from(["en", "hy", "ar", "az-Cyrl"]), words),
    max_size=3,
    unique_by=lambda pair: pair[0],
).map(tuple)
file_words = st.builds(
    FileWords,
    titles=by_language,
    captions=by_language,
    creators=st.lists(words, max_size=3).map(tuple),
    credit=words,
    keywords=st.lists(words, max_size=3).map(tuple),
    persons=st.lists(words, max_size=2).map(tuple),
    created=st.lists(st.builds(FilePlace, words, words, names=by_language), max_size=2).map(tuple),
    marked=st.sampled_from([None, True, False]),
)


def plain(value):
    """The value as XML can hold it, whatever it is built of."""
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    if isinstance(value, Alternatives):
        return Alternatives(plain(value.texts))
    if isinstance(value, Items):
        return Items(value.order, plain(value.members))
    return Structure(plain(value.fields))


@given(file_words)
def test_every_value_survives_xmp_but_for_what_no_xml_can_hold(said):
    before = properties(said)
    after, notes = read_packet(write_packet(before))
    assert notes == ()
    assert after == {name: plain(value) for name, value in before.items()}


@given(file_words)
def test_every_text_survives_iim_up_to_its_length(said):
    answer = read_iim(write_iim(properties(said)))
    assert answer.notes == ()
    if answer.credit is not None:
        cleaned = "".join(c for c in said.credit if c >= " " or c in "\t\n\r")
        assert (
            cleaned.encode(errors="replace")[:32]
            .decode(errors="ignore")
            .strip(" \0\r\n\t")
            .startswith(answer.credit)
        )
    assert all(len(name.encode()) <= 32 for name in answer.bylines)


@given(file_words, st.sampled_from(sorted(TYPES)), st.booleans())
def test_any_words_can_be_written_into_any_format(said, form, iim):
    old = picture(form)
    new = written(old, TYPES[form], said, iim=iim)
    assert pixels(new) == pixels(old)
    found, notes = read_packet(raw_blocks(new).xmp, raw_blocks(new).extended_xmp)
    assert notes == ()
    assert set(found) - {"{http://ns.adobe.com/xmp/note/}HasExtendedXMP"} == set(properties(said))


@given(st.binary(max_size=200), st.integers(0, 400), st.sampled_from(sorted(TYPES)))
def test_damaged_files_are_written_or_refused_and_nothing_else(damage, at, form):
    old = written(picture(form), TYPES[form], iim=True)
    hurt = old[:at] + damage + old[at + len(damage) :]
    blocks = new_blocks(WORDS, TYPES[form], iim=True)
    try:
        made = write_into(hurt, TYPES[form], blocks)
    except CannotWrite:
        return
    assert made.size_bytes == len(made.joined(hurt))


def test_a_sidecar_says_the_same():
    found, _ = read_packet(sidecar(WORDS))
    assert found == properties(WORDS)
