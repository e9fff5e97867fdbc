"""Frames are turned, picked and linked to their backs, and a series chooses its fields.

Revision: 0040_frames.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040_frames"
down_revision = "0042_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("photograph", sa.Column("turn", sa.String(3), nullable=False, server_default=""))
    op.add_column("photograph", sa.Column("mark", sa.String(8), nullable=False, server_default=""))
    op.add_column("pack", sa.Column("turned", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("series", sa.Column("desk_fields", sa.JSON(), nullable=True))
    op.create_table(
        "verso",
        sa.Column("photograph_id", sa.String(length=32), nullable=False),
        sa.Column("recto_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["photograph_id"], ["photograph.id"], name=op.f("fk_verso_photograph_id_photograph")
        ),
        sa.ForeignKeyConstraint(
            ["recto_id"], ["photograph.id"], name=op.f("fk_verso_recto_id_photograph")
        ),
        sa.PrimaryKeyConstraint("photograph_id", name=op.f("pk_verso")),
    )
    op.create_index("ix_verso_recto_id", "verso", ["recto_id"])


def downgrade() -> None:
    op.drop_index("ix_verso_recto_id", "verso")
    op.drop_table("verso")
    op.drop_column("series", "desk_fields")
    op.drop_column("pack", "turned")
    op.drop_column("photograph", "mark")
    op.drop_column("photograph", "turn")
