"""Which edition of a data file is in the database, so that an unchanged one is not loaded again at every start."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlmodel import Field, Session

from app.kernel.database import Table, moment_field, now


class LoadedData(Table, table=True):
    __tablename__ = "loaded_data"

    name: str = Field(primary_key=True)
    digest: str
    loaded_at: datetime = moment_field(default_factory=now)


def edition(files: Iterable[Path]) -> str:
    """One digest for the content of all these files."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def is_loaded(session: Session, name: str, digest: str) -> bool:
    row = session.get(LoadedData, name)
    return row is not None and row.digest == digest


def note_loaded(session: Session, name: str, digest: str) -> None:
    session.merge(LoadedData(name=name, digest=digest, loaded_at=now()))
