"""ICC profiles made by their bytes (ICC.1:2010), and what they mean by arithmetic of our own."""

import struct
from dataclasses import dataclass

import numpy as np

D50 = np.array([0.9642, 1.0, 0.8249])
# Bradford's cone responses (Lindbloom; ICC.1:2010 Annex E.3).
_BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)
_SRGB = -1.0


@dataclass(frozen=True)
class Space:
    """Primaries and white by their x and y, and a gamma, which for sRGB's curve is negative."""

    name: str
    red: tuple[float, float]
    green: tuple[float, float]
    blue: tuple[float, float]
    white: tuple[float, float]
    gamma: float

    @property
    def to_xyz(self) -> np.ndarray:
        """The matrix from linear RGB to XYZ relative to D50, as a profile holds it."""
        corners = np.array([_xyz(point) for point in (self.red, self.green, self.blue)]).T
        white = _xyz(self.white)
        corners = corners * np.linalg.solve(corners, white)
        cones = np.diag((_BRADFORD @ D50) / (_BRADFORD @ white))
        return np.linalg.inv(_BRADFORD) @ cones @ _BRADFORD @ corners

    def linear(self, levels: np.ndarray) -> np.ndarray:
        """Turn numbers from 0 to 1 into light."""
        if self.gamma == _SRGB:
            return np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
        return levels**self.gamma


def _xyz(point: tuple[float, float]) -> np.ndarray:
    x, y = point
    return np.array([x / y, 1.0, (1 - x - y) / y])


D65_WHITE, D50_WHITE = (0.3127, 0.3290), (0.3457, 0.3585)
SRGB = Space("sRGB", (0.64, 0.33), (0.30, 0.60), (0.15, 0.06), D65_WHITE, _SRGB)
DISPLAY_P3 = Space("Display P3", (0.68, 0.32), (0.265, 0.69), (0.15, 0.06), D65_WHITE, _SRGB)
ADOBE_RGB = Space("Adobe RGB", (0.64, 0.33), (0.21, 0.71), (0.15, 0.06), D65_WHITE, 563 / 256)
PROPHOTO = Space("ProPhoto", (0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001), D50_WHITE, 1.8)
SPACES = (SRGB, DISPLAY_P3, ADOBE_RGB, PROPHOTO)


def rgb_profile(space: Space) -> bytes:
    """A matrix profile of version 2 for a screen."""
    matrix = space.to_xyz
    curve = _srgb_curve() if space.gamma == _SRGB else _gamma(space.gamma)
    tags = {b"desc": _description(space.name), b"cprt": _text("None"), b"wtpt": _xyz_tag(D50)}
    for column, name in enumerate((b"r", b"g", b"b")):
        tags[name + b"XYZ"] = _xyz_tag(matrix[:, column])
        tags[name + b"TRC"] = curve
    return _profile(b"mntr", b"RGB ", tags)


def gray_profile(gamma: float) -> bytes:
    """A profile of gray of one gamma."""
    return gray_profile_of(_gamma(gamma))


def gray_profile_of(curve: bytes, connection: bytes = b"XYZ ") -> bytes:
    """A profile of gray whose curve has these bytes."""
    tags = {b"desc": _description("Gray"), b"cprt": _text("None")}
    tags |= {b"wtpt": _xyz_tag(D50), b"kTRC": curve}
    profile = _profile(b"mntr", b"GRAY", tags)
    return profile[:20] + connection + profile[24:]


def srgb_levels(linear: np.ndarray) -> np.ndarray:
    """Turn linear sRGB, clipped to what it can hold, into levels of 255, not rounded."""
    light = np.clip(linear, 0, 1)
    curved = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return 255 * curved


def in_srgb(levels: np.ndarray, space: Space, most: int = 255) -> tuple[np.ndarray, np.ndarray]:
    """Say what *levels* of *space* are in sRGB, and which of them lie inside it."""
    light = space.linear(levels / most) @ space.to_xyz.T @ np.linalg.inv(SRGB.to_xyz).T
    return srgb_levels(light), ((light >= -1e-4) & (light <= 1 + 1e-4)).all(axis=-1)


def lab_in_srgb(lab: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Say what CIE L*a*b* relative to D50 is in sRGB, and which of it lies inside (CIE 15)."""
    middle = (lab[..., 0] + 16) / 116
    steps = np.stack([middle + lab[..., 1] / 500, middle, middle - lab[..., 2] / 200], axis=-1)
    cubes = np.where(steps > 6 / 29, steps**3, 3 * (6 / 29) ** 2 * (steps - 4 / 29))
    light = cubes * D50 @ np.linalg.inv(SRGB.to_xyz).T
    return srgb_levels(light), ((light >= -1e-4) & (light <= 1 + 1e-4)).all(axis=-1)


def _profile(kind: bytes, space: bytes, tags: dict[bytes, bytes]) -> bytes:
    at = 128 + 4 + 12 * len(tags)
    directory, content = struct.pack(">L", len(tags)), b""
    for name, tag in tags.items():
        padded = tag + bytes(-len(tag) % 4)
        directory += struct.pack(">4sLL", name, at + len(content), len(tag))
        content += padded
    head = struct.pack(">L4xL4s4s4s12H", at + len(content), 0x02400000, kind, space, b"XYZ ",
                       2027, 1, 1, 0, 0, 0, *struct.unpack(">6H", b"acsp" + bytes(8)))  # fmt: skip
    head += bytes(68 - len(head)) + _numbers(D50)
    return head + bytes(128 - len(head)) + directory + content


def _numbers(values: np.ndarray) -> bytes:
    return struct.pack(f">{len(values)}l", *(round(float(value) * 65536) for value in values))


def _xyz_tag(values: np.ndarray) -> bytes:
    return b"XYZ \0\0\0\0" + _numbers(values)


def _gamma(gamma: float) -> bytes:
    return b"curv" + struct.pack(">LLH", 0, 1, round(gamma * 256))


def _srgb_curve() -> bytes:
    light = SRGB.linear(np.arange(4096) / 4095)
    return b"curv" + struct.pack(">LL4096H", 0, 4096, *np.rint(light * 65535).astype(int))


def _text(words: str) -> bytes:
    return b"text\0\0\0\0" + words.encode() + b"\0"


def _description(words: str) -> bytes:
    said = words.encode() + b"\0"
    return b"desc" + struct.pack(">LL", 0, len(said)) + said + bytes(4 + 4 + 2 + 1 + 67)
