"""What an ICC profile of gray means, by its own curve.

LittleCMS draws straight lines between 33 points of such a curve, which is ten levels off in the
shadows of a linear scan; the curve itself is short and says it exactly (ICC.1:2010 §8.3, §10).
"""

import functools
import struct
from collections.abc import Callable

_Curve = Callable[[float], float]
_CURVE, _LOOK_UP_TABLE = b"kTRC", b"A2B0"
_PARAMETERS = (1, 3, 4, 5, 7)  # of each type of formula
_MOST_TAGS = 1000
_LINEAR_BELOW = 0.0031308  # of sRGB (IEC 61966-2-1)


@functools.lru_cache(maxsize=16)
def screen_levels(profile: bytes, numbers: int) -> bytes | None:
    """Return the level of sRGB, a byte, for each of *numbers* evenly spaced values from 0 to 1.

    Black is black and white is white, as with the intent "relative" and black point compensation.
    None where the profile has no curve that is understood here, or more than a curve.
    """
    try:
        curve = _tone_curve(profile)
    except (struct.error, ValueError, ArithmeticError, IndexError):
        return None
    if curve is None:
        return None
    try:
        lights = [curve(number / (numbers - 1)) for number in range(numbers)]
    except (ValueError, ArithmeticError, TypeError):
        return None
    black = min(lights[0], 0.5)
    return bytes(_level((light - black) / (1 - black)) for light in lights)


def _tone_curve(profile: bytes) -> _Curve | None:
    """Return the function from a number of 0 to 1 to the light that it stands for."""
    (count,) = struct.unpack_from(">L", profile, 128)
    tags = {}
    for place in range(min(count, _MOST_TAGS)):
        name, at, length = struct.unpack_from(">4sLL", profile, 132 + 12 * place)
        tags[name] = profile[at : at + length]
    if _CURVE not in tags or _LOOK_UP_TABLE in tags:
        return None
    curve = _read_curve(tags[_CURVE])
    if curve is None or profile[20:24] != b"Lab ":
        return curve
    return lambda number: _light_of_lightness(100 * curve(number))


def _read_curve(tag: bytes) -> _Curve | None:
    if tag[:4] == b"curv":
        (count,) = struct.unpack_from(">L", tag, 8)
        values = struct.unpack_from(f">{count}H", tag, 12)
        return _sampled(values)
    if tag[:4] == b"para":
        (kind,) = struct.unpack_from(">H", tag, 8)
        numbers = struct.unpack_from(f">{_PARAMETERS[kind]}l", tag, 12)
        return _formula(kind, tuple(number / 65536 for number in numbers))
    return None


def _sampled(values: tuple[int, ...]) -> _Curve:
    if not values:
        return lambda number: number
    if len(values) == 1:
        gamma = values[0] / 256
        return lambda number: number**gamma
    last = len(values) - 1

    def between(number: float) -> float:
        place = number * last
        below = min(int(place), last - 1)
        step = values[below + 1] - values[below]
        return (values[below] + (place - below) * step) / 65535

    return between


def _formula(kind: int, numbers: tuple[float, ...]) -> _Curve:
    """Build the formula of ICC.1:2010 §10.16; what a type leaves out is a plain power."""
    gamma = numbers[0]
    a, b = numbers[1:3] if kind else (1.0, 0.0)
    slope = numbers[3] if kind >= 3 else 0.0
    border = numbers[4] if kind >= 3 else -b / a
    above, below = numbers[5:7] if kind == 4 else (0.0, 0.0)
    if kind == 2:
        above = below = numbers[3]

    def light(number: float) -> float:
        if number >= border:
            return float(max(0.0, a * number + b) ** gamma) + above
        return slope * number + below

    return light


def _light_of_lightness(lightness: float) -> float:
    """Turn L* into Y (CIE 15)."""
    step = (lightness + 16) / 116
    return step**3 if step > 6 / 29 else 3 * (6 / 29) ** 2 * (step - 4 / 29)


def _level(light: float) -> int:
    light = min(1.0, max(0.0, light))
    if light <= _LINEAR_BELOW:
        return round(255 * 12.92 * light)
    return int(255 * (1.055 * light ** (1 / 2.4) - 0.055) + 0.5)
