"""Loads the reference copies of `data/`. Run again after an update, it changes what changed and breaks no link."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, SQLModel, col

from app.territories.models import Commune, Province, Region
from app.territories.sources import DATA, Row, read_reference

Progress = Callable[[str], None]


def load(session: Session, progress: Progress = lambda _: None, folder: Path = DATA) -> None:
    """Regions, provinces and communes. A commune that is no longer there is retired, never deleted."""
    reference = read_reference(folder)
    progress("regions and provinces")
    _upsert(session, Region, reference.regions)
    _upsert(session, Province, reference.provinces)
    progress("communes")
    _upsert(session, Commune, reference.communes)
    official = [row["code"] for row in reference.communes]
    session.execute(
        update(Commune)
        .where(col(Commune.code) != func.all(official), col(Commune.retired).is_(False))
        .values(retired=True)
    )
    session.expire_all()


def _upsert(session: Session, table: type[SQLModel], rows: list[Row]) -> None:
    """Rows that say nothing new are not written again."""
    statement = insert(table)
    columns = [name for name in rows[0] if name != "code"]
    incoming = {name: statement.excluded[name] for name in columns}
    stored = [getattr(table, name) for name in columns]
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["code"],
            set_=incoming,
            where=tuple_(*stored).is_distinct_from(tuple_(*incoming.values())),
        ),
        rows,
    )
