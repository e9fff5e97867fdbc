"""Let a description hold roles, people, places, several captions and what must be shown.

Revision: 0011_description. Each distinct creator becomes one authority record; the byline stays.
"""

import secrets
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from dam.catalogue.names import fold, spelling_key

revision = "0011_description"
down_revision = "0010_authorities"
branch_labels = None
depends_on = None

_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_AT_ONCE = 1000
_EMPTY = sa.text("''")

_CREATORS = sa.table(
    "photograph_creator",
    sa.column("photograph_id"),
    sa.column("position"),
    sa.column("name"),
    sa.column("agent_id"),
)
_AUTHORITIES = sa.table(
    "authority",
    *map(sa.column, ("id", "kind", "revision", "created_at", "life_dates", "note")),
    *map(sa.column, ("place_kind", "precision_metres")),
)
_NAMES = sa.table(
    "authority_name",
    *map(sa.column, ("authority_id", "position", "name", "folded", "spelling", "language")),
    *map(sa.column, ("script", "status", "period", "source")),
    sa.column("preferred", sa.Boolean()),
)


def upgrade() -> None:
    op.add_column(
        "photograph", sa.Column("negative", sa.Text(), nullable=False, server_default=_EMPTY)
    )
    for name in ("author", "source", "date_text"):
        column = sa.Column(name, sa.Text(), nullable=False, server_default=_EMPTY)
        op.add_column("photograph_text", column)
    op.add_column(
        "photograph_keyword",
        sa.Column("language", sa.String(length=35), nullable=False, server_default=_EMPTY),
    )
    with op.batch_alter_table("photograph_creator") as batch_op:
        batch_op.add_column(
            sa.Column("role", sa.String(length=32), nullable=False, server_default="photographer")
        )
        batch_op.add_column(sa.Column("agent_id", sa.String(length=32), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_photograph_creator_agent_id_authority"),
            "authority",
            ["agent_id"],
            ["id"],
        )
        batch_op.create_index(batch_op.f("ix_photograph_creator_agent_id"), ["agent_id"])
    _make_tables_of_a_photograph()
    _make_tables_of_a_series()
    _link_creators(op.get_bind())


def _make_tables_of_a_photograph() -> None:
    op.create_table(
        "photograph_person",
        *_in_order(),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.String(length=32), nullable=True),
        sa.Column("x", sa.Double(), nullable=True),
        sa.Column("y", sa.Double(), nullable=True),
        sa.Column("width", sa.Double(), nullable=True),
        sa.Column("height", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["authority.id"], name=op.f("fk_photograph_person_agent_id_authority")
        ),
        *_keys("photograph_person", "photograph"),
    )
    op.create_index("ix_photograph_person_agent_id", "photograph_person", ["agent_id"])
    op.create_table(
        "photograph_place",
        *_in_order(),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("part", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("place_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["place_id"], ["authority.id"], name=op.f("fk_photograph_place_place_id_authority")
        ),
        *_keys("photograph_place", "photograph"),
    )
    op.create_index("ix_photograph_place_place_id", "photograph_place", ["place_id"])
    op.create_table(
        "photograph_caption",
        *_in_order(),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("date_text", sa.Text(), nullable=False),
        *_keys("photograph_caption", "photograph"),
    )
    op.create_table(
        "photograph_notice",
        *_in_order(),
        *_notice(),
        *_keys("photograph_notice", "photograph"),
    )


def _make_tables_of_a_series() -> None:
    op.create_table(
        "series_text",
        sa.Column("series_id", sa.String(length=32), nullable=False),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_series_text_series_id_series")
        ),
        sa.PrimaryKeyConstraint("series_id", "field", "language", name=op.f("pk_series_text")),
    )
    op.create_table(
        "series_notice",
        *_in_order("series"),
        *_notice(),
        *_keys("series_notice", "series"),
    )


def _in_order(owner: str = "photograph") -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column(f"{owner}_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
    )


def _notice() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
    )


def _keys(table: str, owner: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            [f"{owner}_id"], [f"{owner}.id"], name=op.f(f"fk_{table}_{owner}_id_{owner}")
        ),
        sa.PrimaryKeyConstraint(f"{owner}_id", "position", name=op.f(f"pk_{table}")),
    )


def _link_creators(connection: sa.Connection) -> None:
    """Make one authority of all bylines that fold to the same, and link them to it."""
    written = connection.execute(sa.select(_CREATORS.c.name).distinct().order_by("name"))
    spellings: dict[str, list[str]] = {}
    for (name,) in written:
        if fold(name):
            spellings.setdefault(fold(name), []).append(name)
    agents = {folded: "".join(map(secrets.choice, [_ALPHABET] * 12)) for folded in spellings}
    for part in _parts(list(agents.values())):
        row = {"kind": "agent", "revision": 1, "life_dates": "", "note": "", "place_kind": ""}
        rows = [row | {"id": one, "precision_metres": 0} for one in part]
        statement = _AUTHORITIES.insert().values(created_at=sa.func.current_timestamp())
        connection.execute(statement, rows)
    names = [
        _name_row(agents[folded], position, name)
        for folded, found in spellings.items()
        for position, name in enumerate(found)
    ]
    for part in _parts(names):
        connection.execute(_NAMES.insert(), part)
    links = [
        {"owner": row.photograph_id, "place": row.position, "agent": agents[fold(row.name)]}
        for row in connection.execute(sa.select(_CREATORS))
        if fold(row.name)
    ]
    here = (_CREATORS.c.photograph_id == sa.bindparam("owner")) & (
        _CREATORS.c.position == sa.bindparam("place")
    )
    for part in _parts(links):
        connection.execute(
            _CREATORS.update().where(here).values(agent_id=sa.bindparam("agent")), part
        )


def _name_row(agent: str, position: int, name: str) -> dict[str, object]:
    return {
        "authority_id": agent,
        "position": position,
        "name": name,
        "folded": fold(name),
        "spelling": spelling_key(name),
        "language": "und",
        "script": "",
        "status": "variant" if position else "usual",
        "preferred": position == 0,
        "period": "",
        "source": "",
    }


def _parts(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]


def downgrade() -> None:
    for table in (
        *("series_notice", "series_text", "photograph_notice", "photograph_caption"),
        *("photograph_place", "photograph_person"),
    ):
        op.drop_table(table)
    with op.batch_alter_table("photograph_creator") as batch_op:
        batch_op.drop_index(batch_op.f("ix_photograph_creator_agent_id"))
        batch_op.drop_constraint(
            batch_op.f("fk_photograph_creator_agent_id_authority"), type_="foreignkey"
        )
        batch_op.drop_column("agent_id")
        batch_op.drop_column("role")
    op.drop_column("photograph_keyword", "language")
    for name in ("date_text", "source", "author"):
        op.drop_column("photograph_text", name)
    op.drop_column("photograph", "negative")
