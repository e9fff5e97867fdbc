"""Rows of an older archive, brought to the schema of today."""

import pytest
from sqlalchemy import text

from dam.catalogue.people import Contributor, Role
from dam.records import authorities, catalogue, schema
from dam.records.base import make_readers, open_database

MOMENT = "2026-03-01 12:00:00.000000"
BYLINES = [
    ("p1", 0, "Reza"),
    ("p1", 1, "Ali Əliyev"),
    ("p2", 0, "REZA"),
    ("p3", 0, "Reza"),
    ("p3", 1, ""),
]


@pytest.fixture
def old(tmp_path):
    """A database of the first schema, with three photographs in it."""
    engine = open_database(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    schema.upgrade(engine, "0001")
    with engine.begin() as connection:
        for number, one in enumerate(("p1", "p2", "p3")):
            connection.execute(
                text(
                    "INSERT INTO photograph (id, created_at, revision, publication, accession, "
                    "original_name, date_text, date_edtf) "
                    "VALUES (:id, :at, 1, 'draft', '', '', '', '')"
                ),
                {"id": one, "at": MOMENT},
            )
            connection.execute(
                text(
                    "INSERT INTO master (photograph_id, sha256, key, size_bytes, media_type, "
                    "width, height, received_at, notes) "
                    "VALUES (:id, :sum, 'k', 1, 'image/png', 1, 1, :at, '[]')"
                ),
                {"id": one, "sum": str(number), "at": MOMENT},
            )
        for owner, place, name in BYLINES:
            connection.execute(
                text("INSERT INTO photograph_creator VALUES (:owner, :place, :name)"),
                {"owner": owner, "place": place, "name": name},
            )
        connection.execute(
            text("INSERT INTO photograph_text VALUES ('p1', 'caption', 'en', 'A man waits.')")
        )
        connection.execute(text("INSERT INTO photograph_keyword VALUES ('p1', 0, 'war')"))
        connection.execute(
            text("INSERT INTO series VALUES ('s', :at, 1, 'Aghdam', 'en', 'Intro.')"),
            {"at": MOMENT},
        )
    yield engine
    engine.dispose()


def test_each_distinct_creator_becomes_one_record_and_the_byline_stays(old):
    schema.upgrade(old)
    with make_readers(old)() as db:
        found = {one: catalogue.photograph(db, one).description for one in ("p1", "p2", "p3")}
        (reza,) = authorities.named(db, authorities.AGENTS, "reza")
        (ali,) = authorities.named(db, authorities.AGENTS, "Ali Eliyev")
    assert found["p1"].contributors == (
        Contributor("Reza", Role.PHOTOGRAPHER, reza.id),
        Contributor("Ali Əliyev", Role.PHOTOGRAPHER, ali.id),
    )
    assert found["p2"].contributors == (Contributor("REZA", Role.PHOTOGRAPHER, reza.id),)
    assert found["p3"].contributors == (
        Contributor("Reza", Role.PHOTOGRAPHER, reza.id),
        Contributor("", Role.PHOTOGRAPHER, ""),
    )
    assert {name.name for name in reza.names} == {"Reza", "REZA"}


def test_other_words_are_as_they_were(old):
    schema.upgrade(old)
    with make_readers(old)() as db:
        found = catalogue.photograph(db, "p1").description
    assert [(one.field, one.language, one.value) for one in found.texts] == [
        ("caption", "en", "A man waits.")
    ]
    assert (found.keywords, found.other_captions, found.negative) == (("war",), (), None)


def test_going_back_keeps_the_bylines(old):
    schema.upgrade(old)
    schema.downgrade(old, "0001")
    with old.connect() as connection:
        rows = connection.execute(text("SELECT * FROM photograph_creator ORDER BY 1, 2")).all()
    assert [tuple(row) for row in rows] == sorted(BYLINES)
    schema.upgrade(old)
    assert schema.is_current(old)
