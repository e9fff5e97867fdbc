"""Sheets at the desk: out, in, previewed, refused in a sentence."""

import io

import pytest

from dam.workflows.sheet_files import SheetFormat


@pytest.fixture
def frames(darkroom):
    return [darkroom.photograph(credit=credit) for credit in ("Reza", "Ali")]


def sent(staff, content, name="sheet.csv"):
    return staff.post("/desk/sheets", {"sheet": (io.BytesIO(content), name)})


@pytest.mark.parametrize("kind", SheetFormat)
def test_a_sheet_goes_out_and_comes_back_without_script(staff, frames, kind):
    answer = staff.get(f"/desk/sheets/{kind}")
    assert answer.status_code == 200
    assert f"photographs.{kind}" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    came = sent(staff, answer.data, f"a.{kind}")
    assert came.status_code == 303
    assert "0 photographs would change, 2 unchanged" in staff.get(came.headers["Location"]).text


def test_a_search_goes_out_alone(staff, frames):
    text = staff.get("/desk/sheets/csv?q=Reza").text
    assert frames[0] in text and frames[1] not in text
    assert "search “Reza”" in staff.get("/desk/sheets?q=Reza").text


def test_refused_cells_are_shown_beside_what_would_change(staff, darkroom, frames):
    text = f"id,title,accession\n{frames[0]},Bridge,1.23E+11\n{frames[1]},=x,#NAME?\n"
    address = sent(staff, text.encode()).headers["Location"]
    page = staff.get(address).text
    assert "2 photographs would change" in page and "2 with refused cells" in page
    cells = staff.get(f"{address}?show=cells").text
    assert "accession “1.23E+11”" in cells and "with an exponent" in cells
    staff.post(f"{address}/apply", {})
    darkroom.work()
    assert "Bridge" in staff.get(f"/desk/p/{frames[0]}").text
    assert staff.post(f"{address}/undo", {}).status_code == 303
    darkroom.work()
    assert "Bridge" not in staff.get(f"/desk/p/{frames[0]}").text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"title\nx\n", "no column “id”"),
        (b"id,rights\n1,x\n", "There is no field “rights”"),
        (b"PK\x03\x04x", "damaged or no workbook"),
    ],
)
def test_a_sheet_that_cannot_be_read_comes_back_with_the_reason(staff, content, sentence):
    answer = sent(staff, content)
    assert answer.status_code == 400 and sentence in answer.text


def test_nothing_chosen_is_said(staff):
    assert "Choose a sheet first" in staff.post("/desk/sheets", {}).text
