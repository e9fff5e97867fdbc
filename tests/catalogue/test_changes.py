"""Changes between two descriptions, and their undoing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.catalogue.changes import (
    BadChange,
    ChangedMeanwhile,
    Description,
    FieldChange,
    ListField,
    PlainField,
    TwoTexts,
    apply,
    changes,
    reverse,
)
from dam.catalogue.text import Text, TextField

words = st.text(alphabet="ab ə", max_size=4)
listed = st.lists(words.filter(bool), max_size=3).map(tuple)
texts = st.dictionaries(
    st.tuples(st.sampled_from(TextField), st.sampled_from(["en", "az"])), words, max_size=5
).map(
    lambda found: tuple(Text(field, language, value) for (field, language), value in found.items())
)
descriptions = st.builds(
    Description,
    texts=texts,
    creators=listed,
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
    again = Description(
        one.texts[::-1], one.creators, one.keywords, one.date_text or "", one.accession or ""
    )
    assert again == one
    assert list(one.texts) == sorted(one.texts)


TITLE = Text(TextField.TITLE, "en", "Aghdam")


def test_each_field_that_changes_is_one_change_texts_first():
    before = Description((TITLE,), ("Reza",), (), "1992-02", None)
    after = Description(
        (Text(TextField.TITLE, "az", "Ağdam"), Text(TextField.TITLE, "en", "Agdam")),
        ("Reza",),
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
        (FieldChange(ListField.KEYWORDS, "en", None, ("x",)), "a list has no language"),
        (FieldChange(PlainField.DATE, None, None, ("x",)), "a date is no list"),
        (FieldChange(PlainField.DATE, "en", None, "x"), "a date has no language"),
    ],
)
def test_a_field_is_never_given_what_it_cannot_hold(change, reason):
    with pytest.raises(BadChange):
        apply(Description(), (change,))
    assert reason
