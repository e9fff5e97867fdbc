"""What a sheet, an essay and the file itself say of a photograph, and which of them wins."""

from datetime import date

import pytest
from PIL import Image

from dam.catalogue.essay import read_essay
from dam.catalogue.sheet import read_sheet
from dam.catalogue.text import Text, TextField
from dam.metadata.fields import Embedded
from dam.records import catalogue, register
from dam.records import series as series_rows
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience, Publication, Step
from dam.workflows import ask
from dam.workflows.batch import Options, make_batch

BY = "http://creativecommons.org/licenses/by/4.0/"
CNE = "http://rightsstatements.org/vocab/CNE/1.0/"
ESSAY = """An introduction.

Azerbaijan, Karabakh, Aghdam, February 1992

The caption of the essay.

Azerbaijan, Road between Khojaly and Aghdam, March 1992
"""
EMBEDDED = Embedded(
    titles=(("en", "A title in the file"),),
    captions=(("en", "A caption in the file"), ("az", "Faylda")),
    creators=("Reza",),
    credit="A credit in the file",
    keywords=("file",),
    date_text="1991",
    place="A place in the file",
    notes=("A note of the file.",),
)


def sheet_of(header, *rows):
    return read_sheet(header.split(), rows)


def plan(sheet=None, essay=None, embedded=EMBEDDED, name="a.jpg", **options):
    names = options.pop("names", [name])
    batch = make_batch(Options(**{"by": "Rana", **options}), names, sheet, essay)
    return batch.plan(name, embedded)


def texts(found):
    return {(text.field, text.language): text.value for text in found.description.texts}


def test_words_of_the_file_are_taken_where_nobody_says_more():
    found = plan()
    assert texts(found) == {
        (TextField.TITLE, "en"): "A title in the file",
        (TextField.CAPTION, "en"): "A caption in the file",
        (TextField.CAPTION, "az"): "Faylda",
        (TextField.CREDIT, "en"): "A credit in the file",
        (TextField.PLACE, "en"): "A place in the file",
    }
    assert found.description.creators == ("Reza",)
    assert found.description.keywords == ("file",)
    assert found.description.date_text == "1991"
    assert found.notes == ("A note of the file.",)
    assert found.records == () and not found.publish


def test_words_of_the_essay_come_before_those_of_the_file():
    found = plan(essay=read_essay(ESSAY), names=["a.jpg", "b.jpg"])
    assert texts(found)[TextField.CAPTION, "en"] == "The caption of the essay."
    assert texts(found)[TextField.PLACE, "en"] == "Azerbaijan, Karabakh, Aghdam"
    assert texts(found)[TextField.CAPTION, "az"] == "Faylda"
    assert found.description.date_text == "February 1992"
    assert found.description.creators == ("Reza",)
    assert found.position == 1


def test_frame_without_a_caption_leaves_that_of_the_file():
    found = plan(essay=read_essay(ESSAY), names=["a.jpg", "b.jpg"], name="b.jpg")
    assert texts(found)[TextField.CAPTION, "en"] == "A caption in the file"
    assert found.position == 2


def test_words_of_the_sheet_come_before_those_of_essay_and_file():
    sheet = sheet_of(
        "filename caption place creator keywords date accession order",
        ["a.jpg", "Of the sheet.", "Baku", "Ali; Nino", "one; two", "1993", "2027.1", "7"],
    )
    found = plan(sheet, read_essay(ESSAY), names=["a.jpg", "b.jpg"])
    assert texts(found)[TextField.CAPTION, "en"] == "Of the sheet."
    assert texts(found)[TextField.PLACE, "en"] == "Baku"
    assert texts(found)[TextField.TITLE, "en"] == "A title in the file"
    assert found.description.creators == ("Ali", "Nino")
    assert found.description.keywords == ("one", "two")
    assert found.description.date_text == "1993"
    assert found.description.accession == "2027.1"
    assert found.position == 7


