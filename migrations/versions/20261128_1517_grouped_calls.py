"""grouped calls

Revision ID: 78c6489d1e62
Revises: f87fb90ab237
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "78c6489d1e62"
down_revision: str | None = "f87fb90ab237"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "grouped_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("title_fr", sa.String(), nullable=False),
        sa.Column("title_ar", sa.String(), nullable=False),
        sa.Column("intro_fr", sa.String(), nullable=False),
        sa.Column("intro_ar", sa.String(), nullable=False),
        sa.Column("theme_code", sa.String(), nullable=False),
        sa.Column("answers_by", sa.Date(), nullable=False),
        sa.Column("meets_on", sa.Date(), nullable=True),
        sa.Column("meets_at", sa.Time(), nullable=True),
        sa.Column("meets_zone", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state <> 'held' OR report <> ''", name=op.f("ck_grouped_call_reported")),
        sa.CheckConstraint("state = 'draft' OR opened_at IS NOT NULL", name=op.f("ck_grouped_call_opened")),
        sa.CheckConstraint("state IN ('draft', 'open', 'closed', 'held')", name=op.f("ck_grouped_call_state")),
        sa.CheckConstraint("meets_at IS NULL OR meets_on IS NOT NULL", name=op.f("ck_grouped_call_hour_of_a_day")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_grouped_call_author_id_user")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_grouped_call_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["theme_code"], ["theme.code"], name=op.f("fk_grouped_call_theme_code_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grouped_call")),
    )
    op.create_index(op.f("ix_grouped_call_author_id"), "grouped_call", ["author_id"], unique=False)
    op.create_index(
        "ix_grouped_call_opened",
        "grouped_call",
        ["opened_at", "id"],
        unique=False,
        postgresql_where=sa.text("state <> 'draft'"),
    )
    op.create_index(op.f("ix_grouped_call_organisation_id"), "grouped_call", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_grouped_call_theme_code"), "grouped_call", ["theme_code"], unique=False)
    op.create_table(
        "called_need",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('asked', 'in', 'out')", name=op.f("ck_called_need_state")),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_called_need_added_by_id_user")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["grouped_call.id"], name=op.f("fk_called_need_call_id_grouped_call"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_called_need_need_id_need")),
        sa.PrimaryKeyConstraint("call_id", "need_id", name=op.f("pk_called_need")),
    )
    op.create_index(op.f("ix_called_need_added_by_id"), "called_need", ["added_by_id"], unique=False)
    op.create_index(op.f("ix_called_need_need_id"), "called_need", ["need_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_called_need_need_id"), table_name="called_need")
    op.drop_index(op.f("ix_called_need_added_by_id"), table_name="called_need")
    op.drop_table("called_need")
    op.drop_index(op.f("ix_grouped_call_theme_code"), table_name="grouped_call")
    op.drop_index(op.f("ix_grouped_call_organisation_id"), table_name="grouped_call")
    op.drop_index("ix_grouped_call_opened", table_name="grouped_call", postgresql_where=sa.text("state <> 'draft'"))
    op.drop_index(op.f("ix_grouped_call_author_id"), table_name="grouped_call")
    op.drop_table("grouped_call")
