"""Bringing a database up to the code's tables, and asking whether it is."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from app.kernel.embedded import EmbeddedPostgres
from app.kernel.settings import ROOT, Settings


def alembic_config() -> Config:
    config = Config(toml_file=str(ROOT / "pyproject.toml"))
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


def migrate(engine: Engine) -> None:
    """All pending migrations in one transaction; several processes that start together wait for one another."""
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(838412)")
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_migrated(connection: Connection) -> bool:
    wanted = set(ScriptDirectory.from_config(alembic_config()).get_heads())
    return set(MigrationContext.configure(connection).get_current_heads()) == wanted


@contextmanager
def database_url(settings: Settings | None = None) -> Iterator[str]:
    """The address of the database that the settings name; the embedded server runs as long as the block."""
    settings = settings or Settings()
    if settings.database_url:
        yield settings.database_url
        return
    server = EmbeddedPostgres(settings.var)
    try:
        yield server.start()
    finally:
        server.stop()
