"""copies for searching

Revision ID: 8d2f4b7c90ae
Revises: 3f0c8a51d2b7
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "8d2f4b7c90ae"
down_revision: str | None = "3f0c8a51d2b7"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "match_edition",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_match_edition")),
    )


def downgrade() -> None:
    op.drop_table("match_edition")
