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
from app.contributions.restoring import settle
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
    clean_next = now()
    known: dict[int, int] = {}
    while not stop.is_set() and not (beside and os.getppid() != beside):
        try:
            gather_due(engine)
            deliver_due(engine, settings, templates, transport)
            keep_matches(engine, known)
            depart(engine)
            cancel_missions(engine)
            credit_relays(engine)
            if now() >= clean_next:
                clear_expired(engine)
                depart(engine, asleep.notice)
                clean_next = now() + CLEAN_EVERY
        except SQLAlchemyError as error:
            log.warning("the database does not answer", error=str(error).splitlines()[0])
            stop.wait(5)
        stop.wait(PAUSE)


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


def depart(engine: Engine, step: Callable[[Session, int], int] = asleep.go_on) -> None:
    """Accounts whose day has come, and those to which nobody came for long: until there is none left."""
    done = 1
    while done:
        with Session(engine) as session:
            done = step(session, AT_ONCE)
            session.commit()


def cancel_missions(engine: Engine) -> None:
    """Those of contributions that ended meanwhile: both sides are told, and nobody is waited for."""
    with Session(engine) as session:
        missions.cancel_left_over(session, AT_ONCE)
        session.commit()


def credit_relays(engine: Engine) -> None:
    """What came of links that were sent on."""
    for step in crediting.STEPS:
        with Session(engine) as session:
            step(session, AT_ONCE)
            session.commit()


def clear_expired(engine: Engine) -> None:
    """Used-up links, forms sent long ago, texts that nobody came back for, numbers of people called back long ago."""
    before = now() - KEPT
    with Session(engine) as session:
        session.execute(delete(AccessLink).where(col(AccessLink.expires_at) < before))
        session.execute(delete(PendingSubmission).where(col(PendingSubmission.created_at) < before))
        forget_old_numbers(session)
        session.execute(delete(Submission).where(col(Submission.created_at) < before))
        session.commit()