def test_empty_cell_of_the_sheet_says_nothing():
    found = plan(sheet_of("filename caption creator date", ["a.jpg", "", "", ""]))
    assert texts(found)[TextField.CAPTION, "en"] == "A caption in the file"
    assert found.description.creators == ("Reza",)
    assert found.description.date_text == "1991"


def test_caption_in_a_language_stands_beside_the_others():
    found = plan(sheet_of("filename caption@az caption@ka", ["a.jpg", "Cədvəl", "ქართული"]))
    captions = {text for text in found.description.texts if text.field is TextField.CAPTION}
    assert captions == {
        Text(TextField.CAPTION, "en", "A caption in the file"),
        Text(TextField.CAPTION, "az", "Cədvəl"),
        Text(TextField.CAPTION, "ka", "ქართული"),
    }


def test_credit_of_the_command_replaces_that_of_the_file_in_every_language():
    sheet = sheet_of("filename title", ["a.jpg", "T"])
    assert texts(plan(credit="The Fund"))[TextField.CREDIT, "en"] == "The Fund"
    assert texts(plan(sheet, credit="The Fund"))[TextField.CREDIT, "en"] == "The Fund"


def test_credit_of_the_sheet_comes_before_that_of_the_command():
    sheet = sheet_of("filename credit@az", ["a.jpg", "Fond"])
    found = texts(plan(sheet, embedded=Embedded(), credit="The Fund"))
    assert found == {(TextField.CREDIT, "az"): "Fond"}


def test_words_are_in_the_language_of_the_archive():
    found = plan(essay=read_essay(ESSAY), embedded=Embedded(), language="az", names=["a.jpg", "b"])
    assert {text.language for text in found.description.texts} == {"az"}


def test_each_cell_of_rights_is_a_record():
    sheet = sheet_of(
        "filename rights access cap embargo sensitivity",
        ["a.jpg", "CC BY 4.0", "capped", "800", "2030-01-01", "grief; human remains"],
    )
    assert plan(sheet).records == (
        NewRecord(RecordKind.STATEMENT, BY),
        NewRecord(RecordKind.CEILING, "capped"),
        NewRecord(RecordKind.CAP, number=800),
        NewRecord(RecordKind.EMBARGO, "plain", day=date(2030, 1, 1)),
        NewRecord(RecordKind.SENSITIVITY, "grief; human-remains"),
    )


def test_rights_of_the_sheet_come_before_those_of_the_command():
    sheet = sheet_of("filename rights", ["a.jpg", "CC BY 4.0"], ["b.jpg", ""])
    batch = make_batch(Options(by="Rana", rights=CNE), ["a.jpg", "b.jpg"], sheet, None)
    found = [batch.plan(name, Embedded()).records for name in ("a.jpg", "b.jpg")]
    assert found == [
        (NewRecord(RecordKind.STATEMENT, BY),),
        (NewRecord(RecordKind.STATEMENT, CNE),),
    ]


HELD_BACK = (
    (["rights"], "CC BYE 4.0", "its rights are no statement"),
    (["rights"], "All rights reserved", "its rights are words of no registry"),
    (["rights"], "x" * 3000, "its rights are too long to be any"),
    (["access"], "hiden", "its ceiling is misspelt"),
    (["cap"], "many", "its cap is no number"),
    (["embargo"], "next year", "its embargo is no day"),
    (["embargo"], "2030-02", "its embargo is a month, which has no first visible day"),
    (["sensitivity"], "?!", "its sensitivity is no word"),
)


@pytest.mark.parametrize(("column", "value", "reason"), HELD_BACK)
def test_row_whose_rights_are_not_understood_is_not_published(column, value, reason):
    found = plan(sheet_of(f"filename {column[0]}", ["a.jpg", value]), public=True)
    assert not found.publish, reason
    assert any("not published" in note for note in found.notes)


