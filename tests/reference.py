"""The reference data of the tests, as `twiza reference` loads them; and sweeping away what tests commit for good."""

from sqlalchemy import Engine, text
from sqlmodel import Session

from app.matching.retrieval import copies
from app.taxonomy import actions as taxonomy
from app.territories import actions as territories


def load_reference(engine: Engine) -> None:
    with Session(engine) as session:
        territories.load(session)
        taxonomy.load(session)
        session.commit()


KEPT = {"alembic_version", "region", "province", "commune", "concept", "concept_broader", "occupation_skill", "theme"}


def sweep(engine: Engine) -> None:
    """For the few tests that really commit: nothing but the reference data stays for those that come after."""
    with engine.begin() as connection:
        tables = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars()
        written = ", ".join(f'"{table}"' for table in tables if table not in KEPT)
        connection.execute(text(f"TRUNCATE {written} RESTART IDENTITY"))
    copies._copies.pop(engine, None)  # no installation ever truncates: a copy would not notice
