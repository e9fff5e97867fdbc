"""Keep what files say about themselves: their blocks verbatim, and every value as a claim.

Revision: 0020_metadata_claims.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020_metadata_claims"
down_revision = "0002_transparent_packs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "metadata_block",
        sa.Column("photograph_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photograph_id"],
            ["photograph.id"],
            name=op.f("fk_metadata_block_photograph_id_photograph"),
        ),
        sa.PrimaryKeyConstraint("photograph_id", "kind", name=op.f("pk_metadata_block")),
    )
    op.create_table(
        "metadata_claim",
        sa.Column("photograph_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("block", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photograph_id"],
            ["photograph.id"],
            name=op.f("fk_metadata_claim_photograph_id_photograph"),
        ),
        sa.PrimaryKeyConstraint("photograph_id", "position", name=op.f("pk_metadata_claim")),
    )


def downgrade() -> None:
    op.drop_table("metadata_claim")
    op.drop_table("metadata_block")
