"""Which files a person means by a path, and in which order."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.cli.folders import find_files, natural


def names(*paths, leave_out=()):
    return [file.name for file in find_files(paths, leave_out)]


def put(folder, *files):
    for name in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


@pytest.mark.parametrize(
    ("given_names", "expected", "reason"),
    [
        (["frame10", "frame2"], ["frame2", "frame10"], "people count"),
        (["b", "A", "c"], ["A", "b", "c"], "capitals do not part"),
        (["x1y10", "x1y9"], ["x1y9", "x1y10"], "every number counts"),
        (["007", "7", "08"], ["007", "7", "08"], "equal numbers keep an order"),
        (["1", "a", "_"], ["1", "_", "a"], "a number stands before words"),
    ],
)
def test_names_are_sorted_as_people_count(given_names, expected, reason):
    assert sorted(given_names, key=natural) == expected, reason


@given(st.lists(st.text(max_size=12)))
def test_any_names_can_be_sorted(some):
    backwards = list(reversed(some))
    assert sorted(backwards, key=natural) == sorted(some, key=natural)


def test_files_of_a_folder_are_named_relative_to_it(tmp_path):
    put(tmp_path, "b/2.jpg", "b/10.jpg", "a.jpg", "c.jpg")
    assert names(tmp_path) == ["a.jpg", "b/2.jpg", "b/10.jpg", "c.jpg"]


def test_what_file_managers_leave_is_passed_over_in_silence(tmp_path):
    put(tmp_path, ".DS_Store", "Thumbs.db", "desktop.ini", "._a.jpg", ".git/x", "a.jpg")
    assert names(tmp_path) == ["a.jpg"]


def test_a_sheet_within_the_folder_is_left_out_and_a_named_one_is_not(tmp_path):
    put(tmp_path, "a.jpg", "sheet.csv")
    sheet = tmp_path / "sheet.csv"
    assert names(tmp_path, leave_out=[sheet]) == ["a.jpg"]
    assert names(sheet, leave_out=[sheet]) == ["sheet.csv"]


def test_links_that_go_round_are_walked_once(tmp_path):
    put(tmp_path, "a/1.jpg")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert names(tmp_path) == ["a/1.jpg"]


def test_a_file_that_is_named_twice_is_taken_once(tmp_path):
    put(tmp_path, "a.jpg")
    assert names(tmp_path, tmp_path / "a.jpg", tmp_path / "a.jpg") == ["a.jpg"]


def test_the_same_name_in_two_folders_is_told_apart(tmp_path):
    put(tmp_path, "one/a.jpg", "two/a.jpg", "two/b.jpg")
    assert names(tmp_path / "one", tmp_path / "two") == ["one/a.jpg", "two/a.jpg", "two/b.jpg"]


def test_the_same_folder_name_in_two_places_is_told_apart(tmp_path):
    put(tmp_path, "1/x/a.jpg", "2/x/a.jpg")
    found = names(tmp_path / "1" / "x", tmp_path / "2" / "x")
    assert len(set(found)) == 2 and all(name.endswith("x/a.jpg") for name in found)


def test_a_name_that_is_no_utf_8_becomes_text(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.jpg")).write_bytes(b"x")
    (name,) = names(tmp_path)
    assert name == "caf\ufffd.jpg" and name.encode()
