"""A master as staff turned it: a quarter turn more than the orientation in its file."""

from dataclasses import replace

from dam.iiif.geometry import Extent
from dam.imaging.probe import Probe

# EXIF orientations in the order in which a quarter turn clockwise leads from one to the next, the
# last of each line back to its first: those that keep the hand of the picture, and the mirrored.
_TURNS = ((1, 6, 3, 8), (2, 7, 4, 5))


def turned(probe: Probe, degrees: int) -> Probe:
    """Return *probe* as of a file whose orientation says *degrees* clockwise more."""
    quarters = degrees // 90 % 4
    if not quarters:
        return probe
    line = next(line for line in _TURNS if probe.orientation in line)
    orientation = line[(line.index(probe.orientation) + quarters) % 4]
    return replace(probe, orientation=orientation, extent=turned_extent(probe.extent, degrees))


def turned_extent(extent: Extent, degrees: int) -> Extent:
    """Return width and height of what is *extent* before it is turned."""
    return Extent(extent.height, extent.width) if degrees // 90 % 2 else extent
