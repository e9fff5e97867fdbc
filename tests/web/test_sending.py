"""Large answers leave in pieces, in turn, and only so many at once."""

import threading
import time

import pytest

from dam.errors import Unavailable
from dam.web.sending import Seats, Sending, TooManyReaders, Turns, sent

PATIENCE_SECONDS = 30
LARGE = bytes(range(256)) * 4096


def turns() -> Turns:
    return Turns(at_once=2, seconds=0.03)


def test_small_answer_is_handed_over_whole():
    assert sent((b"JP", memoryview(b"EG"))) == b"JPEG"


def test_large_answer_is_the_same_in_pieces():
    body = sent((b"head", memoryview(LARGE)))
    assert isinstance(body, Sending)
    pieces = list(body)
    body.close()
    assert b"".join(pieces) == b"head" + LARGE
    assert max(map(len, pieces)) <= 1 << 16


def test_no_more_leave_at_once_than_there_are_seats_and_a_closed_one_makes_room():
    seats = Seats(2)
    first, second = (Sending((LARGE,), seats, turns()) for _ in range(2))
    with pytest.raises(TooManyReaders) as refused:
        Sending((LARGE,), seats, turns())
    assert isinstance(refused.value, Unavailable)
    first.close()
    first.close()
    third = Sending((LARGE,), seats, turns())
    with pytest.raises(TooManyReaders):
        Sending((LARGE,), seats, turns())
    second.close()
    third.close()


def test_turn_of_a_client_that_takes_nothing_ends_by_itself():
    shared, seats = turns(), Seats(10)
    stalled = [Sending((LARGE,), seats, shared) for _ in range(2)]  # two that never go on
    assert b"".join(Sending((LARGE,), seats, shared)) == LARGE
    for each in stalled:
        assert b"".join(each) == LARGE
        each.close()


def test_many_who_send_all_come_to_their_end():
    shared, seats = turns(), Seats(40)
    found = []

    def send() -> None:
        body = Sending((LARGE,), seats, shared)
        found.append(b"".join(body))
        body.close()

    threads = [threading.Thread(target=send) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert found == [LARGE] * 40


def test_turns_are_given_in_the_order_in_which_they_were_asked_for():
    shared = Turns(at_once=1, seconds=3600)
    shared.wait("first")
    order = []

    def take(name: str) -> None:
        shared.wait(name)
        order.append(name)
        shared.end(name)

    threads = []
    for name in "abcdef":
        thread = threading.Thread(target=take, args=(name,))
        thread.start()
        threads.append(thread)
        while len(shared.waiting) < len(threads):
            time.sleep(0.001)
    shared.end("first")
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert order == list("abcdef")
