"""A panorama of wooded hills, one behind the other, at the end of a day."""

from dataclasses import dataclass

import pyvips

from dam.imaging.drawn_field import (
    Sheet,
    chance,
    finished,
    kept,
    mix,
    palette,
    rgb,
    step,
    wander,
)

_SKY = (
    (0.0, "27395c"), (0.18, "45597f"), (0.36, "8a83a0"), (0.50, "cf9c94"), (0.62, "eeb585"),
    (0.74, "f8d19a"), (1.0, "fde9c4"),
)  # fmt: skip
_SUN = (0.655, 0.50)


@dataclass(frozen=True, slots=True)
class Ridge:
    """One range of hills: where its skyline runs, how rough it is, its colours, its trees."""

    seed: int
    top: float
    swing: float
    wave: float
    body: str
    haze: str
    tree: float = 0.0


_RIDGES = (
    Ridge(5, 1430, 150, 1500, "c99a93", "f3c9a0"),
    Ridge(17, 1560, 170, 1150, "a98294", "ecbd9e"),
    Ridge(29, 1690, 160, 1300, "836f8d", "d9a898", 14),
    Ridge(41, 1840, 190, 1000, "5f5a7d", "b98f94", 26),
    Ridge(53, 2010, 200, 1250, "434a69", "8f7d8d", 44),
    Ridge(67, 2230, 210, 1500, "2b3a52", "62637c", 74),
    Ridge(79, 2500, 220, 1900, "1a2a3a", "3b4a5f", 125),
    Ridge(97, 2800, 170, 2600, "0d1720", "1d2b38", 230),
)


def layered_hills(sheet: Sheet) -> pyvips.Image:
    """Eight ridges in evening haze; the woods on them sharpen from ridge to ridge."""
    x, y = sheet.coordinates()
    scene = _sky(sheet, x, y)
    for ridge in _RIDGES:
        scene = _with_ridge(scene, sheet, y, ridge)
    return finished(scene, grain=1.3, seed=12)


def _sky(sheet: Sheet, x: pyvips.Image, y: pyvips.Image) -> pyvips.Image:
    sun_x, sun_y = _SUN[0] * sheet.full_width, _SUN[1] * sheet.full_height
    away = ((x - sun_x) ** 2 + (y - sun_y) ** 2) ** 0.5
    sky = palette(y / 1650 + (away * (-1 / 1700)).exp() * 0.16, _SKY)

    def veils(small: Sheet) -> pyvips.Image:
        squeezed = Sheet(small.width // 5, small.height, small.scale)
        thin = squeezed.octaves((420, 210, 105, 52, 26), 301, 0.58)
        return thin.resize(small.width / squeezed.width, vscale=1)

    veil = sheet.soft(veils, 2)
    height = step(y, 60, 620) * step(y, 1500, 950)
    cloud = step(veil, 0.0, 0.62) * height
    glow = (away * (-1 / 2600)).exp()
    bright = glow.bandjoin([glow * 0.62, glow * 0.42]) * [150, 150, 150] + [150, 112, 128]
    sky = mix(sky, bright.clamp(min=0, max=255), cloud * 0.55)
    disc = step(away, 92, 90)
    corona = (away * (-1 / 240)).exp() * 70 + (away * (-1 / 900)).exp() * 40
    sky += corona * [1.0, 0.82, 0.55]
    return mix(sky, (255.0, 249.0, 226.0), disc)


def _with_ridge(scene: pyvips.Image, sheet: Sheet, y: pyvips.Image, ridge: Ridge) -> pyvips.Image:
    ground = sheet.profile(lambda x: _skyline(ridge, x))
    depth = kept(y - ground)
    body = _body(sheet, depth, ridge)
    covered = (depth * sheet.scale + 0.5).clamp(min=0, max=1)
    if ridge.tree * sheet.scale >= 3:
        covered = covered.maxpair(_trees(sheet, y, ridge))
    return mix(scene, body, covered)


def _skyline(ridge: Ridge, x: float) -> float:
    """How far down the skyline runs at *x*: broad waves with smaller ones on them."""
    height, swing, wave = ridge.top, ridge.swing, ridge.wave
    for octave in range(8):
        height += swing * wander(ridge.seed + octave, x / wave)
        swing *= 0.46
        wave *= 0.49
    return height


def _body(sheet: Sheet, depth: pyvips.Image, ridge: Ridge) -> pyvips.Image:
    """The hillside: dark at the crest, lost in mist below, mottled by its woods."""
    fall = (depth / (ridge.swing * 2.4)).clamp(min=0, max=1)
    mist = sheet.soft(lambda small: small.octaves((900, 450, 225, 112), ridge.seed + 500, 0.55))
    part = (fall**0.8 + mist * 0.35 * fall).clamp(min=0, max=1)
    body = mix(
        sheet.flat().bandjoin([sheet.flat()] * 2) + list(rgb(ridge.body)), rgb(ridge.haze), part
    )
    size = max(ridge.tree, 8)
    mottle = sheet.octaves(
        (size * 6, size * 3, size * 1.5, size * 0.7, size * 0.35), ridge.seed + 700, 0.72
    )
    return body * (mottle * (1 - part * 0.75) * 0.22 + 1)


def _trees(sheet: Sheet, y: pyvips.Image, ridge: Ridge) -> pyvips.Image:
    """1 inside the conifers along the skyline; each is a cone with drooping branches."""
    apexes: list[float] = []
    trunks: list[float] = []
    tall: list[float] = []
    for column in range(sheet.width):
        apex, away, size = _tree_at(ridge, column / sheet.scale)
        apexes.append(apex)
        trunks.append(away)
        tall.append(size)
    lines = iter(apexes)
    below = y - sheet.profile(lambda _: next(lines))
    lines_away, lines_tall = iter(trunks), iter(tall)
    away = sheet.profile(lambda _: next(lines_away))
    size = sheet.profile(lambda _: next(lines_tall))
    part = below / size
    tiers = part * 9
    droop = tiers - tiers.floor()
    reach = size * 0.21 * part * (droop * 0.55 + 0.5) + size * 0.008
    inside = ((reach - away) * sheet.scale + 0.5).clamp(min=0, max=1)
    return inside * (below * sheet.scale + 0.5).clamp(min=0, max=1)


def _tree_at(ridge: Ridge, x: float) -> tuple[float, float, float]:
    """Of the trees near *x*, the one that stands highest there: apex, distance, height."""
    spacing = ridge.tree * 0.30
    best = (1e9, 1e9, 1.0, 1e9)
    middle = int(x // spacing)
    for index in range(middle - 2, middle + 3):
        stem = (index + chance(ridge.seed + 900, index)) * spacing
        size = ridge.tree * (0.45 + 0.75 * chance(ridge.seed + 901, index) ** 1.5)
        size *= 0.75 + 0.45 * wander(ridge.seed + 902, stem / (ridge.tree * 5))
        apex = _skyline(ridge, stem) - size * 0.82
        away = abs(x - stem)
        edge = apex + away / 0.21
        if edge < best[3]:
            best = (apex, away, size, edge)
    return best[:3]
