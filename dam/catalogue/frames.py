"""What is said of a frame beside its words: how it is turned, whether it is picked, whose back."""

from dataclasses import replace
from enum import StrEnum

from dam.catalogue.people import PersonShown, Region


class Turn(StrEnum):
    """How far a picture is turned clockwise, in degrees, after the orientation of its file."""

    RIGHT = "90"
    OVER = "180"
    LEFT = "270"

    @property
    def degrees(self) -> int:
        """The angle, clockwise."""
        return int(self)


class Mark(StrEnum):
    """What whoever edits a series thinks of a frame; never shown outside."""

    PICK = "pick"
    REJECT = "reject"


def turned_by(turn: Turn | None, quarters: int) -> Turn | None:
    """Return *turn* and then *quarters* of a turn more, clockwise; None stands upright."""
    degrees = ((turn.degrees if turn else 0) + 90 * quarters) % 360
    return Turn(str(degrees)) if degrees else None


def read_turn(words: str | None) -> Turn | None:
    """Return the turn that a field says, None for none and for what is no turn."""
    return Turn(words) if words in set(Turn) else None


def read_mark(words: str | None) -> Mark | None:
    """Return the mark that a field says, None for none and for what is no mark."""
    return Mark(words) if words in set(Mark) else None


def people_turned(people: tuple[PersonShown, ...], quarters: int) -> tuple[PersonShown, ...]:
    """Return *people* with their regions where they are once the picture is turned clockwise."""
    for _ in range(quarters % 4):
        people = tuple(
            replace(one, region=_a_quarter(one.region)) if one.region else one for one in people
        )
    return people


def _a_quarter(region: Region) -> Region:
    """A region after a quarter turn clockwise; what rounding pushes out of the picture is cut."""
    x = max(0.0, 1 - region.y - region.height)
    y = region.x
    return Region(x, y, min(region.height, 1 - x), min(region.width, 1 - y))
