"""Keep beside what a photograph is found by until when the public sees a picture of it.

Revision: 0051_usable_until. Until now no answer ended by itself.
"""

import sqlalchemy as sa
from alembic import op

revision = "0051_usable_until"
down_revision = "0050_register"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("search_document") as batch:
        batch.add_column(sa.Column("usable_until", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("search_document") as batch:
        batch.drop_column("usable_until")
