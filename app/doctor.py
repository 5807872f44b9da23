"""`twiza doctor`: what is wrong with this installation, and how to mend it, in words for whoever runs a server."""

import os
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, func, select

from app.accounts.models import Role, User
from app.contributions import keeping
from app.kernel import documents
from app.kernel.catalogues import TRANSLATED, catalogue_path
from app.kernel.migrating import is_migrated
from app.kernel.settings import Settings
from app.matching import artefacts
from app.notifications.models import Message, MessageState
from app.notifications.queries import uncertain
from app.taxonomy.models import Concept
from app.territories.models import Commune

MANY_DUE = 50
"""Needs: more than a worker leaves for a second."""
LEAST_FREE = 500_000_000  # bytes


@dataclass(frozen=True)
class Finding:
    """One thing looked at: `mend` says what to do, and is empty when all is well."""

    about: str
    found: str
    mend: str = ""


def examine(settings: Settings, engine: Engine) -> Iterator[Finding]:
    """Everything that can be seen from here, the most basic first."""
    yield _disk(settings.var)
    yield _translations()
    yield _learnt()
    yield _documents()
    try:
        with engine.connect() as connection:
            version = connection.scalar(text("SHOW server_version"))
            yield Finding("database", f"PostgreSQL {version} answers")
            migrated = is_migrated(connection)
    except SQLAlchemyError as error:
        first = str(error).splitlines()[0]
        yield Finding("database", first, "start PostgreSQL, or look at TWIZA_DATABASE_URL")
        return
    if not migrated:
        yield Finding("tables", "of another version of the code", "run: twiza migrate")
        return
    yield Finding("tables", "up to date")
    with Session(engine) as session:
        yield from _data(session)
        yield from _messages(session)
        yield _matches(session)
    yield _mail(settings)
    yield _site(settings)


def _disk(var: Path) -> Finding:
    folder = next(path for path in (var, *var.parents) if path.exists())
    if not os.access(folder, os.W_OK):
        return Finding("disk", f"{folder} cannot be written", f"run: chown -R $(id -un) {folder}")
    free = shutil.disk_usage(folder).free
    found = f"{free / 1e9:.1f} GB free at {folder}"
    return Finding("disk", found, "" if free > LEAST_FREE else "make room: PostgreSQL stops when the disk is full")


def _translations() -> Finding:
    missing = [locale for locale in TRANSLATED if not catalogue_path(locale).with_suffix(".mo").exists()]
    mend = "run: twiza catalogues compile" if missing else ""
    return Finding("translations", f"missing: {missing}" if missing else "compiled", mend)


def _documents() -> Finding:
    if documents.can_write():
        return Finding("documents", "agreements, certificates and posters can be written as PDF")
    return Finding("documents", "no PDF can be written", "install Pango (Debian: apt install libpangoft2-1.0-0)")


def _learnt() -> Finding:
    try:
        return Finding("matching", f"learnt, version {artefacts.check()}")
    except artefacts.ArtefactError as error:
        return Finding("matching", *str(error).rsplit(": ", 1))


def _data(session: Session) -> Iterator[Finding]:
    communes = session.exec(select(func.count()).select_from(Commune)).one()
    concepts = session.exec(select(func.count()).select_from(Concept)).one()
    mend = "" if communes and concepts else "run: twiza reference"
    yield Finding("reference data", f"{communes} communes, {concepts} concepts", mend)
    administrators = session.exec(select(func.count()).where(User.role == Role.ADMINISTRATOR)).one()
    mend = "" if administrators else "run: twiza create-admin NAME E-MAIL"
    yield Finding("administrators", str(administrators), mend)


def _messages(session: Session) -> Iterator[Finding]:
    failed = session.exec(select(func.count()).where(Message.state == MessageState.FAILED)).one()
    late = session.exec(
        select(func.count()).where(
            Message.state == MessageState.QUEUED, Message.not_before < func.now() - text("interval '15 minutes'")
        )
    ).one()
    unsure = uncertain(session)
    yield Finding("messages", f"{late} late", "is the worker running? run: twiza worker" if late else "")
    if failed:
        yield Finding("messages", f"{failed} given up", "look at TWIZA_SMTP_URL and at the addresses")
    if unsure:
        yield Finding("messages", f"{unsure} of unknown fate", "decide at /desk/messages: send again, or consider sent")


def _matches(session: Session) -> Finding:
    due, unexplained = keeping.left(session)
    waiting = due + unexplained
    mend = "a worker will find them; for very many run: twiza matches" if waiting > MANY_DUE else ""
    return Finding("matches", f"of {waiting} needs to be found in advance" if waiting else "found in advance", mend)


def _mail(settings: Settings) -> Finding:
    if not settings.smtp_url:
        mend = "set TWIZA_SMTP_URL" if settings.environment == "production" else ""
        return Finding("mail", "no mail server: messages are only shown on the console", mend)
    url = urlsplit(settings.smtp_url)
    try:
        socket.create_connection((url.hostname or "", url.port or 25), timeout=5).close()
    except OSError as error:
        return Finding("mail", f"{url.hostname} does not answer: {error}", "look at TWIZA_SMTP_URL and the firewall")
    return Finding("mail", f"{url.hostname} answers")


def _site(settings: Settings) -> Finding:
    try:
        answer = httpx.get(f"{settings.base_url}/health/ready", timeout=5)
    except httpx.HTTPError as error:
        return Finding("site", f"{settings.base_url} does not answer ({type(error).__name__})", "run: twiza serve")
    if answer.status_code != 200:
        return Finding("site", f"{settings.base_url} answers {answer.status_code}", answer.text[:200])
    return Finding("site", f"{settings.base_url} is ready")
