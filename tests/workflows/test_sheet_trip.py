"""Sheets leave and come back: nothing changes by itself, damage is refused, memory stays flat."""

import csv
import io
import tracemalloc
import zipfile
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_batch_edit import (
    batches,
    counts,
    described,
    descriptions,
    items,
    state,
    titled,
    undone,
    words,
    work,
)

from dam.catalogue.changes import Description
from dam.catalogue.people import Contributor
from dam.catalogue.text import Text, TextField
from dam.errors import DamError
from dam.records.batch_values import BatchState, ItemState
from dam.workflows import batch_edit, describe, sheet_trip
from dam.workflows.choosing import Marked
from dam.workflows.sheet_files import SheetFormat, sheet_lines, write_sheet

TURNED = datetime(2026, 5, 12)  # noqa: DTZ001 (a cell has no zone)
HEAD = b"id,title@en\r\n"


def taken_out(archive, ids, kind=SheetFormat.CSV):
    file = io.BytesIO()
    assert sheet_trip.take_out(archive, Marked(tuple(ids)), kind, file) == len(ids)
    return file.getvalue()


def brought_in(archive, content, name="sheet"):
    batch_id = sheet_trip.bring_in(archive, io.BytesIO(content), name, "Rana")
    assert batch_edit.plan(archive, batch_id)
    return batch_id


