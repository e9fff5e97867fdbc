"""One instruction for many photographs, on descriptions alone."""

from dataclasses import replace

import pytest

from dam.catalogue.batch_edits import (
    Action,
    BadInstruction,
    Between,
    Instruction,
    carried_out,
    read_instruction,
    written_instruction,
)
from dam.catalogue.changes import Description
from dam.catalogue.edit_fields import NoSuchField, WouldNotFit, read_target, typed, with_words
from dam.catalogue.people import Contributor, PersonShown, Region, Role
from dam.catalogue.text import Text, TextField

A = Action
WORDS = Description(
    texts=(
        Text(TextField.CAPTION, "az", "Ağdamın girişi."),
        Text(TextField.CAPTION, "en", "Road to Aghdam. The road is empty."),
        Text(TextField.TITLE, "en", "Road"),
    ),
    contributors=(Contributor("Reza", agent_id="r1"), Contributor("Anna", Role.PRINTER)),
    keywords=("war", "road"),
    people=(PersonShown("Ali", "a1", Region(0, 0, 0.5, 0.5)), PersonShown("Leyla")),
    date_text="1992-02",
    accession="007",
)


def told(action, target, words="", **more):
    source = more.pop("source", None)
    source = read_target(source, "en") if source else None
    return Instruction(action, read_target(target, "en"), words, source=source, **more)


TABLE = [
    # instruction, field, what it says after, reason
    (told(A.SET, "credit", "Photo: Reza"), "credit@en", "Photo: Reza", "a new text"),
    (told(A.SET, "title", "New", only_empty=True), "title@en", "Road", "it is not empty"),
    (told(A.SET, "keywords", "a; b; a"), "keywords", "a; b", "each keyword once"),
    (told(A.SET, "keywords@az", "yol"), "keywords@az", "yol", "in a language"),
    (told(A.APPEND, "title", "east"), "title@en", "Road east", "a space between"),
    (
        told(A.APPEND, "caption", "(Recaptioned.)", between=Between.PARAGRAPH),
        "caption@en",
        "Road to Aghdam. The road is empty.\n\n(Recaptioned.)",
        "an empty line between",
    ),
    (told(A.APPEND, "headline", "First"), "headline@en", "First", "nothing to stand after"),
    (told(A.APPEND, "keywords", "road; ruin"), "keywords", "war; road; ruin", "not twice"),
    (told(A.PREPEND, "keywords", "road; ruin"), "keywords", "road; ruin; war", "it moves"),
    (told(A.PREPEND, "title", "The"), "title@en", "The Road", "before it"),
    (told(A.REPLACE, "caption", "way", find="road"), "caption@en",
     "Road to Aghdam. The way is empty.", "capitals count"),
    (told(A.REPLACE, "caption", "way", find="road", match_case=False), "caption@en",
     "way to Aghdam. The way is empty.", "capitals do not count"),
    (told(A.REPLACE, "caption@az", "Q", find="Ağdam", whole_words=True), "caption@az",
     "Ağdamın girişi.", "a part of a word is no word"),
    (told(A.REPLACE, "caption", r"\1", find="." ), "caption@en",
     "Road to Aghdam\\1 The road is empty\\1", "neither side is a pattern"),
    (told(A.REPLACE, "keywords", "road", find="war"), "keywords", "road", "two become one"),
    (told(A.REMOVE, "keywords", "WAR", match_case=False), "keywords", "road", "an item"),
    (told(A.REMOVE, "caption", "is empty"), "caption@en",
     "Road to Aghdam. The road.", "with the space before it"),
    (told(A.CLEAR, "accession"), "accession", "", "emptied"),
    (told(A.COPY, "alt", source="caption"), "alt@en",
     "Road to Aghdam. The road is empty.", "a text to a text"),
    (told(A.COPY, "keywords", source="people"), "keywords", "Ali; Leyla", "a list to a list"),
    (told(A.COPY, "credit", source="creator"), "credit@en", "Reza", "a list to a text"),
    (told(A.COPY, "title", source="headline"), "title@en", "Road", "nothing to copy"),
    (told(A.APPEND, "people", "Nino"), "people", "Ali; Leyla; Nino", "one more"),
    (told(A.APPEND, "contributors", "editor: Nino"), "contributors",
     "printer: Anna\neditor: Nino", "lines"),
    (told(A.SET, "notices", "funding en: X."), "notices", "funding en: X.", "a line"),
    (told(A.SET, "date", "12 May 1968"), "date", "12 May 1968", "a date"),
    (told(A.SET, "negative", "N 12"), "negative", "N 12", "a number"),
]  # fmt: skip

NAMES = [f"{row[0].action}-{row[3]}" for row in TABLE]


@pytest.mark.parametrize(
    ("instruction", "field", "after", "reason"),
    TABLE,
    ids=NAMES,
)
def test_an_instruction_does_what_it_says_and_nothing_else(instruction, field, after, reason):
    made = carried_out(instruction, WORDS, "en")
    assert typed(made, read_target(field, "en")) == after, reason
    back = with_words(made, instruction.target, (), "en")
    assert replace(back, places=()) == replace(
        with_words(WORDS, instruction.target, (), "en"), places=()
    ), "no other field"


def test_names_that_stay_keep_their_links_and_regions():
    made = carried_out(told(A.APPEND, "people", "Nino"), WORDS, "en")
    assert made.people[:2] == WORDS.people
    assert (
        carried_out(told(A.APPEND, "creator", "Ali"), WORDS, "en").contributors[0].agent_id == "r1"
    )


@pytest.mark.parametrize(
    "instruction",
    [
        told(A.SET, "notices", "Supported by X."),
        told(A.APPEND, "contributors", "Nino"),
        told(A.SET, "title", "x" * 20_001),
        told(A.SET, "accession", "x" * 201),
    ],
    ids=["no kind", "no role", "too long", "too long for a number"],
)
def test_what_would_not_fit_is_refused(instruction):
    with pytest.raises(WouldNotFit):
        carried_out(instruction, WORDS, "en")


@pytest.mark.parametrize(
    ("action", "more"), [(A.SET, {}), (A.REPLACE, {"find": " "}), (A.COPY, {"source": "title"})]
)
def test_an_instruction_without_what_it_needs_is_refused(action, more):
    with pytest.raises(BadInstruction):
        told(action, "title", **more)


def test_a_field_that_is_none_is_refused():
    for name in ("rights", "accession@az", ""):
        with pytest.raises(NoSuchField):
            read_target(name, "en")


@pytest.mark.parametrize("row", TABLE, ids=NAMES)
def test_an_instruction_is_kept_as_it_was_given(row):
    assert read_instruction(written_instruction(row[0])) == row[0]
