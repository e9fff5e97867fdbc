"""The database: how it is opened, migrated, and written by several at once."""

from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier, Thread

import pytest
from alembic import command
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from stored_rows import add_photograph

from dam.records import catalogue, epochs, register, schema
from dam.records.base import Moment, make_readers, make_sessions, open_database
from dam.records.models import METADATA
from dam.records.register import NewRecord, RecordKind


@pytest.fixture
def empty(tmp_path):
    """An engine on a database without tables."""
    engine = open_database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    yield engine
    engine.dispose()


def shape(engine):
    """Every table with its columns, constraints and indexes."""
    found = inspect(engine)
    return {
        name: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in columns],
            sorted(str(index["name"]) for index in found.get_indexes(name)),
            sorted(str(each["name"]) for each in found.get_unique_constraints(name)),
            sorted(str(key["name"]) for key in found.get_foreign_keys(name)),
            found.get_pk_constraint(name)["name"],
        )
        for name in found.get_table_names()
        if not name.startswith("search_text") and (columns := found.get_columns(name))
    }


def test_migrations_go_up_down_and_up_to_the_same(empty):
    schema.upgrade(empty)
    first = shape(empty)
    schema.downgrade(empty, "base")
    assert set(shape(empty)) == {"alembic_version"}
    schema.upgrade(empty)
    assert shape(empty) == first


def test_migrations_make_what_the_models_say(empty):
    """``alembic check``: it fails where a revision would have something to do."""
    schema.upgrade(empty)
    with empty.begin() as connection:
        command.check(schema.configuration(connection))


def test_every_table_of_the_models_is_there(empty):
    schema.upgrade(empty)
    assert set(shape(empty)) == {"alembic_version", *METADATA.tables}


def test_every_constraint_has_a_name(empty):
    schema.upgrade(empty)
    for table, (_, indexes, uniques, keys, primary) in shape(empty).items():
        assert "None" not in (*indexes, *uniques, *keys), table
        assert primary, table


def test_upgrade_of_what_is_current_changes_nothing(empty):
    schema.upgrade(empty)
    first = shape(empty)
    schema.upgrade(empty)
    assert shape(empty) == first


def test_database_is_current_only_after_the_newest_migration(empty):
    assert not schema.is_current(empty)
    schema.upgrade(empty)
    assert schema.is_current(empty)
    schema.downgrade(empty, "base")
    assert not schema.is_current(empty)


def test_looking_whether_it_is_current_does_not_wait_for_a_writer(empty):
    schema.upgrade(empty)
    with make_sessions(empty).begin() as db:
        epochs.advance(db)
        db.flush()
        assert schema.is_current(empty)


PRAGMAS = (
    ("journal_mode", "wal", "readers go on while somebody writes"),
    ("foreign_keys", 1, "no row names another that is not there"),
    ("synchronous", 2, "what was committed outlives a power cut"),
    ("busy_timeout", 15_000, "writers wait for their turn"),
)


@pytest.mark.parametrize(("pragma", "value", "reason"), PRAGMAS)
def test_sqlite_is_opened_safely(empty, pragma, value, reason):
    for _ in range(2):  # each connection of the pool is set up for itself
        with empty.connect() as connection:
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value, reason


def test_row_that_names_no_photograph_is_refused(archive):
    with pytest.raises(IntegrityError), archive.writing.begin() as db:
        register.add(db, "nobody", NewRecord(RecordKind.CAP, number=5), "Rana", archive.now())


def test_transaction_that_fails_leaves_nothing(archive):
    def fail():
        with archive.writing.begin() as db:
            add_photograph(db)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with archive.reading() as db:
        assert catalogue.count_all(db) == 0


def run_together(*works):
    """Run each in a thread of its own, and return what any of them raised."""
    raised = []

    def guarded(work):
        try:
            work()
        except Exception as error:  # noqa: BLE001  # a thread has nobody to tell
            raised.append(error)

    threads = [Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


def test_two_writers_that_read_before_they_write_both_succeed(archive):
    """With a deferred BEGIN the second would fail at once: "database is locked"."""
    start = Barrier(2)

    def write():
        start.wait(30)
        for _ in range(10):
            with archive.writing.begin() as db:
                epochs.current(db)
                epochs.advance(db)

    assert run_together(write, write) == []
    with archive.reading() as db:
        assert epochs.current(db) == 20


def test_reader_goes_on_while_somebody_writes_and_sees_what_was_before(archive):
    with archive.writing.begin() as writing:
        add_photograph(writing)
        with archive.reading() as reading:
            assert catalogue.count_all(reading) == 0
    with archive.reading() as reading:
        assert catalogue.count_all(reading) == 1


def test_reader_sees_one_state_until_it_ends(archive):
    with archive.reading() as reading:
        assert catalogue.count_all(reading) == 0
        with archive.writing.begin() as writing:
            add_photograph(writing)
        assert catalogue.count_all(reading) == 0


def test_readers_take_no_write_lock(empty):
    schema.upgrade(empty)
    readers = make_readers(empty)
    with readers() as first, readers() as second, make_sessions(empty).begin() as writing:
        assert epochs.current(first) == epochs.current(second) == 0
        epochs.advance(writing)


ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=ZONES)  # noqa: DTZ001
DIALECTS = (sqlite.dialect(), postgresql.dialect())


@given(MOMENTS, st.sampled_from(DIALECTS))
def test_moment_is_the_same_moment_when_it_is_read(moment, dialect):
    written = Moment().process_bind_param(moment, dialect)
    read = Moment().process_result_value(written, dialect)
    assert read == moment
    assert read.utcoffset() == timedelta(0)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_moment_without_a_zone_is_refused(dialect):
    with pytest.raises(ValueError, match="time zone"):
        Moment().process_bind_param(datetime(2027, 3, 1), dialect)  # noqa: DTZ001


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_no_moment_stays_none(dialect):
    assert Moment().process_bind_param(None, dialect) is None
    assert Moment().process_result_value(None, dialect) is None


def test_moments_of_rows_come_back_in_utc(db):
    east = datetime(2027, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=4)))
    add_photograph(db, now=east)
    db.expire_all()
    assert catalogue.photograph(db, "abc").created_at == datetime(2027, 2, 28, 21, 30, tzinfo=UTC)


WIDTHS = (
    ("photograph", "accession", 2_000, "a cell of a sheet"),
    ("photograph", "date_text", 20_000, "a date as a file carries it"),
    ("photograph", "date_edtf", 2_000, "a date of many parts"),
    ("event_value", "subject", 100, "the name of an account"),
    ("failed_sign_in", "name", 100, "a name that somebody tried"),
    ("user_account", "name", 100, "the name of an account"),
    ("photograph_text", "language", 35, "a language tag"),
    ("job", "subject_id", 32, "an identifier"),
)


@pytest.mark.parametrize(("table", "column", "least", "reason"), WIDTHS)
def test_column_is_as_wide_as_what_it_is_given(table, column, least, reason):
    """SQLite does not look; PostgreSQL refuses the row."""
    kind = METADATA.tables[table].columns[column].type
    assert kind.length is None or kind.length >= least, reason
