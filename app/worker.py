"""The worker: what is done beside the requests, again and again until it is told to stop."""

import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import structlog
from sqlalchemy import Engine, delete
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col

import app.models  # noqa: F401  every table
from app.accounts.models import AccessLink, PendingSubmission
from app.assistance.forgetting import forget_old_numbers
from app.contributions import keeping
from app.contributions.answering import keep_usual_days
from app.contributions.restoring import settle
from app.invitations.actions import forget_old
from app.kernel.assets import Assets
from app.kernel.database import now
from app.kernel.once import Submission
from app.kernel.settings import ROOT, Settings
from app.kernel.templating import create_environment
from app.missions import actions as missions
from app.notifications.delivery import deliver_due
from app.notifications.digests import gather_due
from app.notifications.transport import console_transport, smtp_transport
from app.personal_data import asleep
from app.relays import crediting
from app.reminders.actions import recall_answered, remind_due

PAUSE = 1.0  # seconds between two looks at the messages that are due
AT_ONCE = 20
"""Needs or profiles whose matches are found in one transaction: half a second."""
TURN = 2.0
"""Seconds of each kind of that work before messages are looked at again."""
CLEAN_EVERY = timedelta(hours=1)
KEPT = timedelta(days=2)
log = structlog.get_logger("worker")


def run(engine: Engine, settings: Settings, beside: int = 0) -> None:
    """Until SIGTERM or SIGINT, or until the process `beside` is gone; a database that is away is waited for."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    templates = create_environment(Assets(ROOT / "frontend"))
    transport = smtp_transport(settings) if settings.smtp_url else console_transport
    known: dict[int, int] = {}
    often: list[Callable[[], object]] = [
        partial(remind, engine),
        partial(gather_due, engine),
        partial(deliver_due, engine, settings, templates, transport),
        partial(keep_matches, engine, known),
        *(partial(until_done, engine, step) for step in STEPS),
    ]
    hourly: list[Callable[[], object]] = [partial(clear_expired, engine), partial(until_done, engine, asleep.notice)]
    clean_next = now()
    while not stop.is_set() and not (beside and os.getppid() != beside):
        for work in often:
            _try(work, stop)
        if now() >= clean_next:
            for work in hourly:
                _try(work, stop)
            clean_next = now() + CLEAN_EVERY
        stop.wait(PAUSE)


def _try(work: Callable[[], object], stop: threading.Event) -> None:
    """One kind of work that fails leaves the others to go on: it is tried again at the next turn."""
    if stop.is_set():
        return
    try:
        work()
    except SQLAlchemyError as error:
        log.warning("the database does not answer", error=str(error).splitlines()[0])
        stop.wait(5)
    except Exception:
        log.exception("work of the worker failed")


STEPS: tuple[Callable[[Session, int], int], ...] = (asleep.go_on, missions.cancel_left_over, *crediting.STEPS)
"""Accounts whose day has come; missions of contributions that ended; what came of links that were sent on."""


def remind(engine: Engine) -> None:
    """Before messages leave: what was answered meanwhile is not recalled any more."""
    remind_due(engine)
    with Session(engine) as session:
        recall_answered(session)
        session.commit()


def until_done(engine: Engine, step: Callable[[Session, int], int]) -> None:
    """A step says how many it did: again, until there is none left."""
    done = 1
    while done:
        with Session(engine) as session:
            done = step(session, AT_ONCE)
            session.commit()


def keep_matches(engine: Engine, known: dict[int, int]) -> None:
    """The best for each need and person are found in advance, until nothing has changed since, or mail has its turn."""
    steps = (settle, keeping.keep_due, partial(keeping.follow, known=known), keeping.keep_asked, keeping.explain_due)
    for step in steps:
        began, done = time.monotonic(), 1
        try:
            while done and time.monotonic() - began < TURN:
                with Session(engine) as session:
                    done = step(session, AT_ONCE)
                    session.commit()
        except Exception:
            known.clear()  # what was rolled back is to be done again
            log.exception("matches could not be found in advance")  # pages find them, more slowly; mail goes on


def clear_expired(engine: Engine) -> None:
    """Used-up links, old forms, texts that nobody came back for, old numbers; figures of a year are counted anew."""
    before = now() - KEPT
    with Session(engine) as session:
        session.execute(delete(AccessLink).where(col(AccessLink.expires_at) < before))
        session.execute(delete(PendingSubmission).where(col(PendingSubmission.created_at) < before))
        forget_old_numbers(session)
        session.execute(delete(Submission).where(col(Submission.created_at) < before))
        keep_usual_days(session)
        forget_old(session)
        session.commit()
