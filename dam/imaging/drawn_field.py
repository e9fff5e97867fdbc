"""The brushes of the drawn pictures: fields of noise, palettes, light and grain.

A *field* is a one-band float image. Every length is given in pixels of the full-size picture, so
that the same formulas draw a small proof of the same picture. Nothing here holds a whole picture
in memory: libvips computes tile by tile when the file is written.
"""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyvips

Colour = tuple[float, float, float]
Stop = tuple[float, str]

_PALETTE_STEPS = 8192
_SMALLEST_CELL = 2
_WORD = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper of one picture: its size in pixels as drawn, and its scale against full size."""

    width: int
    height: int
    scale: float = 1.0

    @property
    def full_width(self) -> float:
        """The width of the full-size picture, in its pixels."""
        return self.width / self.scale

    @property
    def full_height(self) -> float:
        """The height of the full-size picture, in its pixels."""
        return self.height / self.scale

    def flat(self, value: float = 0.0) -> pyvips.Image:
        """A field that is *value* everywhere."""
        return (pyvips.Image.black(self.width, self.height) + value).cast("float")

    def coordinates(self) -> tuple[pyvips.Image, pyvips.Image]:
        """The fields x and y, in pixels of the full-size picture, from the top left."""
        places = pyvips.Image.xyz(self.width, self.height).cast("float") / self.scale
        return places[0], places[1]

    def noise(self, cell: float, seed: int) -> pyvips.Image:
        """Perlin noise of about -0.7…0.7; *cell* is the size of its features in pixels.

        Features that are too small to be seen at this scale are left out.
        """
        size = round(cell * self.scale)
        if size < _SMALLEST_CELL:
            return self.flat()
        return pyvips.Image.perlin(self.width, self.height, cell_size=size, seed=seed)

    def octaves(
        self, cells: Sequence[float], seed: int, gain: float = 0.5, *, ridged: bool = False
    ) -> pyvips.Image:
        """Noise over noise: each cell size adds *gain* times what the one before it added.

        Ridged octaves are folded at zero: 0 in the valleys, up to 1 for each octave on the crests.
        """
        total, weight = self.flat(), 1.0
        for octave, cell in enumerate(cells):
            layer = self.noise(cell, seed + octave)
            total += (1 - layer.abs() * 1.6 if ridged else layer) * weight
            weight *= gain
        return total

    def soft(self, sketch: Callable[["Sheet"], pyvips.Image], shrink: int = 8) -> pyvips.Image:
        """A field without fine detail, drawn *shrink* times smaller, kept in memory and enlarged.

        A slow formula becomes cheap, and a warp made of it asks for compact pieces of its source.
        """
        smaller = Sheet(
            max(-(-self.width // shrink), 2), max(-(-self.height // shrink), 2), self.scale / shrink
        )
        small = sketch(smaller).cast("float").copy_memory()
        return small.resize(
            self.width / smaller.width, vscale=self.height / smaller.height, kernel="cubic"
        )

    def profile(self, heights: Callable[[float], float]) -> pyvips.Image:
        """A field that changes with x only: *heights* is asked once for each column."""
        row = array("f", (heights(x / self.scale) for x in range(self.width)))
        strip = pyvips.Image.new_from_memory(row.tobytes(), self.width, 1, 1, "float")
        return strip.embed(0, 0, self.width, self.height, extend="copy")

    def sparks(self, threshold: float, seed: int) -> pyvips.Image:
        """Single bright pixels on nothing: by how much white noise goes above *threshold* sigma."""
        noise = pyvips.Image.gaussnoise(self.width, self.height, sigma=1, mean=0, seed=seed)
        return (noise - threshold).clamp(min=0, max=9)


def chance(seed: int, index: int) -> float:
    """A number of 0…1 that looks random and is the same on every machine."""
    word = (index * 0x9E3779B1 + seed * 0x85EBCA77) & _WORD
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        word = ((word ^ (word >> shift)) * factor) & _WORD
    return (word ^ (word >> 16)) / _WORD


def wander(seed: int, place: float) -> float:
    """A smooth random line of -1…1 over *place*, with one free value at each whole number."""
    left = int(place // 1)
    part = place - left
    ease = part * part * (3 - 2 * part)
    return (chance(seed, left) * (1 - ease) + chance(seed, left + 1) * ease) * 2 - 1


def step(field: pyvips.Image, low: float, high: float) -> pyvips.Image:
    """0 below *low*, 1 above *high*, and a smooth slope between; *low* may be the greater."""
    part = ((field - low) / (high - low)).clamp(min=0, max=1)
    return part * part * (3 - part * 2)


def mix(
    under: pyvips.Image, over: pyvips.Image | Sequence[float], part: pyvips.Image
) -> pyvips.Image:
    """*under* where *part* is 0 and *over* where it is 1."""
    if isinstance(over, pyvips.Image):
        return under + (over - under) * part
    return under * (1 - part) + part * list(over)


def rgb(code: str) -> Colour:
    """The three numbers of 0…255 in a colour like ``e8d3a1``."""
    red, green, blue = bytes.fromhex(code)
    return float(red), float(green), float(blue)


def palette(field: pyvips.Image, stops: Sequence[Stop]) -> pyvips.Image:
    """The colours of *field*, which counts from 0 to 1, through *stops* of (place, colour)."""
    table = array("f")
    for index in range(_PALETTE_STEPS):
        table.extend(_between(stops, index / (_PALETTE_STEPS - 1)))
    return look_up(field, table)


def look_up(field: pyvips.Image, table: "array[float]") -> pyvips.Image:
    """The colours of *field* from a table of red, green, blue triples for 0…1."""
    steps = len(table) // 3
    colours = pyvips.Image.new_from_memory(table.tobytes(), steps, 1, 3, "float")
    return (field * (steps - 1)).clamp(min=0, max=steps - 1).cast("ushort").maplut(colours)


def _between(stops: Sequence[Stop], place: float) -> Colour:
    for (low, dark), (high, light) in pairwise(stops):
        if place <= high:
            part = max(0.0, (place - low) / (high - low))
            red, green, blue = (
                a + (b - a) * part for a, b in zip(rgb(dark), rgb(light), strict=True)
            )
            return red, green, blue
    return rgb(stops[-1][1])


def slopes(height: pyvips.Image, steepness: float) -> tuple[pyvips.Image, pyvips.Image]:
    """How fast *height* rises to the right and downwards, in *steepness* units for each pixel."""
    across = pyvips.Image.new_from_array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], scale=8)
    shared = kept(height)
    return (
        shared.conv(across, precision="float") * steepness,
        shared.conv(across.rot90(), precision="float") * steepness,
    )


def lit(right: pyvips.Image, down: pyvips.Image, light: tuple[float, float, float]) -> pyvips.Image:
    """Lambert's light on slopes: 1 is full light; *light* points to the lamp (x, y, up)."""
    x, y, up = light
    length = (x * x + y * y + up * up) ** 0.5
    dot = (right * -x + down * -y + up) / length
    return dot / (right * right + down * down + 1) ** 0.5


def kept(image: pyvips.Image) -> pyvips.Image:
    """The same picture, with a few tiles remembered, for a field that is used more than once."""
    across = image.width // 256 + 1
    return image.tilecache(
        tile_width=256, tile_height=256, max_tiles=3 * across, access="random", threaded=True
    )


def finished(colours: pyvips.Image, *, grain: float, seed: int) -> pyvips.Image:
    """Eight bits for each colour; a little grain hides the steps of smooth skies.

    *grain* is the sigma of the grain in steps of 0…255.
    """
    speckle = pyvips.Image.gaussnoise(
        colours.width, colours.height, sigma=grain, mean=0.5, seed=seed
    )
    space = "srgb" if colours.bands > 1 else "b-w"
    return (colours + speckle).clamp(min=0, max=255).cast("uchar").copy(interpretation=space)
