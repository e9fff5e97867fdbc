"""A real PostgreSQL for tests: made in a temporary directory, on a Unix socket, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from dam.records import schema
from dam.records.base import open_database

_PLACES = "/usr/lib/postgresql"


def programs():
    found = sorted(Path(_PLACES).glob("*/bin/postgres"), key=lambda one: int(one.parts[4]))
    return found[-1].parent if found else None


def _as_nobody(directory):
    """PostgreSQL refuses to run as root: what to change to, and the directory given to it."""
    if os.getuid() != 0:
        return {}
    names = {one.pw_name for one in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    shutil.chown(directory, user)
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgres():
    """The address of a server, for SQLAlchemy, with ``{}`` for the name of the database."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    directory = Path(tempfile.mkdtemp(prefix="dam-pg-"))
    given = _as_nobody(directory) | {"cwd": directory}
    data = directory / "data"
    init = [found / "initdb", "-D", data, "-U", "dam", "-E", "UTF8", "--locale=C", "-A", "trust"]
    subprocess.run(init, check=True, capture_output=True, **given)
    options = f"-k {directory} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
    control = [found / "pg_ctl", "-D", data, "-w"]
    log = directory / "log"
    subprocess.run([*control, "-o", options, "-l", log, "start"], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **given)  # fmt: skip
    try:
        yield f"postgresql+psycopg://dam@/{{}}?host={directory}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **given)  # fmt: skip
        shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_postgres(postgres):
    """The name of a database that the migrations have built, to be copied."""
    with _admin(postgres) as connection:
        connection.execute(text("CREATE DATABASE migrated"))
    engine = open_database(postgres.format("migrated"))
    schema.upgrade(engine)
    engine.dispose()
    return "migrated"


@contextmanager
def _admin(postgres):
    engine = create_engine(postgres.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def new_postgres(postgres, migrated_postgres):
    """A maker of databases on it: migrated ones, or empty ones from ``template0``."""
    made = []

    def make(template=migrated_postgres):
        name = f"t{uuid4().hex[:12]}"
        with _admin(postgres) as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        made.append(name)
        return postgres.format(name)

    yield make
    with _admin(postgres) as connection:
        for name in made:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
