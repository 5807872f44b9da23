"""To the mail server, step by step, so that after a failure we know whether it may have the message."""

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from email.generator import BytesGenerator
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog

from app.kernel.settings import Settings

Transport = Callable[[EmailMessage], None]
log = structlog.get_logger("mail")


class NotDelivered(Exception):
    """The mail server did not take it: it may be tried again."""


class ServerAway(NotDelivered):
    """It does not answer, or is closing: no message can leave for now."""


class AddressRefused(NotDelivered):
    """Nobody is at that address, says the server: trying again would be no use."""


class MayHaveIt(Exception):
    """It fell silent once it had the message: sending again could be sending twice."""


def smtp_transport(settings: Settings) -> Transport:
    """To the mail server of TWIZA_SMTP_URL (smtp:// takes STARTTLS if offered, smtps:// is TLS from the start)."""

    def send(email: EmailMessage) -> None:
        asyncio.run(_send(settings, email))

    return send


def console_transport(email: EmailMessage) -> None:
    """Without a mail server: the message is shown where the worker runs."""
    text = email.get_body(("plain",))
    log.info("message", to=email["To"], subject=email["Subject"], text=text.get_content() if text else "")


async def _send(settings: Settings, email: EmailMessage) -> None:
    url = urlsplit(settings.smtp_url)
    client = aiosmtplib.SMTP(
        hostname=url.hostname,
        port=url.port or (465 if url.scheme == "smtps" else 25),
        username=unquote(url.username) if url.username else None,
        password=unquote(url.password) if url.password else None,
        use_tls=url.scheme == "smtps",
        timeout=settings.smtp_timeout,
    )
    try:
        await _hand_over(client, email)
    finally:
        client.close()


async def _hand_over(client: aiosmtplib.SMTP, email: EmailMessage) -> None:
    try:
        await client.connect()
        await client.mail(parseaddr(str(email["From"]))[1])
        await client.rcpt(parseaddr(str(email["To"]))[1])
    except aiosmtplib.SMTPRecipientRefused as error:
        said = f"{error.code} {error.message}"
        raise AddressRefused(said) if _for_ever(error.code, error.message) else NotDelivered(said) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise ServerAway(_said(error)) from error
    try:
        await client.data(as_bytes(email))
    except aiosmtplib.SMTPResponseException as error:
        raise NotDelivered(_said(error)) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise MayHaveIt(_said(error)) from error
    with suppress(aiosmtplib.SMTPException, OSError):  # it has the message: how it says goodbye does not matter
        await client.quit()


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__


def _for_ever(code: int, answer: str) -> bool:
    """A full mailbox (5.2.2) is emptied one day, and a policy (5.7.1: relaying denied) is ours or theirs to mend."""
    enhanced = re.match(r"5\.(\d+)\.\d+", answer)
    return code >= 500 and (enhanced is None or enhanced[1] not in ("2", "7"))


class _Policy(EmailPolicy):
    """As mail servers want lines, but a link in a header stays as it is: Python would encode it, as it does words."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name == "List-Unsubscribe":
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


POLICY = _Policy(linesep="\r\n", cte_type="7bit")


def as_bytes(email: EmailMessage) -> bytes:
    with BytesIO() as written:
        BytesGenerator(written, policy=POLICY).flatten(email)
        return written.getvalue()
