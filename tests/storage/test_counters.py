"""Counters of several processes are one sum, which the dead do not spoil."""

import subprocess
import sys
from threading import Thread

from dam.storage.counters import Counters

NAMES = ("requests", "bytes")
IN_ANOTHER_PROCESS = """
import os, sys
from pathlib import Path
from dam.storage.counters import Counters
found = Counters(Path(sys.argv[1]), ("requests", "bytes"))
for place in range(2):
    found.cells[place] += 5
print("counted", flush=True)
sys.stdin.read()
os._exit(9)
"""


def opened(directory) -> Counters:
    return Counters(directory, NAMES)


def test_living_processes_are_added_up_and_dead_ones_are_kept(tmp_path):
    ours = opened(tmp_path)
    ours.cells[0] += 1
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"counted\n"
        assert ours.totals() == [6, 5]
        other.stdin.close()
        other.wait(30)
    for _ in range(2):
        assert ours.totals() == [6, 5], "what it counted stays"
    assert len(list(tmp_path.glob("*.counters"))) == 1, "its file is gone"


def test_a_sum_goes_on_after_all_processes_have_ended(tmp_path):
    first = opened(tmp_path)
    first.cells[1] += 7
    del first
    assert opened(tmp_path).totals() == [0, 7]


def test_a_file_that_was_cut_off_or_belongs_to_another_version_spoils_nothing(tmp_path):
    ours = opened(tmp_path)
    mine = next(tmp_path.glob("*.counters"))
    layout = mine.name.partition("-")[0]
    (tmp_path / f"{layout}-cut.counters").write_bytes(b"\1" * 3)
    (tmp_path / "00000000-old.counters").write_bytes(b"\1" * 99)
    ours.cells[0] += 2
    assert ours.totals()[1] == 0
    assert [path.name for path in tmp_path.glob("*.counters")] == [mine.name]


def test_threads_of_a_process_lose_no_count(tmp_path):
    ours = opened(tmp_path)

    def count() -> None:
        for _ in range(20_000):
            with ours.lock:
                ours.cells[0] += 1

    threads = [Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ours.totals()[0] == 80_000
