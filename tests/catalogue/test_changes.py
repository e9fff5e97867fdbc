"""Changes between two descriptions, and their undoing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.catalogue.captions import Caption, CaptionSource
from dam.catalogue.changes import (
    BadChange,
    ChangedMeanwhile,
    Description,
    FieldChange,
    KeywordsIn,
    ListField,
    PlainField,
    RecordField,
    TwoTexts,
    apply,
    changes,
    reverse,
)
from dam.catalogue.datelines import RelationKind
from dam.catalogue.notices import Notice, NoticeKind
from dam.catalogue.people import Contributor, PersonShown, Region, Role, creators
from dam.catalogue.places import Locality, PlaceName, PlaceRole, Relation
from dam.catalogue.text import Text, TextField
from dam.catalogue.written import read_change, written

words = st.text(alphabet="ab ə", max_size=4)
listed = st.lists(words.filter(bool), max_size=3).map(tuple)
texts = st.dictionaries(
    st.tuples(st.sampled_from(TextField), st.sampled_from(["en", "az"])), words, max_size=5
).map(
    lambda found: tuple(Text(field, language, value) for (field, language), value in found.items())
)
languages = st.sampled_from(["en", "az"])
identifiers = st.sampled_from(["", "x1", "x2"])
contributors = st.builds(Contributor, words, st.sampled_from(Role), identifiers)
regions = st.none() | st.just(Region(0.25, 0.5, 0.125, 0.5))
people = st.builds(PersonShown, words, identifiers, regions)
names = st.builds(PlaceName, words, identifiers)
relations = st.builds(
    Relation, st.sampled_from(RelationKind), st.lists(names, max_size=2).map(tuple)
)
places = st.builds(
    Locality,
    st.lists(names, max_size=3).map(tuple),
    st.none() | relations,
    st.sampled_from(PlaceRole),
)
captions = st.builds(Caption, languages, words, words, words, words)
descriptions = st.builds(
    Description,
    texts=texts,
    contributors=st.lists(contributors, max_size=3).map(tuple),
    negative=st.none() | words,
    people=st.lists(people, max_size=3).map(tuple),
    places=st.lists(places, max_size=2).map(tuple),
    other_captions=st.lists(captions, max_size=2).map(tuple),
    caption_sources=st.dictionaries(languages, words).map(
        lambda found: tuple(CaptionSource(tag, author) for tag, author in found.items())
    ),
    notices=st.lists(
        st.builds(Notice, st.sampled_from(NoticeKind), languages, words), max_size=2
    ).map(tuple),
    keywords_in=st.dictionaries(languages, listed).map(
        lambda found: tuple(KeywordsIn(tag, each) for tag, each in found.items())
    ),
    keywords=listed,
    date_text=st.none() | words,
    accession=st.none() | words,
)


@given(descriptions)
def test_nothing_changes_between_a_description_and_itself(one):
    assert changes(one, one) == ()
    assert apply(one, ()) == one


@given(descriptions, descriptions)
def test_changes_lead_from_one_description_to_the_other(before, after):
    assert apply(before, changes(before, after)) == after


@given(descriptions, descriptions)
def test_reversed_changes_lead_back(before, after):
    assert apply(after, reverse(changes(before, after))) == before


@given(descriptions, descriptions)
def test_reversing_twice_is_the_change_again(before, after):
    made = changes(before, after)
    assert reverse(reverse(made)) == made
    assert all(change.before != change.after for change in made)
    assert len({(change.field, change.language) for change in made}) == len(made)


@given(descriptions)
def test_the_order_of_texts_makes_no_difference(one):
    again = replace(
        one,
        texts=one.texts[::-1],
        caption_sources=one.caption_sources[::-1],
        keywords_in=one.keywords_in[::-1],
        date_text=one.date_text or "",
        accession=one.accession or "",
    )
    assert again == one
    assert list(one.texts) == sorted(one.texts)


@given(descriptions, descriptions)
def test_changes_are_the_same_when_they_are_read_back_from_the_log(before, after):
    for change in changes(before, after):
        assert change == read_change(
            change.field, change.language or "", written(change.before), written(change.after)
        )


def test_the_bylines_of_long_ago_are_read_as_photographers():
    change = read_change("creators", "", "", '["Reza", "Ali"]')
    assert change == FieldChange(
        RecordField.CONTRIBUTORS, None, None, (Contributor("Reza"), Contributor("Ali"))
    )


NOT_READ = [
    ("colour", "x", "no field of that name"),
    ("people", "[", "no JSON"),
    ("people", '[{"region": 5, "words": "x"}]', "a region is no number"),
    ("contributors", '[{"byline": "x", "role": "king"}]', "there is no such role"),
    ("contributors", "[{}]", "nobody is named"),
]


@pytest.mark.parametrize(("field", "text", "reason"), NOT_READ)
def test_what_the_log_cannot_mean_is_refused(field, text, reason):
    with pytest.raises(BadChange):
        apply(Description(), (read_change(field, "", "", text),))
    assert reason


TITLE = Text(TextField.TITLE, "en", "Aghdam")


def test_each_field_that_changes_is_one_change_texts_first():
    before = Description((TITLE,), creators(["Reza"]), (), "1992-02", None)
    after = Description(
        (Text(TextField.TITLE, "az", "Ağdam"), Text(TextField.TITLE, "en", "Agdam")),
        creators(["Reza"]),
        ("morgue",),
        None,
        "A-1",
    )
    assert changes(before, after) == (
        FieldChange(TextField.TITLE, "az", None, "Ağdam"),
        FieldChange(TextField.TITLE, "en", "Aghdam", "Agdam"),
        FieldChange(PlainField.ACCESSION, None, None, "A-1"),
        FieldChange(PlainField.DATE, None, "1992-02", None),
        FieldChange(ListField.KEYWORDS, None, None, ("morgue",)),
    )


def test_an_empty_text_and_no_text_are_the_same():
    assert Description((Text(TextField.TITLE, "en", ""),), (), (), "", "") == Description()


def test_two_texts_of_one_field_in_one_language_are_refused():
    with pytest.raises(TwoTexts, match="keep one of them"):
        Description((TITLE, Text(TextField.TITLE, "en", "Agdam")))


def test_undo_never_overwrites_what_was_written_since():
    edit = changes(Description((TITLE,)), Description((Text(TextField.TITLE, "en", "Agdam"),)))
    since = Description((Text(TextField.TITLE, "en", "Ağdam"),))
    with pytest.raises(ChangedMeanwhile, match=r"title in “en” has been edited since") as refused:
        apply(since, reverse(edit))
    assert (refused.value.field, refused.value.language) == (TextField.TITLE, "en")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (FieldChange(TextField.TITLE, None, None, "x"), "a text has a language"),
        (FieldChange(TextField.TITLE, "en", None, ("x",)), "a text is no list"),
        (FieldChange(ListField.KEYWORDS, None, None, "x"), "a list is no text"),
        (FieldChange(RecordField.PEOPLE, None, None, ("x",)), "a person is no text"),
        (FieldChange(RecordField.PEOPLE, "en", None, ()), "people are in no language"),
        (FieldChange(RecordField.CAPTION_SOURCE, None, None, ()), "a caption has a language"),
        (FieldChange(ListField.FRAMES, "en", None, ("x",)), "frames are in no language"),
        (FieldChange(PlainField.DATE, None, None, ("x",)), "a date is no list"),
        (FieldChange(PlainField.DATE, "en", None, "x"), "a date has no language"),
    ],
)
def test_a_field_is_never_given_what_it_cannot_hold(change, reason):
    with pytest.raises(BadChange):
        apply(Description(), (change,))
    assert reason
