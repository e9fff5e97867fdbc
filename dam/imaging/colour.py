"""Whatever colours a master has, eight bits of sRGB or of gray come out."""

import functools
import io

import pyvips
from PIL import ImageCms

from dam.imaging.gray_profiles import screen_levels

_PROFILE = "icc-profile-data"
_GRAY = {"b-w", "grey16"}
_CHANNELS = {"b-w": 1, "grey16": 1, "srgb": 3, "rgb16": 3, "scrgb": 3, "rgb": 3}
_CHANNELS |= {"cmyk": 4, "lab": 3, "labs": 3}
_WORDS = {"cmyk": "CMYK", "lab": "Lab", "labs": "Lab"}
_PROFILE_SPACES = {"gray": b"GRAY", "RGB": b"RGB ", "CMYK": b"CMYK", "Lab": b"Lab "}
_NUMBERS = {"uchar", "ushort"}
_GRID = tuple(range(0, 256, 51))


def channels(image: pyvips.Image) -> int:
    """Count the bands that carry colour; what follows them is alpha or spot channels."""
    wanted = _CHANNELS.get(image.interpretation, 3 if image.bands >= 3 else 1)
    return min(wanted, int(image.bands))


def space(image: pyvips.Image) -> str:
    """Name the colour space as people do: gray, RGB, CMYK or Lab."""
    word = _WORDS.get(image.interpretation, "RGB")
    return "gray" if channels(image) < 3 else word


def is_understood(image: pyvips.Image) -> bool:
    """Say whether the numbers are of a kind that pictures have: 8 or 16 bits, Lab, linear RGB."""
    return image.format in _NUMBERS or image.interpretation in {"lab", "labs", "scrgb"}


def attached_profile(image: pyvips.Image) -> bytes | None:
    """Return the ICC profile that *image* carries, good or bad."""
    return bytes(image.get(_PROFILE)) if image.get_typeof(_PROFILE) else None


def profile_name(profile: bytes, space_: str) -> str | None:
    """Give the name of an ICC profile; None when it is broken or not for colours of *space_*."""
    if profile[16:20] != _PROFILE_SPACES[space_]:
        return None
    try:
        return ImageCms.getProfileDescription(io.BytesIO(profile)).strip() or "unnamed"
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def attach_profile(image: pyvips.Image, profile: bytes) -> pyvips.Image:
    """Return a copy of *image* that carries the ICC *profile*."""
    copy = image.copy()
    copy.set_type(pyvips.GValue.blob_type, _PROFILE, profile)
    return copy


def to_screen(image: pyvips.Image) -> pyvips.Image:
    """Turn *image* into 8-bit sRGB or gray without alpha, on white."""
    image = to_screen_with_alpha(image)
    return image.flatten(background=255).cast("uchar") if image.hasalpha() else image


def to_screen_with_alpha(image: pyvips.Image) -> pyvips.Image:
    """Turn *image* into 8-bit sRGB or gray, with the alpha that it has.

    A profile that cannot be used is passed over, and the colour space decides; CMYK without a
    profile is read with the proof profile that libvips brings. Spot channels and all alpha but
    the one that belongs to the picture are left out.
    """
    gray = space(image) == "gray"
    bands = channels(image) + (1 if image.hasalpha() and image.bands == channels(image) + 1 else 0)
    if image.bands > bands:
        image = image.extract_band(0, n=channels(image))
    image = _through_profile(image)
    if gray and image.interpretation == "grey16":
        # libvips would go through linear light, and make levels from 128 to 460 values wide.
        image = (image >> 8).cast("uchar").copy(interpretation="b-w")
    return image.colourspace("b-w" if gray else "srgb").cast("uchar")


def _through_profile(image: pyvips.Image) -> pyvips.Image:
    """Apply the profile where there is one that changes something."""
    profile = attached_profile(image)
    if profile is not None and profile_name(profile, space(image)) is None:
        image = image.copy()
        image.remove(_PROFILE)
        profile = None
    if image.interpretation == "cmyk":
        return _transform(image, input_profile="cmyk")
    if image.interpretation in {"lab", "labs"}:
        # Files hold Lab under D50, as profiles do; libvips alone takes it for Lab under D65.
        return image.colourspace("lab").icc_export(output_profile="srgb", depth=8)
    if profile is None or image.interpretation == "scrgb":
        return image
    if space(image) == "gray":
        return _gray_through_curve(image, profile)
    if space(image) == "RGB" and _changes_nothing(profile):
        return image
    return _transform(image)


def _gray_through_curve(image: pyvips.Image, profile: bytes) -> pyvips.Image:
    deep = image.format == "ushort"
    numbers = 65_536 if deep else 256
    levels = screen_levels(profile, numbers)
    if levels is None:
        return _transform(image)
    table = pyvips.Image.new_from_memory(levels, numbers, 1, 1, "uchar")
    gray = image[0].maplut(table)
    if image.hasalpha():
        gray = gray.bandjoin((image[1] >> 8).cast("uchar") if deep else image[1])
    return gray.copy(interpretation="b-w")


def _transform(image: pyvips.Image, **options: str) -> pyvips.Image:
    return image.icc_transform(
        "srgb",
        embedded=True,
        intent="relative",
        black_point_compensation=True,
        depth=8,
        **options,
    )


@functools.lru_cache(maxsize=64)
def _changes_nothing(profile: bytes) -> bool:
    """Say whether an RGB profile moves no colour of a grid by more than one level of 255.

    Most cameras write one of the many profiles that all mean sRGB; passing them over saves half
    the time of a pack, and keeps the numbers that the photographer saw.
    """
    colours = bytes(part for r in _GRID for g in _GRID for b in _GRID for part in (r, g, b))
    grid = pyvips.Image.new_from_memory(colours, len(_GRID) ** 3, 1, 3, "uchar")
    grid = grid.copy(interpretation="srgb")
    moved = _transform(attach_profile(grid, profile)) - grid
    return bool(moved.abs().max() <= 1)
