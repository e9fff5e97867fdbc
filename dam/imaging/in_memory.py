"""Pixels that a decoder holds in memory, as a libvips image."""

import pyvips

from dam.imaging import colour

_SPACES = {
    # bands, deep: the colours; a band more is alpha
    (1, False): "b-w",
    (2, False): "b-w",
    (3, False): "srgb",
    (4, False): "srgb",
    (1, True): "grey16",
    (2, True): "grey16",
    (3, True): "rgb16",
    (4, True): "rgb16",
}


def image_of(
    pixels: bytes | memoryview,
    size: tuple[int, int],
    bands: int,
    *,
    deep: bool = False,
    profile: bytes | None = None,
) -> pyvips.Image:
    """Return *pixels*, rows without padding, as gray or RGB with or without alpha.

    *deep* pixels have 16 bits in each channel, in the order of this machine.
    """
    format_ = "ushort" if deep else "uchar"
    image = pyvips.Image.new_from_memory(pixels, *size, bands, format_)
    image = image.copy(interpretation=_SPACES[bands, deep])
    return colour.attach_profile(image, profile) if profile else image


def stretched(image: pyvips.Image, bits: int) -> pyvips.Image:
    """Return *image*, whose samples use *bits* of their 8 or 16, with samples that use all."""
    full = 16 if image.format == "ushort" else 8
    if bits >= full:
        return image
    wide = image * ((2**full - 1) / (2**bits - 1)) + 0.5
    return wide.cast(image.format).copy(interpretation=image.interpretation)


def without_padding(pixels: bytes, row_bytes: int, stride: int) -> bytes:
    """Return the rows of *pixels*, each *stride* bytes from the next, one right after the other."""
    if row_bytes == stride:
        return pixels
    rows = memoryview(pixels)
    return b"".join(rows[at : at + row_bytes] for at in range(0, len(pixels), stride))


def built_in_profile(name: str) -> bytes:
    """Return one of the ICC profiles that libvips brings: ``srgb``, ``p3``."""
    profile = pyvips.Operation.call("profile_load", name)
    return profile if isinstance(profile, bytes) else bytes(profile.get())
