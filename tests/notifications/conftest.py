"""A real mail server with the troubles of real ones, a session that really commits, and a look of the worker."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from jinja2 import Environment
from sqlalchemy import Engine
from sqlmodel import Session

from app.accounts.models import User
from app.kernel.assets import Assets
from app.kernel.settings import ROOT, Settings
from app.kernel.templating import create_environment
from app.notifications import delivery
from app.notifications.models import MessageHours
from app.notifications.transport import smtp_transport
from tests.reference import sweep


class MailServer:
    """Takes what it is sent; `answer` (of DATA) and `rcpt` may be changed to a refusal, `trouble` to what it does."""

    port: int

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.answer = "250 OK"
        self.rcpt = ""
        self.trouble = ""  # hang · hang_after · close · close_after

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.trouble == "close":
            server.transport.close()
        if self.trouble == "hang":
            await asyncio.sleep(30)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if not self.rcpt:
            envelope.rcpt_tos.append(address)
        return self.rcpt or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer.startswith("250"):
            self.raw.append(envelope.content)
            self.received.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        if self.trouble == "close_after":
            server.transport.close()
        if self.trouble == "hang_after":
            await asyncio.sleep(30)
        return self.answer


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    handler = MailServer()
    handler.port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


@pytest.fixture
def outbox(engine: Engine) -> Iterator[Session]:
    """A session that really commits, since the worker has connections of its own; swept afterwards."""
    with Session(engine) as session:
        yield session
    sweep(engine)


@pytest.fixture(scope="session")
def templates() -> Environment:
    return create_environment(Assets(ROOT / "frontend"))


@pytest.fixture
def mail_settings(tmp_path: Path) -> Callable[[int], Settings]:
    def settings(port: int) -> Settings:
        url = f"smtp://127.0.0.1:{port}"
        return Settings(smtp_url=url, smtp_timeout=0.5, var=tmp_path, base_url="https://twiza.example.org")

    return settings


@pytest.fixture
def deliver(engine: Engine, templates: Environment, mail_settings: Callable[[int], Settings]) -> Callable[[int], int]:
    """What a worker does at each look; how many left."""

    def run(port: int) -> int:
        settings = mail_settings(port)
        return delivery.deliver_due(engine, settings, templates, smtp_transport(settings))

    return run


@pytest.fixture
def person(outbox: Session) -> Callable[..., User]:
    """Somebody whose account is really there."""

    def make(locale: str = "fr", email: str = "zahra@example.org") -> User:
        user = User(name="Zahra", email=email, locale=locale)
        outbox.add(user)
        outbox.flush()
        outbox.add(MessageHours(user_id=user.id, quiet_from=0, quiet_until=0))  # tests run at any hour
        outbox.commit()
        return user

    return make
