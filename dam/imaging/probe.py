"""What a file is, before a single pixel of it is decoded."""

from dataclasses import dataclass, replace
from pathlib import Path

import pyvips

from dam.errors import translate
from dam.iiif.geometry import Extent
from dam.imaging import codecs, colour
from dam.imaging.header import Header, colour_words
from dam.imaging.opening import (
    PILLOW_FAULTS,
    Decoder,
    Strictness,
    has_flat_picture,
    libvips_reads,
    open_header_with_pillow,
    open_with_libvips,
    profile_with_pillow,
)
from dam.imaging.refusals import (
    DamagedMaster,
    EmptyFile,
    MasterTooLarge,
    NotAPicture,
    UnsupportedMaster,
)
from dam.imaging.runtime import require_safe_pillow, start_libvips
from dam.imaging.signatures import (
    EXTENSIONS,
    HEAD_BYTES,
    MEDIA_TYPES,
    WORDS,
    KnownStranger,
    MasterFormat,
    names_a_picture,
    recognise,
)
from dam.imaging.tiff_directory import (
    BrokenDirectory,
    TiffDirectory,
    count_pictures,
    read_directory,
)
from dam.imaging.wholeness import is_whole

_STREAMED = {MasterFormat.JPEG, MasterFormat.TIFF, MasterFormat.PNG}
_TIFF_COMPRESSIONS = {1, 2, 3, 4, 5, 6, 7, 8, 32773, 32946, 50001}  # those libvips has here
_PILLOW_SPACES = {"L": "gray", "LA": "gray", "1": "gray", "I;16": "gray", "CMYK": "CMYK"}
_PILLOW_SPACES |= {"LAB": "Lab"}


@dataclass(frozen=True, slots=True)
class MasterLimits:
    """What an archive takes in; measured on what the file declares, before it is decoded.

    *max_pillow_pixels* is for all that has to be held in memory whole: Pillow's formats (JPEG
    2000, PSD), those of the extras, WebP, AVIF, GIF, progressive JPEG and interlaced PNG.
    """

    max_pixels: int = 2_500_000_000
    max_pillow_pixels: int = 300_000_000
    max_bytes: int = 8 * 1024**3


DEFAULT_LIMITS = MasterLimits()


@dataclass(frozen=True, slots=True)
class Probe:
    """What a master is: facts of its header, and sentences about what is unusual.

    *extent* is what people see, after the EXIF *orientation* (1 to 8) is applied;
    *stored_extent* is before. *bits* are per channel, *bands* include alpha, *pages* counts the
    pictures of which the first is used.
    """

    format: MasterFormat
    media_type: str
    extent: Extent
    stored_extent: Extent
    orientation: int
    pages: int
    bits: int
    bands: int
    has_alpha: bool
    grayscale: bool
    colour: str
    notes: tuple[str, ...]
    decoder: Decoder = Decoder.LIBVIPS

    @property
    def words(self) -> str:
        """Name the format as in "This is a TIFF"."""
        return WORDS[self.format]


def probe(path: Path, limits: MasterLimits = DEFAULT_LIMITS, *, name: str | None = None) -> Probe:
    """Say what *path* is, by its content; *name* is the name under which it was sent.

    Raises:
        EmptyFile: it has no bytes.
        NotAPicture: it is a document, an archive, a recording….
        UnsupportedMaster: a picture of a kind that is not taken in: a drawing, a PSB….
        MissingDecoder: the extra that reads such pictures is not installed.
        DamagedMaster: its header cannot be read, or its end is missing.
        MasterTooLarge: more bytes, or more declared pixels, than *limits* allow.
    """
    require_safe_pillow()
    start_libvips()
    format_ = _told_apart(path, _recognise_file(path, limits))
    header = _read_header(path, format_, _choose_decoder(path, format_))
    if min(header.stored.width, header.stored.height) < 1:
        raise DamagedMaster(WORDS[format_], "its header gives a side no pixel")
    if format_ is MasterFormat.TIFF and header.pages > 1:
        header = replace(header, pages=_tiff_pictures(path, header.pages))
    _check_pixels(header, limits)
    if not is_whole(path, format_):
        raise DamagedMaster(WORDS[format_], "its end is missing")
    return _describe(format_, header, name or path.name)


def _recognise_file(path: Path, limits: MasterLimits) -> MasterFormat:
    size = path.stat().st_size
    if size == 0:
        raise EmptyFile
    if size > limits.max_bytes:
        raise MasterTooLarge(size, limits.max_bytes, "bytes")
    with path.open("rb") as file:
        kind = recognise(file.read(HEAD_BYTES))
    if isinstance(kind, KnownStranger):
        if kind.advice:
            raise UnsupportedMaster(kind.words, kind.advice)
        raise NotAPicture(kind.words)
    return kind


def _told_apart(path: Path, format_: MasterFormat) -> MasterFormat:
    """Return *format_*, or camera raw where its TIFF directory is that of a camera."""
    if format_ is not MasterFormat.TIFF:
        return format_
    return MasterFormat.CAMERA_RAW if _directory(path).camera_raw else format_


def _directory(path: Path) -> TiffDirectory:
    with path.open("rb") as file:
        try:
            return read_directory(file)
        except BrokenDirectory as error:
            fault = "its directory cannot be read"
            raise DamagedMaster(WORDS[MasterFormat.TIFF], fault) from error


