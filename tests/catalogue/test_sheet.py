"""Sheets of staff: every column, every refusal by name, and the matching of files."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.catalogue.cells import AccessCeiling, Column
from dam.catalogue.dates import parse_date
from dam.catalogue.sheet import Note, SheetRow, match, read_sheet
from dam.catalogue.text import Text, TextField

DESIGNED = [
    *("filename", "id", "accession", "negative", "title", "headline", "caption", "alt"),
    *("creator", "credit", "source"),
    *(
        "copyright",
        "date",
        "place",
        "people",
        "keywords",
        "series",
        "order",
        "rights",
        "access",
        "cap",
    ),
    *("embargo", "sensitivity"),
]


def read_cell(column, value):
    """One row with a file name and one cell more."""
    sheet = read_sheet(["filename", column], [["a.jpg", value]])
    assert len(sheet.rows) == 1
    return sheet.rows[0], sheet.notes


def test_the_columns_are_those_that_the_design_names():
    assert [column.value for column in Column] == DESIGNED


def test_a_full_row_is_read_into_its_fields():
    header = [*DESIGNED, "caption@az", "Title@ru"]
    cells = [
        "scans/001.jpg", "k3x9", "1992.17", "12a", "Aghdam", "War", "A man\nwaits.", "A man",
        "Reza; R. Deghati ;",
        "© Reza", "Webistan", "Reza Deghati", "February 1992", "Azerbaijan, Aghdam",
        "Anna; unidentified man, left",
        "morgue; war;morgue", "Khojaly", "3.0", "http://rightsstatements.org/vocab/CNE/1.0/",
        "Capped", "1000", "2027-05-12", "Human remains; grief", "Bir kişi gözləyir.", "Агдам",
    ]  # fmt: skip
    sheet = read_sheet(header, [cells])
    assert sheet.notes == ()
    assert sheet.rows == (
        SheetRow(
            line=2,
            filename="scans/001.jpg",
            id="k3x9",
            accession="1992.17",
            texts=(
                Text(TextField.ALT, "en", "A man"),
                Text(TextField.CAPTION, "az", "Bir kişi gözləyir."),
                Text(TextField.CAPTION, "en", "A man\nwaits."),
                Text(TextField.COPYRIGHT, "en", "Reza Deghati"),
                Text(TextField.CREDIT, "en", "© Reza"),
                Text(TextField.HEADLINE, "en", "War"),
                Text(TextField.PLACE, "en", "Azerbaijan, Aghdam"),
                Text(TextField.SOURCE, "en", "Webistan"),
                Text(TextField.TITLE, "en", "Aghdam"),
                Text(TextField.TITLE, "ru", "Агдам"),
            ),
            creators=("Reza", "R. Deghati"),
            keywords=("morgue", "war"),
            date=parse_date("1992-02"),
            date_text="February 1992",
            series="Khojaly",
            order=3,
            rights="http://rightsstatements.org/vocab/CNE/1.0/",
            access=AccessCeiling.CAPPED,
            cap=1000,
            embargo=date(2027, 5, 12),
            sensitivity=("human-remains", "grief"),
            negative="12a",
            people=("Anna", "unidentified man, left"),
        ),
    )


def test_bare_columns_of_text_are_in_the_language_of_the_sheet():
    sheet = read_sheet(["filename", "caption", "caption@en"], [["a", "söz", "word"]], "az")
    assert sheet.rows[0].texts == (
        Text(TextField.CAPTION, "az", "söz"),
        Text(TextField.CAPTION, "en", "word"),
    )


def test_headings_are_read_without_case_spaces_and_byte_order_mark():
    sheet = read_sheet(["\ufeffFileName ", " CAPTION @ AZ_latn"], [["a.jpg", "söz"]])
    assert sheet.notes == ()
    assert sheet.rows[0].filename == "a.jpg"
    assert sheet.rows[0].texts == (Text(TextField.CAPTION, "az-Latn", "söz"),)


BAD_CELLS = [
    ("filename2", "x", "There is no column “filename2”", "unknown column"),
    ("keywords@az", "x", "The column keywords has no languages", "no texts"),
    ("caption@jp", "x", "“jp” is not a language tag", "a country"),
    ("caption@", "x", "“” is not a language tag", "no language"),
    ("date", "12/05/1968", "is not understood as a date", "ambiguous date"),
    ("order", "three", "is not a whole number", "words"),
    ("order", "-1", "is not a whole number", "negative"),
    ("order", "2.5", "is not a whole number", "a fraction"),
    ("order", "٣", "is not a whole number", "digits of another script"),
    ("order", "9" * 40, "is not a whole number", "too large"),
    ("cap", "0", "is not a whole number", "no pixel"),
    ("cap", "1000 px", "is not a whole number", "a unit"),
    ("access", "public", "is no access", "no word of the six"),
    ("access", "master", "is no access", "masters are never opened by a sheet"),
    ("embargo", "2027", "is not a day", "a year is no day"),
    ("embargo", "2027-05-12?", "is not a day", "an uncertain day"),
    ("id", "A 1", "is no identifier", "capitals and a space"),
    ("sensitivity", "grief; <b>", "is no word for a sensitivity", "markup"),
    ("caption", "x" * 20_001, "has 20001 characters", "too long"),
    ("title", "x" * 2_001, "has 2001 characters", "too long"),
]


@pytest.mark.parametrize(("column", "value", "sentence", "reason"), BAD_CELLS)
def test_what_is_not_understood_is_named_and_stops_nothing(column, value, sentence, reason):
    row, (note,) = read_cell(column, value)
    assert sentence in note.sentence, reason
    assert note.column.startswith(column.rstrip("@"))
    assert len(note.value) <= 80
    assert row.filename == "a.jpg"
    assert row.texts == row.keywords == row.creators == row.sensitivity == ()
    assert (row.order, row.cap, row.access, row.embargo, row.id, row.date) == (None,) * 6


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../a.jpg", "a/../b.jpg", "C:\\a.jpg", "C:a.jpg", "a//b.jpg", "a/", "x" * 1025],
)
def test_a_file_name_outside_the_batch_is_refused(name):
    sheet = read_sheet(["filename", "id"], [[name, "k3x9"]])
    assert sheet.rows[0].filename is None
    assert sheet.rows[0].id == "k3x9"
    assert [note.column for note in sheet.notes] == ["filename"]


@pytest.mark.parametrize(
    ("name", "read"),
    [("scans\\a.jpg", "scans/a.jpg"), ("./a.jpg", "a.jpg"), ("a..b.jpg", "a..b.jpg")],
)
def test_a_file_name_is_read_as_a_relative_path(name, read):
    assert read_sheet(["filename"], [[name]]).rows[0].filename == read


def test_the_words_of_a_date_are_kept_when_they_are_not_understood():
    row, notes = read_cell("date", "early 1930s")
    assert (row.date, row.date_text) == (None, "early 1930s")
    assert "the words were kept" in notes[0].sentence


def test_a_column_that_stands_twice_is_noted_and_the_first_counts():
    sheet = read_sheet(["filename", "caption", "Caption@en"], [["a", "one", "two"]])
    assert sheet.rows[0].texts == (Text(TextField.CAPTION, "en", "one"),)
    assert sheet.notes == (
        Note(
            1,
            "Caption@en",
            "Caption@en",
            "A column “Caption@en” stands twice; the first one counts.",
        ),
    )


def test_cells_without_a_heading_are_noted_once_for_a_column():
    sheet = read_sheet(["filename", ""], [["a", "", ""], ["b", "x", "y"], ["c", "z", ""]])
    assert [(note.line, note.column) for note in sheet.notes] == [(3, "column 2"), (3, "column 3")]
    assert len(sheet.rows) == 3


def test_short_rows_are_filled_and_empty_rows_are_passed_over():
    sheet = read_sheet(["filename", "title"], [["a"], [], ["", "  "], ["b", "B"]])
    assert [(row.line, row.filename) for row in sheet.rows] == [(2, "a"), (5, "b")]


def test_a_row_that_names_no_photograph_is_noted():
    sheet = read_sheet(["filename", "title"], [["", "x"]])
    assert [note.line for note in sheet.notes] == [2]
    assert "names no photograph" in sheet.notes[0].sentence


def test_a_cell_that_looks_like_a_formula_is_plain_text():
    row, notes = read_cell("caption", "=1+1")
    assert row.texts == (Text(TextField.CAPTION, "en", "=1+1"),)
    assert notes == ()


def test_control_characters_leave_the_cells():
    row, _ = read_cell("title", "a\x00b\tc\r\nd")
    assert row.texts == (Text(TextField.TITLE, "en", "ab c d"),)


@given(
    st.lists(st.sampled_from([*DESIGNED, "caption@az", "x", "", "caption@"]) | st.text(max_size=5)),
    st.lists(st.lists(st.text(max_size=12), max_size=9), max_size=4),
)
def test_no_sheet_makes_the_reader_fail(header, rows):
    sheet = read_sheet(header, rows)
    assert len(sheet.rows) <= len(rows)
    assert all(note.sentence and note.line >= 1 for note in sheet.notes)


def rows_of(*names):
    return read_sheet(["filename"], [[name] for name in names]).rows


def lines_of(matching):
    return {name: row.line for name, row in matching.rows.items()}


MATCHED = [
    (["a.jpg"], ["a.jpg"], {"a.jpg": 2}, "the path"),
    (["a.jpg"], ["scans/a.jpg"], {"scans/a.jpg": 2}, "a unique last part"),
    (["x/a.jpg", "y/a.jpg"], ["y/a.jpg", "x/a.jpg"], {"x/a.jpg": 2, "y/a.jpg": 3}, "paths"),
    (["a.jpg"], ["a.jpg", "x/a.jpg"], {"a.jpg": 2}, "a path before a last part"),
    (["A.JPG"], ["a.jpg"], {"a.jpg": 2}, "capitals are overlooked"),
    (["A.JPG", "a.jpg"], ["a.jpg", "A.JPG"], {"A.JPG": 2, "a.jpg": 3}, "capitals come first"),
    (["Ağdam.jpg"], [unicodedata.normalize("NFD", "Ağdam.jpg")], None, "accents of a Mac"),
    (["X/a.jpg"], ["x/a.jpg"], {"x/a.jpg": 2}, "capitals of a folder"),
]


@pytest.mark.parametrize(("filenames", "names", "expected", "reason"), MATCHED)
def test_a_row_finds_its_file(filenames, names, expected, reason):
    matching = match(rows_of(*filenames), names)
    assert lines_of(matching) == (expected or {names[0]: 2}), reason
    assert matching.notes == ()


REFUSED = [
    (["b.jpg"], ["a.jpg"], "No file of this batch is called “b.jpg”", "not there"),
    (["a.jpg"], ["x/a.jpg", "y/a.jpg"], "2 files are called “a.jpg”", "not unique"),
    (
        ["A.jpg"],
        ["x/a.jpg", "y/a.JPG"],
        "2 files are called “A.jpg”",
        "not unique without capitals",
    ),
    (["z/a.jpg"], ["x/a.jpg"], "No file of this batch is called", "another folder"),
]


@pytest.mark.parametrize(("filenames", "names", "sentence", "reason"), REFUSED)
def test_a_row_without_one_file_is_refused_by_name(filenames, names, sentence, reason):
    matching = match(rows_of(*filenames), names)
    assert matching.rows == {}
    (note,) = matching.notes
    assert sentence in note.sentence, reason
    assert (note.line, note.column, note.value) == (2, "filename", filenames[0])


def test_the_second_row_of_a_file_is_refused():
    matching = match(rows_of("a.jpg", "x/a.jpg"), ["x/a.jpg"])
    assert lines_of(matching) == {"x/a.jpg": 2}
    assert "already has its row, in line 2" in matching.notes[0].sentence


def test_rows_of_photographs_that_the_archive_holds_match_no_file():
    rows = read_sheet(["id", "title"], [["k3x9", "x"]]).rows
    assert match(rows, ["a.jpg"]).notes == ()
