"""The schema of the database: made and migrated by Alembic, never by hand."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.engine import Connection

_SCRIPTS = Path(__file__).parent / "migrations"


def configuration(connection: Connection) -> Config:
    """Return Alembic's configuration for one connection."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to *revision*, making it when it is empty."""
    with engine.begin() as connection:
        command.upgrade(configuration(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to *revision*; for tests of the migrations."""
    with engine.begin() as connection:
        command.downgrade(configuration(connection), revision)


def is_current(engine: Engine) -> bool:
    """Say whether the database is at the newest revision."""
    # Reading: the question must not wait for whoever writes.
    with engine.execution_options(reading=True).connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        head = ScriptDirectory.from_config(configuration(connection)).get_current_head()
    return found == head
