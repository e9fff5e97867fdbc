"""Keep planned uses that were asked about, with the answers and what they rested on.

Revision: 0053_planned_uses.
"""

import sqlalchemy as sa
from alembic import op

revision = "0053_planned_uses"
down_revision = "0080_picture_access"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "planned_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("use", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.String(length=3), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_use")),
    )
    op.create_table(
        "planned_use_answer",
        sa.Column("planned_use", sa.Integer(), nullable=False),
        sa.Column("photograph_id", sa.String(length=32), nullable=False),
        sa.Column("verdict", sa.String(length=3), nullable=False),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photograph_id"],
            ["photograph.id"],
            name=op.f("fk_planned_use_answer_photograph_id_photograph"),
        ),
        sa.ForeignKeyConstraint(
            ["planned_use"],
            ["planned_use.id"],
            name=op.f("fk_planned_use_answer_planned_use_planned_use"),
        ),
        sa.PrimaryKeyConstraint("planned_use", "photograph_id", name=op.f("pk_planned_use_answer")),
    )


def downgrade() -> None:
    op.drop_table("planned_use_answer")
    op.drop_table("planned_use")
