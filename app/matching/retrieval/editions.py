"""The copy of many documents that all processes of a machine share: files that each of them maps.

An edition is a folder of arrays (`Layout`), written once by one process and never changed. Its row in the database
(`match_edition`) says that it is of this database and of no other past: one that was restored from a backup does not
know what was copied after it. Whoever has an edition open keeps it when its files are removed.
"""

import json
import os
import secrets
import shutil
import sys
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any, get_type_hints

import numpy as np
import structlog
from sqlalchemy import Connection, Engine, insert, text

from app.kernel.alone import alone
from app.kernel.database import now
from app.kernel.settings import ROOT, Settings
from app.matching.models import MatchEdition
from app.matching.retrieval.columns import Columns
from app.matching.retrieval.layout import Layout

FORMAT = 1
"""Of the files: another number when `Layout` is another, and they are made again."""
MANY = 5000
"""From how many documents of a kind on they are shared through files; fewer are laid out in each process."""
BATCH = 2000
WHOLE_TERMS, CLAUSE_TERMS = 90, 32
"""Kept in files, of 100 and 40: 300 MB for 425,000 people instead of 325, for .002 of a competence."""
_SEEN = "seen.json"
_DATABASE = "SELECT system_identifier, oid FROM pg_control_system(), pg_database WHERE datname = current_database()"
_KNOWN = "SELECT 1 FROM match_edition WHERE name = :name"
_OLDEST = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
log = structlog.get_logger("matching")


@dataclass(frozen=True, eq=False)
class Edition:
    name: str
    """The later one is the greater."""
    seen: int
    """Every transaction before this one is in it."""
    layout: Layout


class Shelf:
    """The editions of one kind in one database, on this machine."""

    def __init__(self, engine: Engine, kind: str) -> None:
        self.engine = engine
        self.kind = kind
        with engine.connect() as connection:
            cluster, database = connection.execute(text(_DATABASE)).one()
        self._folder = Settings().var / "matching" / f"{cluster}-{database}" / kind
        self._looked_at = 0
        """When the folder was last changed, as of the last look."""

    def current(self) -> Edition:
        """The newest; if there is none, it is made now, by one process while others wait."""
        newest = self._newest()
        while newest is None:
            if failed := self.start_making(after="").wait():
                raise RuntimeError(f"no copy of the documents of kind {self.kind} could be made: exit {failed}")
            newest = self._newest()
        return newest

    def start_making(self, after: str) -> Popen[bytes]:
        """In a process of its own: it works for half a minute in a gigabyte, which requests would feel."""
        url = self.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        command = [sys.executable, "-m", "app.matching.retrieval", self.kind, after]
        return Popen(command, env=os.environ | {"TWIZA_DATABASE_URL": url}, cwd=ROOT)  # noqa: S603  ourselves

    def newer(self, than: Edition) -> Edition | None:
        """The newest, if another process has made one since this was asked last."""
        changed = self._folder.stat().st_mtime_ns if self._folder.exists() else 0
        if changed == self._looked_at:
            return None
        newest = self._newest()
        self._looked_at = changed
        return newest if newest is not None and newest.name > than.name else None

    def make(self, after: str) -> Edition:
        """Copies what is committed, unless an edition later than this one is there already."""
        with alone(self._folder / "lock"):
            newest = self._newest()
            if newest is not None and newest.name > after:
                return newest
            made = self._write(newest.name if newest else "")
            # Who has just read the name of the newest may still be opening it.
            kept = {made.name, newest.name if newest else made.name}
            for path in self._folder.iterdir():
                if path.is_dir() and path.name not in kept:
                    shutil.rmtree(path)
        return made

    def _newest(self) -> Edition | None:
        found = sorted(self._folder.glob(f"{FORMAT}-*"), reverse=True) if self._folder.exists() else []
        return next((edition for path in found if (edition := self._open(path))), None)

    def _open(self, path: Path) -> Edition | None:
        """Nothing if it is of another past, or was removed as a later one was made."""
        with self.engine.connect() as connection:
            if not connection.scalar(text(_KNOWN), {"name": path.name}):
                return None
        try:
            return Edition(path.name, json.loads((path / _SEEN).read_text()), read(Layout, path))
        except FileNotFoundError:
            return None

    def _write(self, before: str) -> Edition:
        number = int(before.split("-")[1]) + 1 if before else 1
        name = f"{FORMAT}-{number:08}-{secrets.token_hex(4)}"
        unfinished = self._folder / f"unfinished-{name}"
        unfinished.mkdir()
        # The documents and the oldest transaction under way are of the same moment.
        with self.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            seen = connection.execute(text(_OLDEST)).scalar_one()
            layout = Layout.of(_everything(connection, self.kind), WHOLE_TERMS, CLAUSE_TERMS)
        save(layout, unfinished)
        (unfinished / _SEEN).write_text(json.dumps(seen))
        with self.engine.begin() as connection:
            connection.execute(insert(MatchEdition).values(name=name, kind=self.kind, made_at=now()))
        unfinished.rename(self._folder / name)
        log.info("copied for searching", kind=self.kind, documents=len(layout.ids), edition=name)
        return Edition(name, seen, read(Layout, self._folder / name))


def _everything(connection: Connection, kind: str) -> Columns:
    columns, last = Columns(), -(1 << 63)
    statement = text(
        "SELECT subject_id, packed FROM match_document WHERE kind = :kind AND subject_id > :last "
        "ORDER BY subject_id LIMIT :batch"
    )
    while rows := connection.execute(statement, {"kind": kind, "last": last, "batch": BATCH}).all():
        columns.add([(subject_id, packed) for subject_id, packed in rows if packed])
        last = rows[-1][0]
    return columns


def save(arrays: Any, folder: Path, prefix: str = "") -> None:
    for field in fields(arrays):
        value = getattr(arrays, field.name)
        if is_dataclass(value):
            save(value, folder, f"{prefix}{field.name}.")
        else:
            np.save(folder / f"{prefix}{field.name}.npy", value)


def read(made_of: type[Any], folder: Path, prefix: str = "") -> Any:
    values: dict[str, Any] = {}
    for name, kind in get_type_hints(made_of).items():
        if isinstance(kind, type) and is_dataclass(kind):
            values[name] = read(kind, folder, f"{prefix}{name}.")
        else:
            values[name] = np.asarray(np.load(folder / f"{prefix}{name}.npy", mmap_mode="r"))
    return made_of(**values)
