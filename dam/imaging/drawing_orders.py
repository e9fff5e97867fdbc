"""What a process that draws is told, and what it answers."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from dam.iiif.geometry import RenderPlan
from dam.iiif.tiles import Pyramid

ORDER = struct.Struct(">Q")
"""The length of the order that follows; the open pack comes beside it."""
ANSWER = struct.Struct(">BQ")
"""The outcome, and the length of the picture that follows."""


class Outcome(IntEnum):
    """What became of an order."""

    DRAWN = 0
    DAMAGED = 1
    NO_MEMORY = 2
    FAULT = 3


@dataclass(frozen=True, slots=True)
class Order:
    """A picture that is wanted, and where its tiles lie in the pack: name to (offset, length)."""

    plan: RenderPlan
    pyramid: Pyramid
    grayscale: bool
    jpeg_quality: int
    tiles: Mapping[str, tuple[int, int]]
