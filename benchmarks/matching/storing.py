"""The corpus in the real tables of an embedded PostgreSQL, kept from one run to the next.

Accounts, profiles and needs are copied in bulk; what matching keeps is written by the application's own `store`, in two
processes. A database is made again when its size or anything that decides what is stored has changed.
"""

import hashlib
import multiprocessing
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from app.accounts.models import User
from app.kernel.database import create_database_engine, now
from app.kernel.embedded import EmbeddedPostgres
from app.kernel.migrating import migrate
from app.kernel.settings import ROOT
from app.matching import actions
from app.profiles import chips as profile_chips
from app.projects import chips as need_chips
from app.taxonomy import actions as taxonomy
from app.territories import actions as territories
from benchmarks.matching.corpus import Person, Wanted, corpus

KEPT = ROOT / "var" / "benchmarks"
DECIDING = (
    "benchmarks/matching/corpus.py",
    "benchmarks/matching/wording.py",
    "benchmarks/matching/storing.py",
    "app/matching/actions.py",
    "app/matching/documents.py",
    "app/matching/text.py",
    "app/matching/translation.py",
    "app/matching/vectors.py",
    "app/kernel/folding.py",
    "app/matching/data/*",
    "app/taxonomy/data/*",
    "migrations/versions/*.py",
)
PROCESSES = 2
CHUNK = 2000
AUTHORS = 500
"""Each posts the needs of their number; user ids begin with theirs."""


@dataclass(frozen=True)
class Stored:
    """A database that holds the corpus, running."""

    url: str
    profiles: int
    needs: int
    built_in: float
    """Seconds, when it was built; what is kept was not built again."""


@contextmanager
def stored(profiles: int, needs: int) -> Iterator[Stored]:
    folder = KEPT / f"matching-{profiles}-{needs}-{digest()}"
    server = EmbeddedPostgres(folder)
    done = folder / "built-in-seconds"
    if not done.exists():
        for old in KEPT.glob(f"matching-{profiles}-{needs}-*"):
            shutil.rmtree(old)
    url = server.start()
    try:
        if not done.exists():
            began = time.perf_counter()
            _build(url, profiles, needs)
            done.write_text(f"{time.perf_counter() - began:.1f}")
        yield Stored(url, profiles, needs, float(done.read_text()))
    finally:
        server.stop()


def digest() -> str:
    """Of everything that decides what is stored."""
    found = hashlib.sha256()
    for pattern in DECIDING:
        for path in sorted(ROOT.glob(pattern)):
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:12]


def _build(url: str, profiles: int, needs: int) -> None:
    engine = create_database_engine(url)
    try:
        migrate(engine)
        with Session(engine) as session:
            territories.load(session)
            taxonomy.load(session)
            session.commit()
        today = now()
        _copy(engine, _accounts("Auteur", range(1, AUTHORS + 1), today))
        _in_parallel("needs", needs, _store_needs, (url, today))
        _in_parallel("profiles", profiles, _store_people, (url, today, needs))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql("VACUUM ANALYZE")
    finally:
        engine.dispose()


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
    _store(url, need_chips.DOCUMENT, documents, _needs(wanted, today))
    return len(wanted)


def _store_people(numbers: range, url: str, today: datetime, needs: int) -> int:
    people = [corpus().person(number) for number in numbers]
    documents = ((one.number + 1, one.parts, one.language) for one in people if one.visibility != "hidden")
    accounts = _accounts("Personne", (AUTHORS + 1 + number for number in numbers), today)
    _store(url, profile_chips.KIND, documents, accounts | _people(people, today) | _asked(people, today, needs))
    return len(people)


def _store(
    url: str, kind: str, documents: Iterable[tuple[int, list[str], str]], tables: dict[str, list[dict[str, Any]]]
) -> None:
    engine = create_database_engine(url, pool_size=1)
    try:
        _copy(engine, tables)
        with Session(engine) as session:
            for number, parts, language in documents:
                actions.store(session, kind, number, parts, language)
            session.commit()
    finally:
        engine.dispose()


