"""What comes in is looked at as its tiles are cut, and what is like it is written down."""

import pytest
from PIL import Image, PngImagePlugin
from sqlalchemy import select

from dam.catalogue.changes import Description
from dam.catalogue.frames import Turn
from dam.records import catalogue, likenesses
from dam.records.base import Session
from dam.records.likeness_rows import AlikeRow, LikenessRow
from dam.workflows import derive, likeness
from dam.workflows.ingest import State

NOISE = Image.effect_noise((12, 8), 90)


@pytest.fixture
def take(darkroom):
    """Save a picture under a name, take it in and run its jobs; returns its photograph."""

    def taken(name, picture, **options):
        path = darkroom.directory / name
        path.parent.mkdir(exist_ok=True)
        picture.save(path, **options)
        [outcome] = darkroom.take(path)
        assert outcome.state is State.TAKEN_IN, outcome
        darkroom.work()
        return outcome.id

    return taken


def pairs(archive):
    with archive.reading() as db:
        rows = db.scalars(select(AlikeRow).order_by(AlikeRow.newer_id)).all()
        return {(row.newer_id, row.older_id): (row.found_by, row.degrees) for row in rows}


def looks(archive, photograph_id):
    with archive.reading() as db:
        return likenesses.one(db, photograph_id)


def test_retagged_file_detected_by_pixel_hash(archive, take):
    """A copy with other metadata is no new picture (immich#23205, immich#18762)."""
    picture = NOISE.resize((600, 400)).convert("RGB")
    first = take("print.png", picture)
    words = PngImagePlugin.PngInfo()
    words.add_text("Title", "The same print, described by somebody else")
    second = take("print-described.png", picture, pnginfo=words)
    assert pairs(archive) == {(second, first): ("pixels", 0)}


def test_reused_filename_is_new_asset(archive, take):
    """A name is no identity: what bears it again inherits nothing (photoprism#486)."""
    first = take("DSC_0001.png", NOISE.resize((600, 400)))
    second = take("DSC_0001.png", Image.effect_noise((12, 8), 90).resize((600, 400)))
    assert first != second
    assert pairs(archive) == {}


def test_a_smaller_copy_lying_on_its_side_is_found_by_its_likeness(archive, take):
    picture = NOISE.resize((600, 400)).convert("RGB")
    first = take("print.png", picture)
    second = take("web.jpg", picture.resize((300, 200)).rotate(-90, expand=True), quality=60)
    assert pairs(archive) == {(second, first): ("likeness", 90)}


def test_turning_at_the_desk_changes_nothing_of_what_the_file_looks_like(archive, take):
    picture = NOISE.resize((600, 400)).convert("RGB")
    first = take("print.png", picture)
    before = looks(archive, first)
    with archive.writing.begin() as db:
        catalogue.describe(db, first, Description(turn=Turn.RIGHT))
    derive.derive(archive, first)
    assert looks(archive, first) == before
    with archive.writing.begin() as db:
        forget(db)
    assert likeness.fill(archive) == 1
    after = looks(archive, first)
    assert (after.perceptual, after.pixels) == (before.perceptual, "")


def forget(db: Session):
    for row in db.scalars(select(LikenessRow)):
        db.delete(row)


def test_what_was_taken_in_before_is_looked_at_once_and_then_known(archive, take):
    picture = NOISE.resize((600, 400)).convert("RGB")
    first = take("print.png", picture)
    lost = take("lost.png", Image.effect_noise((9, 9), 90).resize((300, 300)))
    with archive.writing.begin() as db:
        forget(db)
        packs = catalogue.photograph(db, lost).packs
    for pack in packs:
        archive.store.path(pack.key).unlink()
    assert likeness.fill(archive) == 1
    assert likeness.fill(archive) == 0
    second = take("again.jpg", picture, quality=70)
    assert pairs(archive) == {(second, first): ("likeness", 0)}
