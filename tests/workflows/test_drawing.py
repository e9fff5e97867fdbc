"""Drawing in its lane: once for all, never above the budget, never for nobody."""

import threading
import time
from dataclasses import dataclass, field

import pytest

from dam.errors import TooLarge, Unavailable
from dam.storage.counts import Counts
from dam.storage.derivatives import Derivatives
from dam.workflows.draw import COUNTED, Drawing, Work
from dam.workflows.lanes import MOST_AT_ONCE, SMALL_BYTES, Abandoned, Busy, LaneLimits, NeverFits

LARGE = SMALL_BYTES + 1
LIMITS = LaneLimits(large_threads=1, memory_bytes=600_000_000, longest_wait_seconds=20)
PATIENCE_SECONDS = 30


@dataclass
class Slow:
    """A picture that is drawn when the test lets it."""

    started: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)
    times: int = 0

    def make(self) -> bytes:
        self.times += 1
        self.started.set()
        assert self.go.wait(PATIENCE_SECONDS)
        return b"picture"


def drawing(tmp_path, limits=LIMITS, room=10_000_000, ticks=time.monotonic) -> Drawing:
    counts = Counts(tmp_path / "counts", COUNTED)
    return Drawing(Derivatives(tmp_path / "derivatives", room), limits, counts, ticks)


def in_threads(count, ask):
    """Run *ask* in threads, and return them with what each came to."""
    found = []

    def run(number):
        try:
            found.append(ask(number))
        except (TooLarge, Unavailable) as error:
            found.append(type(error))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    return threads, found


def end(threads):
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()


def until(true):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("room", [10_000_000, 0])
def test_many_who_ask_for_the_same_get_one_drawing(tmp_path, room):
    desk, slow = drawing(tmp_path, room=room), Slow()
    threads, found = in_threads(20, lambda _: desk.picture(Work("a", 1000, slow.make)))
    until(lambda: desk.snapshot()["at_once"] == 20)
    slow.go.set()
    end(threads)
    assert found == [b"picture"] * 20 and slow.times == 1
    counted = desk.snapshot()
    assert (counted["drawn"], counted["shared"], counted["at_once"]) == (1, 19, 0)
    desk.picture(Work("a", 1000, slow.make))
    assert slow.times == (1 if room else 2)


def test_one_process_waits_for_the_drawing_of_another(tmp_path):
    """Two objects over one directory are what two processes are: the lock is the file's."""
    one, other, slow = drawing(tmp_path), drawing(tmp_path), Slow()
    threads, found = in_threads(
        4, lambda number: (one, other)[number % 2].picture(Work("a", 1000, slow.make))
    )
    assert slow.started.wait(PATIENCE_SECONDS)
    until(lambda: one.snapshot()["at_once"] + other.snapshot()["at_once"] == 4)
    slow.go.set()
    end(threads)
    assert found == [b"picture"] * 4 and slow.times == 1


def test_fault_in_drawing_is_told_to_all_and_not_kept(tmp_path):
    desk = drawing(tmp_path)

    def broken() -> bytes:
        raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            desk.picture(Work("a", 1000, broken))
    assert desk.picture(Work("a", 1000, lambda: b"mended")) == b"mended"


def test_what_can_never_fit_is_refused_for_good(tmp_path):
    desk = drawing(tmp_path)
    with pytest.raises(NeverFits, match="ask for a smaller size") as caught:
        desk.picture(Work("a", LIMITS.large_bytes + 1, pytest.fail))
    assert isinstance(caught.value, TooLarge)
    assert desk.snapshot()["refused_413"] == 1


def test_small_pictures_do_not_wait_for_large_ones(tmp_path):
    desk, slow = drawing(tmp_path), Slow()
    threads, found = in_threads(
        3, lambda number: desk.picture(Work(f"large {number}", LARGE, slow.make))
    )
    until(lambda: slow.started.is_set() and desk.snapshot()["waiting"] == 2)
    assert slow.times == 1, "one large picture at a time"
    assert desk.picture(Work("small", 1000, lambda: b"small")) == b"small"
    slow.go.set()
    end(threads)
    assert len(found) == 3 and slow.times == 3


def test_memory_of_large_pictures_stays_within_the_budget(tmp_path):
    limits = LaneLimits(large_threads=5, memory_bytes=600_000_000, longest_wait_seconds=20)
    desk, slow = drawing(tmp_path, limits), Slow()
    half = limits.large_bytes // 2
    threads, _ = in_threads(5, lambda number: desk.picture(Work(str(number), half, slow.make)))
    until(lambda: desk.snapshot()["waiting"] == 3)
    assert slow.times == 2
    slow.go.set()
    end(threads)
    assert slow.times == 5


def test_longest_wait_ends_in_busy(tmp_path):
    seconds = [0.0]
    desk, slow = drawing(tmp_path, ticks=lambda: seconds[0]), Slow()
    first, _ = in_threads(1, lambda _: desk.picture(Work("a", LARGE, slow.make)))
    assert slow.started.wait(PATIENCE_SECONDS)
    others, found = in_threads(3, lambda n: desk.picture(Work(f"b{n}", LARGE, pytest.fail)))
    until(lambda: desk.snapshot()["waiting"] == 3)
    seconds[0] = LIMITS.longest_wait_seconds
    end(others)
    assert found == [Busy] * 3 and desk.snapshot()["refused_503"] == 3
    slow.go.set()
    end(first)


def test_threads_are_left_for_tiles(tmp_path):
    desk, slow = drawing(tmp_path), Slow()
    threads, found = in_threads(
        MOST_AT_ONCE, lambda number: desk.picture(Work(f"{number}", LARGE, slow.make))
    )
    until(lambda: desk.snapshot()["at_once"] == MOST_AT_ONCE)
    with pytest.raises(Busy):
        desk.picture(Work("one more", 1000, pytest.fail))
    slow.go.set()
    end(threads)
    assert found == [b"picture"] * MOST_AT_ONCE


def test_picture_whose_client_left_while_it_waited_is_not_drawn(tmp_path):
    desk, slow, left = drawing(tmp_path), Slow(), threading.Event()
    first, _ = in_threads(1, lambda _: desk.picture(Work("a", LARGE, slow.make)))
    assert slow.started.wait(PATIENCE_SECONDS)
    others, found = in_threads(
        3, lambda n: desk.picture(Work(f"b{n}", LARGE, pytest.fail), left.is_set)
    )
    until(lambda: desk.snapshot()["waiting"] == 3)
    left.set()
    end(others)
    assert found == [Abandoned] * 3 and desk.snapshot()["abandoned"] == 3
    slow.go.set()
    end(first)


def test_others_who_wait_for_the_same_get_it_when_the_first_client_leaves(tmp_path):
    desk, blocker, wanted, left = drawing(tmp_path), Slow(), Slow(), threading.Event()
    wanted.go.set()
    first, _ = in_threads(1, lambda _: desk.picture(Work("a", LARGE, blocker.make)))
    assert blocker.started.wait(PATIENCE_SECONDS)
    leaver, lost = in_threads(1, lambda _: desk.picture(Work("b", LARGE, wanted.make), left.is_set))
    until(lambda: desk.snapshot()["waiting"] == 1)
    stayers, found = in_threads(4, lambda _: desk.picture(Work("b", LARGE, wanted.make)))
    until(lambda: desk.snapshot()["at_once"] == 6)
    left.set()
    end(leaver)
    blocker.go.set()
    end([*first, *stayers])
    assert lost == [Abandoned] and found == [b"picture"] * 4 and wanted.times == 1
