"""inspired by

Revision ID: c97be781fecd
Revises: c87ae781febc
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "c97be781fecd"
down_revision: str | None = "c87ae781febc"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("project", sa.Column("inspired_by_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_project_inspired_by_id"), "project", ["inspired_by_id"], unique=False)
    op.create_foreign_key(op.f("fk_project_inspired_by_id_project"), "project", "project", ["inspired_by_id"], ["id"])


def downgrade() -> None:
    op.drop_constraint(op.f("fk_project_inspired_by_id_project"), "project", type_="foreignkey")
    op.drop_index(op.f("ix_project_inspired_by_id"), table_name="project")
    op.drop_column("project", "inspired_by_id")
