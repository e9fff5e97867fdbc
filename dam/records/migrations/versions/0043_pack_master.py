"""Keep of which master a pack was cut, since a photograph may be given another one.

Revision: 0043_pack_master. Of the packs that are there nothing is said: they are of the master
that their photograph has.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043_pack_master"
down_revision = "0053_planned_uses"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("pack") as table:
        table.add_column(
            sa.Column(
                "master_sha256", sa.String(length=64), nullable=False, server_default=sa.text("''")
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("pack") as table:
        table.drop_column("master_sha256")
