"""Keep what harvesters are told: when each manifest appeared, changed and went away.

Revision: 0060_activities. What was published before is told when it is published again, as by
`dam publish --all`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0060_activities"
down_revision = "0041_batches"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_activity")),
    )
    op.create_index("ix_activity_subject_id_number", "activity", ["subject_id", "number"])


def downgrade() -> None:
    op.drop_table("activity")
