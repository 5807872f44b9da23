"""objects and documents of offers

Revision ID: b0c04e9b2b0e
Revises: 4261be880c67
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "b0c04e9b2b0e"
down_revision: str | None = "4261be880c67"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ADDED = (
    ("contribution", "sent"),
    ("contribution", "part"),
    ("need", "promised"),
    ("need", "on_the_way"),
    ("need", "received"),
)


def upgrade() -> None:
    op.create_table(
        "contribution_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_contribution_document_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_contribution_document_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_document")),
        sa.UniqueConstraint("file_id", name=op.f("uq_contribution_document_file_id")),
    )
    op.create_index(
        op.f("ix_contribution_document_contribution_id"), "contribution_document", ["contribution_id"], unique=False
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("received_quantity", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("photo_text", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'cancelled') = (reason IS NOT NULL)", name=op.f("ck_delivery_cancelled")),
        sa.CheckConstraint(
            "(state = 'received') = (received_quantity IS NOT NULL AND received_on IS NOT NULL)",
            name=op.f("ck_delivery_received"),
        ),
        sa.CheckConstraint("photo_id IS NULL OR photo_text <> ''", name=op.f("ck_delivery_described")),
        sa.CheckConstraint(
            "reason IN ('no_longer', 'no_transport', 'lost', 'not_needed', 'other')", name=op.f("ck_delivery_reason")
        ),
        sa.CheckConstraint(
            "state IN ('promised', 'on_the_way', 'received', 'cancelled')", name=op.f("ck_delivery_state")
        ),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_delivery_quantity")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_delivery_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_delivery_created_by_id_user")),
        sa.ForeignKeyConstraint(["photo_id"], ["stored_file.id"], name=op.f("fk_delivery_photo_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("photo_id", name=op.f("uq_delivery_photo_id")),
    )
    op.create_index(op.f("ix_delivery_contribution_id"), "delivery", ["contribution_id"], unique=False)
    op.create_index(op.f("ix_delivery_created_by_id"), "delivery", ["created_by_id"], unique=False)
    op.add_column("contribution", sa.Column("pledged", sa.Integer(), nullable=True))
    op.add_column("contribution", sa.Column("sent", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("contribution", sa.Column("part", sa.String(), nullable=False, server_default=""))
    op.add_column("need", sa.Column("promised", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("need", sa.Column("on_the_way", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("need", sa.Column("received", sa.Integer(), nullable=False, server_default="0"))
    for table, column in ADDED:
        op.alter_column(table, column, server_default=None)
    op.create_check_constraint(op.f("ck_contribution_objects"), "contribution", "pledged >= 0 AND sent >= 0")
    op.create_check_constraint(op.f("ck_need_objects"), "need", "promised >= 0 AND on_the_way >= 0 AND received >= 0")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_need_objects"), "need")
    op.drop_constraint(op.f("ck_contribution_objects"), "contribution")
    op.drop_column("need", "received")
    op.drop_column("need", "on_the_way")
    op.drop_column("need", "promised")
    op.drop_column("contribution", "part")
    op.drop_column("contribution", "sent")
    op.drop_column("contribution", "pledged")
    op.drop_index(op.f("ix_delivery_created_by_id"), table_name="delivery")
    op.drop_index(op.f("ix_delivery_contribution_id"), table_name="delivery")
    op.drop_table("delivery")
    op.drop_index(op.f("ix_contribution_document_contribution_id"), table_name="contribution_document")
    op.drop_table("contribution_document")
