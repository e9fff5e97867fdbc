"""``dam sheet``: out, in as a dry run, applied, undone."""

import re

import pytest
from conftest import draw

from dam.records import edit_batches


@pytest.fixture
def photograph(dam, home, folder) -> str:
    draw(folder / "a.jpg")
    return dam("ingest", folder, "--credit", "Reza", "--json").one("a.jpg")["id"]


def credit(archive, photograph):
    with archive.reading() as db:
        texts = edit_batches.words_of(db, [photograph])[photograph].description.texts
    return next(one.value for one in texts if one.field == "credit")


def test_a_sheet_is_taken_out_changed_shown_applied_and_undone(dam, photograph, archive, tmp_path):
    sheet = tmp_path / "a.csv"
    assert dam("sheet", "out", sheet).out.endswith("1 photographs.\n")
    sheet.write_text(sheet.read_text("utf-8-sig").replace("Reza", "Photo: Reza"), "utf-8")
    shown = dam("sheet", "in", sheet)
    assert "credit@en: 'Reza' → 'Photo: Reza'" in shown.out and "Nothing was changed" in shown.out
    assert credit(archive, photograph) == "Reza"
    applied = dam("sheet", "in", sheet, "--apply")
    assert credit(archive, photograph) == "Photo: Reza"
    (batch_id,) = re.findall(r"dam sheet undo (\w+)", applied.out)
    assert "1 photographs changed, 0 edited" in dam("sheet", "undo", batch_id).out
    assert credit(archive, photograph) == "Reza"


def test_damage_is_told_cell_by_cell(dam, photograph, tmp_path):
    sheet = tmp_path / "a.csv"
    sheet.write_text(f"id,accession\n{photograph},1.23E+11\n", "utf-8")
    out = dam("sheet", "in", sheet).out
    assert "accession: '1.23E+11' refused. The spreadsheet wrote a number with an exponent" in out
    assert "1 rows with refused cells" in out


def test_a_file_that_is_there_stays_and_another_ending_is_no_sheet(dam, photograph, tmp_path):
    there = tmp_path / "a.xlsx"
    there.write_text("mine", "utf-8")
    assert dam("sheet", "out", there).code == 2 and there.read_text("utf-8") == "mine"
    assert "ends in .xlsx or .csv" in dam("sheet", "out", tmp_path / "a.ods").err
