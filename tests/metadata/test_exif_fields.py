"""EXIF blocks, honest and hostile."""

import struct

import pytest
from handmade_blocks import ascii_entry, short_entry, tiff
from hypothesis import given
from hypothesis import strategies as st

from dam.metadata.exif import ExifFields, read_exif
from dam.metadata.ifd import MAX_TEXT_BYTES

DESCRIPTION, ARTIST, COPYRIGHT, DATE, OFFSET = 0x010E, 0x013B, 0x8298, 0x9003, 0x9011


def one(tag, text, kind=2):
    return read_exif(tiff([ascii_entry(tag, text, kind)]))


@pytest.mark.parametrize(
    ("prefix", "reason"),
    [(b"", "PNG"), (b"Exif\0\0", "JPEG, WebP"), (b"\0\0\0\x06Exif\0\0", "HEIF")],
)
def test_block_is_read_with_whatever_mark_the_container_puts_before_it(prefix, reason):
    assert read_exif(prefix + tiff([ascii_entry(ARTIST, b"Reza")])).artist == ("Reza",), reason


@pytest.mark.parametrize("order", ["<", ">"])
def test_fields_are_read_in_both_byte_orders(order):
    image = [
        ascii_entry(DESCRIPTION, b"A road"),
        short_entry(0x0112, 8, order),
        ascii_entry(ARTIST, b"Reza"),
        ascii_entry(COPYRIGHT, b"(c) Webistan"),
    ]
    photo = [ascii_entry(DATE, b"1992:02:25 14:30:00"), ascii_entry(OFFSET, b"+04:00")]
    assert read_exif(tiff(image, photo, order=order)) == ExifFields(
        description="A road",
        artist=("Reza",),
        copyright="(c) Webistan",
        date_original="1992-02-25T14:30:00+04:00",
        orientation=8,
    )


@pytest.mark.parametrize("kind", [2, 129])
def test_utf8_is_read_from_ascii_and_from_the_type_of_exif_3(kind):
    assert one(ARTIST, "Rəza Deqati".encode(), kind).artist == ("Rəza Deqati",)


def test_title_and_photographer_of_exif_3_are_read():
    photo = [ascii_entry(0xA436, "Ağdam".encode(), 129), ascii_entry(0xA437, b"Reza", 129)]
    fields = read_exif(tiff([], photo))
    assert (fields.title, fields.artist) == ("Ağdam", ("Reza",))


def test_text_that_is_not_utf8_is_read_as_windows_1252_with_a_note():
    fields = one(ARTIST, b"R\xe9za Deghati")
    assert fields.artist == ("Réza Deghati",)
    assert "Windows-1252" in fields.notes[0]


@pytest.mark.parametrize(
    ("text", "people", "reason"),
    [
        (b"Reza; Rena Effendi", ("Reza", "Rena Effendi"), "joined by a semicolon"),
        (b'"Effendi; Rena"; Reza', ("Effendi; Rena", "Reza"), "a name that holds one is quoted"),
        (b'"The ""Bear"""', ('The "Bear"',), "quotation marks are doubled inside"),
        (b'Rena "Bear" Effendi', ('Rena "Bear" Effendi',), "quotation marks inside a name"),
        (b"Reza;", ("Reza",), "nothing after the semicolon"),
        (b" ; ", (), "nobody"),
        (b'"', ('"',), "a quotation mark without an end"),
    ],
)
def test_artist_is_split_into_people(text, people, reason):
    assert one(ARTIST, text).artist == people, reason


def test_copyright_holds_the_photographer_and_the_editor():
    assert one(COPYRIGHT, b"Reza\0Webistan").copyright == "Reza, Webistan"
    assert one(COPYRIGHT, b" \0Webistan").copyright == "Webistan"


@pytest.mark.parametrize("text", [b"OLYMPUS DIGITAL CAMERA         ", b"SONY DSC", b"   ", b""])
def test_what_the_camera_writes_by_itself_is_no_description(text):
    assert one(DESCRIPTION, text).description is None


@pytest.mark.parametrize(
    ("written", "date", "reason"),
    [
        (b"1992:02:25 14:30:00", "1992-02-25T14:30:00", "as the standard says"),
        (b"1992-02-25 14:30:00", "1992-02-25T14:30:00", "with hyphens"),
        (b"1992:02:25", "1992-02-25", "no time"),
        (b"1992:02:25 25:00:00", "1992-02-25", "no such time"),
        (b"1992:02:   :  :  ", "1992-02", "blanks are unknown"),
        (b"1992:  :     :  :  ", "1992", "blanks are unknown"),
        (b"0000:00:00 00:00:00", None, "the camera's clock was never set"),
        (b"    :  :     :  :  ", None, "all unknown"),
        (b"1992:02:31 00:00:00", None, "no such day"),
        (b"1992:13:01 00:00:00", None, "no such month"),
        (b"yesterday", None, "no date"),
    ],
)
def test_dates_are_read_as_far_as_they_are_known(written, date, reason):
    fields = read_exif(tiff([], [ascii_entry(DATE, written)]))
    assert fields.date_original == date, reason


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_orientation_outside_1_to_8_is_none(orientation):
    assert read_exif(tiff([short_entry(0x0112, orientation)])).orientation is None


def test_one_bad_tag_does_not_lose_the_others():
    bad = [(0x010F, 99, 1, b"bad!"), (0x0110, 2, 4_000_000_000, struct.pack("<L", 1) + b"\0")]
    assert read_exif(tiff([*bad, ascii_entry(ARTIST, b"Reza")])).artist == ("Reza",)


def test_description_is_bounded():
    assert len(one(DESCRIPTION, b"x" * 200_000).description) == MAX_TEXT_BYTES + 1


@pytest.mark.parametrize("block", [b"", b"Exif\0\0", b"/etc/hostname", b"JUNK" * 10])
def test_block_that_is_no_exif_has_a_note_and_no_file_is_opened(block):
    assert read_exif(block) == ExifFields(notes=("The EXIF block is damaged and was not read.",))


def test_directory_that_points_at_itself_is_read_once():
    pointer = (0x8769, 4, 1, struct.pack("<L", 8))
    assert read_exif(tiff([pointer, ascii_entry(ARTIST, b"Reza")])).artist == ("Reza",)


@given(st.binary(max_size=300), st.sampled_from([b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b""]))
def test_arbitrary_bytes_are_read_without_an_exception(rest, start):
    assert isinstance(read_exif(b"Exif\0\0" + start + rest), ExifFields)


tags = st.sampled_from([0x010E, 0x0112, 0x013B, 0x8298, 0x8769, 0x9003, 0xA436])
entries = st.lists(
    st.tuples(tags, st.integers(0, 130), st.integers(0, 2**32 - 1), st.binary(max_size=12)),
    max_size=8,
)


@given(entries, entries, st.sampled_from("<>"))
def test_directories_of_nonsense_are_read_without_an_exception(image, photo, order):
    assert isinstance(read_exif(tiff(image, photo, order=order)), ExifFields)


@given(st.text(st.characters(exclude_characters='\0;"', exclude_categories=["Cs"]), min_size=1))
def test_any_name_survives(name):
    expected = (name.strip(),) if name.strip() else ()
    assert one(ARTIST, name.encode()).artist == expected
