"""suggestions

Revision ID: c87ae781febc
Revises: b0c04e9b2b0e
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "c87ae781febc"
down_revision: str | None = "b0c04e9b2b0e"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("taken_version", sa.Integer(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state IN ('accepted', 'adapted')) = (taken_version IS NOT NULL)", name=op.f("ck_suggestion_taken")
        ),
        sa.CheckConstraint("kind IN ('remark', 'addition', 'rewriting')", name=op.f("ck_suggestion_kind")),
        sa.CheckConstraint("language IN ('fr', 'ar')", name=op.f("ck_suggestion_language")),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'adapted', 'declined', 'withdrawn')", name=op.f("ck_suggestion_state")
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["user.id"], name=op.f("fk_suggestion_answered_by_id_user")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_suggestion_author_id_user")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_suggestion_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
    op.create_index(op.f("ix_suggestion_answered_by_id"), "suggestion", ["answered_by_id"], unique=False)
    op.create_index("ix_suggestion_author", "suggestion", ["author_id", "id"], unique=False)
    op.create_index(
        "ix_suggestion_open",
        "suggestion",
        ["project_id", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_suggestion_section", "suggestion", ["project_id", "section", "taken_version"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_suggestion_section", table_name="suggestion")
    op.drop_index("ix_suggestion_open", table_name="suggestion", postgresql_where=sa.text("state = 'open'"))
    op.drop_index("ix_suggestion_author", table_name="suggestion")
    op.drop_index(op.f("ix_suggestion_answered_by_id"), table_name="suggestion")
    op.drop_table("suggestion")
