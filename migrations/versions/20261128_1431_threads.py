"""threads

Revision ID: d0d37ad49469
Revises: fdaabaa2493c
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "d0d37ad49469"
down_revision: str | None = "fdaabaa2493c"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "subject_kind IN ('user', 'organisation', 'membership', 'profile', 'project', 'need', 'suggestion', 'contribution', 'mission', 'delivery', 'relay', 'known_person', 'grouped_call', 'post', 'news', 'assistance')",
            name=op.f("ck_thread_subject_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sa.UniqueConstraint("subject_kind", "subject_id", name=op.f("uq_thread_subject_kind_subject_id")),
    )
    op.create_index(op.f("ix_thread_last_at"), "thread", ["last_at"], unique=False)
    op.create_table(
        "thread_follower",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("read_to", sa.Integer(), nullable=False),
        sa.Column("told_of", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("muted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_thread_follower_thread_id_thread")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_thread_follower_user_id_user")),
        sa.PrimaryKeyConstraint("thread_id", "user_id", name=op.f("pk_thread_follower")),
    )
    op.create_index(op.f("ix_thread_follower_user_id"), "thread_follower", ["user_id"], unique=False)
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wants_answer", sa.Boolean(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_by_id", sa.Integer(), nullable=True),
        sa.Column("hidden_why", sa.Text(), nullable=True),
        sa.Column("hidden_words", sa.String(), nullable=False),
        sa.CheckConstraint(
            "hidden_why IN ('rude', 'private', 'advertising', 'money', 'false', 'off_topic', 'other')",
            name=op.f("ck_post_hidden_why"),
        ),
        sa.CheckConstraint("language IN ('fr', 'ar')", name=op.f("ck_post_language")),
        sa.CheckConstraint("voice IN ('reader', 'team', 'contributor', 'moderator')", name=op.f("ck_post_voice")),
        sa.CheckConstraint("(hidden_at IS NULL) = (hidden_by_id IS NULL)", name=op.f("ck_post_hidden")),
        sa.CheckConstraint("hidden_why IS NULL OR hidden_at IS NOT NULL", name=op.f("ck_post_hidden_for")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_post_author_id_user")),
        sa.ForeignKeyConstraint(["hidden_by_id"], ["user.id"], name=op.f("fk_post_hidden_by_id_user")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_post_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_post_thread_id_thread")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_index(op.f("ix_post_author_id"), "post", ["author_id"], unique=False)
    op.create_index(op.f("ix_post_hidden_by_id"), "post", ["hidden_by_id"], unique=False)
    op.create_index(op.f("ix_post_organisation_id"), "post", ["organisation_id"], unique=False)
    op.create_index("ix_post_thread", "post", ["thread_id", "id"], unique=False)
    op.create_index("uq_post_question", "post", ["thread_id"], unique=True, postgresql_where=sa.text("wants_answer"))
    op.create_table(
        "mention",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_mention_post_id_post")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_mention_user_id_user")),
        sa.PrimaryKeyConstraint("post_id", "user_id", name=op.f("pk_mention")),
    )
    op.create_index(op.f("ix_mention_user_id"), "mention", ["user_id"], unique=False)
    op.create_table(
        "post_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('rude', 'private', 'advertising', 'money', 'false', 'off_topic', 'other')",
            name=op.f("ck_post_report_reason"),
        ),
        sa.CheckConstraint("(settled_at IS NULL) = (settled_by_id IS NULL)", name=op.f("ck_post_report_settled")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_report_post_id_post")),
        sa.ForeignKeyConstraint(["reporter_id"], ["user.id"], name=op.f("fk_post_report_reporter_id_user")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["user.id"], name=op.f("fk_post_report_settled_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_report")),
    )
    op.create_index(op.f("ix_post_report_post_id"), "post_report", ["post_id"], unique=False)
    op.create_index(op.f("ix_post_report_reporter_id"), "post_report", ["reporter_id"], unique=False)
    op.create_index(op.f("ix_post_report_settled_by_id"), "post_report", ["settled_by_id"], unique=False)
    op.create_index(
        "uq_post_report_open",
        "post_report",
        ["post_id", "reporter_id"],
        unique=True,
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "post_version",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_version_post_id_post")),
        sa.PrimaryKeyConstraint("post_id", "version", name=op.f("pk_post_version")),
    )


def downgrade() -> None:
    op.drop_table("post_version")
    op.drop_index("uq_post_report_open", table_name="post_report", postgresql_where=sa.text("settled_at IS NULL"))
    op.drop_index(op.f("ix_post_report_settled_by_id"), table_name="post_report")
    op.drop_index(op.f("ix_post_report_reporter_id"), table_name="post_report")
    op.drop_index(op.f("ix_post_report_post_id"), table_name="post_report")
    op.drop_table("post_report")
    op.drop_index(op.f("ix_mention_user_id"), table_name="mention")
    op.drop_table("mention")
    op.drop_index("uq_post_question", table_name="post", postgresql_where=sa.text("wants_answer"))
    op.drop_index("ix_post_thread", table_name="post")
    op.drop_index(op.f("ix_post_organisation_id"), table_name="post")
    op.drop_index(op.f("ix_post_hidden_by_id"), table_name="post")
    op.drop_index(op.f("ix_post_author_id"), table_name="post")
    op.drop_table("post")
    op.drop_index(op.f("ix_thread_follower_user_id"), table_name="thread_follower")
    op.drop_table("thread_follower")
    op.drop_index(op.f("ix_thread_last_at"), table_name="thread")
    op.drop_table("thread")
