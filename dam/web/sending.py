"""Large answers leave in small pieces, and not too many of them at once.

The server copies what it is handed while every other thread waits, so nothing is handed to it
whole that would take a millisecond. An answer in pieces holds a thread until its client has taken
it; that the threads for tiles stay free, only so many may leave at a time.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from threading import Event, Lock
from time import monotonic

from dam.errors import Unavailable
from dam.workflows.lanes import MOST_SENT_AT_ONCE

_WHOLE_BYTES = 1 << 18
_PIECE_BYTES = 1 << 16
_NEVER_SECONDS = 3600.0


class TooManyReaders(Unavailable):
    """As many large files as this archive sends at a time are on their way; ask again."""

    def __init__(self) -> None:
        super().__init__(
            "This archive is sending many large files at the moment; ask again in a moment."
        )


class Seats:
    """How many more large answers of this process may leave."""

    def __init__(self, seats: int) -> None:
        self._left = seats
        self._lock = Lock()

    def take(self) -> None:
        """Take a seat; raises ``TooManyReaders`` where none is left."""
        with self._lock:
            if self._left <= 0:
                raise TooManyReaders
            self._left -= 1

    def give_back(self) -> None:
        """Give a seat back."""
        with self._lock:
            self._left += 1


class Turns:
    """Whose turn it is to send: *at_once* answers, each for *seconds*, first come, first served.

    An answer whose client takes nothing cannot say so; its turn ends by itself.
    """

    def __init__(self, at_once: int, seconds: float) -> None:
        self._at_once, self._seconds = at_once, seconds
        self._ends: dict[object, float] = {}
        self._queue: deque[Event] = deque()
        self._lock = Lock()

    @property
    def waiting(self) -> tuple[Event, ...]:
        """Those who wait, the first one first."""
        return tuple(self._queue)

    def wait(self, sender: object) -> None:
        """Return when it is the turn of *sender*; at once while it still is."""
        if self._ends.get(sender, 0.0) > monotonic():
            return
        called = Event()
        with self._lock:
            self._ends.pop(sender, None)
            self._queue.append(called)
        while (seconds := self._seconds_left(called, sender)) is not None:
            called.wait(seconds)

    def _seconds_left(self, called: Event, sender: object) -> float | None:
        """Return None where the turn has come, else how long to wait for a call at most.

        Only the first in the queue waits for a time, and calls the next one when it leaves: if all
        looked at each change, tiles would wait for them.
        """
        with self._lock:
            called.clear()
            if self._queue[0] is not called:
                return _NEVER_SECONDS
            now = monotonic()
            self._ends = {each: end for each, end in self._ends.items() if end > now}
            if len(self._ends) >= self._at_once:
                return min(self._ends.values()) - now
            self._ends[sender] = now + self._seconds
            self._queue.popleft()
            self._call_first()
            return None

    def end(self, sender: object) -> None:
        """Let the next one send; *sender* is done."""
        with self._lock:
            self._ends.pop(sender, None)
            self._call_first()

    def _call_first(self) -> None:
        if self._queue:
            self._queue[0].set()


SEATS = Seats(MOST_SENT_AT_ONCE)
"""Of this process: for each answer that holds a thread until its client has taken it."""
_TURNS = Turns(at_once=2, seconds=0.03)


class Sending:
    """A body in pieces; its seat is given back when it is closed, sent or not."""

    def __init__(
        self, parts: Sequence[bytes | memoryview], seats: Seats = SEATS, turns: Turns = _TURNS
    ) -> None:
        """Take a seat, and wait for a turn; raises ``TooManyReaders`` where no seat is left.

        The turn comes before the answer is made up: fifty that waited for the same picture would
        otherwise make theirs up at once, and a tile would wait for all of them.
        """
        seats.take()
        self._seats: Seats | None = seats
        self._parts, self._turns = parts, turns
        turns.wait(self)

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            for start in range(0, len(part), _PIECE_BYTES):
                self._turns.wait(self)
                yield bytes(part[start : start + _PIECE_BYTES])

    def close(self) -> None:
        """Give the seat back, once."""
        seats, self._seats = self._seats, None
        if seats is not None:
            seats.give_back()
            self._turns.end(self)


def sent(parts: Sequence[bytes | memoryview]) -> bytes | Sending:
    """Return a body of these parts as it is best handed to the server.

    Raises:
        TooManyReaders: it is large, and too many large ones are leaving.
    """
    if sum(map(len, parts)) <= _WHOLE_BYTES:
        return b"".join(parts)
    return Sending(parts)
