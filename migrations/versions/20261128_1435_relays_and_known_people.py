"""relays and known people

Revision ID: 4261be880c67
Revises: 8ed3519c0521
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "4261be880c67"
down_revision: str | None = "8ed3519c0521"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "known_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("reach_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("occupation", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("how_many", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("town", sa.String(), nullable=False),
        sa.Column("commune_code", sa.String(), nullable=False),
        sa.Column("douar", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('asked', 'listed', 'refused', 'ended')", name=op.f("ck_known_person_state")),
        sa.CheckConstraint("how_many BETWEEN 1 AND 500", name=op.f("ck_known_person_how_many")),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_known_person_commune_code_commune")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_known_person_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["reach_id"], ["user.id"], name=op.f("fk_known_person_reach_id_user")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_known_person_recorded_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_person")),
    )
    op.create_index("ix_known_person_commune", "known_person", ["commune_code", "id"], unique=False)
    op.create_index(op.f("ix_known_person_organisation_id"), "known_person", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_known_person_reach_id"), "known_person", ["reach_id"], unique=False)
    op.create_index(op.f("ix_known_person_recorded_by_id"), "known_person", ["recorded_by_id"], unique=False)
    op.create_table(
        "known_person_chip",
        sa.Column("known_person_id", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.String(), nullable=False),
        sa.Column("mention", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('proposed', 'kept', 'removed')", name=op.f("ck_known_person_chip_state")),
        sa.ForeignKeyConstraint(["concept_id"], ["concept.id"], name=op.f("fk_known_person_chip_concept_id_concept")),
        sa.ForeignKeyConstraint(
            ["known_person_id"],
            ["known_person.id"],
            name=op.f("fk_known_person_chip_known_person_id_known_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("known_person_id", "concept_id", name=op.f("pk_known_person_chip")),
    )
    op.create_table(
        "relay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("known_person_id", sa.Integer(), nullable=True),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "reason IN ('no_longer_known', 'not_suited', 'not_now', 'no_time', 'other')", name=op.f("ck_relay_reason")
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'open', 'stopped', 'declined', 'withdrawn')", name=op.f("ck_relay_state")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_relay_asked_by_id_user")),
        sa.ForeignKeyConstraint(
            ["known_person_id"], ["known_person.id"], name=op.f("fk_relay_known_person_id_known_person")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_relay_need_id_need")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_relay_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay")),
        sa.UniqueConstraint("code", name=op.f("uq_relay_code")),
    )
    op.create_index(op.f("ix_relay_asked_by_id"), "relay", ["asked_by_id"], unique=False)
    op.create_index(op.f("ix_relay_known_person_id"), "relay", ["known_person_id"], unique=False)
    op.create_index("ix_relay_user", "relay", ["user_id", "id"], unique=False)
    op.create_index(
        "uq_relay_live",
        "relay",
        ["need_id", "user_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('asked', 'open', 'stopped')"),
    )
    op.create_table(
        "relay_credit",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("relay_id", sa.Integer(), nullable=False),
        sa.Column("credited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreement_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_relay_credit_contribution_id_contribution")
        ),
        sa.ForeignKeyConstraint(["relay_id"], ["relay.id"], name=op.f("fk_relay_credit_relay_id_relay")),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_relay_credit")),
    )
    op.create_index(op.f("ix_relay_credit_relay_id"), "relay_credit", ["relay_id"], unique=False)
    op.add_column("contribution", sa.Column("relay_code", sa.String(), nullable=True))
    op.add_column(
        "contribution", sa.Column("relayer_told", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )
    op.create_index(
        "ix_contribution_relayed",
        "contribution",
        ["id"],
        unique=False,
        postgresql_where=sa.text("relay_code IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_contribution_relayed", table_name="contribution", postgresql_where=sa.text("relay_code IS NOT NULL")
    )
    op.drop_column("contribution", "relayer_told")
    op.drop_column("contribution", "relay_code")
    op.drop_index(op.f("ix_relay_credit_relay_id"), table_name="relay_credit")
    op.drop_table("relay_credit")
    op.drop_index(
        "uq_relay_live", table_name="relay", postgresql_where=sa.text("state IN ('asked', 'open', 'stopped')")
    )
    op.drop_index("ix_relay_user", table_name="relay")
    op.drop_index(op.f("ix_relay_known_person_id"), table_name="relay")
    op.drop_index(op.f("ix_relay_asked_by_id"), table_name="relay")
    op.drop_table("relay")
    op.drop_table("known_person_chip")
    op.drop_index(op.f("ix_known_person_recorded_by_id"), table_name="known_person")
    op.drop_index(op.f("ix_known_person_reach_id"), table_name="known_person")
    op.drop_index(op.f("ix_known_person_organisation_id"), table_name="known_person")
    op.drop_index("ix_known_person_commune", table_name="known_person")
    op.drop_table("known_person")
