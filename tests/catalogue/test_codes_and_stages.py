"""Code replacements, templates, states of work, and series."""

import pytest

from dam.catalogue.changes import Description, TwoTexts
from dam.catalogue.codes import Code, expand, read_codes
from dam.catalogue.fields import SeriesField, reverse
from dam.catalogue.notices import Notice, NoticeKind
from dam.catalogue.people import creators
from dam.catalogue.series_words import (
    NoSeriesTitle,
    SeriesDescription,
    SeriesText,
    changed_series,
    changes_of_series,
)
from dam.catalogue.stages import Stage, missing, stage
from dam.catalogue.templates import Template, filled
from dam.catalogue.text import Text, TextField

FILE = "\ufeff// ours\nmt\tMargaret Thatcher\tThe PM\n\nbad code\tx\nonly\nMT\tM. T.\n"


def test_file_of_codes_is_read_line_by_line():
    found = read_codes(FILE)
    assert found.codes == (Code("MT", ("M. T.",)),), "the last of a code counts"
    assert [bad.line for bad in found.bad_lines] == [4, 5]
    assert "“only” stands for nothing" in found.bad_lines[1].sentence


CODES = {"mt": Code("mt", ("Margaret Thatcher", "the Prime Minister"), authority_id="x1")}
EXPANDED = [
    ("=mt= speaks", "Margaret Thatcher speaks", (), "a code"),
    ("=MT#2= speaks", "the Prime Minister speaks", (), "its second form"),
    ("=mt#3=", "=mt#3=", ("=mt#3=",), "there is no third"),
    ("=xy= and 1=2", "=xy= and 1=2", ("=xy=",), "no such code stays as typed"),
    ("a = b = c", "a = b = c", (), "spaces are in no code"),
]


@pytest.mark.parametrize(("typed", "text", "unknown", "reason"), EXPANDED)
def test_code_between_two_signs_is_replaced(typed, text, unknown, reason):
    found = expand(typed, CODES)
    assert (found.text, found.unknown) == (text, unknown), reason
    assert [code.authority_id for code in found.used] == ["x1"] * (typed != text)


def test_template_fills_what_is_empty_and_touches_nothing_else():
    template = Template(
        "essay",
        Description(
            (
                Text(TextField.CREDIT, "en", "{photographer} / Archive"),
                Text(TextField.TITLE, "en", "T"),
            ),
            keywords=("war",),
        ),
    )
    words = Description((Text(TextField.TITLE, "en", "Mine"),), creators(["Reza"]))
    found = filled(template, words)
    assert found.texts == (
        Text(TextField.CREDIT, "en", "Reza / Archive"),
        Text(TextField.TITLE, "en", "Mine"),
    )
    assert (found.keywords, found.contributors) == (("war",), words.contributors)
    assert filled(template, found) == found


STAGES = [
    (False, False, False, Stage.DRAFT),
    (True, False, False, Stage.IN_REVIEW),
    (True, True, False, Stage.PUBLISHED),
    (True, True, True, Stage.WITHDRAWN),
    (False, False, True, Stage.WITHDRAWN),
]


@pytest.mark.parametrize(("in_review", "published", "withdrawn", "word"), STAGES)
def test_rights_records_say_published_and_withdrawn_before_all_else(
    in_review, published, withdrawn, word
):
    assert stage(in_review=in_review, published=published, withdrawn=withdrawn) is word


def test_what_is_missing_is_said_in_sentences():
    assert len(missing(Description(), "en")) == 6
    texts = tuple(
        Text(field, tag, "x")
        for field, tag in (
            (TextField.TITLE, "en"),
            (TextField.CAPTION, "az"),
            (TextField.PLACE, "en"),
        )
    )
    words = Description(texts, creators(["Reza"]), date_text="1992")
    assert missing(words, "en") == (
        "There is a caption in another language, and none in “en”.",
        "There is no alternative text; write one in “en”.",
    )


S = SeriesField
ESSAY = SeriesDescription("en", (SeriesText(S.SERIES_TITLE, "en", "Aghdam"),), ("a", "b"))


def test_series_changes_there_and_back():
    after = SeriesDescription(
        "en",
        (
            SeriesText(S.SERIES_TITLE, "en", "Agdam"),
            SeriesText(S.SERIES_TITLE, "az", "Ağdam"),
            SeriesText(S.INTRODUCTION, "az", "Giriş"),
        ),
        ("b", "a", "c", "b"),
        (Notice(NoticeKind.DISCLAIMER, "en", "Views"),),
    )
    made = changes_of_series(ESSAY, after)
    assert changed_series(ESSAY, made) == after
    assert changed_series(after, reverse(made)) == ESSAY
    assert after.frames == ("b", "a", "c")
    assert after.words(S.SERIES_TITLE) == (("en", "Agdam"), ("az", "Ağdam"))


def test_series_has_one_title_in_its_main_language():
    with pytest.raises(NoSeriesTitle):
        SeriesDescription("az", ESSAY.texts)
    with pytest.raises(TwoTexts):
        SeriesDescription("en", (*ESSAY.texts, SeriesText(S.SERIES_TITLE, "en", "Other")))
