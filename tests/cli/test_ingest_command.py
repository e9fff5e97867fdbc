"""``dam ingest``: what becomes of files, in words, in JSON and in the exit code."""

import json
import os
import signal

import openpyxl
import pytest
from conftest import draw

from dam.catalogue.repair import words
from dam.catalogue.text import TextField
from dam.records import catalogue, proposals
from dam.records import series as series_rows
from dam.rights.facts import Audience
from dam.workflows import ask

KEYS = ["path", "id", "state", "reason", "manifest", "duplicate_of"]


def texts(photograph, field):
    return {
        text.language: text.value for text in photograph.description.texts if text.field is field
    }


def stored(archive, identifier):
    with archive.reading() as db:
        return catalogue.photograph(db, identifier)


def test_every_file_is_told_of_with_exactly_the_promised_keys(dam, home, folder):
    draw(folder / "a.jpg")
    (folder / "b.jpg").write_bytes(b"\xff\xd8\xff\xe0 not to the end")
    (folder / "notes.txt").write_text("a list")
    answer = dam("ingest", folder, "--json")
    assert answer.code == 0
    assert [list(told) for told in answer.objects] == [KEYS] * 3
    assert [(told["path"], told["state"]) for told in answer.objects] == [
        ("a.jpg", "ready"),
        ("b.jpg", "refused"),
        ("notes.txt", "skipped"),
    ]
    assert answer.one("b.jpg")["reason"] and answer.one("b.jpg")["id"] is None
    assert answer.one("a.jpg")["reason"] == "" and answer.one("a.jpg")["duplicate_of"] is None


def test_the_second_time_it_is_a_duplicate_and_nothing_changes(dam, home, folder):
    draw(folder / "a.jpg")
    first = dam("ingest", folder, "--public", "--json").one("a.jpg")
    (folder / "a.jpg").rename(folder / "again.jpg")
    answer = dam("ingest", folder, "--json")
    second = answer.one("again.jpg")
    assert answer.code == 0
    assert second["state"] == "duplicate"
    assert second["duplicate_of"] == second["id"] == first["id"]
    assert second["manifest"] == first["manifest"]


def test_a_public_photograph_has_its_manifest_when_the_command_returns(dam, home, folder):
    draw(folder / "a.jpg")
    told = dam("ingest", folder, "--public", "--json").one("a.jpg")
    address = f"http://127.0.0.1:8000/manifests/3/{told['id']}/manifest.json"
    assert told["manifest"] == address
    published = json.loads((home / f"manifests/3/{told['id']}/manifest.json").read_text("utf-8"))
    assert published["id"] == address


def test_a_draft_has_no_public_manifest(dam, home, folder):
    draw(folder / "a.jpg")
    told = dam("ingest", folder, "--json").one("a.jpg")
    assert told["state"] == "ready" and told["manifest"] is None


def test_manifests_carry_the_public_address_of_the_settings(dam, home, folder, monkeypatch):
    monkeypatch.setenv("DAM_PUBLIC_URL", "https://photographs.example.org")
    draw(folder / "a.jpg")
    told = dam("ingest", folder, "--public", "--json").one("a.jpg")
    assert str(told["manifest"]).startswith("https://photographs.example.org/manifests/3/")


@pytest.mark.parametrize(
    ("names", "code", "reason"),
    [
        (["a.jpg"], 0, "one is ready"),
        (["a.jpg", "broken.jpg"], 0, "one is ready, whatever became of the other"),
        (["broken.jpg"], 1, "nothing could be taken in"),
        (["notes.txt"], 1, "nothing could be taken in"),
        ([], 1, "there is nothing in the folder"),
    ],
)
def test_it_fails_only_when_nothing_could_be_taken_in(dam, home, folder, names, code, reason):
    for name in names:
        if name == "a.jpg":
            draw(folder / name)
        else:
            (folder / name).write_bytes(b"\xff\xd8\xff\xe0" if name == "broken.jpg" else b"words")
    assert dam("ingest", folder).code == code, reason


