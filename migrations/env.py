"""Alembic's view of the database. `app.kernel.migrating` calls it with a connection; `alembic check` without."""

from alembic import context
from sqlmodel import SQLModel

import app.models  # noqa: F401  every table
from app.kernel.database import create_database_engine
from app.kernel.migrating import database_url


def run(connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        compare_type=True,
        compare_server_default=False,
        # The job queue keeps its own tables in a schema of its own.
        include_name=lambda name, kind, parents: kind != "schema" or name is None,  # noqa: ARG005
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
