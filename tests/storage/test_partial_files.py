"""Files that arrive in pieces."""

import multiprocessing
import os
import signal

import pytest

from dam.storage.base import ObjectMissing, UploadTooLarge
from dam.storage.partials import PartialFiles, PartialInUse, WrongOffset


@pytest.fixture
def partials(tmp_path) -> PartialFiles:
    return PartialFiles(tmp_path / "partial")


def test_a_file_grows_at_its_end_and_is_hashed_whole(partials):
    partials.begin("one")
    assert partials.append("one", 0, [b"abc", b"de"], most=9) == 5
    assert partials.append("one", 5, [b"fghi"], most=9) == 9
    received = partials.received("one")
    assert received.size_bytes == 9 and received.path.read_bytes() == b"abcdefghi"
    assert received.sha256.startswith("19cc02f26df43cc5")


def test_bytes_that_begin_elsewhere_than_the_end_are_not_written(partials):
    partials.begin("one")
    partials.append("one", 0, [b"abc"], most=9)
    for offset in (0, 2, 4):
        with pytest.raises(WrongOffset) as caught:
            partials.append("one", offset, [b"x"], most=9)
        assert caught.value.have == 3
    assert partials.size("one") == 3


def test_what_came_before_the_sender_broke_off_is_kept(partials):
    def breaking():
        yield b"abc"
        raise ConnectionResetError

    partials.begin("one")
    with pytest.raises(Exception, match="written"):
        partials.append("one", 0, breaking(), most=9)
    assert partials.size("one") == 3


def test_more_than_the_announced_bytes_are_refused(partials):
    partials.begin("one")
    with pytest.raises(UploadTooLarge):
        partials.append("one", 0, [b"abc", b"defg"], most=5)
    assert partials.size("one") == 3


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".", "é"])
def test_a_name_that_is_not_ours_is_no_path(partials, name):
    with pytest.raises(ObjectMissing):
        partials.size(name)


def _hold_until_killed(directory, ready):
    with PartialFiles(directory).held("one"):
        ready.set()
        signal.pause()


def test_a_file_is_written_by_one_at_a_time_and_a_killed_process_lets_go(tmp_path, partials):
    partials.begin("one")
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=_hold_until_killed, args=(tmp_path / "partial", ready))
    process.start()
    assert ready.wait(30)
    with pytest.raises(PartialInUse):
        partials.append("one", 0, [b"x"], most=9)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert partials.append("one", 0, [b"x"], most=9) == 1
