"""From an empty database to one that can serve: tables, reference data, and the demonstration where it may be."""

from functools import partial
from pathlib import Path

from rich.progress import Progress
from rich.status import Status
from sqlalchemy import Engine
from sqlmodel import Session

import app.taxonomy
import app.territories
from app.demonstration import loading as demonstration
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


def load_demonstration(engine: Engine, again: bool = False) -> None:
    """In one transaction. Raises what `demonstration.check` raises."""
    with Session(engine) as session, Progress(transient=True) as progress:
        task = progress.add_task(demonstration.NAME, total=1)
        for share in demonstration.load(session, again):
            progress.update(task, completed=share)
        session.commit()
