"""The reference data that a site stands on: loaded where they are missing, or of another edition."""

from functools import partial
from pathlib import Path

from rich.status import Status
from sqlalchemy import Engine
from sqlmodel import Session

import app.taxonomy
import app.territories
from app.kernel.loaded import edition, is_loaded, note_loaded
from app.taxonomy import actions as taxonomy
from app.territories import actions as territories

SOURCES = (("territories", app.territories, territories.load), ("taxonomy", app.taxonomy, taxonomy.load))


def load_reference(engine: Engine, again: bool = False) -> bool:
    """Territories, then skills and themes, each in one transaction; says whether anything had to be loaded.

    What is in the database already is left alone, unless `again`.
    """
    loaded = False
    for name, package, load in SOURCES:
        digest = edition((Path(package.__path__[0]) / "data").iterdir())
        with Session(engine) as session:
            if again or not is_loaded(session, name, digest):
                with Status(name) as status:
                    load(session, partial(_show, status, name))
                note_loaded(session, name, digest)
                session.commit()
                loaded = True
    return loaded


def _show(status: Status, name: str, step: str) -> None:
    status.update(f"{name}: {step}")
