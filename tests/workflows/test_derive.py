"""From masters to packs: those that the decision names, made once, and made again when asked."""

from dataclasses import replace
from datetime import date

import pytest

from dam.errors import DamError
from dam.iiif.geometry import Extent
from dam.iiif.image_request import ApiVersion
from dam.records import catalogue
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Audience
from dam.storage import keys
from dam.storage.packs import DamagedPack, OpenPack
from dam.workflows import clear, deliver, derive

BY = "http://creativecommons.org/licenses/by/4.0/"
K = RecordKind


def packs(archive, photograph_id):
    with archive.reading() as db:
        return {pack.recipe: pack for pack in catalogue.packs(db, photograph_id)}


def pack_files(archive):
    root = archive.settings.media / "packs"
    return sorted(path.relative_to(root.parent).as_posix() for path in root.rglob("*.*"))


def record(archive, photograph_id, kind, text="", **value):
    clear.record(archive, photograph_id, [NewRecord(kind, text, **value)], "Rana")


@pytest.fixture
def large(darkroom):
    """A published photograph of 600 by 400 pixels under a licence."""
    return darkroom.photograph((600, 400), public=True, rights=BY)


def test_draft_has_the_full_pack_for_those_who_work_here(archive, darkroom):
    assert set(packs(archive, darkroom.photograph())) == {"full"}


def test_pack_is_open_for_reading_at_its_key(archive, large):
    pack = packs(archive, large)["full"]
    opened = archive.packs.take(pack.key)
    name = next(iter(opened.members))
    assert opened.read(name).startswith(b"\xff\xd8")
    assert pack.extent == Extent(600, 400)
    assert archive.store.exists(keys.pack_index(pack.key))


CAPS = (
    (((K.CEILING, "capped"),), {"full", "capped-1000"}, "the archive's own cap"),
    (((K.CAP, "", 300),), {"full", "capped-300"}, "a cap of its own"),
    (((K.CEILING, "thumbnail"),), {"full", "thumbnail-400"}, "a thumbnail"),
    (((K.CEILING, "record"),), {"full"}, "no pixel"),
    (((K.CEILING, "hidden"),), {"full"}, "nothing"),
    (((K.CEILING, "zoom"),), {"full"}, "all of it"),
    (((K.CEILING, "capped"), (K.CAP, "", 300)), {"full", "capped-300"}, "both"),
)


@pytest.mark.parametrize(("records", "expected", "reason"), CAPS)
def test_packs_are_those_that_the_decision_names(
    archive, darkroom, large, records, expected, reason
):
    clear.record(archive, large, [NewRecord(*each) for each in records], "Rana")
    darkroom.work()
    assert set(packs(archive, large)) == expected, reason


def test_capped_pack_has_no_more_pixels_than_its_cap(archive, darkroom, large):
    record(archive, large, K.CAP, number=300)
    darkroom.work()
    assert packs(archive, large)["capped-300"].extent == Extent(300, 200)
    assert packs(archive, large)["full"].extent == Extent(600, 400)


def test_cap_above_the_master_enlarges_nothing(archive, darkroom, large):
    record(archive, large, K.CAP, number=5000)
    darkroom.work()
    assert packs(archive, large)["capped-5000"].extent == Extent(600, 400)


def test_pack_that_the_end_of_an_embargo_will_name_is_made_before(archive, darkroom, large):
    record(archive, large, K.CAP, number=300)
    record(archive, large, K.EMBARGO, "plain", day=date(2030, 1, 1))
    darkroom.work()
    assert set(packs(archive, large)) == {"full", "capped-300"}


def test_pack_is_not_made_for_what_a_person_has_to_review_first(archive, darkroom):
    photograph_id = darkroom.photograph((600, 400))
    record(archive, photograph_id, K.STATEMENT, BY)
    record(archive, photograph_id, K.CAP, number=300)
    record(archive, photograph_id, K.EMBARGO, "donor", day=date(2030, 1, 1))
    darkroom.work()
    assert set(packs(archive, photograph_id)) == {"full"}


def test_packs_that_are_there_are_kept(archive, large):
    before = packs(archive, large)
    assert derive.derive(archive, large) == derive.MadePacks(made=(), kept=("full",))
    assert packs(archive, large) == before


def coarser(archive):
    """The archive with other tiles, so that a rebuilt pack has other bytes."""
    return replace(archive, settings=replace(archive.settings, jpeg_quality=30))


def test_rebuilt_pack_takes_the_place_of_the_old_objects(archive, darkroom, large):
    record(archive, large, K.CAP, number=300)
    darkroom.work()
    before = packs(archive, large)
    made = derive.derive(coarser(archive), large, rebuild=True)
    after = packs(archive, large)
    assert set(made.made) == set(after) == {"full", "capped-300"} and made.kept == ()
    for recipe, pack in after.items():
        assert pack.key != before[recipe].key and pack.digest != before[recipe].digest
        assert not archive.store.exists(before[recipe].key)
    assert pack_files(archive) == sorted(
        name for pack in after.values() for name in (pack.key, keys.pack_index(pack.key))
    )


