"""Six smaller scenes: a sea, dunes, an agate, a night sky, fog in a wood, and interference."""

from collections.abc import Callable

import pyvips

from dam.imaging.drawn_field import (
    Sheet,
    chance,
    finished,
    kept,
    lit,
    mix,
    palette,
    rgb,
    slopes,
    step,
    wander,
)

_DUSK = (
    (0.0, "1f3350"), (0.3, "3f5a7d"), (0.55, "a58ea0"), (0.75, "eab08a"), (0.9, "f8d6a0"),
    (1.0, "fff0cf"),
)  # fmt: skip
_WATER = (
    (0.0, "0d2233"), (0.35, "1d4256"), (0.6, "41687a"), (0.8, "c0a48e"), (0.93, "f4cf9b"),
    (1.0, "fff3d6"),
)  # fmt: skip
_SAND = (
    (0.0, "3a1d1c"), (0.25, "7a4028"), (0.5, "bd7440"), (0.72, "e2a868"), (0.9, "f3cf97"),
    (1.0, "fdebc8"),
)  # fmt: skip
_AGATE = (
    (0.0, "20302f"), (0.12, "2f5a58"), (0.22, "8fb5a6"), (0.3, "eee7d5"), (0.38, "c9764a"),
    (0.5, "7b2f1f"), (0.6, "e7b78b"), (0.68, "f7efe0"), (0.8, "5f7f94"), (0.92, "24384d"),
    (1.0, "101a24"),
)  # fmt: skip
_NIGHT = (
    (0.0, "04060d"), (0.35, "0b1226"), (0.55, "1d2347"), (0.7, "46386b"), (0.84, "9b5c78"),
    (0.94, "e8a07a"), (1.0, "ffe7c2"),
)  # fmt: skip
_TURN = 360.0


def low_sun_over_the_sea(sheet: Sheet) -> pyvips.Image:
    """Waves that shrink towards the horizon, with the light of a low sun on them."""
    x, y = sheet.coordinates()
    horizon = sheet.full_height * 0.42
    sun_x = sheet.full_width * 0.37
    away = ((x - sun_x) ** 2 + (y - horizon * 0.86) ** 2) ** 0.5
    sky = palette(y / horizon * 0.92 + (away * (-1 / 900)).exp() * 0.3, _DUSK)
    sky = mix(sky, (255.0, 246.0, 220.0), step(away, 118, 110))

    depth = (y - horizon).clamp(min=1, max=sheet.full_height)
    near = 46000 / depth
    chop = sheet.octaves((340, 170, 85, 42, 21, 11), 7, 0.62)
    phase = near * 3.1 + chop * (depth * 0.004 + 1.2) + (x - sun_x) / (depth * 1.6 + 60)
    swell = (phase * (_TURN / 6.283)).sin() * 0.5 + 0.5
    glitter = ((x - sun_x) ** 2 / (depth * 0.62 + 170) ** 2 * -1).exp()
    bright = swell * 0.2 + chop * 0.26 + glitter * (swell * swell * 0.62 + chop * 0.5 + 0.1)
    sea = palette((bright + 0.12).clamp(min=0, max=1), _WATER)
    sea = mix(sea, rgb("e9bd94"), (depth * (-1 / 130)).exp() * 0.6)
    return finished(mix(sky, sea, step(y, horizon - 1, horizon + 1)), grain=1.5, seed=21)


def dunes(sheet: Sheet) -> pyvips.Image:
    """Ridges of sand in a slanting light, rippled by the wind; an upright picture."""

    def sweep(small: Sheet) -> pyvips.Image:
        x, y = small.coordinates()
        bend = small.octaves((3600, 1800, 900), 5, 0.5)
        ridges = ((x * 0.55 + y * 1.1) / 520 + bend * 5.2) * (_TURN / 6.283)
        crest = 1 - (ridges.sin().abs()) ** 0.72
        return crest * 190 + bend * 420

    broad = sheet.soft(sweep, 4)
    x, y = sheet.coordinates()
    drift = sheet.octaves((620, 310), 41, 0.5)
    ripple = ((x * 0.9 - y * 0.55) / 9.5 + broad * 0.11 + drift * 7) * (_TURN / 6.283)
    height = broad + ripple.sin() * 0.85 + sheet.octaves((44, 22, 11), 61, 0.5) * 3.2
    right, down = slopes(kept(height), 1.9 * sheet.scale)
    light = lit(right, down, (-0.75, -0.45, 0.5)).clamp(min=0, max=1)
    haze = (y / sheet.full_height).clamp(min=0, max=1)
    colours = palette(light * 0.86 + 0.1, _SAND)
    colours = mix(colours, rgb("f2d6b0"), (1 - haze) ** 3 * 0.75)
    return finished(colours, grain=3.0, seed=33)


