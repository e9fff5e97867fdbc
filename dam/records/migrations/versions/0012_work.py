"""Keep review, comments, code replacements and templates.

Revision: 0012_work.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012_work"
down_revision = "0011_description"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "photograph",
        sa.Column("in_review", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("photograph_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photograph_id"], ["photograph.id"], name=op.f("fk_comment_photograph_id_photograph")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index("ix_comment_photograph_id", "comment", ["photograph_id"])
    op.create_table(
        "code_replacement",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("written", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("replacements", sa.JSON(), nullable=False),
        sa.Column("authority_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"],
            ["authority.id"],
            name=op.f("fk_code_replacement_authority_id_authority"),
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_code_replacement")),
    )
    op.create_index("ix_code_replacement_authority_id", "code_replacement", ["authority_id"])
    op.create_table(
        "description_template",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_description_template")),
    )


def downgrade() -> None:
    op.drop_table("description_template")
    op.drop_table("code_replacement")
    op.drop_table("comment")
    op.drop_column("photograph", "in_review")
