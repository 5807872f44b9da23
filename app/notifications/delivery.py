"""Sending what is due: claim a row, send it, say what became of it; three short transactions, so no mail server ever
holds a lock of ours."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog
from jinja2 import Environment
from sqlalchemy import Engine, func, select, update
from sqlmodel import Session, col

from app.kernel.database import now
from app.kernel.i18n import direction, speaking
from app.kernel.settings import Settings
from app.notifications.models import Message, MessageState

DELAYS = [timedelta(minutes=m) for m in (1, 5, 20, 60, 240, 720, 1440)]
"""How long until the next try: growing, two days in all."""
TIMEOUT = 30  # seconds
UNCERTAIN_AFTER = timedelta(minutes=10)

Transport = Callable[[EmailMessage], None]
log = structlog.get_logger("mail")


class NotDelivered(Exception):
    """The mail server did not take it: it may be tried again."""


def smtp_transport(settings: Settings) -> Transport:
    """To the mail server of TWIZA_SMTP_URL (smtp:// takes STARTTLS if offered, smtps:// is TLS from the start)."""
    url = urlsplit(settings.smtp_url)

    def send(email: EmailMessage) -> None:
        try:
            asyncio.run(
                aiosmtplib.send(
                    email,
                    hostname=url.hostname,
                    port=url.port or (465 if url.scheme == "smtps" else 25),
                    username=unquote(url.username) if url.username else None,
                    password=unquote(url.password) if url.password else None,
                    use_tls=url.scheme == "smtps",
                    timeout=TIMEOUT,
                )
            )
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NotDelivered(str(error) or type(error).__name__) from error

    return send


def console_transport(email: EmailMessage) -> None:
    """Without a mail server: the message is shown where the worker runs."""
    text = email.get_body(("plain",))
    log.info("message", to=email["To"], subject=email["Subject"], text=text.get_content() if text else "")


def deliver_due(engine: Engine, settings: Settings, templates: Environment, transport: Transport) -> int:
    """Send everything that is due; returns how many left. Several workers may run this at the same time."""
    sent = 0
    while message := _claim(engine):
        try:
            transport(compose(message, settings, templates))
        except NotDelivered as error:
            _settle(engine, message, str(error))
        else:
            _settle(engine, message, None)
            sent += 1
    return sent


def _claim(engine: Engine) -> Message | None:
    """The oldest message that is due, marked `sending`: from here on nobody else sends it, even if we die."""
    with Session(engine, expire_on_commit=False) as session:
        due = (
            select(Message)
            .where(col(Message.state) == MessageState.QUEUED, col(Message.not_before) <= now())
            .order_by(col(Message.not_before))
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        message = session.execute(due).scalar_one_or_none()
        if message is not None:
            message.state = MessageState.SENDING
            message.attempts += 1
            message.not_before = now()
            session.commit()
        return message


def _settle(engine: Engine, message: Message, error: str | None) -> None:
    if error is None:
        values = {"state": MessageState.SENT, "sent_at": now(), "error": None}
    elif message.attempts <= len(DELAYS):
        values = {"state": MessageState.QUEUED, "not_before": now() + DELAYS[message.attempts - 1], "error": error}
        log.warning("not delivered", message=message.id, attempt=message.attempts, error=error)
    else:
        values = {"state": MessageState.FAILED, "error": error}
        log.error("given up", message=message.id, error=error)
    with Session(engine) as session:
        session.execute(update(Message).where(col(Message.id) == message.id).values(**values))
        session.commit()


def uncertain(session: Session) -> int:
    """Messages that a worker was sending when it died: a person decides, since sending again might be sending twice."""
    statement = select(func.count()).where(
        col(Message.state) == MessageState.SENDING,
        col(Message.not_before) < now() - UNCERTAIN_AFTER,
    )
    return int(session.execute(statement).scalar_one())


def compose(message: Message, settings: Settings, templates: Environment) -> EmailMessage:
    """The e-mail: plain text and HTML, in the reader's language and direction."""
    link = settings.base_url.rstrip("/") + message.link
    email = EmailMessage()
    email["From"] = settings.mail_from
    email["To"] = message.address
    email["Subject"] = message.subject
    email["Date"] = format_datetime(message.created_at)
    host = urlsplit(settings.base_url).hostname or "localhost"
    email["Message-ID"] = make_msgid(idstring=str(message.id), domain=host)
    email["Content-Language"] = message.locale
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(f"{message.body}\n\n{message.action}\n{link}\n\n— Twiza · تويزة\n")
    with speaking(message.locale):
        html = templates.get_template("emails/message.html").render(
            message=message,
            paragraphs=message.body.split("\n\n"),
            link=link,
            locale=message.locale,
            direction=direction(),
            base_url=settings.base_url,
        )
    email.add_alternative(html, subtype="html")
    return email
