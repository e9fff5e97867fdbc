"""Lines of place: how they are read, and which names can have a record of their own."""

import pytest

from dam.catalogue.datelines import RelationKind
from dam.catalogue.places import (
    Locality,
    PlaceName,
    Relation,
    has_own_name,
    is_contained,
    read_place,
    read_places,
)
from dam.catalogue.text import Text, TextField


def named(*words):
    return tuple(map(PlaceName, words))


def beside(kind, *words):
    return Relation(kind, named(*words))


LINES = [
    ("Azerbaijan, Karabakh, Aghdam", Locality(named("Azerbaijan", "Karabakh", "Aghdam")), "a path"),
    ("Azerbaijan, Aghdam, February 1992", Locality(named("Azerbaijan", "Aghdam")), "no date"),
    (
        "Azerbaijan, Road between Khojaly and Agdam, March 1992",
        Locality(named("Azerbaijan"), beside(RelationKind.ROAD, "Khojaly", "Agdam")),
        "a road is no name",
    ),
    ("near Aghdam", Locality((), beside(RelationKind.NEAR, "Aghdam")), "beside one place"),
    ("Outskirts of Baku", Locality((), beside(RelationKind.NEAR, "Baku")), "beside one place"),
    (
        "Georgia, View of Tbilisi",
        Locality(named("Georgia"), beside(RelationKind.VIEW, "Tbilisi")),
        "seen from afar",
    ),
    ("Ağdam", Locality(named("Ağdam")), "one name"),
    (" , ", None, "nothing is named"),
    ("", None, "nothing is written"),
    ("x" * 401, None, "that is a text"),
]


@pytest.mark.parametrize(("line", "read", "reason"), LINES)
def test_line_of_place_is_read_as_it_is_written(line, read, reason):
    assert read_place(line) == read, reason


def test_what_was_read_is_told_in_words():
    read = read_place("Azerbaijan, Road between Khojaly and Agdam, March 1992")
    assert read.in_words == "Azerbaijan › road between Khojaly and Agdam"  # noqa: RUF001
    assert read_place("near Aghdam").in_words == "near Aghdam"


def test_the_line_in_the_language_of_the_archive_is_read_first():
    texts = [Text(TextField.PLACE, "az", "Ağdam"), Text(TextField.PLACE, "en", "Aghdam")]
    assert read_places(texts, "en") == (Locality(named("Aghdam")),)
    assert read_places(texts, "ru") == (Locality(named("Ağdam")),)
    assert read_places([], "en") == ()


@pytest.mark.parametrize(
    ("words", "own"),
    [
        ("Southern Village", False),
        ("Aghdam", True),
        ("Old Town", False),
        ("Road 12", False),
        ("Lake Van", True),
    ],
)
def test_kind_of_place_is_no_name(words, own):
    assert has_own_name(words) is own


@pytest.mark.parametrize(
    ("ancestors", "parents", "contained", "reason"),
    [
        (("az",), ("az",), True, "the same country"),
        (("karabakh", "az"), ("az",), True, "the line names fewer"),
        (("ge",), ("az",), False, "another country"),
        ((), ("az",), True, "nothing is known of where it lies"),
        (("az",), (), True, "the line names nothing more"),
    ],
)
def test_place_lies_where_the_line_says_or_nothing_contradicts(
    ancestors, parents, contained, reason
):
    assert is_contained(ancestors, parents) is contained, reason
