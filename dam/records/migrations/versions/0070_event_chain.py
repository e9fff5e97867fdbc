"""Chain the events: each carries a hash over the one before and over salted digests.

Revision: 0070_event_chain. Events that are there are numbered without gaps, in their order, and
chained as they stand; what was changed before this day cannot be found by it. The form of the
chain is taken from the program, since it can never change.
"""

import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

from dam.records.chain import BEGINNING, SALT_BYTES, Link, digest, link_hash

revision = "0070_event_chain"
down_revision = "0062_canvas_about"
branch_labels = None
depends_on = None

_PARTS = ("actor", "subject", "before", "after", "why")
_AT_ONCE = 1000
_Kinds = dict[str, sa.types.TypeEngine[Any]]
_WORDS: _Kinds = {
    "at": sa.DateTime(timezone=True),
    "verb": sa.String(length=32),
    "subject_kind": sa.String(length=16),
    "field": sa.String(length=32),
    "language": sa.String(length=35),
    "group_id": sa.String(length=32),
    "reverses": sa.String(length=32),
}
_VALUES: _Kinds = {
    "actor": sa.Text(),
    "subject_id": sa.String(length=128),
    "before": sa.Text(),
    "after": sa.Text(),
}


def _columns(kinds: _Kinds) -> Iterator[sa.Column[Any]]:
    return (sa.Column(name, kind, nullable=False) for name, kind in kinds.items())


def _names(kinds: _Kinds) -> str:
    return ", ".join(f'"{name}"' for name in kinds)


def upgrade() -> None:
    _set_aside()
    _make_tables()
    connection = op.get_bind()
    number, head = 0, BEGINNING
    for rows in _pages(connection, "event_before", "id"):
        events, values = [], []
        for row in rows:
            number += 1
            event, value, head = _chained(number, head, row)
            events.append(event)
            values.append(value)
        connection.execute(_table("event").insert(), events)
        connection.execute(_table("event_value").insert(), values)
    connection.execute(_table("event_head").insert(), {"id": 1, "number": number, "hash": head})
    op.drop_table("event_before")


def _set_aside() -> None:
    """Copy the events and drop their table: the new one takes its name and those of its keys."""
    op.create_table(
        "event_before",
        sa.Column("id", sa.Integer(), nullable=False),
        *_columns(_WORDS | _VALUES),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_before")),
    )
    names = f"id, {_names(_WORDS | _VALUES)}"
    op.execute(f"INSERT INTO event_before ({names}) SELECT {names} FROM event")  # noqa: S608
    op.drop_table("event")


def _make_tables() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *_columns(_WORDS),
        *(sa.Column(f"{part}_digest", sa.LargeBinary(), nullable=True) for part in _PARTS),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_group_id"), "event", ["group_id"])
    op.create_table(
        "event_value",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("subject", sa.String(length=128), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        *(sa.Column(f"{part}_salt", sa.LargeBinary(), nullable=True) for part in _PARTS),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_value_event_id_event")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_value")),
    )
    op.create_index("ix_event_value_subject", "event_value", ["subject", "event_id"])
    op.create_table(
        "event_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_head")),
    )


def _pages(connection: sa.Connection, name: str, key: str) -> Iterator[Sequence[sa.RowMapping]]:
    """Yield the rows of a table in the order of their key, some at once."""
    table, last = _table(name), None
    while True:
        query = table.select().order_by(table.c[key]).limit(_AT_ONCE)
        if last is not None:
            query = query.where(table.c[key] > last)
        rows = connection.execute(query).mappings().all()
        if not rows:
            return
        yield rows
        last = rows[-1][key]


def _table(name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind())


def _chained(
    number: int, before: bytes, row: sa.RowMapping
) -> tuple[dict[str, object], dict[str, object], bytes]:
    values = (row["actor"], row["subject_id"], row["before"], row["after"], "")
    salts = tuple(secrets.token_bytes(SALT_BYTES) if text else None for text in values)
    digests = tuple(salt and digest(salt, text) for salt, text in zip(salts, values, strict=True))
    words = {name: row[name] for name in _WORDS}
    # SQLite keeps moments of UTC without saying so.
    at = row["at"].replace(tzinfo=UTC) if row["at"].tzinfo is None else row["at"]
    hashed = link_hash(before, Link(**(words | {"number": number, "at": at, "digests": digests})))
    event = {"id": number, "hash": hashed} | words
    event |= {f"{part}_digest": one for part, one in zip(_PARTS, digests, strict=True)}
    value = {"event_id": number} | dict(zip(_PARTS, values, strict=True))
    value |= {f"{part}_salt": one for part, one in zip(_PARTS, salts, strict=True)}
    return event, value, hashed


def downgrade() -> None:
    op.create_table(
        "event_before",
        sa.Column("id", sa.Integer(), nullable=False),
        *_columns(_WORDS | _VALUES),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_before")),
    )
    words = _names(_WORDS)
    parts = ", ".join(f"coalesce(\"{part}\", '')" for part in _PARTS[:-1])
    op.execute(
        f'INSERT INTO event_before (id, {words}, actor, subject_id, "before", "after") '  # noqa: S608
        f"SELECT id, {words}, {parts} FROM event JOIN event_value ON event_id = id"
    )
    for table in ("event_head", "event_value", "event"):
        op.drop_table(table)
    _make_old_table()
    names = f"id, {_names(_WORDS | _VALUES)}"
    op.execute(f"INSERT INTO event ({names}) SELECT {names} FROM event_before")  # noqa: S608
    op.drop_table("event_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT setval('event_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM event))")


def _make_old_table() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        *_columns(_WORDS | _VALUES),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_group_id"), "event", ["group_id"])
    op.create_index("ix_event_subject", "event", ["subject_kind", "subject_id"])
