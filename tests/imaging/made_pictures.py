"""Pictures made for the tests: their colours say where a pixel came from."""

import io
import os
import struct
import zlib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pyvips
from PIL import Image

from dam.iiif.geometry import Box, Extent, RenderPlan
from dam.iiif.image_request import Format, Quality
from dam.iiif.tiles import Pyramid
from dam.imaging.packs import MadePack, Member, make_pack
from dam.imaging.probe import probe

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
ORIENTATION = 0x0112


def coordinates(width: int, height: int) -> Image.Image:
    """Red grows with x, green with y: every pixel says where it was."""
    across = pyvips.Image.xyz(width, height)
    scaled = across * [255 / max(1, width - 1), 255 / max(1, height - 1)]
    picture = scaled.bandjoin(128).cast("uchar")
    return Image.frombytes("RGB", (width, height), picture.write_to_memory())


def corners(width: int = 64, height: int = 48) -> Image.Image:
    """Red, green, blue and white quarters, clockwise from the upper left."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(GREEN, (width // 2, 0, width, height // 2))
    picture.paste(BLUE, (width // 2, height // 2, width, height))
    picture.paste(WHITE, (0, height // 2, width // 2, height))
    return picture


def quarters(picture: Image.Image) -> str:
    """Name the quarters of a picture of corners, clockwise from the upper left."""
    names = {(1, 0, 0): "R", (0, 1, 0): "G", (0, 0, 1): "B", (1, 1, 1): "W"}
    width, height = picture.size
    places = [(1, 1), (3, 1), (3, 3), (1, 3)]
    colours = [
        picture.convert("RGB").getpixel((width * x // 4, height * y // 4)) for x, y in places
    ]
    return "".join(names.get(tuple(int(part > 128) for part in colour), "?") for colour in colours)


def save(picture: Image.Image, path: Path, **options: object) -> Path:
    picture.save(path, **options)
    return path


def from_libvips(image: pyvips.Image) -> Image.Image:
    mode = "L" if image.bands == 1 else "RGB"
    return Image.frombytes(mode, (image.width, image.height), image.write_to_memory())


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def png_that_declares(width: int, height: int) -> bytes:
    """A complete PNG file of a few bytes that claims to be *width* by *height*."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(kind + content)
        return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", checksum)

    header = chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes(100)))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b"")


def psd(picture: Image.Image, *, merged: bool = True) -> bytes:
    """A Photoshop document of one flat RGB picture; not *merged* says its layers are not in it."""
    resource = b"8BIM" + struct.pack(">HHL", 1057, 0, 6)
    resource += struct.pack(">LB", 1, merged) + b"\0"
    planes = b"".join(band.tobytes() for band in picture.split())
    head = b"8BPS" + struct.pack(">H6xHLLHH", 1, 3, picture.height, picture.width, 8, 3)
    sections = struct.pack(">L", 0) + struct.pack(">L", len(resource)) + resource
    return head + sections + struct.pack(">L", 0) + struct.pack(">H", 0) + planes


def with_profile(picture: Image.Image, name: str) -> pyvips.Image:
    """The pixels of *picture* with one of the ICC profiles that libvips brings."""
    image = pyvips.Image.new_from_memory(
        picture.tobytes(), picture.width, picture.height, len(picture.getbands()), "uchar"
    )
    image = image.copy(interpretation="srgb" if image.bands == 3 else "b-w")
    image.set_type(pyvips.GValue.blob_type, "icc-profile-data", built_in_profile(name))
    return image


def built_in_profile(name: str) -> bytes:
    profile = pyvips.Operation.call("profile_load", name)
    return profile if isinstance(profile, bytes) else profile.get()


@dataclass
class PackOnDisk:
    """A pack that notes which tiles are read from it."""

    path: Path
    pyramid: Pyramid
    grayscale: bool
    members: dict[str, Member]
    taken: list[str] = field(default_factory=list)

    def read(self, name: str) -> bytes:
        self.taken.append(name)
        member = self.members[name]
        with self.path.open("rb") as file:
            return os.pread(file.fileno(), member.length, member.offset)


def pack_on_disk(path: Path, made: MadePack) -> PackOnDisk:
    members = {member.name: member for member in made.members}
    return PackOnDisk(path, Pyramid(made.extent, made.tile_size), made.grayscale, members)


def pack_of(picture: Image.Image, directory: Path, *, jpeg_quality: int = 95) -> PackOnDisk:
    master = save(picture, directory / "master.png", compress_level=1)
    out = directory / "pack.zip"
    made = make_pack(master, probe(master), out, long_side=None, jpeg_quality=jpeg_quality)
    return pack_on_disk(out, made)


LEVEL_COLOURS = (RED, GREEN, BLUE, (255, 255, 0), (0, 255, 255), (255, 0, 255))


class LevelCodedPack:
    """Each level is a flat colour of its own, so that a drawing says what it was drawn from."""

    grayscale = False

    def __init__(self, width: int, height: int, tile_size: int = 64) -> None:
        self.pyramid = Pyramid(Extent(width, height), tile_size)

    def read(self, name: str) -> bytes:
        region, size, *_ = name.split("/")
        width, height = (int(part) for part in size.split(","))
        whole = self.pyramid.full.width
        scale = round((whole if region == "full" else int(region.split(",")[2])) / width)
        colour = LEVEL_COLOURS[scale.bit_length() - 1]
        file = io.BytesIO()
        Image.new("RGB", (width, height), colour).save(file, "JPEG", quality=95)
        return file.getvalue()


def plan(
    region: tuple[int, int, int, int],
    size: tuple[int, int],
    *,
    mirror: bool = False,
    degrees: str = "0",
    quality: Quality = Quality.DEFAULT,
    format: Format = Format.PNG,  # noqa: A002  # the name it has in the plan
) -> RenderPlan:
    return RenderPlan(Box(*region), Extent(*size), mirror, Decimal(degrees), quality, format)
