"""How a process that runs jobs learns that it should end: a signal, or its parent is gone."""

import os
import signal
import threading
from types import FrameType

_STANDARD_INPUT = 0


class Ending:
    """Whether to end after the current job; waiting for it can be cut short."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def ask(self) -> None:
        """Say that it should end."""
        self._event.set()

    @property
    def wanted(self) -> bool:
        """Whether it should end."""
        return self._event.is_set()

    def wait(self, seconds: float) -> None:
        """Return after *seconds*, or as soon as it should end."""
        self._event.wait(seconds)


def end_at_signals(ending: Ending) -> None:
    """Let SIGTERM or Ctrl-C end the process after its current job, and the second one at once."""

    def note(number: int, _frame: FrameType | None) -> None:
        ending.ask()
        signal.signal(number, signal.SIG_DFL)

    signal.signal(signal.SIGTERM, note)
    signal.signal(signal.SIGINT, note)


def end_with_parent(ending: Ending) -> None:
    """End when standard input closes: its other end is held by the parent alone.

    Unlike a signal at the parent's death this works on every system, and when the parent is killed.
    Ctrl-C reaches the parent too, and is left to it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        # Not sys.stdin: a thread that waits in it aborts the interpreter at its end.
        while os.read(_STANDARD_INPUT, 1024):
            pass
        ending.ask()

    threading.Thread(target=watch, name="parent", daemon=True).start()
