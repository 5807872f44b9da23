"""solicitations and pauses

Revision ID: 769881153ed6
Revises: b80760b1607e
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "769881153ed6"
down_revision: str | None = "b80760b1607e"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "solicitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "subject_kind IN ('user', 'organisation', 'membership', 'profile', 'project', 'need', 'suggestion', 'contribution', 'mission', 'delivery', 'relay', 'known_person', 'grouped_call', 'post', 'news', 'assistance')",
            name=op.f("ck_solicitation_subject_kind"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_solicitation_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solicitation")),
    )
    op.create_index("ix_solicitation_subject", "solicitation", ["subject_kind", "subject_id"], unique=False)
    op.create_index("ix_solicitation_user", "solicitation", ["user_id", "at"], unique=False)
    op.add_column("organisation", sa.Column("answer_days", sa.Integer(), nullable=True))
    op.add_column("user", sa.Column("not_before", sa.Date(), nullable=True))
    op.execute(
        "INSERT INTO solicitation (user_id, at, subject_kind, subject_id) "
        "SELECT profile.owner_id, contribution.created_at, 'contribution', contribution.id "
        "FROM contribution JOIN profile ON profile.id = contribution.profile_id "
        "WHERE origin = 'invitation' AND state <> 'refused' "
        "AND (state <> 'withdrawn' OR approved_by_id IS NOT NULL)"
    )
    op.execute(
        "INSERT INTO solicitation (user_id, at, subject_kind, subject_id) "
        "SELECT user_id, created_at, 'relay', id FROM relay "
        "WHERE asked_by_id IS NOT NULL AND asked_by_id <> user_id AND state <> 'withdrawn'"
    )


def downgrade() -> None:
    op.drop_column("user", "not_before")
    op.drop_column("organisation", "answer_days")
    op.drop_index("ix_solicitation_user", table_name="solicitation")
    op.drop_index("ix_solicitation_subject", table_name="solicitation")
    op.drop_table("solicitation")
