"""The counter that every process of a host sees at once."""

import subprocess
import sys
from threading import Thread

import pytest

from dam.storage.epoch import Epoch

# Says the counter for each line that it is sent, and raises it first where the line is "advance".
COUNTING = """
import sys
from pathlib import Path
from dam.storage.epoch import Epoch

epoch = Epoch(Path(sys.argv[1]))
for line in sys.stdin:
    if line.strip() == "advance":
        epoch.advance()
    print(epoch.value.hex(), flush=True)
"""
RAISING = """
import sys
from pathlib import Path
from dam.storage.epoch import Epoch

epoch = Epoch(Path(sys.argv[1]))
for _ in range(200):
    epoch.advance()
"""
LONGEST = 60  # seconds after which a process that does not answer is taken for locked


def number(epoch):
    return int.from_bytes(epoch.value, "big")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "epoch"


@pytest.fixture
def other(path):
    """Another process that has the same counter open."""
    process = subprocess.Popen(
        [sys.executable, "-c", COUNTING, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process
        process.stdin.close()
        process.wait(LONGEST)


def told(process, line="look"):
    process.stdin.write(f"{line}\n")
    process.stdin.flush()
    return bytes.fromhex(process.stdout.readline().strip())


def test_another_process_sees_an_advance_at_once(path, other):
    epoch = Epoch(path)
    before = told(other)
    assert before == epoch.value
    epoch.advance()
    assert told(other) == epoch.value != before


def test_advance_of_another_process_is_seen_at_once(path, other):
    epoch = Epoch(path)
    before = epoch.value
    after = told(other, "advance")
    assert epoch.value == after != before


def test_processes_that_hold_the_counter_open_do_not_lock_each_other_out(path, other):
    told(other)
    epoch = Epoch(path)
    for turn in range(5):
        epoch.advance()
        told(other, "advance")
        assert number(epoch) == 2 * (turn + 1)


def test_no_advance_is_lost_among_processes(path):
    epoch = Epoch(path)
    processes = [subprocess.Popen([sys.executable, "-c", RAISING, str(path)]) for _ in range(3)]
    assert [process.wait(LONGEST) for process in processes] == [0, 0, 0]
    assert number(epoch) == 600


def test_no_advance_is_lost_among_threads(path):
    epoch = Epoch(path)
    threads = [Thread(target=lambda: [epoch.advance() for _ in range(200)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    assert number(epoch) == 800


def test_counter_is_kept_when_it_is_opened_again(path):
    Epoch(path).advance()
    assert number(Epoch(path)) == 1


def test_counter_is_readable_by_its_owner_only(path):
    Epoch(path)
    assert path.stat().st_mode & 0o077 == 0
