"""A sheet as texts, and why one is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from dam.errors import Malformed, TooLarge, Unsupported

MOST_ROWS = 100_000


class UnreadableSheet(Malformed):
    """The file is no sheet or text that can be read."""


class SheetTooLarge(TooLarge):
    """The sheet or text is larger than anything a person writes."""


class UnsupportedSheet(Unsupported):
    """The file is a sheet of a kind that is not read."""


@dataclass(frozen=True, slots=True)
class Table:
    """The headings and the rows of a sheet as texts, and what to tell about the reading."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def of_lines(cls, lines: Sequence[tuple[str, ...]], notes: tuple[str, ...] = ()) -> Self:
        """Return the table whose first line holds the headings.

        Raises:
            UnreadableSheet: it holds none.
            SheetTooLarge: there are too many rows.
        """
        if not lines or not any(cell.strip() for cell in lines[0]):
            raise UnreadableSheet("The sheet has no headings in its first row; write them there.")
        if len(lines) > MOST_ROWS + 1:
            raise SheetTooLarge(f"The sheet has more than {MOST_ROWS} rows; split it.")
        return cls(lines[0], tuple(lines[1:]), notes)
