"""Drawn pictures that are kept: never the wrong one, never half of one, never too many."""

import os
import subprocess
import sys
import threading

import pytest

from dam.storage.counts import Counts
from dam.storage.derivatives import Derivatives

ROOM = 32 * 10_000


@pytest.fixture
def kept(tmp_path):
    return Derivatives(tmp_path / "derivatives", ROOM)


def files(tmp_path):
    return [
        path
        for path in (tmp_path / "derivatives").rglob("*")
        if path.is_file() and path.name != ".lock" and path.parent.name != "turns"
    ]


def test_picture_that_was_kept_is_read_again(kept):
    assert kept.read("a/85/full") is None
    assert kept.keep("a/85/full", b"picture")
    assert kept.read("a/85/full") == b"picture"
    assert kept.read("b/85/full") is None


DAMAGES = (
    (lambda content: content[:-1], "cut short"),
    (lambda content: content[:5], "cut short in its head"),
    (lambda _: b"", "empty"),
    (lambda content: content[:-1] + b"X", "one byte is another"),
    (lambda content: content + b"X", "longer"),
    (lambda content: content.replace(b"a/85/full", b"b/85/full"), "another's"),
)


@pytest.mark.parametrize(("damage", "reason"), DAMAGES)
def test_damaged_file_is_never_given(kept, tmp_path, damage, reason):
    kept.keep("a/85/full", b"picture")
    [path] = files(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    assert kept.read("a/85/full") is None, reason
    kept.keep("a/85/full", b"picture")
    assert kept.read("a/85/full") == b"picture"


def test_room_is_never_exceeded_and_what_was_used_last_stays(kept, tmp_path):
    for number in range(400):
        kept.keep(f"{number}/85/full", bytes(2000))
        assert sum(path.stat().st_size for path in files(tmp_path)) <= ROOM
        if number == 0:
            [first] = files(tmp_path)
        else:
            assert kept.read("0/85/full") is not None
            os.utime(first, (2e9 + number, 2e9 + number))
    assert kept.read("1/85/full") is None
    assert kept.read("399/85/full") is not None


def test_picture_larger_than_its_share_is_not_kept(kept, tmp_path):
    assert not kept.keep("a", bytes(ROOM // 32))
    assert files(tmp_path) == []


def test_no_room_keeps_nothing(tmp_path):
    none = Derivatives(tmp_path / "derivatives", 0)
    assert not none.keep("a", b"x") and none.read("a") is None and not none.keeps
    assert not (tmp_path / "derivatives").exists()


def test_what_a_killed_process_left_aside_is_removed(kept, tmp_path):
    kept.keep("a", b"picture")
    [path] = files(tmp_path)
    left = path.with_name("f" * 40 + ".aside")
    left.write_bytes(b"half")
    kept.keep("a", b"picture")
    assert not left.exists() and kept.read("a") == b"picture"


def test_disk_that_cannot_be_written_keeps_nothing_and_stops_nobody(tmp_path):
    (tmp_path / "derivatives").write_bytes(b"a file in the way")
    kept = Derivatives(tmp_path / "derivatives", ROOM)
    assert not kept.keep("a", b"x")
    with kept.turn("a", pytest.fail):
        assert kept.read("a") is None


HOLD = """
import sys, time
from pathlib import Path
from dam.storage.derivatives import Derivatives
with Derivatives(Path(sys.argv[1]), 1000000).turn("a", None):
    print("held", flush=True)
    time.sleep(60)
"""


def test_turn_of_a_killed_process_is_free_at_once(kept, tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "derivatives")], stdout=subprocess.PIPE
    )
    try:
        assert holder.stdout.readline() == b"held\n"
        waits = []

        def patience():
            waits.append(1)
            if len(waits) == 3:
                holder.kill()

        with kept.turn("a", patience):
            assert len(waits) >= 3
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()


def test_counts_are_those_of_all_who_count(tmp_path):
    def count():
        mine = Counts(tmp_path / "counts", ("one", "two"))
        for _ in range(200):
            mine.add("two")

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counts(tmp_path / "counts", ("one", "two")).snapshot() == {"one": 0, "two": 800}
