"""Makes tile packs: one zip for each master that holds a IIIF level 0 tree, stored.

A pack is cut by libvips in one pass over the master. Its members have the names of
:class:`dam.iiif.tiles.Pyramid`, below one directory, so a tile is one read at a known offset.
"""

import hashlib
import struct
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import pyvips

from dam.errors import Malformed, Unavailable, translate
from dam.iiif.geometry import Extent
from dam.iiif.tiles import TILE_SIZE, Pyramid
from dam.imaging.masters import open_master
from dam.imaging.opening import Strictness
from dam.imaging.probe import Probe
from dam.imaging.refusals import DamagedMaster

JPEG_QUALITY = 85
ROOT = "pack"
_COMPLAINT = "The decoder found faults in the file; look whether the picture is whole."
_TILE_ENDINGS = ("/default.jpg", "/default.png")
_DIGEST_CHARACTERS = 16
_LOCAL_HEADER = struct.Struct("<4s22xHH")


class DamagedPack(Malformed):
    """The tile pack cannot be used; make it again from the master."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"The tile pack {fault}; make it again from the master.")
        self.fault = fault


class PackNotWritten(Unavailable):
    """The master is sound and its pack could not be written; see that the disk has room."""

    def __init__(self) -> None:
        super().__init__("The tile pack could not be written; see that the disk has room.")


@dataclass(frozen=True, slots=True)
class Member:
    """One stored picture: its name below the root, and where its bytes are in the file."""

    name: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class MadePack:
    """A pack that was written and checked; *extent* is its own, below a cap smaller."""

    extent: Extent
    tile_size: int
    members: tuple[Member, ...]
    grayscale: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackShape:
    """How a pack is to be cut; *saver* is how libvips spells a format and its options."""

    pyramid: Pyramid
    saver: str


def make_pack(
    master: Path,
    probe: Probe,
    out: Path,
    *,
    long_side: int | None,
    tile_size: int = TILE_SIZE,
    jpeg_quality: int = JPEG_QUALITY,
) -> MadePack:
    """Write the pack of *master* to *out*, a file that is not there yet.

    *long_side* caps the longer side in pixels; a master that is smaller is never enlarged.
    When anything fails, no file is left.

    Raises:
        DamagedMaster: the master cannot be decoded to its end.
        DamagedPack: libvips left out tiles.
        PackNotWritten: the master can be decoded, so the fault is with the disk.
    """
    pyramid = Pyramid(capped(probe.extent, long_side), tile_size)
    shape = PackShape(pyramid, f".jpg[Q={jpeg_quality},keep=none]")
    try:
        return cut(open_master(master, probe, Strictness.SUSPICIOUS), out, shape)
    except (pyvips.Error, DamagedMaster):
        # Cameras write files that decoders complain of and read well: a complaint is a note.
        return replace(_cut_leniently(master, probe, out, shape), notes=(_COMPLAINT,))


def capped(extent: Extent, long_side: int | None) -> Extent:
    """Return *extent* with its longer side at most *long_side*, in the same shape."""
    longest = max(extent.width, extent.height)
    if long_side is None or longest <= long_side:
        return extent
    width, height = (
        max(1, (2 * side * long_side + longest) // (2 * longest))
        for side in (extent.width, extent.height)
    )
    return Extent(width, height)


def _cut_leniently(master: Path, probe: Probe, out: Path, shape: PackShape) -> MadePack:
    try:
        return cut(open_master(master, probe, Strictness.DAMAGED), out, shape)
    except pyvips.Error as error:
        if _decodes(master, probe):
            raise PackNotWritten from error
        raise DamagedMaster(probe.words) from error


def _decodes(master: Path, probe: Probe) -> bool:
    """Tell a bad file from a full disk, for which libvips has one error: read and do not write."""
    try:
        open_master(master, probe).avg()
    except (pyvips.Error, DamagedMaster):
        return False
    return True


def cut(image: pyvips.Image, out: Path, shape: PackShape) -> MadePack:
    """Write the pack of *image*, in one pass over it, to *out*, a file that is not there yet.

    Raises:
        pyvips.Error: it cannot be decoded, or the pack cannot be written.
        DamagedPack, PackNotWritten
    """
    pyramid = shape.pyramid
    image = _without_metadata(resized(image, pyramid.full))
    with _new_file(out) as file:
        image.dzsave_target(
            pyvips.Target.new_to_descriptor(file.fileno()),
            imagename=ROOT,
            layout="iiif3",
            container="zip",
            compression=0,
            tile_size=pyramid.tile_size,
            suffix=shape.saver,
            keep="none",
        )
        members = _checked_members(out, pyramid)
    return MadePack(pyramid.full, pyramid.tile_size, members, image.bands < 3, ())


@contextmanager
def _new_file(out: Path) -> Iterator[BinaryIO]:
    """Create *out*, and remove it again when anything fails.

    libvips would open it late, even after a failure, and pass over a directory that is missing.
    """
    with translate({OSError: PackNotWritten()}):
        file = out.open("xb")
    try:
        with file:
            yield file
    except BaseException:
        out.unlink()
        raise


def _checked_members(out: Path, pyramid: Pyramid) -> tuple[Member, ...]:
    members = index_members(out)
    missing = set(pyramid.tile_names())
    missing.difference_update(member.name for member in members)
    if missing:  # libvips 8.18 misses none; older ones did (libvips#1621, #2482, #4576)
        raise DamagedPack(f"lacks {len(missing)} of its tiles")
    return members


def resized(image: pyvips.Image, extent: Extent) -> pyvips.Image:
    """Return *image* scaled to *extent*; one with alpha has to be premultiplied."""
    if (image.width, image.height) == (extent.width, extent.height):
        return image
    return image.resize(
        extent.width / image.width, vscale=extent.height / image.height, kernel="lanczos3"
    )


def _without_metadata(image: pyvips.Image) -> pyvips.Image:
    """Keep the pixels alone; libvips writes all it knows of a master beside the tiles."""
    image = image.copy()
    for field in image.get_fields():
        image.remove(field)  # those of the pixels themselves stay
    return image


def content_digest(pack: Path, members: Iterable[Member]) -> str:
    """Return what tells the pictures of *pack* from all others: 16 hexadecimal digits.

    It depends on their names and bytes alone. The zip around them has time stamps, and libvips
    writes neighbouring tiles in the order in which its threads finish.
    """
    whole = hashlib.sha256()
    with pack.open("rb") as file:
        for member in sorted(members, key=lambda one: one.name):
            file.seek(member.offset)
            picture = hashlib.sha256(file.read(member.length)).hexdigest()
            whole.update(f"{member.name} {picture}\n".encode())
    return whole.hexdigest()[:_DIGEST_CHARACTERS]


def index_members(pack: Path) -> tuple[Member, ...]:
    """Return every tile of *pack* with the absolute offset of its bytes, in file order.

    Raises:
        DamagedPack: it is no zip, a member is compressed, or reaches outside the file.
    """
    size = pack.stat().st_size
    try:
        with zipfile.ZipFile(pack) as archive, pack.open("rb") as file:
            tiles = {
                info.filename.partition("/")[2]: info
                for info in archive.infolist()
                if info.filename.endswith(_TILE_ENDINGS)
            }
            return tuple(_locate(file, name, info, size) for name, info in tiles.items())
    except (zipfile.BadZipFile, struct.error, NotImplementedError) as error:
        raise DamagedPack("is no zip that can be read") from error


def _locate(file: BinaryIO, name: str, info: zipfile.ZipInfo, size: int) -> Member:
    """The directory of a zip points at local headers, whose length can differ from its own."""
    if info.compress_type != zipfile.ZIP_STORED or info.compress_size != info.file_size:
        raise DamagedPack("holds compressed tiles")
    if not 0 <= info.header_offset < size:
        raise DamagedPack("points outside itself")
    file.seek(info.header_offset)
    signature, name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    offset = info.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    if signature != b"PK\x03\x04" or offset + info.file_size > size:
        raise DamagedPack("points outside itself")
    return Member(name, offset, info.file_size)
