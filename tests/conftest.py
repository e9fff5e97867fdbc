"""What every test may ask for."""

import os
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from PIL import Image

from dam import wiring
from dam.catalogue.essay import Essay
from dam.catalogue.sheet import Sheet
from dam.config import read_settings
from dam.imaging.decoding import DecoderLimits, Decoding
from dam.workflows import ingest, jobs
from dam.workflows.archive import Archive
from dam.workflows.batch import Options, make_batch
from dam.workflows.ingest import Outcome

pytest_plugins = ("served", "browser", "postgres")

settings.register_profile("dev", max_examples=60, deadline=None)
settings.register_profile("ci", max_examples=200, deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The directory of fixtures beside the checkout: photographs, schemas, texts."""
    if not (SHARED / "fixtures").is_dir():
        pytest.skip("the fixtures beside the checkout (../shared) are missing")
    return SHARED


def pytest_addoption(parser):
    parser.addoption("--large", action="store_true", help="run the tests of the largest masters")


def pytest_collection_modifyitems(config, items):
    """The tests of the largest masters run on request only."""
    if config.getoption("--large"):
        return
    wait = pytest.mark.skip(reason="takes minutes; `make test-large` runs it")
    for item in items:
        if item.get_closest_marker("large"):
            item.add_marker(wait)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where nothing may be skipped, a skipped test of the browser or the fixtures is a failure."""
    report = yield
    needed = item.get_closest_marker("browser") or item.get_closest_marker("shared")
    if report.skipped and needed and os.environ.get("TESTS_SKIP_NOTHING"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped where nothing may be: {report.longrepr}"
    return report


@dataclass
class Clock:
    """The archive's clock, which a test turns."""

    moment: datetime = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **life: float) -> None:
        self.moment += timedelta(**life)


@pytest.fixture
def clock() -> Clock:
    """The clock of the fixture ``archive``: noon of 1 March 2027, until a test turns it."""
    return Clock()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Path:
    """An empty database that the migrations have built, once for all tests of a process."""
    home = tmp_path_factory.mktemp("migrated")
    place = wiring.open_place(read_settings({"DAM_HOME": str(home)}))
    wiring.prepare(place)
    place.engine.dispose()  # which brings the write-ahead log into the file
    return home / "dam.sqlite3"


@pytest.fixture(scope="session")
def decoding(tmp_path_factory):
    """The confined process that decodes, one for all archives of a test process.

    Each archive has one of its own where it is served; starting one takes a fifth of a second.
    """
    started = Decoding(tmp_path_factory.getbasetemp(), DecoderLimits())
    yield started
    started.close()


@pytest.fixture
def open_archive(tmp_path, clock, migrated, decoding):
    """A maker of archives, by their settings: real databases and files below tmp_path."""
    engines = []

    def make(**given: str) -> Archive:
        home = tmp_path / given.pop("home", "home")
        environment = {"DAM_HOME": str(home)} | {
            f"DAM_{name.upper()}": value for name, value in given.items()
        }
        home.mkdir(parents=True, exist_ok=True)
        if not (home / "dam.sqlite3").exists() and "database_url" not in given:
            shutil.copy(migrated, home / "dam.sqlite3")
        place = wiring.open_place(read_settings(environment))
        engines.append(place.engine)
        wiring.prepare(place)
        return replace(wiring.build_archive(place), now=clock, decoding=decoding)

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def archive(open_archive) -> Archive:
    """An empty archive, wired as the service is, with a clock of the test's."""
    return open_archive()


@dataclass
class Darkroom:
    """Makes small pictures, no two alike, and takes them in."""

    archive: Archive
    directory: Path
    made: int = 0

    def picture(self, name: str, size: tuple[int, int] = (96, 64), **options: object) -> Path:
        """A picture file of that name; its ending says the format."""
        self.made += 1
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = str(options.pop("mode", "RGB"))
        colour = (37 * self.made % 256, 91 * self.made % 256, self.made % 256)
        picture = Image.new("RGB", size, colour)
        # One corner differs, so that a turned or cut picture can be told.
        picture.paste((255, 255, 255), (0, 0, size[0] // 4, size[1] // 4))
        picture.convert(mode).save(path, **options)
        return path

    def take(
        self,
        *paths: Path,
        sheet: Sheet | None = None,
        essay: Essay | None = None,
        skip_strangers: bool = False,
        **options: object,
    ) -> list[Outcome]:
        """Take files in as one batch, named by their paths below the directory."""
        names = [path.relative_to(self.directory).as_posix() for path in paths]
        batch = make_batch(Options(**{"by": "Rana", **options}), names, sheet, essay)
        return [
            ingest.take_in(
                self.archive, name, ingest.read_file(path), batch, skip_strangers=skip_strangers
            )
            for name, path in zip(names, paths, strict=True)
        ]

    def work(self) -> int:
        """Run all jobs that may run now, and return how many there were."""
        done = 0
        while jobs.run_one(self.archive):
            done += 1
        return done

    def photograph(self, size: tuple[int, int] = (96, 64), **options: object) -> str:
        """The identifier of a new photograph whose jobs have run."""
        path = self.picture(f"{self.made + 1}.png", size)
        [outcome] = self.take(path, **options)
        assert outcome.state is ingest.State.TAKEN_IN, outcome
        self.work()
        assert outcome.id is not None
        return outcome.id


@pytest.fixture
def darkroom(archive, tmp_path) -> Darkroom:
    """Makes small pictures and takes them into the fixture ``archive``."""
    directory = tmp_path / "pictures"
    directory.mkdir()
    return Darkroom(archive, directory)
