"""One answer per field, and notes on what lost."""

import unicodedata

import pytest
from handmade_blocks import UTF8_DECLARED, ascii_entry, dataset, language_alternative, tiff, xmp
from hypothesis import given
from hypothesis import strategies as st

from dam.metadata.blocks import RawBlocks
from dam.metadata.exif import ExifFields
from dam.metadata.fields import Embedded
from dam.metadata.iptc import IimFields
from dam.metadata.reconcile import read_embedded, reconcile
from dam.metadata.text import MAX_TEXT_CHARACTERS, clean, clean_line
from dam.metadata.xmp import XmpFields

NOTHING = (ExifFields(), IimFields(), XmpFields())


def of_xmp(**fields):
    return reconcile(ExifFields(), IimFields(), XmpFields(**fields))


def test_nothing_embedded_is_an_empty_answer():
    assert read_embedded(RawBlocks()) == reconcile(*NOTHING) == Embedded()


def test_xmp_comes_before_iim_and_iim_before_exif():
    exif, iim = ExifFields(artist=("E",)), IimFields(bylines=("I",))
    xmp_fields = XmpFields(creators=("X",))
    assert reconcile(exif, iim, xmp_fields).creators == ("X",)
    assert reconcile(exif, iim, XmpFields()).creators == ("I",)
    assert reconcile(exif, IimFields(), XmpFields()).creators == ("E",)


def test_what_loses_and_differs_becomes_a_note():
    answer = reconcile(
        ExifFields(description="of EXIF"),
        IimFields(caption="of IIM"),
        XmpFields(captions=(("x-default", "of XMP"),)),
    )
    assert answer.captions == (("en", "of XMP"),)
    assert answer.notes == (
        "IPTC-IIM has another caption, which was not used: “of IIM”.",
        "EXIF has another caption, which was not used: “of EXIF”.",
    )


@pytest.mark.parametrize(
    ("exif", "iim", "fields", "reason"),
    [
        ({}, {"caption": "A road"}, {"captions": (("en", "A road  to\nAghdam"),)}, "cut off"),
        ({}, {"keywords": ("b", "a")}, {"keywords": ("a", "b", "c")}, "fewer, in other order"),
        ({"artist": ("Reza, Rena",)}, {}, {"creators": ("Reza", "Rena")}, "joined"),
        ({"date_original": "1992-02-25T10:00:00"}, {}, {"date_created": "1992-02-25"}, "one day"),
        ({}, {"date_created": "1992"}, {"date_created": "1992-02"}, "less precise"),
        ({"description": "SONY DSC"}, {}, {"captions": (("en", "A road"),)}, "camera junk"),
    ],
)
def test_what_loses_and_says_nothing_else_leaves_no_note(exif, iim, fields, reason):
    answer = reconcile(ExifFields(**exif), IimFields(**iim), XmpFields(**fields))
    assert answer.notes == (), reason


def test_day_that_is_more_precise_than_the_answer_is_noted():
    answer = reconcile(
        ExifFields(date_original="2010-05-04"), IimFields(), XmpFields(date_created="1992-02")
    )
    assert answer.date_text == "1992-02"
    assert answer.notes == ("EXIF has another date, which was not used: “2010-05-04”.",)


@pytest.mark.parametrize(
    ("words", "default", "answer", "reason"),
    [
        ((("x-default", "A"),), "az", (("az", "A"),), "the default language is an argument"),
        ((("x-default", "A"), ("en", "A")), "az", (("en", "A"),), "the same text has a language"),
        ((("x-default", "A"), ("az", "B")), "en", (("en", "A"), ("az", "B")), "added"),
        ((("EN_us", "A"),), "en", (("en-US", "A"),), "written as is usual"),
        ((("az-CYRL", "A"),), "en", (("az-Cyrl", "A"),), "scripts as well"),
        ((("ZH-CMN-hant", "A"),), "en", (("zh-cmn-Hant", "A"),), "other parts stay small"),
        ((("x-repair", "A"),), "en", (("en", "A"),), "no language"),
        ((("az", "A"), ("AZ", "A")), "en", (("az", "A"),), "said twice"),
        ((("az", " \0 "), ("hy", "B")), "en", (("hy", "B"),), "empty"),
    ],
)
def test_languages_are_named_once_each(words, default, answer, reason):
    resolved = reconcile(
        ExifFields(), IimFields(), XmpFields(captions=words), default_language=default
    )
    assert resolved.captions == answer, reason
    assert resolved.notes == ()


def test_default_text_that_differs_from_the_named_one_is_noted():
    answer = of_xmp(titles=(("x-default", "A"), ("en", "B")))
    assert answer.titles == (("en", "B"),)
    assert answer.notes == ("XMP has another title without a language, which was not used: “A”.",)


def test_copyright_is_one_notice_in_the_default_language():
    answer = of_xmp(copyrights=(("az", "Müəllif"), ("en", "© Reza")))
    assert answer.copyright == "© Reza"
    assert of_xmp(copyrights=(("az", "Müəllif"),)).copyright == "Müəllif"


