"""Keep what the register of rights says: layers, details, what supersedes what, and agreements.

Revision: 0050_register. Records that are there already are about the photograph itself.
"""

import sqlalchemy as sa
from alembic import op

revision = "0050_register"
down_revision = "0070_event_chain"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rights_record") as batch:
        batch.add_column(
            sa.Column(
                "layer",
                sa.String(length=10),
                server_default=sa.text("'photograph'"),
                nullable=False,
            )
        )
        batch.add_column(sa.Column("detail", sa.JSON(none_as_null=True), nullable=True))
        batch.add_column(sa.Column("supersedes", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_rights_record_supersedes_rights_record"),
            "rights_record",
            ["supersedes"],
            ["id"],
        )
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("licensor", sa.Text(), nullable=False),
        sa.Column("licensee", sa.Text(), nullable=False),
        sa.Column("territories", sa.JSON(), nullable=False),
        sa.Column("media", sa.JSON(), nullable=False),
        sa.Column("purposes", sa.JSON(), nullable=False),
        sa.Column("signed", sa.Date(), nullable=True),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("perpetual", sa.Boolean(), nullable=False),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("largest_pixels", sa.Integer(), nullable=True),
        sa.Column("print_run", sa.Integer(), nullable=True),
        sa.Column("fee", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("alterations", sa.Boolean(), nullable=True),
        sa.Column("mining", sa.Boolean(), nullable=True),
        sa.Column("sublicensing", sa.Boolean(), nullable=True),
        sa.Column("notice_days", sa.Integer(), nullable=True),
        sa.Column("duties", sa.JSON(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index("ix_agreement_number", "agreement", ["number"])
    op.create_table(
        "agreement_cover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement", sa.Integer(), nullable=False),
        sa.Column("photograph_id", sa.String(length=32), nullable=False),
        sa.Column("layers", sa.String(length=10), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photograph_id"],
            ["photograph.id"],
            name=op.f("fk_agreement_cover_photograph_id_photograph"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_cover")),
    )
    op.create_index("ix_agreement_cover_photograph_id", "agreement_cover", ["photograph_id"])
    op.create_index("ix_agreement_cover_agreement", "agreement_cover", ["agreement"])
    op.create_table(
        "evidence",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_evidence")),
    )


def downgrade() -> None:
    op.drop_table("evidence")
    op.drop_table("agreement_cover")
    op.drop_table("agreement")
    with op.batch_alter_table("rights_record") as batch:
        batch.drop_constraint(op.f("fk_rights_record_supersedes_rights_record"), type_="foreignkey")
        batch.drop_column("supersedes")
        batch.drop_column("detail")
        batch.drop_column("layer")
