"""Alembic's view of the database. `app.kernel.migrating` calls it with a connection; `alembic check` without."""

from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import app.models  # noqa: F401  every table
from app.kernel.database import Value, create_database_engine
from app.kernel.migrating import database_url


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Our own column types are plain ones to the database, and a migration must not depend on today's code."""
    if kind == "type" and isinstance(item, Value):
        return "sa.Text()"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


def run(connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        compare_type=True,
        compare_server_default=False,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with database_url() as url, create_database_engine(url).connect() as connection:
        run(connection)
        connection.commit()
