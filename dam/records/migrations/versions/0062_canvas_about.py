"""Keep beside a stored canvas what its manifest says of it.

Revision: 0062_canvas_about. Canvases that are stored already are built again when they are next
published.
"""

import sqlalchemy as sa
from alembic import op

revision = "0062_canvas_about"
down_revision = "0061_moved"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("canvas") as batch:
        batch.add_column(sa.Column("about", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("canvas") as batch:
        batch.drop_column("about")
