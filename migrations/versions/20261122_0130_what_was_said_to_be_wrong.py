"""what was said to be wrong

Revision ID: 3f0c8a51d2b7
Revises: 5b0c6f2d7e11
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "3f0c8a51d2b7"
down_revision: str | None = "5b0c6f2d7e11"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "match_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("profile_id", sa.Integer(), nullable=True),
        sa.Column("concept_id", sa.String(), nullable=True),
        sa.Column("wanted", sa.String(), nullable=False),
        sa.Column("mention", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["concept_id"], ["concept.id"], name=op.f("fk_match_objection_concept_id_concept")),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_match_objection_need_id_need"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_match_objection_profile_id_profile"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["said_by_id"], ["user.id"], name=op.f("fk_match_objection_said_by_id_user")),
        sa.ForeignKeyConstraint(
            ["taken_back_by_id"], ["user.id"], name=op.f("fk_match_objection_taken_back_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_objection")),
    )
    op.create_index(op.f("ix_match_objection_need_id"), "match_objection", ["need_id"], unique=False)
    op.create_index(op.f("ix_match_objection_profile_id"), "match_objection", ["profile_id"], unique=False)
    op.create_index(
        "ix_match_objection_pair",
        "match_objection",
        ["concept_id", "folded"],
        unique=False,
        postgresql_where=sa.text("taken_back_at IS NULL"),
    )
    op.create_index(
        "uq_match_objection",
        "match_objection",
        ["said_by_id", "need_id", "profile_id", "concept_id", "wanted", "folded"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("taken_back_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_match_objection",
        table_name="match_objection",
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("taken_back_at IS NULL"),
    )
    op.drop_index(
        "ix_match_objection_pair", table_name="match_objection", postgresql_where=sa.text("taken_back_at IS NULL")
    )
    op.drop_index(op.f("ix_match_objection_profile_id"), table_name="match_objection")
    op.drop_index(op.f("ix_match_objection_need_id"), table_name="match_objection")
    op.drop_table("match_objection")