@pytest.mark.parametrize(
    ("written", "date", "noted", "reason"),
    [
        ("1992-02", "1992-02", False, "a month"),
        ("1992-02-25T14:30:00.25+04:00", "1992-02-25T14:30:00.25+04:00", False, "a moment"),
        ("0000-00-00", None, False, "never set"),
        ("1992:02:25 14:30:00", "1992-02-25T14:30:00", True, "written as in EXIF"),
        ("2009-09-09T17:00:00, 2009-09-09", "2009-09-09T17:00:00", True, "two dates"),
        ("long ago", None, True, "no date"),
    ],
)
def test_date_is_iso_or_none(written, date, noted, reason):
    answer = of_xmp(date_created=written)
    assert answer.date_text == date, reason
    assert bool(answer.notes) == noted, reason


def test_unreadable_date_of_xmp_leaves_the_field_to_the_next_block():
    answer = reconcile(
        ExifFields(), IimFields(date_created="1992-02"), XmpFields(date_created="long ago")
    )
    assert answer.date_text == "1992-02"


def test_place_is_where_the_camera_stood_then_what_is_shown_then_the_older_fields():
    older = {"country": "Azerbaijan", "city": "Aghdam"}
    assert of_xmp(**older).place == "Azerbaijan, Aghdam"
    shown = of_xmp(**older, places_shown=("Azerbaijan, Khojaly", "Azerbaijan, Shusha"))
    assert shown.place == "Azerbaijan, Khojaly; Azerbaijan, Shusha"
    assert shown.notes == (
        "XMP (city and country) has another place, which was not used: “Azerbaijan, Aghdam”.",
    )
    assert of_xmp(**older, places_created=("Azerbaijan, Aghdam",)).notes == ()


def test_older_place_fields_are_completed_from_iim_one_by_one():
    iim = IimFields(country="Azerbaijan", city="Agdam", sublocation="Mosque")
    answer = reconcile(ExifFields(), iim, XmpFields(city="Aghdam"))
    assert answer.place == "Azerbaijan, Aghdam, Mosque"
    assert answer.notes == ("IPTC-IIM has another city, which was not used: “Agdam”.",)


def test_rights_addresses_are_web_addresses_and_named_once():
    licence = "http://creativecommons.org/licenses/by/4.0/"
    answer = of_xmp(licences=(licence,), web_statement=licence)
    assert answer.rights_uris == (licence,)
    words = of_xmp(web_statement="ask us")
    assert words.rights_uris == ()
    assert words.notes == ("The rights statement is no web address: “ask us”.",)


def test_text_is_cleaned_composed_and_cut_with_a_note():
    captions = (("en", "Ag\u0306dam\x07\r\nroad" + "x" * MAX_TEXT_CHARACTERS),)
    answer = of_xmp(captions=captions, creators=(" Reza\t\nDeghati\0",))
    text = answer.captions[0][1]
    assert text.startswith("Ağdam\nroad")
    assert len(text) <= MAX_TEXT_CHARACTERS
    assert answer.creators == ("Reza Deghati",)
    assert answer.notes == ("The caption in XMP is longer than 20000 characters and was cut.",)


def test_values_beyond_a_thousand_are_cut_with_a_note():
    answer = of_xmp(keywords=tuple(str(number) for number in range(1001)))
    assert len(answer.keywords) == 1000
    assert answer.notes == ("The keyword in XMP has more than 1000 values; cut.",)


def test_note_quotes_at_most_2000_characters():
    answer = reconcile(ExifFields(), IimFields(credit="y" * 9000), XmpFields(credit="x"))
    assert len(answer.notes[0]) < 2100


def test_blocks_of_a_file_are_read_together_and_keep_the_notes_of_the_walk():
    blocks = RawBlocks(
        exif=tiff([ascii_entry(0x0112, b"")]),
        iim=UTF8_DECLARED + dataset(105, b"Headline"),
        xmp=xmp(f"<dc:title>{language_alternative(az='Yol')}</dc:title>"),
        extended_xmp=xmp("<photoshop:Credit>Reza</photoshop:Credit>"),
        notes=("Of the walk.",),
    )
    assert read_embedded(blocks) == Embedded(
        titles=(("az", "Yol"),), headline="Headline", credit="Reza", notes=("Of the walk.",)
    )


def test_marks_piled_on_one_letter_are_bounded():
    assert len(clean("a" + "\u0301\u0323" * 9000)) <= 32


@given(st.text())
def test_clean_text_is_composed_without_controls_and_stays_so(text):
    for cleaned in (clean(text), clean_line(text)):
        assert unicodedata.is_normalized("NFC", cleaned)
        assert not any(
            unicodedata.category(letter) == "Cc" for letter in cleaned if letter not in "\n\t"
        )
        assert clean(cleaned) == cleaned
    assert "\n" not in clean_line(text)


@given(st.binary(max_size=120), st.binary(max_size=120), st.binary(max_size=120))
def test_arbitrary_blocks_are_read_without_an_exception(exif, packet, iim):
    assert isinstance(read_embedded(RawBlocks(exif, packet, iim)), Embedded)


short = st.text(max_size=8)
few = st.lists(short, max_size=3).map(tuple)
by_language = st.lists(
    st.tuples(st.sampled_from(["x-default", "en", "az", "EN", "??"]), short), max_size=3
).map(tuple)


@given(few, few, by_language, short)
def test_every_language_is_named_once_and_no_text_is_empty(creators, bylines, captions, caption):
    answer = reconcile(
        ExifFields(description=caption),
        IimFields(bylines=bylines, caption=caption),
        XmpFields(creators=creators, captions=captions),
    )
    languages = [language for language, _ in answer.captions]
    assert len(languages) == len(set(languages))
    assert all(text for _, text in answer.captions)
    assert all(answer.creators)
