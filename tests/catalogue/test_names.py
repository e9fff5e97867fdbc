"""Folding for search, and keys of spellings."""

# ruff: noqa: RUF001 (other alphabets and typographic signs are what is tested)

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.catalogue.names import fold, spelling_key

FOLDED = [
    ("Ağdam", "agdam", "breve"),
    ("AĞDAM", "agdam", "capitals"),
    ("Straße", "strasse", "sharp s"),
    ("Łódź", "lodz", "l with stroke"),
    ("Ærøskøbing", "aeroskobing", "Danish"),
    ("Đorđe", "dorde", "d with stroke"),
    ("Þingvellir", "thingvellir", "thorn"),
    ("Xocalı", "xocali", "dotless i"),
    ("İSTANBUL", "istanbul", "dotted capital I"),
    ("Tərtər", "terter", "schwa"),
    ("peace\u2024 Armenian", "peace. armenian", "one dot leader"),
    ("O\u2019Brien", "o'brien", "apostrophe"),
    ("Saint\u2010Denis", "saint-denis", "hyphen"),
    ("a\u00a0\u2003b", "a b", "spaces"),
    ("co\u00adoperate", "cooperate", "soft hyphen"),
    ("ﬁlm Ⅻ", "film xii", "compatibility letters"),
    ("Чайка Ёлка", "чаика елка", "Cyrillic stays Cyrillic"),
    ("ΆΛΦΑΣ", "αλφασ", "Greek and its final sigma"),
    ("كِتَاب", "كتاب", "short vowels of Arabic"),
    ("東京 が 한국", "東京 が 한국", "ideographs, kana and hangul stay"),
    ("हिन्दी", "हिन्दी", "marks of Devanagari stay"),
    ("საქართველო", "საქართველო", "Georgian stays"),
]


@pytest.mark.parametrize(("text", "folded", "reason"), FOLDED)
def test_folding_forgets_case_accents_and_look_alikes(text, folded, reason):
    assert fold(text) == folded, reason


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_every_letter_there_is_folds_to_a_fixed_point():
    letters = map(chr, range(0x110000))
    changing = [one for one in letters if fold(one) != one and unicodedata.category(one) != "Co"]
    assert [one for one in changing if fold(fold(one)) != fold(one)] == []


@given(st.text(alphabet="aäÄßıİéΣσçé ", max_size=20))
def test_folding_does_not_see_case(text):
    assert fold(text.upper().lower()) == fold(fold(text).upper().lower())


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (("Aghdam", "Agdam", "Ağdam", "AGHDAM"), "agdam"),
        (("Khojaly", "Xocalı", "Khodjaly", "Khojali"), "xocali"),
        (("Shusha", "Şuşa"), "susa"),
    ],
)
def test_spellings_of_one_name_share_a_key(names, key):
    assert {spelling_key(name) for name in names} == {key}


@pytest.mark.parametrize(("one", "other"), [("Shusha", "Shushi"), ("Terter", "Tartar")])
def test_other_vowels_are_other_names(one, other):
    assert spelling_key(one) != spelling_key(other)
