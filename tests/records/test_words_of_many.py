"""The words of many photographs are read in as many statements as those of one."""

import pytest
from sqlalchemy import event
from stored_rows import add_photograph

from dam.records import catalogue, edit_batches

READERS = (edit_batches.words_of, catalogue.photographs)


def statements(db, read, identifiers) -> int:
    """How many statements *read* sends for these photographs."""
    db.flush()
    db.expunge_all()
    sent = []
    engine = db.get_bind()

    def note(*arguments: object) -> None:
        sent.append(arguments[2])

    event.listen(engine, "before_cursor_execute", note)
    try:
        read(db, identifiers)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(sent)


@pytest.mark.parametrize("read", READERS, ids=lambda read: f"{read.__module__}.{read.__name__}")
def test_words_of_twenty_photographs_take_no_more_statements_than_those_of_one(db, read):
    found = [add_photograph(db, f"photograph{number:02}") for number in range(20)]
    assert statements(db, read, found) == statements(db, read, found[:1])