def test_rows_beside_one_that_is_not_understood_are_published():
    sheet = sheet_of("filename access", ["a.jpg", "hiden"], ["b.jpg", "zoom"])
    names = ["a.jpg", "b.jpg", "c.jpg"]
    found = {name: plan(sheet, name=name, names=names, public=True).publish for name in names}
    assert found == {"a.jpg": False, "b.jpg": True, "c.jpg": True}


@pytest.mark.parametrize("value", ["1850?", "long ago"])
def test_words_that_are_not_understood_hold_nothing_back(value):
    found = plan(sheet_of("filename date", ["a.jpg", value]), public=True)
    assert found.publish and found.description.date_text == value


HEADINGS = (
    ("filename access access", ["a.jpg", "zoom", "hidden"], "the second column is left out"),
    ("filename access@en", ["a.jpg", "hidden"], "a column of rights has no languages"),
)


@pytest.mark.parametrize(("header", "row", "reason"), HEADINGS)
def test_column_of_rights_that_was_left_out_holds_its_rows_back(header, row, reason):
    sheet = sheet_of(header, row)
    names = ["a.jpg", "b.jpg"]
    assert not plan(sheet, names=names, public=True).publish, reason
    assert plan(sheet, name="b.jpg", names=names, public=True).publish


def test_file_that_a_refused_row_may_speak_of_is_not_published():
    """The row says "hidden" of one of two files; which, nobody knows."""
    sheet = sheet_of("filename access", ["a.jpg", "hidden"])
    names = ["one/a.jpg", "two/a.jpg", "two/b.jpg"]
    found = [plan(sheet, name=name, names=names, public=True) for name in names]
    assert [each.publish for each in found] == [False, False, True]


def test_second_row_of_a_file_that_restricts_it_holds_it_back():
    sheet = sheet_of("filename access", ["a.jpg", "zoom"], ["a.jpg", "hidden"])
    assert not plan(sheet, public=True).publish


def test_refused_row_without_rights_holds_nothing_back():
    sheet = sheet_of("filename title", ["a.jpg", "T"])
    names = ["one/a.jpg", "two/a.jpg"]
    assert all(plan(sheet, name=name, names=names, public=True).publish for name in names)


def test_rights_of_the_command_that_are_not_understood_publish_nothing():
    assert not plan(rights="CC BYE", public=True).publish


def test_what_was_not_understood_is_named_with_its_line():
    sheet = sheet_of("filename access colour", ["a.jpg", "hiden", "red"], ["none.jpg", "zoom", ""])
    notes = make_batch(Options(by="Rana"), ["a.jpg"], sheet, None).notes
    assert len(notes) == 3
    assert "colour" in notes[0] and notes[0].startswith("Line 1")
    assert notes[1].startswith("Line 2, access, “hiden”: ")
    assert notes[2].startswith("Line 3, filename, “none.jpg”: ")


def test_essay_that_does_not_fit_says_so():
    notes = make_batch(Options(by="Rana"), ["a.jpg"], None, read_essay(ESSAY)).notes
    assert "The text has 2 frames and the batch 1 files." in notes


def test_sheet_says_the_series_before_the_command():
    sheet = sheet_of("filename series", ["a.jpg", "Khojaly"], ["b.jpg", ""])
    names = ["a.jpg", "b.jpg", "c.jpg"]
    batch = make_batch(Options(by="Rana", series="Aghdam"), names, sheet, None)
    found = [batch.plan(name, Embedded()).series for name in names]
    assert found == ["Khojaly", "Aghdam", "Aghdam"]


ORDERS = (
    (("3", "1", "2"), "bca", "they count from one"),
    (("2", "0", "1"), "bca", "they count from zero"),
    (("30", "10", "20"), "bca", "they leave room"),
    (("", "1", "2"), "bca", "the one without comes last"),
    (("1", "1", "1"), "abc", "they are all the same, and stay as they came"),
    (("first", "1", "2"), "bca", "one is no number"),
)


