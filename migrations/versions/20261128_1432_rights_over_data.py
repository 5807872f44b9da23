"""rights over data

Revision ID: 33f8e0848443
Revises: 520dbdd18574
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "33f8e0848443"
down_revision: str | None = "520dbdd18574"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


PURPOSES = "confirm sign_in reset change_email"


def link_purposes(purposes: str) -> None:
    op.drop_constraint(op.f("ck_access_link_purpose"), "access_link")
    listed = ", ".join(f"'{purpose}'" for purpose in purposes.split())
    op.create_check_constraint(op.f("ck_access_link_purpose"), "access_link", f"purpose IN ({listed})")


def upgrade() -> None:
    link_purposes(f"{PURPOSES} leave")
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('proposed', 'shown_by_name', 'thanked', 'photographed', 'news_by_email', 'relayed')",
            name=op.f("ck_consent_purpose"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_consent_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_user_id"), "consent", ["user_id"], unique=False)
    op.create_index(
        "uq_consent_held",
        "consent",
        ["user_id", "purpose"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "contact_shown",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("viewer_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "subject_kind IN ('user', 'organisation', 'membership', 'profile', 'project', 'need', 'suggestion', 'contribution', 'mission', 'delivery', 'relay', 'known_person', 'grouped_call', 'post', 'news', 'assistance')",
            name=op.f("ck_contact_shown_subject_kind"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["user.id"], name=op.f("fk_contact_shown_person_id_user")),
        sa.ForeignKeyConstraint(["viewer_id"], ["user.id"], name=op.f("fk_contact_shown_viewer_id_user")),
        sa.PrimaryKeyConstraint("person_id", "viewer_id", "day", name=op.f("pk_contact_shown")),
    )
    op.create_index(op.f("ix_contact_shown_viewer_id"), "contact_shown", ["viewer_id"], unique=False)
    op.create_table(
        "departure",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "step IN ('asked', 'moderator_told', 'warned', 'warned_again', 'closed')", name=op.f("ck_departure_step")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_departure_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_departure")),
    )
    op.create_index("ix_departure_next_at", "departure", ["next_at"], unique=False)
    # Nobody is taken to be asleep before they could be seen: counting begins today.
    op.add_column("user", sa.Column("last_seen_on", sa.Date(), nullable=False, server_default=sa.text("CURRENT_DATE")))
    op.alter_column("user", "last_seen_on", server_default=None)
    # Whoever has a profile agreed, on the page of it, to be proposed or shown by name.
    op.execute(
        """
        INSERT INTO consent (user_id, purpose, version, place, given_at)
        SELECT owner_id, 'proposed', '2026-11', 'profile', created_at FROM profile
        WHERE kind = 'person' AND visibility <> 'hidden' AND abilities <> ''
        UNION ALL
        SELECT owner_id, 'shown_by_name', '2026-11', 'profile', updated_at FROM profile
        WHERE kind = 'person' AND visibility = 'open' AND abilities <> ''
        """
    )
    op.create_index(
        "ix_user_asleep", "user", ["last_seen_on"], unique=False, postgresql_where=sa.text("closed_at IS NULL")
    )


def downgrade() -> None:
    op.execute("DELETE FROM access_link WHERE purpose = 'leave'")
    link_purposes(PURPOSES)
    op.drop_index("ix_user_asleep", table_name="user", postgresql_where=sa.text("closed_at IS NULL"))
    op.drop_column("user", "last_seen_on")
    op.drop_index("ix_departure_next_at", table_name="departure")
    op.drop_table("departure")
    op.drop_index(op.f("ix_contact_shown_viewer_id"), table_name="contact_shown")
    op.drop_table("contact_shown")
    op.drop_index("uq_consent_held", table_name="consent", postgresql_where=sa.text("withdrawn_at IS NULL"))
    op.drop_index(op.f("ix_consent_user_id"), table_name="consent")
    op.drop_table("consent")
