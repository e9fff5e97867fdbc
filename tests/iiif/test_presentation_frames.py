"""What a series says of the rights in its frames."""

import pytest
from presentation_examples import BY, CREDIT_LABEL, IN_COPYRIGHT, PUBLIC_DOMAIN

from dam.iiif.presentation_frames import series_terms
from dam.iiif.presentation_source import LabelledWords, Terms

BY_URI = "http://creativecommons.org/licenses/by/4.0/"


def credited(*words, rights=BY_URI):
    return Terms(rights, (), LabelledWords(CREDIT_LABEL, words))


def test_frames_that_agree_pass_their_terms_on():
    assert series_terms([BY, BY], CREDIT_LABEL) == BY


def test_several_credits_under_one_licence_keep_the_rights():
    terms = series_terms([BY, credited(("en", "Photograph: A. B."))], CREDIT_LABEL)
    assert terms.rights == BY_URI
    assert terms.required_statement.label == CREDIT_LABEL


def test_several_licences_leave_no_rights_and_list_each_credit_with_its_frames():
    frames = [BY, IN_COPYRIGHT, BY, BY, PUBLIC_DOMAIN, BY]
    terms = series_terms(frames, CREDIT_LABEL)
    assert terms.rights is None
    english = [text for tag, text in terms.required_statement.value if tag == "en"]
    assert english == [
        f"1, 3-4, 6: Photograph: Nino Beridze · CC BY 4.0 {BY_URI}",
        "2: © Rustam Əliyev / JAMnews · In Copyright http://rightsstatements.org/vocab/InC/1.0/",
        "5: Public Domain Mark 1.0 http://creativecommons.org/publicdomain/mark/1.0/",
    ]


def test_no_credit_is_left_out_of_any_language():
    frames = [credited(("en", "Photo: A")), credited(("az", "Foto: B")), credited(("none", "C"))]
    value = series_terms(frames, CREDIT_LABEL).required_statement.value
    for language in ("en", "az"):
        told = [text for tag, text in value if tag == language]
        assert [name for name in ("A", "B", "C") if any(name in text for text in told)] == [*"ABC"]
    assert {tag for tag, _ in value} == {"en", "az"}


def test_words_without_any_language_stay_without():
    value = series_terms([credited(("none", "A")), credited(("none", "B"))], ()).required_statement
    assert {tag for tag, _ in value.value} == {"none"}


@pytest.mark.parametrize("frames", [[], [Terms()], [Terms(), Terms(None, (("en", " "),))]])
def test_where_nothing_is_owed_nothing_is_said(frames):
    terms = series_terms(frames, CREDIT_LABEL)
    assert terms.rights is None and terms.required_statement is None


def test_a_frame_without_rights_takes_the_rights_from_the_series():
    assert series_terms([BY, Terms()], CREDIT_LABEL).rights is None
