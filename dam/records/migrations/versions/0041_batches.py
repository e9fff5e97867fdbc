"""Keep edits of many photographs as batches.

Revision: 0041_batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041_batches"
down_revision = "0045_tokens"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edit_batch",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("instruction", sa.Text(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_by", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reverses", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["reverses"], ["edit_batch.id"], name=op.f("fk_edit_batch_reverses_edit_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edit_batch")),
    )
    op.create_index(op.f("ix_edit_batch_made_at"), "edit_batch", ["made_at"])
    op.create_index(op.f("ix_edit_batch_reverses"), "edit_batch", ["reverses"])
    op.create_table(
        "edit_batch_item",
        sa.Column("batch_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("photograph_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("refusals", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["edit_batch.id"], name=op.f("fk_edit_batch_item_batch_id_edit_batch")
        ),
        sa.PrimaryKeyConstraint("batch_id", "position", name=op.f("pk_edit_batch_item")),
    )
    op.create_index(
        "ix_edit_batch_item_batch_id_state", "edit_batch_item", ["batch_id", "state", "position"]
    )
    op.create_index("ix_edit_batch_item_photograph_id", "edit_batch_item", ["photograph_id"])


def downgrade() -> None:
    op.drop_index("ix_edit_batch_item_photograph_id", table_name="edit_batch_item")
    op.drop_index("ix_edit_batch_item_batch_id_state", table_name="edit_batch_item")
    op.drop_table("edit_batch_item")
    op.drop_index(op.f("ix_edit_batch_reverses"), table_name="edit_batch")
    op.drop_index(op.f("ix_edit_batch_made_at"), table_name="edit_batch")
    op.drop_table("edit_batch")