@pytest.mark.parametrize(("orders", "expected", "reason"), ORDERS)
def test_frames_stand_in_the_order_of_the_sheet(archive, darkroom, orders, expected, reason):
    paths = [darkroom.picture(f"{letter}.png") for letter in "abc"]
    rows = [[path.name, order] for path, order in zip(paths, orders, strict=True)]
    darkroom.take(*paths, sheet=sheet_of("filename order", *rows), series="Aghdam")
    with archive.reading() as db:
        frames = series_rows.series(db, series_rows.series_titled(db, "Aghdam")).frames
        names = [one.original_name[0] for one in catalogue.photographs(db, frames)]
    assert "".join(names) == expected, reason


def facts(archive, photograph_id):
    with archive.reading() as db:
        return register.facts(db, [photograph_id])[photograph_id]


def step(archive, photograph_id):
    return ask.ask(archive, photograph_id, Audience.PUBLIC).decision.step


def test_published_without_rights_is_a_decision_of_a_person_with_a_review_in_a_year(
    archive, darkroom
):
    photograph_id = darkroom.photograph(public=True, by="Nino")
    found = facts(archive, photograph_id)
    assert found.publication is Publication.PUBLISHED
    assert found.statement.uri == CNE
    assert (found.showing.by, found.showing.recorded_on) == ("Nino", date(2027, 3, 1))
    assert found.showing.review_on == date(2028, 3, 1)
    assert step(archive, photograph_id) is Step.ZOOM


def test_published_under_a_licence_needs_no_decision_of_a_person(archive, darkroom):
    photograph_id = darkroom.photograph(public=True, rights=BY)
    found = facts(archive, photograph_id)
    assert (found.statement.uri, found.showing) == (BY, None)
    assert step(archive, photograph_id) is Step.DOWNLOAD


def test_published_in_copyright_keeps_its_statement_beside_the_decision(archive, darkroom):
    statement = "http://rightsstatements.org/vocab/InC/1.0/"
    photograph_id = darkroom.photograph(public=True, rights=statement)
    found = facts(archive, photograph_id)
    assert found.statement.uri == statement and found.showing is not None


def test_ceiling_of_a_sheet_is_never_a_ground(archive, darkroom):
    path = darkroom.picture("a.png")
    [outcome] = darkroom.take(path, sheet=sheet_of("filename access", ["a.png", "download"]))
    assert facts(archive, outcome.id).publication is Publication.DRAFT
    assert step(archive, outcome.id) is Step.HIDDEN


def test_ceiling_of_a_sheet_holds_when_it_is_published(archive, darkroom):
    path = darkroom.picture("a.png")
    sheet = sheet_of("filename access", ["a.png", "record"])
    [outcome] = darkroom.take(path, sheet=sheet, public=True)
    assert step(archive, outcome.id) is Step.RECORD


@pytest.mark.parametrize("column", ["rights", "access", "embargo"])
def test_row_with_a_bad_cell_of_rights_goes_in_and_stays_a_draft(archive, darkroom, column):
    bad, good = darkroom.picture("bad.png"), darkroom.picture("good.png")
    sheet = sheet_of(f"filename {column}", ["bad.png", "nonsense"])
    outcomes = darkroom.take(bad, good, sheet=sheet, public=True)
    states = [facts(archive, outcome.id).publication for outcome in outcomes]
    assert states == [Publication.DRAFT, Publication.PUBLISHED]
    assert any("not published" in note for note in outcomes[0].notes)


def test_licence_that_the_file_carries_is_no_record_by_itself(archive, darkroom):
    """What a file says of its rights is a claim; a person records it."""
    exif = Image.Exif()
    exif[0x8298] = "CC BY 4.0"
    [outcome] = darkroom.take(darkroom.picture("a.jpg", exif=exif))
    assert facts(archive, outcome.id).statement is None
