"""The log of events is a chain: whoever changes one byte of it is found."""

from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from stored_rows import NOON

from dam.records import log, log_check, schema
from dam.records.base import make_readers, make_sessions, open_database
from dam.records.chain import BEGINNING, Checkpoint, Link, NoCheckpoint, Part, link_hash
from dam.records.erasures import Numbers, nothing_erased, read, told
from dam.records.models import METADATA


def event(number, **more):
    given = {"field": "caption", "language": "az", "group_id": "g", "why": "Asked."} | more
    return log.Event(
        NOON,
        f"Nino {number}",
        "edited",
        "photograph",
        "abc",
        before="Əvvəl",
        after="Sonra",
        **given,
    )


def written(archive, count=5):
    """The archive with that many events, and no more."""
    for number in range(1, count + 1):
        with archive.writing.begin() as db:
            log.write(db, event(number, reverses="r"))
    return archive


def sql(archive, *statements):
    """What somebody does who has the database to himself."""
    with archive.writing() as db:
        if db.get_bind().dialect.name == "sqlite":
            db.execute(text("PRAGMA defer_foreign_keys=ON"))
        else:
            db.execute(text("SET session_replication_role = replica"))
        for statement in statements:
            db.execute(text(statement))
        db.commit()


def faults(archive, *checkpoints):
    with archive.reading() as db:
        return [fault.sentence for fault in log_check.faults(db, checkpoints)]


def end(archive):
    with archive.reading() as db:
        return log.checkpoint(db)


def test_a_log_that_nobody_touched_has_no_fault(archive):
    assert faults(archive) == []
    written(archive)
    assert faults(archive, end(archive)) == []
    with archive.reading() as db:
        assert log_check.count(db) == 5


def test_events_of_a_transaction_that_is_taken_back_leave_no_gap(archive):
    written(archive, 2)
    with archive.writing() as db:
        log.write(db, event(9))
        db.flush()
        db.rollback()
    written(archive, 1)
    assert faults(archive) == []
    assert end(archive).number == 3


BLOB = {"sqlite": "x'00'", "postgresql": r"'\x00'::bytea"}
COLUMNS = [
    (table, column.name)
    for table in ("event", "event_value")
    for column in METADATA.tables[table].columns
    if column.name not in {"id", "event_id"}
]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_any_value_that_is_changed_is_found(archive, table, column):
    """Each column of both tables, so that a new one cannot be forgotten in the chain."""
    written(archive)
    kind = METADATA.tables[table].columns[column].type
    with archive.reading() as db:
        dialect = db.get_bind().dialect.name
    if kind.python_type is bytes:
        other = BLOB[dialect]
    elif column == "at":
        other = (
            "'2027-03-01 12:00:00.000001'"
            if dialect == "sqlite"
            else f"\"{column}\" + interval '1 microsecond'"
        )
    else:
        other = f"substr(\"{column}\", 2) || 'x'"
    key = "id" if table == "event" else "event_id"
    sql(archive, f'UPDATE {table} SET "{column}" = {other} WHERE {key} = 3')  # noqa: S608
    found = faults(archive)
    assert found
    assert all("Event 3" in one or "Event 4" in one for one in found), found


def swapped(table, key, first, second):
    return (
        f"UPDATE {table} SET {key} = 999 WHERE {key} = {first}",  # noqa: S608
        f"UPDATE {table} SET {key} = {first} WHERE {key} = {second}",  # noqa: S608
        f"UPDATE {table} SET {key} = {second} WHERE {key} = 999",  # noqa: S608
    )


DELETED = "DELETE FROM event_value WHERE event_id {0}", "DELETE FROM event WHERE id {0}"
DEEDS = [
    # what was done, what is said, reason
    (
        (*swapped("event_value", "event_id", 2, 3), *swapped("event", "id", 2, 3)),
        "Event 2: it is not what was written after event 1.",
        "two events in another order",
    ),
    (swapped("event_value", "event_id", 2, 3), "Event 2: “actor” is not what", "their values"),
    ([one.format("= 3") for one in DELETED], "Event 3: missing.", "a row is missing"),
    ([one.format("IN (2, 3)") for one in DELETED], "Events 2 to 3: missing.", "rows are missing"),
    ([one.format("= 1") for one in DELETED], "Event 1: missing.", "the first row is missing"),
    ([DELETED[0].format("= 3")], "Event 3: its values are missing.", "a row of values"),
    (
        [one.format(">= 4") for one in DELETED],
        "Events 4 to 5: missing at the end of the log.",
        "the end is cut off",
    ),
    ([one.format(">= 1") for one in DELETED], "Events 1 to 5: missing at the end", "everything"),
    (["DELETE FROM event_head"], "The record of the log's end is missing.", "no end is known"),
    (["UPDATE event_head SET number = 4"], "is not that of its last event", "another end"),
    (
        ["UPDATE event_value SET actor = NULL, actor_salt = NULL WHERE event_id IN (2, 3)"],
        "Events 2 to 3: “actor” was removed without an erasure.",
        "a name was removed, and no erasure tells of it",
    ),
    (
        ["UPDATE event_value SET actor = NULL WHERE event_id = 2"],
        "Event 2: “actor” is not what was written.",
        "a name without its salt",
    ),
]


@pytest.mark.parametrize(("deed", "said", "reason"), DEEDS, ids=[deed[-1] for deed in DEEDS])
def test_what_somebody_did_to_the_log_is_found(archive, deed, said, reason):
    written(archive)
    sql(archive, *deed)
    assert any(said in one for one in faults(archive)), reason


