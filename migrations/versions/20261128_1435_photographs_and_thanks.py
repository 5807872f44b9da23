"""photographs and thanks

Revision ID: 8ed3519c0521
Revises: 1190d682a67d
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "8ed3519c0521"
down_revision: str | None = "1190d682a67d"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "project_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consent_by_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_by_id", sa.Integer(), nullable=True),
        sa.Column("hidden_reason", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('before', 'after', 'other')", name=op.f("ck_project_photo_kind")),
        sa.CheckConstraint("language IN ('fr', 'ar')", name=op.f("ck_project_photo_language")),
        sa.CheckConstraint("(hidden_at IS NULL) = (hidden_by_id IS NULL)", name=op.f("ck_project_photo_hidden")),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_project_photo_added_by_id_user")),
        sa.ForeignKeyConstraint(["consent_by_id"], ["user.id"], name=op.f("fk_project_photo_consent_by_id_user")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_project_photo_file_id_stored_file")),
        sa.ForeignKeyConstraint(["hidden_by_id"], ["user.id"], name=op.f("fk_project_photo_hidden_by_id_user")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_photo_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_photo")),
        sa.UniqueConstraint("file_id", name=op.f("uq_project_photo_file_id")),
    )
    op.create_index(op.f("ix_project_photo_added_by_id"), "project_photo", ["added_by_id"], unique=False)
    op.create_index(op.f("ix_project_photo_consent_by_id"), "project_photo", ["consent_by_id"], unique=False)
    op.create_index(op.f("ix_project_photo_hidden_by_id"), "project_photo", ["hidden_by_id"], unique=False)
    op.create_index("ix_project_photo_project", "project_photo", ["project_id", "position"], unique=False)
    op.create_table(
        "project_thanks",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name=op.f("ck_project_thanks_answered")),
        sa.CheckConstraint("state IN ('asked', 'agreed', 'declined')", name=op.f("ck_project_thanks_state")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_project_thanks_asked_by_id_user")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_thanks_project_id_project")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_project_thanks_user_id_user")),
        sa.PrimaryKeyConstraint("project_id", "user_id", name=op.f("pk_project_thanks")),
    )
    op.create_index(op.f("ix_project_thanks_asked_by_id"), "project_thanks", ["asked_by_id"], unique=False)
    op.create_index(op.f("ix_project_thanks_user_id"), "project_thanks", ["user_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_project_thanks_user_id"), table_name="project_thanks")
    op.drop_index(op.f("ix_project_thanks_asked_by_id"), table_name="project_thanks")
    op.drop_table("project_thanks")
    op.drop_index("ix_project_photo_project", table_name="project_photo")
    op.drop_index(op.f("ix_project_photo_hidden_by_id"), table_name="project_photo")
    op.drop_index(op.f("ix_project_photo_consent_by_id"), table_name="project_photo")
    op.drop_index(op.f("ix_project_photo_added_by_id"), table_name="project_photo")
    op.drop_table("project_photo")
