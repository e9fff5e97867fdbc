"""What a file is, by its first bytes; its name is never believed."""

from dataclasses import dataclass
from enum import StrEnum

HEAD_BYTES = 1024


class MasterFormat(StrEnum):
    """The formats that masters may have; the value is the word a person reads."""

    JPEG = "JPEG"
    TIFF = "TIFF"
    PNG = "PNG"
    WEBP = "WebP"
    AVIF = "AVIF"
    GIF = "GIF"
    JPEG2000 = "JPEG 2000"
    PSD = "Photoshop document"
    HEIC = "HEIC"
    CAMERA_RAW = "camera raw"
    JPEG_XL = "JPEG XL"


WORDS = {
    MasterFormat.JPEG: "a JPEG",
    MasterFormat.TIFF: "a TIFF",
    MasterFormat.PNG: "a PNG",
    MasterFormat.WEBP: "a WebP picture",
    MasterFormat.AVIF: "an AVIF picture",
    MasterFormat.GIF: "a GIF",
    MasterFormat.JPEG2000: "a JPEG 2000 picture",
    MasterFormat.PSD: "a Photoshop document",
    MasterFormat.HEIC: "a HEIC picture",
    MasterFormat.CAMERA_RAW: "a camera raw file",
    MasterFormat.JPEG_XL: "a JPEG XL picture",
}

MEDIA_TYPES = {
    MasterFormat.JPEG: "image/jpeg",
    MasterFormat.TIFF: "image/tiff",
    MasterFormat.PNG: "image/png",
    MasterFormat.WEBP: "image/webp",
    MasterFormat.AVIF: "image/avif",
    MasterFormat.GIF: "image/gif",
    MasterFormat.JPEG2000: "image/jp2",
    MasterFormat.PSD: "image/vnd.adobe.photoshop",
    MasterFormat.HEIC: "image/heic",
    MasterFormat.CAMERA_RAW: "image/x-dcraw",
    MasterFormat.JPEG_XL: "image/jxl",
}

EXTENSIONS = {
    MasterFormat.JPEG: frozenset({"jpg", "jpeg", "jpe", "jfif"}),
    MasterFormat.TIFF: frozenset({"tif", "tiff", "btf"}),
    MasterFormat.PNG: frozenset({"png"}),
    MasterFormat.WEBP: frozenset({"webp"}),
    MasterFormat.AVIF: frozenset({"avif"}),
    MasterFormat.GIF: frozenset({"gif"}),
    MasterFormat.JPEG2000: frozenset({"jp2", "j2k", "jpf", "jpx", "j2c", "jpc", "jph", "jhc"}),
    MasterFormat.PSD: frozenset({"psd"}),
    MasterFormat.HEIC: frozenset({"heic", "heif", "hif"}),
    MasterFormat.CAMERA_RAW: frozenset(
        {"dng", "nef", "nrw", "cr2", "cr3", "arw", "raf", "orf", "rw2", "pef", "srw", "3fr", "iiq"}
    ),
    MasterFormat.JPEG_XL: frozenset({"jxl"}),
}


