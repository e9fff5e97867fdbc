"""The drawn pictures that are asked for: always the same ones for pictures of the same sizes."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from dam.iiif.extents import Extent
from dam.iiif.geometry import Box

SEED = 20270301
_THUMBNAILS = ("!200,200", "400,", ",120", "90,")
_PREVIEWS = ("1200,", "1000,", "900,")
_VIEWER_TILE = 256  # of viewers that were told nothing of tiles; none of ours is stored so
_VIEWER_SCALES = (1, 2, 4)
_VIEWER_REGIONS, _FREE_REGIONS = 6, 8
_FREE_SIDES = (200, 1200)


class Form(StrEnum):
    """The kinds of drawn pictures, each with a budget."""

    THUMBNAILS = "thumbnails"
    REGIONS = "regions"
    PREVIEWS = "previews"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One drawn picture: of which photograph, which part of it (None: all), and the URL's tail."""

    picture: int
    box: Box | None
    tail: str


def wanted(form: Form, extents: Sequence[Extent]) -> tuple[Wanted, ...]:
    """Return what is asked for of photographs of these sizes, in the order of asking."""
    chance = random.Random(f"{SEED} {form}")  # noqa: S311 (places in a picture, no secret)
    match form:
        case Form.THUMBNAILS:
            found = list(_whole(extents, _THUMBNAILS))
        case Form.PREVIEWS:
            found = list(_whole(extents, _PREVIEWS))
        case Form.REGIONS:
            found = [
                one
                for number, extent in enumerate(extents)
                for one in (
                    *_as_a_viewer(number, extent, chance),
                    *_anywhere(number, extent, chance),
                )
            ]
        case _:
            assert_never(form)
    chance.shuffle(found)
    return tuple(dict.fromkeys(found))


def _whole(extents: Sequence[Extent], sizes: Sequence[str]) -> Iterator[Wanted]:
    """The whole picture, smaller than it is: nothing is enlarged."""
    for number, extent in enumerate(extents):
        for size in sizes:
            width, height = (int(side or 1) for side in size.lstrip("!").split(","))
            if width < extent.width and height < extent.height:
                yield Wanted(number, None, f"full/{size}/0/default.jpg")


def _as_a_viewer(number: int, extent: Extent, chance: random.Random) -> Iterator[Wanted]:
    """Whole tiles of 256 pixels on a grid of their own, at several scales."""
    for turn in range(_VIEWER_REGIONS):
        side = _VIEWER_TILE * _VIEWER_SCALES[turn % len(_VIEWER_SCALES)]
        columns, rows = extent.width // side, extent.height // side
        if columns and rows:
            x, y = chance.randrange(columns) * side, chance.randrange(rows) * side
            yield _region(number, Box(x, y, side, side), f"{_VIEWER_TILE},")


def _anywhere(number: int, extent: Extent, chance: random.Random) -> Iterator[Wanted]:
    """Regions that no grid knows, as they are or at three fifths of their size."""
    least, most = _FREE_SIDES
    for turn in range(_FREE_REGIONS):
        width = min(chance.randint(least, most), extent.width)
        height = min(chance.randint(least, most), extent.height)
        x = chance.randint(0, extent.width - width)
        y = chance.randint(0, extent.height - height)
        size = f"{width}," if turn % 2 else f"{max(1, width * 3 // 5)},"
        yield _region(number, Box(x, y, width, height), size)


def _region(number: int, box: Box, size: str) -> Wanted:
    tail = f"{box.x},{box.y},{box.width},{box.height}/{size}/0/default.jpg"
    return Wanted(number, box, tail)
