"""Keep what pictures look like, pairs that are alike, and why a photograph stands for another.

Revision: 0043_likeness.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043_likeness"
down_revision = "0051_usable_until"
branch_labels = None
depends_on = None

_BANDS = range(4)


def upgrade() -> None:
    _make_likenesses()
    _make_pairs()
    with op.batch_alter_table("moved") as table:
        table.add_column(
            sa.Column("how", sa.String(length=16), nullable=False, server_default="merged")
        )


def _make_likenesses() -> None:
    op.create_table(
        "likeness",
        sa.Column("photograph_id", sa.String(length=32), nullable=False),
        sa.Column("master_sha256", sa.String(length=64), nullable=False),
        sa.Column("pixels", sa.String(length=40), nullable=False),
        sa.Column("perceptual", sa.BigInteger(), nullable=True),
        *(sa.Column(f"band_{band}", sa.Integer(), nullable=True) for band in _BANDS),
        sa.ForeignKeyConstraint(
            ["photograph_id"], ["photograph.id"], name=op.f("fk_likeness_photograph_id_photograph")
        ),
        sa.PrimaryKeyConstraint("photograph_id", name=op.f("pk_likeness")),
    )
    op.create_index(op.f("ix_likeness_pixels"), "likeness", ["pixels"])
    for band in _BANDS:
        op.create_index(f"ix_likeness_band_{band}", "likeness", [f"band_{band}", "perceptual"])


def _make_pairs() -> None:
    empty = sa.text("''")
    op.create_table(
        "alike",
        sa.Column("newer_id", sa.String(length=32), nullable=False),
        sa.Column("older_id", sa.String(length=32), nullable=False),
        sa.Column("found_by", sa.String(length=16), nullable=False),
        sa.Column("distance", sa.SmallInteger(), nullable=False),
        sa.Column("degrees", sa.SmallInteger(), nullable=False),
        sa.Column("mirrored", sa.Boolean(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("choice", sa.String(length=16), server_default=empty, nullable=False),
        sa.Column("chosen_by", sa.Text(), server_default=empty, nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("group_id", sa.String(length=32), server_default=empty, nullable=False),
        sa.ForeignKeyConstraint(
            ["newer_id"], ["photograph.id"], name=op.f("fk_alike_newer_id_photograph")
        ),
        sa.ForeignKeyConstraint(
            ["older_id"], ["photograph.id"], name=op.f("fk_alike_older_id_photograph")
        ),
        sa.PrimaryKeyConstraint("newer_id", "older_id", name=op.f("pk_alike")),
    )
    op.create_index("ix_alike_choice_found_at", "alike", ["choice", "found_at"])
    op.create_index("ix_alike_older_id", "alike", ["older_id"])


def downgrade() -> None:
    with op.batch_alter_table("moved") as table:
        table.drop_column("how")
    op.drop_table("alike")
    op.drop_table("likeness")