def names_a_picture(name: str) -> bool:
    """Say whether a file's name promises a picture of a kind that is taken in."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    return any(extension in known for known in EXTENSIONS.values())


@dataclass(frozen=True, slots=True)
class KnownStranger:
    """A file that is known and not taken in; *advice* is empty when it is no picture at all."""

    words: str
    advice: str = ""


_STILL = "send a still picture"
_RASTER = "export it as PNG or TIFF"
_RAW = MasterFormat.CAMERA_RAW
_VIDEO = KnownStranger("a video", _STILL)

_MASTERS = (
    (b"\xff\xd8\xff", MasterFormat.JPEG),
    (b"\x89PNG\r\n\x1a\n", MasterFormat.PNG),
    (b"GIF87a", MasterFormat.GIF),
    (b"GIF89a", MasterFormat.GIF),
    (b"\0\0\0\x0cjP  \r\n\x87\n", MasterFormat.JPEG2000),
    (b"\xff\x4f\xff\x51", MasterFormat.JPEG2000),
    (b"8BPS\0\x01", MasterFormat.PSD),
    (b"II*\0", MasterFormat.TIFF),
    (b"MM\0*", MasterFormat.TIFF),
    (b"II+\0", MasterFormat.TIFF),
    (b"MM\0+", MasterFormat.TIFF),
    (b"\xff\x0a", MasterFormat.JPEG_XL),
    (b"\0\0\0\x0cJXL \r\n\x87\n", MasterFormat.JPEG_XL),
    (b"FUJIFILMCCD-RAW", _RAW),
    (b"IIU\0", _RAW),
    (b"IIRO", _RAW),
    (b"IIRS", _RAW),
    (b"MMOR", _RAW),
    (b"FOVb", _RAW),
    (b"\0MRM", _RAW),
)

_STRANGERS = (
    (b"8BPS\0\x02", KnownStranger("a large Photoshop document (PSB)", "save it as TIFF")),
    (b"BM", KnownStranger("a BMP picture", _RASTER)),
    (b"v/1\x01", KnownStranger("an OpenEXR picture", _RASTER)),
    (b"#?RADIANCE", KnownStranger("a Radiance HDR picture", _RASTER)),
    (b"gimp xcf", KnownStranger("a GIMP document", _RASTER)),
    (b"\0\0\x01\0", KnownStranger("an icon", _RASTER)),
    (b"%!PS", KnownStranger("a PostScript drawing", _RASTER)),
    (b"\xc5\xd0\xd3\xc6", KnownStranger("a PostScript drawing", _RASTER)),
    (b"%PDF", KnownStranger("a PDF document", "export its pictures and send those")),
    (b"\x1aE\xdf\xa3", _VIDEO),
    (b"\0\0\x01\xba", _VIDEO),
    (b"\0\0\x01\xb3", _VIDEO),
    (b"PK\x03\x04", KnownStranger("a ZIP archive or an office document")),
    (b"PK\x05\x06", KnownStranger("an empty ZIP archive")),
    (b"7z\xbc\xaf\x27\x1c", KnownStranger("a 7z archive")),
    (b"Rar!", KnownStranger("a RAR archive")),
    (b"\x1f\x8b", KnownStranger("a gzip archive")),
    (b"\xd0\xcf\x11\xe0", KnownStranger("an old office document")),
    (b"ID3", KnownStranger("a sound recording")),
    (b"OggS", KnownStranger("a sound or video recording")),
    (b"MZ", KnownStranger("a program")),
    (b"\x7fELF", KnownStranger("a program")),
    (b"SQLite format 3", KnownStranger("a database")),
)

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif"}
_SOUND_BRANDS = {b"M4A ", b"M4B "}


def recognise(head: bytes) -> MasterFormat | KnownStranger:
    """Say what a file is from its first kilobyte.

    A file that nothing here knows is a stranger without advice: text, or unknown bytes.
    """
    for signature, format_ in _MASTERS:
        if head.startswith(signature):
            return _RAW if head[8:10] == b"CR" and format_ is MasterFormat.TIFF else format_
    if head[4:8] == b"ftyp":
        return _recognise_brand(head)
    if head.startswith(b"RIFF"):
        return _recognise_riff(head[8:12])
    for signature, stranger in _STRANGERS:
        if head.startswith(signature):
            return stranger
    return _recognise_text(head)


def _recognise_brand(head: bytes) -> MasterFormat | KnownStranger:
    """ISO base media files tell themselves apart by their brands (ISO 14496-12 §4.3)."""
    length = int.from_bytes(head[:4], "big")
    major = head[8:12]
    brands = {major} | {head[at : at + 4] for at in range(16, min(length, len(head)), 4)}
    if brands & {b"avif", b"avis"}:
        return MasterFormat.AVIF
    if major == b"crx ":
        return _RAW
    if brands & _HEIC_BRANDS:
        return MasterFormat.HEIC
    return KnownStranger("a sound recording") if major in _SOUND_BRANDS else _VIDEO


def _recognise_riff(kind: bytes) -> MasterFormat | KnownStranger:
    if kind == b"WEBP":
        return MasterFormat.WEBP
    return KnownStranger("a sound recording") if kind == b"WAVE" else _VIDEO


def _recognise_text(head: bytes) -> KnownStranger:
    lowered = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if lowered.startswith((b"<!doctype html", b"<html")):
        return KnownStranger("a web page")
    if b"<svg" in lowered and lowered.startswith(b"<"):
        return KnownStranger("an SVG drawing", _RASTER)
    if lowered.startswith((b"<?xml", b"<x:xmpmeta")):
        return KnownStranger("an XML file")
    if b"\0" not in head:
        return KnownStranger("a text file")
    return KnownStranger("a file of an unknown kind")
