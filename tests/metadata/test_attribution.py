"""The segment of a served picture: read back whole, harmless to pixels, never too long."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dam.metadata.attribution import Attribution, segment, spliced
from dam.metadata.containers import raw_blocks
from dam.metadata.xmp import read_xmp

CC_BY = "http://creativecommons.org/licenses/by/4.0/"
PAGE = "https://photographs.example.org/p/abc"


def said(credit: str = "Photo: A / B", **others) -> Attribution:
    given_ = {"notice": f"{credit}, CC BY 4.0", "terms": "With credit.", "rights_uri": CC_BY}
    return Attribution(credit, **{**given_, "page_url": PAGE, "is_licence": True, **others})


def jpeg(mode: str = "RGB", **options) -> bytes:
    written = io.BytesIO()
    Image.effect_noise((40, 24), 60).convert(mode).save(written, "JPEG", **options)
    return written.getvalue()


def without_jfif(data: bytes) -> bytes:
    """As libvips writes tiles: nothing stands between the start and the tables."""
    assert data[2:4] == b"\xff\xe0"
    return data[:2] + data[4 + int.from_bytes(data[4:6], "big") :]


def splice(data: bytes, marked: bytes) -> bytes:
    return b"".join(spliced(data, marked))


def read(data: bytes):
    found = read_xmp(raw_blocks(data).xmp)
    assert found.notes == ()
    return found


def test_credit_and_rights_are_read_back():
    found = read(splice(jpeg(), segment(said(marked=True))))
    assert found.credit == "Photo: A / B"
    assert found.copyrights == (("x-default", "Photo: A / B, CC BY 4.0"),)
    assert found.usage_terms == (("x-default", "With credit."),)
    assert (found.web_statement, found.licences, found.marked) == (CC_BY, (CC_BY,), True)


def test_without_a_statement_the_page_is_where_the_rights_are_told():
    found = read(splice(jpeg(), segment(said(rights_uri="", notice="", terms=""))))
    assert found.web_statement == PAGE
    assert (found.licences, found.copyrights, found.marked) == ((), (), None)


def test_a_rights_statement_is_no_licence():
    uri = "http://rightsstatements.org/vocab/NKC/1.0/"
    found = read(splice(jpeg(), segment(said(rights_uri=uri, is_licence=False))))
    assert (found.web_statement, found.licences) == (uri, ())


KINDS = (
    (jpeg(), "with JFIF"),
    (without_jfif(jpeg()), "without JFIF"),
    (without_jfif(jpeg(subsampling=0, quality=95)), "fine colours without JFIF"),
    (jpeg("L"), "gray"),
    (jpeg("CMYK"), "four inks, with the segment of Adobe"),
)


@pytest.mark.parametrize(("data", "reason"), KINDS, ids=[reason for _, reason in KINDS])
def test_pixels_are_the_same_with_and_without(data, reason):
    marked = splice(data, segment(said()))
    assert len(marked) == len(data) + len(segment(said()))
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(marked)) as after:
        assert before.mode == after.mode
        assert np.array_equal(np.asarray(before), np.asarray(after)), reason
    assert (marked[2:4] == b"\xff\xe0") is (data[2:4] == b"\xff\xe0"), "JFIF stays first, or away"


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n", b"\xff"])
def test_what_is_no_jpeg_stays_as_it_is(data):
    assert splice(data, segment(said())) == data


HOSTILE = (
    ("<script>alert(1)</script>", "markup"),
    ('" rdf:about="x"><evil/>', "a quote that would end the attribute"),
    ("]]><!DOCTYPE x [<!ENTITY a 'b'>]>&a;", "a declaration and an entity"),
    ("<?xpacket end='w'?>", "the end of the packet"),
    ("{credit} {0} %s", "marks of formatting"),
    ("Rəza Dəqati · Ռեզա · رضا · 写真 📷", "many alphabets"),
)


@pytest.mark.parametrize(("credit", "reason"), HOSTILE)
def test_a_hostile_credit_is_words_and_nothing_else(credit, reason):
    found = read(splice(jpeg(), segment(said(credit))))
    assert found.credit == credit, reason
    assert found.web_statement == CC_BY


def test_control_characters_and_line_ends_are_taken_out():
    assert read(splice(jpeg(), segment(said("A\0\x1b\x07B\nC\ud800\ufffe")))).credit == "AB C"


def test_a_credit_without_end_is_cut_and_says_so():
    found = read(splice(jpeg(), segment(said("&" * 100_000, notice="<" * 100_000))))
    assert found.credit == "&" * 999 + "…"
    assert found.copyrights[0][1].endswith("…")


@given(st.text(max_size=300).map(lambda text: text * 40), st.text(max_size=3000))
def test_whatever_is_said_is_well_formed_and_fits_one_segment(words, address):
    made = segment(said(words, notice=words, terms=words, page_url=address, rights_uri=address))
    assert int.from_bytes(made[2:4], "big") == len(made) - 2 < 65_536
    read(splice(jpeg(), made))
