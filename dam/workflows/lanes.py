"""Two lanes for what has to be drawn, so that large pictures never hold up small ones.

Each process has a budget of memory. Whoever wants to draw says beforehand how much it will need:
what can never fit is refused for good, what does not fit now waits its turn, and after the longest
wait is asked to come again.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition

from dam.errors import TooLarge, Unavailable

SMALL_BYTES = 64 << 20
_SMALL_SEATS = 4
_SMALL_RESERVE_BYTES = _SMALL_SEATS * SMALL_BYTES
# Threads of a worker that may wait here or draw; the server has more, and those are for tiles.
MOST_AT_ONCE = 64
# And how many may hand a large answer to a client that takes its time.
MOST_SENT_AT_ONCE = 64
_LOOK_SECONDS = 0.1


class NeverFits(TooLarge):
    """Drawing this picture would take more memory than this archive allows; ask for less."""

    def __init__(self) -> None:
        super().__init__(
            "This picture would take more memory to draw than this archive allows;"
            " ask for a smaller size or region, or without rotation."
        )


class Busy(Unavailable):
    """There is too much to draw at the moment; ask again."""

    def __init__(self) -> None:
        super().__init__("This archive has much to draw at the moment; ask again in a moment.")


class Abandoned(Unavailable):
    """Whoever asked has gone, so nothing was drawn."""

    def __init__(self) -> None:
        super().__init__("The connection was closed before the picture was drawn.")


@dataclass(frozen=True, slots=True)
class LaneLimits:
    """What a process may spend on drawing."""

    large_threads: int
    memory_bytes: int
    longest_wait_seconds: float

    @property
    def large_bytes(self) -> int:
        """What all large pictures together may take: the small ones keep their part."""
        return max(self.memory_bytes - _SMALL_RESERVE_BYTES, SMALL_BYTES)


class _Lane:
    def __init__(self, seats: int, most_bytes: int) -> None:
        self.seats, self.bytes_left = seats, most_bytes
        self.queue: deque[object] = deque()

    def free_for(self, ticket: object, needed: int) -> bool:
        return bool(self.seats) and needed <= self.bytes_left and self.queue[0] is ticket


class Patience:
    """How long one request may wait in all, and whether its client still does."""

    def __init__(
        self, ticks: Callable[[], float], seconds: float, gone: Callable[[], bool]
    ) -> None:
        self._ticks, self._until, self._gone = ticks, ticks() + seconds, gone

    def __call__(self) -> None:
        """Return if it is worth waiting on.

        Raises:
            Abandoned: the client has closed its connection.
            Busy: the longest wait is over.
        """
        if self._gone():
            raise Abandoned
        if self._ticks() >= self._until:
            raise Busy


def is_large(needed_bytes: int) -> bool:
    """Say which of the lanes work of that size goes through."""
    return needed_bytes > SMALL_BYTES


class Lanes:
    """The lanes of one process; first come, first served in each."""

    def __init__(self, limits: LaneLimits) -> None:
        self._limits = limits
        self._changed = Condition()
        self._small = _Lane(_SMALL_SEATS, _SMALL_RESERVE_BYTES)
        self._large = _Lane(limits.large_threads, limits.large_bytes)

    @property
    def waiting(self) -> int:
        """How many wait for a seat."""
        return len(self._small.queue) + len(self._large.queue)

    def require_room(self, needed_bytes: int) -> None:
        """Return if work of that size can ever be done; raises ``NeverFits``."""
        if needed_bytes > self._limits.large_bytes:
            raise NeverFits

    @contextmanager
    def seat(self, needed_bytes: int, patience: Callable[[], None]) -> Iterator[None]:
        """Wait for a seat in the lane of that size, and hold it.

        Raises:
            NeverFits: it needs more than there is.
            Busy, Abandoned: what *patience* raises, which is called several times a second.
        """
        self.require_room(needed_bytes)
        lane = self._large if is_large(needed_bytes) else self._small
        waited = self._sit_down(lane, needed_bytes, patience)
        try:
            if waited:
                patience()
            yield
        finally:
            with self._changed:
                lane.seats += 1
                lane.bytes_left += needed_bytes
                self._changed.notify_all()

    def _sit_down(self, lane: _Lane, needed_bytes: int, patience: Callable[[], None]) -> bool:
        """Take a seat, and say whether it had to be waited for."""
        ticket = object()
        waited = False
        with self._changed:
            lane.queue.append(ticket)
        try:
            while True:
                with self._changed:
                    if waited:
                        self._changed.wait(_LOOK_SECONDS)
                    if lane.free_for(ticket, needed_bytes):
                        lane.seats -= 1
                        lane.bytes_left -= needed_bytes
                        return waited
                waited = True
                patience()  # outside the lock: it looks at connections
        finally:
            with self._changed:
                lane.queue.remove(ticket)
                self._changed.notify_all()
