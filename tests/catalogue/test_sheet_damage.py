"""What spreadsheet programs do to cells is refused, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.catalogue.changes import Description
from dam.catalogue.edit_fields import EditField, NoSuchField, Target
from dam.catalogue.sheet_damage import EMPTY, CellKind, GivenCell, damage, guarded, unguarded
from dam.catalogue.sheet_rows import (
    BadHeadings,
    compared,
    headings,
    kept,
    of_kept,
    read_headings,
    row,
    targets,
)
from dam.catalogue.text import Text, TextField

TITLE, NUMBER, DATE = Target(EditField.TITLE, "en"), Target(EditField.ACCESSION), "date"

CAPTION = "Evlər, məscid və körpü"


@pytest.mark.parametrize(
    ("cell", "before", "sentence", "reason"),
    [
        (GivenCell("1992-02-12 00:00:00", CellKind.DATE), "Feb 12", "made a date", "date cell"),
        (GivenCell("12-May"), "12-5", "made a date", "12-5 as Excel saves it in CSV"),
        (GivenCell("Feb-92"), "February 1992", "made a date", "a month as Excel saves it"),
        (GivenCell("5/12/1968"), "12 May 1968", "made a date", "the date of another country"),
        (GivenCell("123", CellKind.NUMBER), "00123", "lost its zeros", "zeros in XLSX"),
        (GivenCell("123"), "00123", "lost its zeros", "zeros in CSV"),
        (GivenCell("1.1", CellKind.NUMBER), "1.10", "lost its zeros", "zeros at the end"),
        (GivenCell("1.23E+11"), "123456789012", "exponent", "a long number in CSV"),
        (GivenCell("1,23E+11"), "", "exponent", "the same with a comma"),
        (GivenCell("123456789012", CellKind.NUMBER), "", "lost digits", "a long number in XLSX"),
        (GivenCell("12345678901234500"), "12345678901234567", "first 15 digits", "rounded"),
        (GivenCell("#NAME?", CellKind.ERROR), "=Reza", "holds an error", "error cell"),
        (GivenCell("#NAME?"), "-Reza", "holds an error", "error in CSV"),
        (GivenCell("#WERT!"), "x", "holds an error", "error in German"),
        (GivenCell("#######"), "12 May 1968", "holds an error", "a narrow column, printed"),
        (GivenCell("=1+1", CellKind.FORMULA), "", "is a formula", "formula"),
        (GivenCell("True", CellKind.TRUTH), "true", "TRUE or FALSE", "truth"),
        (GivenCell("x" * 32_767), "", "cut off", "as long as a cell can be"),
        (GivenCell("x" * 255), "x" * 300, "cut off after 255", "cut by an old format"),
        (GivenCell("Evl?r, m?scid v? k?rp?"), CAPTION, "question marks", "saved as ASCII"),
        (GivenCell(CAPTION.encode().decode("cp1252", "replace")), CAPTION, "UTF-8", "misread"),
        (GivenCell("kÃ¶rpÃ¼"), "", "wrong encoding", "misread, with nothing before"),
        (GivenCell("k\udcf6rp\udcfc"), "körpü", "not in UTF-8", "saved as Windows-1252"),
        (GivenCell("33646"), "12 February 1992", "counts days", "a day as its number"),
    ],
)
def test_damage_is_refused_in_a_sentence(cell, before, sentence, reason):
    assert sentence in damage(cell, before, is_date=reason == "a day as its number"), reason


@pytest.mark.parametrize(
    ("cell", "before", "reason"),
    [
        (GivenCell("1992", CellKind.NUMBER), "", "a year is a number"),
        (GivenCell("12 May 1968"), "May 1968", "a date in words"),
        (GivenCell("27 to 30"), "", "a range"),
        (GivenCell("Where?"), "Where", "a question"),
        (GivenCell("Ağdam, körpü"), "Agdam", "letters of Azerbaijani"),
        (GivenCell("São Paulo, Ñandú, “Où?”"), "", "letters and quotes of the West"),
        (GivenCell("№ 5"), "", "a sign"),
        (GivenCell("x" * 255), "y" * 300, "another text of 255"),
        (GivenCell("00124"), "00123", "another number"),
    ],
)
def test_what_people_write_is_taken(cell, before, reason):
    assert damage(cell, before) == "", reason


@pytest.mark.parametrize("text", ["=1+1", "+49", "-5", "@x", "\tx", EMPTY, "'=1", "''@"])
def test_what_begins_like_a_formula_leaves_behind_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@given(st.text(st.sampled_from("'=+-@\t[empty]ab"), max_size=12))
def test_guarding_is_undone(text):
    assert unguarded(guarded(text)) == text


def described(**texts):
    return Description(texts=tuple(Text(TextField(k), "en", v) for k, v in texts.items()))


def came_back(description, columns, **changed):
    names = headings(columns)
    cells = dict(zip(names, row("p1", "a.jpg", description, columns), strict=True)) | changed
    given_row = read_headings(names, "en").row([GivenCell(cells[one]) for one in names])
    return of_kept("p1", kept(given_row))


def test_a_row_that_comes_back_as_it_left_changes_nothing():
    was = Description(
        texts=(Text(TextField.TITLE, "en", "=1"), Text(TextField.CAPTION, "az", CAPTION)),
        keywords=("a", "b"),
    )
    columns = targets([("caption", "az")], "en")
    assert compared(came_back(was, columns), was, "en") == (was, ())


def test_a_changed_cell_is_taken_and_its_neighbours_stay():
    was = described(title="Old", credit="Reza")
    after, refused = compared(came_back(was, targets([], "en"), **{"title@en": "New"}), was, "en")
    assert refused == () and set(after.texts) == set(described(title="New", credit="Reza").texts)


def test_an_empty_cell_changes_nothing_and_the_word_for_empty_empties():
    was = described(title="Old")
    columns = targets([], "en")
    assert compared(came_back(was, columns, **{"title@en": ""}), was, "en") == (was, ())
    after, refused = compared(came_back(was, columns, **{"title@en": EMPTY}), was, "en")
    assert refused == () and not any(one.value for one in after.texts)


def test_a_field_that_says_the_word_for_empty_is_not_emptied():
    was = described(title=EMPTY)
    assert compared(came_back(was, targets([], "en")), was, "en") == (was, ())


def test_what_was_edited_in_both_places_is_a_conflict_and_what_was_edited_here_alone_stays():
    left, now = described(title="Old", credit="Reza"), described(title="Mine", credit="Ali")
    columns = targets([], "en")
    sheet = came_back(left, columns, **{"title@en": "Theirs"})
    after, (refused,) = compared(sheet, now, "en")
    assert after == now
    assert refused.column == "title@en" and "says “Mine”" in refused.sentence


def test_a_text_longer_than_a_cell_is_left_blank_and_stays():
    was = described(caption="x" * 40_000)
    columns = targets([], "en")
    assert "x" * 100 not in "".join(row("p1", "a.jpg", was, columns))
    assert compared(came_back(was, columns), was, "en") == (was, ())


@pytest.mark.parametrize(
    ("names", "error", "reason"),
    [
        (("title",), BadHeadings, "no identifiers"),
        (("id", "title", "title@en"), BadHeadings, "one column twice"),
        (("id", "rights"), NoSuchField, "a field that is not edited here"),
        (("id", "date@en"), NoSuchField, "a date has no language"),
    ],
)
def test_headings_that_cannot_be_followed_are_refused(names, error, reason):
    with pytest.raises(error):
        read_headings(names, "en")
