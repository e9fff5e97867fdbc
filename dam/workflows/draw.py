"""Draw: once for all who ask for the same at the same time, in its lane, and keep it for the next.

The order is: a picture that is kept; somebody in this process who is drawing it already; another
process that is; a seat in a lane. Only then is anything decoded.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock

from dam.storage.counts import Counts
from dam.storage.derivatives import Derivatives
from dam.workflows.lanes import (
    MOST_AT_ONCE,
    Abandoned,
    Busy,
    LaneLimits,
    Lanes,
    NeverFits,
    Patience,
)

COUNTED = ("asked", "drawn", "shared", "kept", "abandoned", "refused_413", "refused_503")
_LOOK_SECONDS = 0.1


def never_gone() -> bool:
    """Say that the client still waits: for callers that have none, or cannot know."""
    return False


@dataclass(frozen=True, slots=True)
class Work:
    """A picture that is wanted: under what key it is kept, what it takes, and how it is made."""

    key: str
    peak_bytes: int
    make: Callable[[], bytes]


@dataclass(slots=True)
class _UnderWay:
    """A picture that a thread of this process is at; *error* or *body* is there when it is done.

    Neither is there when that thread's client left, or it could not wait any longer: then one of
    those who wait goes on.
    """

    done: Event = field(default_factory=Event)
    body: bytes | None = None
    error: Exception | None = None


class Drawing:
    """What is drawn in this process, and the counters of all processes."""

    def __init__(
        self,
        derivatives: Derivatives,
        limits: LaneLimits,
        counts: Counts,
        ticks: Callable[[], float],
    ) -> None:
        self._derivatives, self._limits, self._counts = derivatives, limits, counts
        self._ticks = ticks
        self._lanes = Lanes(limits)
        self._under_way: dict[str, _UnderWay] = {}
        self._at_once = 0
        self._lock = Lock()

    def snapshot(self) -> dict[str, int]:
        """Return the counters of all workers since the archive was made, and who waits here now.

        ``asked``: pictures that are not stored; ``drawn``: computed; ``shared``: given what another
        request drew; ``kept``: read from disk; ``abandoned``: the client left before it began;
        ``refused_413``, ``refused_503``; ``waiting``: in a lane of this process; ``at_once``: in
        this process, drawing or waiting.
        """
        counted = self._counts.snapshot()
        return {**counted, "waiting": self._lanes.waiting, "at_once": self._at_once}

    def length(self, work: Work) -> int | None:
        """Return how long the picture of *work* is if it is kept, and draw nothing.

        Raises:
            NeverFits: it needs more memory than a process may take.
        """
        kept = self._derivatives.length(work.key)
        if kept is None:
            self._lanes.require_room(work.peak_bytes)
        return kept

    def picture(self, work: Work, gone: Callable[[], bool] = never_gone) -> bytes:
        """Return the picture of *work*; *gone* says whether the client has left meanwhile.

        Raises:
            NeverFits: it needs more memory than a process may take.
            Busy: it cannot be had within the longest wait.
            Abandoned: the client left before drawing began.
        """
        self._counts.add("asked")
        kept = self._derivatives.read(work.key)
        if kept is not None:
            self._counts.add("kept")
            return kept
        with self._counted(), self._among_the_most():
            self._lanes.require_room(work.peak_bytes)
            patience = Patience(self._ticks, self._limits.longest_wait_seconds, gone)
            while True:
                under_way, mine = self._join(work.key)
                if mine:
                    return self._finish(work, under_way, patience)
                body = _awaited(under_way, patience)
                if body is not None:
                    self._counts.add("shared")
                    return body

    @contextmanager
    def _counted(self) -> Iterator[None]:
        try:
            yield
        except NeverFits:
            self._counts.add("refused_413")
            raise
        except Busy:
            self._counts.add("refused_503")
            raise
        except Abandoned:
            self._counts.add("abandoned")
            raise

    @contextmanager
    def _among_the_most(self) -> Iterator[None]:
        """Turn away at once what would leave the server no thread for tiles."""
        with self._lock:
            if self._at_once >= MOST_AT_ONCE:
                raise Busy
            self._at_once += 1
        try:
            yield
        finally:
            with self._lock:
                self._at_once -= 1

    def _join(self, key: str) -> tuple[_UnderWay, bool]:
        with self._lock:
            found = self._under_way.get(key)
            if found is not None:
                return found, False
            mine = self._under_way[key] = _UnderWay()
            return mine, True

    def _finish(self, work: Work, under_way: _UnderWay, patience: Patience) -> bytes:
        try:
            under_way.body = self._made(work, patience)
        except (Abandoned, Busy):
            raise  # the others have clients and patience of their own
        except Exception as error:
            under_way.error = error
            raise
        else:
            return under_way.body
        finally:
            with self._lock:
                del self._under_way[work.key]
            under_way.done.set()

    def _made(self, work: Work, patience: Patience) -> bytes:
        if not self._derivatives.keeps:  # nothing would pass from one process to the other
            return self._drawn(work, patience)
        with self._derivatives.turn(work.key, patience):
            found = self._derivatives.read(work.key)
            if found is not None:
                self._counts.add("shared")
                return found
            body = self._drawn(work, patience)
            self._derivatives.keep(work.key, body)
            return body

    def _drawn(self, work: Work, patience: Patience) -> bytes:
        with self._lanes.seat(work.peak_bytes, patience):
            self._counts.add("drawn")
            return work.make()


def _awaited(under_way: _UnderWay, patience: Patience) -> bytes | None:
    """Return what another thread draws, or None where it gave up and nobody does."""
    while not under_way.done.wait(_LOOK_SECONDS):
        patience()
    if under_way.error is not None:
        raise under_way.error
    return under_way.body
