"""Sheets and texts as they come from people, and as they come from somebody who means harm."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from dam.catalogue.sheet import read_sheet
from dam.cli import sheets, workbooks
from dam.cli.sheets import read_table, read_text
from dam.cli.tables import SheetTooLarge, UnreadableSheet, UnsupportedSheet


def written(tmp_path, content: bytes, name="sheet.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def saved(tmp_path, *rows, change=None):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    if change:
        change(workbook.active)
    workbook.save(tmp_path / "sheet.xlsx")
    return tmp_path / "sheet.xlsx"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("filename,title\na.jpg,Küçə\n".encode(), "plain UTF-8"),
        ("filename,title\na.jpg,Küçə\n".encode("utf-8-sig"), "Excel's CSV UTF-8"),
        ("filename;title\r\na.jpg;Küçə\r\n".encode(), "Excel where the comma is in numbers"),
        ("filename\ttitle\na.jpg\tKüçə\n".encode("utf-16"), "Excel's Unicode text"),
        ('"filename","title"\r"a.jpg","Küçə"\r'.encode(), "an old Mac"),
        ('filename,title\n"a.jpg","Küçə"'.encode(), "no end of line at the end"),
    ],
)
def test_a_csv_is_read_however_it_was_saved(tmp_path, content, reason):
    table = read_table(written(tmp_path, content))
    assert table.header == ("filename", "title"), reason
    assert table.rows == (("a.jpg", "Küçə"),), reason
    assert table.notes == ()


def test_windows_1252_is_read_and_told(tmp_path):
    table = read_table(written(tmp_path, "filename;title\na.jpg;Café “X”\n".encode("cp1252")))
    assert table.rows == (("a.jpg", "Café “X”"),)
    assert "Windows-1252" in table.notes[0]


def test_empty_rows_keep_the_count_of_lines(tmp_path):
    table = read_table(written(tmp_path, b"filename,title\n\na.jpg,x\n"))
    assert read_sheet(table.header, table.rows).rows[0].line == 3


def test_a_cell_with_line_ends_and_quotes_is_one_cell(tmp_path):
    table = read_table(written(tmp_path, b'filename,caption\na.jpg,"one; ""two""\nthree"\n'))
    assert table.rows == (("a.jpg", 'one; "two"\nthree'),)


def test_a_formula_in_a_csv_stays_text(tmp_path):
    table = read_table(written(tmp_path, b'filename,title\na.jpg,"=HYPERLINK(""x"")"\n'))
    assert table.rows[0][1] == '=HYPERLINK("x")'


def test_a_cell_of_ten_megabytes_is_named_and_stops_nothing_else(tmp_path):
    content = b"filename,caption\na.jpg," + b"x" * 10_000_000 + b"\nb.jpg,short\n"
    table = read_table(written(tmp_path, content))
    sheet = read_sheet(table.header, table.rows)
    assert [len(row.texts) for row in sheet.rows] == [0, 1]
    assert "10000000 characters" in sheet.notes[0].sentence


@pytest.mark.parametrize(
    ("content", "error", "reason"),
    [
        (b"", UnreadableSheet, "empty"),
        (b"\n\na,b", UnreadableSheet, "no headings"),
        (b"a,b\n\0\0\0\0", UnreadableSheet, "bytes, not text"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", UnreadableSheet, "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", UnsupportedSheet, "an old Excel file"),
        (b"PK\x03\x04 cut off", UnreadableSheet, "half a workbook"),
    ],
)
def test_what_is_no_sheet_is_refused_in_one_sentence(tmp_path, content, error, reason):
    with pytest.raises(error) as refused:
        read_table(written(tmp_path, content))
    assert str(refused.value).endswith((".",)), reason
    assert str(tmp_path) not in str(refused.value)


def test_too_many_rows_or_bytes_are_refused(tmp_path, monkeypatch):
    with pytest.raises(SheetTooLarge):
        read_table(written(tmp_path, b"filename\n" + b"a.jpg\n" * 100_001))
    monkeypatch.setattr(sheets, "MOST_BYTES", 100)
    with pytest.raises(SheetTooLarge):
        read_text(written(tmp_path, b"x" * 101))


def test_a_sheet_that_is_not_there_is_told_without_its_path(tmp_path):
    with pytest.raises(UnreadableSheet) as refused:
        read_table(tmp_path / "none.csv")
    assert str(tmp_path) not in str(refused.value)


@pytest.mark.parametrize(
    ("cell", "text", "reason"),
    [
        (1936, "1936", "a year"),
        (3.0, "3", "a whole number"),
        (2.5, "2.5", "a fraction"),
        (dt.date(1992, 2, 26), "1992-02-26", "a day"),
        (dt.datetime.fromisoformat("1992-02-26"), "1992-02-26", "a day, as Excel keeps it"),
        (dt.datetime.fromisoformat("1992-02-26T14:05"), "1992-02-26 14:05:00", "a moment"),
        (dt.time(14, 5), "14:05:00", "a time"),
        (True, "TRUE", "a truth"),
        ("Küçə", "Küçə", "a text"),
        (None, "", "nothing"),
        ("001", "001", "a number that is a text"),
    ],
)
def test_cells_of_a_workbook_become_the_text_that_a_person_meant(tmp_path, cell, text, reason):
    table = read_table(saved(tmp_path, ["filename", "date", "x"], ["a.jpg", cell, "end"]))
    assert table.rows == (("a.jpg", text, "end"),), reason


def test_a_formula_without_a_stored_value_is_left_out_and_named(tmp_path):
    table = read_table(saved(tmp_path, ["filename", "title"], ["a.jpg", '=WEBSERVICE("http://x")']))
    assert table.rows == (("a.jpg", ""),)
    assert table.notes == ("Line 2, column 2 holds a formula without a value and was left out.",)


def test_of_a_formula_counts_the_value_that_was_stored_with_it(tmp_path):
    path = saved(tmp_path, ["filename", "title"], ["a.jpg", "=1+1"])
    content = path.read_bytes()
    changed = rewritten(content, b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    assert read_table(written(tmp_path, changed, "x.xlsx")).rows == (("a.jpg", "2"),)


def test_an_error_in_a_cell_is_left_out_and_named(tmp_path):
    table = read_table(saved(tmp_path, ["filename", "title"], ["a.jpg", "#REF!"]))
    assert table.rows == (("a.jpg", ""),)
    assert "an error" in table.notes[0]


def rewritten(content: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with *old* replaced in its first sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.namelist():
            body = source.read(member)
            if member == "xl/worksheets/sheet1.xml":
                assert old in body
                body = body.replace(old, new)
            target.writestr(member, body)
    return out.getvalue()


def test_a_workbook_that_unzips_to_more_than_a_sheet_may_be_is_refused(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", bytes(workbooks.MOST_UNZIPPED_BYTES + 1))
    assert len(out.getvalue()) < 200_000
    with pytest.raises(SheetTooLarge):
        read_table(written(tmp_path, out.getvalue(), "bomb.xlsx"))


def test_a_cell_at_the_far_end_of_a_workbook_costs_nothing(tmp_path):
    path = saved(tmp_path, ["filename"], ["a.jpg"])
    far = rewritten(
        path.read_bytes(),
        b"</sheetData>",
        b'<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData>',
    )
    with pytest.raises(SheetTooLarge):
        read_table(written(tmp_path, far, "far.xlsx"))


def test_entities_of_a_workbook_are_not_expanded(tmp_path):
    path = saved(tmp_path, ["filename"], ["a.jpg"])
    layers = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 10))
    laughs = rewritten(
        path.read_bytes(),
        b"<worksheet",
        b'<!DOCTYPE x [<!ENTITY e0 "ha">' + layers + b"]><worksheet",
    )
    with pytest.raises(UnreadableSheet):
        read_table(written(tmp_path, laughs, "laughs.xlsx"))


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as other:
        other.writestr("hello.txt", "hello")
    with pytest.raises(UnreadableSheet):
        read_table(written(tmp_path, out.getvalue(), "x.xlsx"))