def test_an_end_that_was_cut_off_with_its_record_is_found_by_a_checkpoint(archive):
    written(archive, 3)
    earlier = end(archive)
    written(archive, 2)
    later = end(archive)
    sql(
        archive,
        *(one.format("> 3") for one in DELETED),
        "UPDATE event_head SET number = 3, hash = (SELECT hash FROM event WHERE id = 3)",
    )
    assert faults(archive, earlier) == []
    assert faults(archive, later) == [
        "Event 5: the log is not the one that the checkpoint was taken of."
    ]


def test_a_log_that_was_written_anew_is_found_by_a_checkpoint(archive, open_archive):
    kept = end(written(archive))
    other = written(open_archive(home="other"))
    assert faults(other) == []
    assert faults(other, kept) == [
        "Event 5: the log is not the one that the checkpoint was taken of."
    ]


def test_nothing_is_written_where_the_end_of_the_log_is_not_known(archive):
    sql(archive, "DELETE FROM event_head")
    with pytest.raises(log.LogWithoutHead), archive.writing.begin() as db:
        log.write(db, event(1))


def test_several_writers_at_once_make_one_chain(archive):
    start, raised = Barrier(4), []

    def write():
        start.wait(30)
        try:
            for number in range(15):
                with archive.writing.begin() as db:
                    log.write(db, event(number))
                    log.write(db, event(number))
        except Exception as error:  # noqa: BLE001  # a thread has nobody to tell
            raised.append(error)

    threads = [Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert raised == []
    assert faults(archive) == []
    assert end(archive).number == 120


def test_the_same_event_is_never_the_same_digest(archive):
    written(archive, 2)
    with archive.reading() as db:
        found = db.execute(text("SELECT before_digest, before_salt FROM event JOIN event_value "
                                "ON event_id = id")).all()  # fmt: skip
    assert len({bytes(one) for row in found for one in row}) == 4


def test_the_form_of_the_chain_never_changes():
    """Checkpoints that archives keep were made by it."""
    link = Link(1, NOON, "edited", "photograph", "title", "en", "g", "", (b"1" * 32, None))
    assert link_hash(BEGINNING, link).hex() == EXPECTED


EXPECTED = "6d626a7473176d327f6dc6be2826f90910422d6be19c19ceb89163ead3ea4bb3"


@pytest.mark.parametrize(
    "words", ["", "1", "1:", "x:" + "0" * 64, "1:" + "0" * 63, "-1:" + "0" * 64, "1:" + "g" * 64]
)
def test_what_is_no_checkpoint_is_refused(words):
    with pytest.raises(NoCheckpoint):
        Checkpoint.read(words)


def test_a_checkpoint_is_read_as_it_was_written():
    one = Checkpoint(17, bytes(range(32)))
    assert Checkpoint.read(f" {one}\n") == one


SETS = st.sets(st.integers(1, 60))


def numbers(found):
    made = Numbers()
    for one in found:
        made.add(one, one)
    return made


def members(made):
    return {one for first, last in made.runs for one in range(first, last + 1)}


@given(SETS, SETS)
def test_numbers_without_others_are_those_of_sets(first, second):
    left = numbers(first).without(numbers(second))
    assert members(left) == first - second
    assert len(left) == len(first - second)


@given(st.dictionaries(st.sampled_from(Part), SETS))
def test_the_list_of_an_erasure_is_read_as_it_was_told(found):
    erased = nothing_erased() | {part: numbers(each) for part, each in found.items()}
    again = nothing_erased()
    for part, first, last in read(told(erased)):
        again[part].add(first, last)
    assert {part: members(each) for part, each in again.items() if each.runs} == {
        part: each for part, each in found.items() if each
    }


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request, tmp_path):
    """A database before the chain, with events and a gap in their numbers."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    else:
        address = request.getfixturevalue("new_postgres")("template0")
    engine = open_database(address)
    schema.upgrade(engine, BEFORE_THE_CHAIN)
    with engine.begin() as connection:
        for number, (actor, after) in OLD.items():
            connection.execute(
                text(
                    "INSERT INTO event (id, at, actor, verb, subject_kind, subject_id, field, "
                    'language, "before", "after", group_id, reverses) VALUES (:id, '
                    "'2026-03-01 12:00:00.123456', :actor, 'edited', 'photograph', 'p', 'title', "
                    "'', '', :after, 'g', '')"
                ),
                {"id": number, "actor": actor, "after": after},
            )
    yield engine
    engine.dispose()


BEFORE_THE_CHAIN = "0062_canvas_about"
OLD = {2: ("Rana", "Əvvəl"), 3: ("Nino", ""), 7: ("Rana", "Sonra")}


def test_events_of_an_older_archive_are_chained_in_their_order(old):
    schema.upgrade(old)
    with make_readers(old)() as db:
        assert list(log_check.faults(db)) == []
        assert [(one.number, told.actor, told.after) for one, told in log.in_order(db)] == [
            (1, "Rana", "Əvvəl"), (2, "Nino", ""), (3, "Rana", "Sonra"),
        ]  # fmt: skip
        assert log.of_subject(db, "photograph", "p")[0].at.microsecond == 123456
    with make_sessions(old).begin() as db:
        log.write(db, event(1))
    with make_readers(old)() as db:
        assert list(log_check.faults(db)) == []


def test_an_archive_that_goes_back_keeps_its_events_and_writes_new_ones(old):
    schema.upgrade(old)
    schema.downgrade(old, BEFORE_THE_CHAIN)
    with old.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO event (at, actor, verb, subject_kind, subject_id, field, language, "
                "\"before\", \"after\", group_id, reverses) VALUES ('2027-01-01', 'Leyla', "
                "'edited', 'photograph', 'p', '', '', '', '', '', '')"
            )
        )
        found = connection.execute(text('SELECT actor, "after" FROM event ORDER BY id')).all()
    assert [tuple(row) for row in found] == [*OLD.values(), ("Leyla", "")]
