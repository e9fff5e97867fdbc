"""What all rows share: names of constraints, moments in UTC, and how a database is opened."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Engine, MetaData, create_engine, event, text
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

__all__ = [
    "EMPTY",
    "DatabaseFault",
    "Moment",
    "Row",
    "Session",
    "Sessions",
    "make_readers",
    "make_sessions",
    "open_database",
]

Sessions = sessionmaker[Session]
DatabaseFault = SQLAlchemyError
"""What the database raises; for those who go on without it."""

EMPTY = text("''")
"""The default, in the database, of a column of text that was added to rows that exist."""
_BUSY_TIMEOUT_MS = 15_000
_WRITERS_LOCK = 0x64616D  # any number that no other program in the same database locks


class Row(DeclarativeBase):
    """The base of every table; named constraints, so that migrations can name them too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC on every engine; SQLite keeps no zone of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC; a naive one is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def open_database(url: str) -> Engine:
    """Return an engine whose writers queue at BEGIN; on SQLite with WAL and foreign keys."""
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    elif engine.dialect.name == "postgresql":
        event.listen(engine, "begin", _begin_in_turn)
    return engine


def _set_up_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # pysqlite would open transactions by itself and late; we say BEGIN ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={_BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    """Take the write lock at once where the session means to write.

    A deferred read-then-write fails at once with "database is locked" when somebody else wrote
    in between; BEGIN IMMEDIATE waits for its turn instead. Readers stay deferred.
    """
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _begin_in_turn(connection: Connection) -> None:
    """Let writers wait for each other as on SQLite, and readers see one state until they end.

    What is looked up and then written (is there a photograph of these bytes, which position is
    free) is written for one writer at a time; transactions are short.
    """
    if connection.get_execution_options().get("reading", False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")


def make_sessions(engine: Engine) -> Sessions:
    """Return the factory of writing sessions: ``with sessions.begin() as db``."""
    return sessionmaker(engine, expire_on_commit=False, autoflush=True)


def make_readers(engine: Engine) -> Sessions:
    """Return the factory of reading sessions, which never take the write lock."""
    return sessionmaker(engine.execution_options(reading=True), expire_on_commit=False)
