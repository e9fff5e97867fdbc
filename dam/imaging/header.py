"""What the header of a master says, whoever reads it."""

from dataclasses import dataclass

from dam.iiif.geometry import Extent
from dam.imaging import colour
from dam.imaging.opening import Decoder


@dataclass(frozen=True, slots=True)
class Header:
    """Facts of a header; nothing of the picture is decoded for them.

    *stored* is before the *orientation* (1 to 8) that is still to be applied: a decoder that turns
    by itself says the turned size and 1. *streamed* pictures are never held in memory whole.
    """

    stored: Extent
    orientation: int
    pages: int
    bits: int
    bands: int
    has_alpha: bool
    space: str
    colour: str
    streamed: bool
    notes: tuple[str, ...]
    decoder: Decoder


def colour_words(space: str, profile: bytes | None) -> tuple[str, tuple[str, ...]]:
    """Name the colours, and say what is doubtful about them."""
    if profile is None:
        if space == "CMYK":
            return space, ("CMYK without a colour profile; its colours are approximate.",)
        return space, ()
    name = colour.profile_name(profile, space)
    if name is None:
        return space, (f"The colour profile cannot be used; {space} was assumed.",)
    return f"{space} ({name})", ()
