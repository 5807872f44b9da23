"""files and deadlines

Revision ID: fdaabaa2493c
Revises: 5b7e1d9a3c42
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "fdaabaa2493c"
down_revision: str | None = "5b7e1d9a3c42"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


KINDS = "user organisation membership profile project need contribution news assistance"
NEW_KINDS = f"{KINDS} suggestion mission delivery relay known_person grouped_call post"


def subjects(kinds: str) -> None:
    op.drop_constraint(op.f("ck_journal_entry_subject_kind"), "journal_entry")
    listed = ", ".join(f"'{kind}'" for kind in kinds.split())
    op.create_check_constraint(op.f("ck_journal_entry_subject_kind"), "journal_entry", f"subject_kind IN ({listed})")


def upgrade() -> None:
    subjects(NEW_KINDS)
    op.create_table(
        "open_step",
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "subject_kind IN ('user', 'organisation', 'membership', 'profile', 'project', 'need', 'suggestion', 'contribution', 'mission', 'delivery', 'relay', 'known_person', 'grouped_call', 'post', 'news', 'assistance')",
            name=op.f("ck_open_step_subject_kind"),
        ),
        sa.PrimaryKeyConstraint("subject_kind", "subject_id", name=op.f("pk_open_step")),
    )
    op.create_index("ix_open_step_due", "open_step", ["due_on"], unique=False)
    op.create_table(
        "step_delay",
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.CheckConstraint("days BETWEEN 1 AND 400", name=op.f("ck_step_delay_days")),
        sa.PrimaryKeyConstraint("step", name=op.f("pk_step_delay")),
    )
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'picture') = (width IS NOT NULL AND height IS NOT NULL)", name=op.f("ck_stored_file_measured")
        ),
        sa.CheckConstraint("kind IN ('picture', 'document')", name=op.f("ck_stored_file_kind")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_stored_file_owner_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    op.create_index(op.f("ix_stored_file_owner_id"), "stored_file", ["owner_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_stored_file_owner_id"), table_name="stored_file")
    op.drop_table("stored_file")
    op.drop_table("step_delay")
    op.drop_index("ix_open_step_due", table_name="open_step")
    op.drop_table("open_step")
    subjects(KINDS)
