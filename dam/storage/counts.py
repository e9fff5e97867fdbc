"""Counters by name, over the counters by place that all processes add up."""

from collections.abc import Sequence
from pathlib import Path

from dam.storage.counters import Counters


class Counts:
    """One whole number for each of *names*, which only grows, summed over all processes.

    Counting writes to the memory of this process alone; *directory* holds its file.
    """

    def __init__(self, directory: Path, names: Sequence[str]) -> None:
        self._counters = Counters(directory, names)
        self._places = {name: place for place, name in enumerate(names)}

    def add(self, name: str) -> None:
        """Count one more."""
        with self._counters.lock:
            self._counters.cells[self._places[name]] += 1

    def snapshot(self) -> dict[str, int]:
        """Return every sum by its name."""
        return dict(zip(self._places, self._counters.totals(), strict=True))
