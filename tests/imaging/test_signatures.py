import pytest

from dam.imaging.signatures import KnownStranger, MasterFormat, recognise

MASTERS = [
    (b"\xff\xd8\xff\xe0", MasterFormat.JPEG),
    (b"\x89PNG\r\n\x1a\n\0\0", MasterFormat.PNG),
    (b"GIF87a", MasterFormat.GIF),
    (b"II*\0\x08\0\0\0\0\0", MasterFormat.TIFF),
    (b"MM\0+\0\x08", MasterFormat.TIFF),
    (b"RIFF\x10\0\0\0WEBPVP8 ", MasterFormat.WEBP),
    (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1", MasterFormat.AVIF),
    (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", MasterFormat.AVIF),
    (b"\0\0\0\x0cjP  \r\n\x87\n", MasterFormat.JPEG2000),
    (b"\xff\x4f\xff\x51\0\x2f", MasterFormat.JPEG2000),
    (b"8BPS\0\x01", MasterFormat.PSD),
    (b"\0\0\0\x0cJXL \r\n\x87\n", MasterFormat.JPEG_XL),
    (b"\xff\x0a\xfa\x7f", MasterFormat.JPEG_XL),
    (b"IIU\0\x18\0\0\0", MasterFormat.CAMERA_RAW),
    (b"FUJIFILMCCD-RAW 0201", MasterFormat.CAMERA_RAW),
    (b"II*\0\x10\0\0\0CR\x02\0", MasterFormat.CAMERA_RAW),
    (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom", MasterFormat.CAMERA_RAW),
    (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", MasterFormat.HEIC),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", MasterFormat.HEIC),
]

PICTURES_NOT_TAKEN_IN = [
    (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG drawing"),
    (b"  <svg>", "an SVG drawing"),
    (b"%PDF-1.7", "a PDF document"),
    (b"\0\0\0\x18ftypmp42\0\0\0\0isom", "a video"),
    (b"\0\0\0\x14ftypqt  ", "a video"),
    (b"\x1aE\xdf\xa3\x9f", "a video"),
    (b"RIFF\x10\0\0\0AVI LIST", "a video"),
    (b"BM\x36\0", "a BMP picture"),
    (b"8BPS\0\x02", "a large Photoshop document (PSB)"),
]

NO_PICTURES = [
    (b"PK\x03\x04\x14\0", "a ZIP archive or an office document"),
    (b"<!DOCTYPE html><html>", "a web page"),
    (b"<html><body><svg>", "a web page"),
    (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "an XML file"),
    ("Şuşa, 8 may 1992".encode(), "a text file"),
    (b"RIFF\x10\0\0\0WAVEfmt ", "a sound recording"),
    (b"\x01\x02\0\x03", "a file of an unknown kind"),
]


@pytest.mark.parametrize(("head", "format_"), MASTERS)
def test_masters_are_known_by_their_first_bytes(head, format_):
    assert recognise(head) is format_


@pytest.mark.parametrize(("head", "words"), PICTURES_NOT_TAKEN_IN)
def test_known_pictures_that_are_not_taken_in_are_named_with_advice(head, words):
    stranger = recognise(head)
    assert isinstance(stranger, KnownStranger)
    assert stranger.words == words and stranger.advice


@pytest.mark.parametrize(("head", "words"), NO_PICTURES)
def test_what_is_no_picture_is_named(head, words):
    assert recognise(head) == KnownStranger(words)
