"""the clock

Revision ID: f87fb90ab237
Revises: c97be781fecd
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "f87fb90ab237"
down_revision: str | None = "c97be781fecd"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATES = "proposed approved waiting_list accepted declined withdrawn refused"
REASONS = "found_others other_skill not_now too_far no_time changed other"

# What is open already: the step, where it is read, since when, and how many days it has. Who was told a day keeps it;
# of what had none until now, nobody is late today.
OPEN = (
    (
        "contribution",
        "CASE origin WHEN 'offer' THEN 'offer_read' ELSE 'invitation_read' END",
        "contribution WHERE state = 'proposed'",
        "state_since",
        5,
        True,
    ),
    (
        "contribution",
        "CASE origin WHEN 'offer' THEN 'offer_answered' ELSE 'invitation_answered' END",
        "contribution WHERE state = 'approved'",
        "state_since",
        14,
        True,
    ),
    ("contribution", "'place_given'", "contribution WHERE state = 'waiting_list'", "state_since", 30, True),
    (
        "contribution",
        "'mission_dated'",
        "contribution WHERE state = 'accepted' AND need_id IN (SELECT id FROM need WHERE kind <> 'equipment') "
        "AND id NOT IN (SELECT contribution_id FROM mission WHERE state <> 'cancelled')",
        "state_since",
        14,
        False,
    ),
    (
        "contribution",
        "'delivery_sent'",
        "contribution WHERE state = 'accepted' AND sent = 0 AND need_id IN (SELECT id FROM need WHERE kind = 'equipment')",
        "state_since",
        60,
        False,
    ),
    ("project", "'project_read'", "project WHERE moderation = 'waiting'", "moderation_since", 4, True),
    ("project", "'project_explained'", "project WHERE moderation = 'question'", "moderation_since", 14, False),
    ("project", "'project_resumed'", "project WHERE moderation = 'returned'", "moderation_since", 30, False),
    ("project", "'project_written'", "project WHERE moderation = 'helping'", "moderation_since", 30, False),
    ("membership", "'speaker_verified'", "membership WHERE state = 'waiting'", "asked_at", 3, True),
    ("news", "'news_read'", "news_item WHERE state = 'waiting'", "state_since", 3, True),
    (
        "assistance",
        "CASE kind WHEN 'call' THEN 'call_made' ELSE 'feedback_read' END",
        "assistance_request WHERE done_at IS NULL",
        "created_at",
        4,
        True,
    ),
)


def one_of(column: str, values: str) -> None:
    name = f"ck_contribution_{column}"
    op.drop_constraint(op.f(name), "contribution")
    listed = ", ".join(f"'{value}'" for value in values.split())
    op.create_check_constraint(op.f(name), "contribution", f"{column} IN ({listed})")


def what_is_open() -> None:
    for kind, step, rows, since, days, told in OPEN:
        day = f"(({since} AT TIME ZONE 'Africa/Casablanca')::date + {days})"
        due = day if told else f"greatest({day}, current_date + {days})"
        op.execute(
            f"INSERT INTO open_step (subject_kind, subject_id, step, since, due_on, next_on) "  # noqa: S608
            f"SELECT '{kind}', id, {step}, {since}, {due}, {due} - 1 FROM {rows} ON CONFLICT DO NOTHING"
        )


def upgrade() -> None:
    one_of("state", f"{STATES} closed")
    one_of("reason", f"{REASONS} no_answer settled")
    op.create_table(
        "reminder",
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_ids", sa.ARRAY(sa.Integer()), server_default="{}", nullable=False),
        sa.CheckConstraint(
            "level IN ('soon', 'late', 'moderator', 'coordinator', 'stuck')", name=op.f("ck_reminder_level")
        ),
        sa.CheckConstraint(
            "subject_kind IN ('user', 'organisation', 'membership', 'profile', 'project', 'need', 'suggestion', 'contribution', 'mission', 'delivery', 'relay', 'known_person', 'grouped_call', 'post', 'news', 'assistance')",
            name=op.f("ck_reminder_subject_kind"),
        ),
        sa.PrimaryKeyConstraint("subject_kind", "subject_id", "since", "level", name=op.f("pk_reminder")),
    )
    op.create_index(op.f("ix_reminder_at"), "reminder", ["at"], unique=False)
    op.add_column("open_step", sa.Column("reached", sa.Text(), nullable=True))
    op.add_column("open_step", sa.Column("next_on", sa.Date(), nullable=True))
    op.add_column("open_step", sa.Column("region_code", sa.String(), nullable=True))
    op.add_column("open_step", sa.Column("country", sa.String(), nullable=True))
    op.drop_index(op.f("ix_open_step_due"), table_name="open_step")
    op.create_index(
        "ix_open_step_left_waiting",
        "open_step",
        ["due_on"],
        unique=False,
        postgresql_where=sa.text("reached IN ('moderator', 'coordinator', 'stuck')"),
    )
    op.create_index(
        "ix_open_step_next", "open_step", ["next_on"], unique=False, postgresql_where=sa.text("next_on IS NOT NULL")
    )
    op.add_column("step_delay", sa.Column("soon", sa.Integer(), nullable=False, server_default="2"))
    op.alter_column("step_delay", "soon", server_default=None)
    op.add_column("step_delay", sa.Column("late", sa.Integer(), nullable=False, server_default="2"))
    op.alter_column("step_delay", "late", server_default=None)
    op.add_column("step_delay", sa.Column("moderator", sa.Integer(), nullable=False, server_default="6"))
    op.alter_column("step_delay", "moderator", server_default=None)
    op.add_column("step_delay", sa.Column("coordinator", sa.Integer(), nullable=False, server_default="12"))
    op.alter_column("step_delay", "coordinator", server_default=None)
    op.add_column("step_delay", sa.Column("stuck", sa.Integer(), nullable=False, server_default="18"))
    op.alter_column("step_delay", "stuck", server_default=None)
    op.create_check_constraint(
        op.f("ck_step_delay_rhythm"),
        "step_delay",
        "0 <= late AND late <= moderator AND moderator <= coordinator AND coordinator <= stuck AND stuck <= 400",
    )
    op.create_check_constraint(op.f("ck_step_delay_soon"), "step_delay", "soon BETWEEN 0 AND 100")
    op.execute("UPDATE open_step SET next_on = due_on - 1")
    what_is_open()
    op.create_check_constraint(
        op.f("ck_open_step_reached"),
        "open_step",
        "reached IN ('soon', 'late', 'moderator', 'coordinator', 'stuck')",
    )
    op.create_check_constraint(
        op.f("ck_open_step_next_unless_stuck"),
        "open_step",
        "(reached IS NOT DISTINCT FROM 'stuck') = (next_on IS NULL)",
    )


def downgrade() -> None:
    op.execute(
        "DELETE FROM open_step WHERE subject_kind IN ('contribution', 'project', 'membership', 'news', 'assistance')"
    )
    op.drop_constraint(op.f("ck_open_step_next_unless_stuck"), "open_step")
    op.drop_constraint(op.f("ck_open_step_reached"), "open_step")
    op.drop_constraint(op.f("ck_step_delay_rhythm"), "step_delay")
    op.drop_constraint(op.f("ck_step_delay_soon"), "step_delay")
    op.drop_column("step_delay", "stuck")
    op.drop_column("step_delay", "coordinator")
    op.drop_column("step_delay", "moderator")
    op.drop_column("step_delay", "late")
    op.drop_column("step_delay", "soon")
    op.drop_index("ix_open_step_next", table_name="open_step", postgresql_where=sa.text("next_on IS NOT NULL"))
    op.drop_index(
        "ix_open_step_left_waiting",
        table_name="open_step",
        postgresql_where=sa.text("reached IN ('moderator', 'coordinator', 'stuck')"),
    )
    op.create_index(op.f("ix_open_step_due"), "open_step", ["due_on"], unique=False)
    op.drop_column("open_step", "country")
    op.drop_column("open_step", "region_code")
    op.drop_column("open_step", "next_on")
    op.drop_column("open_step", "reached")
    op.drop_index(op.f("ix_reminder_at"), table_name="reminder")
    op.drop_table("reminder")
    op.execute("UPDATE contribution SET state = 'withdrawn' WHERE state = 'closed'")
    op.execute("UPDATE contribution SET reason = 'other' WHERE reason IN ('no_answer', 'settled')")
    one_of("state", STATES)
    one_of("reason", REASONS)
