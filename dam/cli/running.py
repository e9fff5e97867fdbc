"""Running the jobs of the archive in this process, until none is left or a person stops it."""

import signal
import time
from collections.abc import Callable
from types import FrameType
from typing import Self

import click

from dam.workflows import jobs
from dam.workflows.archive import Archive

_PAUSE_SECONDS = 0.2
# What another process has claimed may be a huge picture. A process that died gives its job back
# only when the lease ends; nobody is kept waiting that long.
_PATIENCE_SECONDS = 600


class Stopping:
    """Whether a person asked to stop: the first Ctrl-C lets what runs finish, the second does not.

    SIGTERM counts as the first.
    """

    def __init__(self) -> None:
        self.wanted = False
        self._before = (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM))

    def __enter__(self) -> Self:
        self._before = (
            signal.signal(signal.SIGINT, self._note),
            signal.signal(signal.SIGTERM, self._note),
        )
        return self

    def __exit__(self, *_error: object) -> None:
        signal.signal(signal.SIGINT, self._before[0])
        signal.signal(signal.SIGTERM, self._before[1])

    def _note(self, number: int, _frame: FrameType | None) -> None:
        if self.wanted and number == signal.SIGINT:
            raise KeyboardInterrupt
        self.wanted = True
        click.echo("Stopping after what is being done; Ctrl-C again stops at once.", err=True)


def run_jobs(
    archive: Archive, stopping: Stopping, on_left: Callable[[int], None] = lambda _left: None
) -> None:
    """Run jobs until none is unfinished; other processes may take their share of them.

    *on_left* is told after each job how many are left.
    """
    fewest, since = jobs.unfinished(archive), archive.ticks()
    while fewest and not stopping.wanted:
        ran = jobs.run_one(archive)
        left = jobs.unfinished(archive)
        on_left(left)
        if ran or left != fewest:
            fewest, since = left, archive.ticks()
        elif archive.ticks() - since > _PATIENCE_SECONDS:
            return
        else:
            time.sleep(_PAUSE_SECONDS)
