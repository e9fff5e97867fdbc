"""What fields hold is said in words, never as it is stored."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.catalogue.authorities import (
    AuthorityName,
    Coordinates,
    Identifier,
    NameStatus,
    Scheme,
)
from dam.catalogue.captions import Caption, CaptionSource
from dam.catalogue.fields import ListField, PlainField, RecordField
from dam.catalogue.in_words import in_words, logged_in_words
from dam.catalogue.notices import Notice, NoticeKind
from dam.catalogue.people import Contributor, PersonShown, Role
from dam.catalogue.places import PlaceRole, read_place
from dam.catalogue.text import TextField
from dam.catalogue.written import written

ROAD = read_place("Azerbaijan, Road between Khojaly and Agdam")
SAID = [
    (TextField.CAPTION, "A man.", "A man.", "a text is itself"),
    (ListField.KEYWORDS, ("war", "road"), "war; road", "as they are typed"),
    (
        RecordField.CONTRIBUTORS,
        (Contributor("Reza", agent_id="a1"), Contributor("Anna", Role.PRINTER)),
        "Reza\nprinter: Anna",
        "no identifier is shown",
    ),
    (RecordField.PEOPLE, (PersonShown("?"), PersonShown("Reza")), "unidentified\nReza", "known"),
    (
        RecordField.PLACES,
        (ROAD,),
        "Azerbaijan \u203a road between Khojaly and Agdam",
        "a relation is read out",
    ),
    (
        RecordField.PLACES,
        (replace(read_place("Paris"), role=PlaceRole.SHOWN),),
        "Paris (shown)",
        "what is shown is not where it was taken",
    ),
    (
        RecordField.OTHER_CAPTIONS,
        (Caption("az", "Bir kişi.", "Leyla", date_text="1993"),),
        "“Bir kişi.” (az, Leyla, 1993)",
        "with who wrote it",
    ),
    (RecordField.CAPTION_SOURCE, (CaptionSource("en", "", "Life"),), "Life", "only what is known"),
    (
        RecordField.NOTICES,
        (Notice(NoticeKind.FUNDING, "en", "By a fund."),),
        "funding (en): By a fund.",
        "kind and language",
    ),
    (
        RecordField.NAMES,
        (AuthorityName("Agdam", "en", status=NameStatus.VARIANT, period="1920s"),),
        "Agdam (en, variant, 1920s)",
        "a name with what is known of it",
    ),
    (RecordField.IDENTIFIERS, (Identifier(Scheme.VIAF, "7"),), "VIAF 7", "the register's name"),
    (RecordField.COORDINATES, (Coordinates(39.99, 46.93, 500),), "39.99, 46.93, within 500 m", ""),
    (ListField.FRAMES, ("a", "b"), "1. A bridge\n2. b", "photographs by title where it is known"),
    (PlainField.PARENT, "a", "A bridge", "and so are larger places"),
    (RecordField.PEOPLE, None, "", "nothing"),
]


@pytest.mark.parametrize(("field", "value", "words", "reason"), SAID)
def test_a_value_is_said_as_people_say_it(field, value, words, reason):
    names = {"a": "A bridge"}
    assert in_words(field, value, names) == words, reason
    assert logged_in_words(field, written(value), names) == words, reason


def test_what_is_no_field_is_in_words_already():
    assert logged_in_words("state", "in review") == "in review"
    assert logged_in_words("people", "not JSON") == "not JSON"
    assert logged_in_words("creators", '["Reza", "Ali"]') == "Reza\nAli"


@given(st.sampled_from([*ListField, *RecordField, "creators", "state"]), st.text())
def test_whatever_the_log_holds_can_be_shown(field, text):
    assert isinstance(logged_in_words(field, text), str)
