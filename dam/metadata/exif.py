"""The fields of an EXIF block. This is the one door to piexif.

piexif gives up the whole block at one bad tag, at text of Exif 3.0 type 129, unpacks whatever
count a tag announces, and opens a file when the bytes look like no EXIF. So it never sees a block
from outside: it is handed an excerpt that `ifd` has measured and written anew, and of such a block
it has nothing to raise.
"""

from dataclasses import dataclass

import piexif

from dam.metadata.charset import Charset, charset_of
from dam.metadata.ifd import IMAGE_TITLE, PHOTOGRAPHER, ExifTags, excerpt, exif_tags
from dam.metadata.partial_date import iso_date

_HEADERS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
# Before the TIFF header: nothing, `Exif\0\0` (JPEG), or that after a length (HEIF).
_MAX_PREFIX_BYTES = 10

# Tags of Exif 2.31 and 3.0 that piexif does not know.
_NEW_NAMES = {
    0xA436: "ImageTitle",
    0xA437: "Photographer",
    0xA438: "ImageEditor",
    0xA439: "CameraFirmware",
    0xA43A: "RAWDevelopingSoftware",
    0xA43B: "ImageEditingSoftware",
    0xA43C: "MetadataEditingSoftware",
    0x9400: "Temperature",
    0xA460: "CompositeImage",
}

# What cameras and programs write where a person would write a description.
_CAMERA_JUNK = frozenset(
    {
        "applemark",
        "asus digital camera",
        "digital camera",
        "digital image",
        "dcim",
        "default",
        "exif_jpeg_picture",
        "jpeg",
        "konica minolta digital camera",
        "lead technologies inc. v1.01",
        "maginon digital camera",
        "minolta digital camera",
        "my beautiful picture",
        "olympus digital camera",
        "samsung",
        "samsung camera pictures",
        "samsung digital camera",
        "sony dsc",
        "vivitar",
    }
)


@dataclass(frozen=True, slots=True)
class ExifFields:
    """What an EXIF block says; ``date_original`` is ISO 8601, as far as it is known."""

    title: str | None = None
    description: str | None = None
    artist: tuple[str, ...] = ()
    copyright: str | None = None
    date_original: str | None = None
    orientation: int | None = None
    notes: tuple[str, ...] = ()


def read_exif(block: bytes) -> ExifFields:
    """The fields of an EXIF block, with or without its ``Exif`` mark before it.

    Nothing is raised: a block that is no TIFF structure has no fields and a note. Orientation is
    1 to 8. Text is UTF-8 where it can be, against Exif 2 and with Exif 3.0 and all practice.
    """
    tags = exif_tags(tiff_part(block))
    if tags is None:
        return ExifFields(notes=("The EXIF block is damaged and was not read.",))
    if not tags:
        return ExifFields()
    return _fields(tags)


def tag_name(directory: str, tag: int) -> str:
    """The name of a tag in a directory (Image, Photo, GPSInfo), its number where it has none."""
    group = {"Image": "Image", "Photo": "Exif", "GPSInfo": "GPS"}[directory]
    known = piexif.TAGS[group].get(tag)
    name = _NEW_NAMES.get(tag) if known is None else str(known["name"])
    return name or f"0x{tag:04X}"


def tiff_part(block: bytes) -> memoryview:
    """The block from its TIFF header on."""
    return memoryview(block)[_header_at(block) :]


def is_camera_junk(text: str) -> bool:
    """Whether this is what a camera writes by itself, not a description."""
    return text.strip(" \0").casefold() in _CAMERA_JUNK


def _header_at(block: bytes) -> int:
    start = block[: _MAX_PREFIX_BYTES + len(_HEADERS[0])]
    return min((at for header in _HEADERS if (at := start.find(header)) >= 0), default=0)


def _fields(tags: ExifTags) -> ExifFields:
    loaded = piexif.load(b"Exif\0\0" + excerpt(tags))
    image: dict[int, bytes] = loaded["0th"]
    photo: dict[int, bytes] = loaded["Exif"]
    charset = charset_of([*tags.image.values(), *tags.photo.values()])
    description = _first(charset, image.get(piexif.ImageIFD.ImageDescription))
    photographers = _first(charset, tags.photo.get(PHOTOGRAPHER))
    return ExifFields(
        # piexif does not know the two tags of Exif 3.0.
        title=_first(charset, tags.photo.get(IMAGE_TITLE)),
        description=None if description and is_camera_junk(description) else description,
        artist=_people(_first(charset, image.get(piexif.ImageIFD.Artist)) or photographers),
        copyright=_notice(charset, image.get(piexif.ImageIFD.Copyright)),
        date_original=iso_date(
            charset.text(photo.get(piexif.ExifIFD.DateTimeOriginal, b"")),
            offset=charset.text(photo.get(piexif.ExifIFD.OffsetTimeOriginal, b"")),
        ),
        orientation=tags.orientation,
        notes=() if charset.note is None else (f"EXIF: {charset.note}.",),
    )


def _first(charset: Charset, encoded: bytes | None) -> str | None:
    """The text up to its first NUL; what stands behind is what a longer text left there."""
    return charset.text((encoded or b"").split(b"\0", 1)[0]).strip() or None


def _notice(charset: Charset, encoded: bytes | None) -> str | None:
    """Copyright is two texts, of the photographer and of the editor (Exif 3.0 §4.6.5.1)."""
    parts = [charset.text(part).strip() for part in (encoded or b"").split(b"\0")[:2]]
    return ", ".join(part for part in parts if part) or None


def _people(names: str | None) -> tuple[str, ...]:
    """Names joined by ``;``, those that hold one in quotation marks (MWG 2.0 §5.4)."""
    people: list[str] = []
    held: list[str] = []
    marks = 0
    for piece in (names or "").split(";"):
        held.append(piece)
        marks += piece.count('"')
        if marks % 2 == 0 or not held[0].lstrip().startswith('"'):
            people.append(";".join(held))
            held, marks = [], 0
    # What is still held began with a quotation mark that has no end.
    found = (_unquoted(name.strip()) for name in (*people, *held))
    return tuple(name for name in found if name)


def _unquoted(name: str) -> str:
    if len(name) > 1 and name.startswith('"') and name.endswith('"'):
        return name[1:-1].replace('""', '"').strip()
    return name