def test_a_named_file_that_is_no_picture_is_refused_and_kept_aside(dam, home, folder):
    (folder / "notes.txt").write_text("a list")
    answer = dam("ingest", folder / "notes.txt", "--json")
    assert answer.code == 1
    assert answer.one("notes.txt")["state"] == "refused"


def test_what_cannot_be_opened_has_failed(dam, home, folder):
    (folder / "gone.jpg").symlink_to(folder / "nowhere.jpg")
    answer = dam("ingest", folder, "--json")
    assert answer.code == 1
    assert answer.one("gone.jpg")["state"] == "failed"
    assert "cannot be read" in str(answer.one("gone.jpg")["reason"])


def test_a_pipe_among_the_files_is_skipped(dam, home, folder):
    os.mkfifo(folder / "pipe")
    assert dam("ingest", folder, "--json").one("pipe")["state"] == "skipped"


def test_rights_that_are_not_known_are_refused_before_anything_is_taken_in(dam, home, folder):
    draw(folder / "a.jpg")
    answer = dam("ingest", folder, "--rights", "all mine")
    assert answer.code == 1
    assert "“all mine” is no rights statement" in answer.err
    assert answer.err.count("\n") == 1
    assert dam("ingest", folder, "--json").one("a.jpg")["state"] == "ready"


def test_rights_and_credit_hold_for_every_file(dam, home, folder, archive):
    draw(folder / "a.jpg")
    told = dam(
        "ingest",
        folder,
        "--rights",
        "CC BY 4.0",
        "--credit",
        "Anna Lee / City",
        "--public",
        "--json",
    ).one("a.jpg")
    asked = ask.ask(archive, str(told["id"]), Audience.PUBLIC)
    assert asked.facts.statement.uri == "http://creativecommons.org/licenses/by/4.0/"
    photograph = stored(archive, told["id"])
    assert texts(photograph, TextField.CREDIT) == {"en": "Anna Lee / City"}


def test_a_sheet_in_csv_describes_the_files_that_it_names(dam, home, folder, archive):
    draw(folder / "one" / "a.jpg", 1)
    draw(folder / "b.jpg", 2)
    sheet = folder / "sheet.csv"
    sheet.write_text(
        "\ufefffilename;caption;caption@az;date;rights;mood\n"
        "one/a.jpg;A street;Küçə;1992-02;CC0;sad\n"
        "c.jpg;Nothing;;;;\n",
        "utf-8",
    )
    answer = dam("ingest", folder, "--sheet", sheet, "--json")
    assert [told["path"] for told in answer.objects] == ["b.jpg", "one/a.jpg"]
    photograph = stored(archive, answer.one("one/a.jpg")["id"])
    assert texts(photograph, TextField.CAPTION) == {"az": "Küçə", "en": "A street"}
    assert photograph.date.edtf == "1992-02"
    assert "There is no column “mood”" in answer.err
    assert "No file of this batch is called “c.jpg”" in answer.err


def test_a_sheet_in_xlsx_describes_the_files_that_it_names(dam, home, folder, archive):
    draw(folder / "a.jpg")
    workbook = openpyxl.Workbook()
    workbook.active.append(["filename", "title", "date", "series", "order"])
    workbook.active.append(["A.JPG", "Harbour", 1936, "Ports", 3.0])
    workbook.save(folder / "sheet.xlsx")
    answer = dam("ingest", folder, "--sheet", folder / "sheet.xlsx", "--json")
    photograph = stored(archive, answer.one("a.jpg")["id"])
    assert texts(photograph, TextField.TITLE) == {"en": "Harbour"}
    assert photograph.date.edtf == "1936"
    with archive.reading() as db:
        assert [place.position for place in series_rows.places_of(db, photograph.id)] == [3]


def test_a_series_keeps_the_order_that_people_count_in(dam, home, folder, archive):
    for number in (10, 9, 1, 2):
        draw(folder / f"frame{number}.jpg", number)
    answer = dam("ingest", folder, "--series", "Walk", "--json")
    names = [told["path"] for told in answer.objects]
    assert names == ["frame1.jpg", "frame2.jpg", "frame9.jpg", "frame10.jpg"]
    with archive.reading() as db:
        (series,) = series_rows.all_series(db)
    assert series.title == "Walk"
    assert list(series.frames) == [told["id"] for told in answer.objects]


