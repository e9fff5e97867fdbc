"""Keep an index of words, and searches under names.

Revision: 0042_search. Photographs that are there are put into the index by `dam index`, and by
`dam db upgrade` as a job.
"""

import sqlalchemy as sa
from alembic import op

revision = "0042_search"
down_revision = "0012_work"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "search_document",
        sa.Column("number", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("photograph_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("usable_from", sa.BigInteger(), nullable=True),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photograph_id"],
            ["photograph.id"],
            name=op.f("fk_search_document_photograph_id_photograph"),
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search_document")),
        sa.UniqueConstraint("photograph_id", name=op.f("uq_search_document_photograph_id")),
    )
    op.create_index(
        "ix_search_document_created_at_number", "search_document", ["created_at", "number"]
    )
    op.create_table(
        "search_near",
        sa.Column("key", sa.String(length=7), nullable=False),
        sa.Column("word", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("key", "word", name=op.f("pk_search_near")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_label",
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_search_label")),
    )
    op.create_table(
        "saved_search",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
    )
    op.create_index("ix_saved_search_owner_name", "saved_search", ["owner", "name"], unique=True)
    if op.get_bind().dialect.name == "sqlite":
        # No texts of its own (they stand in search_document), no lengths (nothing is ranked by
        # them), and an index of two and three letters for what is being typed.
        op.execute(
            "CREATE VIRTUAL TABLE search_text USING fts5("
            "words, content='', columnsize=0, tokenize='ascii', prefix='2 3')"
        )
        return
    op.execute(
        "CREATE TABLE search_text (number BIGINT CONSTRAINT pk_search_text PRIMARY KEY, "
        "vector TSVECTOR NOT NULL)"
    )
    # Without a list of pending entries, which each search would have to read through.
    op.execute(
        "CREATE INDEX ix_search_text_vector ON search_text USING gin (vector) "
        "WITH (fastupdate = off)"
    )


def downgrade() -> None:
    op.execute("DROP TABLE search_text")
    op.drop_table("saved_search")
    op.drop_table("search_label")
    op.drop_table("search_near")
    op.drop_table("search_document")
