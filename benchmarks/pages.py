"""How quickly the pages with lists answer, and with how many queries, at 200 and at 2,000 projects.

    python -m benchmarks.pages

Server side, in one process: the time from the request to the whole answer, without a network. The floor is
`/health/live`, which does nothing, measured in the same run. The last line is JSON.
"""

import json
import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("TWIZA_ENVIRONMENT", "test")

from sqlalchemy import Engine, event
from sqlmodel import Session, select
from starlette.testclient import TestClient

from app.accounts.models import User
from app.kernel.catalogues import compile_catalogues
from app.kernel.database import create_database_engine, now
from app.kernel.embedded import EmbeddedPostgres
from app.kernel.migrating import migrate
from app.kernel.settings import Settings
from app.main import create_app
from app.projects.models import Moderation, Need, NeedKind, Project, Stage
from app.taxonomy import actions as taxonomy
from app.taxonomy.models import Theme
from app.territories import actions as territories
from app.territories.models import Commune

PAGES = ("/fr/projects", "/ar/projects", "/fr/projects?territory=09", "/fr/")
REPEAT = 60
WANTED = 50.0
"""Milliseconds, median, for the list at 2,000 projects (the issue's figure)."""


def fill(engine: Engine, projects: int) -> None:
    """So many published projects with a need each, over all communes and themes, a third of them in Arabic."""
    chance = random.Random(projects)
    with Session(engine) as session:
        author = session.exec(select(User)).first() or User(name="Auteur", email="auteur@example.org")
        session.add(author)
        session.flush()
        communes = session.exec(select(Commune.code)).all()
        themes = session.exec(select(Theme.code)).all()
        have = len(session.exec(select(Project.id)).all())
        made = []
        for n in range(have, projects):
            arabic = n % 3 == 0
            at = now() - timedelta(minutes=n * 7)
            made.append(
                Project(
                    author_id=author.id,
                    commune_code=chance.choice(communes),
                    title=f"مشروع المكتبة رقم {n}" if arabic else f"Une bibliothèque pour le village {n}",
                    summary="كتب وطاولات لأطفال الدوار." if arabic else "Des livres et des tables pour les enfants.",
                    language="ar" if arabic else "fr",
                    theme_code=chance.choice(themes),
                    stage=Stage.OPEN,
                    moderation=Moderation.PUBLISHED,
                    published_at=at,
                    created_at=at,
                )
            )
        session.add_all(made)
        session.flush()
        session.add_all(
            Need(project_id=p.id, kind=NeedKind.TRAINING, text=p.summary, language=p.language, created_by_id=author.id)
            for p in made
        )
        session.commit()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def measure(client: TestClient, url: str, queries: Callable[[], int]) -> dict[str, float]:
    for _ in range(5):
        assert client.get(url).status_code == 200, url
    before = queries()
    times = []
    for _ in range(REPEAT):
        began = time.perf_counter()
        client.get(url)
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return {
        "median_ms": round(statistics.median(times), 2),
        "p95_ms": round(times[int(len(times) * 0.95)], 2),
        "queries": (queries() - before) / REPEAT,
    }


def main() -> None:
    compile_catalogues()
    with TemporaryDirectory(prefix="twiza-bench-", ignore_cleanup_errors=True) as folder:
        server = EmbeddedPostgres(Path(folder))
        engine = create_database_engine(server.start())
        try:
            migrate(engine)
            with Session(engine) as session:
                territories.load(session)
                taxonomy.load(session)
                session.commit()
            run(engine, Settings(var=Path(folder)))
        finally:
            engine.dispose()
            server.stop()


def run(engine: Engine, settings: Settings) -> None:
    app = create_app(settings)
    app.state.engine = engine
    client = TestClient(app)
    count = [0]
    event.listen(engine, "before_cursor_execute", lambda *_: count.__setitem__(0, count[0] + 1))
    figures: dict[str, dict[str, float]] = {}
    for projects in (200, 2000):
        fill(engine, projects)
        for url in ("/health/live", *PAGES):
            figures[f"{url} @{projects}"] = measure(client, url, lambda: count[0])
    floor = figures["/health/live @2000"]["median_ms"]
    print(f"{'page':34} {'median ms':>10} {'p95 ms':>8} {'queries':>8} {'× floor':>8}")
    for name, row in figures.items():
        times_floor = row["median_ms"] / floor
        print(f"{name:34} {row['median_ms']:>10} {row['p95_ms']:>8} {row['queries']:>8.1f} {times_floor:>8.1f}")
    grows = [url for url in PAGES if figures[f"{url} @2000"]["queries"] > figures[f"{url} @200"]["queries"]]
    median = figures["/fr/projects @2000"]["median_ms"]
    print(json.dumps({"list_median_ms": median, "within": median <= WANTED, "queries_grow": grows, **figures}))


if __name__ == "__main__":
    main()