@pytest.mark.shared
def test_an_essay_becomes_one_series_of_its_frames(dam, home, folder, archive, shared):
    for number in range(1, 21):
        draw(folder / f"frame{number}.jpg", number)
    (folder / "contents.txt").write_text("a list among the frames has no caption")
    text = folder / "essay.txt"
    text.write_bytes((shared / "fixtures/essay/photo-essay.txt").read_bytes())
    answer = dam("ingest", folder, "--series", "Aghdam", "--text", text, "--json")
    assert answer.code == 0
    ready = [told for told in answer.objects if told["state"] == "ready"]
    assert len(ready) == 20
    with archive.reading() as db:
        (series,) = series_rows.all_series(db)
        frames = catalogue.photographs(db, series.frames)
        repairs = proposals.open_proposals(db)
    assert [frame.original_name for frame in frames] == [f"frame{n}.jpg" for n in range(1, 21)]
    assert series.introduction.startswith("Famous Azerbaijani photographer")
    assert "The text has" not in answer.err
    captions = [texts(frame, TextField.CAPTION).get("en") for frame in frames]
    assert [number for number, caption in enumerate(captions, 1) if caption is None] == [3, 8]
    assert {frame.date.edtf for frame in frames} == {"1992-02", "1992-03", "1992"}
    assert all(texts(frame, TextField.PLACE)["en"] for frame in frames)
    assert texts(frames[2], TextField.PLACE)["en"].endswith("Road between Khojaly and Agdam")
    assert sorted(repair.found for repair in repairs) == [
        "Azerbaijanís",
        "brotherís",
        "memberís",
    ]
    assert "brotherís" in captions[12], "a repair waits for a person"
    assert "brotherís" in words(captions[12])


def test_neither_paths_nor_stacks_are_told_of_a_fault_of_ours(dam, home, folder, monkeypatch):
    draw(folder / "a.jpg")
    (home / "other.sqlite3").write_bytes(b"this is no database" * 1000)
    monkeypatch.setenv("DAM_DATABASE_URL", f"sqlite:///{home / 'other.sqlite3'}")
    answer = dam("ingest", folder)
    assert answer.code == 1
    assert answer.err.count("\n") == 1 and "dam --debug" in answer.err
    assert str(home) not in answer.err
    assert "Traceback" in dam("--debug", "ingest", folder).err


def test_without_an_archive_it_says_how_to_make_one(dam, empty_home, folder):
    draw(folder / "a.jpg")
    answer = dam("ingest", folder)
    assert answer.code == 1
    assert "dam init" in answer.err
    assert list(empty_home.iterdir()) == []


def test_the_table_ends_in_a_count(dam, home, folder):
    draw(folder / "a.jpg")
    (folder / "[bold]x[bold]\x1b[31m.txt").write_text("a name that a terminal would act upon")
    answer = dam("ingest", folder)
    assert answer.out.endswith("2 files: 1 ready, 1 skipped.\n")
    assert "\x1b" not in answer.out and "[bold]x[bold]" in answer.out


def test_ctrl_c_leaves_whole_photographs_only(dam, home, folder, archive, monkeypatch):
    from dam.cli import intake

    for number in range(1, 6):
        draw(folder / f"{number}.jpg", number)
    taken_in = intake.ingest.take_in

    def take_in_and_press(*arguments, **options):
        outcome = taken_in(*arguments, **options)
        if outcome.name == "2.jpg":
            os.kill(os.getpid(), signal.SIGINT)
        return outcome

    monkeypatch.setattr(intake.ingest, "take_in", take_in_and_press)
    answer = dam("ingest", folder, "--public", "--json")
    assert answer.code == 130
    assert [told["path"] for told in answer.objects] == ["1.jpg", "2.jpg"]
    assert list((home / "media" / "incoming").iterdir()) == []
    with archive.reading() as db:
        identifiers = catalogue.all_ids(db)
    assert sorted(identifiers) == sorted(str(told["id"]) for told in answer.objects)
