"""From settings to an archive: made, opened, and refused where there is none."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from dam import wiring
from dam.config import read_settings
from dam.errors import DamError
from dam.records import catalogue, schema
from dam.rights.policy import UnusablePolicy
from dam.wiring import NotInitialised


@pytest.fixture
def place(tmp_path):
    """A place that nobody has prepared, in a home that is not there yet."""
    place = wiring.open_place(read_settings({"DAM_HOME": str(tmp_path / "new" / "home")}))
    yield place
    place.engine.dispose()


def test_prepared_place_is_an_empty_archive(place):
    wiring.prepare(place)
    archive = wiring.build_archive(place)
    with archive.reading() as db:
        assert catalogue.count_all(db) == 0
    assert archive.settings.manifests.is_dir()
    assert (archive.settings.home / "dam.sqlite3").is_file()


def test_preparing_again_keeps_what_is_there(archive, darkroom):
    photograph_id = darkroom.photograph()
    place = wiring.open_place(archive.settings)
    wiring.prepare(place)
    with wiring.build_archive(place).reading() as db:
        assert catalogue.all_ids(db) == (photograph_id,)
    place.engine.dispose()


def test_place_that_was_not_prepared_is_no_archive(place):
    with pytest.raises(NotInitialised, match="dam init"):
        wiring.build_archive(place)


def test_database_of_another_version_is_not_opened(place):
    wiring.prepare(place)
    schema.downgrade(place.engine, "base")
    with pytest.raises(NotInitialised, match="dam db upgrade"):
        wiring.build_archive(place)


def test_home_that_cannot_be_written_says_so_without_a_path(tmp_path):
    (tmp_path / "home").write_bytes(b"")
    place = wiring.open_place(read_settings({"DAM_HOME": str(tmp_path / "home")}))
    with pytest.raises(DamError, match="cannot be written") as caught:
        wiring.prepare(place)
    assert str(tmp_path) not in str(caught.value)
    place.engine.dispose()


def test_settings_that_contradict_each_other_are_refused(tmp_path):
    settings = read_settings({"DAM_HOME": str(tmp_path), "DAM_CAP_PIXELS": "100"})
    place = wiring.open_place(settings)
    wiring.prepare(place)
    with pytest.raises(UnusablePolicy):
        wiring.build_archive(place)
    place.engine.dispose()


def test_archive_counts_days_and_pixels_as_it_was_set(open_archive):
    archive = open_archive(timezone="Europe/Vilnius", cap_pixels="800", thumbnail_pixels="200")
    policy = archive.policy
    assert (str(policy.timezone), policy.cap_pixels, policy.thumbnail_pixels) == (
        "Europe/Vilnius",
        800,
        200,
    )


def test_identifiers_are_opaque_and_never_the_same():
    made = [wiring.new_id() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert all(
        len(one) == 12 and set(one) <= set("0123456789abcdefghijklmnopqrstuvwxyz") for one in made
    )


def test_clock_knows_its_zone():
    assert wiring.clock().utcoffset().total_seconds() == 0


def test_signing_key_is_made_once_and_read_by_its_owner_only(archive):
    key = wiring.signing_key(archive.settings)
    assert len(key) == 32
    assert wiring.signing_key(archive.settings) == key
    path = archive.settings.home / "secret.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in archive.settings.home.glob("*.key*")] == ["secret.key"]


def test_workers_that_start_together_have_the_same_key(archive):
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(wiring.signing_key, [archive.settings] * 64))
    assert len(keys) == 1
    assert len(keys.pop()) == 32
