"""Every file of the corpus goes in as large and upright as another reader says, or is refused."""

import json
import warnings
from pathlib import Path

import pytest
import pyvips
from PIL import Image, ImageOps
from werkzeug.test import Client

from dam.web.application import create_service
from dam.workflows import ingest
from dam.workflows.ingest import State

# Part of the file's name, part of the sentence that refuses it, and why.
REFUSED = (
    ("es256_certs.pem", "a text file", "a certificate"),
    ("SOURCES.txt", "a text file", "a list of where the others came from"),
    (".xmp", "not a picture", "metadata beside a picture that is not there"),
    ("DNG.dng", "its end is missing", "one tile of its sensor's 140 is left"),
    ("jpg_beach.jpg", "cannot be read", "it has no header of a frame: Pillow reads none either"),
    (
        "jpg_corrupted.jpg",
        "damaged or incomplete",
        "libvips stops at its fault",
    ),
    ("QuickTime.heic", "damaged or incomplete", "its pixels were cut to 18 bytes"),
)


def expected(path: Path) -> tuple[int, int]:
    """Width and height of the upright picture, as Pillow or libheif's header says."""
    if path.suffix.lower() == ".heic":
        picture = pyvips.Image.heifload(str(path))
        return picture.width, picture.height
    with warnings.catch_warnings(action="ignore"), Image.open(path) as picture:  # of bad EXIF
        try:
            return ImageOps.exif_transpose(picture).size
        except (OSError, SyntaxError, ValueError):
            return picture.size


def refusal(path: Path) -> str | None:
    return next((words for part, words, _ in REFUSED if part in path.name), None)


@pytest.mark.shared
def test_every_file_of_the_corpus_goes_in_right_or_is_refused_in_a_sentence(
    shared, archive, darkroom
):
    corpus = shared / "fixtures" / "metadata"
    files = sorted(path for path in corpus.rglob("*") if path.is_file())
    assert len(files) > 80
    client = Client(create_service(archive, b"k" * 32))
    darkroom.directory = corpus
    wrong = {}
    for path, outcome in zip(files, darkroom.take(*files, public=True), strict=True):
        if outcome.state is State.DUPLICATE:
            continue
        darkroom.work()
        ended = ingest.settled(archive, outcome)
        words = refusal(path)
        if words is not None:
            fits = ended.state in {State.REFUSED, State.FAILED} and words in ended.reason
            found = ended.reason if not fits or not ended.reason.endswith(".") else None
        elif ended.state is not State.READY:
            found = ended.reason
        else:
            info = json.loads(client.get(f"/iiif/3/{ended.id}/info.json").data)
            size = (info["width"], info["height"])
            found = None if size == expected(path) else (size, expected(path))
        if found is not None:
            wrong[path.name] = found
    assert not wrong, "; ".join(f"{name}: {found}" for name, found in wrong.items())
