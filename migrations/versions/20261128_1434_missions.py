"""missions

Revision ID: 520dbdd18574
Revises: d0d37ad49469
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "520dbdd18574"
down_revision: str | None = "d0d37ad49469"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "mission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("objective", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("call_link", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("deliverables", sa.String(), nullable=False),
        sa.Column("lodging", sa.Boolean(), nullable=False),
        sa.Column("transport", sa.Boolean(), nullable=False),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("provides", sa.String(), nullable=False),
        sa.Column("expenses", sa.String(), nullable=False),
        sa.Column("insurance", sa.String(), nullable=False),
        sa.Column("image_rights", sa.Text(), nullable=False),
        sa.Column("women", sa.Integer(), nullable=True),
        sa.Column("men", sa.Integer(), nullable=True),
        sa.Column("young_people", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'cancelled') = (reason IS NOT NULL)", name=op.f("ck_mission_cancelled")),
        sa.CheckConstraint("image_rights IN ('yes', 'ask', 'no')", name=op.f("ck_mission_image_rights")),
        sa.CheckConstraint("language IN ('fr', 'ar')", name=op.f("ck_mission_language")),
        sa.CheckConstraint("mode IN ('onsite', 'remote')", name=op.f("ck_mission_mode")),
        sa.CheckConstraint("proposed_by IN ('team', 'contributor')", name=op.f("ck_mission_proposed_by")),
        sa.CheckConstraint("reason IN ('date', 'unwell', 'means', 'changed', 'other')", name=op.f("ck_mission_reason")),
        sa.CheckConstraint(
            "state IN ('proposed', 'agreed', 'held', 'closed', 'cancelled')", name=op.f("ck_mission_state")
        ),
        sa.CheckConstraint("days BETWEEN 1 AND 366", name=op.f("ck_mission_days")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_mission_period")),
        sa.CheckConstraint("women >= 0 AND men >= 0 AND young_people >= 0", name=op.f("ck_mission_participants")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_mission_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_mission_created_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mission")),
    )
    op.create_index("ix_mission_contribution", "mission", ["contribution_id", "starts_on"], unique=False)
    op.create_index(op.f("ix_mission_created_by_id"), "mission", ["created_by_id"], unique=False)
    op.create_table(
        "mission_agreement",
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("side IN ('team', 'contributor')", name=op.f("ck_mission_agreement_side")),
        sa.ForeignKeyConstraint(["mission_id"], ["mission.id"], name=op.f("fk_mission_agreement_mission_id_mission")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_mission_agreement_user_id_user")),
        sa.PrimaryKeyConstraint("mission_id", "version", "side", name=op.f("pk_mission_agreement")),
    )
    op.create_index(op.f("ix_mission_agreement_user_id"), "mission_agreement", ["user_id"], unique=False)
    op.create_table(
        "mission_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_mission_document_added_by_id_user")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_mission_document_file_id_stored_file")),
        sa.ForeignKeyConstraint(["mission_id"], ["mission.id"], name=op.f("fk_mission_document_mission_id_mission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mission_document")),
    )
    op.create_index(op.f("ix_mission_document_added_by_id"), "mission_document", ["added_by_id"], unique=False)
    op.create_index(op.f("ix_mission_document_file_id"), "mission_document", ["file_id"], unique=False)
    op.create_index("ix_mission_document_mission", "mission_document", ["mission_id", "id"], unique=False)
    op.create_table(
        "mission_evaluation",
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("useful", sa.String(), nullable=False),
        sa.Column("difficult", sa.String(), nullable=False),
        sa.Column("carry_on", sa.Text(), nullable=False),
        sa.Column("adequacy", sa.SmallInteger(), nullable=True),
        sa.Column("coherence", sa.SmallInteger(), nullable=True),
        sa.Column("relevance", sa.SmallInteger(), nullable=True),
        sa.Column("efficiency", sa.SmallInteger(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("carry_on IN ('yes', 'later', 'no')", name=op.f("ck_mission_evaluation_carry_on")),
        sa.CheckConstraint("side IN ('team', 'contributor')", name=op.f("ck_mission_evaluation_side")),
        sa.CheckConstraint("adequacy BETWEEN 1 AND 4", name=op.f("ck_mission_evaluation_adequacy")),
        sa.CheckConstraint("coherence BETWEEN 1 AND 4", name=op.f("ck_mission_evaluation_coherence")),
        sa.CheckConstraint("efficiency BETWEEN 1 AND 4", name=op.f("ck_mission_evaluation_efficiency")),
        sa.CheckConstraint("hours BETWEEN 1 AND 2000", name=op.f("ck_mission_evaluation_hours")),
        sa.CheckConstraint("relevance BETWEEN 1 AND 4", name=op.f("ck_mission_evaluation_relevance")),
        sa.ForeignKeyConstraint(["mission_id"], ["mission.id"], name=op.f("fk_mission_evaluation_mission_id_mission")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_mission_evaluation_user_id_user")),
        sa.PrimaryKeyConstraint("mission_id", "side", name=op.f("pk_mission_evaluation")),
    )
    op.create_index(op.f("ix_mission_evaluation_user_id"), "mission_evaluation", ["user_id"], unique=False)
    op.create_table(
        "mission_follow_up",
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("practice", sa.Text(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("practice IN ('yes', 'partly', 'not_yet')", name=op.f("ck_mission_follow_up_practice")),
        sa.CheckConstraint("months IN (1, 6)", name=op.f("ck_mission_follow_up_months")),
        sa.ForeignKeyConstraint(["mission_id"], ["mission.id"], name=op.f("fk_mission_follow_up_mission_id_mission")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_mission_follow_up_user_id_user")),
        sa.PrimaryKeyConstraint("mission_id", "months", name=op.f("pk_mission_follow_up")),
    )
    op.create_index(op.f("ix_mission_follow_up_user_id"), "mission_follow_up", ["user_id"], unique=False)
    op.create_table(
        "mission_preparation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_of", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(standard IS NULL) <> (text = '')", name=op.f("ck_mission_preparation_asked")),
        sa.CheckConstraint("asked_of IN ('team', 'contributor')", name=op.f("ck_mission_preparation_asked_of")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_mission_preparation_created_by_id_user")),
        sa.ForeignKeyConstraint(["done_by_id"], ["user.id"], name=op.f("fk_mission_preparation_done_by_id_user")),
        sa.ForeignKeyConstraint(["mission_id"], ["mission.id"], name=op.f("fk_mission_preparation_mission_id_mission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mission_preparation")),
    )
    op.create_index(
        op.f("ix_mission_preparation_created_by_id"), "mission_preparation", ["created_by_id"], unique=False
    )
    op.create_index(op.f("ix_mission_preparation_done_by_id"), "mission_preparation", ["done_by_id"], unique=False)
    op.create_index("ix_mission_preparation_mission", "mission_preparation", ["mission_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_mission_preparation_mission", table_name="mission_preparation")
    op.drop_index(op.f("ix_mission_preparation_done_by_id"), table_name="mission_preparation")
    op.drop_index(op.f("ix_mission_preparation_created_by_id"), table_name="mission_preparation")
    op.drop_table("mission_preparation")
    op.drop_index(op.f("ix_mission_follow_up_user_id"), table_name="mission_follow_up")
    op.drop_table("mission_follow_up")
    op.drop_index(op.f("ix_mission_evaluation_user_id"), table_name="mission_evaluation")
    op.drop_table("mission_evaluation")
    op.drop_index("ix_mission_document_mission", table_name="mission_document")
    op.drop_index(op.f("ix_mission_document_file_id"), table_name="mission_document")
    op.drop_index(op.f("ix_mission_document_added_by_id"), table_name="mission_document")
    op.drop_table("mission_document")
    op.drop_index(op.f("ix_mission_agreement_user_id"), table_name="mission_agreement")
    op.drop_table("mission_agreement")
    op.drop_index(op.f("ix_mission_created_by_id"), table_name="mission")
    op.drop_index("ix_mission_contribution", table_name="mission")
    op.drop_table("mission")
