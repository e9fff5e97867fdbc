"""What the tests of the web floor may ask for."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from browsers import KEY, NAAN, Browser, Exhibition, hang, signed_in
from programs import Program, program

from dam import wiring
from dam.config import read_settings
from dam.rights.facts import Audience
from dam.web.application import create_app, create_service

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def exhibition(tmp_path_factory) -> Exhibition:
    """One photograph in each state of rights; tests of this module only read it."""
    home = tmp_path_factory.mktemp("exhibition")
    place = wiring.open_place(
        read_settings(
            {
                "DAM_HOME": str(home / "home"),
                "DAM_MAX_IMAGE_AREA": "1000000",
                "DAM_ARK_NAAN": NAAN,
            }
        )
    )
    wiring.prepare(place)
    archive = replace(wiring.build_archive(place), now=lambda: NOON)
    yield hang(archive)
    place.engine.dispose()


@pytest.fixture
def app(archive):
    """The Flask application over the fixture ``archive``."""
    return create_app(archive, KEY)


@pytest.fixture
def browser(app) -> Browser:
    """Somebody of the public."""
    return Browser(app)


@dataclass
class Ticks:
    """A clock of seconds that a test turns."""

    seconds: float = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def service(archive, ticks):
    """The tile path with Flask behind it, over the fixture ``archive``."""
    return create_service(replace(archive, ticks=ticks), KEY)


@pytest.fixture
def staff(archive, app) -> Browser:
    """Somebody who uploads and captions."""
    return signed_in(archive, app, Audience.STAFF)


@pytest.fixture
def manager(archive, app) -> Browser:
    """Somebody who clears rights."""
    return signed_in(archive, app, Audience.RIGHTS_MANAGER)


@pytest.fixture
def administrator(archive, app) -> Browser:
    """Somebody who looks after accounts."""
    return signed_in(archive, app, Audience.ADMINISTRATOR)


@pytest.fixture
def worker(archive, app) -> Program:
    return program(archive, app, Audience.STAFF)


@pytest.fixture
def clearer(archive, app) -> Program:
    return program(archive, app, Audience.RIGHTS_MANAGER)


@pytest.fixture
def keeper(archive, app) -> Program:
    return program(archive, app, Audience.ADMINISTRATOR)
