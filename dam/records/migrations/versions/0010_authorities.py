"""Make the tables of authority records: people, organisations and places.

Revision: 0010_authorities.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010_authorities"
down_revision = "0020_metadata_claims"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "authority",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("life_dates", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.String(length=32), nullable=True),
        sa.Column("place_kind", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("precision_metres", sa.Integer(), nullable=False),
        sa.Column("merged_into", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["authority.id"], name=op.f("fk_authority_merged_into_authority")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["authority.id"], name=op.f("fk_authority_parent_id_authority")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority")),
    )
    op.create_index("ix_authority_kind", "authority", ["kind"])
    op.create_index("ix_authority_merged_into", "authority", ["merged_into"])
    op.create_index("ix_authority_parent_id", "authority", ["parent_id"])
    op.create_table(
        "authority_name",
        sa.Column("authority_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("spelling", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("script", sa.String(length=8), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"],
            ["authority.id"],
            name=op.f("fk_authority_name_authority_id_authority"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "position", name=op.f("pk_authority_name")),
    )
    op.create_index("ix_authority_name_folded", "authority_name", ["folded"])
    op.create_index("ix_authority_name_spelling", "authority_name", ["spelling"])
    op.create_table(
        "authority_identifier",
        sa.Column("authority_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"],
            ["authority.id"],
            name=op.f("fk_authority_identifier_authority_id_authority"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "position", name=op.f("pk_authority_identifier")),
    )
    op.create_index(
        "ix_authority_identifier_scheme_value", "authority_identifier", ["scheme", "value"]
    )
    op.create_table(
        "moved_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moved_link")),
    )
    op.create_index("ix_moved_link_group_id", "moved_link", ["group_id"])


def downgrade() -> None:
    op.drop_table("moved_link")
    op.drop_table("authority_identifier")
    op.drop_table("authority_name")
    op.drop_table("authority")
