"""the first tables

Revision ID: 94221ed6bc1e
Revises:
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "94221ed6bc1e"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:

    op.create_table(
        "concept",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label_fr", sa.String(), nullable=False),
        sa.Column("label_ar", sa.String(), nullable=False),
        sa.Column("label_en", sa.String(), nullable=False),
        sa.Column("arabic_official", sa.Boolean(), nullable=False),
        sa.Column("aliases_fr", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("aliases_ar", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("aliases_en", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('skill', 'occupation', 'group')", name=op.f("ck_concept_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concept")),
    )
    op.create_table(
        "loaded_data",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_loaded_data")),
    )
    op.create_table(
        "match_document",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("made_with", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "changed_in", sa.BigInteger(), server_default=sa.text("pg_current_xact_id()::text::bigint"), nullable=False
        ),
        sa.PrimaryKeyConstraint("kind", "subject_id", name=op.f("pk_match_document")),
    )
    op.create_index(op.f("ix_match_document_changed_in"), "match_document", ["changed_in"], unique=False)
    op.create_table(
        "pending_submission",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("fields", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_pending_submission")),
    )
    op.create_table(
        "region",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_region")),
    )
    op.create_table(
        "submission",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("location", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_submission")),
    )
    op.create_index(op.f("ix_submission_created_at"), "submission", ["created_at"], unique=False)
    op.create_table(
        "theme",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label_fr", sa.String(), nullable=False),
        sa.Column("label_ar", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_theme")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("enrolled_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("locale IN ('fr', 'ar')", name=op.f("ck_user_locale")),
        sa.CheckConstraint("role IN ('member', 'moderator', 'administrator')", name=op.f("ck_user_role")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_user_email_lower")),
        sa.CheckConstraint(
            "email IS NOT NULL OR phone IS NOT NULL OR closed_at IS NOT NULL", name=op.f("ck_user_reachable")
        ),
        sa.CheckConstraint(
            "phone IS NULL OR email IS NOT NULL OR password_hash IS NOT NULL", name=op.f("ck_user_phone_password")
        ),
        sa.ForeignKeyConstraint(["enrolled_by_id"], ["user.id"], name=op.f("fk_user_enrolled_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sa.UniqueConstraint("phone", name=op.f("uq_user_phone")),
    )
    op.create_index(op.f("ix_user_enrolled_by_id"), "user", ["enrolled_by_id"], unique=False)
    op.create_table(
        "access_link",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("then", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('confirm', 'sign_in', 'reset', 'change_email')", name=op.f("ck_access_link_purpose")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_access_link_user_id_user")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_access_link")),
    )
    op.create_index(op.f("ix_access_link_user_id"), "access_link", ["user_id"], unique=False)
    op.create_table(
        "account_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_account_session_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
    )
    op.create_index(
        "ix_account_session_open",
        "account_session",
        ["user_id"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "assistance_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("hour", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.CheckConstraint("(kind = 'call') = (phone IS NOT NULL)", name=op.f("ck_assistance_request_phone")),
        sa.CheckConstraint("kind IN ('feedback', 'call')", name=op.f("ck_assistance_request_kind")),
        sa.ForeignKeyConstraint(["done_by_id"], ["user.id"], name=op.f("fk_assistance_request_done_by_id_user")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_assistance_request_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance_request")),
    )
    op.create_index(op.f("ix_assistance_request_done_by_id"), "assistance_request", ["done_by_id"], unique=False)
    op.create_index(op.f("ix_assistance_request_user_id"), "assistance_request", ["user_id"], unique=False)
    op.create_index(
        "ix_assistance_request_waiting",
        "assistance_request",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "charter_acceptance",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("witness_id", sa.Integer(), nullable=True),
        sa.Column("consent", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_charter_acceptance_user_id_user")),
        sa.ForeignKeyConstraint(["witness_id"], ["user.id"], name=op.f("fk_charter_acceptance_witness_id_user")),
        sa.PrimaryKeyConstraint("user_id", "version", name=op.f("pk_charter_acceptance")),
    )
    op.create_index(op.f("ix_charter_acceptance_witness_id"), "charter_acceptance", ["witness_id"], unique=False)
    op.create_table(
        "concept_broader",
        sa.Column("concept_id", sa.String(), nullable=False),
        sa.Column("broader_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["broader_id"], ["concept.id"], name=op.f("fk_concept_broader_broader_id_concept")),
        sa.ForeignKeyConstraint(["concept_id"], ["concept.id"], name=op.f("fk_concept_broader_concept_id_concept")),
        sa.PrimaryKeyConstraint("concept_id", "broader_id", name=op.f("pk_concept_broader")),
    )
    op.create_index(op.f("ix_concept_broader_broader_id"), "concept_broader", ["broader_id"], unique=False)
    op.create_table(
        "grant",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('coordinator', 'ambassador', 'trusted_author')", name=op.f("ck_grant_kind")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_grant_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", "kind", name=op.f("pk_grant")),
    )
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("from_state", sa.String(), nullable=True),
        sa.Column("to_state", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "subject_kind IN ('user', 'organisation', 'membership', 'profile', 'project', 'need', 'contribution', 'news', 'assistance')",
            name=op.f("ck_journal_entry_subject_kind"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_journal_entry_actor_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
    )
    op.create_index(op.f("ix_journal_entry_actor_id"), "journal_entry", ["actor_id"], unique=False)
    op.create_index("ix_journal_entry_subject", "journal_entry", ["subject_kind", "subject_id", "id"], unique=False)
    op.create_table(
        "moderator_scope",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.CheckConstraint("region_code IS NULL OR country IS NULL", name=op.f("ck_moderator_scope_one_kind")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_moderator_scope_region_code_region")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_moderator_scope_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderator_scope")),
    )
    op.create_index(op.f("ix_moderator_scope_region_code"), "moderator_scope", ["region_code"], unique=False)
    op.create_index(
        "uq_moderator_scope_all",
        "moderator_scope",
        ["user_id", "region_code", "country"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "occupation_skill",
        sa.Column("occupation_id", sa.String(), nullable=False),
        sa.Column("skill_id", sa.String(), nullable=False),
        sa.Column("essential", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["occupation_id"], ["concept.id"], name=op.f("fk_occupation_skill_occupation_id_concept")
        ),
        sa.ForeignKeyConstraint(["skill_id"], ["concept.id"], name=op.f("fk_occupation_skill_skill_id_concept")),
        sa.PrimaryKeyConstraint("occupation_id", "skill_id", name=op.f("pk_occupation_skill")),
    )
    op.create_index(op.f("ix_occupation_skill_skill_id"), "occupation_skill", ["skill_id"], unique=False)
    op.create_table(
        "province",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('province', 'prefecture')", name=op.f("ck_province_kind")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_province_region_code_region")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_province")),
    )
    op.create_index(op.f("ix_province_region_code"), "province", ["region_code"], unique=False)
    op.create_table(
        "commune",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.Column("aliases_fr", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("aliases_ar", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('urban', 'rural')", name=op.f("ck_commune_kind")),
        sa.ForeignKeyConstraint(["province_code"], ["province.code"], name=op.f("fk_commune_province_code_province")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_commune")),
    )
    op.create_index(op.f("ix_commune_province_code"), "commune", ["province_code"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'failed', 'cancelled', 'on_site')", name=op.f("ck_message_state")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["journal_entry.id"], name=op.f("fk_message_entry_id_journal_entry")),
        sa.ForeignKeyConstraint(["recipient_id"], ["user.id"], name=op.f("fk_message_recipient_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index(
        "ix_message_due", "message", ["not_before"], unique=False, postgresql_where=sa.text("state = 'queued'")
    )
    op.create_index(op.f("ix_message_entry_id"), "message", ["entry_id"], unique=False)
    op.create_index("ix_message_recipient", "message", ["recipient_id", "id"], unique=False)
    op.create_table(
        "news_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("commune_code", sa.String(), nullable=True),
        sa.Column("province_code", sa.String(), nullable=True),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("happens_on", sa.Date(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name=op.f("ck_news_item_published")),
        sa.CheckConstraint("language IN ('fr', 'ar')", name=op.f("ck_news_item_language")),
        sa.CheckConstraint("state IN ('waiting', 'returned', 'published')", name=op.f("ck_news_item_state")),
        sa.CheckConstraint(
            "num_nonnulls(commune_code, province_code, region_code) <= 1", name=op.f("ck_news_item_one_place")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_news_item_author_id_user")),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_news_item_commune_code_commune")),
        sa.ForeignKeyConstraint(["province_code"], ["province.code"], name=op.f("fk_news_item_province_code_province")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_news_item_region_code_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_item")),
    )
    op.create_index(op.f("ix_news_item_author_id"), "news_item", ["author_id"], unique=False)
    op.create_index(op.f("ix_news_item_commune_code"), "news_item", ["commune_code"], unique=False)
    op.create_index(op.f("ix_news_item_province_code"), "news_item", ["province_code"], unique=False)
    op.create_index(
        "ix_news_item_published",
        "news_item",
        ["published_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_index(op.f("ix_news_item_region_code"), "news_item", ["region_code"], unique=False)
    op.create_index(
        "ix_news_item_waiting",
        "news_item",
        ["state_since"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.Column("commune_code", sa.String(), nullable=True),
        sa.Column("province_code", sa.String(), nullable=True),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("town", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind <> 'commune' OR commune_code IS NOT NULL", name=op.f("ck_organisation_commune_has_code")
        ),
        sa.CheckConstraint(
            "kind IN ('commune', 'province', 'region', 'local_association', 'diaspora_association', 'cooperative', 'institution', 'foreign_municipality')",
            name=op.f("ck_organisation_kind"),
        ),
        sa.CheckConstraint("name_fr <> '' OR name_ar <> ''", name=op.f("ck_organisation_named")),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_organisation_commune_code_commune")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_organisation_created_by_id_user")),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_organisation_province_code_province")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_organisation_region_code_region")),
        sa.ForeignKeyConstraint(["verified_by_id"], ["user.id"], name=op.f("fk_organisation_verified_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_index(op.f("ix_organisation_commune_code"), "organisation", ["commune_code"], unique=False)
    op.create_index(op.f("ix_organisation_created_by_id"), "organisation", ["created_by_id"], unique=False)
    op.create_index(op.f("ix_organisation_province_code"), "organisation", ["province_code"], unique=False)
    op.create_index(op.f("ix_organisation_region_code"), "organisation", ["region_code"], unique=False)
    op.create_index(op.f("ix_organisation_verified_by_id"), "organisation", ["verified_by_id"], unique=False)
    op.create_index(
        "uq_organisation_commune",
        "organisation",
        ["commune_code"],
        unique=True,
        postgresql_where=sa.text("kind = 'commune'"),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("function", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'verified', 'refused', 'ended')", name=op.f("ck_membership_state")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_membership_decided_by_id_user")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_membership_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_decided_by_id"), "membership", ["decided_by_id"], unique=False)
    op.create_index(op.f("ix_membership_user_id"), "membership", ["user_id"], unique=False)
    op.create_index(
        "ix_membership_waiting", "membership", ["asked_at"], unique=False, postgresql_where=sa.text("state = 'waiting'")
    )
    op.create_index(
        "uq_membership_live",
        "membership",
        ["organisation_id", "user_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('waiting', 'verified')"),
    )
    op.create_table(
        "profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("abilities", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("languages", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("on_site", sa.Boolean(), nullable=False),
        sa.Column("remote", sa.Boolean(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("town", sa.String(), nullable=False),
        sa.Column("occupation", sa.String(), nullable=False),
        sa.Column("availability", sa.String(), nullable=False),
        sa.Column("available_from", sa.Date(), nullable=True),
        sa.Column("themes", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("links", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'person') = (name = '')", name=op.f("ck_profile_named_unless_person")),
        sa.CheckConstraint("kind IN ('person', 'association', 'group')", name=op.f("ck_profile_kind")),
        sa.CheckConstraint("visibility IN ('card', 'open', 'hidden')", name=op.f("ck_profile_visibility")),
        sa.CheckConstraint("on_site OR remote", name=op.f("ck_profile_mode")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_profile_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_profile_owner_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
    )
    op.create_index(op.f("ix_profile_organisation_id"), "profile", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_profile_owner_id"), "profile", ["owner_id"], unique=False)
    op.create_index(
        "uq_profile_person", "profile", ["owner_id"], unique=True, postgresql_where=sa.text("kind = 'person'")
    )
    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("commune_code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("theme_code", sa.String(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("moderation", sa.Text(), nullable=False),
        sa.Column("moderation_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("endorsed_by_id", sa.Integer(), nullable=True),
        sa.Column("endorsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(moderation = 'published') = (published_at IS NOT NULL)", name=op.f("ck_project_published")
        ),
        sa.CheckConstraint("language IN ('fr', 'ar')", name=op.f("ck_project_language")),
        sa.CheckConstraint(
            "moderation IN ('waiting', 'question', 'returned', 'helping', 'published', 'withdrawn')",
            name=op.f("ck_project_moderation"),
        ),
        sa.CheckConstraint("stage IN ('idea', 'open', 'under_way', 'realised')", name=op.f("ck_project_stage")),
        sa.CheckConstraint("(endorsed_by_id IS NULL) = (endorsed_at IS NULL)", name=op.f("ck_project_endorsed")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_project_author_id_user")),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_project_commune_code_commune")),
        sa.ForeignKeyConstraint(
            ["endorsed_by_id"], ["organisation.id"], name=op.f("fk_project_endorsed_by_id_organisation")
        ),
        sa.ForeignKeyConstraint(["helper_id"], ["user.id"], name=op.f("fk_project_helper_id_user")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_project_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["theme_code"], ["theme.code"], name=op.f("fk_project_theme_code_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
    )
    op.create_index(op.f("ix_project_author_id"), "project", ["author_id"], unique=False)
    op.create_index(op.f("ix_project_commune_code"), "project", ["commune_code"], unique=False)
    op.create_index(op.f("ix_project_endorsed_by_id"), "project", ["endorsed_by_id"], unique=False)
    op.create_index(op.f("ix_project_helper_id"), "project", ["helper_id"], unique=False)
    op.create_index(op.f("ix_project_organisation_id"), "project", ["organisation_id"], unique=False)
    op.create_index(
        "ix_project_published",
        "project",
        ["published_at", "id"],
        unique=False,
        postgresql_where=sa.text("moderation = 'published'"),
    )
    op.create_index(op.f("ix_project_theme_code"), "project", ["theme_code"], unique=False)
    op.create_index(
        "ix_project_waiting",
        "project",
        ["moderation_since"],
        unique=False,
        postgresql_where=sa.text("moderation <> 'published'"),
    )
    op.create_table(
        "co_author",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["invited_by_id"], ["user.id"], name=op.f("fk_co_author_invited_by_id_user")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_co_author_project_id_project")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_co_author_user_id_user")),
        sa.PrimaryKeyConstraint("project_id", "user_id", name=op.f("pk_co_author")),
    )
    op.create_index(op.f("ix_co_author_invited_by_id"), "co_author", ["invited_by_id"], unique=False)
    op.create_index(op.f("ix_co_author_user_id"), "co_author", ["user_id"], unique=False)
    op.create_table(
        "co_author_invitation",
        sa.Column("code", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name=op.f("fk_co_author_invitation_created_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_co_author_invitation_project_id_project")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_co_author_invitation")),
        sa.UniqueConstraint("project_id", name=op.f("uq_co_author_invitation_project_id")),
    )
    op.create_index(
        op.f("ix_co_author_invitation_created_by_id"), "co_author_invitation", ["created_by_id"], unique=False
    )
    op.create_table(
        "group_invitation",
        sa.Column("code", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_group_invitation_profile_id_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_group_invitation")),
        sa.UniqueConstraint("profile_id", name=op.f("uq_group_invitation_profile_id")),
    )
    op.create_table(
        "group_member",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_group_member_profile_id_profile"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_group_member_user_id_user")),
        sa.PrimaryKeyConstraint("profile_id", "user_id", name=op.f("pk_group_member")),
    )
    op.create_index(op.f("ix_group_member_user_id"), "group_member", ["user_id"], unique=False)
    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("people_wanted", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("duration", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'equipment') = (quantity IS NOT NULL)", name=op.f("ck_need_quantity")),
        sa.CheckConstraint("duration IN ('one_off', 'long')", name=op.f("ck_need_duration")),
        sa.CheckConstraint(
            "kind IN ('skill', 'training', 'ideas', 'study', 'equipment', 'contacts', 'funding_file', 'investment')",
            name=op.f("ck_need_kind"),
        ),
        sa.CheckConstraint("language IN ('fr', 'ar')", name=op.f("ck_need_language")),
        sa.CheckConstraint("mode IN ('onsite', 'remote', 'either')", name=op.f("ck_need_mode")),
        sa.CheckConstraint("state IN ('open', 'filled', 'closed')", name=op.f("ck_need_state")),
        sa.CheckConstraint("people_wanted BETWEEN 1 AND 500", name=op.f("ck_need_people_wanted")),
        sa.CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name=op.f("ck_need_period")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_need_created_by_id_user")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_need_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
    )
    op.create_index(op.f("ix_need_created_by_id"), "need", ["created_by_id"], unique=False)
    op.create_index("ix_need_open", "need", ["id"], unique=False, postgresql_where=sa.text("state = 'open'"))
    op.create_index("ix_need_project", "need", ["project_id", "id"], unique=False)
    op.create_table(
        "profile_chip",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.String(), nullable=False),
        sa.Column("mention", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('proposed', 'kept', 'removed')", name=op.f("ck_profile_chip_state")),
        sa.ForeignKeyConstraint(["concept_id"], ["concept.id"], name=op.f("fk_profile_chip_concept_id_concept")),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_profile_chip_profile_id_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile_id", "concept_id", name=op.f("pk_profile_chip")),
    )
    op.create_table(
        "profile_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("commune_code", sa.String(), nullable=True),
        sa.Column("province_code", sa.String(), nullable=True),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(commune_code, province_code, region_code) = 1", name=op.f("ck_profile_place_one_place")
        ),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name=op.f("fk_profile_place_commune_code_commune")),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_profile_place_profile_id_profile"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_profile_place_province_code_province")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_profile_place_region_code_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_place")),
    )
    op.create_index(op.f("ix_profile_place_commune_code"), "profile_place", ["commune_code"], unique=False)
    op.create_index(op.f("ix_profile_place_province_code"), "profile_place", ["province_code"], unique=False)
    op.create_index(op.f("ix_profile_place_region_code"), "profile_place", ["region_code"], unique=False)
    op.create_index(
        "uq_profile_place",
        "profile_place",
        ["profile_id", "commune_code", "province_code", "region_code"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "project_section",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edited_by_id"], ["user.id"], name=op.f("fk_project_section_edited_by_id_user")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_section_project_id_project")),
        sa.PrimaryKeyConstraint("project_id", "name", name=op.f("pk_project_section")),
    )
    op.create_index(op.f("ix_project_section_edited_by_id"), "project_section", ["edited_by_id"], unique=False)
    op.create_table(
        "project_section_version",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["edited_by_id"], ["user.id"], name=op.f("fk_project_section_version_edited_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_section_version_project_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", "name", "version", name=op.f("pk_project_section_version")),
    )
    op.create_index(
        op.f("ix_project_section_version_edited_by_id"), "project_section_version", ["edited_by_id"], unique=False
    )
    op.create_table(
        "project_translation",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("language IN ('fr', 'ar')", name=op.f("ck_project_translation_language")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_project_translation_author_id_user")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_translation_project_id_project")),
        sa.PrimaryKeyConstraint("project_id", "name", "language", name=op.f("pk_project_translation")),
    )
    op.create_index(op.f("ix_project_translation_author_id"), "project_translation", ["author_id"], unique=False)
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("origin IN ('offer', 'invitation')", name=op.f("ck_contribution_origin")),
        sa.CheckConstraint(
            "reason IN ('found_others', 'other_skill', 'not_now', 'too_far', 'no_time', 'changed', 'other')",
            name=op.f("ck_contribution_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'waiting_list', 'accepted', 'declined', 'withdrawn', 'refused')",
            name=op.f("ck_contribution_state"),
        ),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_contribution_approved_by_id_user")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_contribution_created_by_id_user")),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_contribution_need_id_need")),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_contribution_profile_id_profile")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
    )
    op.create_index(op.f("ix_contribution_approved_by_id"), "contribution", ["approved_by_id"], unique=False)
    op.create_index(op.f("ix_contribution_created_by_id"), "contribution", ["created_by_id"], unique=False)
    op.create_index("ix_contribution_profile", "contribution", ["profile_id", "id"], unique=False)
    op.create_index(
        "ix_contribution_proposed",
        "contribution",
        ["state_since"],
        unique=False,
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_index(
        "uq_contribution_live",
        "contribution",
        ["need_id", "profile_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('proposed', 'approved', 'waiting_list', 'accepted')"),
    )
    op.create_table(
        "need_chip",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.String(), nullable=False),
        sa.Column("mention", sa.String(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('proposed', 'kept', 'removed')", name=op.f("ck_need_chip_state")),
        sa.ForeignKeyConstraint(["concept_id"], ["concept.id"], name=op.f("fk_need_chip_concept_id_concept")),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_need_chip_need_id_need"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("need_id", "concept_id", name=op.f("pk_need_chip")),
    )


def downgrade() -> None:

    op.drop_table("need_chip")
    op.drop_index(
        "uq_contribution_live",
        table_name="contribution",
        postgresql_where=sa.text("state IN ('proposed', 'approved', 'waiting_list', 'accepted')"),
    )
    op.drop_index("ix_contribution_proposed", table_name="contribution", postgresql_where=sa.text("state = 'proposed'"))
    op.drop_index("ix_contribution_profile", table_name="contribution")
    op.drop_index(op.f("ix_contribution_created_by_id"), table_name="contribution")
    op.drop_index(op.f("ix_contribution_approved_by_id"), table_name="contribution")
    op.drop_table("contribution")
    op.drop_index(op.f("ix_project_translation_author_id"), table_name="project_translation")
    op.drop_table("project_translation")
    op.drop_index(op.f("ix_project_section_version_edited_by_id"), table_name="project_section_version")
    op.drop_table("project_section_version")
    op.drop_index(op.f("ix_project_section_edited_by_id"), table_name="project_section")
    op.drop_table("project_section")
    op.drop_index("uq_profile_place", table_name="profile_place", postgresql_nulls_not_distinct=True)
    op.drop_index(op.f("ix_profile_place_region_code"), table_name="profile_place")
    op.drop_index(op.f("ix_profile_place_province_code"), table_name="profile_place")
    op.drop_index(op.f("ix_profile_place_commune_code"), table_name="profile_place")
    op.drop_table("profile_place")
    op.drop_table("profile_chip")
    op.drop_index("ix_need_project", table_name="need")
    op.drop_index("ix_need_open", table_name="need", postgresql_where=sa.text("state = 'open'"))
    op.drop_index(op.f("ix_need_created_by_id"), table_name="need")
    op.drop_table("need")
    op.drop_index(op.f("ix_group_member_user_id"), table_name="group_member")
    op.drop_table("group_member")
    op.drop_table("group_invitation")
    op.drop_index(op.f("ix_co_author_invitation_created_by_id"), table_name="co_author_invitation")
    op.drop_table("co_author_invitation")
    op.drop_index(op.f("ix_co_author_user_id"), table_name="co_author")
    op.drop_index(op.f("ix_co_author_invited_by_id"), table_name="co_author")
    op.drop_table("co_author")
    op.drop_index("ix_project_waiting", table_name="project", postgresql_where=sa.text("moderation <> 'published'"))
    op.drop_index(op.f("ix_project_theme_code"), table_name="project")
    op.drop_index("ix_project_published", table_name="project", postgresql_where=sa.text("moderation = 'published'"))
    op.drop_index(op.f("ix_project_organisation_id"), table_name="project")
    op.drop_index(op.f("ix_project_helper_id"), table_name="project")
    op.drop_index(op.f("ix_project_endorsed_by_id"), table_name="project")
    op.drop_index(op.f("ix_project_commune_code"), table_name="project")
    op.drop_index(op.f("ix_project_author_id"), table_name="project")
    op.drop_table("project")
    op.drop_index("uq_profile_person", table_name="profile", postgresql_where=sa.text("kind = 'person'"))
    op.drop_index(op.f("ix_profile_owner_id"), table_name="profile")
    op.drop_index(op.f("ix_profile_organisation_id"), table_name="profile")
    op.drop_table("profile")
    op.drop_index(
        "uq_membership_live", table_name="membership", postgresql_where=sa.text("state IN ('waiting', 'verified')")
    )
    op.drop_index("ix_membership_waiting", table_name="membership", postgresql_where=sa.text("state = 'waiting'"))
    op.drop_index(op.f("ix_membership_user_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_decided_by_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index("uq_organisation_commune", table_name="organisation", postgresql_where=sa.text("kind = 'commune'"))
    op.drop_index(op.f("ix_organisation_verified_by_id"), table_name="organisation")
    op.drop_index(op.f("ix_organisation_region_code"), table_name="organisation")
    op.drop_index(op.f("ix_organisation_province_code"), table_name="organisation")
    op.drop_index(op.f("ix_organisation_created_by_id"), table_name="organisation")
    op.drop_index(op.f("ix_organisation_commune_code"), table_name="organisation")
    op.drop_table("organisation")
    op.drop_index("ix_news_item_waiting", table_name="news_item", postgresql_where=sa.text("state = 'waiting'"))
    op.drop_index(op.f("ix_news_item_region_code"), table_name="news_item")
    op.drop_index("ix_news_item_published", table_name="news_item", postgresql_where=sa.text("state = 'published'"))
    op.drop_index(op.f("ix_news_item_province_code"), table_name="news_item")
    op.drop_index(op.f("ix_news_item_commune_code"), table_name="news_item")
    op.drop_index(op.f("ix_news_item_author_id"), table_name="news_item")
    op.drop_table("news_item")
    op.drop_index("ix_message_recipient", table_name="message")
    op.drop_index(op.f("ix_message_entry_id"), table_name="message")
    op.drop_index("ix_message_due", table_name="message", postgresql_where=sa.text("state = 'queued'"))
    op.drop_table("message")
    op.drop_index(op.f("ix_commune_province_code"), table_name="commune")
    op.drop_table("commune")
    op.drop_index(op.f("ix_province_region_code"), table_name="province")
    op.drop_table("province")
    op.drop_index(op.f("ix_occupation_skill_skill_id"), table_name="occupation_skill")
    op.drop_table("occupation_skill")
    op.drop_index("uq_moderator_scope_all", table_name="moderator_scope", postgresql_nulls_not_distinct=True)
    op.drop_index(op.f("ix_moderator_scope_region_code"), table_name="moderator_scope")
    op.drop_table("moderator_scope")
    op.drop_index("ix_journal_entry_subject", table_name="journal_entry")
    op.drop_index(op.f("ix_journal_entry_actor_id"), table_name="journal_entry")
    op.drop_table("journal_entry")
    op.drop_table("grant")
    op.drop_index(op.f("ix_concept_broader_broader_id"), table_name="concept_broader")
    op.drop_table("concept_broader")
    op.drop_index(op.f("ix_charter_acceptance_witness_id"), table_name="charter_acceptance")
    op.drop_table("charter_acceptance")
    op.drop_index(
        "ix_assistance_request_waiting", table_name="assistance_request", postgresql_where=sa.text("done_at IS NULL")
    )
    op.drop_index(op.f("ix_assistance_request_user_id"), table_name="assistance_request")
    op.drop_index(op.f("ix_assistance_request_done_by_id"), table_name="assistance_request")
    op.drop_table("assistance_request")
    op.drop_index("ix_account_session_open", table_name="account_session", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_table("account_session")
    op.drop_index(op.f("ix_access_link_user_id"), table_name="access_link")
    op.drop_table("access_link")
    op.drop_index(op.f("ix_user_enrolled_by_id"), table_name="user")
    op.drop_table("user")
    op.drop_table("theme")
    op.drop_index(op.f("ix_submission_created_at"), table_name="submission")
    op.drop_table("submission")
    op.drop_table("region")
    op.drop_table("pending_submission")
    op.drop_index(op.f("ix_match_document_changed_in"), table_name="match_document")
    op.drop_table("match_document")
    op.drop_table("loaded_data")
    op.drop_table("concept")
