"""Keep where the record of a merged photograph has gone.

Revision: 0061_moved.
"""

import sqlalchemy as sa
from alembic import op

revision = "0061_moved"
down_revision = "0060_activities"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "moved",
        sa.Column("old_id", sa.String(length=32), nullable=False),
        sa.Column("new_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["new_id"], ["photograph.id"], name=op.f("fk_moved_new_id_photograph")
        ),
        sa.PrimaryKeyConstraint("old_id", name=op.f("pk_moved")),
    )
    op.create_index("ix_moved_new_id", "moved", ["new_id"])


def downgrade() -> None:
    op.drop_table("moved")
