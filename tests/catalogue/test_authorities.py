"""Authority records: names in several languages, merging, and taking a merge apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.catalogue.authorities import (
    Authority,
    AuthorityKind,
    AuthorityName,
    BadCoordinates,
    Coordinates,
    Identifier,
    NameStatus,
    NoName,
    Scheme,
    TwoPreferredNames,
    renamed,
    separated,
    united,
    with_variant,
)
from dam.catalogue.authority_changes import changed_authority, changes_of_authority
from dam.catalogue.fields import reverse

K = AuthorityKind
AGHDAM = Authority("a", K.PLACE, (AuthorityName("Aghdam", "en"), AuthorityName("Ağdam", "az")))

words = st.text("abə", max_size=3)
names = st.lists(
    st.builds(
        AuthorityName,
        words.filter(bool),
        st.sampled_from(["und", "en", "az"]),
        status=st.sampled_from(NameStatus),
        period=words,
    ),
    min_size=1,
    max_size=4,
).map(tuple)
records = st.builds(
    Authority,
    st.just("a"),
    st.sampled_from(K),
    names,
    st.lists(st.builds(Identifier, st.sampled_from(Scheme), words), max_size=2).map(tuple),
    words,
    words,
    words,
    words,
    st.none() | st.builds(Coordinates, st.floats(-90, 90), st.floats(-180, 180), st.integers(0, 9)),
)


@given(records, records)
def test_changes_lead_there_and_back(before, after):
    made = changes_of_authority(before, after)
    assert changed_authority(before, made) == after
    assert changed_authority(after, reverse(made)) == before


@given(records, records)
def test_merge_that_is_taken_apart_leaves_what_was(kept, other):
    assert separated(united(kept, other), kept, united(kept, other)) == kept


@given(records, records)
def test_merge_loses_no_name_and_no_number(kept, other):
    both = united(kept, other)
    assert {(n.name, n.language) for n in (*kept.names, *other.names)} == {
        (n.name, n.language) for n in both.names
    }
    assert set(both.identifiers) == {*kept.identifiers, *other.identifiers}


def test_name_that_was_added_after_a_merge_stays_when_it_is_taken_apart():
    other = Authority("b", K.PLACE, (AuthorityName("Agdam", "en"),))
    both = united(AGHDAM, other)
    since = with_variant(both, AuthorityName("Агдам", "ru"))
    left = separated(since, AGHDAM, both)
    assert [name.name for name in left.names] == ["Aghdam", "Ağdam", "Агдам"]


def test_each_language_has_one_preferred_name():
    assert [name.preferred for name in AGHDAM.names] == [True, True]
    assert AGHDAM.name("az", "en") == "Ağdam"
    assert AGHDAM.name("ka") == "Aghdam"
    with pytest.raises(TwoPreferredNames, match="“en”"):
        Authority("a", K.PLACE, tuple(AuthorityName(n, "en", preferred=True) for n in "AB"))
    with pytest.raises(NoName):
        Authority("a", K.PLACE, (AuthorityName("  "),))


def test_renaming_keeps_the_old_name_as_a_variant():
    now = renamed(AGHDAM, AuthorityName("Akna", "en"))
    assert now.name("en") == "Akna"
    assert AuthorityName("Aghdam", "en", status=NameStatus.VARIANT) in now.names
    assert now.is_named("AGDAM") and not AGHDAM.is_named("Akna")


def test_point_that_is_not_on_the_earth_is_refused():
    for point in ((91, 0), (0, 181)):
        with pytest.raises(BadCoordinates):
            Coordinates(*point)


def test_number_in_another_register_is_an_address():
    assert Identifier(Scheme.GEONAMES, "148619").uri == "https://sws.geonames.org/148619"
    assert Identifier(Scheme.ISNI, "0000 0001").uri == "https://isni.org/isni/00000001"
