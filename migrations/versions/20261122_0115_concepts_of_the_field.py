"""concepts of the field: those of the lexicon that ESCO lacks

Revision ID: 5b0c6f2d7e11
Revises: 94221ed6bc1e
"""

from collections.abc import Sequence

from alembic import op

revision: str = "5b0c6f2d7e11"
down_revision: str | None = "94221ed6bc1e"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.drop_constraint(op.f("ck_concept_kind"), "concept")
    op.create_check_constraint(op.f("ck_concept_kind"), "concept", "kind IN ('skill', 'occupation', 'field', 'group')")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_concept_kind"), "concept")
    op.create_check_constraint(op.f("ck_concept_kind"), "concept", "kind IN ('skill', 'occupation', 'group')")
