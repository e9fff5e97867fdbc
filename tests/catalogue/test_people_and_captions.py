"""People shown, contributors as they are typed, notices, and several captions."""

import pytest

from dam.catalogue.captions import Caption, CaptionSource
from dam.catalogue.changes import Description, apply, changes, reverse
from dam.catalogue.notices import Notice, NoticeKind, in_language, inherited
from dam.catalogue.people import (
    BadRegion,
    Contributor,
    Knowledge,
    PersonShown,
    Region,
    Role,
    creators,
)
from dam.catalogue.preferring import (
    NoSuchCaption,
    preferring,
    with_caption,
    without_caption,
)
from dam.catalogue.text import Text, TextField
from dam.catalogue.typed import (
    read_contributors,
    read_notices,
    read_people,
    typed_contributors,
    typed_creators,
    typed_notices,
    typed_people,
)

KNOWN = [
    (PersonShown("Reza", "x1"), Knowledge.LINKED, "a record is named"),
    (PersonShown("Reza"), Knowledge.NAMED, "a name without a record"),
    (PersonShown("unidentified man, left"), Knowledge.UNIDENTIFIED, "said in English"),
    (PersonShown("Naməlum kişi"), Knowledge.UNIDENTIFIED, "said in Azerbaijani"),
    (PersonShown("Неизвестный солдат"), Knowledge.UNIDENTIFIED, "said in Russian"),
    (PersonShown("?"), Knowledge.UNIDENTIFIED, "nothing but a question mark"),
    (PersonShown("Unknownson"), Knowledge.NAMED, "a name that begins so"),
]


@pytest.mark.parametrize(("person", "known", "reason"), KNOWN)
def test_unidentified_is_a_value_and_no_gap(person, known, reason):
    assert person.known is known, reason


@pytest.mark.parametrize("region", [(0, 0, 0, 1), (-0.1, 0, 1, 1), (0.5, 0, 0.6, 1), (0, 0, 1, 2)])
def test_region_lies_within_the_picture(region):
    with pytest.raises(BadRegion):
        Region(*region)


def test_creators_are_those_whose_work_it_is():
    made = Description(contributors=(Contributor("Anna", Role.PRINTER), Contributor("Reza")))
    assert made.creators == ("Reza",)


LINKED = (Contributor("Reza", agent_id="x1"), Contributor("Anna", Role.PRINTER, "x2"))


def test_form_that_says_what_is_stored_changes_nothing():
    errors = {}
    fields = {"creator": typed_creators(LINKED), "contributors": typed_contributors(LINKED)}
    assert read_contributors(fields, LINKED, errors) == LINKED
    assert read_contributors({}, LINKED, errors) == LINKED
    notices = (Notice(NoticeKind.FUNDING, "en", "Supported by: all"),)
    assert read_notices({"notices": typed_notices(notices)}, notices, errors) == notices
    shown = (PersonShown("Reza", "x1", Region(0, 0, 0.5, 1)), PersonShown("unidentified man"))
    assert read_people({"people": typed_people(shown)}, shown) == shown
    assert errors == {}


def test_byline_that_stays_keeps_its_record():
    found = read_contributors({"creator": "Ali; Reza"}, LINKED, {})
    assert found == (Contributor("Ali"), *LINKED)


TYPED_WRONG = [
    ("contributors", "king: Anna", "no such role"),
    ("contributors", "Anna", "no role"),
    ("notices", "Supported by all", "no kind"),
    ("notices", "funding xx: Supported", "no language"),
    ("notices", "funding en:", "no text"),
]


@pytest.mark.parametrize(("field", "text", "reason"), TYPED_WRONG)
def test_line_that_cannot_be_read_keeps_what_was_stored_and_is_told(field, text, reason):
    errors = {}
    notices = (Notice(NoticeKind.CREDIT, "en", "Stored"),)
    assert read_contributors({field: text}, LINKED, errors) == LINKED, reason
    assert read_notices({field: text}, notices, errors) == notices, reason
    assert list(errors) == [field], reason


def test_frame_inherits_what_its_series_must_show_once():
    one, two = Notice(NoticeKind.CREDIT, "en", "A"), Notice(NoticeKind.FUNDING, "en", "B")
    assert inherited((one,), (two, one)) == (one, two)


def test_notice_is_not_lost_where_it_is_not_translated():
    notices = (
        Notice(NoticeKind.FUNDING, "en", "Funded"),
        Notice(NoticeKind.FUNDING, "az", "Maliyyə"),
        Notice(NoticeKind.DISCLAIMER, "en", "Views are theirs"),
    )
    assert in_language(notices, "az") == ("Maliyyə", "Views are theirs")


FIRST = Text(TextField.CAPTION, "en", "First")
OTHER = Caption("en", "Other", "Anna", "a letter", "1993")


def test_preferring_another_caption_loses_no_word_and_can_be_undone():
    before = Description(
        (FIRST,), other_captions=(OTHER,), caption_sources=(CaptionSource("en", "Reza"),)
    )
    after = preferring(before, 0)
    assert after.texts == (Text(TextField.CAPTION, "en", "Other"),)
    assert after.caption_sources == (OTHER.credited,)
    assert after.other_captions == (Caption("en", "First", "Reza"),)
    assert apply(after, reverse(changes(before, after))) == before
    assert preferring(after, 0) == before


def test_first_caption_of_a_language_is_the_preferred_one():
    after = with_caption(Description(), OTHER)
    assert (after.texts, after.other_captions) == ((Text(TextField.CAPTION, "en", "Other"),), ())
    assert with_caption(Description((FIRST,)), OTHER).other_captions == (OTHER,)
    said = with_caption(Description((FIRST,)), Caption("en", "", "Reza"))
    assert (said.texts, said.caption_sources) == ((FIRST,), (CaptionSource("en", "Reza"),))


def test_caption_that_is_not_in_the_list_can_be_neither_preferred_nor_removed():
    for number in (-1, 1):
        for choose in (preferring, without_caption):
            with pytest.raises(NoSuchCaption):
                choose(Description((FIRST,), other_captions=(OTHER,)), number)
    assert without_caption(Description(other_captions=(OTHER,)), 0) == Description()


def test_source_without_a_caption_says_nothing():
    assert Description(caption_sources=(CaptionSource("en", "Reza"),)) == Description()
    assert creators(["Reza"]) == (Contributor("Reza", Role.PHOTOGRAPHER, ""),)