def _choose_decoder(path: Path, format_: MasterFormat) -> Decoder:
    extra = codecs.choose(path, format_)
    if extra is not None:
        return extra
    if format_ is MasterFormat.TIFF and _directory(path).compression not in _TIFF_COMPRESSIONS:
        return Decoder.PILLOW
    return Decoder.LIBVIPS if libvips_reads(format_) else Decoder.PILLOW


def _tiff_pictures(path: Path, pages: int) -> int:
    """Return how many of the *pages* are pictures; many programs add smaller copies of the first.

    What follows the first directory may be damaged without harm: then every page is counted.
    """
    with path.open("rb") as file:
        try:
            return count_pictures(file)
        except BrokenDirectory:
            return pages


def _read_header(path: Path, format_: MasterFormat, decoder: Decoder) -> Header:
    if decoder is Decoder.LIBVIPS:
        # A GIF is walked to its end when it is opened, so its end is checked here.
        gif = format_ is MasterFormat.GIF
        strictness = Strictness.DAMAGED if gif else Strictness.HEADER
        try:
            return _libvips_header(open_with_libvips(path, format_, strictness), format_)
        except pyvips.Error as error:
            if format_ is not MasterFormat.TIFF:  # Pillow reads some more, 8-bit Lab for one
                raise DamagedMaster(WORDS[format_], "it cannot be read") from error
    unreadable = DamagedMaster(WORDS[format_], "it is damaged or of a kind that is not known here")
    with translate(dict.fromkeys((*PILLOW_FAULTS, *codecs.FAULTS), unreadable)):
        if (codec := codecs.of(decoder, format_)) is not None:
            return codec.read_header(path)
        return _pillow_header(path, format_)


def _libvips_header(image: pyvips.Image, format_: MasterFormat) -> Header:
    if not colour.is_understood(image):
        raise UnsupportedMaster(
            "a picture with numbers of more than 16 bits", "save it with 8 or 16 bits per channel"
        )
    extra = image.bands - colour.channels(image)
    space = colour.space(image)
    words, notes = colour_words(space, colour.attached_profile(image))
    if extra > 1 or (extra and not image.hasalpha()):
        notes += ("Channels beside the colours are left out.",)
    deep = 16 if image.format == "ushort" else 8
    held_whole = _number(image, "jpeg-multiscan", 0) or _number(image, "interlaced", 0)
    orientation = _number(image, "orientation", 1)
    return Header(
        stored=Extent(image.width, image.height),
        orientation=orientation if 1 <= orientation <= 8 else 1,
        pages=max(1, _number(image, "n-pages", 1)),
        bits=deep if image.get_typeof("palette") else _number(image, "bits-per-sample", deep),
        bands=image.bands,
        has_alpha=extra == 1 and bool(image.hasalpha()),
        space=space,
        colour=words,
        streamed=format_ in _STREAMED and not held_whole,
        notes=notes,
        decoder=Decoder.LIBVIPS,
    )


def _pillow_header(path: Path, format_: MasterFormat) -> Header:
    with open_header_with_pillow(path, format_) as picture:
        if not has_flat_picture(picture):
            raise UnsupportedMaster(
                "a Photoshop document without its merged picture",
                "save it with “Maximize compatibility”, or as TIFF",
            )
        space = _PILLOW_SPACES.get(picture.mode, "RGB")
        words, notes = colour_words(space, profile_with_pillow(picture, path))
        orientation = picture.getexif().get(0x0112, 1) if format_ is MasterFormat.TIFF else 1
        return Header(
            stored=Extent(picture.width, picture.height),
            orientation=orientation if orientation in range(1, 9) else 1,
            pages=1 if format_ is MasterFormat.PSD else getattr(picture, "n_frames", 1),
            bits={"1": 1, "I;16": 16}.get(picture.mode, 8),
            bands=len(picture.getbands()),
            has_alpha=picture.mode in {"LA", "RGBA", "PA"},
            space=space,
            colour=words,
            streamed=False,
            notes=notes,
            decoder=Decoder.PILLOW,
        )


def _check_pixels(header: Header, limits: MasterLimits) -> None:
    measured = header.stored.width * header.stored.height
    if header.streamed:
        limit = limits.max_pixels
    else:
        limit = min(limits.max_pixels, limits.max_pillow_pixels)
    if measured > limit:
        raise MasterTooLarge(measured, limit, "pixels")


def _describe(format_: MasterFormat, header: Header, name: str) -> Probe:
    notes = list(header.notes)
    if header.pages > 1:
        notes.append(f"The file holds {header.pages} pictures; the first is used.")
    if mismatch := _name_mismatch(format_, name):
        notes.append(mismatch)
    stored = header.stored
    turned = header.orientation >= 5
    return Probe(
        format=format_,
        media_type=MEDIA_TYPES[format_],
        extent=Extent(stored.height, stored.width) if turned else stored,
        stored_extent=stored,
        orientation=header.orientation,
        pages=header.pages,
        bits=header.bits,
        bands=header.bands,
        has_alpha=header.has_alpha,
        grayscale=header.space == "gray",
        colour=header.colour,
        notes=tuple(notes),
        decoder=header.decoder,
    )


def _name_mismatch(format_: MasterFormat, name: str) -> str | None:
    """Only an extension that promises another picture is worth a note."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if not names_a_picture(name) or extension in EXTENSIONS[format_]:
        return None
    return f"Named .{extension}, is {WORDS[format_]}."


def _number(image: pyvips.Image, field: str, otherwise: int) -> int:
    return int(image.get(field)) if image.get_typeof(field) else otherwise
