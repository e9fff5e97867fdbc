"""IPTC-IIM blocks and their character sets."""

import pytest
from handmade_blocks import UTF8_DECLARED, dataset
from hypothesis import given
from hypothesis import strategies as st

from dam.metadata.iptc import IimFields, read_iim

CAPTION = "His brother’s dead body – Ağdam"  # noqa: RUF001 the typography is what is tested


def test_fields_are_read_and_repeated_ones_keep_their_order():
    block = UTF8_DECLARED + b"".join(
        dataset(number, text)
        for number, text in [
            (0, b"\0\4"),
            (5, b"Title"),
            (105, b"Headline"),
            (120, CAPTION.encode()),
            (80, b"Reza"),
            (80, b"Rena"),
            (110, b"Webistan"),
            (115, b"Agency"),
            (116, b"(c) Reza"),
            (25, b"war"),
            (25, b"road"),
            (55, b"19920225"),
            (60, b"143000+0400"),
            (90, b"Aghdam"),
            (92, b"Mosque"),
            (95, b"Karabakh"),
            (101, b"Azerbaijan"),
        ]
    )
    assert read_iim(block) == IimFields(
        title="Title",
        headline="Headline",
        caption=CAPTION,
        bylines=("Reza", "Rena"),
        credit="Webistan",
        source="Agency",
        copyright="(c) Reza",
        keywords=("war", "road"),
        date_created="1992-02-25T14:30:00+04:00",
        city="Aghdam",
        state="Karabakh",
        country="Azerbaijan",
        sublocation="Mosque",
    )


@pytest.mark.parametrize(
    ("written", "date", "reason"),
    [
        (b"19920225", "1992-02-25", "a day"),
        (b"19920200", "1992-02", "a month: the day is unknown"),
        (b"19920000", "1992", "a year: month and day are unknown"),
        (b"19920025", "1992", "a day of an unknown month says nothing"),
        (b"00000000", None, "nothing is known"),
        (b"19920231", None, "no such day"),
        (b"1992-02-25", "1992-02-25", "written with hyphens by some programs"),
        (b"", None, "empty"),
    ],
)
def test_unknown_month_and_day_are_left_out(written, date, reason):
    block = dataset(55, written) + dataset(60, b"000000")
    read = read_iim(block).date_created
    assert (read[:10] if read else read) == date, reason


def test_time_is_given_only_with_a_whole_day():
    assert read_iim(dataset(55, b"19920200") + dataset(60, b"143000")).date_created == "1992-02"


@pytest.mark.parametrize(
    ("declared", "codec", "words", "reason"),
    [
        (b"\x1b%G", "utf-8", None, "declared and true"),
        (b"", "utf-8", None, "no other text is UTF-8 by chance"),
        (b"", "cp1252", "names no character set; it was read as Windows-1252", "typography"),
        (b"", "mac_roman", "names no character set; it was read as Mac Roman", "typography"),
        (b"\x1b%G", "cp1252", "the one it names is wrong", "declared UTF-8 and is not"),
        (b"\x1b.A", "iso8859-1", None, "Latin-1 declared"),
    ],
)
def test_character_set_is_decided_by_what_the_text_obeys(declared, codec, words, reason):
    caption = "Réza and his brother's road" if codec == "iso8859-1" else CAPTION.replace("ğ", "g")
    block = dataset(90, declared, record=1) + dataset(120, caption.encode(codec))
    fields = read_iim(block)
    assert fields.caption == caption, reason
    assert words in fields.notes[0] if words else fields.notes == ()


def test_tie_of_two_character_sets_is_noted_as_doubtful():
    fields = read_iim(dataset(120, b"\xa3"))
    assert fields.caption == "£"
    assert "may be another" in fields.notes[0]


def test_byte_that_windows_does_not_know_is_mac_roman():
    assert read_iim(dataset(120, b"\x8det\x8e")).caption == "çeté"


def test_extended_dataset_is_read():
    assert read_iim(dataset(120, b"x" * 40_000, extended=True)).caption == "x" * 40_000


@pytest.mark.parametrize(
    ("tail", "reason"),
    [
        (b"\x1c\x02\x78\x80\x09" + bytes(8) + b"\2xx", "a length of a length beyond 8 bytes"),
        (b"\x1c\x02\x78\x00\x09xx", "content cut off"),
        (b"\x1c\x02", "header cut off"),
        (b"junk that is no dataset", "no marker"),
    ],
)
def test_reading_ends_at_the_first_damage_and_keeps_what_came_before(tail, reason):
    assert read_iim(dataset(5, b"Title") + tail) == IimFields(title="Title"), reason


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_read_without_an_exception(block):
    assert isinstance(read_iim(block), IimFields)


@given(st.lists(st.tuples(st.integers(0, 255), st.binary(max_size=30)), max_size=10))
def test_datasets_of_nonsense_are_read_without_an_exception(datasets):
    block = b"".join(dataset(number, content) for number, content in datasets)
    assert isinstance(read_iim(block), IimFields)