def _copy(engine: Engine, tables: dict[str, list[dict[str, Any]]]) -> None:
    """Rows by table. References are right by construction: checking each would take half of the time."""
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        raw: Any = connection.connection.cursor()
        for table, rows in tables.items():
            if not rows:
                continue
            columns = ", ".join(rows[0])
            with raw.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copying:
                for row in rows:
                    copying.write_row(list(row.values()))


def _accounts(name: str, ids: Iterable[int], at: datetime) -> dict[str, list[dict[str, Any]]]:
    kept = {"locale": "fr", "role": "member", "created_at": at}
    return {User.__tablename__: [{"id": i, "name": f"{name} {i}", "email": f"u{i}@example.org"} | kept for i in ids]}


def _people(people: Sequence[Person], at: datetime) -> dict[str, list[dict[str, Any]]]:
    same = {"kind": "person", "name": "", "town": "", "version": 1, "created_at": at, "updated_at": at}
    return {
        "profile": [
            {
                "id": one.number + 1,
                "owner_id": AUTHORS + 1 + one.number,
                "abilities": one.abilities,
                "language": one.language,
                "languages": list(one.languages),
                "on_site": one.on_site,
                "remote": one.remote,
                "country": one.country,
                "occupation": one.occupation,
                "availability": one.availability,
                "other": one.other,
                "visibility": one.visibility,
            }
            | same
            for one in people
        ],
        "profile_place": [
            {"id": 2 * one.number + place + 1, "profile_id": one.number + 1, "commune_code": code}
            for one in people
            for place, code in enumerate(one.communes)
        ],
        "profile_chip": _chips("profile_id", people),
    }


def _asked(people: Sequence[Person], at: datetime, needs: int) -> dict[str, list[dict[str, Any]]]:
    """Invitations that wait for an answer, or were declined: fairness is about them."""
    rows = []
    for one in people:
        if one.asked_days_ago is not None:
            then = at - timedelta(days=one.asked_days_ago, hours=1)
            need = int(one.asked_for * needs) + 1
            rows.append(
                {
                    "id": one.number + 1,
                    "need_id": need,
                    "profile_id": one.number + 1,
                    "origin": "invitation",
                    "state": "declined" if one.number % 3 else "approved",
                    "state_since": then,
                    "message": "",
                    "word": "",
                    "created_by_id": _author(need - 1),
                    "created_at": then,
                }
            )
    return {"contribution": rows}


def _needs(wanted: Sequence[Wanted], at: datetime) -> dict[str, list[dict[str, Any]]]:
    same = {"created_at": at, "updated_at": at}
    return {
        "project": [
            {
                "id": one.number + 1,
                "author_id": _author(one.number),
                "commune_code": one.commune,
                "title": one.project.title,
                "summary": one.text[:200],
                "language": one.language,
                "stage": "open",
                "moderation": "published",
                "moderation_since": at,
                "published_at": at,
            }
            | same
            for one in wanted
        ],
        "need": [
            {
                "id": one.number + 1,
                "project_id": one.number + 1,
                "kind": "skill",
                "text": one.text,
                "language": one.language,
                "people_wanted": 1,
                "mode": one.mode,
                "duration": "one_off",
                "state": "open",
                "version": 1,
                "created_by_id": _author(one.number),
            }
            | same
            for one in wanted
        ],
        "need_chip": _chips("need_id", wanted),
    }


def _chips(owner: str, owners: Sequence[Person] | Sequence[Wanted]) -> list[dict[str, Any]]:
    return [
        {
            owner: one.number + 1,
            "concept_id": chip.concept.id,
            "mention": chip.mention,
            "state": chip.state.value,
            "position": place,
        }
        for one in owners
        for place, chip in enumerate(one.chips)
    ]


def _author(number: int) -> int:
    return number % AUTHORS + 1
