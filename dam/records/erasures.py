"""Values of events that were erased by law: which they are, and how an event tells of them.

The event of an erasure lists what it erased as numbers, ``actor 3-5 9; before 12``, so that it
names nobody and a value that somebody else removed is found by what no erasure tells of.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dam.errors import Malformed
from dam.records.chain import Part

ERASED = "erased"
"""The verb of an erasure; its subject is the log."""
LOG = "log"


class UnreadableErasure(Malformed):
    """The list of an erasure was not written by this program."""

    def __init__(self) -> None:
        super().__init__("The list of an erasure cannot be read.")


@dataclass(slots=True)
class Numbers:
    """Numbers of events as runs, which is little even where there are a million."""

    runs: list[tuple[int, int]] = field(default_factory=list)

    def add(self, first: int, last: int) -> None:
        """Add a run; runs mostly come in their order, and then one grows."""
        if self.runs and self.runs[-1][0] <= first <= self.runs[-1][1] + 1:
            self.runs[-1] = (self.runs[-1][0], max(last, self.runs[-1][1]))
        else:
            self.runs.append((first, last))

    def tidy(self) -> "Numbers":
        """Return the same numbers in their order, runs that touch joined."""
        found = Numbers()
        for first, last in sorted(self.runs):
            found.add(first, last)
        return found

    def without(self, other: "Numbers") -> "Numbers":
        """Return the numbers that are here and not in *other*."""
        left, theirs = Numbers(), other.tidy().runs
        place = 0
        for first, last in self.tidy().runs:
            start = first
            while place < len(theirs) and theirs[place][1] < start:
                place += 1
            look = place
            while look < len(theirs) and theirs[look][0] <= last:
                if theirs[look][0] > start:
                    left.add(start, theirs[look][0] - 1)
                start = max(start, theirs[look][1] + 1)
                look += 1
            if start <= last:
                left.add(start, last)
        return left

    def __str__(self) -> str:
        spans = (str(one) if one == last else f"{one}-{last}" for one, last in self.runs)
        return " ".join(spans)

    def __len__(self) -> int:
        return sum(last - first + 1 for first, last in self.runs)


Erased = Mapping[Part, Numbers]


def nothing_erased() -> dict[Part, Numbers]:
    """Return an empty list for each part."""
    return {part: Numbers() for part in Part}


def told(erased: Erased) -> str:
    """Return the list of an erasure as its event tells it."""
    kept = {part: numbers.tidy() for part, numbers in erased.items()}
    return "; ".join(f"{part} {numbers}" for part, numbers in kept.items() if numbers.runs)


def read(text: str) -> Iterable[tuple[Part, int, int]]:
    """Yield the runs of a list that ``told`` wrote; raises ``UnreadableErasure``."""
    for piece in filter(None, text.split("; ")):
        name, *spans = piece.split()
        for span in spans:
            first, _, last = span.partition("-")
            try:
                yield Part(name), int(first), int(last or first)
            except ValueError as error:
                raise UnreadableErasure from error
