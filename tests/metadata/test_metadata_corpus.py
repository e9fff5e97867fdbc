"""Real files, of many cameras and programs, and those made to break readers."""

import pytest

from dam.metadata.containers import raw_blocks
from dam.metadata.fields import Embedded
from dam.metadata.reconcile import read_embedded

pytestmark = pytest.mark.shared
CUTS_PER_FILE = 50
MAX_BYTES_TO_CUT = 200_000


@pytest.fixture
def corpus(shared):
    return shared / "fixtures" / "metadata"


def read(path):
    return read_embedded(raw_blocks(path.read_bytes()))


def files(corpus):
    return [path for path in sorted(corpus.rglob("*")) if path.is_file()]


def test_every_file_is_read_without_an_exception(corpus):
    answers = [read(path) for path in files(corpus)]
    assert len(answers) > 50
    assert all(isinstance(answer, Embedded) for answer in answers)


def test_every_file_cut_anywhere_is_read_without_an_exception(corpus):
    for path in files(corpus):
        data = path.read_bytes()[:MAX_BYTES_TO_CUT]
        for cut in range(CUTS_PER_FILE):
            kept = memoryview(data)[: len(data) * cut // CUTS_PER_FILE]
            assert isinstance(read_embedded(raw_blocks(kept)), Embedded)


def test_the_iptc_reference_gives_its_known_values(corpus):
    answer = read(corpus / "iptc" / "IPTC-PhotometadataRef-Std2024.1.10x10.jpg")
    alt = "This is the Alt Text description to support accessibility in 2024.1"
    assert answer.titles == (("en", "The Title (ref2024.1)"),)
    assert answer.captions == (("en", "The description aka caption (ref2024.1)"),)
    assert answer.alts == (("en", alt),)
    assert answer.creators == ("Creator1 (ref2024.1)",)
    assert answer.credit == "Credit Line (ref2024.1)"
    assert answer.source == "Source (ref2024.1)"
    assert answer.headline == "The Headline (ref2024.1)"
    assert answer.copyright == "Copyright (Notice) 2024.1 IPTC - www.iptc.org  (ref2024.1)"
    assert answer.rights_uris == ("https://example.com/WebStatementOfRights/ref2024.1",)
    assert answer.usage_terms == (("en", "Rights Usage Terms (ref2024.1)"),)
    assert answer.keywords == tuple(f"Keyword{number}ref2024.1" for number in (1, 2, 3))
    assert answer.date_text == "2024-03-22T00:23:02+00:00"
    assert answer.place.startswith("CountryName (Location created1) (ref2024.1), ")


@pytest.mark.parametrize(
    ("name", "noted"),
    [
        ("iim_cp1252_no_charset.jpg", "Windows-1252"),
        ("iim_macroman_no_charset.jpg", "Mac Roman"),
        ("iim_utf8_declared.jpg", None),
        ("iim_utf8_no_charset.jpg", None),
    ],
)
def test_every_character_set_trap_gives_the_same_words(corpus, name, noted):
    answer = read(corpus / "synthetic" / name)
    caption = (
        "A man screams in anguish after just finding his brother\u2019s dead body \u2013 Aghdam."
    )
    assert answer.captions == (("en", caption),)
    assert answer.creators == ("Réza Deghati",)
    assert answer.date_text == "1992-02"
    assert noted in answer.notes[0] if noted else answer.notes == ()


@pytest.mark.parametrize("name", ["conflict_digest_ok_xmp_wins.jpg", "conflict_no_digest.jpg"])
def test_xmp_wins_a_conflict_and_the_loser_is_noted(corpus, name):
    answer = read(corpus / "synthetic" / name)
    assert answer.captions == (("en", "NEW caption in XMP"),)
    assert answer.notes == (
        "IPTC-IIM has another caption, which was not used: “OLD caption in IIM”.",
    )


def test_caption_in_five_languages_keeps_them_all(corpus):
    answer = read(corpus / "synthetic" / "xmp_multilang_caption.jpg")
    assert [language for language, _ in answer.captions] == ["en", "az", "hy", "ru", "ka"]
    assert answer.date_text == "1992-03"


def test_rights_block_is_read(corpus):
    answer = read(corpus / "synthetic" / "rights_licensable.jpg")
    assert answer.rights_uris == ("http://rightsstatements.org/vocab/InC/1.0/",)
    assert answer.usage_terms == (("en", "Editorial use only; no cropping"),)
    assert answer.marked is True


def test_first_of_two_exif_segments_counts(corpus):
    assert read(corpus / "synthetic" / "two_exif_segments.jpg").creators == ("FIRST",)


def test_packet_in_utf16_is_read(corpus):
    answer = read(corpus / "exiftool" / "XMP.jpg")
    assert answer.captions == (("en", "UTF-16 (big-endian) encoded XMP"),)


def test_place_and_copyright_follow_the_working_group_where_xmp_comes_first_there_too(corpus):
    answer = read(corpus / "exiftool" / "MWG.jpg")
    assert answer.copyright == "RIGHT-XMP-Copyright"
    assert answer.keywords == ("RIGHT1of2-XMP-Keywords", "RIGHT2of2-XMP-Keywords")
    assert answer.place == (
        "RIGHT-IPTC-Country, RIGHT-IPTC-State, RIGHT-XMP-City, RIGHT-IPTC-Location"
    )


@pytest.mark.parametrize(
    ("name", "orientation"),
    [
        ("exif-samples/orientation_landscape_6.jpg", 6),
        ("pillow/hopper_orientation_6.webp", 6),
        ("pillow/g4_orientation_6.tif", 6),
        ("pillow/exif.png", 1),
    ],
)
def test_orientation_is_read_from_every_container(corpus, name, orientation):
    assert read(corpus / name).orientation == orientation
