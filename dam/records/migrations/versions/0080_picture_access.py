"""Keep for which sites a signed-in browser opened its pictures (IIIF Authorization Flow).

Revision: 0080_picture_access.
"""

import sqlalchemy as sa
from alembic import op

revision = "0080_picture_access"
down_revision = "0046_templates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "picture_access",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("sign_in_hash", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_in_hash"],
            ["sign_in.token_hash"],
            name=op.f("fk_picture_access_sign_in_hash_sign_in"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_access")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_picture_access_secret_hash")),
    )
    with op.batch_alter_table("picture_access", schema=None) as batch_op:
        batch_op.create_index("ix_picture_access_sign_in_hash", ["sign_in_hash"])


def downgrade() -> None:
    with op.batch_alter_table("picture_access", schema=None) as batch_op:
        batch_op.drop_index("ix_picture_access_sign_in_hash")
    op.drop_table("picture_access")
