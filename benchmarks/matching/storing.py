"""The corpus in the real tables of an embedded PostgreSQL, kept from one run to the next.

Accounts, profiles and needs are copied in bulk; what matching keeps is written by the application's own `store`, in two
processes. A database is made again when its size or anything that decides what is stored has changed.
"""

import hashlib
import json
import multiprocessing
import shutil
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from app.kernel.database import create_database_engine, now
from app.kernel.embedded import EmbeddedPostgres
from app.kernel.migrating import migrate
from app.kernel.settings import ROOT
from app.matching import actions
from app.profiles import chips as profile_chips
from app.projects import chips as need_chips
from app.taxonomy import actions as taxonomy
from app.territories import actions as territories
from benchmarks.matching import rows
from benchmarks.matching.corpus import corpus
from benchmarks.matching.rows import Tables

KEPT = ROOT / "var" / "benchmarks"
DECIDING = (
    "benchmarks/matching/corpus.py",
    "benchmarks/matching/wording.py",
    "benchmarks/matching/rows.py",
    "benchmarks/matching/storing.py",
    "app/matching/actions.py",
    "app/matching/documents.py",
    "app/matching/text.py",
    "app/matching/translation.py",
    "app/matching/vectors.py",
    "app/kernel/folding.py",
    "app/profiles/chips.py",
    "app/projects/chips.py",
    "app/matching/data/stop_words.tsv",
    "app/matching/data/translations.bin",
    "app/matching/data/vectors.bin",
    "app/taxonomy/data/*",
    "migrations/versions/*.py",
)
PROCESSES = 2
CHUNK = 2000


@dataclass(frozen=True)
class Stored:
    """A database that holds the corpus, running."""

    url: str
    profiles: int
    needs: int
    built_in: float
    """Seconds, when it was built; what is kept was not built again."""
    built_at: datetime


@contextmanager
def stored(profiles: int, needs: int) -> Iterator[Stored]:
    folder = KEPT / f"matching-{profiles}-{needs}-{digest()}"
    server = EmbeddedPostgres(folder)
    done = folder / "built.json"
    if not done.exists():
        for old in KEPT.glob(f"matching-{profiles}-{needs}-*"):
            shutil.rmtree(old)
    url = server.start()
    try:
        if not done.exists():
            began = time.perf_counter()
            at = _build(url, profiles, needs)
            done.write_text(json.dumps({"at": at.isoformat(), "seconds": round(time.perf_counter() - began, 1)}))
        built = json.loads(done.read_text())
        yield Stored(url, profiles, needs, built["seconds"], datetime.fromisoformat(built["at"]))
    finally:
        server.stop()


def digest() -> str:
    """Of everything that decides what is stored."""
    found = hashlib.sha256()
    for pattern in DECIDING:
        for path in sorted(ROOT.glob(pattern)):
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:12]


def _build(url: str, profiles: int, needs: int) -> datetime:
    """Returns the moment from which days are counted back."""
    engine = create_database_engine(url)
    try:
        migrate(engine)
        with Session(engine) as session:
            territories.load(session)
            taxonomy.load(session)
            session.commit()
        today = now()
        _copy(engine, rows.accounts("Auteur", range(1, rows.AUTHORS + 1), today))
        _in_parallel("needs", needs, _store_needs, (url, today))
        _in_parallel("profiles", profiles, _store_people, (url, today, needs))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql("VACUUM ANALYZE")
    finally:
        engine.dispose()
    return today


def _in_parallel(what: str, many: int, work: Any, arguments: tuple[Any, ...]) -> None:
    began = time.perf_counter()
    chunks = [range(start, min(start + CHUNK, many)) for start in range(0, many, CHUNK)]
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        done = 0
        for future in [pool.submit(work, chunk, *arguments) for chunk in chunks]:
            done += future.result()
            said = f"\r  storing {what}: {done:,} of {many:,}, {time.perf_counter() - began:.0f} s"
            print(said, end="", flush=True)
    print()


def _store_needs(numbers: range, url: str, today: datetime) -> int:
    wanted = [corpus().need(number) for number in numbers]
    documents = ((one.number + 1, one.parts, one.language) for one in wanted)
    _store(url, need_chips.DOCUMENT, documents, rows.needs(wanted, today))
    return len(wanted)


def _store_people(numbers: range, url: str, today: datetime, needs: int) -> int:
    people = [corpus().person(number) for number in numbers]
    documents = ((one.number + 1, one.parts, one.language) for one in people if one.visibility != "hidden")
    accounts = rows.accounts("Personne", (rows.AUTHORS + 1 + number for number in numbers), today)
    _store(url, profile_chips.KIND, documents, accounts | rows.people(people, today) | rows.asked(people, today, needs))
    return len(people)


def _store(url: str, kind: str, documents: Iterable[tuple[int, list[str], str]], tables: Tables) -> None:
    engine = create_database_engine(url, pool_size=1)
    try:
        _copy(engine, tables)
        with Session(engine) as session:
            for number, parts, language in documents:
                actions.store(session, kind, number, parts, language)
            session.commit()
    finally:
        engine.dispose()


def _copy(engine: Engine, tables: Tables) -> None:
    """Rows by table. References are right by construction: checking each would take half of the time."""
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        raw: Any = connection.connection.cursor()
        for table, lines in tables.items():
            if not lines:
                continue
            columns = ", ".join(lines[0])
            with raw.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copying:
                for row in lines:
                    copying.write_row(list(row.values()))
