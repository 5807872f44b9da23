"""matches kept

Revision ID: 5b7e1d9a3c42
Revises: 8d2f4b7c90ae
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "5b7e1d9a3c42"
down_revision: str | None = "8d2f4b7c90ae"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "match",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.REAL(), nullable=False),
        sa.Column("competence", sa.REAL(), nullable=False),
        sa.Column("closeness", sa.Text(), nullable=False),
        sa.Column("timing", sa.Text(), nullable=False),
        sa.Column("likes_theme", sa.Boolean(), nullable=False),
        sa.Column("excluded", sa.Text(), nullable=True),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint("closeness IN ('commune', 'province', 'region', 'none')", name=op.f("ck_match_closeness")),
        sa.CheckConstraint(
            "timing IN ('unknown', 'in_time', 'late', 'other_months', 'too_late')", name=op.f("ck_match_timing")
        ),
        sa.CheckConstraint(
            "excluded IN ('language', 'must_be_on_site', 'must_be_remote', 'free_too_late')",
            name=op.f("ck_match_excluded"),
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_match_need_id_need"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_match_profile_id_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("need_id", "profile_id", name=op.f("pk_match")),
    )
    op.create_index("ix_match_need", "match", ["need_id", sa.text("score DESC")])
    op.create_index("ix_match_profile", "match", ["profile_id", sa.text("score DESC")])
    op.create_table(
        "match_list",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("made_with", sa.String(), nullable=False),
        sa.Column("best", sa.REAL(), nullable=False),
        sa.Column("least", sa.REAL(), nullable=False),
        sa.Column("explained", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('need', 'profile')", name=op.f("ck_match_list_kind")),
        sa.PrimaryKeyConstraint("kind", "subject_id", name=op.f("pk_match_list")),
    )
    op.create_index(
        "ix_match_list_unexplained", "match_list", ["subject_id"], postgresql_where=sa.text("NOT explained")
    )


def downgrade() -> None:
    op.drop_table("match_list")
    op.drop_table("match")
