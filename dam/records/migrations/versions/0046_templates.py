"""Count the revisions of templates, so that a second editor is told of the first.

Revision: 0046_templates. Templates that are there are at their first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0046_templates"
down_revision = "0065_people_found"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("description_template") as batch:
        batch.add_column(sa.Column("revision", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("description_template") as batch:
        batch.drop_column("revision")
