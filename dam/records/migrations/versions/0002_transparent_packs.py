"""Let a pack have a companion that keeps the transparency of its master.

Revision: 0002_transparent_packs, after 0001. Packs that are there have none until they are made
again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002_transparent_packs"
down_revision = "0030_uploads"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("pack", schema=None) as batch_op:
        batch_op.add_column(sa.Column("transparent_key", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("transparent_digest", sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("pack", schema=None) as batch_op:
        batch_op.drop_column("transparent_digest")
        batch_op.drop_column("transparent_key")