def rewritten(content, change):
    """A CSV whose rows, as dicts, a function changed."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    rows = [change(number, one) for number, one in enumerate(reader)]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, reader.fieldnames)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def retitled(words_of_it):
    return lambda number, one: one | {"title@en": f"{words_of_it} {number}"}


def workbook(rows):
    book = openpyxl.Workbook()
    for one in rows:
        book.active.append(one)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("kind", SheetFormat)
def test_export_then_import_is_noop(archive, kind):
    strange = Description(
        texts=(
            Text(TextField.TITLE, "en", '=HYPERLINK("x")'),
            Text(TextField.CAPTION, "az", "Evlər; “körpü”,\nvə yol\u200f"),
            Text(TextField.CREDIT, "en", "'+49"),
        ),
        contributors=(Contributor("Reza"),),
        keywords=("00123", "12-May", "1.23E+11"),
        date_text="c. 1936",
    )
    ids = described(archive, [strange, *titled(2)])
    batch_id = brought_in(archive, taken_out(archive, ids, kind))
    assert counts(archive, batch_id) == {ItemState.UNCHANGED: 3}


@pytest.mark.parametrize("kind", SheetFormat)
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(descriptions, min_size=1, max_size=3))
def test_any_words_leave_and_come_back_unchanged(archive, kind, given_words):
    ids = described(archive, given_words)
    batch_id = brought_in(archive, taken_out(archive, ids, kind))
    assert counts(archive, batch_id) == {ItemState.UNCHANGED: len(ids)}


def test_every_cell_of_a_workbook_is_text_and_the_csv_has_its_mark(archive):
    formula = Description(texts=(Text(TextField.TITLE, "en", "=1+1"),))
    ids = described(archive, [formula])
    sheet = openpyxl.load_workbook(io.BytesIO(taken_out(archive, ids, SheetFormat.XLSX))).active
    assert {(c.data_type, c.number_format) for line in sheet for c in line if c.value} == {
        ("s", "@")
    }
    plain = taken_out(archive, ids)
    assert plain.startswith(b"\xef\xbb\xbf")
    assert b",'=1+1," in plain and b",=1+1," not in plain


def test_a_sheet_is_previewed_cell_by_cell_applied_and_undone(archive):
    ids = described(archive, titled(3))
    before = words(archive, ids)
    batch_id = brought_in(archive, rewritten(taken_out(archive, ids), retitled("New")), "a.csv")
    (change,) = items(archive, batch_id)[0].changes
    assert (change.field, change.before, change.after) == ("title", "Frame 0", "New 0")
    assert words(archive, ids) == before
    batch_edit.start(archive, batch_id, "Rana")
    work(archive)
    assert [one.texts[0].value for one in words(archive, ids)] == ["New 0", "New 1", "New 2"]
    assert counts(archive, undone(archive, batch_id)) == {ItemState.APPLIED: 3}
    assert words(archive, ids) == before


def test_excel_damage_refused(archive):
    """The cells that a spreadsheet damaged are left out; the others of their row are taken."""
    numbered = Description(
        texts=(Text(TextField.TITLE, "en", "Ağdam"),), accession="00123", negative="12-5"
    )
    ids = described(archive, [numbered])
    damaged = workbook(
        [
            ["id", "title@en", "accession", "negative", "date", "credit@en"],
            [ids[0], "A?dam", 123, TURNED, "1992", "=1+1"],
        ]
    )
    batch_id = brought_in(archive, damaged)
    (item,) = items(archive, batch_id)
    assert [one.field for one in item.changes] == ["date"]
    assert {one.column: one.sentence.split(";")[0] for one in item.refusals} == {
        "title@en": "Letters became question marks",
        "accession": "It was “00123” and lost its zeros or signs",
        "negative": "The spreadsheet made a date of it",
        "credit@en": "It is a formula",
    }


def test_a_csv_in_windows_1252_loses_only_the_cells_that_have_letters_of_it(archive):
    ids = described(archive, titled(2))
    lines = f"id,title@en\r\n{ids[0]},Körpü\r\n{ids[1]},Bridge\r\n"
    batch_id = brought_in(archive, lines.encode("cp1252"))
    first, second = items(archive, batch_id)
    assert first.state is ItemState.REFUSED and "not in UTF-8" in first.refusals[0].sentence
    assert second.changes[0].after == "Bridge"


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-16", "\t"), ("utf-8", ";"), ("utf-8-sig", ",")]
)
def test_what_spreadsheets_call_csv_is_read(archive, encoding, delimiter):
    (one,) = described(archive, titled(1))
    text = delimiter.join(("id", "title@en")) + "\n" + delimiter.join((one, "Körpü")) + "\n"
    (item,) = items(archive, brought_in(archive, text.encode(encoding)))
    assert item.changes[0].after == "Körpü"


def test_an_edit_here_since_the_sheet_left_is_kept_and_told(archive):
    ids = described(archive, titled(2))
    sheet = rewritten(taken_out(archive, ids), retitled("Theirs"))
    mine = (Text(TextField.TITLE, "en", "Mine"),)
    describe.change(archive, ids[0], lambda was: replace(was, texts=mine), "Ali")
    batch_id = brought_in(archive, sheet)
    assert counts(archive, batch_id) == {ItemState.REFUSED: 1, ItemState.PLANNED: 1}
    assert "edited here since" in items(archive, batch_id)[0].refusals[0].sentence
    assert words(archive, ids)[0].texts == mine


def test_rows_of_nobody_and_second_rows_are_refused_one_by_one(archive):
    (one,) = described(archive, titled(1))
    text = f"id,title@en\n{one},A\nnobody,B\n{one},C\n,D\n"
    batch_id = brought_in(archive, text.encode())
    assert counts(archive, batch_id) == {ItemState.PLANNED: 1, ItemState.REFUSED: 3}
    assert (
        "Line 2 speaks of this photograph already"
        in items(archive, batch_id)[2].refusals[0].sentence
    )


def zipped(**parts):
    """A workbook with these parts in the place of its own."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([["id", "title"], ["1", "x"]]))) as whole:
        names = {one: whole.read(one) for one in whole.namelist()} | parts
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in names.items():
            made.writestr(name, content)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet_xml(rows, before=""):
    return f"{before}<worksheet {SPACE}><sheetData>{rows}</sheetData></worksheet>".encode()


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
WIDE = "<row>" + "<c/>" * 1_000_000 + "</row>"
HOSTILE = {
    "zip bomb": (lambda: zipped(**{"xl/styles.xml": b" " * 700_000_000}), "unzips to more"),
    "bomb in styles": (lambda: zipped(**{"xl/styles.xml": b" " * 30_000_000}), "more styles"),
    "external entity": (
        lambda: zipped(**{SHEET: sheet_xml("<row><c><v>&e;</v></c></row>", ENTITY)}),
        "document type",
    ),
    "a million columns": (lambda: zipped(**{SHEET: sheet_xml(WIDE)}), "1000 columns"),
    "a million columns in CSV": (lambda: b"id" + b"," * 1_000_000, "1000 columns"),
    "a far cell": (
        lambda: zipped(**{SHEET: sheet_xml('<row r="1"><c r="XFD1"><v>1</v></c></row>')}),
        "1000 columns",
    ),
    "macros": (lambda: zipped(**{"xl/vbaProject.bin": b"x"}), "has macros"),
    "an endless cell": (
        lambda: zipped(
            **{
                SHEET: sheet_xml(
                    f"<row><c t='inlineStr'><is><t>{'x' * 2_000_000}</t></is></c></row>"
                )
            }
        ),
        "more than 1000000 characters",
    ),
    "a lost quote": (lambda: HEAD + b'1,"' + b"x\n" * 3_000_000, "lost quote"),
    "no XML": (lambda: zipped(**{SHEET: b"<worksheet"}), "damaged"),
    "a cut workbook": (lambda: workbook([["id"]])[:900], "damaged"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0" + b"x" * 100, "old Excel file"),
    "bytes": (lambda: HEAD + b"1,\0\0", "no text"),
    "nothing": (lambda: b"", "no column “id”"),
    "headings alone": (lambda: HEAD, "no rows"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_sheet_is_refused_in_a_sentence(archive, name):
    make, sentence = HOSTILE[name]
    with pytest.raises(DamError, match=sentence):
        brought_in(archive, make())
    assert {one.state for one in batches(archive)} <= {BatchState.DISCARDED}


def peak(work_on):
    tracemalloc.start()
    try:
        work_on()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


SHARED = "xl/sharedStrings.xml"
TYPE = (
    f'<Override PartName="/{SHARED}" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)


def shared_strings(rows):
    """A workbook as Excel saves it: all its texts, no two alike, in one table."""
    texts = ["id", "title@en"]
    texts += [one for n in range(rows) for one in (f"p{n}", f"Title {n} " + "x" * 200)]
    table = "".join(f"<si><t>{one}</t></si>" for one in texts)
    cells = (f'<c t="s"><v>{n}</v></c>' for n in range(len(texts)))
    lines = "".join(
        f"<row>{first}{second}</row>" for first, second in zip(cells, cells, strict=True)
    )
    with zipfile.ZipFile(io.BytesIO(zipped())) as whole:
        types = whole.read("[Content_Types].xml").decode()
    return zipped(
        **{
            SHEET: sheet_xml(lines),
            SHARED: f"<sst {SPACE}>{table}</sst>".encode(),
            "[Content_Types].xml": types.replace("</Types>", TYPE).encode(),
        }
    )


def test_strings_of_a_table_are_read_where_they_stand():
    lines = list(sheet_lines(io.BytesIO(shared_strings(3))))
    assert [[cell.text[:9].strip() for cell in line] for line in lines] == [
        ["id", "title@en"], ["p0", "Title 0 x"], ["p1", "Title 1 x"], ["p2", "Title 2 x"]
    ]  # fmt: skip


def inline(kind):
    def make(rows):
        file = io.BytesIO()
        lines = ((f"p{n}", f"Title {n} " + "x" * 200) for n in range(rows))
        write_sheet(iter([("id", "title@en"), *lines]), kind, file)
        return file.getvalue()

    return make


KINDS = {"shared": shared_strings, **{one.value: inline(one) for one in SheetFormat}}


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_is_read_row_by_row_in_flat_memory(kind):
    def read(content):
        return peak(lambda: [None for _ in sheet_lines(io.BytesIO(content)) if False])

    small, large = KINDS[kind](400), KINDS[kind](4000)
    read(small)
    # BytesIO shares the bytes it is given; what grows is eight bytes for a shared string.
    assert read(large) < 1.3 * read(small) + 4000 * 8 * 2


def _import_peaks(archive, small, large):
    def content(rows):
        return inline(SheetFormat.CSV)(rows)

    sheets = [content(rows) for rows in (small, small, large)]
    return [peak(lambda sheet=sheet: brought_in(archive, sheet)) for sheet in sheets][1:]


def test_import_memory_does_not_grow_with_the_rows(archive):
    small, large = _import_peaks(archive, 600, 3000)
    assert large < 1.3 * small


@pytest.mark.large
@pytest.mark.timeout(3600)
def test_50k_rows_in_flat_memory(archive):
    small, large = _import_peaks(archive, 5000, 50_000)
    assert large < 1.3 * small


def test_a_sheet_that_breaks_off_leaves_nothing_to_apply(archive):
    (one,) = described(archive, titled(1))
    broken = f"id,title@en\n{one},New\n".encode() + b"x,y\n" * 400 + b"1,\0\n"
    with pytest.raises(DamError, match="no text"):
        brought_in(archive, broken)
    (batch,) = batches(archive)
    assert state(archive, batch.id) is BatchState.DISCARDED
    with pytest.raises(batch_edit.NotNow):
        batch_edit.start(archive, batch.id, "Rana")