def test_pack_that_is_being_read_stays_readable_when_it_is_rebuilt(archive, large):
    image = deliver.open_image(archive, large, Audience.PUBLIC)
    name = next(iter(image.tiles.members))
    before = image.tiles.read(name)
    derive.derive(coarser(archive), large, rebuild=True)
    assert image.tiles.read(name) == before


DAMAGES = (
    ("pack", b"", "it is empty"),
    ("pack", b"not a zip", "it is something else"),
    ("index", b"", "its index is empty"),
    ("index", b"dampack1\0\0\0\1", "its index ends before its first tile"),
)


@pytest.mark.parametrize(("which", "content", "reason"), DAMAGES)
def test_damaged_pack_is_mended_by_rebuilding_it(archive, large, which, content, reason):
    """Also at once, when the tiles that are cut again have the same bytes."""
    pack = packs(archive, large)["full"]
    path = archive.store.path(pack.key if which == "pack" else keys.pack_index(pack.key))
    path.chmod(0o644)
    path.write_bytes(content)
    with pytest.raises(DamagedPack):
        archive.packs.take(pack.key)
    derive.derive(archive, large, rebuild=True)
    image = deliver.open_image(archive, large, Audience.PUBLIC)
    assert image.tiles.read(next(iter(image.tiles.members))), reason


def test_photograph_whose_master_is_gone_has_no_new_pack_and_keeps_the_old_one(archive, large):
    before = packs(archive, large)
    with archive.reading() as db:
        archive.store.path(catalogue.photograph(db, large).master.key).unlink()
    with pytest.raises(DamError, match="missing from the media store"):
        derive.derive(archive, large, rebuild=True)
    assert packs(archive, large) == before
    assert archive.store.exists(before["full"].key)


def test_making_a_pack_leaves_nothing_beside_it(archive, large):
    assert list((archive.settings.media / "incoming").iterdir()) == []
    pack = packs(archive, large)["full"]
    assert pack_files(archive) == sorted([pack.key, keys.pack_index(pack.key)])


def test_new_pack_is_known_to_every_worker_at_once(archive, darkroom, large):
    epoch, count = archive.epoch.value, deliver.database_epoch(archive)
    derive.derive(coarser(archive), large, rebuild=True)
    assert archive.epoch.value != epoch
    assert deliver.database_epoch(archive) > count


def test_withdrawn_photograph_needs_no_pack_for_the_public(archive, darkroom, large):
    record(archive, large, K.CAP, number=300)
    clear.withdraw(archive, large, "A family asked.", "Rana")
    darkroom.work()
    assert set(packs(archive, large)) == {"full"}


def test_open_pack_and_its_row_agree(archive, large):
    pack = packs(archive, large)["full"]
    opened = OpenPack(archive.store.path(pack.key), archive.store.path(keys.pack_index(pack.key)))
    whole = [name for name in opened.members if name.startswith("full/")]
    assert whole and len(opened.members) > len(whole)


def test_rebuilt_pack_of_the_same_master_has_the_same_tag(archive, darkroom, clock):
    photograph_id = darkroom.photograph((3000, 2100), public=True, rights=BY)
    before = packs(archive, photograph_id)["full"]
    clock.advance(days=3)
    derive.derive(archive, photograph_id, rebuild=True)
    after = packs(archive, photograph_id)["full"]
    assert (after.digest, after.key) == (before.digest, before.key)
    image = deliver.open_image(archive, photograph_id, Audience.PUBLIC)
    for name in image.tiles.members:
        assert image.tiles.read(name).startswith(b"\xff\xd8")


def test_thumbnail_is_stored_in_new_packs_and_drawn_from_old_ones(archive, darkroom):
    photograph_id = darkroom.photograph((3000, 2100), public=True, rights=BY)
    tail = "full/90,/0/default.jpg"
    image = deliver.open_image(archive, photograph_id, Audience.PUBLIC)
    found = deliver.find(archive, image, ApiVersion.V3, tail)
    assert found.stored is not None
    stored = deliver.body(archive, found)
    del image.tiles.members["full/90,63/0/default.jpg"]
    found = deliver.find(archive, image, ApiVersion.V3, tail)
    assert found.stored is None
    assert deliver.body(archive, found) == stored


def test_kept_drawing_never_leaves_for_what_was_capped_or_withdrawn(archive, darkroom, large):
    tail = "full/^1000,667/0/default.jpg"
    before = deliver.open_image(archive, large, Audience.PUBLIC)
    full = deliver.body(archive, deliver.find(archive, before, ApiVersion.V3, tail))
    again = deliver.find(archive, before, ApiVersion.V3, tail)
    assert deliver.body(archive, again) == full
    assert archive.drawing.snapshot()["kept"] == 1
    record(archive, large, K.CAP, number=300)
    darkroom.work()
    capped = deliver.open_image(archive, large, Audience.PUBLIC)
    found = deliver.find(archive, capped, ApiVersion.V3, tail)
    assert deliver.body(archive, found) != full
    assert archive.drawing.snapshot()["kept"] == 1
    clear.withdraw(archive, large, "A family asked.", "Rana")
    with pytest.raises(DamError):
        deliver.open_image(archive, large, Audience.PUBLIC)