def agate(sheet: Sheet) -> pyvips.Image:
    """The bands of a cut stone, folded by noise; a square picture."""

    def folds(small: Sheet) -> pyvips.Image:
        x, y = small.coordinates()
        middle = small.full_width / 2
        away = (((x - middle) * 0.8) ** 2 + (y - middle) ** 2) ** 0.5 / middle
        return away * 1.5 + small.octaves((2600, 1300, 650, 325), 17, 0.4) * 0.62

    stone = sheet.soft(folds, 4)
    fine = sheet.octaves((64, 32, 16, 8), 71, 0.55)
    bands = stone * 3.1 + fine * 0.02
    place = bands - bands.floor()
    colours = palette(place, _AGATE)
    threads = ((stone * 62 + fine * 0.3) * (_TURN / 6.283)).sin() * 0.07 + 1
    druse = step(stone, 0.34, 0.16)
    crystals = slopes(kept(sheet.octaves((150, 75, 38), 91, 0.6, ridged=True)), 26 * sheet.scale)
    glint = lit(*crystals, (-0.6, -0.5, 0.6)).clamp(min=0, max=1)
    heart = palette(glint, ((0.0, "4b4666"), (0.5, "a9a3bd"), (0.85, "f2eef2"), (1.0, "ffffff")))
    return finished(mix(colours * threads, heart, druse), grain=1.6, seed=44)


def night_sky(sheet: Sheet) -> pyvips.Image:
    """Stars of several sizes before a band of glowing clouds and dark dust."""

    def clouds(small: Sheet) -> pyvips.Image:
        x, y = small.coordinates()
        across = (y - small.full_height * 0.62 + (x - small.full_width / 2) * 0.42) / 900
        band = (across * across * -1).exp()
        gas = small.octaves((2200, 1100, 550, 275, 137, 68), 9, 0.56)
        dust = small.octaves((1500, 750, 375, 187, 94), 57, 0.58, ridged=True)
        return band * (gas * 0.85 + 0.95) - step(dust / 2.2, 0.55, 0.95) * band * 0.55

    glow = sheet.soft(clouds, 4)
    colours = palette((glow * 0.72 + 0.12).clamp(min=0, max=1), _NIGHT)
    dim = (sheet.sparks(3.2, 5) * 330).gaussblur(max(0.5, 0.7 * sheet.scale))
    clear = (sheet.sparks(3.9, 6) * 5200).gaussblur(max(0.6, 1.3 * sheet.scale))
    large = (sheet.sparks(4.6, 8) * 90000).gaussblur(max(0.8, 2.8 * sheet.scale))
    shine = dim + clear + large
    return finished(colours + shine.bandjoin([shine * 0.95, shine * 0.88]), grain=1.2, seed=55)


def fog_in_a_wood(sheet: Sheet) -> pyvips.Image:
    """Trunks one behind the other, each row paler than the one before it; in gray."""
    _, y = sheet.coordinates()
    drift = sheet.soft(lambda small: small.octaves((1500, 750, 375, 187), 3, 0.55), 8)
    scene = (y / sheet.full_height * -40 + 226) + drift * 16
    for row in range(7):
        part = row / 6
        width = 16 + 74 * part**1.6
        spacing = 150 + 520 * part**1.4
        trunks = sheet.profile(_trunk_row(row, width, spacing))
        bark = sheet.octaves((width * 1.2, width * 0.5, 11), 80 + row, 0.6)
        lean = (trunks + bark * width * 0.11) * sheet.scale
        inside = (lean * -1 + 0.5).clamp(min=0, max=1)
        tone = 206 - 172 * part
        mist = (drift * 0.35 + 0.1 * (1 - part)).clamp(min=0, max=0.8)
        wood = (bark * (6 + 26 * part) + tone) * (1 - mist) + mist * 214
        scene = scene + (wood - scene) * inside
    ground = step(y + drift * 130, sheet.full_height * 0.86, sheet.full_height)
    moss = sheet.octaves((120, 60, 30, 15, 8), 140, 0.62) * 46 + 52
    return finished(scene + (moss - scene) * ground * 0.85, grain=2.2, seed=66)


def _trunk_row(row: int, width: float, spacing: float) -> Callable[[float], float]:
    """Return how far a column is from the edge of its nearest trunk, negative inside."""

    def away(x: float) -> float:
        middle = int(x // spacing)
        nearest = 1e9
        for index in range(middle - 1, middle + 2):
            stem = (index + 0.15 + 0.7 * chance(300 + row, index)) * spacing
            thick = width * (0.55 + 0.6 * chance(320 + row, index))
            sway = wander(340 + row, x / (width * 3)) * width * 0.04
            nearest = min(nearest, abs(x - stem) - thick / 2 + sway)
        return nearest

    return away


def interference(sheet: Sheet) -> pyvips.Image:
    """Rings from three stones in a pond, where they meet."""
    x, y = sheet.coordinates()
    total = sheet.flat()
    for index, (across, down) in enumerate(((0.24, 0.31), (0.71, 0.22), (0.55, 0.78))):
        dx, dy = x - across * sheet.full_width, y - down * sheet.full_height
        away = (dx * dx + dy * dy) ** 0.5
        total += (away / (7.2 + index * 0.8) * (_TURN / 6.283)).sin() * (away * (-1 / 900)).exp()
    calm = ((0.0, "12324a"), (0.35, "2f6f86"), (0.6, "8fc1bd"), (0.85, "f3efdc"), (1.0, "ffffff"))
    return finished(palette(total / 5.4 + 0.5, calm), grain=1.0, seed=77)
