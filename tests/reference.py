"""The reference data of the tests: the real territories, themes and taxonomy, as `twiza reference` loads them."""

from sqlalchemy import Engine
from sqlmodel import Session

from app.taxonomy import actions as taxonomy
from app.territories import actions as territories


def load_reference(engine: Engine) -> None:
    with Session(engine) as session:
        territories.load(session)
        taxonomy.load(session)
        session.commit()
