"""invitations

Revision ID: b80760b1607e
Revises: 78c6489d1e62
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "b80760b1607e"
down_revision: str | None = "78c6489d1e62"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "asked_address",
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_asked_address")),
    )
    op.create_table(
        "invitation_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.Column("joined", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["invited_by_id"], ["user.id"], name=op.f("fk_invitation_round_invited_by_id_user")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_invitation_round_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_round")),
    )
    op.create_index(op.f("ix_invitation_round_invited_by_id"), "invitation_round", ["invited_by_id"], unique=False)
    op.create_index(op.f("ix_invitation_round_organisation_id"), "invitation_round", ["organisation_id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_invitation_message_id_message")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["invitation_round.id"], name=op.f("fk_invitation_round_id_invitation_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("address", name=op.f("uq_invitation_address")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_invitation_code_digest")),
        sa.UniqueConstraint("message_id", name=op.f("uq_invitation_message_id")),
    )
    op.create_index(op.f("ix_invitation_created_at"), "invitation", ["created_at"], unique=False)
    op.create_index(op.f("ix_invitation_round_id"), "invitation", ["round_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_invitation_round_id"), table_name="invitation")
    op.drop_index(op.f("ix_invitation_created_at"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index(op.f("ix_invitation_round_organisation_id"), table_name="invitation_round")
    op.drop_index(op.f("ix_invitation_round_invited_by_id"), table_name="invitation_round")
    op.drop_table("invitation_round")
    op.drop_table("asked_address")
