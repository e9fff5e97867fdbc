"""A topographic map of a country that does not exist."""

import pyvips

from dam.imaging.drawn_field import Sheet, finished, kept, lit, mix, palette, slopes, step

_SEA = (
    (0.0, "5f93ab"), (0.35, "7fb0c0"), (0.7, "a3cad0"), (0.9, "bfdcd9"), (1.0, "d3e8e0"),
)  # fmt: skip
_LAND = (
    (0.0, "cddbb0"), (0.07, "bcd0a0"), (0.2, "d6d8a4"), (0.36, "ead9a0"), (0.52, "e0bb80"),
    (0.68, "c8956a"), (0.82, "b58a78"), (0.92, "e4dcd8"), (1.0, "ffffff"),
)  # fmt: skip
_INK = (120.0, 70.0, 40.0)
_WATER_INK = (60.0, 110.0, 140.0)
_WOOD = (112.0, 148.0, 92.0)
_CONTOURS = 34
_MARGIN = 260


def contour_map(sheet: Sheet) -> pyvips.Image:
    """Height tints, shaded relief, contour lines, waterlines, woods and a graticule."""
    height = kept(_height(sheet))
    right, down = slopes(height, 520 * sheet.scale)
    light = lit(right, down, (-0.62, -0.62, 0.7))
    rise = (right * right + down * down) ** 0.5 / (520 * sheet.scale)
    coast = step(height, -0.0012, 0.0012)

    land = palette(height * 1.02, _LAND)
    land = _wooded(land, sheet, height)
    land = land * (light * 0.62 + 0.56).clamp(min=0.32, max=1.12)
    land = mix(land, _INK, _contours(sheet, height, rise) * 0.72)

    sea = palette(height * 1.5 + 1, _SEA) * (light * 0.14 + 0.9)
    sea = mix(sea, _WATER_INK, _waterlines(sheet, height, rise) * 0.75)

    ground = mix(sea, land, coast)
    ground = mix(ground, _WATER_INK, _line(height, rise, 2.2 / max(sheet.scale, 0.4)))
    return finished(_framed(ground, sheet), grain=1.6, seed=77)


def _height(sheet: Sheet) -> pyvips.Image:
    """Metres above the sea over 3000: about -0.7…1, the coast at 0."""

    def broad(small: Sheet) -> pyvips.Image:
        x, y = small.coordinates()
        sway = small.octaves((2900, 1450, 725, 362), 11)
        swing = small.octaves((2900, 1450, 725, 362), 29)
        places = (x + sway * 900).bandjoin(y + swing * 900) * small.scale
        shape = small.octaves((4800, 2400, 1200, 600, 300, 150), 3, 0.5)
        crests = small.octaves((2400, 1200, 600, 300, 150, 75), 51, 0.52, ridged=True)
        slope = (x / small.full_width - 0.5) * 0.5 - (y / small.full_height - 0.5) * 0.25
        land = shape * 0.9 + slope + 0.12
        peaks = (crests / 2.05 - 0.42).clamp(min=0, max=2) * step(land, 0.0, 0.6) * 1.5
        whole = land * 0.42 + peaks
        return whole.mapim(places, interpolate=pyvips.Interpolate.new("bicubic"), extend="copy")

    coarse = sheet.soft(broad, 4)
    fine = sheet.octaves((110, 56, 28, 14), 83, 0.5)
    rough = (coarse.abs() * 0.05 + 0.006).clamp(min=0, max=0.05)
    return coarse + fine * rough


def _line(value: pyvips.Image, rise: pyvips.Image, width: float) -> pyvips.Image:
    """1 where *value* is within half of *width* pixels of zero; smooth edges."""
    distance = value.abs() / (rise + 1e-6)
    return (distance * -1 + width / 2 + 0.5).clamp(min=0, max=1)


def _contours(sheet: Sheet, height: pyvips.Image, rise: pyvips.Image) -> pyvips.Image:
    """Brown lines of equal height, every fifth one broader; none where they would run together."""
    lines = sheet.flat()
    for every, width, strength in ((1, 1.3, 0.75), (5, 2.6, 1.0)):
        count = height * (_CONTOURS * 2 / every)
        away = (count - count.rint()) * (every / (_CONTOURS * 2))
        room = step(rise * (_CONTOURS * 2 / every), 0.30, 0.12)
        lines = lines.maxpair(_line(away, rise, width) * room * strength)
    return lines


def _waterlines(sheet: Sheet, height: pyvips.Image, rise: pyvips.Image) -> pyvips.Image:
    """Fine lines that follow the coast and fade towards the open sea."""
    depth = (height * -1).clamp(min=0, max=1) ** 0.5
    count = depth * 42
    steepness = rise * 21 / (depth + 0.02)
    away = count - count.rint()
    fade = step(height, -0.30, -0.005)
    return _line(away, steepness, 1.1) * fade * step(steepness, 0.4, 0.15) * (sheet.scale**0.5)


def _wooded(land: pyvips.Image, sheet: Sheet, height: pyvips.Image) -> pyvips.Image:
    """Dotted woods on the middle slopes, each dot a crown with its shadow."""
    cell = round(19 * sheet.scale)
    belt = step(height, 0.05, 0.10) * step(height, 0.50, 0.36)
    where = step(sheet.octaves((700, 350, 175, 88, 44), 140, 0.6), 0.02, 0.16) * belt
    tinted = mix(land, _WOOD, where * 0.42)
    if cell < 4:
        return tinted
    crowns = kept(pyvips.Image.worley(sheet.width, sheet.height, cell_size=cell, seed=9))
    crown = step(crowns, cell * 0.42, cell * 0.25)
    return mix(tinted, (74.0, 116.0, 66.0), crown * where * 0.8)


def _framed(ground: pyvips.Image, sheet: Sheet) -> pyvips.Image:
    """The map inside a border with ticks, and its graticule of thin lines."""
    x, y = sheet.coordinates()
    paper = [247.0, 243.0, 232.0]
    inside = _inside(sheet, x, y, _MARGIN)
    outer = _inside(sheet, x, y, _MARGIN - 64) * (1 - _inside(sheet, x, y, _MARGIN - 56))
    across = ((x - _MARGIN) / 400).floor() + ((y - _MARGIN) / 400).floor()
    dark = across * 0.5 - (across * 0.5).floor()
    band = _inside(sheet, x, y, _MARGIN - 40) * (1 - _inside(sheet, x, y, _MARGIN - 12))
    hairline = _inside(sheet, x, y, _MARGIN - 4) * (1 - inside)
    ink = (outer + hairline + band * (dark * 2)).clamp(min=0, max=1)
    grid = sheet.flat()
    for place in (x, y):
        count = (place - _MARGIN) / 1600
        away = (count - count.rint()).abs() * 1600
        grid = grid.maxpair((away * -1 + 1.6).clamp(min=0, max=1))
    drawn = mix(ground, (70.0, 60.0, 60.0), grid * 0.35)
    sheet_colour = drawn * inside + (1 - inside) * paper
    return mix(sheet_colour, (60.0, 48.0, 40.0), ink)


def _inside(sheet: Sheet, x: pyvips.Image, y: pyvips.Image, margin: float) -> pyvips.Image:
    """1 within the rectangle that keeps *margin* pixels from every edge."""
    middle_x, middle_y = sheet.full_width / 2, sheet.full_height / 2
    far = ((x + 0.5 - middle_x).abs() - (middle_x - margin)).maxpair(
        (y + 0.5 - middle_y).abs() - (middle_y - margin)
    )
    return (far * -sheet.scale + 0.5).clamp(min=0, max=1)
