"""A temporary archive with pictures in it, and the same pictures as the other servers want them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dam import wiring
from dam.config import read_settings
from dam.errors import Unsupported
from dam.iiif.extents import Extent
from dam.iiif.tiles import TILE_SIZE
from dam.imaging.comparing import laid_on_its_side
from dam.imaging.drawn_field import Sheet
from dam.imaging.drawn_map import contour_map
from dam.imaging.masters import open_master
from dam.imaging.probe import MasterLimits, probe
from dam.imaging.runtime import start_libvips
from dam.rights.facts import Audience
from dam.workflows import deliver, ingest, jobs
from dam.workflows.archive import Archive
from dam.workflows.batch import Options, make_batch

_CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
_CELL = (1500, 1000)
# At this scale of the drawn map a tile of 512 pixels has some 40 kB, as of a sharp photograph.
_SCALE = 0.7
_QUALITY = 85
_MASTER_QUALITY = 92
_SEVERAL = ((1.0, 1.5), (0.5, 2 / 3), (1 / 3, 1.0), (0.25, 1.5))
_LARGE_PIXELS = 500_000_000


class NotTakenIn(Unsupported):
    """A picture cannot be used for the benchmark, for the reason in the message."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph of the temporary archive: its tiles by name, its pack, and its master."""

    id: str
    master: Path
    pack: Path
    extent: Extent
    tiles: tuple[str, ...]


def draw_picture(path: Path, pixels: int, *, shape: float = 1.5, on_its_side: bool = False) -> None:
    """Draw a picture of about *pixels*, from a map and its mirror images.

    *shape* is its width over its height; the ending of *path* says the format. *on_its_side*, it
    is stored as a camera held upright stores it.
    """
    start_libvips()
    width = max(round((pixels * shape) ** 0.5), 3)
    height = max(round(pixels / width), 2)
    cell = contour_map(Sheet(min(width, _CELL[0]), min(height, _CELL[1]), _SCALE)).copy_memory()
    row = cell.join(cell.fliphor(), "horizontal")
    block = row.join(row.flipver(), "vertical")
    across, down = -(-width // block.width), -(-height // block.height)
    image = block.replicate(across, down).crop(0, 0, width, height)
    if on_its_side:
        image = laid_on_its_side(image)
    quality = f"[Q={_MASTER_QUALITY}]" if path.suffix == ".jpg" else ""
    image.write_to_file(f"{path}{quality}")


def draw_several(directory: Path, pixels: int) -> list[Path]:
    """Draw four pictures in *directory*, the largest of *pixels*, lying, standing and square."""
    paths = []
    for number, (part, shape) in enumerate(_SEVERAL):
        paths.append(directory / f"drawn-{number}.tif")
        draw_picture(paths[-1], round(pixels * part), shape=shape)
    return paths


def take_in(home: Path, masters: Sequence[Path]) -> tuple[Picture, ...]:
    """Make an archive in *home*, take *masters* in, publish them with CC0, cut their tiles.

    Raises:
        NotTakenIn: one of them is no picture that can be read, or has to stay.
    """
    place = wiring.open_place(read_settings({"DAM_HOME": str(home)}))
    wiring.prepare(place)
    archive = wiring.build_archive(place)
    names = [f"{number}-{path.name}" for number, path in enumerate(masters)]
    batch = make_batch(Options(by="bench", rights=_CC0, public=True), names, None, None)
    taken = [
        ingest.take_in(archive, name, ingest.read_file(path), batch)
        for name, path in zip(names, masters, strict=True)
    ]
    while jobs.run_one(archive):
        pass
    pictures = []
    for path, outcome in zip(masters, taken, strict=True):
        settled = ingest.settled(archive, outcome)
        if settled.state is not ingest.State.READY or settled.id is None:
            raise NotTakenIn(f"{path.name} cannot be measured: {settled.reason or settled.state}")
        pictures.append(_picture(archive, settled.id, path))
    place.engine.dispose()
    return tuple(pictures)


def write_pyramid(picture: Picture, directory: Path) -> None:
    """Write *picture* as the pyramidal TIFF that iipsrv serves, with tiles of the same side.

    It is cut from the same normalised pixels as the pack, at the same quality of JPEG.
    """
    image = open_master(picture.master, probe(picture.master, MasterLimits()))
    image.tiffsave(
        str(directory / f"{picture.id}.tif"),
        tile=True,
        tile_width=TILE_SIZE,
        tile_height=TILE_SIZE,
        pyramid=True,
        compression="jpeg",
        Q=_QUALITY,
        bigtiff=picture.extent.width * picture.extent.height > _LARGE_PIXELS,
    )


def _picture(archive: Archive, identifier: str, master: Path) -> Picture:
    image = deliver.open_image(archive, identifier, Audience.PUBLIC)
    pack = archive.store.path(image.pack.key)
    pyramid = image.pyramid
    return Picture(identifier, master, pack, pyramid.full, tuple(pyramid.tile_names()))
