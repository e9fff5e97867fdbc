"""Words on their way into language maps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.iiif.presentation_words import language_map, language_tag, plain


@pytest.mark.parametrize(
    ("tag", "written", "reason"),
    [
        ("en", "en", "letters pass"),
        ("zh-Hant-TW", "zh-Hant-TW", "letters pass"),
        ("es-419", "es", "the official schema refuses digits"),
        ("de-1996", "de", "the official schema refuses digits"),
        ("sl-rozaj-1994", "sl-rozaj", "only what follows the digits is cut"),
        ("de-x-a1", "de", "a single letter never comes last"),
        ("x-private1", "none", "nothing is left"),
        ("en_GB", "en-GB", "programs write it so"),
        ("und", "none", "IIIF's word for it"),
        ("UND", "none", "tags have no case"),
        ("none", "none", "IIIF's own"),
        ("@none", "none", "Presentation 2.1's word for it"),
        ("", "none", "there is nothing"),
        ("азәр", "none", "only ASCII letters are tags"),
        ("en\n", "none", "a line break is no letter"),
    ],
)
def test_language_tag_is_spelt_in_letters(tag, written, reason):
    assert language_tag(tag) == written


@pytest.mark.parametrize(
    ("text", "written", "reason"),
    [
        ("<b>", "\u200b<b>", "it would be taken for HTML"),
        ("<a\n>", "\u200b<a\n>", "also over several lines"),
        ("\ufeff <b> ", "\u200b\ufeff <b> ", "viewers trim"),
        ("<b> and", "<b> and", "by the specification this is plain text"),
        ("1 < 2 > 0", "1 < 2 > 0", "plain text stays as it is"),
        ("a\ue000b", "ab", "the mark of the origin is ours"),
        ("\ue000<b>\ue000", "\u200b<b>", "the mark hides no HTML"),
        ("\ud83d", "\ufffd", "half a pair cannot be written in UTF-8"),
        ("<\ud83d>", "\u200b<\ufffd>", "half a pair hides no HTML"),
    ],
)
def test_text_is_plain_text_to_everybody(text, written, reason):
    assert plain(text) == written


@given(st.text(st.characters(), max_size=60))
def test_plain_text_is_plain_already(text):
    once = plain(text)
    assert plain(once) == once
    once.encode("utf-8")
    trimmed = once.strip().strip("\ufeff").strip()
    assert not (trimmed.startswith("<") and trimmed.endswith(">"))


def test_languages_that_become_one_keep_all_their_texts():
    words = (("es", "uno"), ("es-419", "dos"), ("es", "uno"), ("fr", " "))
    assert language_map(words) == {"es": ["uno", "dos"]}
