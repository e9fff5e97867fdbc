"""Clean text, language tags and the direction of writing."""

# ruff: noqa: RUF001 (other alphabets and typographic signs are what is tested)

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.catalogue.text import BadLanguageTag, Text, TextField, clean, direction, language_tag

CLEANED = [
    ("a\x00b", "ab", "NUL"),
    ("a\x1b[31mb", "a[31mb", "escape"),
    ("\ufeffa", "a", "byte order mark"),
    ("a\ud800b", "ab", "lone surrogate"),
    ("a\uffffb", "ab", "noncharacter"),
    ("a\r\nb\rc\u2028d", "a\nb\nc\nd", "ends of lines"),
    ("e\u0301", "\u00e9", "composed"),
    ("  a  b ", "a  b", "trimmed, and spaces inside stay"),
    ("a\u00a0b", "a\u00a0b", "a space that does not break stays"),
    ("می\u200cخواهم", "می\u200cخواهم", "a joiner of Persian stays"),
    ("brotherís “x”", "brotherís “x”", "spelling and quotes stay"),
]


@pytest.mark.parametrize(("text", "cleaned", "reason"), CLEANED)
def test_cleaning_takes_only_what_no_keyboard_writes(text, cleaned, reason):
    assert clean(text, multiline=True) == cleaned, reason


def test_one_line_stays_one_line():
    assert clean("a \r\n\n b\tc", multiline=False) == "a b c"


@given(st.text(), st.booleans())
def test_cleaning_twice_changes_nothing(text, multiline):
    once = clean(text, multiline=multiline)
    assert clean(once, multiline=multiline) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()
    assert multiline or "\n" not in once


TAGS = [
    ("en", "en", "as it is"),
    (" AZ ", "az", "case and spaces"),
    ("az_cyrl", "az-Cyrl", "underscore"),
    ("zh-hant-tw", "zh-Hant-TW", "script and region"),
    ("es-419", "es-419", "region by number"),
    ("sl-rozaj-biske", "sl-rozaj-biske", "variants"),
    ("de-1996", "de-1996", "variant of four"),
    ("en-x-archive", "en-x-archive", "private part"),
    ("aze", "az", "the shortest code"),
    ("iw", "he", "a withdrawn code"),
    ("ckb", "ckb", "three letters alone"),
]


@pytest.mark.parametrize(("text", "tag", "reason"), TAGS)
def test_a_language_tag_is_written_as_bcp_47_does(text, tag, reason):
    assert language_tag(text) == tag, reason
    assert language_tag(tag) == tag


@pytest.mark.parametrize(
    "text", ["", "English", "x-default", "jp", "cz", "a", "en-", "en--GB", "en GB", "e1", "en" * 30]
)
def test_what_is_no_language_tag_is_refused_by_name(text):
    with pytest.raises(BadLanguageTag, match="is not a language tag"):
        language_tag(text)


@given(st.text(max_size=40))
def test_any_text_is_a_tag_or_refused(text):
    try:
        tag = language_tag(text)
    except BadLanguageTag:
        return
    assert language_tag(tag) == tag


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "ltr"),
        ("az", "ltr"),
        ("az-Arab", "rtl"),
        ("ar", "rtl"),
        ("fa-IR", "rtl"),
        ("he", "rtl"),
        ("ku", "ltr"),
        ("ckb", "rtl"),
        ("ar-Latn", "ltr"),
        ("pa-Arab-PK", "rtl"),
        ("", "ltr"),
    ],
)
def test_direction_follows_the_script_and_then_the_language(language, expected):
    assert direction(language) == expected


def test_texts_sort_by_field_and_language():
    caption = Text(TextField.CAPTION, "en", "z")
    assert sorted([Text(TextField.TITLE, "az", "a"), caption]) == [
        caption,
        Text(TextField.TITLE, "az", "a"),
    ]
