"""All lists of matches made again, by several processes that share the work; whatever is stopped goes on from there."""

import multiprocessing
import time
from collections.abc import Callable
from functools import partial

from sqlalchemy import Engine, text
from sqlmodel import Session

from app.contributions import keeping
from app.kernel.database import create_database_engine

AT_ONCE = 50
"""Needs in one transaction: what a process that is killed leaves undone."""
_LOOK = 0.5


def keep_all(engine: Engine, processes: int, progress: Callable[[int, int], None]) -> None:
    """Until no list is due; `progress` is told now and then how many are to be made, and how many to be explained."""
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=work, args=(url,)) for _ in range(processes)]
    for worker in workers:
        worker.start()
    try:
        while any(worker.is_alive() for worker in workers):
            time.sleep(_LOOK)
            with Session(engine) as session:
                progress(*keeping.left(session))
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


def work(url: str) -> None:
    """One of the processes: first the order of all, then the reasons."""
    engine = create_database_engine(url, pool_size=1)
    for step in (partial(keeping.keep_due, explained=False), keeping.explain_due):
        done = 1
        while done:
            with Session(engine) as session:
                session.execute(text("SET LOCAL synchronous_commit = off"))  # what a crash loses is due again
                done = step(session, AT_ONCE)
                session.commit()
    engine.dispose()
