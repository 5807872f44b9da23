"""families of messages

Revision ID: 1190d682a67d
Revises: 33f8e0848443
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "1190d682a67d"
down_revision: str | None = "33f8e0848443"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


ACCOUNT = "confirm_address sign_in_link reset_link change_address address_changed"
WAITING = (
    "contribution_to_approve offer_received invited waits_for_place news_returned news_unpublished project_question "
    "project_returned project_unpublished project_help"
)
TEAMS = "membership_ended member_joined contact_handed_over co_author_joined"


def states(allowed: str) -> None:
    op.drop_constraint(op.f("ck_message_state"), "message")
    listed = ", ".join(f"'{state}'" for state in allowed.split())
    op.create_check_constraint(op.f("ck_message_state"), "message", f"state IN ({listed})")


def upgrade() -> None:
    op.create_table(
        "bouncing_address",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_bouncing_address")),
    )
    op.create_table(
        "message_choice",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "before IN ('at_once', 'daily', 'weekly', 'on_site')", name=op.f("ck_message_choice_before")
        ),
        sa.CheckConstraint(
            "family IN ('account', 'waiting', 'answers', 'conversations', 'teams', 'nearby', 'news', 'digest', 'outside')",
            name=op.f("ck_message_choice_family"),
        ),
        sa.CheckConstraint(
            "rhythm IN ('at_once', 'daily', 'weekly', 'on_site')", name=op.f("ck_message_choice_rhythm")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_message_choice_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", "family", name=op.f("pk_message_choice")),
    )
    op.create_table(
        "message_hours",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=True),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.Column("digest_hour", sa.Integer(), nullable=False),
        sa.Column("digest_weekday", sa.Integer(), nullable=False),
        sa.CheckConstraint("digest_weekday BETWEEN 0 AND 6", name=op.f("ck_message_hours_weekday")),
        sa.CheckConstraint(
            "quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23 AND digest_hour BETWEEN 0 AND 23",
            name=op.f("ck_message_hours_hours"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_message_hours_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_message_hours")),
    )
    op.execute(  # where people live gives them a time zone
        """
        INSERT INTO message_hours (user_id, country, quiet_from, quiet_until, digest_hour, digest_weekday)
        SELECT owner_id, country, 21, 8, 8, 0 FROM profile WHERE kind = 'person'
        """
    )
    op.add_column("message", sa.Column("family", sa.Text(), server_default="answers", nullable=False))
    op.add_column("message", sa.Column("stop", sa.String(), server_default="", nullable=False))
    op.add_column("message", sa.Column("visible_from", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        sa.text(
            """
            UPDATE message SET visible_from = least(not_before, created_at + interval '10 minutes'),
                read_at = CASE WHEN state = 'sent' THEN coalesce(read_at, sent_at) ELSE read_at END,
                family = CASE WHEN kind = ANY(:account) THEN 'account' WHEN kind = ANY(:waiting) THEN 'waiting'
                    WHEN kind = ANY(:teams) THEN 'teams' ELSE 'answers' END
            """
        ).bindparams(account=ACCOUNT.split(), waiting=WAITING.split(), teams=TEAMS.split())
    )
    op.alter_column("message", "visible_from", nullable=False)
    op.alter_column("message", "family", server_default=None)
    op.alter_column("message", "stop", server_default=None)
    op.add_column("message", sa.Column("digest_id", sa.Integer(), nullable=True))
    op.add_column("message", sa.Column("digest_day", sa.Date(), nullable=True))
    op.alter_column("message", "recipient_id", existing_type=sa.INTEGER(), nullable=True)
    op.create_index(op.f("ix_message_digest_id"), "message", ["digest_id"], unique=False)
    op.create_index(
        "ix_message_held", "message", ["not_before"], unique=False, postgresql_where=sa.text("state = 'held'")
    )
    op.create_index(
        "ix_message_sending", "message", ["not_before"], unique=False, postgresql_where=sa.text("state = 'sending'")
    )
    op.create_index(
        "ix_message_unread",
        "message",
        ["recipient_id"],
        unique=False,
        postgresql_where=sa.text(
            "read_at IS NULL AND state <> 'cancelled' AND family NOT IN ('account', 'digest', 'outside')"
        ),
    )
    op.create_index("uq_message_digest", "message", ["recipient_id", "digest_day"], unique=True)
    states("queued held bundled sending sent failed cancelled on_site")
    listed = "'account', 'waiting', 'answers', 'conversations', 'teams', 'nearby', 'news', 'digest', 'outside'"
    op.create_check_constraint(op.f("ck_message_family"), "message", f"family IN ({listed})")
    op.create_check_constraint(
        op.f("ck_message_known_unless_outside"), "message", "recipient_id IS NOT NULL OR family = 'outside'"
    )
    op.create_check_constraint(
        op.f("ck_message_digest_has_a_day"), "message", "(family = 'digest') = (digest_day IS NOT NULL)"
    )
    op.create_foreign_key(op.f("fk_message_digest_id_message"), "message", "message", ["digest_id"], ["id"])


def downgrade() -> None:
    op.execute("DELETE FROM message WHERE recipient_id IS NULL")
    op.execute("UPDATE message SET digest_id = NULL, state = 'on_site' WHERE state IN ('held', 'bundled')")
    op.execute("DELETE FROM message WHERE family = 'digest'")
    for name in ("family", "known_unless_outside", "digest_has_a_day"):
        op.drop_constraint(op.f(f"ck_message_{name}"), "message")
    states("queued sending sent failed cancelled on_site")
    op.drop_constraint(op.f("fk_message_digest_id_message"), "message", type_="foreignkey")
    op.drop_index("uq_message_digest", table_name="message")
    op.drop_index(
        "ix_message_unread",
        table_name="message",
        postgresql_where=sa.text(
            "read_at IS NULL AND state <> 'cancelled' AND family NOT IN ('account', 'digest', 'outside')"
        ),
    )
    op.drop_index("ix_message_sending", table_name="message", postgresql_where=sa.text("state = 'sending'"))
    op.drop_index("ix_message_held", table_name="message", postgresql_where=sa.text("state = 'held'"))
    op.drop_index(op.f("ix_message_digest_id"), table_name="message")
    op.alter_column("message", "recipient_id", existing_type=sa.INTEGER(), nullable=False)
    op.drop_column("message", "digest_day")
    op.drop_column("message", "digest_id")
    op.drop_column("message", "visible_from")
    op.drop_column("message", "stop")
    op.drop_column("message", "family")
    op.drop_table("message_hours")
    op.drop_table("message_choice")
    op.drop_table("bouncing_address")
